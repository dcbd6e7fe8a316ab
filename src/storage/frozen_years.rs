//! Years of the access log as they were closed: only added, never changed.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::entity::frozen_year;
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::publishing::YearTables;

const CELLS: Cells = Cells("frozen_years");

/// A year to be kept.
#[derive(Debug, Clone)]
pub struct NewFrozen {
    pub year: i32,
    /// 1 when the year is closed; each published correction is one more.
    pub revision: i32,
    pub frozen_at: DateTime<Utc>,
    pub frozen_by: i64,
    pub program_version: String,
    /// The definitions in force, as JSON.
    pub definitions: String,
    pub whole: YearTables,
    pub published: Option<YearTables>,
    /// Hexadecimal, of `pdf`.
    pub sha256: String,
    /// The report as it was published.
    pub pdf: Vec<u8>,
}

/// A year as it is kept.
#[derive(Debug, Clone)]
pub struct Frozen {
    pub year: i32,
    pub revision: i32,
    pub frozen_at: DateTime<Utc>,
    pub program_version: String,
    pub whole: YearTables,
    pub published: Option<YearTables>,
    pub sha256: String,
}

/// Keeps a year.
pub async fn insert(db: &impl ConnectionTrait, new: &NewFrozen) -> Result<(), StorageError> {
    let text = |tables: &YearTables| {
        serde_json::to_string(tables).expect("texts and numbers always serialise")
    };
    let row = frozen_year::ActiveModel {
        year: Set(new.year),
        revision: Set(new.revision),
        frozen_at: Set(new.frozen_at),
        frozen_by: Set(new.frozen_by),
        program_version: Set(new.program_version.clone()),
        definitions: Set(new.definitions.clone()),
        whole: Set(text(&new.whole)),
        published: Set(new.published.as_ref().map(text)),
        sha256: Set(new.sha256.clone()),
        pdf: Set(new.pdf.clone()),
    };
    frozen_year::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

type Row = (
    i32,
    i32,
    DateTime<Utc>,
    String,
    String,
    Option<String>,
    String,
);

/// The latest revision of every closed year, the newest year first: one
/// statement, two or three rows a year.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Frozen>, StorageError> {
    use frozen_year::Column as C;
    let rows: Vec<Row> = frozen_year::Entity::find()
        .select_only()
        .columns([
            C::Year,
            C::Revision,
            C::FrozenAt,
            C::ProgramVersion,
            C::Whole,
            C::Published,
            C::Sha256,
        ])
        .order_by_desc(C::Year)
        .order_by_desc(C::Revision)
        .into_tuple()
        .all(db)
        .await?;
    let mut years: Vec<Frozen> = Vec::new();
    for row in rows {
        if years.last().is_none_or(|last| last.year != row.0) {
            years.push(from_row(row)?);
        }
    }
    Ok(years)
}

/// The bytes of the latest published report of a year.
pub async fn pdf(db: &impl ConnectionTrait, year: i32) -> Result<Option<Vec<u8>>, StorageError> {
    use frozen_year::Column as C;
    Ok(frozen_year::Entity::find()
        .select_only()
        .column(C::Pdf)
        .filter(C::Year.eq(year))
        .order_by_desc(C::Revision)
        .into_tuple()
        .one(db)
        .await?)
}

fn from_row(row: Row) -> Result<Frozen, StorageError> {
    let (year, revision, frozen_at, program_version, whole, published, sha256) = row;
    let read = |text: &str| serde_json::from_str::<YearTables>(text);
    Ok(Frozen {
        year,
        revision,
        frozen_at,
        program_version,
        whole: CELLS.read("whole", read(&whole))?,
        published: CELLS.optional("published", published, |text| read(&text))?,
        sha256,
    })
}
