//! What became of the families that a partner sent: their introductions, and
//! nothing of anybody else's.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};

use super::Page;
use super::entity::{family, introduction, partner, request, worker};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::ids::{IntroductionCode, PartnerCode};

const TABLE: Cells = Cells("introductions");

/// An introduction of a family that a partner sent.
#[derive(Debug, Clone)]
pub struct Referral {
    pub id: i64,
    pub code: IntroductionCode,
    pub family_id: i64,
    pub family_name: (String, String),
    pub worker_name: (String, String),
    pub desk_id: i64,
    pub issued_on: NaiveDate,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    introduction_id: i64,
    introduction_code: String,
    family_id: i64,
    family_given: String,
    family_family: String,
    worker_given: String,
    worker_family: String,
    desk_id: i64,
    issued_on: NaiveDate,
}

fn of_partner(partner: &PartnerCode) -> Select<introduction::Entity> {
    introduction::Entity::find()
        .select_only()
        .column_as(introduction::Column::Id, "introduction_id")
        .column_as(introduction::Column::Code, "introduction_code")
        .column_as(request::Column::FamilyId, "family_id")
        .column_as(family::Column::GivenName, "family_given")
        .column_as(family::Column::FamilyName, "family_family")
        .column_as(worker::Column::GivenName, "worker_given")
        .column_as(worker::Column::FamilyName, "worker_family")
        .column_as(family::Column::DeskId, "desk_id")
        .column_as(introduction::Column::IssuedOn, "issued_on")
        .join(JoinType::InnerJoin, introduction::Relation::Request.def())
        .join(JoinType::InnerJoin, introduction::Relation::Worker.def())
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .join(JoinType::InnerJoin, family::Relation::Partner.def())
        .filter(Expr::col((partner::Entity, partner::Column::Code)).eq(partner.as_str()))
}

/// A page of a partner's, the newest first.
pub async fn page(
    db: &impl ConnectionTrait,
    partner: &PartnerCode,
    number: u64,
) -> Result<Page<Referral>, StorageError> {
    let total = of_partner(partner).count(db).await?;
    let number = Page::<()>::within(number, total);
    let rows = of_partner(partner)
        .order_by_desc(introduction::Column::IssuedOn)
        .order_by_desc(introduction::Column::Id)
        .offset((number - 1) * Page::<()>::SIZE)
        .limit(Page::<()>::SIZE)
        .into_model::<Row>()
        .all(db)
        .await?;
    Ok(Page {
        rows: rows.into_iter().map(referral).collect::<Result<_, _>>()?,
        number,
        total,
    })
}

/// One of a partner's own, by its code; another's is not there.
pub async fn find(
    db: &impl ConnectionTrait,
    partner: &PartnerCode,
    code: &IntroductionCode,
) -> Result<Option<Referral>, StorageError> {
    let row = of_partner(partner)
        .filter(introduction::Column::Code.eq(code.as_str()))
        .into_model::<Row>()
        .one(db)
        .await?;
    row.map(referral).transpose()
}

fn referral(row: Row) -> Result<Referral, StorageError> {
    Ok(Referral {
        id: row.introduction_id,
        code: TABLE.read("code", IntroductionCode::parse(&row.introduction_code))?,
        family_id: row.family_id,
        family_name: (row.family_given, row.family_family),
        worker_name: (row.worker_given, row.worker_family),
        desk_id: row.desk_id,
        issued_on: row.issued_on,
    })
}
