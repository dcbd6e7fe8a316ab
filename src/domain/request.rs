//! One need of one family. It says what is needed, never who: the only trait of
//! a person it can hold is the sex, and only with its recorded ground.

use chrono::NaiveDate;

use super::contract::{Arrangement, CcnlLevel, LiveInHours};
use super::ids::{FamilyCode, RequestCode};
use super::invalid::{Invalid, Why, one_of};
use super::language::Languages;
use super::money::Cents;
use super::person::Sex;
use super::place::Comune;
use super::reading::{self, Fields, Parsed, Reading, cell, date, joined, whole, yes_no, yes_or_no};
use super::reason::ReasonList;
use super::skill::{QualificationSet, SkillSet};
use super::week::WeekGrid;

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequestStatus {
    Open,
    Paused,
    /// By the desk.
    Filled,
    /// Ended otherwise.
    Closed,
    /// Taken back by the family.
    Withdrawn,
}

impl RequestStatus {
    /// All, in the order of the formats.
    pub const ALL: [Self; 5] = [
        Self::Open,
        Self::Paused,
        Self::Filled,
        Self::Closed,
        Self::Withdrawn,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Paused => "paused",
            Self::Filled => "filled",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}

/// Why a request may count in no outcome figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exclusion {
    Died,
    ResidentialCare,
    Moved,
    Duplicate,
}

impl Exclusion {
    /// All, in the order of the formats.
    pub const ALL: [Self; 4] = [
        Self::Died,
        Self::ResidentialCare,
        Self::Moved,
        Self::Duplicate,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Died => "died",
            Self::ResidentialCare => "residential_care",
            Self::Moved => "moved",
            Self::Duplicate => "duplicate",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}

/// The only ground on which a request may state the worker's sex.
pub const SEX_GROUND: &str = "personal_hygiene";

/// One need of one family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareRequest {
    /// `None` until the program makes one.
    pub code: Option<RequestCode>,
    pub family: FamilyCode,
    pub comune: Comune,
    pub arrangement: Arrangement,
    /// Empty for live-in.
    pub schedule: WeekGrid,
    pub live_in_hours: LiveInHours,
    /// The live-in request whose rest days or holidays this one covers.
    pub covers: Option<RequestCode>,
    pub min_coverage_permille: u32,
    pub start_date: NaiveDate,
    pub end_date: Option<NaiveDate>,
    pub needed_by: Option<NaiveDate>,
    pub required_skills: SkillSet,
    pub preferred_skills: SkillSet,
    pub required_qualifications: QualificationSet,
    pub required_languages: Languages,
    pub max_pay_hour: Option<Cents>,
    pub max_pay_month: Option<Cents>,
    pub ccnl_level: Option<CcnlLevel>,
    pub public_contribution: bool,
    pub self_sufficient: Option<bool>,
    /// With its ground, [`SEX_GROUND`], which is the only one.
    pub worker_sex: Option<Sex>,
    /// The account that stated the sex, until a second one confirms it: so long
    /// nobody is matched. None where it is confirmed, or came from a file.
    pub worker_sex_asked_by: Option<i64>,
    pub status: RequestStatus,
    pub paused_until: Option<NaiveDate>,
    pub pause_reason: Option<&'static str>,
    pub close_reason: Option<&'static str>,
    pub opened_on: NaiveDate,
    pub excluded: Option<Exclusion>,
    pub excluded_on: Option<NaiveDate>,
}

impl CareRequest {
    /// The columns of the formats, in their order.
    pub const COLUMNS: [&'static str; 29] = [
        "code",
        "family",
        "comune",
        "arrangement",
        "schedule",
        "live_in_hours",
        "covers",
        "min_coverage_permille",
        "start_date",
        "end_date",
        "needed_by",
        "required_skills",
        "preferred_skills",
        "required_qualifications",
        "required_languages",
        "max_pay_hour",
        "max_pay_month",
        "ccnl_level",
        "public_contribution",
        "self_sufficient",
        "worker_sex",
        "worker_sex_ground",
        "status",
        "paused_until",
        "pause_reason",
        "close_reason",
        "opened_on",
        "excluded",
        "excluded_on",
    ];

    /// The later of the start and today: the day the work could begin.
    pub fn day(&self, today: NaiveDate) -> NaiveDate {
        self.start_date.max(today)
    }

    /// Whether it waits for somebody.
    pub fn is_open(&self) -> bool {
        self.status == RequestStatus::Open
    }

    /// The cells of [`Self::COLUMNS`], as an export writes them.
    pub fn cells(&self) -> Vec<String> {
        vec![
            cell(self.code.as_ref()),
            self.family.to_string(),
            self.comune.istat().to_owned(),
            self.arrangement.code().to_owned(),
            self.schedule.to_string(),
            self.live_in_hours.hours().to_string(),
            cell(self.covers.as_ref()),
            self.min_coverage_permille.to_string(),
            self.start_date.to_string(),
            cell(self.end_date),
            cell(self.needed_by),
            joined(self.required_skills.codes()),
            joined(self.preferred_skills.codes()),
            joined(self.required_qualifications.codes()),
            self.required_languages.to_string(),
            cell(self.max_pay_hour),
            cell(self.max_pay_month),
            cell(self.ccnl_level.map(CcnlLevel::code)),
            yes_or_no(self.public_contribution),
            self.self_sufficient.map(yes_or_no).unwrap_or_default(),
            cell(self.worker_sex),
            cell(self.worker_sex.map(|_| SEX_GROUND)),
            self.status.code().to_owned(),
            cell(self.paused_until),
            cell(self.pause_reason),
            cell(self.close_reason),
            self.opened_on.to_string(),
            cell(self.excluded.map(Exclusion::code)),
            cell(self.excluded_on),
        ]
    }

    /// Reads the columns. `before`: the record that the code names already.
    #[allow(
        clippy::too_many_lines,
        reason = "one line a column, read from top to bottom"
    )]
    pub fn read(
        fields: &dyn Fields,
        before: Option<&Self>,
        today: NaiveDate,
    ) -> Result<Parsed<Self>, Invalid> {
        let mut r = Reading::new(fields);
        let code = r.optional("code", before.map(|b| b.code.clone()), RequestCode::parse);
        let family = r.required(
            "family",
            before.map(|b| b.family.clone()),
            FamilyCode::parse,
        );
        let comune = r.comune("comune", before.map(|b| b.comune));
        let arrangement = r.required(
            "arrangement",
            before.map(|b| b.arrangement),
            reading::arrangement,
        );
        let schedule = r.schedule(before.map(|b| b.schedule), arrangement);
        let live_in_hours = r.or_default(
            "live_in_hours",
            before.map(|b| b.live_in_hours),
            LiveInHours::Full,
            live_in_hours,
        );
        let covers = r.optional(
            "covers",
            before.map(|b| b.covers.clone()),
            RequestCode::parse,
        );
        let min_coverage_permille = r.or_default(
            "min_coverage_permille",
            before.map(|b| b.min_coverage_permille),
            1000,
            |text| whole(text, 1, 1000),
        );
        let start_date = r.required("start_date", before.map(|b| b.start_date), date);
        let end_date = r.optional("end_date", before.map(|b| b.end_date), date);
        let needed_by = r.optional("needed_by", before.map(|b| b.needed_by), date);
        let required_skills = r.or_empty(
            "required_skills",
            before.map(|b| b.required_skills),
            SkillSet::EMPTY,
            reading::skills,
        );
        let preferred_skills = r.or_empty(
            "preferred_skills",
            before.map(|b| b.preferred_skills),
            SkillSet::EMPTY,
            reading::skills,
        );
        let required_qualifications = r.or_empty(
            "required_qualifications",
            before.map(|b| b.required_qualifications),
            QualificationSet::EMPTY,
            reading::qualifications,
        );
        let required_languages = r.or_empty(
            "required_languages",
            before.map(|b| b.required_languages.clone()),
            Languages::default(),
            reading::languages,
        );
        let max_pay_hour = r.optional(
            "max_pay_hour",
            before.map(|b| b.max_pay_hour),
            reading::money,
        );
        let max_pay_month = r.optional(
            "max_pay_month",
            before.map(|b| b.max_pay_month),
            reading::money,
        );
        let ccnl_level = r.optional("ccnl_level", before.map(|b| b.ccnl_level), |text| {
            reading::code_of(text, "ccnl_levels", CcnlLevel::by_code)
        });
        let public_contribution = r.or_empty(
            "public_contribution",
            before.map(|b| b.public_contribution),
            false,
            yes_no,
        );
        let self_sufficient =
            r.optional("self_sufficient", before.map(|b| b.self_sufficient), yes_no);
        let worker_sex = r.worker_sex(before.map(|b| b.worker_sex));
        let status = r.or_default(
            "status",
            before.map(|b| b.status),
            RequestStatus::Open,
            RequestStatus::parse,
        );
        let paused_until = r.optional("paused_until", before.map(|b| b.paused_until), date);
        let pause_reason = r.optional("pause_reason", before.map(|b| b.pause_reason), |text| {
            reading::reason(ReasonList::Pause, text)
        });
        let close_reason = r.optional("close_reason", before.map(|b| b.close_reason), |text| {
            reading::reason(ReasonList::Close, text)
        });
        let opened_on = r.or_default("opened_on", before.map(|b| b.opened_on), today, date);
        let excluded = r.optional("excluded", before.map(|b| b.excluded), Exclusion::parse);
        let excluded_on = r.optional("excluded_on", before.map(|b| b.excluded_on), date);

        if let (Some(start), Some(end)) = (start_date, end_date)
            && end < start
        {
            r.problem_unless_noted(&["end_date"], Why::new("problem-end-before-start"));
        }
        r.finish(|| {
            Some(Self {
                code,
                family: family?,
                comune: comune?,
                arrangement: arrangement?,
                schedule,
                live_in_hours,
                covers,
                min_coverage_permille,
                start_date: start_date?,
                end_date,
                needed_by,
                required_skills,
                preferred_skills,
                required_qualifications,
                required_languages,
                max_pay_hour,
                max_pay_month,
                ccnl_level,
                public_contribution,
                self_sufficient,
                worker_sex,
                worker_sex_asked_by: before
                    .filter(|before| before.worker_sex == worker_sex)
                    .and_then(|before| before.worker_sex_asked_by),
                status,
                paused_until,
                pause_reason,
                close_reason,
                opened_on,
                excluded,
                excluded_on,
            })
        })
    }
}

fn live_in_hours(text: &str) -> Result<LiveInHours, Why> {
    text.parse()
        .ok()
        .and_then(LiveInHours::from_hours)
        .ok_or_else(|| Why::new("problem-one-of").with("codes", "54, 30"))
}

impl Reading<'_> {
    /// Required, and not empty, unless the arrangement is live-in: then it is not read.
    fn schedule(&mut self, kept: Option<WeekGrid>, arrangement: Option<Arrangement>) -> WeekGrid {
        if arrangement == Some(Arrangement::LiveIn) {
            return WeekGrid::EMPTY;
        }
        let schedule = self.required("schedule", kept, reading::week);
        if schedule.is_some_and(|grid| grid.is_empty()) {
            self.problem_unless_noted(&["schedule"], Why::new("problem-schedule-empty"));
        }
        schedule.unwrap_or(WeekGrid::EMPTY)
    }

    /// The sex and its ground: both or neither.
    #[allow(
        clippy::option_option,
        reason = "no record before, or one that states none"
    )]
    fn worker_sex(&mut self, kept: Option<Option<Sex>>) -> Option<Sex> {
        let sex = self.optional("worker_sex", kept, |text| {
            one_of(text, &Sex::ALL, Sex::code)
        });
        // A ground that is not in the file goes with the sex that it was for.
        let kept_ground = kept.map(|before| before.and(sex).map(|_| SEX_GROUND));
        let ground = self.optional("worker_sex_ground", kept_ground, |text| {
            one_of(text, &[SEX_GROUND], |ground| ground)
        });
        match (sex, ground) {
            (Some(_), None) => self.problem_unless_noted(
                &["worker_sex", "worker_sex_ground"],
                Why::new("problem-sex-without-ground"),
            ),
            (None, Some(_)) => self.problem_unless_noted(
                &["worker_sex_ground", "worker_sex"],
                Why::new("problem-ground-without-sex"),
            ),
            _ => {}
        }
        sex
    }
}
