//! Policy as dated rows.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect, Related};

use super::entity::{account, weight_row};
use super::error::StorageError;
use super::rows::Cells;
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

/// The weights, those of every day.
#[derive(Debug, Clone)]
pub struct WeightRows(Vec<weight_row::Model>);

/// Reads them all: they are few.
pub async fn weight_rows(db: &impl ConnectionTrait) -> Result<WeightRows, StorageError> {
    let rows = weight_row::Entity::find()
        .order_by_desc(weight_row::Column::ValidFrom)
        .all(db)
        .await?;
    Ok(WeightRows(rows))
}

impl WeightRows {
    /// The weights in force on a day, and since when.
    pub fn on(&self, today: NaiveDate) -> Result<(NaiveDate, Weights), StorageError> {
        let table = Cells("weight_rows");
        let row = self.0.iter().find(|row| row.valid_from <= today);
        let row = row.ok_or_else(|| StorageError::Missing {
            table: "weight_rows",
            key: today.to_string(),
        })?;
        let weight = |column, cell| table.number(column, cell);
        let weights = Weights::new(Components {
            coverage: weight("coverage", row.coverage)?,
            preferred_skills: weight("preferred_skills", row.preferred_skills)?,
            distance: weight("distance", row.distance)?,
            italian: weight("italian", row.italian)?,
            experience: weight("experience", row.experience)?,
            freshness: weight("freshness", row.freshness)?,
        });
        Ok((row.valid_from, table.read("coverage", weights)?))
    }
}
