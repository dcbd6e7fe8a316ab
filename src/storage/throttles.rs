//! Wrong tries of the sign-in, by the hash of an account's or a network's name:
//! shared by every instance.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
};

use super::entity::throttle;
use super::error::StorageError;
use crate::domain::account::Throttle;

/// What is known of a key.
pub async fn find(
    db: &impl ConnectionTrait,
    key_hash: &str,
) -> Result<Option<Throttle>, StorageError> {
    let row = throttle::Entity::find_by_id(key_hash.to_owned())
        .one(db)
        .await?;
    Ok(row.as_ref().map(read))
}

/// The same, held until the transaction ends, so that tries at the same time count
/// one after the other. A key that nobody tried yet is held as well.
pub async fn hold(
    db: &impl ConnectionTrait,
    key_hash: &str,
    now: DateTime<Utc>,
) -> Result<Throttle, StorageError> {
    let unknown = OnConflict::column(throttle::Column::KeyHash)
        .do_nothing()
        .to_owned();
    throttle::Entity::insert(row(key_hash, &Throttle::new(now)))
        .on_conflict(unknown)
        .try_insert()
        .exec_without_returning(db)
        .await?;
    let held = throttle::Entity::find_by_id(key_hash.to_owned())
        .lock_exclusive()
        .one(db)
        .await?;
    held.as_ref()
        .map(read)
        .ok_or_else(|| StorageError::Missing {
            table: "throttles",
            key: key_hash.to_owned(),
        })
}

/// Keeps what is known of a key.
pub async fn put(
    db: &impl ConnectionTrait,
    key_hash: &str,
    throttle: &Throttle,
) -> Result<(), StorageError> {
    let replace = OnConflict::column(throttle::Column::KeyHash)
        .update_columns([
            throttle::Column::Failures,
            throttle::Column::LastFailureAt,
            throttle::Column::WaitUntil,
        ])
        .to_owned();
    throttle::Entity::insert(row(key_hash, throttle))
        .on_conflict(replace)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Forgets a key.
pub async fn delete(db: &impl ConnectionTrait, key_hash: &str) -> Result<(), StorageError> {
    throttle::Entity::delete_many()
        .filter(throttle::Column::KeyHash.eq(key_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets keys that nobody has tried since `before`.
pub async fn delete_older(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<u64, StorageError> {
    Ok(throttle::Entity::delete_many()
        .filter(throttle::Column::LastFailureAt.lt(before))
        .exec(db)
        .await?
        .rows_affected)
}

fn row(key_hash: &str, throttle: &Throttle) -> throttle::ActiveModel {
    throttle::ActiveModel {
        key_hash: Set(key_hash.to_owned()),
        failures: Set(super::rows::number_cell(throttle.failures)),
        last_failure_at: Set(throttle.last_failure),
        wait_until: Set(throttle.wait_until),
    }
}

fn read(row: &throttle::Model) -> Throttle {
    Throttle {
        failures: u32::try_from(row.failures).unwrap_or(0),
        last_failure: row.last_failure_at,
        wait_until: row.wait_until,
    }
}
