//! What was done, by whom and to which record: codes, never names. Rows are
//! written in the transaction of the act and only ever added.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::entity::audit_event;
use super::error::StorageError;

/// Adds a row. `action` is a code like `sheet.issued`, `object` a record's code.
pub async fn insert(
    db: &impl ConnectionTrait,
    at: DateTime<Utc>,
    by: Option<i64>,
    action: &str,
    object: Option<&str>,
    detail: Option<&str>,
) -> Result<(), StorageError> {
    let row = audit_event::ActiveModel {
        at: Set(at),
        account_id: Set(by),
        action: Set(action.to_owned()),
        object: Set(object.map(str::to_owned)),
        detail: Set(detail.map(str::to_owned)),
        ..Default::default()
    };
    audit_event::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Lists that left since an instant: when, by which account (0: the command line), and what
/// was written down of it.
pub async fn exports_since(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<(DateTime<Utc>, i64, String)>, StorageError> {
    let rows = audit_event::Entity::find()
        .filter(audit_event::Column::At.gte(since))
        .filter(audit_event::Column::Action.starts_with("export."))
        .all(db)
        .await?;
    let told = rows.into_iter().map(|row| {
        let detail = row.detail.unwrap_or_default();
        (row.at, row.account_id.unwrap_or_default(), detail)
    });
    Ok(told.collect())
}
