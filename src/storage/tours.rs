//! Who knows their way about: the tour is offered to whoever stands in no row.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use super::entity::tour_done;
use super::error::StorageError;

/// Whether an account said that it knows its way about.
pub async fn is_done(db: &impl ConnectionTrait, account_id: i64) -> Result<bool, StorageError> {
    let row = tour_done::Entity::find_by_id(account_id).one(db).await?;
    Ok(row.is_some())
}

/// Writes it down; the first word stays.
pub async fn done(
    db: &impl ConnectionTrait,
    account_id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = tour_done::ActiveModel {
        account_id: Set(account_id),
        done_at: Set(now),
    };
    let once = OnConflict::column(tour_done::Column::AccountId)
        .do_nothing()
        .to_owned();
    tour_done::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
