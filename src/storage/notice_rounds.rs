//! Mails of a new notice to many, as somebody asked for them: each round goes on where it
//! stopped, whoever works on it.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockType, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::{
    desk, family, notice_given, notice_round, notice_version, outbox_mail, worker,
};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::ids::DeskCode;
use crate::domain::mail::{MailKind, MailState};

const TABLE: Cells = Cells("notice_rounds");

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    pub id: i64,
    pub version_id: i64,
    /// None: of all desks.
    pub desk: Option<DeskCode>,
    pub account_id: i64,
    /// Of the last person who was looked at.
    pub last_key: i64,
    pub queued: i64,
}

/// What goes on beside somebody who looks at a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Going {
    /// A round of whom they look at, or of a part of them.
    pub own: bool,
    /// One of all desks.
    pub wide: bool,
}

async fn id_of(
    db: &impl ConnectionTrait,
    desk: Option<&DeskCode>,
) -> Result<Option<i64>, StorageError> {
    match desk {
        Some(code) => Ok(Some(super::places::desk_id(db, code).await?)),
        None => Ok(None),
    }
}

/// Holds a notice, so that of two who begin a round at once the second sees the first.
pub async fn hold_version(db: &impl ConnectionTrait, version_id: i64) -> Result<(), StorageError> {
    notice_version::Entity::find_by_id(version_id)
        .lock(LockType::NoKeyUpdate)
        .one(db)
        .await?;
    Ok(())
}

/// Begins one; its key.
pub async fn insert(
    db: &impl ConnectionTrait,
    version_id: i64,
    desk: Option<&DeskCode>,
    (account_id, now): (i64, DateTime<Utc>),
) -> Result<i64, StorageError> {
    let desk_id = id_of(db, desk).await?;
    let row = notice_round::ActiveModel {
        version_id: Set(version_id),
        desk_id: Set(desk_id),
        account_id: Set(account_id),
        asked_at: Set(now),
        last_key: Set(0),
        queued: Set(0),
        ended_at: Set(None),
        ..Default::default()
    };
    let added = notice_round::Entity::insert(row).exec(db).await?;
    Ok(added.last_insert_id)
}

/// What goes on of a notice, for somebody who looks at a desk or at all.
pub async fn going(
    db: &impl ConnectionTrait,
    version_id: i64,
    desk: Option<&DeskCode>,
) -> Result<Going, StorageError> {
    let desks: Vec<Option<i64>> = notice_round::Entity::find()
        .select_only()
        .column(notice_round::Column::DeskId)
        .filter(notice_round::Column::VersionId.eq(version_id))
        .filter(notice_round::Column::EndedAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let own = match id_of(db, desk).await? {
        Some(id) => desks.contains(&Some(id)),
        None => !desks.is_empty(),
    };
    let wide = desks.contains(&None);
    Ok(Going { own, wide })
}

/// Rows of who was told that are of people of a desk, or any.
fn of_people(desk_id: Option<i64>) -> Condition {
    let Some(desk_id) = desk_id else {
        return Condition::all();
    };
    let workers = Query::select()
        .column(worker::Column::Id)
        .from(worker::Entity)
        .and_where(worker::Column::DeskId.eq(desk_id))
        .take();
    let families = Query::select()
        .column(family::Column::Id)
        .from(family::Entity)
        .and_where(family::Column::DeskId.eq(desk_id))
        .take();
    Condition::any()
        .add(notice_given::Column::WorkerId.in_subquery(workers))
        .add(notice_given::Column::FamilyId.in_subquery(families))
}

fn mails_of(version_id: i64, desk_id: Option<i64>) -> SelectStatement {
    Query::select()
        .column(notice_given::Column::MessageId)
        .from(notice_given::Entity)
        .and_where(notice_given::Column::VersionId.eq(version_id))
        .and_where(notice_given::Column::MessageId.is_not_null())
        .cond_where(of_people(desk_id))
        .take()
}

/// How many mails of a notice wait to people of a desk, or of all.
pub async fn waiting(
    db: &impl ConnectionTrait,
    version_id: i64,
    desk: Option<&DeskCode>,
) -> Result<u64, StorageError> {
    let mails = mails_of(version_id, id_of(db, desk).await?);
    Ok(outbox_mail::Entity::find()
        .filter(outbox_mail::Column::Kind.eq(MailKind::NewNotice.code()))
        .filter(outbox_mail::Column::State.eq(MailState::Queued.code()))
        .filter(outbox_mail::Column::MessageId.in_subquery(mails))
        .count(db)
        .await?)
}

/// Ends the rounds of a desk, or all, and keeps the mails that wait from going; how many. Whom
/// they would have told was not told.
pub async fn stop(
    db: &impl ConnectionTrait,
    version_id: i64,
    desk: Option<&DeskCode>,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    use outbox_mail::Column;
    let desk_id = id_of(db, desk).await?;
    let rounds = desk_id.map_or(Condition::all(), |id| {
        Condition::all().add(notice_round::Column::DeskId.eq(id))
    });
    notice_round::Entity::update_many()
        .col_expr(notice_round::Column::EndedAt, Expr::val(now))
        .filter(notice_round::Column::VersionId.eq(version_id))
        .filter(notice_round::Column::EndedAt.is_null())
        .filter(rounds)
        .exec(db)
        .await?;
    let stopped = outbox_mail::Entity::update_many()
        .col_expr(Column::State, Expr::val(MailState::Cancelled.code()))
        .col_expr(Column::FinishedAt, Expr::val(now))
        .col_expr(Column::Token, Expr::val(None::<String>))
        .filter(Column::Kind.eq(MailKind::NewNotice.code()))
        .filter(Column::State.eq(MailState::Queued.code()))
        .filter(Column::MessageId.in_subquery(mails_of(version_id, desk_id)))
        .exec(db)
        .await?;
    let cancelled = Query::select()
        .column(Column::MessageId)
        .from(outbox_mail::Entity)
        .and_where(Column::Kind.eq(MailKind::NewNotice.code()))
        .and_where(Column::State.eq(MailState::Cancelled.code()))
        .take();
    notice_given::Entity::delete_many()
        .filter(notice_given::Column::VersionId.eq(version_id))
        .filter(notice_given::Column::MessageId.in_subquery(cancelled))
        .filter(of_people(desk_id))
        .exec(db)
        .await?;
    Ok(stopped.rows_affected)
}

/// The key of the first after another that goes on.
pub async fn first_after(
    db: &impl ConnectionTrait,
    after: i64,
) -> Result<Option<i64>, StorageError> {
    Ok(notice_round::Entity::find()
        .select_only()
        .column(notice_round::Column::Id)
        .filter(notice_round::Column::EndedAt.is_null())
        .filter(notice_round::Column::Id.gt(after))
        .order_by_asc(notice_round::Column::Id)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?)
}

/// One that goes on, held against other programs until the transaction ends.
pub async fn hold(db: &impl ConnectionTrait, id: i64) -> Result<Option<Round>, StorageError> {
    let row = notice_round::Entity::find_by_id(id)
        .filter(notice_round::Column::EndedAt.is_null())
        .lock_exclusive()
        .one(db)
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let desk = match row.desk_id {
        Some(id) => {
            let desk = desk::Entity::find_by_id(id).one(db).await?;
            let desk = TABLE.some("desk_id", desk)?;
            Some(TABLE.read("desk_id", DeskCode::parse(&desk.code))?)
        }
        None => None,
    };
    Ok(Some(Round {
        id: row.id,
        version_id: row.version_id,
        desk,
        account_id: row.account_id,
        last_key: row.last_key,
        queued: row.queued,
    }))
}

/// Keeps how far one has come; with `ended` it is over.
pub async fn update(
    db: &impl ConnectionTrait,
    round: &Round,
    ended: Option<DateTime<Utc>>,
) -> Result<(), StorageError> {
    notice_round::Entity::update_many()
        .set(notice_round::ActiveModel {
            last_key: Set(round.last_key),
            queued: Set(round.queued),
            ended_at: Set(ended),
            ..Default::default()
        })
        .filter(notice_round::Column::Id.eq(round.id))
        .exec(db)
        .await?;
    Ok(())
}
