//! Wrong tries of the sign-in, by the hash of an account's or a network's name:
//! shared by every instance.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

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
    Ok(row.map(|row| Throttle {
        failures: u32::try_from(row.failures).unwrap_or(0),
        last_failure: row.last_failure_at,
        wait_until: row.wait_until,
    }))
}

/// Keeps what is known of a key.
pub async fn put(
    db: &impl ConnectionTrait,
    key_hash: &str,
    throttle: &Throttle,
) -> Result<(), StorageError> {
    let row = throttle::ActiveModel {
        key_hash: Set(key_hash.to_owned()),
        failures: Set(super::rows::number_cell(throttle.failures)),
        last_failure_at: Set(throttle.last_failure),
        wait_until: Set(throttle.wait_until),
    };
    let replace = OnConflict::column(throttle::Column::KeyHash)
        .update_columns([
            throttle::Column::Failures,
            throttle::Column::LastFailureAt,
            throttle::Column::WaitUntil,
        ])
        .to_owned();
    throttle::Entity::insert(row)
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
