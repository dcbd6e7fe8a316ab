//! The cells of a table: of which type each is, read the same from both kinds of
//! database, and a digest over them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use data_encoding::HEXLOWER;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use sha2::{Digest as _, Sha256};

use super::{Db, MoveError};
use crate::storage::error::StorageError;

/// What a column holds, as the server names it: a file's names say less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Small,
    Int,
    Big,
    Bool,
    Text,
    Bytes,
    Date,
    Instant,
    Moment,
    Float,
    Json,
}

impl Kind {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "smallint" => Self::Small,
            "integer" => Self::Int,
            "bigint" => Self::Big,
            "boolean" => Self::Bool,
            "text" | "character varying" | "character" => Self::Text,
            "bytea" => Self::Bytes,
            "date" => Self::Date,
            "timestamp with time zone" => Self::Instant,
            "timestamp without time zone" => Self::Moment,
            "double precision" => Self::Float,
            "json" | "jsonb" => Self::Json,
            _ => return None,
        })
    }
}

/// A table's columns and its key.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub(super) table: String,
    pub(super) columns: Vec<(String, Kind)>,
    pub(super) key: Vec<String>,
}

impl Shape {
    pub(super) fn is_text(&self, name: &str) -> bool {
        let text = |(column, kind): &(String, Kind)| column == name && *kind == Kind::Text;
        self.columns.iter().any(text)
    }
}

/// The types are the server's, the key is the file's.
pub(super) async fn shape(source: &Db, target: &Db, table: &str) -> Result<Shape, MoveError> {
    let (server, file) = match source.read().get_database_backend() {
        DbBackend::Postgres => (source.read(), target.read()),
        _ => (target.read(), source.read()),
    };
    let sql = "SELECT column_name::text AS name, data_type::text AS type \
               FROM information_schema.columns \
               WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position";
    let typed = Statement::from_sql_and_values(DbBackend::Postgres, sql, [table.into()]);
    let mut columns = Vec::new();
    for row in server.query_all_raw(typed).await? {
        let (name, found): (String, String) = (row.try_get("", "name")?, row.try_get("", "type")?);
        let Some(kind) = Kind::named(&found) else {
            return Err(MoveError::Type {
                table: table.to_owned(),
                column: name,
                found,
            });
        };
        columns.push((name, kind));
    }
    let sql = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk";
    let keyed = Statement::from_sql_and_values(DbBackend::Sqlite, sql, [table.into()]);
    let rows = file.query_all_raw(keyed).await?;
    let key = rows.iter().map(|row| row.try_get("", "name"));
    Ok(Shape {
        table: table.to_owned(),
        columns,
        key: key.collect::<Result<_, _>>()?,
    })
}

/// A row's cells, in the order of the columns.
pub(super) fn read(row: &QueryResult, shape: &Shape) -> Result<Vec<Value>, StorageError> {
    let cell = |(place, (_, kind)): (usize, &(String, Kind))| -> Result<Value, StorageError> {
        Ok(match kind {
            Kind::Small => row.try_get_by_index::<Option<i16>>(place)?.into(),
            Kind::Int => row.try_get_by_index::<Option<i32>>(place)?.into(),
            Kind::Big => row.try_get_by_index::<Option<i64>>(place)?.into(),
            Kind::Bool => row.try_get_by_index::<Option<bool>>(place)?.into(),
            Kind::Text => row.try_get_by_index::<Option<String>>(place)?.into(),
            Kind::Bytes => row.try_get_by_index::<Option<Vec<u8>>>(place)?.into(),
            Kind::Date => row.try_get_by_index::<Option<NaiveDate>>(place)?.into(),
            Kind::Instant => row.try_get_by_index::<Option<DateTime<Utc>>>(place)?.into(),
            Kind::Moment => row.try_get_by_index::<Option<NaiveDateTime>>(place)?.into(),
            Kind::Float => row.try_get_by_index::<Option<f64>>(place)?.into(),
            Kind::Json => row
                .try_get_by_index::<Option<serde_json::Value>>(place)?
                .into(),
        })
    };
    shape.columns.iter().enumerate().map(cell).collect()
}

/// Of rows in one order; instants count to the microsecond, which is what the server
/// keeps.
#[derive(Default)]
pub(super) struct Digest {
    hash: Sha256,
    pub(super) rows: u64,
}

impl Digest {
    pub(super) fn add(&mut self, cells: &[Value]) {
        self.rows += 1;
        for cell in cells {
            match cell {
                Value::SmallInt(Some(number)) => self.put(&number.to_be_bytes()),
                Value::Int(Some(number)) => self.put(&number.to_be_bytes()),
                Value::BigInt(Some(number)) => self.put(&number.to_be_bytes()),
                Value::Bool(Some(is)) => self.put(&[u8::from(*is)]),
                Value::String(Some(text)) => self.put(text.as_bytes()),
                Value::Bytes(Some(bytes)) => self.put(bytes),
                Value::ChronoDate(Some(day)) => self.put(day.to_string().as_bytes()),
                Value::ChronoDateTimeUtc(Some(at)) => {
                    self.put(&at.timestamp_micros().to_be_bytes());
                }
                Value::ChronoDateTime(Some(at)) => {
                    self.put(&at.and_utc().timestamp_micros().to_be_bytes());
                }
                Value::Double(Some(number)) => self.put(&number.to_bits().to_be_bytes()),
                Value::Json(Some(json)) => self.put(json.to_string().as_bytes()),
                // Nothing is not the same as something empty.
                _ => self.hash.update([0]),
            }
        }
    }

    fn put(&mut self, bytes: &[u8]) {
        self.hash.update([1]);
        self.hash.update((bytes.len() as u64).to_be_bytes());
        self.hash.update(bytes);
    }

    pub(super) fn finish(self) -> String {
        HEXLOWER.encode(&self.hash.finalize())
    }
}
