//! Whose data were erased: by code, since when and by whom. A code stays here for good, so
//! that nothing brings its person back.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use super::entity::{erasure, family, worker};
use super::error::StorageError;
use super::mailings::Person;
use super::merges::People;

/// A row: whose, and when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Erasure {
    /// `worker` or `family`.
    pub kind: String,
    pub record: String,
    pub at: DateTime<Utc>,
}

/// Adds a row for each code; those that are there already stay as they are.
pub async fn insert_many(
    db: &impl ConnectionTrait,
    people: People,
    codes: &[&str],
    (by, at): (Option<i64>, DateTime<Utc>),
    from_list: bool,
) -> Result<(), StorageError> {
    if codes.is_empty() {
        return Ok(());
    }
    let rows = codes.iter().map(|code| erasure::ActiveModel {
        kind: Set(people.kind().to_owned()),
        record: Set((*code).to_owned()),
        at: Set(at),
        account_id: Set(by),
        from_list: Set(from_list),
    });
    let key = [erasure::Column::Kind, erasure::Column::Record];
    erasure::Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Since when the person of a code is erased.
pub async fn find(
    db: &impl ConnectionTrait,
    people: People,
    code: &str,
) -> Result<Option<DateTime<Utc>>, StorageError> {
    let row = erasure::Entity::find()
        .filter(erasure::Column::Kind.eq(people.kind()))
        .filter(erasure::Column::Record.eq(code))
        .one(db)
        .await?;
    Ok(row.map(|row| row.at))
}

/// Which of some codes are of people who were erased.
pub async fn among(
    db: &impl ConnectionTrait,
    people: People,
    codes: &[&str],
) -> Result<HashSet<String>, StorageError> {
    if codes.iter().all(|code| code.is_empty()) {
        return Ok(HashSet::new());
    }
    let found: Vec<String> = of(people)
        .filter(erasure::Column::Record.is_in(codes.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// All of them, in the order of the list beside the copies.
pub async fn all(db: &impl ConnectionTrait) -> Result<BTreeSet<Erasure>, StorageError> {
    let rows = erasure::Entity::find()
        .order_by_asc(erasure::Column::Kind)
        .order_by_asc(erasure::Column::Record)
        .all(db)
        .await?;
    let rows = rows.into_iter().map(|row| Erasure {
        kind: row.kind,
        record: row.record,
        at: row.at,
    });
    Ok(rows.collect())
}

/// The codes of one kind.
pub(super) fn of(people: People) -> sea_orm::Select<erasure::Entity> {
    erasure::Entity::find()
        .select_only()
        .column(erasure::Column::Record)
        .filter(erasure::Column::Kind.eq(people.kind()))
}

/// What of a list of people is not of somebody who was erased.
pub(super) fn living(people: People) -> Condition {
    let erased = of(people).into_query();
    Condition::all().add(match people {
        People::Workers => worker::Column::Code.not_in_subquery(erased),
        People::Families => family::Column::Code.not_in_subquery(erased),
    })
}

/// Who of some people was erased.
pub async fn people_among(
    db: &impl ConnectionTrait,
    people: &[Person],
) -> Result<HashSet<Person>, StorageError> {
    let (families, workers): (Vec<_>, Vec<_>) = people.iter().map(|one| one.keys()).unzip();
    let families: Vec<i64> = families.into_iter().flatten().collect();
    let workers: Vec<i64> = workers.into_iter().flatten().collect();
    let erased_families: Vec<i64> = family::Entity::find()
        .select_only()
        .column(family::Column::Id)
        .filter(family::Column::Id.is_in(families))
        .filter(family::Column::Code.in_subquery(of(People::Families).into_query()))
        .into_tuple()
        .all(db)
        .await?;
    let erased_workers: Vec<i64> = worker::Entity::find()
        .select_only()
        .column(worker::Column::Id)
        .filter(worker::Column::Id.is_in(workers))
        .filter(worker::Column::Code.in_subquery(of(People::Workers).into_query()))
        .into_tuple()
        .all(db)
        .await?;
    let families = erased_families.into_iter().map(Person::Family);
    Ok(families
        .chain(erased_workers.into_iter().map(Person::Worker))
        .collect())
}
