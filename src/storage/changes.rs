//! The history of records: what changed, when and by whom, column by column as
//! an export writes the cells. Rows are written in the transaction of the act
//! and only ever added. Records that came from files have none.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::entity::{account, record_change};
use super::error::StorageError;

/// Changes that a page shows.
const MOST_SHOWN: u64 = 50;

/// One column: its name, the cell before and after.
pub type Changed = (String, String, String);

/// What happened to a record.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    /// `worker`, `family` or `request`.
    pub kind: &'a str,
    pub record: &'a str,
    /// The record's version afterwards.
    pub version: i32,
    /// `created`, `changed`, `paused` …
    pub action: &'a str,
    pub fields: Vec<Changed>,
}

/// A line of a record's history.
#[derive(Debug, Clone)]
pub struct ChangeLine {
    pub at: DateTime<Utc>,
    /// None where nobody's account did it.
    pub by: Option<String>,
    pub action: String,
    pub fields: Vec<Changed>,
}

/// Adds a line.
pub async fn insert(
    db: &impl ConnectionTrait,
    at: DateTime<Utc>,
    by: Option<i64>,
    change: &Change<'_>,
) -> Result<(), StorageError> {
    let row = record_change::ActiveModel {
        kind: Set(change.kind.to_owned()),
        record: Set(change.record.to_owned()),
        version: Set(change.version),
        at: Set(at),
        account_id: Set(by),
        action: Set(change.action.to_owned()),
        fields: Set(serde_json::to_string(&change.fields).unwrap_or_default()),
        ..Default::default()
    };
    record_change::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// A record's latest changes, the newest first.
pub async fn of(
    db: &impl ConnectionTrait,
    kind: &str,
    record: &str,
) -> Result<Vec<ChangeLine>, StorageError> {
    let rows = record_change::Entity::find()
        .find_also_related(account::Entity)
        .filter(record_change::Column::Kind.eq(kind))
        .filter(record_change::Column::Record.eq(record))
        .order_by_desc(record_change::Column::Id)
        .limit(MOST_SHOWN)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, account)| {
            Ok(ChangeLine {
                at: row.at,
                by: account.map(|account| account.name),
                action: row.action,
                fields: serde_json::from_str(&row.fields).map_err(|_| {
                    StorageError::CorruptRow {
                        table: "record_changes",
                        column: "fields",
                    }
                })?,
            })
        })
        .collect()
}
