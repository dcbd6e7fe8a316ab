//! What a worker is told of a request before they say yes or no: where, when, what
//! there is to do, for which pay. There is no room in it for whom it is or how they
//! fare; tasks are a few neutral words, made of the skills that are asked for.

use chrono::NaiveDate;

use super::contract::{Arrangement, LiveInHours};
use super::money::Cents;
use super::place::Comune;
use super::request::CareRequest;
use super::skill::{Skill, SkillSet};
use super::week::WeekGrid;

/// What there is to do, in words that say nothing of anybody's health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// Help and company through the day; whatever hints at an illness is this too.
    Company,
    /// Help with washing, dressing and meals.
    Personal,
    /// Being there at night.
    Night,
    Accompanying,
    Driving,
    Cleaning,
    Laundry,
    Cooking,
    Errands,
    Garden,
    Pets,
    Children,
}

impl Task {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 12] = [
        Self::Company,
        Self::Personal,
        Self::Night,
        Self::Accompanying,
        Self::Driving,
        Self::Cleaning,
        Self::Laundry,
        Self::Cooking,
        Self::Errands,
        Self::Garden,
        Self::Pets,
        Self::Children,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Personal => "personal",
            Self::Night => "night",
            Self::Accompanying => "accompanying",
            Self::Driving => "driving",
            Self::Cleaning => "cleaning",
            Self::Laundry => "laundry",
            Self::Cooking => "cooking",
            Self::Errands => "errands",
            Self::Garden => "garden",
            Self::Pets => "pets",
            Self::Children => "children",
        }
    }

    /// The task behind a skill. A skill that nobody sorted yet is told by its group
    /// at most.
    fn of(skill: Skill) -> Self {
        match skill.code() {
            "personal_hygiene" | "dressing" | "feeding_help" | "incontinence_care" => {
                Self::Personal
            }
            "night_assistance" | "night_presence" => Self::Night,
            "accompanying" => Self::Accompanying,
            "driving_b" => Self::Driving,
            "laundry" | "ironing" | "sewing_repairs" => Self::Laundry,
            "cooking_italian" | "dietary_cooking" => Self::Cooking,
            "shopping" | "paperwork_help" => Self::Errands,
            "gardening" => Self::Garden,
            "pets" => Self::Pets,
            _ => match skill.group() {
                "household" => Self::Cleaning,
                "childcare" => Self::Children,
                _ => Self::Company,
            },
        }
    }
}

/// See the module's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub comune: Comune,
    pub arrangement: Arrangement,
    /// Empty for `live_in`.
    pub schedule: WeekGrid,
    /// The hours of one of a team; none: all of them.
    pub part: Option<WeekGrid>,
    /// Of `live_in` alone.
    pub live_in_hours: LiveInHours,
    /// Each once, in the order of [`Task::ALL`].
    pub tasks: Vec<Task>,
    pub pay_hour: Option<Cents>,
    pub pay_month: Option<Cents>,
    pub start_date: NaiveDate,
    pub end_date: Option<NaiveDate>,
}

impl Offer {
    /// What is told of a request.
    pub fn of(request: &CareRequest) -> Self {
        let schedule = if request.arrangement == Arrangement::LiveIn {
            WeekGrid::EMPTY
        } else {
            request.schedule
        };
        Self {
            comune: request.comune,
            arrangement: request.arrangement,
            schedule,
            part: None,
            live_in_hours: request.live_in_hours,
            tasks: tasks(request.required_skills, request.preferred_skills),
            pay_hour: request.max_pay_hour,
            pay_month: request.max_pay_month,
            start_date: request.start_date,
            end_date: request.end_date,
        }
    }

    /// The same to somebody of a team, who is asked for a part of the hours. A part
    /// that is all of them, or none of them any more, is no part.
    #[must_use]
    pub fn for_part(mut self, part: Option<WeekGrid>) -> Self {
        let part = part.map(|part| part.and(&self.schedule));
        self.part = part.filter(|part| !part.is_empty() && *part != self.schedule);
        self
    }

    /// All of it in one line of codes: kept with the proposal, so that it can be
    /// seen what somebody said yes to, and whether that still is what is offered.
    pub fn line(&self) -> String {
        let text = |cell: Option<String>| cell.unwrap_or_default();
        let tasks: Vec<&str> = self.tasks.iter().map(|task| task.code()).collect();
        let mut cells = vec![
            self.comune.istat().to_owned(),
            self.arrangement.code().to_owned(),
            self.schedule.to_string(),
            if self.arrangement == Arrangement::LiveIn {
                self.live_in_hours.hours().to_string()
            } else {
                String::new()
            },
            tasks.join("|"),
            text(self.pay_hour.map(|pay| pay.to_string())),
            text(self.pay_month.map(|pay| pay.to_string())),
            self.start_date.to_string(),
            text(self.end_date.map(|day| day.to_string())),
        ];
        cells.extend(self.part.map(|part| part.to_string()));
        cells.join("\t")
    }

    /// What such a line says; none where it says nothing of the kind.
    pub fn read(line: &str) -> Option<Self> {
        let cells: Vec<&str> = line.split('\t').collect();
        let (cells, part) = match cells.split_last() {
            Some((part, before)) if before.len() == CELLS => {
                (before, Some(WeekGrid::parse(part).ok()?))
            }
            _ => (cells.as_slice(), None),
        };
        let [
            comune,
            arrangement,
            schedule,
            hours,
            tasks,
            pay_hour,
            pay_month,
            start,
            end,
        ] = cells
        else {
            return None;
        };
        let stated = |cell: &str| Some(cell.to_owned()).filter(|cell| !cell.is_empty());
        let money = |cell: &str| stated(cell).map(|cell| Cents::parse(&cell)).transpose();
        let hours = stated(hours)
            .map(|cell| cell.parse::<u32>())
            .transpose()
            .ok()?;
        let until = stated(end)
            .map(|cell| cell.parse::<NaiveDate>())
            .transpose();
        let task = |code: &str| Task::ALL.into_iter().find(|task| task.code() == code);
        let tasks = tasks.split('|').filter(|code| !code.is_empty()).map(task);
        Some(Self {
            comune: Comune::by_istat(comune)?,
            arrangement: Arrangement::parse(arrangement)?,
            schedule: WeekGrid::parse(schedule).ok()?,
            part,
            live_in_hours: match hours {
                Some(hours) => LiveInHours::from_hours(hours)?,
                None => LiveInHours::default(),
            },
            tasks: tasks.collect::<Option<Vec<Task>>>()?,
            pay_hour: money(pay_hour).ok()?,
            pay_month: money(pay_month).ok()?,
            start_date: start.parse().ok()?,
            end_date: until.ok()?,
        })
    }
}

/// Cells of an offer's line without the part of a team.
const CELLS: usize = 9;

fn tasks(required: SkillSet, preferred: SkillSet) -> Vec<Task> {
    let mut tasks: Vec<Task> = required
        .iter()
        .chain(preferred.iter())
        .map(Task::of)
        .collect();
    tasks.sort_unstable();
    tasks.dedup();
    tasks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_told_hints_at_an_illness() {
        let telling = [
            "dementia_care",
            "disability_care",
            "non_self_sufficient_care",
            "end_of_life_support",
            "hospital_assistance",
            "medication_reminder",
            "medication_assistance_elderly",
            "vital_signs",
            "simple_dressings",
            "rehab_exercises",
            "transfers_bed_wheelchair",
            "hoist_use",
            "walking_support",
        ];
        for code in telling {
            let skill = Skill::by_code(code).unwrap();
            assert_eq!(Task::of(skill), Task::Company, "{code}");
        }
        let incontinence = Skill::by_code("incontinence_care").unwrap();
        assert_eq!(Task::of(incontinence), Task::Personal);
        let diet = Skill::by_code("dietary_cooking").unwrap();
        assert_eq!(Task::of(diet), Task::Cooking);
    }

    #[test]
    fn a_line_says_what_was_told() {
        let hours = |text: &str| WeekGrid::parse(text).unwrap();
        let mut offer = Offer {
            comune: Comune::by_istat("053011").unwrap(),
            arrangement: Arrangement::Hourly,
            schedule: hours("Mon-Fri 08:00-12:00"),
            part: Some(hours("Mon 08:00-12:00")),
            live_in_hours: LiveInHours::default(),
            tasks: vec![Task::Company, Task::Cooking],
            pay_hour: Some(Cents::parse("8.80").unwrap()),
            pay_month: None,
            start_date: NaiveDate::from_ymd_opt(2026, 12, 10).unwrap(),
            end_date: NaiveDate::from_ymd_opt(2027, 1, 31),
        };
        assert_eq!(Offer::read(&offer.line()), Some(offer.clone()));
        offer = Offer {
            arrangement: Arrangement::LiveIn,
            schedule: WeekGrid::EMPTY,
            part: None,
            live_in_hours: LiveInHours::Reduced,
            tasks: Vec::new(),
            end_date: None,
            ..offer
        };
        assert_eq!(Offer::read(&offer.line()), Some(offer.clone()));
        for line in ["", "Grosseto", &offer.line().replace("053011", "1")] {
            assert_eq!(Offer::read(line), None, "{line}");
        }
    }

    #[test]
    fn every_skill_is_told_as_a_task_and_none_by_its_own_name() {
        for skill in Skill::all() {
            let told = Task::of(skill);
            assert!(Task::ALL.contains(&told), "{}", skill.code());
        }
        let mut sorted = Task::ALL;
        sorted.sort_unstable();
        assert_eq!(sorted, Task::ALL);
    }
}
