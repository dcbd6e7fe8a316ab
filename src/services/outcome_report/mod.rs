//! The outcome report, made once for page, paper and files: one list of tables of
//! figures, in the order in which they are read. The desks see every number;
//! readers see whole years that are over, and no small group.

mod files;
mod paper;
mod parts;
mod pictures;
mod view;
mod withholding;

use chrono::{Datelike, NaiveDate};

use super::access_report::sees_everything;
use super::{Context, ServiceError, outcomes};
use crate::domain::account::{Actor, Role};
use crate::domain::outcome::publish::LEAST;
use crate::domain::outcome::{Figures, Period, fits_kept_from};
use crate::storage;

pub use files::COLUMNS;
pub use parts::{COLUMN_CODES, Cell, FIGURE_CODES, PART_CODES, Part, Row};
pub use view::{FEWEST, Section, View, sentence};

/// The figures of a period and the names that they go by.
#[derive(Debug, Clone)]
pub struct Report {
    pub figures: Figures,
    /// Whether nothing is withheld.
    pub whole: bool,
    /// Since when the weights of the score hold that are in force on its day, where there
    /// are any, and how many waves are asked then.
    pub rules: (Option<NaiveDate>, usize),
    /// Since when the rule of the waves holds, where somebody wrote one.
    pub waves_from: Option<NaiveDate>,
    /// Code and name of every desk and of every partner.
    pub desks: Vec<(String, String)>,
    pub partners: Vec<(String, String)>,
}

impl Report {
    /// Whether there are too few requests for a reader to be told anything.
    pub fn is_too_small(&self) -> bool {
        !self.whole && self.figures.requests < LEAST
    }
}

/// A calendar year, as it is known today.
pub fn year(year: i32, today: NaiveDate) -> Option<Period> {
    Some(Period {
        from: NaiveDate::from_ymd_opt(year, 1, 1)?,
        to: NaiveDate::from_ymd_opt(year, 12, 31)?,
        today,
    })
}

/// The report of a period for somebody. Periods that differ by a day would tell
/// each request by itself, so readers get whole years that are over, as known today.
pub async fn of(context: &Context, actor: &Actor, period: Period) -> Result<Report, ServiceError> {
    let whole = sees_everything(actor);
    if !whole && actor.role != Role::Reader {
        return Err(ServiceError::Forbidden);
    }
    let today = context.today();
    let asked = period.from.year();
    if !whole && (asked >= today.year() || year(asked, today) != Some(period)) {
        return Err(ServiceError::NotFound {
            what: "year",
            code: asked.to_string(),
        });
    }
    load(context, period, whole).await
}

/// The report of a period with everything in it, for the command line.
pub async fn everything(context: &Context, period: Period) -> Result<Report, ServiceError> {
    load(context, period, true).await
}

async fn load(context: &Context, period: Period, whole: bool) -> Result<Report, ServiceError> {
    let snapshot = context.db.snapshot().await?;
    let figures = outcomes::whole(&snapshot, period, fits_kept_from(context.today())).await?;
    let weights = storage::policy::weight_rows(&snapshot).await?;
    // Before the service began there was no rule.
    let weights_from = weights.on(period.today).ok().map(|(from, _)| from);
    let waves = storage::wave_rules::policy(&snapshot).await?;
    let desks = storage::places::desks(&snapshot).await?.into_iter();
    let partners = storage::places::partners(&snapshot).await?.into_iter();
    Ok(Report {
        figures,
        whole,
        rules: (weights_from, waves.waves(period.today).len()),
        waves_from: waves.since(period.today),
        desks: desks
            .map(|(_, desk)| (desk.code.to_string(), desk.name))
            .collect(),
        partners: partners
            .map(|(_, partner)| (partner.code.to_string(), partner.name))
            .collect(),
    })
}
