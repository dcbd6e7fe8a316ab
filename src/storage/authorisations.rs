//! The authorisations to be named: which notice, how and by whom. Which one is
//! in force stands in the worker's own row (`consent_on`).

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::entity::{account, authorisation};
use super::error::StorageError;

/// One that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorisation {
    pub given_on: NaiveDate,
    pub notice_version: String,
    /// `paper` or `screen`.
    pub how: String,
    /// Where the signed paper is.
    pub folder: Option<String>,
}

/// The latest one, and who recorded it.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub authorisation: Authorisation,
    pub by: String,
    pub withdrawn_on: Option<NaiveDate>,
}

/// Adds one.
pub async fn insert(
    db: &impl ConnectionTrait,
    worker_id: i64,
    by: i64,
    at: DateTime<Utc>,
    new: &Authorisation,
) -> Result<(), StorageError> {
    let row = authorisation::ActiveModel {
        worker_id: Set(worker_id),
        given_on: Set(new.given_on),
        notice_version: Set(new.notice_version.clone()),
        how: Set(new.how.clone()),
        folder: Set(new.folder.clone()),
        account_id: Set(by),
        recorded_at: Set(at),
        withdrawn_on: Set(None),
        ..Default::default()
    };
    authorisation::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Ends those of these workers that are in force.
pub async fn withdraw(
    db: &impl ConnectionTrait,
    workers: &[i64],
    on: NaiveDate,
) -> Result<(), StorageError> {
    if workers.is_empty() {
        return Ok(());
    }
    authorisation::Entity::update_many()
        .set(authorisation::ActiveModel {
            withdrawn_on: Set(Some(on)),
            ..Default::default()
        })
        .filter(authorisation::Column::WorkerId.is_in(workers.iter().copied()))
        .filter(authorisation::Column::WithdrawnOn.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// The latest of a worker.
pub async fn latest(
    db: &impl ConnectionTrait,
    worker_id: i64,
) -> Result<Option<Recorded>, StorageError> {
    let row = authorisation::Entity::find()
        .find_also_related(account::Entity)
        .filter(authorisation::Column::WorkerId.eq(worker_id))
        .order_by_desc(authorisation::Column::Id)
        .limit(1)
        .one(db)
        .await?;
    Ok(row.map(|(row, account)| Recorded {
        authorisation: Authorisation {
            given_on: row.given_on,
            notice_version: row.notice_version,
            how: row.how,
            folder: row.folder,
        },
        by: account.map(|account| account.name).unwrap_or_default(),
        withdrawn_on: row.withdrawn_on,
    }))
}
