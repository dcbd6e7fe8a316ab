//! The rows that say which waves are asked. Only added, never changed.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use super::entity::wave_rule;
use super::error::StorageError;
use super::policy::{self, Written};
use crate::domain::wave_policy::{WavePolicy, WaveRule};

/// The rows, the one written last first.
pub async fn newest(db: &impl ConnectionTrait) -> Result<Vec<Written<WaveRule>>, StorageError> {
    let rule = |row: wave_rule::Model| {
        let rule = WaveRule {
            valid_from: row.valid_from,
            fourth_wave: row.fourth_wave,
        };
        Ok((rule, row.at))
    };
    policy::newest::<wave_rule::Entity, _>(db, wave_rule::Column::Id, rule).await
}

/// The same as the follow-up reads them.
pub async fn policy(db: &impl ConnectionTrait) -> Result<WavePolicy, StorageError> {
    let newest = newest(db).await?;
    let rules = newest.into_iter().rev().map(|written| written.rule);
    Ok(WavePolicy::new(rules.collect()))
}

/// Adds a row.
pub async fn insert(
    db: &impl ConnectionTrait,
    rule: WaveRule,
    account_id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = wave_rule::ActiveModel {
        valid_from: Set(rule.valid_from),
        fourth_wave: Set(rule.fourth_wave),
        account_id: Set(Some(account_id)),
        at: Set(Some(now)),
        ..Default::default()
    };
    wave_rule::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
