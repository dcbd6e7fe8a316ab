//! What waits at a desk of requests and workers, oldest or most urgent first, and
//! whose work it is. How long the lists are, and searches in them: `waits`.

use chrono::{NaiveDate, TimeDelta};
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect,
    QueryTrait, RelationTrait, Select,
};

use super::entity::{desk, family, introduction, proposal, request, sheet, worker};
use super::error::StorageError;
use super::lists::Terms;
use super::requests::{RequestLine, line};
use super::waits::{Cut, Key, Of, says};
use crate::domain::ids::DeskCode;
use crate::domain::request::RequestStatus;
use crate::domain::worker::WorkerStatus;

/// Lines of each kind.
pub const MOST: u64 = 10;

/// Stands for a day that nothing happened on: before all others.
const NEVER: NaiveDate = NaiveDate::from_ymd_opt(1, 1, 1).expect("a day");

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
    /// Open since this many days, and no sheet has gone out that was not revoked.
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

/// Requests that wait so.
pub async fn requests(
    db: &impl ConnectionTrait,
    whose: &Whose,
    wait: RequestWait,
    today: NaiveDate,
    cut: Cut<'_>,
) -> Result<Vec<RequestLine>, StorageError> {
    let first = if wait == RequestWait::Urgent {
        request::Column::NeededBy
    } else {
        request::Column::OpenedOn
    };
    let code = request::Column::Code;
    let order = Terms::columns([(first, false), (code, false)]);
    let all = waiting_requests(whose, wait, today, cut.words);
    let rows = cut
        .of(all, &order, &Key::Code(code))
        .select_also(family::Entity)
        .all(db)
        .await?;
    cut.straight(rows).into_iter().map(line).collect()
}

pub(super) fn waiting_requests(
    whose: &Whose,
    wait: RequestWait,
    today: NaiveDate,
    words: &[String],
) -> Select<request::Entity> {
    let key = Expr::col((request::Entity, request::Column::Id));
    request::Entity::find()
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(why_request(wait, today))
        .filter(whose_requests(whose))
        .filter(says(words, &[(key, Of::Request)]))
}

fn why_request(wait: RequestWait, today: NaiveDate) -> Condition {
    let open = request::Column::Status.eq(RequestStatus::Open.code());
    let paused = request::Column::Status.eq(RequestStatus::Paused.code());
    match wait {
        RequestWait::Urgent => Condition::all()
            .add(open)
            .add(request::Column::NeededBy.is_not_null()),
        RequestWait::WithoutSheet(days) => {
            // A sheet that was revoked helps nobody, so the family waits as before.
            let stands = Condition::any()
                .add(introduction::Column::SheetId.is_null())
                .add(sheet::Column::RevokedAt.is_null());
            let with_sheet = introduction::Entity::find()
                .select_only()
                .column(introduction::Column::RequestId)
                .join(JoinType::LeftJoin, introduction::Relation::Sheet.def())
                .filter(stands)
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

pub(super) fn waiting_workers(
    whose: &Whose,
    wait: WorkerWait,
    today: NaiveDate,
    words: &[String],
) -> (Select<worker::Entity>, worker::Column) {
    let (condition, day) = why_worker(wait, today);
    let key = Expr::col((worker::Entity, worker::Column::Id));
    let mut query = worker::Entity::find()
        .filter(condition)
        .filter(says(words, &[(key, Of::Worker)]));
    if let Whose::Mine(_, code) | Whose::Desk(code) = whose {
        query = query.filter(worker::Column::DeskId.in_subquery(of_desk(code)));
    }
    (query, day)
}

/// Workers who wait so.
pub async fn workers(
    db: &impl ConnectionTrait,
    whose: &Whose,
    wait: WorkerWait,
    today: NaiveDate,
    cut: Cut<'_>,
) -> Result<Vec<WorkerLine>, StorageError> {
    let (all, day) = waiting_workers(whose, wait, today, cut.words);
    let code = worker::Column::Code;
    let column = |column| Expr::col((worker::Entity, column));
    let day = column(day).if_null(Expr::val(NEVER));
    let order = Terms([(day, false), (column(code), false)]);
    let rows = cut.of(all, &order, &Key::Code(code)).all(db).await?;
    Ok(cut
        .straight(rows)
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

/// Which of these requests are somebody's; all of them where they are everybody's.
pub async fn requests_among(
    db: &impl ConnectionTrait,
    whose: &Whose,
    ids: &[i64],
) -> Result<Vec<i64>, StorageError> {
    if *whose == Whose::Everybody || ids.is_empty() {
        return Ok(ids.to_vec());
    }
    Ok(request::Entity::find()
        .select_only()
        .column(request::Column::Id)
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(request::Column::Id.is_in(ids.iter().copied()))
        .filter(whose_requests(whose))
        .into_tuple()
        .all(db)
        .await?)
}
