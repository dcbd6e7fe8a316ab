//! Copies of a whole database, made while it is in use: of a file by the database
//! itself, of a server's by its own tools. What is in the copy is counted in the
//! same instant.

mod postgres;
mod sqlite;

use std::collections::BTreeMap;
use std::path::Path;

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::connect::{Db, Place};
use super::error::StorageError;

/// Rows by table.
pub type Counts = BTreeMap<String, u64>;

/// A copy that could not be made, or not be put back.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("{0}")]
    File(#[from] std::io::Error),
    #[error("the copy is damaged: {0}")]
    Damaged(String),
    #[error(
        "the server is PostgreSQL {server}, and no {tool} of that version was found ({found}): install postgresql-client-{server}"
    )]
    Tool {
        tool: &'static str,
        server: u32,
        found: String,
    },
    #[error("{tool} failed: {said}")]
    Refused { tool: &'static str, said: String },
    #[error("the address of the database cannot be given to {0}")]
    Address(&'static str),
}

/// What a copy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub rows: Counts,
    /// The last migration; none in a database without tables.
    pub schema: Option<String>,
}

/// Writes a copy of the database to `to`, which must not exist, in a folder that is
/// the owner's alone.
pub async fn make(db: &Db, place: &Place, to: &Path) -> Result<Held, CopyError> {
    match place {
        Place::Sqlite(_) => sqlite::make(db, to).await,
        Place::Postgres(url) => postgres::make(db, url, to).await,
    }
}

/// Whether copies can be made at all: of a server's database only with its own tools.
pub async fn is_ready(db: &Db) -> Result<(), CopyError> {
    match db.read().get_database_backend() {
        DbBackend::Sqlite => Ok(()),
        _ => postgres::is_ready(db).await,
    }
}

/// Whether a file that [`make`] wrote can be read to its end.
pub async fn check(kind: DbBackend, copy: &Path) -> Result<(), CopyError> {
    match kind {
        DbBackend::Sqlite => sqlite::check(copy).await.map(|_| ()),
        _ => postgres::check(copy).await,
    }
}

/// Puts a copy into a place without tables, whole or not at all, and says what is
/// there then.
pub async fn put_back(copy: &Path, place: &Place) -> Result<Held, CopyError> {
    match place {
        Place::Sqlite(path) => sqlite::put_back(copy, path).await,
        Place::Postgres(url) => postgres::put_back(copy, url, place).await,
    }
}

/// Whether there is anything in a place that a copy would have to overwrite.
pub async fn is_empty(place: &Place) -> Result<bool, StorageError> {
    if let Place::Sqlite(path) = place
        && std::fs::metadata(path).map_or(0, |found| found.len()) == 0
    {
        return Ok(true);
    }
    let db = Db::open(place, 1).await?;
    let tables = tables(db.read()).await;
    db.close().await?;
    Ok(tables?.is_empty())
}

/// Every table, by name.
pub async fn tables(db: &impl ConnectionTrait) -> Result<Vec<String>, StorageError> {
    let kind = db.get_database_backend();
    let sql = match kind {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        }
        _ => {
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
        }
    };
    let rows = db.query_all_raw(Statement::from_string(kind, sql)).await?;
    let names = rows.iter().map(|row| row.try_get("", "name"));
    Ok(names.collect::<Result<_, _>>()?)
}

/// What is there, at the instant that `db` reads.
async fn held(db: &impl ConnectionTrait) -> Result<Held, StorageError> {
    let kind = db.get_database_backend();
    let names = tables(db).await?;
    let mut rows = Counts::new();
    for name in &names {
        // Names come from the database itself, and are ours.
        let sql = format!("SELECT COUNT(*) AS n FROM \"{name}\"");
        let row = db.query_one_raw(Statement::from_string(kind, sql)).await?;
        let count: i64 = match row {
            Some(row) => row.try_get("", "n")?,
            None => 0,
        };
        rows.insert(name.clone(), count.unsigned_abs());
    }
    let schema = if names.iter().any(|name| name == "seaql_migrations") {
        let sql = "SELECT MAX(version) AS version FROM seaql_migrations";
        let row = db.query_one_raw(Statement::from_string(kind, sql)).await?;
        row.map(|row| row.try_get("", "version"))
            .transpose()?
            .flatten()
    } else {
        None
    };
    Ok(Held { rows, schema })
}
