//! What waits at a desk: the first lines of each kind, oldest or most urgent
//! first. Lists that are whole stand elsewhere; nothing here is ever counted.

use chrono::{NaiveDate, TimeDelta};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait,
};

use super::entity::{desk, family, introduction, request, worker};
use super::error::StorageError;
use super::requests::{RequestLine, line};
use crate::domain::ids::DeskCode;
use crate::domain::request::RequestStatus;
use crate::domain::worker::WorkerStatus;

/// Lines of each kind.
pub const MOST: u64 = 10;

/// Whose work is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Of the account that is in charge. Workers are of its desk.
    Mine(i64, DeskCode),
    Desk(DeskCode),
    Everybody,
}

/// Why a request waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestWait {
    /// It says by when.
    Urgent,
    /// Open since this many days, and no sheet has gone out.
    WithoutSheet(i64),
    /// Its worker's sex waits for a second person's word.
    SexToConfirm,
    /// Paused, and no day on which it wakes.
    PausedWithoutEnd,
}

/// Why a worker waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkerWait {
    /// The title of stay ends within this many days, or has ended.
    PermitEnds(i64),
    /// Nobody confirmed the availability for this many days.
    NotConfirmed(i64),
    PausedWithoutEnd,
}

/// A worker who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerLine {
    pub code: String,
    pub name: String,
    /// The day that the reason is about.
    pub day: Option<NaiveDate>,
}

fn of_desk(code: &DeskCode) -> sea_orm::sea_query::SelectStatement {
    desk::Entity::find()
        .select_only()
        .column(desk::Column::Id)
        .filter(desk::Column::Code.eq(code.as_str()))
        .into_query()
}

/// Narrows requests, joined with their families.
pub(super) fn whose_requests(whose: &Whose) -> Condition {
    match whose {
        Whose::Mine(account, _) => Condition::all().add(request::Column::InChargeId.eq(*account)),
        Whose::Desk(code) => {
            Condition::all().add(family::Column::DeskId.in_subquery(of_desk(code)))
        }
        Whose::Everybody => Condition::all(),
    }
}

/// The requests that wait so.
pub async fn requests(
    db: &impl ConnectionTrait,
    whose: &Whose,
    wait: RequestWait,
    today: NaiveDate,
) -> Result<Vec<RequestLine>, StorageError> {
    let open = request::Column::Status.eq(RequestStatus::Open.code());
    let paused = request::Column::Status.eq(RequestStatus::Paused.code());
    let condition = match wait {
        RequestWait::Urgent => Condition::all()
            .add(open)
            .add(request::Column::NeededBy.is_not_null()),
        RequestWait::WithoutSheet(days) => {
            let with_sheet = introduction::Entity::find()
                .select_only()
                .column(introduction::Column::RequestId)
                .into_query();
            Condition::all()
                .add(open)
                .add(request::Column::OpenedOn.lte(today - TimeDelta::days(days)))
                .add(request::Column::Id.not_in_subquery(with_sheet))
        }
        RequestWait::SexToConfirm => Condition::all()
            .add(open)
            .add(request::Column::WorkerSexAskedBy.is_not_null()),
        RequestWait::PausedWithoutEnd => Condition::all()
            .add(paused)
            .add(request::Column::PausedUntil.is_null()),
    };
    let query = request::Entity::find()
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(condition)
        .filter(whose_requests(whose))
        .select_also(family::Entity);
    let query = if wait == RequestWait::Urgent {
        query.order_by_asc(request::Column::NeededBy)
    } else {
        query.order_by_asc(request::Column::OpenedOn)
    };
    let rows = query
        .order_by_asc(request::Column::Code)
        .limit(MOST)
        .all(db)
        .await?;
    rows.into_iter().map(line).collect()
}

/// The workers who wait so.
pub async fn workers(
    db: &impl ConnectionTrait,
    whose: &Whose,
    wait: WorkerWait,
    today: NaiveDate,
) -> Result<Vec<WorkerLine>, StorageError> {
    let active = worker::Column::Status.eq(WorkerStatus::Active.code());
    let (condition, day) = match wait {
        WorkerWait::PermitEnds(days) => (
            Condition::all()
                .add(active)
                .add(worker::Column::PermitUntil.lte(today + TimeDelta::days(days))),
            worker::Column::PermitUntil,
        ),
        WorkerWait::NotConfirmed(days) => {
            let long_ago = worker::Column::ConfirmedOn.lt(today - TimeDelta::days(days));
            let never = worker::Column::ConfirmedOn.is_null();
            let stale = Condition::any().add(long_ago).add(never);
            (
                Condition::all().add(active).add(stale),
                worker::Column::ConfirmedOn,
            )
        }
        WorkerWait::PausedWithoutEnd => (
            Condition::all()
                .add(worker::Column::Status.eq(WorkerStatus::Paused.code()))
                .add(worker::Column::PausedUntil.is_null()),
            worker::Column::PausedUntil,
        ),
    };
    let mut query = worker::Entity::find().filter(condition);
    if let Whose::Mine(_, code) | Whose::Desk(code) = whose {
        query = query.filter(worker::Column::DeskId.in_subquery(of_desk(code)));
    }
    let rows = query
        .order_by(Expr::col(day).is_null(), sea_orm::Order::Desc)
        .order_by_asc(day)
        .order_by_asc(worker::Column::Code)
        .limit(MOST)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| WorkerLine {
            day: match wait {
                WorkerWait::PermitEnds(_) => row.permit_until,
                WorkerWait::NotConfirmed(_) => row.confirmed_on,
                WorkerWait::PausedWithoutEnd => None,
            },
            name: format!("{} {}", row.given_name, row.family_name),
            code: row.code,
        })
        .collect())
}
