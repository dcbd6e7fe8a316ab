//! The access log's use cases: the yearly report, entries made at a desk, and the
//! nightly clean-up. Nothing here leaves a record of who entered what.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Context, ServiceError};
use crate::domain::access::figures::{Cases, Counts, DomLine, YearReport};
use crate::domain::ids::DeskCode;
use crate::storage::{self, Connection, StorageError};

/// What a year's report is made of, read at one instant.
#[derive(Debug, Clone)]
pub struct YearOfLog {
    pub year: i32,
    /// The desks that it tells of, by code.
    pub desks: Vec<DeskCode>,
    pub counts: Counts,
    pub cases: BTreeMap<DeskCode, Cases>,
    pub dom: DomLine,
}

impl YearOfLog {
    /// Of all desks or one: six statements, whatever the number of accesses.
    pub async fn load(
        db: &impl Connection,
        year: i32,
        desk: Option<&DeskCode>,
    ) -> Result<Self, ServiceError> {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MAX);
        let days = (day(1, 1), day(12, 31));
        let desks = storage::places::desks(db).await?.into_iter();
        let mut desks: Vec<_> = desks.map(|(_, one)| one.code).collect();
        if let Some(desk) = desk {
            desks.retain(|one| one == desk);
            if desks.is_empty() {
                return Err(ServiceError::NotFound {
                    what: "desk",
                    code: desk.to_string(),
                });
            }
        }
        Ok(Self {
            year,
            desks,
            counts: storage::accesses::counts(db, year, desk).await?,
            cases: storage::accompaniments::cases(db, year, desk).await?,
            dom: DomLine {
                workers_registered: storage::workers::registered_between(db, days, desk).await?,
                families_with_sheets: storage::families::introduced_between(db, days, desk).await?,
            },
        })
    }

    /// The report.
    pub fn report(&self) -> YearReport {
        YearReport::of(self.year, &self.desks, &self.counts, &self.cases, self.dom)
    }
}

/// The yearly report and that of the year before, both of the same instant.
pub async fn report(
    context: &Context,
    year: i32,
    desk: Option<&DeskCode>,
) -> Result<[YearOfLog; 2], ServiceError> {
    let snapshot = context.db.snapshot().await?;
    let this = YearOfLog::load(&snapshot, year, desk).await?;
    let before = YearOfLog::load(&snapshot, year - 1, desk).await?;
    Ok([this, before])
}

/// What is done when nobody works: forgets which pages sent what, and takes from
/// the rows the order in which they came.
pub async fn clean_up(context: &Context) -> Result<u64, StorageError> {
    let write = context.db.write().await?;
    let gone = storage::accesses::clear_receipts(&*write).await?;
    storage::accesses::shuffle(&*write).await?;
    write.commit().await?;
    Ok(gone)
}
