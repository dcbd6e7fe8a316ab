//! The rows that say how long entries of the log of who opened what are kept. Only added,
//! never changed.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::entity::read_log_rule;
use super::error::StorageError;
use super::policy::{self, Written};
use super::rows::{Cells, number_cell};
use crate::domain::read_log::KeptRule;

const TABLE: Cells = Cells("read_log_rules");

fn rule(row: &read_log_rule::Model) -> Result<KeptRule, StorageError> {
    Ok(KeptRule {
        valid_from: row.valid_from,
        kept_days: TABLE.number("kept_days", row.kept_days)?,
    })
}

/// The rows, the one written last first.
pub async fn newest(db: &impl ConnectionTrait) -> Result<Vec<Written<KeptRule>>, StorageError> {
    let id = read_log_rule::Column::Id;
    policy::newest::<read_log_rule::Entity, _>(db, id, |row| Ok((rule(&row)?, row.at))).await
}

/// For how many days entries are kept, on a day: of the rows that hold the one written last
/// counts.
pub async fn kept_days(db: &impl ConnectionTrait, today: NaiveDate) -> Result<u32, StorageError> {
    let row = read_log_rule::Entity::find()
        .filter(read_log_rule::Column::ValidFrom.lte(today))
        .order_by_desc(read_log_rule::Column::Id)
        .one(db)
        .await?;
    let row = row.ok_or_else(|| StorageError::Missing {
        table: "read_log_rules",
        key: today.to_string(),
    })?;
    Ok(rule(&row)?.kept_days)
}

/// The fewest days for which entries were ever kept, by the rows that hold up to a day.
pub async fn shortest(db: &impl ConnectionTrait, until: NaiveDate) -> Result<u32, StorageError> {
    let row = read_log_rule::Entity::find()
        .filter(read_log_rule::Column::ValidFrom.lte(until))
        .order_by_asc(read_log_rule::Column::KeptDays)
        .one(db)
        .await?;
    let row = row.ok_or_else(|| StorageError::Missing {
        table: "read_log_rules",
        key: until.to_string(),
    })?;
    Ok(rule(&row)?.kept_days)
}

/// Adds a row.
pub async fn insert(
    db: &impl ConnectionTrait,
    rule: KeptRule,
    account_id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = read_log_rule::ActiveModel {
        valid_from: Set(rule.valid_from),
        kept_days: Set(number_cell(rule.kept_days)),
        account_id: Set(Some(account_id)),
        at: Set(Some(now)),
        ..Default::default()
    };
    read_log_rule::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
