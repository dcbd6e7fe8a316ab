//! Policy as dated rows.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entity::{read_log_row, weight_row};
use super::error::StorageError;
use super::rows::Cells;
use crate::matching::{Components, Weights};

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

/// For how many days entries of the log of who opened what are kept, on a day.
pub async fn reads_kept_days(
    db: &impl ConnectionTrait,
    today: NaiveDate,
) -> Result<u32, StorageError> {
    let table = Cells("read_log_rows");
    let row = read_log_row::Entity::find()
        .filter(read_log_row::Column::ValidFrom.lte(today))
        .order_by_desc(read_log_row::Column::ValidFrom)
        .one(db)
        .await?;
    let row = row.ok_or_else(|| StorageError::Missing {
        table: "read_log_rows",
        key: today.to_string(),
    })?;
    table.number("kept_days", row.kept_days)
}
