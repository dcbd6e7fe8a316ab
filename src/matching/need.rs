//! A request as matching sees it: where, when and what, never for whom. What is
//! refused before any search is refused here. Not here: the request's status,
//! which matching does not read.

use chrono::NaiveDate;
use thiserror::Error;

use crate::domain::contract::{Arrangement, LiveInHours};
use crate::domain::language::Languages;
use crate::domain::money::Cents;
use crate::domain::person::Sex;
use crate::domain::place::Comune;
use crate::domain::skill::{QualificationSet, SkillSet};
use crate::domain::week::WeekGrid;

/// What a request says, column by column.
#[derive(Debug, Clone)]
pub struct NeedFields {
    /// The request's code.
    pub request: String,
    pub comune: Comune,
    pub arrangement: Arrangement,
    /// Not read for `live_in`.
    pub schedule: WeekGrid,
    /// Read for `live_in` only.
    pub live_in_hours: LiveInHours,
    /// Whether it covers the rest days or holidays of a live-in request.
    pub covers_rest: bool,
    /// 1 to 1000.
    pub min_coverage_permille: u32,
    pub start_date: NaiveDate,
    pub required_skills: SkillSet,
    pub preferred_skills: SkillSet,
    /// Any one of these is enough.
    pub required_qualifications: QualificationSet,
    pub required_languages: Languages,
    pub max_pay_hour: Option<Cents>,
    pub max_pay_month: Option<Cents>,
    pub public_contribution: bool,
    pub worker_sex: Option<Sex>,
    /// Whether the ground (`personal_hygiene`) is on record.
    pub worker_sex_ground: bool,
}

/// A request that can be searched for.
#[derive(Debug, Clone)]
pub struct Need {
    fields: NeedFields,
    left_out: Vec<String>,
}

/// Why a request is not searched for at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("an hourly or night request needs at least one half-hour")]
    EmptySchedule,
    #[error("a request may state the worker's sex only with its recorded ground")]
    SexWithoutGround,
    #[error("the share to be covered is between 1 and 1000 per mille")]
    CoverageOutOfRange,
}

impl Need {
    /// Errors: see [`Refusal`].
    pub fn new(mut fields: NeedFields) -> Result<Self, Refusal> {
        if fields.arrangement == Arrangement::LiveIn {
            fields.schedule = WeekGrid::EMPTY;
        } else if fields.schedule.is_empty() {
            return Err(Refusal::EmptySchedule);
        }
        if fields.worker_sex.is_some() && !fields.worker_sex_ground {
            return Err(Refusal::SexWithoutGround);
        }
        if !(1..=1000).contains(&fields.min_coverage_permille) {
            return Err(Refusal::CoverageOutOfRange);
        }
        Ok(Self {
            fields,
            left_out: Vec::new(),
        })
    }

    pub fn fields(&self) -> &NeedFields {
        &self.fields
    }

    /// The same without these workers (their codes), whose sheet must not go there.
    #[must_use]
    pub fn leaving_out(mut self, workers: Vec<String>) -> Self {
        self.left_out = workers;
        self
    }

    /// Whose sheet must not go there.
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }

    /// The code of the request.
    pub fn request(&self) -> &str {
        &self.fields.request
    }

    /// The later of the start and `today`.
    pub fn day(&self, today: NaiveDate) -> NaiveDate {
        self.fields.start_date.max(today)
    }

    /// Half-hours asked for; 0 for `live_in`.
    pub fn needed(&self) -> u32 {
        self.fields.schedule.count()
    }

    /// Half-hours a week that have to be worked: the fewest that reach the share
    /// asked for, or the hours of the live-in form.
    pub fn target(&self) -> u32 {
        match self.fields.arrangement {
            Arrangement::LiveIn => 2 * self.fields.live_in_hours.hours(),
            Arrangement::Hourly | Arrangement::Night => {
                (self.needed() * self.fields.min_coverage_permille).div_ceil(1000)
            }
        }
    }
}
