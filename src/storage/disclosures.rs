//! The record of who was told of whom. Rows are only ever added.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::Page;
use super::entity::{account, disclosure, family, sheet};
use super::error::StorageError;
use super::rows::Cells;

/// How a sheet was disclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Issued,
    Printed,
}

impl How {
    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Printed => "printed",
        }
    }
}

/// What all rows of one disclosure share.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    pub sheet_id: i64,
    pub family_id: i64,
    pub how: How,
    /// Columns of the worker, separated by `|`.
    pub fields: &'a str,
    pub at: DateTime<Utc>,
    /// The account that did it.
    pub by: i64,
}

/// Adds one row a worker.
pub async fn insert_many(
    db: &impl ConnectionTrait,
    new: &New<'_>,
    workers: &[i64],
) -> Result<(), StorageError> {
    let rows = workers.iter().map(|worker_id| disclosure::ActiveModel {
        sheet_id: Set(new.sheet_id),
        worker_id: Set(*worker_id),
        family_id: Set(new.family_id),
        how: Set(new.how.code().to_owned()),
        fields: Set(new.fields.to_owned()),
        at: Set(new.at),
        account_id: Set(new.by),
        ..Default::default()
    });
    disclosure::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// A disclosure as a worker's page shows it.
#[derive(Debug, Clone)]
pub struct DisclosureLine {
    pub sheet_number: String,
    pub family: String,
    pub how: String,
    pub fields: String,
    pub at: DateTime<Utc>,
    pub by: String,
}

/// The latest disclosures of a worker, at most a page of them.
pub async fn of_worker(
    db: &impl ConnectionTrait,
    worker_id: i64,
) -> Result<Vec<DisclosureLine>, StorageError> {
    lines(db, disclosure::Column::WorkerId.eq(worker_id)).await
}

/// The latest disclosures of a sheet, at most a page of them.
pub async fn of_sheet(
    db: &impl ConnectionTrait,
    sheet_id: i64,
) -> Result<Vec<DisclosureLine>, StorageError> {
    lines(db, disclosure::Column::SheetId.eq(sheet_id)).await
}

async fn lines(
    db: &impl ConnectionTrait,
    of: sea_orm::sea_query::SimpleExpr,
) -> Result<Vec<DisclosureLine>, StorageError> {
    let cells = Cells("disclosures");
    let rows = disclosure::Entity::find()
        .find_also(disclosure::Entity, sheet::Entity)
        .find_also(disclosure::Entity, family::Entity)
        .find_also(disclosure::Entity, account::Entity)
        .filter(of)
        .order_by_desc(disclosure::Column::At)
        .order_by_desc(disclosure::Column::Id)
        .limit(Page::<()>::SIZE)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, sheet, family, account)| {
            let family = cells.some("family_id", family)?;
            Ok(DisclosureLine {
                sheet_number: cells.some("sheet_id", sheet)?.number,
                family: format!("{} {}", family.given_name, family.family_name),
                how: row.how,
                fields: row.fields,
                at: row.at,
                by: cells.some("account_id", account)?.name,
            })
        })
        .collect()
}
