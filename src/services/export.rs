//! Records become a file: the columns that an import reads, ordered by code
//! (answers by day, then arrival; accesses by day, then by their cells), a chunk at a time, all
//! of one instant. What comes out reads back to the same data.

use std::io::Write;

use chrono::{DateTime, Utc};

use super::tables::{
    Accesses, Accompaniments, Answers, Families, Introductions, Kind, Requests, Table, Workers,
};
use crate::storage::rows::CHUNK;
use crate::storage::{self, Connection, Db, StorageError};
use crate::tabular::{Format, WriteError, Writer};

/// What goes out.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub kind: Kind,
    /// Only rows of a year; for tables that have years.
    pub year: Option<i32>,
    pub format: Format,
    /// The account in whose name this happens.
    pub by: Option<i64>,
}

/// Why a file could not be made; what was written of it is worth nothing.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A year was asked of a table without years.
    #[error("{} has no years", .0.code())]
    NoYears(Kind),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Writes a table to `out`, and leaves a row of audit. Gives back `out` and how
/// many records there were.
pub async fn run<W: Write + Send>(
    db: &Db,
    now: DateTime<Utc>,
    wanted: Wanted,
    out: W,
) -> Result<(W, u64), ExportError> {
    if wanted.year.is_some() && !wanted.kind.has_years() {
        return Err(ExportError::NoYears(wanted.kind));
    }
    let mut writer = Writer::new(wanted.format, wanted.kind.columns(), out)?;
    // Of one instant: whoever changes meanwhile stands in it once.
    let instant = db.snapshot().await?;
    let (all, year) = (&instant, wanted.year);
    let counted = match wanted.kind {
        Kind::Workers => rows::<Workers, W>(all, year, &mut writer).await,
        Kind::Families => rows::<Families, W>(all, year, &mut writer).await,
        Kind::Requests => rows::<Requests, W>(all, year, &mut writer).await,
        Kind::Introductions => rows::<Introductions, W>(all, year, &mut writer).await,
        Kind::Answers => rows::<Answers, W>(all, year, &mut writer).await,
        Kind::Accesses => rows::<Accesses, W>(all, year, &mut writer).await,
        Kind::Accompaniments => rows::<Accompaniments, W>(all, year, &mut writer).await,
    };
    drop(instant);
    // Whoever stopped reading has what they have: that is told as well.
    audit(db, now, wanted, *counted.as_ref().unwrap_or(&0)).await?;
    let count = counted?;
    let out = writer.finish()?;
    Ok((out, count))
}

async fn rows<T: Table, W: Write + Send>(
    db: &impl Connection,
    year: Option<i32>,
    writer: &mut Writer<W>,
) -> Result<u64, ExportError> {
    let limit = u64::try_from(CHUNK).expect("a chunk is short");
    let mut count = 0;
    let mut last = None;
    loop {
        let records = T::after(db, last.as_ref(), year, limit).await?;
        let Some(end) = records.last() else {
            return Ok(count);
        };
        last = T::cursor(end);
        for record in &records {
            writer.row(T::cells_of_file(&record.value))?;
            count += 1;
        }
    }
}

async fn audit(
    db: &Db,
    now: DateTime<Utc>,
    wanted: Wanted,
    count: u64,
) -> Result<(), StorageError> {
    let detail = match wanted.year {
        Some(year) => serde_json::json!({ "rows": count, "year": year }),
        None => serde_json::json!({ "rows": count }),
    };
    let action = format!("export.{}", wanted.kind.code());
    let write = db.write().await?;
    let detail = detail.to_string();
    storage::audit::insert(&*write, now, wanted.by, &action, None, Some(&detail)).await?;
    write.commit().await
}
