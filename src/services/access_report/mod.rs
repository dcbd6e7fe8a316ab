//! The yearly report of the access log, made once for page, paper and files: the
//! tables of a year beside those of the year before. Whoever keeps the log sees
//! every number; readers see what could be published, of years that are over.

pub mod files;
pub mod labels;
mod notes;
mod paper;
pub mod period;
mod pictures;
mod view;
pub mod weeks;

use chrono::{DateTime, Datelike, NaiveDate, Utc};

use super::accesses::YearOfLog;
use super::{Context, ServiceError};
use crate::domain::access::Began;
use crate::domain::access::figures::Dimension;
use crate::domain::access::vocabulary::Vocabulary;
use crate::domain::account::{Actor, Role};
use crate::domain::ids::DeskCode;
use crate::domain::publishing::correction::{self, Change};
use crate::domain::publishing::{Audience, Gathered, Rule, YearTables};
use crate::storage::frozen_years::Frozen;
use crate::storage::{self, Connection};

pub use view::{Cell, Heading, Line, Section, Summary, View};

/// The tables of two years, as the reader may see them.
#[derive(Debug, Clone)]
pub struct Report {
    pub year: i32,
    /// Days other than a whole year.
    pub period: Option<(NaiveDate, NaiveDate)>,
    /// None where there are too few accesses for anything to be told.
    pub now: Option<YearTables>,
    pub before: Option<YearTables>,
    /// Whether nothing is withheld.
    pub whole: bool,
    pub vocabulary: Vocabulary,
    /// Code and name of every desk.
    pub desks: Vec<(String, String)>,
    /// Years that can be asked for, the newest first.
    pub years: Vec<i32>,
    pub closed: Option<Closed>,
    /// Accesses that say they opened a case, and cases opened, where the two differ;
    /// for those who see everything.
    pub opened: Option<(u64, u64)>,
}

/// That the year was closed, and what changed since.
#[derive(Debug, Clone)]
pub struct Closed {
    pub on: DateTime<Utc>,
    pub revision: i32,
    pub program_version: String,
    /// For those who see everything.
    pub changes: Vec<Change>,
}

/// Whether somebody sees every number: who keeps the log and who runs it.
pub fn sees_everything(actor: &Actor) -> bool {
    matches!(actor.role, Role::Operator | Role::Administrator)
}

/// The report of a year, of all desks or (for those who see everything) of one.
pub async fn yearly(
    context: &Context,
    actor: &Actor,
    year: Option<i32>,
    desk: Option<&DeskCode>,
) -> Result<Report, ServiceError> {
    let whole = sees_everything(actor);
    if !whole && actor.role != Role::Reader {
        return Err(ServiceError::Forbidden);
    }
    let today = context.today().year();
    let snapshot = context.db.snapshot().await?;
    let mut years = storage::accesses::years(&snapshot).await?;
    // what is shown of a year that goes on would tell each new access by itself
    years.retain(|year| whole || *year < today);
    years.sort_unstable_by(|a, b| b.cmp(a));
    let newest = years.first().copied().unwrap_or(today - 1);
    let year = year.unwrap_or(newest);
    if !whole && year >= today {
        return Err(ServiceError::NotFound {
            what: "year",
            code: year.to_string(),
        });
    }
    let vocabulary = storage::vocabulary::load(&snapshot).await?;
    let desk = desk.filter(|_| whole);
    let mut now = YearOfLog::load(&snapshot, year, desk).await?;
    let mut before = YearOfLog::load(&snapshot, year - 1, desk).await?;
    let closed = storage::frozen_years::list(&snapshot).await?;
    let opened = opened(&now).filter(|_| whole);
    let since = closed
        .iter()
        .find(|one| whole && desk.is_none() && one.year == year)
        // Before outcomes: what is known of them grows by itself and corrects nothing.
        .map(|one| Closed::of(one.clone(), tables(&now, &vocabulary, true).as_ref()));
    if whole {
        let today = context.today();
        now = now.with_outcomes(&snapshot, today, desk).await?;
        before = before.with_outcomes(&snapshot, today, desk).await?;
    }
    let desks = names(&snapshot).await?;
    drop(snapshot);
    let tables = |log: &YearOfLog| {
        let kept = closed.iter().find(|one| !whole && one.year == log.year);
        kept.map_or_else(
            || tables(log, &vocabulary, whole),
            |kept| kept.published.clone(),
        )
    };
    let (now, before) = (tables(&now), tables(&before));
    Ok(Report {
        year,
        closed: since,
        opened,
        period: None,
        now,
        before,
        whole,
        desks,
        years,
        vocabulary,
    })
}

/// The report of a closed year, as everybody may read it; none where it is not
/// closed.
pub async fn published(context: &Context, year: i32) -> Result<Option<Report>, ServiceError> {
    let snapshot = context.db.snapshot().await?;
    let vocabulary = storage::vocabulary::load(&snapshot).await?;
    let desks = names(&snapshot).await?;
    let closed = storage::frozen_years::list(&snapshot).await?;
    drop(snapshot);
    let years: Vec<i32> = closed.iter().map(|one| one.year).collect();
    let of = |year: i32| closed.iter().find(|one| one.year == year);
    let Some(found) = of(year) else {
        return Ok(None);
    };
    Ok(Some(Report {
        year,
        period: None,
        opened: None,
        closed: Some(Closed {
            on: found.frozen_at,
            revision: found.revision,
            program_version: found.program_version.clone(),
            changes: Vec::new(),
        }),
        now: found.published.clone(),
        before: of(year - 1).and_then(|one| one.published.clone()),
        whole: false,
        vocabulary,
        desks,
        years,
    }))
}

pub(super) async fn names(db: &impl Connection) -> Result<Vec<(String, String)>, ServiceError> {
    let desks = storage::places::desks(db).await?.into_iter();
    Ok(desks
        .map(|(_, desk)| (desk.code.to_string(), desk.name))
        .collect())
}

fn opened(log: &YearOfLog) -> Option<(u64, u64)> {
    let said = log
        .counts
        .one(None, Dimension::Accompaniment, Began::Opened.code());
    let cases = log.cases.values();
    let cases = cases.map(|cases| cases.total - cases.from_before).sum();
    (said != cases).then_some((said, cases))
}

impl Closed {
    fn of(closed: Frozen, now: Option<&YearTables>) -> Self {
        Self {
            on: closed.frozen_at,
            revision: closed.revision,
            program_version: closed.program_version,
            changes: now
                .and_then(|now| correction::changes(&closed.whole, now))
                .unwrap_or_default(),
        }
    }
}

/// The tables of a year of the log: all of it, or what can be published.
pub fn tables(log: &YearOfLog, vocabulary: &Vocabulary, whole: bool) -> Option<YearTables> {
    let gathered = Gathered {
        year: log.year,
        desks: &log.desks,
        counts: &log.counts,
        cases: &log.cases,
        dom: log.dom,
        outcomes: log.outcomes,
        vocabulary,
    };
    if whole {
        return Some(YearTables::whole(&gathered.numbers(Audience::Desk)));
    }
    YearTables::published(&gathered.numbers(Audience::Outside), Rule::Enough)
}
