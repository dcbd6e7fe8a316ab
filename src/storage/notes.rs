//! The contact diary: short dated notes on a person or a request. Never searched,
//! never matched on. An erased note keeps its place and loses its words.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::entity::{account, contact_note};
use super::error::StorageError;

/// Notes that a page shows.
const MOST_SHOWN: u64 = 50;

/// One note.
#[derive(Debug, Clone)]
pub struct Note {
    pub id: i64,
    pub on: NaiveDate,
    /// Empty once erased.
    pub words: String,
    pub by: String,
    pub erased: bool,
}

/// Adds a note on the record of a code.
pub async fn insert(
    db: &impl ConnectionTrait,
    (kind, record): (&str, &str),
    on: NaiveDate,
    words: &str,
    by: i64,
    at: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = contact_note::ActiveModel {
        kind: Set(kind.to_owned()),
        record: Set(record.to_owned()),
        on_day: Set(on),
        words: Set(words.to_owned()),
        account_id: Set(by),
        written_at: Set(at),
        erased_at: Set(None),
        ..Default::default()
    };
    contact_note::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Whether an account wrote this very note since `since`; held against a second one of the
/// same account until the transaction ends.
pub async fn is_written(
    db: &impl ConnectionTrait,
    (kind, record): (&str, &str),
    (on, words): (NaiveDate, &str),
    (by, since): (i64, DateTime<Utc>),
) -> Result<bool, StorageError> {
    let turn = account::Entity::find_by_id(by)
        .select_only()
        .column(account::Column::Id)
        .lock(LockType::NoKeyUpdate);
    let _: Option<i64> = turn.into_tuple().one(db).await?;
    let found = contact_note::Entity::find()
        .select_only()
        .column(contact_note::Column::Id)
        .filter(contact_note::Column::Kind.eq(kind))
        .filter(contact_note::Column::Record.eq(record))
        .filter(contact_note::Column::AccountId.eq(by))
        .filter(contact_note::Column::OnDay.eq(on))
        .filter(contact_note::Column::Words.eq(words))
        .filter(contact_note::Column::WrittenAt.gte(since))
        .into_tuple::<i64>()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Takes the words of a record's note away. Whether there was such a note.
pub async fn erase(
    db: &impl ConnectionTrait,
    (kind, record): (&str, &str),
    id: i64,
    at: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let done = contact_note::Entity::update_many()
        .set(contact_note::ActiveModel {
            words: Set(String::new()),
            erased_at: Set(Some(at)),
            ..Default::default()
        })
        .filter(contact_note::Column::Id.eq(id))
        .filter(contact_note::Column::Kind.eq(kind))
        .filter(contact_note::Column::Record.eq(record))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The latest notes on a record, the newest first.
pub async fn of(
    db: &impl ConnectionTrait,
    (kind, record): (&str, &str),
) -> Result<Vec<Note>, StorageError> {
    let rows = contact_note::Entity::find()
        .find_also_related(account::Entity)
        .filter(contact_note::Column::Kind.eq(kind))
        .filter(contact_note::Column::Record.eq(record))
        .order_by_desc(contact_note::Column::OnDay)
        .order_by_desc(contact_note::Column::Id)
        .limit(MOST_SHOWN)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(row, account)| Note {
            id: row.id,
            on: row.on_day,
            erased: row.erased_at.is_some(),
            words: row.words,
            by: account.map(|account| account.name).unwrap_or_default(),
        })
        .collect())
}
