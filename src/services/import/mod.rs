//! A file becomes records. It is read twice: the first reading (`survey`) finds
//! every problem and writes nothing; the second (`load`) writes what is good in
//! one transaction, a chunk at a time. Memory grows by the codes of the file,
//! never by its rows. No name of a person leaves here but in the report.

mod columns;
pub(super) mod load;
mod multiset;
pub mod sentences;
mod suggest;
mod survey;
mod values;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};

use columns::Columns;
pub use columns::{ColumnProblem, Mapping};
use survey::{Survey, Wishes};
use values::Own;

use super::follow_up::{ended, waves};
use super::sheets::end::end;
use super::tables::{
    Accesses, Accompaniments, Answers, Families, Introductions, Kind, Log, Requests, Table,
    Workers, World,
};
use super::{Context, diffusion};
use crate::domain::ids::DeskCode;
use crate::domain::invalid::Why;
use crate::domain::likeness::Reason;
use crate::storage::rows::CHUNK;
use crate::storage::{self, Db, StorageError};
use crate::tabular::{FileError, ReadError, Row, RowError, Rows, Sheet};

/// How a file is loaded.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Report what would happen and write nothing.
    pub dry_run: bool,
    /// Write the good rows although others were rejected.
    pub keep_good: bool,
    /// The account in whose name this happens.
    pub by: Option<i64>,
    /// Accesses of another desk are rejected.
    pub only_desk: Option<DeskCode>,
    /// Accesses of another year are rejected.
    pub only_year: Option<i32>,
    /// What the columns are, where their headers don't say it themselves.
    pub mapping: Option<Mapping>,
    /// Look for people who may be there already.
    pub likely: bool,
    /// Rows that are not loaded although nothing is wrong with them.
    pub leave_out: BTreeSet<u32>,
    /// Where it is noted how far the reading is.
    pub progress: Progress,
}

/// How many rows were looked at so far, over all readings of the file.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    fn add(&self, rows: usize) {
        let rows = u64::try_from(rows).expect("a chunk is short");
        self.0.fetch_add(rows, Ordering::Relaxed);
    }

    /// The rows.
    pub fn rows(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A new person of a file who may be there already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LikelyRow {
    pub row: u32,
    /// As the file has it.
    pub name: String,
    /// Of the record that is there.
    pub code: String,
    pub there: String,
    pub reasons: Vec<Reason>,
}

/// What is written beside the records, in the same transaction. Without its yes
/// nothing is written.
pub trait Seal: Sync {
    /// Whether what was done may last.
    fn seal(
        &self,
        write: &storage::Write,
        report: &Report,
    ) -> impl Future<Output = Result<bool, StorageError>> + Send;
}

/// Nothing is written beside.
struct Unsealed;

impl Seal for Unsealed {
    async fn seal(&self, _write: &storage::Write, _report: &Report) -> Result<bool, StorageError> {
        Ok(true)
    }
}

/// A problem or a doubt of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// As a person counts rows in the file: the header is row 1.
    pub row: u32,
    /// Empty where the whole row is meant.
    pub column: String,
    /// What stands in the cell, cut where it is very long.
    pub value: String,
    pub why: Why,
}

/// What came of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows under the header, blank ones left out.
    pub read: u64,
    /// Rows written as new ones; in a dry run those that would be.
    pub added: u64,
    /// The same for rows that change a record.
    pub updated: u64,
    /// Rows whose record has it all already.
    pub unchanged: u64,
    /// Every problem, by row. A row may have several.
    pub rejected: Vec<RowProblem>,
    /// Doubts that stop nothing, by row.
    pub warnings: Vec<RowProblem>,
    /// Where it was asked: new people who may be there already.
    pub likely: Vec<LikelyRow>,
    /// Rows that somebody said not to load.
    pub left_out: u64,
    /// Whether the good rows were written, and not only looked at.
    pub written: bool,
}

impl Report {
    /// How many rows have a problem.
    pub fn rejected_rows(&self) -> usize {
        let mut rows: Vec<u32> = self.rejected.iter().map(|problem| problem.row).collect();
        rows.dedup();
        rows.len()
    }
}

/// Why a file could not be read at all, or its rows not be written. Nothing was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    File(#[from] FileError),
    /// Headers that are no columns of the table.
    #[error("unusable columns: {0:?}")]
    Columns(Vec<ColumnProblem>),
    /// The records changed between the two readings.
    #[error("the records changed in the meantime")]
    Changed,
    #[error(transparent)]
    Storage(StorageError),
}

impl From<StorageError> for ImportError {
    fn from(error: StorageError) -> Self {
        match error {
            // Somebody else wrote the same code since the survey.
            StorageError::Stale { .. } | StorageError::Conflict { .. } => Self::Changed,
            other => Self::Storage(other),
        }
    }
}

/// Loads a file of `kind`. Where a row was rejected nothing is written, unless
/// `options.keep_good`; in one transaction, with its row of audit.
pub async fn run(
    context: &Context,
    kind: Kind,
    sheet: &mut Sheet,
    options: Options,
) -> Result<Report, ImportError> {
    run_sealed(context, kind, sheet, options, &Unsealed).await
}

/// The same with something written beside the records.
pub async fn run_sealed(
    context: &Context,
    kind: Kind,
    sheet: &mut Sheet,
    options: Options,
    seal: &impl Seal,
) -> Result<Report, ImportError> {
    let columns = match &options.mapping {
        Some(mapping) => {
            let desks = storage::places::desks(context.db.read()).await?;
            let desks = desks.into_iter().map(|(_, desk)| desk);
            Columns::mapped(kind, mapping, Own::new(desks, context.today()))
        }
        None => Columns::of(kind, sheet.header()).map_err(ImportError::Columns)?,
    };
    let mut world = World::load(context).await?;
    world.only_desk = options.only_desk.clone();
    world.only_year = options.only_year;
    if kind == Kind::Accesses {
        world.log = Some(Log::load(context).await?);
    }
    let job = Job {
        context,
        db: &context.db,
        now: context.now(),
        kind,
        world,
        columns,
        options,
    };
    match kind {
        Kind::Workers => job.run::<Workers>(sheet, seal).await,
        Kind::Families => job.run::<Families>(sheet, seal).await,
        Kind::Requests => job.run::<Requests>(sheet, seal).await,
        Kind::Introductions => job.run::<Introductions>(sheet, seal).await,
        Kind::Answers => job.run::<Answers>(sheet, seal).await,
        Kind::Accesses => job.run::<Accesses>(sheet, seal).await,
        Kind::Accompaniments => job.run::<Accompaniments>(sheet, seal).await,
    }
}

struct Job<'a> {
    context: &'a Context,
    db: &'a Db,
    now: DateTime<Utc>,
    kind: Kind,
    world: World,
    columns: Columns,
    options: Options,
}

impl Job<'_> {
    async fn run<T: Table>(
        &self,
        sheet: &mut Sheet,
        seal: &impl Seal,
    ) -> Result<Report, ImportError> {
        let wishes = Wishes {
            likely: self.options.likely,
            leave_out: &self.options.leave_out,
            progress: &self.options.progress,
        };
        let mut survey =
            Survey::of::<T>(self.db.read(), sheet, &self.columns, &self.world, wishes).await?;
        let mut report = Report {
            read: survey.read,
            unchanged: survey.unchanged,
            rejected: std::mem::take(&mut survey.problems),
            warnings: std::mem::take(&mut survey.warnings),
            likely: std::mem::take(&mut survey.likely),
            left_out: survey.left_out,
            ..Report::default()
        };
        if report.rejected.is_empty() || self.options.keep_good {
            let write = self.db.write().await?;
            if let Some(log) = &self.world.log {
                log.keep_refs(&*write).await?;
            }
            let told = load::Told {
                kind: match self.kind {
                    Kind::Workers => Some("worker"),
                    Kind::Families => Some("family"),
                    Kind::Requests => Some("request"),
                    _ => None,
                },
                at: self.now,
                by: self.options.by,
            };
            let beside = (&self.options.progress, told);
            let newest = storage::answers::newest(&*write).await?;
            let counts =
                load::load::<T>(&write, sheet, &self.columns, &self.world, &survey, beside).await?;
            self.end_questions(&write, newest).await?;
            report.added = counts.added;
            report.updated = counts.updated;
            report.unchanged = counts.unchanged;
            if !self.options.dry_run {
                self.end_sheets(&write).await?;
                report.written = true;
                if self.kind.is_audited() {
                    self.audit(&write, &report).await?;
                }
                if !seal.seal(&write, &report).await? {
                    return Err(ImportError::Changed);
                }
                write.commit().await?;
            }
        }
        Ok(report)
    }

    /// Whoever a file says has withdrawn, died or answered is asked no more. `newest`: the
    /// key of the last answer before the file.
    async fn end_questions(&self, write: &storage::Write, newest: i64) -> Result<(), StorageError> {
        match self.kind {
            Kind::Workers => {
                storage::outbox::cancel_withdrawn(&**write, self.now).await?;
            }
            Kind::Requests => ended::stop_bereaved(self.context, &**write).await?,
            Kind::Answers => {
                waves::settle_answered(self.context, write, newest).await?;
                ended::stop_bereaved(self.context, &**write).await?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Whoever a file says has withdrawn is on no sheet in force any more, and no sheet
    /// stays in force where a file moves somebody to where a worker does not want to be.
    async fn end_sheets(&self, write: &storage::Write) -> Result<(), StorageError> {
        if matches!(self.kind, Kind::Families | Kind::Requests) {
            diffusion::end_all_unwished(self.context, write, self.options.by).await?;
        }
        if self.kind != Kind::Workers {
            return Ok(());
        }
        let today = self.context.today();
        for left in storage::withdrawals::left_in_force(&**write, today).await? {
            let sheet = (left.sheet_id, left.number.as_str());
            end(self.context, write, self.options.by, sheet, left.reason).await?;
        }
        Ok(())
    }

    async fn audit(&self, write: &storage::Write, report: &Report) -> Result<(), StorageError> {
        let detail = serde_json::json!({
            "read": report.read,
            "added": report.added,
            "updated": report.updated,
            "unchanged": report.unchanged,
            "rejected": report.rejected_rows(),
        });
        let action = format!("import.{}", self.kind.code());
        let (by, detail) = (self.options.by, detail.to_string());
        storage::audit::insert(&**write, self.now, by, &action, None, Some(&detail)).await
    }
}

/// The next rows of a file, at most as many as one statement can look up.
fn next_chunk(rows: &mut Rows<'_>) -> Result<Vec<Result<Row, RowError>>, FileError> {
    rows.take(CHUNK)
        .map(|row| match row {
            Ok(row) => Ok(Ok(row)),
            Err(ReadError::Row(error)) => Ok(Err(error)),
            Err(ReadError::File(error)) => Err(error),
        })
        .collect()
}
