//! What matching reads of workers: the columns it needs and no other. No name,
//! no birth date, no citizenship is even selected.

use chrono::NaiveDate;
use sea_orm::sea_query::{ExprTrait, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, QueryFilter, QueryOrder, Select,
};

use super::blocks::held;
use super::entity::worker;
use super::error::StorageError;
use super::merges::People;
use super::rows::Cells;
use crate::domain::language::Languages;
use crate::domain::permit::PermitType;
use crate::domain::person::{Accreditation, Sex};
use crate::domain::place::Comune;
use crate::domain::reading;
use crate::domain::worker::WorkerStatus;
use crate::matching::PoolWorker;

const TABLE: Cells = Cells("workers");

/// Who may be matched on a day: active, not held back, with an authorisation in force.
pub(super) fn in_pool(today: NaiveDate) -> SimpleExpr {
    worker::Column::Status
        .eq(WorkerStatus::Active.code())
        .and(worker::Column::ConsentOn.lte(today))
        .and(worker::Column::Code.not_in_subquery(held(People::Workers)))
}

/// Everybody who may be matched on a day, by code.
pub async fn load(
    db: &impl ConnectionTrait,
    today: NaiveDate,
) -> Result<Vec<PoolWorker>, StorageError> {
    read_all(db, worker::Entity::find().filter(in_pool(today))).await
}

/// Whoever of up to [`super::rows::CHUNK`] codes may be matched on a day, by code.
pub async fn among(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    codes: &[&str],
) -> Result<Vec<PoolWorker>, StorageError> {
    let some = worker::Entity::find()
        .filter(in_pool(today))
        .filter(worker::Column::Code.is_in(codes.iter().copied()));
    read_all(db, some).await
}

async fn read_all(
    db: &impl ConnectionTrait,
    query: Select<worker::Entity>,
) -> Result<Vec<PoolWorker>, StorageError> {
    let rows: Vec<PoolRow> = query
        .order_by_asc(worker::Column::Code)
        .into_partial_model()
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "worker::Entity")]
struct PoolRow {
    code: String,
    consent_on: Option<NaiveDate>,
    comune: String,
    max_km: Option<i32>,
    extra_comuni: String,
    relocates: bool,
    arrangements: String,
    availability: Vec<u8>,
    available_from: Option<NaiveDate>,
    confirmed_on: Option<NaiveDate>,
    skills: String,
    qualifications: String,
    languages: String,
    experience_years: Option<i32>,
    min_pay_hour: Option<i32>,
    min_pay_month: Option<i32>,
    permit_type: Option<String>,
    permit_until: Option<NaiveDate>,
    renewal_receipt: bool,
    work_right_confirmed: bool,
    max_hours_week: Option<i32>,
    accreditation: String,
    sex: String,
}

fn read(row: PoolRow) -> Result<PoolWorker, StorageError> {
    Ok(PoolWorker {
        authorised_on: TABLE.some("consent_on", row.consent_on)?,
        comune: TABLE.some("comune", Comune::by_istat(&row.comune))?,
        max_km: row
            .max_km
            .map(|km| TABLE.number("max_km", km))
            .transpose()?,
        extra_comuni: TABLE.read("extra_comuni", reading::comuni(&row.extra_comuni))?,
        relocates: row.relocates,
        arrangements: TABLE.read("arrangements", reading::arrangements(&row.arrangements))?,
        availability: TABLE.week("availability", &row.availability)?,
        available_from: row.available_from,
        confirmed_on: row.confirmed_on,
        skills: TABLE.read("skills", reading::skills(&row.skills))?,
        qualifications: TABLE.read(
            "qualifications",
            reading::qualifications(&row.qualifications),
        )?,
        languages: TABLE.read("languages", Languages::parse(&row.languages))?,
        experience_years: row
            .experience_years
            .map(|years| TABLE.number("experience_years", years))
            .transpose()?,
        min_pay_hour: TABLE.money("min_pay_hour", row.min_pay_hour)?,
        min_pay_month: TABLE.money("min_pay_month", row.min_pay_month)?,
        permit_type: TABLE.optional("permit_type", row.permit_type, |code| {
            PermitType::by_code(&code).ok_or(())
        })?,
        permit_until: row.permit_until,
        renewal_receipt: row.renewal_receipt,
        work_right_confirmed: row.work_right_confirmed,
        max_hours_week: row
            .max_hours_week
            .map(|hours| TABLE.number("max_hours_week", hours))
            .transpose()?,
        accreditation: TABLE.some("accreditation", Accreditation::parse(&row.accreditation))?,
        sex: TABLE.some("sex", Sex::parse(&row.sex))?,
        code: row.code,
    })
}
