//! The history of records: what changed, when and by whom, column by column as
//! an export writes the cells. Rows are written in the transaction of the act
//! and only ever added. A record that a file brought begins with what a later file or a form
//! changes of it.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::entity::{account, record_change};
use super::error::StorageError;

/// Changes that a page shows.
const MOST_SHOWN: u64 = 50;
/// Records of one act that a page names.
const MOST_OF_ACT: u64 = 200;

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
    /// The code that it happened under.
    pub record: String,
    /// The record's version afterwards.
    pub version: i32,
    pub at: DateTime<Utc>,
    /// None where nobody's account did it.
    pub by: Option<String>,
    /// The key of that account.
    pub account: Option<i64>,
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

/// Adds a line to each of several records, each with its own columns.
pub async fn insert_each(
    db: &impl ConnectionTrait,
    at: DateTime<Utc>,
    by: Option<i64>,
    changes: &[Change<'_>],
) -> Result<(), StorageError> {
    for piece in changes.chunks(super::rows::CHUNK) {
        let rows = piece.iter().map(|change| record_change::ActiveModel {
            kind: Set(change.kind.to_owned()),
            record: Set(change.record.to_owned()),
            version: Set(change.version),
            at: Set(at),
            account_id: Set(by),
            action: Set(change.action.to_owned()),
            fields: Set(serde_json::to_string(&change.fields).unwrap_or_default()),
            ..Default::default()
        });
        record_change::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The same line to several records: code and version of each.
pub async fn insert_many(
    db: &impl ConnectionTrait,
    at: DateTime<Utc>,
    by: Option<i64>,
    (kind, action): (&str, &str),
    records: &[(String, i32)],
) -> Result<(), StorageError> {
    for piece in records.chunks(super::rows::CHUNK) {
        let rows = piece
            .iter()
            .map(|(record, version)| record_change::ActiveModel {
                kind: Set(kind.to_owned()),
                record: Set(record.clone()),
                version: Set(*version),
                at: Set(at),
                account_id: Set(by),
                action: Set(action.to_owned()),
                fields: Set("[]".to_owned()),
                ..Default::default()
            });
        record_change::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// The records of one act of an account, by code.
pub async fn of_act(
    db: &impl ConnectionTrait,
    by: i64,
    at: DateTime<Utc>,
    (kind, action): (&str, &str),
) -> Result<Vec<String>, StorageError> {
    Ok(record_change::Entity::find()
        .select_only()
        .column(record_change::Column::Record)
        .filter(record_change::Column::AccountId.eq(by))
        .filter(record_change::Column::At.eq(at))
        .filter(record_change::Column::Kind.eq(kind))
        .filter(record_change::Column::Action.eq(action))
        .order_by_asc(record_change::Column::Record)
        .limit(MOST_OF_ACT)
        .into_tuple()
        .all(db)
        .await?)
}

/// The latest changes of a record and of those that went into it, the newest first.
pub async fn of(
    db: &impl ConnectionTrait,
    kind: &str,
    records: &[&str],
) -> Result<Vec<ChangeLine>, StorageError> {
    let rows = record_change::Entity::find()
        .find_also_related(account::Entity)
        .filter(record_change::Column::Kind.eq(kind))
        .filter(record_change::Column::Record.is_in(records.iter().copied()))
        .order_by_desc(record_change::Column::Id)
        .limit(MOST_SHOWN)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, account)| {
            Ok(ChangeLine {
                record: row.record,
                version: row.version,
                at: row.at,
                by: account.map(|account| account.name),
                account: row.account_id,
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
