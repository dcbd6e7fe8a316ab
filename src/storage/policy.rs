//! Policy as dated rows: what is common to all, the weights of the score, and numbers by
//! name. Rows are only added: of those that hold on a day the one written last counts.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Related,
};

use super::entity::{account, number_rule, weight_row};
use super::error::StorageError;
use super::rows::{Cells, number_cell};
use crate::domain::setting::{NumberRule, Numbers, Setting};
use crate::matching::{Components, Weights};

/// Rows of one policy that are looked at: an administrator writes one now and then.
const MOST: u64 = 500;

/// A row of a policy, by whom and when; neither of the one that the program came with.
#[derive(Debug, Clone)]
pub struct Written<R> {
    pub rule: R,
    pub by: Option<String>,
    pub at: Option<DateTime<Utc>>,
}

/// The rows of a policy, the one written last first; `id` tells in which order they were
/// written, `read` what a row says and when that was.
pub(super) async fn newest<E, R>(
    db: &impl ConnectionTrait,
    id: E::Column,
    read: impl Fn(E::Model) -> Result<(R, Option<DateTime<Utc>>), StorageError>,
) -> Result<Vec<Written<R>>, StorageError>
where
    E: EntityTrait + Related<account::Entity>,
{
    let rows = E::find()
        .find_also_related(account::Entity)
        .order_by_desc(id)
        .limit(MOST)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, account)| {
            let (rule, at) = read(row)?;
            let by = account.map(|account| account.name);
            Ok(Written { rule, by, at })
        })
        .collect()
}

/// Weights from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightRule {
    pub valid_from: NaiveDate,
    pub weights: Weights,
}

fn weight_rule(row: &weight_row::Model) -> Result<WeightRule, StorageError> {
    let table = Cells("weight_rows");
    let weight = |column, cell| table.number(column, cell);
    let weights = Weights::new(Components {
        coverage: weight("coverage", row.coverage)?,
        preferred_skills: weight("preferred_skills", row.preferred_skills)?,
        distance: weight("distance", row.distance)?,
        italian: weight("italian", row.italian)?,
        experience: weight("experience", row.experience)?,
        freshness: weight("freshness", row.freshness)?,
    });
    Ok(WeightRule {
        valid_from: row.valid_from,
        weights: table.read("coverage", weights)?,
    })
}

/// The weights, those of every day; the row written last first.
#[derive(Debug, Clone)]
pub struct WeightRows(Vec<weight_row::Model>);

/// Reads them all: they are few.
pub async fn weight_rows(db: &impl ConnectionTrait) -> Result<WeightRows, StorageError> {
    let rows = weight_row::Entity::find()
        .order_by_desc(weight_row::Column::Id)
        .all(db)
        .await?;
    Ok(WeightRows(rows))
}

impl WeightRows {
    /// The weights in force on a day, and since when: of the rows that hold the one
    /// written last counts.
    pub fn on(&self, today: NaiveDate) -> Result<(NaiveDate, Weights), StorageError> {
        let row = self.0.iter().find(|row| row.valid_from <= today);
        let row = row.ok_or_else(|| StorageError::Missing {
            table: "weight_rows",
            key: today.to_string(),
        })?;
        let rule = weight_rule(row)?;
        Ok((rule.valid_from, rule.weights))
    }
}

/// The rows of the weights, the one written last first.
pub async fn newest_weights(
    db: &impl ConnectionTrait,
) -> Result<Vec<Written<WeightRule>>, StorageError> {
    let id = weight_row::Column::Id;
    newest::<weight_row::Entity, _>(db, id, |row| Ok((weight_rule(&row)?, row.at))).await
}

/// Adds a row of weights.
pub async fn insert_weights(
    db: &impl ConnectionTrait,
    rule: WeightRule,
    account_id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let parts = rule.weights.parts();
    let row = weight_row::ActiveModel {
        valid_from: Set(rule.valid_from),
        coverage: Set(number_cell(parts.coverage)),
        preferred_skills: Set(number_cell(parts.preferred_skills)),
        distance: Set(number_cell(parts.distance)),
        italian: Set(number_cell(parts.italian)),
        experience: Set(number_cell(parts.experience)),
        freshness: Set(number_cell(parts.freshness)),
        account_id: Set(Some(account_id)),
        at: Set(Some(now)),
        ..Default::default()
    };
    weight_row::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The numbers that are policy, those of every day.
pub async fn numbers(db: &impl ConnectionTrait) -> Result<Numbers, StorageError> {
    let rows = number_rule::Entity::find()
        .order_by_asc(number_rule::Column::Id)
        .all(db)
        .await?;
    let rules = rows.iter().filter_map(|row| number_rule(row).transpose());
    Ok(Numbers::new(rules.collect::<Result<_, _>>()?))
}

// A name that this program does not know is another one's.
fn number_rule(row: &number_rule::Model) -> Result<Option<NumberRule>, StorageError> {
    let value = Cells("number_rules").number("value", row.value)?;
    Ok(Setting::parse(&row.name).ok().map(|setting| NumberRule {
        setting,
        valid_from: row.valid_from,
        value,
    }))
}

/// The rows of some of them, the one written last first.
pub async fn newest_numbers(
    db: &impl ConnectionTrait,
    settings: &[Setting],
) -> Result<Vec<Written<NumberRule>>, StorageError> {
    let rows = number_rule::Entity::find()
        .find_also_related(account::Entity)
        .filter(number_rule::Column::Name.is_in(settings.iter().map(|one| one.code())))
        .order_by_desc(number_rule::Column::Id)
        .limit(MOST)
        .all(db)
        .await?;
    let mut written = Vec::with_capacity(rows.len());
    for (row, account) in rows {
        written.extend(number_rule(&row)?.map(|rule| Written {
            rule,
            by: account.map(|account| account.name),
            at: Some(row.at),
        }));
    }
    Ok(written)
}

/// Adds a row.
pub async fn insert_number(
    db: &impl ConnectionTrait,
    rule: NumberRule,
    account_id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = number_rule::ActiveModel {
        name: Set(rule.setting.code().to_owned()),
        valid_from: Set(rule.valid_from),
        value: Set(number_cell(rule.value)),
        account_id: Set(account_id),
        at: Set(now),
        ..Default::default()
    };
    number_rule::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
