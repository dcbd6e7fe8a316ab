//! Begins and ends of jobs as they changed the pool, and which of those that are
//! told of still wait for it. What a change does is `domain::job`'s.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select,
};

use super::entity::{account, answer, family, introduction, job_change, request, worker};
use super::error::StorageError;
use super::lists::Terms;
use super::rows::Cells;
use super::waiting::{Whose, whose_requests};
use super::waits::{Cut, Key, Of, says};
use crate::domain::answer::{Said, Teller};
use crate::domain::job::{Done, JobEvent};
use crate::domain::request::RequestStatus;
use crate::domain::week::WeekGrid;
use crate::domain::worker::WorkerStatus;

const TABLE: Cells = Cells("job_changes");

/// A change as a page shows it.
#[derive(Debug, Clone)]
pub struct JobChange {
    pub id: i64,
    pub done: Done,
    pub at: DateTime<Utc>,
    pub by: String,
}

/// Adds a change.
pub async fn insert(
    db: &impl ConnectionTrait,
    introduction_id: i64,
    done: &Done,
    (by, at): (i64, DateTime<Utc>),
) -> Result<(), StorageError> {
    let row = job_change::ActiveModel {
        introduction_id: Set(introduction_id),
        event: Set(done.event.code().to_owned()),
        hours: Set(done.hours.to_string()),
        worker_was: Set(done.worker_was.map(|status| status.code().to_owned())),
        request_was: Set(done.request_was.map(|status| status.code().to_owned())),
        at: Set(at),
        account_id: Set(by),
        undone_at: Set(None),
        ..Default::default()
    };
    job_change::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The changes of an introduction that were not taken back, in their order. There
/// are few: a begin, an end.
pub async fn of_introduction(
    db: &impl ConnectionTrait,
    introduction_id: i64,
) -> Result<Vec<JobChange>, StorageError> {
    let rows = job_change::Entity::find()
        .find_also_related(account::Entity)
        .filter(job_change::Column::IntroductionId.eq(introduction_id))
        .filter(job_change::Column::UndoneAt.is_null())
        .order_by_asc(job_change::Column::Id)
        .all(db)
        .await?;
    let change = |(row, by): (job_change::Model, Option<account::Model>)| {
        Ok(JobChange {
            id: row.id,
            done: Done {
                event: TABLE.read("event", JobEvent::parse(&row.event))?,
                hours: TABLE.read("hours", WeekGrid::parse(&row.hours))?,
                worker_was: TABLE.optional("worker_was", row.worker_was, |code| {
                    WorkerStatus::parse(&code)
                })?,
                request_was: TABLE.optional("request_was", row.request_was, |code| {
                    RequestStatus::parse(&code)
                })?,
            },
            at: row.at,
            by: TABLE.some("account_id", by)?.name,
        })
    };
    rows.into_iter().map(change).collect()
}

/// Marks a change as taken back; whether it still stood.
pub async fn undo(
    db: &impl ConnectionTrait,
    id: i64,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let done = job_change::Entity::update_many()
        .col_expr(job_change::Column::UndoneAt, Expr::val(now))
        .filter(job_change::Column::Id.eq(id))
        .filter(job_change::Column::UndoneAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// A job that is told of.
#[derive(Debug, Clone)]
pub struct JobLine {
    pub introduction: String,
    pub worker_name: String,
    pub family_name: String,
}

fn changed(event: JobEvent) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(job_change::Entity)
        .and_where(
            Expr::col((job_change::Entity, job_change::Column::IntroductionId))
                .equals((introduction::Entity, introduction::Column::Id)),
        )
        .and_where(job_change::Column::Event.eq(event.code()))
        .and_where(job_change::Column::UndoneAt.is_null())
        .take()
}

/// The introductions of some answers given since a day.
fn told(since: NaiveDate, of: Condition) -> SelectStatement {
    answer::Entity::find()
        .select_only()
        .column(answer::Column::IntroductionId)
        .filter(answer::Column::AnsweredOn.gte(since))
        .filter(of)
        .into_query()
}

/// The desk found something else afterwards than in the row `later`.
fn found_since() -> SelectStatement {
    let last = |column: answer::Column| Expr::col(("last", column));
    let later = |column: answer::Column| Expr::col(("later", column));
    Query::select()
        .expr(Expr::val(1))
        .from_as(answer::Entity, "last")
        .and_where(last(answer::Column::IntroductionId).eq(later(answer::Column::IntroductionId)))
        .and_where(last(answer::Column::Side).eq(Teller::Desk.code()))
        .and_where(last(answer::Column::Id).gt(later(answer::Column::Id)))
        .take()
}

/// Said again afterwards: the same side at the same wave says something else than hired. Or
/// the last that the desk found is that there is no job, whatever anybody says since.
fn taken_back() -> SelectStatement {
    let later = |column: answer::Column| Expr::col(("later", column));
    let own = |column: answer::Column| Expr::col((answer::Entity, column));
    let same = |column: answer::Column| later(column).eq(own(column));
    let by_the_same = Condition::all()
        .add(same(answer::Column::Side))
        .add(same(answer::Column::Wave))
        .add(later(answer::Column::Id).gt(own(answer::Column::Id)));
    let by_the_desk = Condition::all()
        .add(later(answer::Column::Side).eq(Teller::Desk.code()))
        .add(Expr::exists(found_since()).not());
    Query::select()
        .expr(Expr::val(1))
        .from_as(answer::Entity, "later")
        .and_where(same(answer::Column::IntroductionId))
        .and_where(later(answer::Column::Result).ne(Said::Hired.code()))
        .cond_where(Condition::any().add(by_the_same).add(by_the_desk))
        .take()
}

/// An answer that says hired, in so many words or by being still together.
fn says_hired() -> Condition {
    let together = Condition::all()
        .add(answer::Column::Result.is_null())
        .add(answer::Column::StillWorking.eq(true));
    Condition::all()
        .add(
            Condition::any()
                .add(answer::Column::Result.eq(Said::Hired.code()))
                .add(together),
        )
        .add(Expr::exists(taken_back()).not())
}

/// The worker of the introduction has not confirmed hours since an answer.
fn unconfirmed_since() -> Condition {
    let confirmed = Expr::col((worker::Entity, worker::Column::ConfirmedOn));
    let answered = Expr::col((answer::Entity, answer::Column::AnsweredOn));
    Condition::any()
        .add(worker::Column::ConfirmedOn.is_null())
        .add(answered.gte(confirmed))
}

/// The introductions that stand in [`told_of`], whosever they are.
pub(super) fn to_do(event: JobEvent, since: NaiveDate) -> SelectStatement {
    told_of(&Whose::Everybody, event, since, &[])
        .select_only()
        .column(introduction::Column::Id)
        .into_query()
}

/// Introductions whose jobs are said, since a day, to have begun, or to have ended after
/// they changed the pool, while the desk has not said what follows; in no order. A begin
/// waits also when the request is over, for the worker's hours are asked about: as long as
/// the worker is proposed, and has not said since the answer which hours are free. Of what a
/// file told, which has been dealt with, it waits only while the request does.
pub(super) fn told_of(
    whose: &Whose,
    event: JobEvent,
    since: NaiveDate,
    words: &[String],
) -> Select<introduction::Entity> {
    let open = [RequestStatus::Open, RequestStatus::Paused].map(RequestStatus::code);
    let which = match event {
        JobEvent::Begun => {
            let waits = Condition::all()
                .add(request::Column::Status.is_in(open))
                .add(introduction::Column::Id.in_subquery(told(since, says_hired())));
            let unconfirmed = says_hired().add(unconfirmed_since());
            let hours = Condition::all()
                .add(introduction::Column::LoadedOn.is_null())
                .add(worker::Column::Status.eq(WorkerStatus::Active.code()))
                .add(introduction::Column::Id.in_subquery(told(since, unconfirmed)));
            Condition::all()
                .add(Condition::any().add(waits).add(hours))
                .add(Expr::exists(changed(JobEvent::Begun)).not())
        }
        JobEvent::Ended => Condition::all()
            .add(
                introduction::Column::Id.in_subquery(told(
                    since,
                    Condition::any()
                        .add(answer::Column::StillWorking.eq(false))
                        .add(answer::Column::EndedOn.is_not_null()),
                )),
            )
            .add(Expr::exists(changed(JobEvent::Begun)))
            .add(Expr::exists(changed(JobEvent::Ended)).not()),
    };
    let about = [
        (
            Expr::col((introduction::Entity, introduction::Column::WorkerId)),
            Of::Worker,
        ),
        (
            Expr::col((introduction::Entity, introduction::Column::RequestId)),
            Of::Request,
        ),
    ];
    introduction::Entity::find()
        .join(JoinType::InnerJoin, introduction::Relation::Request.def())
        .join(JoinType::InnerJoin, introduction::Relation::Worker.def())
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(which)
        .filter(whose_requests(whose))
        .filter(says(words, &about))
}

/// Some of those jobs, the latest introductions first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    whose: &Whose,
    event: JobEvent,
    since: NaiveDate,
    cut: Cut<'_>,
) -> Result<Vec<JobLine>, StorageError> {
    use introduction::Column as C;
    let all = told_of(whose, event, since, cut.words);
    let order = Terms::columns([(C::Id, true)]);
    let rows: Vec<(String, String, String, String, String)> = cut
        .of(all, &order, &Key::Code(C::Code))
        .select_only()
        .column_as(introduction::Column::Code, "introduction_code")
        .column_as(worker::Column::GivenName, "worker_given")
        .column_as(worker::Column::FamilyName, "worker_family")
        .column_as(family::Column::GivenName, "family_given")
        .column_as(family::Column::FamilyName, "family_family")
        .into_tuple()
        .all(db)
        .await?;
    let line = |(introduction, given, name, family_given, family_name)| JobLine {
        introduction,
        worker_name: format!("{given} {name}"),
        family_name: format!("{family_given} {family_name}"),
    };
    Ok(cut.straight(rows).into_iter().map(line).collect())
}
