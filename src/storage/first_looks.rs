//! How requests stood when they were first matched. Written once a request, never
//! changed; figures read it, matching doesn't.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};

use super::Stored;
use super::entity::{family, first_fit, first_look, introduction, request, worker};
use super::error::StorageError;
use super::requests;
use super::rows::{CHUNK, Cells, number_cell};
use crate::domain::outcome::Period;
use crate::domain::request::{CareRequest, RequestStatus};
use crate::domain::worker::WorkerStatus;

const TABLE: Cells = Cells("first_looks");

/// The limits of a request that could not be matched at all.
const UNMATCHED: &str = "{}";

/// A request's first look.
#[derive(Debug, Clone)]
pub struct FirstLook {
    pub request_id: i64,
    pub looked_on: NaiveDate,
    /// Workers there were.
    pub pool: u32,
    /// By the code of each criterion: how many it alone kept out. Empty where the request
    /// could not be matched at all.
    pub limits: BTreeMap<String, u32>,
    /// Codes of those who fitted.
    pub fits: Vec<String>,
}

/// Up to `limit` open requests that nobody looked at yet and that can be matched.
pub async fn missing(
    db: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<Stored<CareRequest>>, StorageError> {
    let looked = Query::select()
        .expr(Expr::val(1))
        .from(first_look::Entity)
        .and_where(
            Expr::col((first_look::Entity, first_look::Column::RequestId))
                .equals((request::Entity, request::Column::Id)),
        )
        .take();
    let rows = request::Entity::find()
        .find_also_related(family::Entity)
        .filter(request::Column::Status.eq(RequestStatus::Open.code()))
        .filter(request::Column::WorkerSexAskedBy.is_null())
        .filter(Expr::exists(looked).not())
        .order_by_asc(request::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(requests::stored).collect()
}

/// Writes looks down; one that is there already stays.
pub async fn insert_many(
    db: &impl ConnectionTrait,
    looks: &[FirstLook],
) -> Result<(), StorageError> {
    for look in looks {
        let limits = serde_json::to_string(&look.limits).unwrap_or_default();
        let row = first_look::ActiveModel {
            request_id: Set(look.request_id),
            looked_on: Set(look.looked_on),
            pool: Set(number_cell(look.pool)),
            fits: Set(i32::try_from(look.fits.len()).unwrap_or(i32::MAX)),
            limits: Set(limits),
        };
        let once = OnConflict::column(first_look::Column::RequestId)
            .do_nothing()
            .to_owned();
        let added = first_look::Entity::insert(row)
            .on_conflict(once)
            .exec_without_returning(db)
            .await?;
        if added == 0 {
            continue;
        }
        for codes in look.fits.chunks(CHUNK) {
            let ids: Vec<i64> = worker::Entity::find()
                .select_only()
                .column(worker::Column::Id)
                .filter(worker::Column::Code.is_in(codes.iter().map(String::as_str)))
                .into_tuple()
                .all(db)
                .await?;
            let rows = ids.into_iter().map(|worker_id| first_fit::ActiveModel {
                request_id: Set(look.request_id),
                worker_id: Set(worker_id),
            });
            first_fit::Entity::insert_many(rows)
                .exec_without_returning(db)
                .await?;
        }
    }
    Ok(())
}

/// Forgets who fitted the requests that were opened before `before`, up to `limit`
/// requests; of how many it did. How many fitted stays.
pub async fn forget_fits(
    db: &impl ConnectionTrait,
    before: NaiveDate,
    limit: u64,
) -> Result<u64, StorageError> {
    let fits = Query::select()
        .expr(Expr::val(1))
        .from(first_fit::Entity)
        .and_where(
            Expr::col((first_fit::Entity, first_fit::Column::RequestId))
                .equals((request::Entity, request::Column::Id)),
        )
        .take();
    let old: Vec<i64> = request::Entity::find()
        .select_only()
        .column(request::Column::Id)
        .filter(request::Column::OpenedOn.lt(before))
        .filter(Expr::exists(fits))
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    if old.is_empty() {
        return Ok(0);
    }
    let number = old.len() as u64;
    first_fit::Entity::delete_many()
        .filter(first_fit::Column::RequestId.is_in(old))
        .exec(db)
        .await?;
    Ok(number)
}

/// How many fitted, and what kept others out, of each request that was opened in a
/// period and could be matched.
pub async fn limits(
    db: &impl ConnectionTrait,
    period: Period,
) -> Result<Vec<(u32, BTreeMap<String, u32>)>, StorageError> {
    let last = Ord::min(period.to, period.today);
    let rows: Vec<(i32, String)> = first_look::Entity::find()
        .select_only()
        .column(first_look::Column::Fits)
        .column(first_look::Column::Limits)
        .join(JoinType::InnerJoin, first_look::Relation::Request.def())
        .filter(request::Column::OpenedOn.between(period.from, last))
        .filter(first_look::Column::LookedOn.lte(period.today))
        .filter(first_look::Column::Limits.ne(UNMATCHED))
        .into_tuple()
        .all(db)
        .await?;
    let one = |(fits, limits): (i32, String)| {
        Ok((
            TABLE.number("fits", fits)?,
            TABLE.read("limits", serde_json::from_str(&limits))?,
        ))
    };
    rows.into_iter().map(one).collect()
}

/// Of each active worker who fitted a request that was opened in a period, how often
/// they were introduced for such requests.
pub async fn introductions(
    db: &impl ConnectionTrait,
    period: Period,
) -> Result<Vec<u32>, StorageError> {
    let last = Ord::min(period.to, period.today);
    let fitted: Vec<i64> = first_fit::Entity::find()
        .select_only()
        .column(first_fit::Column::WorkerId)
        .distinct()
        .join(JoinType::InnerJoin, first_fit::Relation::Request.def())
        .join(JoinType::InnerJoin, first_fit::Relation::Worker.def())
        .filter(request::Column::OpenedOn.between(period.from, last))
        .filter(worker::Column::Status.eq(WorkerStatus::Active.code()))
        .into_tuple()
        .all(db)
        .await?;
    let counts: Vec<(i64, i64)> = introduction::Entity::find()
        .select_only()
        .column(introduction::Column::WorkerId)
        .column_as(introduction::Column::Id.count(), "introductions")
        .join(JoinType::InnerJoin, introduction::Relation::Request.def())
        .filter(request::Column::OpenedOn.between(period.from, last))
        .filter(introduction::Column::IssuedOn.lte(period.today))
        .group_by(introduction::Column::WorkerId)
        .into_tuple()
        .all(db)
        .await?;
    let counts: HashMap<i64, i64> = counts.into_iter().collect();
    let of = |id: i64| {
        let count = counts.get(&id).copied().unwrap_or_default();
        TABLE.read("introductions", u32::try_from(count))
    };
    fitted.into_iter().map(of).collect()
}
