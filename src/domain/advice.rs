//! What the collective agreement says of a schedule before anybody is sought: the
//! form of contract, the limits that it breaks, how many people it needs at the
//! least, which level the tasks point to, and the dated minimum beside the offer.
//! Every figure comes from a dated row of `contract`; which level fits which
//! tasks is our reading of its table, and says so by being advice.

use chrono::NaiveDate;

use super::contract::{self, Arrangement, CcnlLevel, Limit, LiveInHours, Minimum, Unit};
use super::money::Cents;
use super::skill::{Qualification, QualificationSet, SkillSet};
use super::week::{SLOTS, SLOTS_A_DAY, WeekGrid};

const DAYS: usize = 7;
/// Titles that make somebody a trained carer of persons.
const TRAINED: [&str; 3] = ["ccnl_trained_500h", "oss", "nurse"];

/// What is known of a request so far.
#[derive(Debug, Clone)]
pub struct Wish {
    pub arrangement: Arrangement,
    pub schedule: WeekGrid,
    pub live_in_hours: LiveInHours,
    /// It covers the rest days of somebody who lives in.
    pub covers_rest: bool,
    pub self_sufficient: Option<bool>,
    pub skills: SkillSet,
    pub qualifications: QualificationSet,
    pub level: Option<CcnlLevel>,
    pub max_pay_hour: Option<Cents>,
    pub max_pay_month: Option<Cents>,
    /// The day that the rows must be in force on.
    pub day: NaiveDate,
}

/// The form of contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContractForm {
    LiveIn,
    LiveInReduced,
    Hourly,
    RestCover,
    NightCare,
    NightPresence,
}

impl ContractForm {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::LiveIn,
        Self::LiveInReduced,
        Self::Hourly,
        Self::RestCover,
        Self::NightCare,
        Self::NightPresence,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::LiveIn => "live_in",
            Self::LiveInReduced => "live_in_reduced",
            Self::Hourly => "hourly",
            Self::RestCover => "rest_cover",
            Self::NightCare => "night_care",
            Self::NightPresence => "night_presence",
        }
    }

    /// How the table of limits calls it.
    fn in_limits(self) -> &'static str {
        match self {
            Self::RestCover => "hourly",
            other => other.code(),
        }
    }
}

/// A limit that one person alone would break.
#[derive(Debug, Clone, Copy)]
pub struct Broken {
    pub limit: &'static Limit,
    /// Monday 0; none where the whole week is meant.
    pub day: Option<usize>,
    /// Of work, of rest, or outside the window.
    pub half_hours: u32,
}

/// The offer beside the minimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// No level was chosen.
    NoLevel,
    /// No dated row for this level and kind of work.
    NoRow,
    /// Nothing is offered in the row's unit.
    NoOffer(&'static Minimum),
    Enough(&'static Minimum),
    Below(&'static Minimum, Cents),
}

impl Offer {
    /// The row that it stands beside.
    pub fn row(self) -> Option<&'static Minimum> {
        match self {
            Self::NoLevel | Self::NoRow => None,
            Self::NoOffer(row) | Self::Enough(row) | Self::Below(row, _) => Some(row),
        }
    }
}

/// See the module's words.
#[derive(Debug, Clone)]
pub struct Advice {
    pub form: ContractForm,
    /// A week; for living in, what the form says.
    pub half_hours: u32,
    pub broken: Vec<Broken>,
    /// Limits in force that hold for this form, for the screen.
    pub limits: Vec<&'static Limit>,
    /// At the least; more may be needed.
    pub people: u32,
    /// Where the tasks point to one.
    pub level: Option<CcnlLevel>,
    pub offer: Offer,
}

/// Works it out.
pub fn advise(wish: &Wish) -> Advice {
    let form = form_of(wish);
    let schedule = &wish.schedule;
    let lives_in = wish.arrangement == Arrangement::LiveIn;
    let broken = if lives_in {
        Vec::new()
    } else {
        broken_limits(form, schedule, wish.day)
    };
    Advice {
        form,
        half_hours: if lives_in {
            wish.live_in_hours.hours() * 2
        } else {
            schedule.count()
        },
        people: if lives_in {
            1
        } else {
            people(form, schedule, &broken, wish.day)
        },
        limits: in_force(form, wish.day),
        broken,
        level: level_of(wish, form),
        offer: offer(wish),
    }
}

fn form_of(wish: &Wish) -> ContractForm {
    match wish.arrangement {
        Arrangement::LiveIn if wish.live_in_hours == LiveInHours::Reduced => {
            ContractForm::LiveInReduced
        }
        Arrangement::LiveIn => ContractForm::LiveIn,
        Arrangement::Hourly if wish.covers_rest => ContractForm::RestCover,
        Arrangement::Hourly => ContractForm::Hourly,
        Arrangement::Night if only_presence(wish) => ContractForm::NightPresence,
        Arrangement::Night => ContractForm::NightCare,
    }
}

fn only_presence(wish: &Wish) -> bool {
    let chosen = wish.level.map(CcnlLevel::code);
    let presence_alone = wish.skills.len() == 1 && wish.skills.codes().eq(["night_presence"]);
    chosen == Some("UNICO") || chosen.is_none() && presence_alone
}

fn in_force(form: ContractForm, day: NaiveDate) -> Vec<&'static Limit> {
    let mut names: Vec<(&str, &str)> = contract::limits()
        .iter()
        .map(|limit| (limit.arrangement(), limit.name()))
        .filter(|(arrangement, _)| [form.in_limits(), "any"].contains(arrangement))
        .collect();
    names.dedup();
    names
        .into_iter()
        .filter_map(|(arrangement, name)| contract::limit(day, arrangement, name))
        .collect()
}

fn broken_limits(form: ContractForm, schedule: &WeekGrid, day: NaiveDate) -> Vec<Broken> {
    let mut broken = Vec::new();
    for limit in in_force(form, day) {
        match (limit.name(), limit.half_hours()) {
            ("max_hours_week", Some(most)) if schedule.count() > most => broken.push(Broken {
                limit,
                day: None,
                half_hours: schedule.count(),
            }),
            ("max_hours_day", Some(most)) => {
                let long = (0..DAYS).map(|day| (day, of_day(schedule, day)));
                broken.extend(
                    long.filter(|(_, work)| *work > most)
                        .map(|(day, work)| Broken {
                            limit,
                            day: Some(day),
                            half_hours: work,
                        }),
                );
            }
            ("min_daily_rest_hours", Some(least)) => {
                broken.extend(
                    short_rests(schedule, least)
                        .into_iter()
                        .map(|(day, rest)| Broken {
                            limit,
                            day: Some(day),
                            half_hours: rest,
                        }),
                );
            }
            ("min_weekly_rest_hours", Some(least)) => {
                let rest = longest_rest(schedule);
                if rest < least {
                    broken.push(Broken {
                        limit,
                        day: None,
                        half_hours: rest,
                    });
                }
            }
            ("window", _) => {
                let window = WeekGrid::parse(&format!("Mon-Sun {}", limit.value()));
                let outside = window.map_or(0, |window| schedule.minus(&window).count());
                if outside > 0 {
                    broken.push(Broken {
                        limit,
                        day: None,
                        half_hours: outside,
                    });
                }
            }
            _ => {}
        }
    }
    broken
}

fn of_day(schedule: &WeekGrid, day: usize) -> u32 {
    let slots = day * SLOTS_A_DAY..(day + 1) * SLOTS_A_DAY;
    let work = slots.filter(|slot| schedule.contains(*slot)).count();
    u32::try_from(work).expect("a day is short")
}

/// The longest stretch without work, in half-hours; the week goes round.
fn longest_rest(schedule: &WeekGrid) -> u32 {
    let (mut rest, mut longest) = (0, 0);
    for slot in 0..2 * SLOTS {
        rest = if schedule.contains(slot % SLOTS) {
            0
        } else {
            rest + 1
        };
        longest = longest.max(rest);
    }
    longest
}

/// Days on which work begins and no rest of `least` half-hours lies in the 24
/// hours from there; with the longest there is.
fn short_rests(schedule: &WeekGrid, least: u32) -> Vec<(usize, u32)> {
    let mut short: Vec<(usize, u32)> = Vec::new();
    let begins =
        |slot: &usize| schedule.contains(*slot) && !schedule.contains((slot + SLOTS - 1) % SLOTS);
    let whole_week = schedule.count() as usize == SLOTS;
    let starts: Vec<usize> = if whole_week {
        (0..DAYS).map(|day| day * SLOTS_A_DAY).collect()
    } else {
        (0..SLOTS).filter(begins).collect()
    };
    for start in starts {
        let (mut rest, mut longest) = (0, 0);
        for slot in start..start + SLOTS_A_DAY {
            rest = if schedule.contains(slot % SLOTS) {
                0
            } else {
                rest + 1
            };
            longest = longest.max(rest);
        }
        let day = start / SLOTS_A_DAY;
        if longest < least && short.last().map(|last| last.0) != Some(day) {
            short.push((day, longest));
        }
    }
    short
}

/// The fewest people that the limits of a day and of a week leave room for; two
/// where one alone would not rest.
fn people(form: ContractForm, schedule: &WeekGrid, broken: &[Broken], day: NaiveDate) -> u32 {
    let most = |name| {
        contract::limit(day, form.in_limits(), name)
            .and_then(Limit::half_hours)
            .filter(|most| *most > 0)
    };
    let by_week = most("max_hours_week").map_or(1, |most| schedule.count().div_ceil(most));
    let longest = (0..DAYS)
        .map(|day| of_day(schedule, day))
        .max()
        .unwrap_or(0);
    let by_day = most("max_hours_day").map_or(1, |most| longest.div_ceil(most));
    let of_rest = ["min_daily_rest_hours", "min_weekly_rest_hours"];
    let rests = broken.iter().any(|one| of_rest.contains(&one.limit.name()));
    by_week.max(by_day).max(if rests { 2 } else { 1 })
}

fn level_of(wish: &Wish, form: ContractForm) -> Option<CcnlLevel> {
    let of_persons = ["personal_care", "health_related_support", "mobility"];
    let is_care = wish
        .skills
        .iter()
        .any(|one| of_persons.contains(&one.group()));
    let is_childcare = wish.skills.iter().any(|one| one.group() == "childcare");
    let trained = TRAINED
        .iter()
        .filter_map(|code| Qualification::by_code(code))
        .any(|one| wish.qualifications.contains(one));
    let care = match (wish.self_sufficient, trained) {
        (Some(false), true) => Some("DS"),
        (Some(false), false) => Some("CS"),
        (Some(true), _) => Some("BS"),
        (None, _) => None,
    };
    let code = match form {
        ContractForm::NightPresence => "UNICO".to_owned(),
        ContractForm::NightCare => format!("N_{}", care?),
        _ if is_care || wish.self_sufficient == Some(false) => care?.to_owned(),
        _ if is_childcare => "BS".to_owned(),
        _ if wish.skills.is_empty() => return None,
        _ => "B".to_owned(),
    };
    CcnlLevel::by_code(&code)
}

fn offer(wish: &Wish) -> Offer {
    let Some(level) = wish.level else {
        return Offer::NoLevel;
    };
    let row = contract::minimum(
        wish.day,
        level,
        wish.arrangement,
        wish.live_in_hours,
        wish.covers_rest,
    );
    let Some(row) = row else { return Offer::NoRow };
    let offered = match row.unit {
        Unit::Hour => wish.max_pay_hour,
        Unit::Month => wish.max_pay_month,
        Unit::Day => None,
    };
    match offered {
        None => Offer::NoOffer(row),
        Some(offered) if offered < row.amount => Offer::Below(row, offered),
        Some(_) => Offer::Enough(row),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::skill::Skill;

    fn wish(schedule: &str) -> Wish {
        Wish {
            arrangement: Arrangement::Hourly,
            schedule: WeekGrid::parse(schedule).expect("a week"),
            live_in_hours: LiveInHours::Full,
            covers_rest: false,
            self_sufficient: None,
            skills: SkillSet::EMPTY,
            qualifications: QualificationSet::EMPTY,
            level: None,
            max_pay_hour: None,
            max_pay_month: None,
            day: NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"),
        }
    }

    fn names(advice: &Advice) -> Vec<(&str, Option<usize>, u32)> {
        let of = |one: &Broken| (one.limit.name(), one.day, one.half_hours);
        advice.broken.iter().map(of).collect()
    }

    #[test]
    fn an_ordinary_week_breaks_nothing_and_needs_one() {
        let advice = advise(&wish("Mon-Fri 08:00-13:00"));
        assert_eq!(names(&advice), []);
        assert_eq!((advice.half_hours, advice.people), (50, 1));
        assert_eq!(advice.form, ContractForm::Hourly);
    }

    #[test]
    fn long_weeks_long_days_and_short_rests_are_named() {
        let advice = advise(&wish("Mon-Sun 08:00-20:00"));
        assert!(names(&advice).contains(&("max_hours_week", None, 168)));
        assert!(names(&advice).contains(&("max_hours_day", Some(6), 24)));
        assert!(names(&advice).contains(&("min_weekly_rest_hours", None, 24)));
        assert_eq!(advice.people, 3, "84 hours at 40 a week");
        let advice = advise(&wish("Mon 08:00-09:00; Mon 21:00-22:00; Tue 07:00-08:00"));
        assert_eq!(
            names(&advice),
            [("min_daily_rest_hours", Some(0), 24)][..0].to_vec()
        );
        let advice = advise(&wish(
            "Mon 06:00-07:00; Mon 15:00-16:00; Mon 22:00-23:00; Tue 05:00-06:00",
        ));
        assert_eq!(names(&advice), [("min_daily_rest_hours", Some(0), 16)]);
        assert_eq!(advice.people, 2);
        let advice = advise(&wish("Mon-Sun 00:00-24:00"));
        assert_eq!(advice.people, 5, "168 hours at 40 a week");
        assert!(names(&advice).contains(&("min_daily_rest_hours", Some(3), 0)));
    }

    #[test]
    fn nights_stay_within_their_window() {
        let mut night = wish("Mon-Fri 20:00-08:00");
        night.arrangement = Arrangement::Night;
        night.self_sufficient = Some(false);
        let advice = advise(&night);
        assert_eq!(names(&advice), []);
        assert_eq!(advice.level.map(CcnlLevel::code), Some("N_CS"));
        night.schedule = WeekGrid::parse("Mon-Fri 19:00-08:00").expect("a week");
        assert_eq!(names(&advise(&night)), [("window", None, 10)]);
        night
            .skills
            .insert(Skill::by_code("night_presence").expect("a skill"));
        let advice = advise(&night);
        assert_eq!(advice.form, ContractForm::NightPresence);
        night.schedule = WeekGrid::parse("Mon-Sun 21:00-08:00").expect("a week");
        let advice = advise(&night);
        assert_eq!(names(&advice), [("min_weekly_rest_hours", None, 26)]);
        assert_eq!(advice.people, 2, "one alone has no day off");
        assert_eq!(advice.level.map(CcnlLevel::code), Some("UNICO"));
    }

    #[test]
    fn tasks_point_to_a_level_and_nothing_is_guessed() {
        let mut care = wish("Mon 08:00-09:00");
        let of = |wish: &Wish| advise(wish).level.map(CcnlLevel::code);
        assert_eq!(of(&care), None);
        care.skills
            .insert(Skill::by_code("ironing").expect("a skill"));
        assert_eq!(of(&care), Some("B"));
        care.skills
            .insert(Skill::by_code("personal_hygiene").expect("a skill"));
        assert_eq!(of(&care), None, "it is not said whether they manage alone");
        care.self_sufficient = Some(true);
        assert_eq!(of(&care), Some("BS"));
        care.self_sufficient = Some(false);
        assert_eq!(of(&care), Some("CS"));
        care.qualifications
            .insert(Qualification::by_code("oss").expect("a title"));
        assert_eq!(of(&care), Some("DS"));
    }

    #[test]
    fn an_offer_is_held_against_the_row_in_force() {
        let mut care = wish("Mon 08:00-09:00");
        assert_eq!(advise(&care).offer, Offer::NoLevel);
        care.level = CcnlLevel::by_code("CS");
        assert!(matches!(advise(&care).offer, Offer::NoOffer(row) if row.table == "C"));
        care.max_pay_hour = Cents::parse("8.29").ok();
        assert!(matches!(advise(&care).offer, Offer::Below(row, _) if row.amount.cents() == 830));
        care.max_pay_hour = Cents::parse("8.30").ok();
        assert!(matches!(advise(&care).offer, Offer::Enough(_)));
        care.covers_rest = true;
        assert!(matches!(advise(&care).offer, Offer::Below(row, _) if row.table == "G"));
        care.level = CcnlLevel::by_code("A");
        assert_eq!(advise(&care).offer, Offer::NoRow);
    }
}
