//! The rows that say which minimums of the pay tables are wrong, and why. Only added, never
//! changed.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::entity::minimum_rule;
use super::error::StorageError;
use super::policy::{self, Written};
use super::rows::Cells;
use crate::domain::contract::{Minimum, MinimumRule};
use crate::domain::text::Line;

const TABLE: Cells = Cells("minimum_rules");

fn rule(row: &minimum_rule::Model) -> Result<MinimumRule, StorageError> {
    Ok(MinimumRule {
        minimum: row.minimum.clone(),
        is_wrong: row.is_wrong,
        reason: TABLE.read("reason", Line::parse(&row.reason))?,
        valid_from: row.valid_from,
    })
}

/// The rows, the one written last first.
pub async fn newest(db: &impl ConnectionTrait) -> Result<Vec<Written<MinimumRule>>, StorageError> {
    let id = minimum_rule::Column::Id;
    policy::newest::<minimum_rule::Entity, _>(db, id, |row| Ok((rule(&row)?, Some(row.at)))).await
}

/// Why a minimum counts as wrong on a day, where it does: of the rows about it that hold the
/// one written last counts.
pub async fn why_wrong(
    db: &impl ConnectionTrait,
    minimum: &Minimum,
    day: NaiveDate,
) -> Result<Option<String>, StorageError> {
    let row = minimum_rule::Entity::find()
        .filter(minimum_rule::Column::Minimum.eq(minimum.code()))
        .filter(minimum_rule::Column::ValidFrom.lte(day))
        .order_by_desc(minimum_rule::Column::Id)
        .one(db)
        .await?;
    Ok(row.filter(|row| row.is_wrong).map(|row| row.reason))
}

/// Which of some minimums count as wrong on a day, and why, by their codes.
pub async fn wrong_on(
    db: &impl ConnectionTrait,
    minimums: &[&Minimum],
    day: NaiveDate,
) -> Result<HashMap<String, String>, StorageError> {
    use minimum_rule::Column as C;
    let later = |column: C| Expr::col(("later", column));
    let own = |column: C| Expr::col((minimum_rule::Entity, column));
    let overruled = Query::select()
        .expr(Expr::val(1))
        .from_as(minimum_rule::Entity, "later")
        .and_where(later(C::Minimum).eq(own(C::Minimum)))
        .and_where(later(C::ValidFrom).lte(day))
        .and_where(later(C::Id).gt(own(C::Id)))
        .take();
    let rows: Vec<(String, String)> = minimum_rule::Entity::find()
        .select_only()
        .columns([C::Minimum, C::Reason])
        .filter(C::Minimum.is_in(minimums.iter().map(|one| one.code())))
        .filter(C::ValidFrom.lte(day))
        .filter(C::IsWrong.eq(true))
        .filter(Expr::exists(overruled).not())
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Adds a row.
pub async fn insert(
    db: &impl ConnectionTrait,
    rule: &MinimumRule,
    account_id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = minimum_rule::ActiveModel {
        minimum: Set(rule.minimum.clone()),
        is_wrong: Set(rule.is_wrong),
        reason: Set(rule.reason.to_string()),
        valid_from: Set(rule.valid_from),
        account_id: Set(account_id),
        at: Set(now),
        ..Default::default()
    };
    minimum_rule::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
