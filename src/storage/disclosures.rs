//! The record of who was told of whom. Rows are only ever added.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::Page;
use super::entity::{account, desk, disclosure, family, sheet};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::delivery::Purpose;
use crate::domain::invalid::{Why, one_of};
use crate::domain::place::Comune;

/// How a sheet was disclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    Issued,
    Printed,
    /// A mail with its link went to the family.
    Mailed,
    /// The family opened it behind the link, with the code.
    Opened,
    /// A partner opened it, to hand it over.
    HandedOver,
}

impl How {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Issued,
        Self::Printed,
        Self::Mailed,
        Self::Opened,
        Self::HandedOver,
    ];

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Printed => "printed",
            Self::Mailed => "mailed",
            Self::Opened => "opened",
            Self::HandedOver => "handed_over",
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
    /// The account that did it; of what a family opens, the one that sent the link.
    pub by: i64,
    pub purpose: Purpose,
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
        purpose: Set(new.purpose.code().to_owned()),
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
    /// The account; the family itself where it opened the sheet behind a link.
    pub by: String,
    pub purpose: String,
}

/// The latest disclosures of a worker, at most a page of them.
pub async fn of_worker(
    db: &impl ConnectionTrait,
    worker_id: i64,
) -> Result<Vec<DisclosureLine>, StorageError> {
    lines(db, disclosure::Column::WorkerId.eq(worker_id), 1).await
}

/// A page of all disclosures of a worker, the latest first.
pub async fn page_of_worker(
    db: &impl ConnectionTrait,
    worker_id: i64,
    number: u64,
) -> Result<Page<DisclosureLine>, StorageError> {
    let of = disclosure::Column::WorkerId.eq(worker_id);
    let total = disclosure::Entity::find()
        .filter(of.clone())
        .count(db)
        .await?;
    let number = Page::<()>::within(number, total);
    Ok(Page {
        rows: lines(db, of, number).await?,
        number,
        total,
    })
}

/// A disclosure as its worker may read it.
#[derive(Debug, Clone)]
pub struct GivenLine {
    pub sheet_number: String,
    pub family: String,
    pub comune: Comune,
    pub desk: String,
    pub how: How,
    pub fields: String,
    pub at: DateTime<Utc>,
    pub purpose: Purpose,
}

/// A page of what was told of a worker, the latest first.
pub async fn page_given(
    db: &impl ConnectionTrait,
    worker_id: i64,
    number: u64,
) -> Result<Page<GivenLine>, StorageError> {
    type Row = (
        String,
        String,
        String,
        String,
        String,
        String,
        String,
        DateTime<Utc>,
        String,
    );
    let cells = Cells("disclosures");
    let of = disclosure::Entity::find().filter(disclosure::Column::WorkerId.eq(worker_id));
    let total = of.clone().count(db).await?;
    let number = Page::<()>::within(number, total);
    let rows: Vec<Row> = of
        .select_only()
        .column(sheet::Column::Number)
        .columns([family::Column::GivenName, family::Column::FamilyName])
        .column(family::Column::Comune)
        .column(desk::Column::Name)
        .columns([disclosure::Column::How, disclosure::Column::Fields])
        .columns([disclosure::Column::At, disclosure::Column::Purpose])
        .join(JoinType::InnerJoin, disclosure::Relation::Sheet.def())
        .join(JoinType::InnerJoin, disclosure::Relation::Family.def())
        .join(JoinType::InnerJoin, sheet::Relation::Desk.def())
        .order_by_desc(disclosure::Column::At)
        .order_by_desc(disclosure::Column::Id)
        .offset((number - 1) * Page::<()>::SIZE)
        .limit(Page::<()>::SIZE)
        .into_tuple()
        .all(db)
        .await?;
    let line = |row: Row| {
        let (sheet_number, given, family, comune, desk, how, fields, at, purpose) = row;
        Ok(GivenLine {
            sheet_number,
            family: format!("{given} {family}"),
            comune: cells.some("family_id", Comune::by_istat(&comune))?,
            desk,
            how: cells.read("how", How::parse(&how))?,
            fields,
            at,
            purpose: cells.read("purpose", Purpose::parse(&purpose))?,
        })
    };
    Ok(Page {
        rows: rows
            .into_iter()
            .map(line)
            .collect::<Result<_, StorageError>>()?,
        number,
        total,
    })
}

/// The latest disclosures of a sheet, at most a page of them.
pub async fn of_sheet(
    db: &impl ConnectionTrait,
    sheet_id: i64,
) -> Result<Vec<DisclosureLine>, StorageError> {
    lines(db, disclosure::Column::SheetId.eq(sheet_id), 1).await
}

/// Whether a sheet was disclosed so.
pub async fn was(db: &impl ConnectionTrait, sheet_id: i64, how: How) -> Result<bool, StorageError> {
    let row = disclosure::Entity::find()
        .filter(disclosure::Column::SheetId.eq(sheet_id))
        .filter(disclosure::Column::How.eq(how.code()))
        .one(db)
        .await?;
    Ok(row.is_some())
}

async fn lines(
    db: &impl ConnectionTrait,
    of: sea_orm::sea_query::SimpleExpr,
    page: u64,
) -> Result<Vec<DisclosureLine>, StorageError> {
    let cells = Cells("disclosures");
    let rows = disclosure::Entity::find()
        .find_also(disclosure::Entity, sheet::Entity)
        .find_also(disclosure::Entity, family::Entity)
        .find_also(disclosure::Entity, account::Entity)
        .filter(of)
        .order_by_desc(disclosure::Column::At)
        .order_by_desc(disclosure::Column::Id)
        .offset((page - 1) * Page::<()>::SIZE)
        .limit(Page::<()>::SIZE)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, sheet, family, account)| {
            let family = cells.some("family_id", family)?;
            let family = format!("{} {}", family.given_name, family.family_name);
            let account = cells.some("account_id", account)?;
            Ok(DisclosureLine {
                sheet_number: cells.some("sheet_id", sheet)?.number,
                by: if row.how == How::Opened.code() {
                    family.clone()
                } else {
                    account.name
                },
                family,
                how: row.how,
                fields: row.fields,
                at: row.at,
                purpose: row.purpose,
            })
        })
        .collect()
}
