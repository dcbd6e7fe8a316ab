//! Of whom what is known is kept and not used: since when, why as a code, and by whom.
//! Whoever reads who is held back reads these too (`blocks`).

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

use super::entity::{account, family, restriction, worker};
use super::error::StorageError;
use super::mailings::Person;
use super::merges::People;
use super::rows::Cells;
use crate::domain::rights::RestrictionReason;

const TABLE: Cells = Cells("restrictions");

/// One that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restriction {
    pub id: i64,
    pub reason: RestrictionReason,
    pub at: DateTime<Utc>,
    /// None where nobody's account did it.
    pub by: Option<String>,
}

/// The codes of those whose data may not be used now.
pub(super) fn restricted(people: People) -> Select<restriction::Entity> {
    restriction::Entity::find()
        .select_only()
        .column(restriction::Column::Record)
        .filter(restriction::Column::Kind.eq(people.kind()))
        .filter(restriction::Column::EndedAt.is_null())
}

/// The one that holds for a record, since the longest where there are several: two records
/// may have become one.
pub async fn of(
    db: &impl ConnectionTrait,
    people: People,
    code: &str,
) -> Result<Option<Restriction>, StorageError> {
    let row = restriction::Entity::find()
        .find_also_related(account::Entity)
        .filter(restriction::Column::Kind.eq(people.kind()))
        .filter(restriction::Column::Record.eq(code))
        .filter(restriction::Column::EndedAt.is_null())
        .order_by_asc(restriction::Column::Id)
        .limit(1)
        .one(db)
        .await?;
    row.map(|(row, account)| {
        Ok(Restriction {
            id: row.id,
            reason: TABLE.read("reason", RestrictionReason::parse(&row.reason))?,
            at: row.at,
            by: account.map(|account| account.name),
        })
    })
    .transpose()
}

/// Adds one.
pub async fn insert(
    db: &impl ConnectionTrait,
    people: People,
    code: &str,
    reason: RestrictionReason,
    (by, at): (Option<i64>, DateTime<Utc>),
) -> Result<(), StorageError> {
    let row = restriction::ActiveModel {
        kind: Set(people.kind().to_owned()),
        record: Set(code.to_owned()),
        reason: Set(reason.code().to_owned()),
        at: Set(at),
        account_id: Set(by),
        ended_at: Set(None),
        ended_by: Set(None),
        ..Default::default()
    };
    restriction::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Ends those that hold for a record; whether there was one.
pub async fn end(
    db: &impl ConnectionTrait,
    people: People,
    code: &str,
    (by, at): (Option<i64>, DateTime<Utc>),
) -> Result<bool, StorageError> {
    let done = restriction::Entity::update_many()
        .set(restriction::ActiveModel {
            ended_at: Set(Some(at)),
            ended_by: Set(by),
            ..Default::default()
        })
        .filter(restriction::Column::Kind.eq(people.kind()))
        .filter(restriction::Column::Record.eq(code))
        .filter(restriction::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Who of some people may not be written to: their data may not be used.
pub async fn among(
    db: &impl ConnectionTrait,
    people: &[Person],
) -> Result<HashSet<Person>, StorageError> {
    let (families, workers): (Vec<_>, Vec<_>) = people.iter().map(|one| one.keys()).unzip();
    let families: Vec<i64> = families.into_iter().flatten().collect();
    let workers: Vec<i64> = workers.into_iter().flatten().collect();
    let mut found = HashSet::new();
    if !families.is_empty() {
        let rows: Vec<i64> = family::Entity::find()
            .select_only()
            .column(family::Column::Id)
            .filter(family::Column::Id.is_in(families))
            .filter(family::Column::Code.in_subquery(restricted(People::Families).into_query()))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(Person::Family));
    }
    if !workers.is_empty() {
        let rows: Vec<i64> = worker::Entity::find()
            .select_only()
            .column(worker::Column::Id)
            .filter(worker::Column::Id.is_in(workers))
            .filter(worker::Column::Code.in_subquery(restricted(People::Workers).into_query()))
            .into_tuple()
            .all(db)
            .await?;
        found.extend(rows.into_iter().map(Person::Worker));
    }
    Ok(found)
}
