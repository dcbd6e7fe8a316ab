//! What keeps a pool true: whose last word is long ago, whose title of stay or
//! accreditation ends, and what each was told already. One statement a question.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use super::entity::{accreditation_end, pool_word, record_change, worker};
use super::error::StorageError;
use crate::domain::keeping::PoolWord;
use crate::domain::worker::WorkerStatus;

/// Adds what workers are told: key of the worker, and what it is about.
pub async fn insert_many(
    db: &impl ConnectionTrait,
    kind: PoolWord,
    about: &[(i64, NaiveDate)],
    today: NaiveDate,
) -> Result<(), StorageError> {
    if about.is_empty() {
        return Ok(());
    }
    let rows = about
        .iter()
        .map(|(worker_id, about)| pool_word::ActiveModel {
            worker_id: Set(*worker_id),
            kind: Set(kind.code().to_owned()),
            about: Set(*about),
            made_on: Set(today),
            ..Default::default()
        });
    pool_word::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The day of a worker's last word: of the confirmation, else of the registration.
fn last_word() -> SimpleExpr {
    let confirmed = Expr::col((worker::Entity, worker::Column::ConfirmedOn));
    confirmed.if_null(Expr::col((worker::Entity, worker::Column::RegisteredOn)))
}

/// Whether there is a word of a kind to the worker of the row, such that.
fn told(kind: PoolWord, such_that: SimpleExpr) -> SimpleExpr {
    let of_row = Expr::col((pool_word::Entity, pool_word::Column::WorkerId))
        .eq(Expr::col((worker::Entity, worker::Column::Id)));
    let query = Query::select()
        .expr(Expr::val(1))
        .from(pool_word::Entity)
        .and_where(of_row)
        .and_where(Expr::col((pool_word::Entity, pool_word::Column::Kind)).eq(kind.code()))
        .and_where(such_that)
        .to_owned();
    Expr::exists(query)
}

fn made_on() -> SimpleExpr {
    Expr::col((pool_word::Entity, pool_word::Column::MadeOn))
}

type Due = Vec<(i64, String, NaiveDate)>;

/// Keys, codes and last words of up to `limit` active workers who may be named,
/// whose last word is of `since` or before, but of no day before `first`, and who were
/// asked neither since `since` nor since that word.
pub async fn to_ask(
    db: &impl ConnectionTrait,
    (first, since): (NaiveDate, NaiveDate),
    limit: u64,
) -> Result<Due, StorageError> {
    let such_that = unasked(since).and(last_word().gte(first));
    silent_since(db, since, such_that, limit).await
}

/// The same whose last word is of `late` or before.
pub async fn to_ask_late(
    db: &impl ConnectionTrait,
    (late, since): (NaiveDate, NaiveDate),
    limit: u64,
) -> Result<Due, StorageError> {
    silent_since(db, late, unasked(since), limit).await
}

/// How many there are of the latter, and how many of them were asked on a day.
pub async fn late(
    db: &impl ConnectionTrait,
    (late, since): (NaiveDate, NaiveDate),
    day: NaiveDate,
) -> Result<(u64, u64), StorageError> {
    let waiting = silent(late, unasked(since)).count(db).await?;
    let asked = pool_word::Entity::find()
        .filter(pool_word::Column::Kind.eq(PoolWord::Ask.code()))
        .filter(pool_word::Column::MadeOn.eq(day))
        .filter(pool_word::Column::About.lte(late))
        .count(db)
        .await?;
    Ok((waiting, asked))
}

fn unasked(since: NaiveDate) -> SimpleExpr {
    let lately = made_on().gt(last_word()).and(made_on().gt(since));
    told(PoolWord::Ask, lately).not()
}

/// The same who were asked since their last word, on `asked_by` or before, and whose
/// record nobody changed after that: whoever paused, or was seen to by the desk, is
/// not silent, and is asked again first.
pub async fn to_pause(
    db: &impl ConnectionTrait,
    since: NaiveDate,
    asked_by: NaiveDate,
    limit: u64,
) -> Result<Due, StorageError> {
    use record_change::Column as C;
    let of_row = Expr::col((record_change::Entity, C::Record))
        .eq(Expr::col((worker::Entity, worker::Column::Code)));
    let touched = Query::select()
        .expr(Expr::val(1))
        .from(record_change::Entity)
        .and_where(Expr::col((record_change::Entity, C::Kind)).eq("worker"))
        .and_where(of_row)
        .and_where(Expr::col((record_change::Entity, C::At)).gt(made_on()))
        .to_owned();
    let since_then = made_on()
        .gt(last_word())
        .and(made_on().lte(asked_by))
        .and(Expr::exists(touched).not());
    silent_since(db, since, told(PoolWord::Ask, since_then), limit).await
}

fn silent(since: NaiveDate, such_that: SimpleExpr) -> Select<worker::Entity> {
    worker::Entity::find()
        .filter(worker::Column::Status.eq(WorkerStatus::Active.code()))
        .filter(worker::Column::ConsentOn.is_not_null())
        .filter(last_word().lte(since))
        .filter(such_that)
}

async fn silent_since(
    db: &impl ConnectionTrait,
    since: NaiveDate,
    such_that: SimpleExpr,
    limit: u64,
) -> Result<Due, StorageError> {
    Ok(silent(since, such_that)
        .select_only()
        .column(worker::Column::Id)
        .column(worker::Column::Code)
        .expr_as(last_word(), "last_word")
        .order_by_asc(worker::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// Keys, codes and last days of up to `limit` workers whose title of stay ends
/// between two days, with no receipt that it is being renewed, and who were not told
/// so.
pub async fn permits_ending(
    db: &impl ConnectionTrait,
    (first, last): (NaiveDate, NaiveDate),
    kind: PoolWord,
    limit: u64,
) -> Result<Due, StorageError> {
    let ends_on = || Expr::col((worker::Entity, worker::Column::PermitUntil));
    let about = Expr::col((pool_word::Entity, pool_word::Column::About)).eq(ends_on());
    Ok(worker::Entity::find()
        .select_only()
        .column(worker::Column::Id)
        .column(worker::Column::Code)
        .column(worker::Column::PermitUntil)
        .filter(worker::Column::Status.ne(WorkerStatus::Withdrawn.code()))
        .filter(worker::Column::PermitUntil.between(first, last))
        .filter(worker::Column::RenewalReceipt.eq(false))
        .filter(told(kind, about).not())
        .order_by_asc(worker::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// The same of accreditations: of each worker's newest entry.
pub async fn accreditations_ending(
    db: &impl ConnectionTrait,
    (first, last): (NaiveDate, NaiveDate),
    kind: PoolWord,
    limit: u64,
) -> Result<Due, StorageError> {
    use accreditation_end::Column;
    let newest = Query::select()
        .expr(Expr::col(Column::Id).max())
        .from(accreditation_end::Entity)
        .group_by_col(Column::WorkerId)
        .to_owned();
    let ends_on = Expr::col((accreditation_end::Entity, Column::EndsOn));
    let about = Expr::col((pool_word::Entity, pool_word::Column::About)).eq(ends_on);
    let rows: Vec<(i64, NaiveDate, String)> = accreditation_end::Entity::find()
        .select_only()
        .column(Column::WorkerId)
        .column(Column::EndsOn)
        .column(worker::Column::Code)
        .inner_join(worker::Entity)
        .filter(worker::Column::Status.ne(WorkerStatus::Withdrawn.code()))
        .filter(Column::EndsOn.between(first, last))
        .filter(Column::Id.in_subquery(newest))
        .filter(told(kind, about).not())
        .order_by_asc(Column::WorkerId)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    let due = rows.into_iter().map(|(id, day, code)| (id, code, day));
    Ok(due.collect())
}

/// Until when a worker's accreditation lasts, as far as it was said.
pub async fn accreditation_of(
    db: &impl ConnectionTrait,
    worker_id: i64,
) -> Result<Option<NaiveDate>, StorageError> {
    let row = accreditation_end::Entity::find()
        .filter(accreditation_end::Column::WorkerId.eq(worker_id))
        .order_by_desc(accreditation_end::Column::Id)
        .one(db)
        .await?;
    Ok(row.map(|row| row.ends_on))
}

/// Says until when a worker's accreditation lasts.
pub async fn set_accreditation(
    db: &impl ConnectionTrait,
    worker_id: i64,
    ends_on: NaiveDate,
    by: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = accreditation_end::ActiveModel {
        worker_id: Set(worker_id),
        ends_on: Set(ends_on),
        set_at: Set(now),
        set_by_id: Set(by),
        ..Default::default()
    };
    accreditation_end::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
