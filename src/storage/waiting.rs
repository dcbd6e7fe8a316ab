//! What waits at a desk: the first lines of each kind, oldest or most urgent
//! first, and each whole list by pages.

use chrono::{NaiveDate, TimeDelta};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement, UnionType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select,
};

use super::Page;
use super::entity::{desk, family, introduction, proposal, request, worker};
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
    /// Open for fewer days than these, not urgent, and nobody has begun to look.
    Untouched(i64),
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

/// Why somebody or something waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    Request(RequestWait),
    Worker(WorkerWait),
}

/// A worker who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerLine {
    pub code: String,
    pub name: String,
    /// The day that the reason is about.
    pub day: Option<NaiveDate>,
}

pub(super) fn of_desk(code: &DeskCode) -> SelectStatement {
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

/// The first requests that wait so.
pub async fn requests(
    db: &impl ConnectionTrait,
    whose: &Whose,
    wait: RequestWait,
    today: NaiveDate,
) -> Result<Vec<RequestLine>, StorageError> {
    request_lines(db, whose, wait, today, 0, MOST).await
}

/// A page of the whole list.
pub async fn requests_page(
    db: &impl ConnectionTrait,
    whose: &Whose,
    wait: RequestWait,
    today: NaiveDate,
    number: u64,
) -> Result<Page<RequestLine>, StorageError> {
    let total = waiting_requests(whose, wait, today).count(db).await?;
    let number = Page::<()>::within(number, total);
    let from = (number - 1) * Page::<()>::SIZE;
    Ok(Page {
        rows: request_lines(db, whose, wait, today, from, Page::<()>::SIZE).await?,
        number,
        total,
    })
}

fn waiting_requests(whose: &Whose, wait: RequestWait, today: NaiveDate) -> Select<request::Entity> {
    request::Entity::find()
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(why_request(wait, today))
        .filter(whose_requests(whose))
}

async fn request_lines(
    db: &impl ConnectionTrait,
    whose: &Whose,
    wait: RequestWait,
    today: NaiveDate,
    from: u64,
    most: u64,
) -> Result<Vec<RequestLine>, StorageError> {
    let query = waiting_requests(whose, wait, today).select_also(family::Entity);
    let query = if wait == RequestWait::Urgent {
        query.order_by_asc(request::Column::NeededBy)
    } else {
        query.order_by_asc(request::Column::OpenedOn)
    };
    let rows = query
        .order_by_asc(request::Column::Code)
        .offset(from)
        .limit(most)
        .all(db)
        .await?;
    rows.into_iter().map(line).collect()
}

fn why_request(wait: RequestWait, today: NaiveDate) -> Condition {
    let open = request::Column::Status.eq(RequestStatus::Open.code());
    let paused = request::Column::Status.eq(RequestStatus::Paused.code());
    match wait {
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
        RequestWait::Untouched(days) => {
            let with_sheet = introduction::Entity::find()
                .select_only()
                .column(introduction::Column::RequestId)
                .into_query();
            let with_proposal = proposal::Entity::find()
                .select_only()
                .column(proposal::Column::RequestId)
                .into_query();
            Condition::all()
                .add(open)
                .add(request::Column::NeededBy.is_null())
                .add(request::Column::OpenedOn.gt(today - TimeDelta::days(days)))
                .add(request::Column::Id.not_in_subquery(with_sheet))
                .add(request::Column::Id.not_in_subquery(with_proposal))
        }
        RequestWait::SexToConfirm => Condition::all()
            .add(open)
            .add(request::Column::WorkerSexAskedBy.is_not_null()),
        RequestWait::PausedWithoutEnd => Condition::all()
            .add(paused)
            .add(request::Column::PausedUntil.is_null()),
    }
}

/// The first workers who wait so.
pub async fn workers(
    db: &impl ConnectionTrait,
    whose: &Whose,
    wait: WorkerWait,
    today: NaiveDate,
) -> Result<Vec<WorkerLine>, StorageError> {
    worker_lines(db, whose, wait, today, 0, MOST).await
}

/// A page of the whole list.
pub async fn workers_page(
    db: &impl ConnectionTrait,
    whose: &Whose,
    wait: WorkerWait,
    today: NaiveDate,
    number: u64,
) -> Result<Page<WorkerLine>, StorageError> {
    let total = waiting_workers(whose, wait, today).0.count(db).await?;
    let number = Page::<()>::within(number, total);
    let from = (number - 1) * Page::<()>::SIZE;
    Ok(Page {
        rows: worker_lines(db, whose, wait, today, from, Page::<()>::SIZE).await?,
        number,
        total,
    })
}

fn waiting_workers(
    whose: &Whose,
    wait: WorkerWait,
    today: NaiveDate,
) -> (Select<worker::Entity>, worker::Column) {
    let (condition, day) = why_worker(wait, today);
    let mut query = worker::Entity::find().filter(condition);
    if let Whose::Mine(_, code) | Whose::Desk(code) = whose {
        query = query.filter(worker::Column::DeskId.in_subquery(of_desk(code)));
    }
    (query, day)
}

async fn worker_lines(
    db: &impl ConnectionTrait,
    whose: &Whose,
    wait: WorkerWait,
    today: NaiveDate,
    from: u64,
    most: u64,
) -> Result<Vec<WorkerLine>, StorageError> {
    let (query, day) = waiting_workers(whose, wait, today);
    let rows = query
        .order_by(Expr::col(day).is_null(), sea_orm::Order::Desc)
        .order_by_asc(day)
        .order_by_asc(worker::Column::Code)
        .offset(from)
        .limit(most)
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

fn why_worker(wait: WorkerWait, today: NaiveDate) -> (Condition, worker::Column) {
    let active = worker::Column::Status.eq(WorkerStatus::Active.code());
    match wait {
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
    }
}

/// Which of these families are of whose desk; all of them where it is everybody's.
pub async fn families_among(
    db: &impl ConnectionTrait,
    whose: &Whose,
    ids: &[i64],
) -> Result<Vec<i64>, StorageError> {
    let (Whose::Mine(_, code) | Whose::Desk(code)) = whose else {
        return Ok(ids.to_vec());
    };
    Ok(family::Entity::find()
        .select_only()
        .column(family::Column::Id)
        .filter(family::Column::Id.is_in(ids.iter().copied()))
        .filter(family::Column::DeskId.in_subquery(of_desk(code)))
        .into_tuple()
        .all(db)
        .await?)
}

/// How long the lists are, all told by one statement.
pub async fn totals(
    db: &impl ConnectionTrait,
    whose: &Whose,
    waits: &[Wait],
    today: NaiveDate,
) -> Result<Vec<u64>, StorageError> {
    let mut all: Option<SelectStatement> = None;
    for (place, wait) in waits.iter().enumerate() {
        let place = Expr::val(i32::try_from(place).unwrap_or(i32::MAX));
        let one = match *wait {
            Wait::Request(wait) => waiting_requests(whose, wait, today)
                .select_only()
                .expr_as(place, "place")
                .expr_as(request::Column::Id.count(), "total")
                .into_query(),
            Wait::Worker(wait) => waiting_workers(whose, wait, today)
                .0
                .select_only()
                .expr_as(place, "place")
                .expr_as(worker::Column::Id.count(), "total")
                .into_query(),
        };
        all = Some(match all.take() {
            None => one,
            Some(mut all) => {
                all.union(UnionType::All, one);
                all
            }
        });
    }
    let mut totals = vec![0; waits.len()];
    if let Some(all) = all {
        for row in db.query_all(&all).await? {
            let place: i32 = row.try_get("", "place")?;
            let total: i64 = row.try_get("", "total")?;
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            if let Some(known) = totals.get_mut(place) {
                *known = u64::try_from(total).unwrap_or_default();
            }
        }
    }
    Ok(totals)
}
