//! The codes told by telephone that open names behind a private link. The newest
//! of a person is the one that counts. Tries are counted by the database, so that
//! of many at once each counts.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::entity::link_code;
use super::error::StorageError;
use super::mailings::Person;
use super::rows::{Cells, number_cell};
use crate::domain::delivery::MOST_TRIES;

const TABLE: Cells = Cells("link_codes");

/// A code to be kept.
#[derive(Debug, Clone)]
pub struct NewCode {
    pub person: Person,
    pub code_hash: String,
    pub made_at: DateTime<Utc>,
    pub made_by: i64,
    pub ends_at: DateTime<Utc>,
}

/// A code as it is kept.
#[derive(Debug, Clone)]
pub struct StoredCode {
    pub id: i64,
    pub code_hash: String,
    pub tries: u32,
    pub locked: bool,
    pub made_at: DateTime<Utc>,
    pub made_by: i64,
    pub ends_at: DateTime<Utc>,
}

impl StoredCode {
    /// Whether it may be typed.
    pub fn takes_tries(&self, now: DateTime<Utc>) -> bool {
        !self.locked && self.tries < MOST_TRIES && now < self.ends_at
    }
}

/// Keeps a code.
pub async fn insert(db: &impl ConnectionTrait, new: &NewCode) -> Result<(), StorageError> {
    let (family_id, worker_id) = new.person.keys();
    let row = link_code::ActiveModel {
        family_id: Set(family_id),
        worker_id: Set(worker_id),
        code_hash: Set(new.code_hash.clone()),
        tries: Set(0),
        made_at: Set(new.made_at),
        made_by_id: Set(new.made_by),
        ends_at: Set(new.ends_at),
        locked_at: Set(None),
        ..Default::default()
    };
    link_code::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The code of a person that counts.
pub async fn latest(
    db: &impl ConnectionTrait,
    person: Person,
) -> Result<Option<StoredCode>, StorageError> {
    let of = match person {
        Person::Family(id) => link_code::Column::FamilyId.eq(id),
        Person::Worker(id) => link_code::Column::WorkerId.eq(id),
    };
    let row = link_code::Entity::find()
        .filter(of)
        .order_by_desc(link_code::Column::Id)
        .one(db)
        .await?;
    row.map(|row| {
        Ok(StoredCode {
            id: row.id,
            code_hash: row.code_hash,
            tries: TABLE.number("tries", row.tries)?,
            locked: row.locked_at.is_some(),
            made_at: row.made_at,
            made_by: row.made_by_id,
            ends_at: row.ends_at,
        })
    })
    .transpose()
}

/// Counts a try; none where the code takes none any more.
pub async fn count_try(db: &impl ConnectionTrait, id: i64) -> Result<Option<u32>, StorageError> {
    use link_code::Column;
    let rows = link_code::Entity::update_many()
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Tries.lt(number_cell(MOST_TRIES)))
        .filter(Column::LockedAt.is_null())
        .exec_with_returning(db)
        .await?;
    let row = rows.into_iter().next();
    row.map(|row| TABLE.number("tries", row.tries)).transpose()
}

/// The right one was typed: what was wrong before counts no more. Whether it still
/// takes tries.
pub async fn right(db: &impl ConnectionTrait, id: i64) -> Result<bool, StorageError> {
    use link_code::Column;
    let done = link_code::Entity::update_many()
        .col_expr(Column::Tries, Expr::val(0))
        .filter(Column::Id.eq(id))
        .filter(Column::LockedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Nothing can be typed any more, until there is a new code.
pub async fn lock(
    db: &impl ConnectionTrait,
    id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    use link_code::Column;
    link_code::Entity::update_many()
        .col_expr(Column::LockedAt, Expr::val(now))
        .filter(Column::Id.eq(id))
        .filter(Column::LockedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}
