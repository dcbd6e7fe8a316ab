//! Searches that were posted, so that no name stands in an address. Only the
//! account that searched can open its result again.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::entity::search;
use super::error::StorageError;

/// Keeps the words of a search.
pub async fn insert(
    db: &impl ConnectionTrait,
    id: &str,
    account_id: i64,
    list: &str,
    words: &str,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = search::ActiveModel {
        id: Set(id.to_owned()),
        account_id: Set(account_id),
        list: Set(list.to_owned()),
        words: Set(words.to_owned()),
        created_at: Set(now),
    };
    search::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The words of an account's search on a list.
pub async fn find(
    db: &impl ConnectionTrait,
    id: &str,
    account_id: i64,
    list: &str,
) -> Result<Option<String>, StorageError> {
    let row = search::Entity::find_by_id(id.to_owned())
        .filter(search::Column::AccountId.eq(account_id))
        .filter(search::Column::List.eq(list))
        .one(db)
        .await?;
    Ok(row.map(|row| row.words))
}

/// Drops searches older than `before`.
pub async fn delete_older(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<u64, StorageError> {
    Ok(search::Entity::delete_many()
        .filter(search::Column::CreatedAt.lt(before))
        .exec(db)
        .await?
        .rows_affected)
}
