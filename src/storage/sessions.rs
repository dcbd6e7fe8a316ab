//! Sessions of the staff, by the hash of their token.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use super::accounts::{self, Account};
use super::entity::{account, desk, partner, session};
use super::error::StorageError;
use super::rows::{Cells, number_cell};
use crate::domain::account::{Role, SessionLimits};
use crate::domain::factor::Stage;

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub began_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub stage: Stage,
    /// When its owner last gave the password, and the code where there is one.
    pub fresh_at: Option<DateTime<Utc>>,
    /// Roughly what it is on, where that is known.
    pub device: Option<String>,
    /// The identity provider let its owner in, not a password of here.
    pub by_provider: bool,
    pub limits: SessionLimits,
}

/// A session that begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSession<'a> {
    pub stage: Stage,
    pub device: Option<&'a str>,
    pub by_provider: bool,
    pub limits: SessionLimits,
}

fn stored(row: session::Model) -> Result<Session, StorageError> {
    let table = Cells("sessions");
    Ok(Session {
        began_at: row.began_at,
        last_seen_at: row.last_seen_at,
        stage: table.read("stage", Stage::parse(&row.stage))?,
        fresh_at: row.fresh_at,
        device: row.device,
        by_provider: row.by_provider,
        limits: SessionLimits {
            idle_minutes: table.number("idle_minutes", row.idle_minutes)?,
            longest_hours: table.number("longest_hours", row.longest_hours)?,
        },
    })
}

/// Begins a session.
pub async fn insert(
    db: &impl ConnectionTrait,
    token_hash: &str,
    account_id: i64,
    now: DateTime<Utc>,
    new: NewSession<'_>,
) -> Result<(), StorageError> {
    let row = session::ActiveModel {
        token_hash: Set(token_hash.to_owned()),
        account_id: Set(account_id),
        began_at: Set(now),
        last_seen_at: Set(now),
        stage: Set(new.stage.code().to_owned()),
        fresh_at: Set(Some(now)),
        device: Set(new.device.map(str::to_owned)),
        outside_factor: Set(false),
        by_provider: Set(new.by_provider),
        idle_minutes: Set(number_cell(new.limits.idle_minutes)),
        longest_hours: Set(number_cell(new.limits.longest_hours)),
    };
    session::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Notes that an identity provider let somebody into a session: whether it took the second
/// factor, and when its user showed who they are, where that was a moment ago.
pub async fn begun_outside(
    db: &impl ConnectionTrait,
    token_hash: &str,
    (has_factor, fresh_at): (bool, Option<DateTime<Utc>>),
) -> Result<(), StorageError> {
    let row = session::ActiveModel {
        outside_factor: Set(has_factor),
        fresh_at: Set(fresh_at),
        ..Default::default()
    };
    session::Entity::update_many()
        .set(row)
        .filter(session::Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// The session of a token's hash, and its account.
pub async fn find(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<(Session, Account)>, StorageError> {
    let row = session::Entity::find_by_id(token_hash.to_owned())
        .find_also_related(account::Entity)
        .find_also(account::Entity, desk::Entity)
        .find_also(account::Entity, partner::Entity)
        .one(db)
        .await?;
    let Some((row, account, desk, partner)) = row else {
        return Ok(None);
    };
    let session = stored(row)?;
    let account = Cells("sessions").some("account_id", account)?;
    Ok(Some((session, accounts::read((account, desk, partner))?)))
}

/// Notes that a session was used.
pub async fn touch(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = session::ActiveModel {
        last_seen_at: Set(now),
        ..Default::default()
    };
    session::Entity::update_many()
        .set(row)
        .filter(session::Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Sessions of one account that are looked at.
const MOST_OF_AN_ACCOUNT: u64 = 100;

/// The sessions of an account that let in, by the hash of their token, the last begun first.
pub async fn of(
    db: &impl ConnectionTrait,
    account_id: i64,
) -> Result<Vec<(String, Session)>, StorageError> {
    let rows = session::Entity::find()
        .filter(session::Column::AccountId.eq(account_id))
        .filter(session::Column::Stage.ne(Stage::Code.code()))
        .order_by_desc(session::Column::BeganAt)
        .limit(MOST_OF_AN_ACCOUNT)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.token_hash.clone(), stored(row)?)))
        .collect()
}

/// Notes that the owner of a session gave the password once more.
pub async fn refresh(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = session::ActiveModel {
        fresh_at: Set(Some(now)),
        ..Default::default()
    };
    session::Entity::update_many()
        .set(row)
        .filter(session::Column::TokenHash.eq(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends every session of an account but one.
pub async fn delete_others(
    db: &impl ConnectionTrait,
    account_id: i64,
    token_hash: &str,
) -> Result<(), StorageError> {
    session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account_id))
        .filter(session::Column::TokenHash.ne(token_hash))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends a session; whether there was one.
pub async fn delete(db: &impl ConnectionTrait, token_hash: &str) -> Result<bool, StorageError> {
    let ended = session::Entity::delete_by_id(token_hash.to_owned())
        .exec(db)
        .await?;
    Ok(ended.rows_affected > 0)
}

/// Ends every session of an account.
pub async fn delete_of(db: &impl ConnectionTrait, account_id: i64) -> Result<(), StorageError> {
    session::Entity::delete_many()
        .filter(session::Column::AccountId.eq(account_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Drops the sessions that are over, each by its own limits: of those there are few.
pub async fn delete_over(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    use session::Column as C;
    let known: Vec<(i32, i32)> = session::Entity::find()
        .select_only()
        .column(C::IdleMinutes)
        .column(C::LongestHours)
        .distinct()
        .into_tuple()
        .all(db)
        .await?;
    let mut dropped = 0;
    for (idle_minutes, longest_hours) in known {
        let table = Cells("sessions");
        let limits = SessionLimits {
            idle_minutes: table.number("idle_minutes", idle_minutes)?,
            longest_hours: table.number("longest_hours", longest_hours)?,
        };
        let over = Condition::any()
            .add(C::BeganAt.lte(now - limits.longest()))
            .add(C::LastSeenAt.lte(now - limits.idle()));
        let done = session::Entity::delete_many()
            .filter(C::IdleMinutes.eq(idle_minutes))
            .filter(C::LongestHours.eq(longest_hours))
            .filter(over)
            .exec(db)
            .await?;
        dropped += done.rows_affected;
    }
    Ok(dropped)
}

/// Ends the sessions of a role that a password of here began; how many.
pub async fn delete_local(db: &impl ConnectionTrait, role: Role) -> Result<u64, StorageError> {
    let of_role = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::Role.eq(role.code()))
        .into_query();
    let done = session::Entity::delete_many()
        .filter(session::Column::ByProvider.eq(false))
        .filter(session::Column::AccountId.in_subquery(of_role))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// How many sessions of each role a password of here began; a role without any has no line.
pub async fn count_local(db: &impl ConnectionTrait) -> Result<Vec<(Role, i64)>, StorageError> {
    let counts: Vec<(String, i64)> = session::Entity::find()
        .select_only()
        .column(account::Column::Role)
        .column_as(session::Column::TokenHash.count(), "sessions")
        .inner_join(account::Entity)
        .filter(session::Column::ByProvider.eq(false))
        .group_by(account::Column::Role)
        .into_tuple()
        .all(db)
        .await?;
    let table = Cells("accounts");
    counts
        .into_iter()
        .map(|(role, count)| Ok((table.read("role", Role::parse(&role))?, count)))
        .collect()
}
