//! Pairs of records that may be one person's, found by the database: the same
//! number, address or name, or a name that sounds the same with the same day of
//! birth (or, where a day is not known, the same comune). And the pairs of which
//! somebody said that they are two.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult, Statement};
use sea_orm::{ColumnTrait, QueryFilter};

use super::entity::{different_people, family, worker, worker_statistic};
use super::error::StorageError;
use super::likely::{Candidate, family_candidate, worker_candidate};
use super::merges::People;
use super::rows::Cells;

/// Pairs that a look goes through at the most, the latest records first.
pub const MOST: u64 = 500;

#[derive(Debug, FromQueryResult)]
struct Pair {
    one: i64,
    other: i64,
}

#[derive(Debug, FromQueryResult)]
struct Counted {
    pairs: i64,
}

/// The pairs of a page, the latest records first: the earlier record of each, and
/// the later one.
pub async fn page(
    db: &impl ConnectionTrait,
    people: People,
    offset: u64,
    limit: u64,
) -> Result<Vec<(Candidate, Candidate)>, StorageError> {
    let found = found(people);
    let sql = format!(
        "SELECT one, other FROM ({found} ORDER BY other DESC, one DESC LIMIT {MOST}) AS found \
         ORDER BY other DESC, one DESC LIMIT {limit} OFFSET {offset}"
    );
    let pairs = Pair::find_by_statement(Statement::from_string(db.get_database_backend(), sql))
        .all(db)
        .await?;
    let ids: Vec<i64> = pairs
        .iter()
        .flat_map(|pair| [pair.one, pair.other])
        .collect();
    let people = candidates(db, people, ids).await?;
    let of = |id: i64| {
        let one = people.iter().find(|(key, _)| *key == id);
        one.map(|(_, one)| one.clone())
    };
    let whole = |pair: Pair| Some((of(pair.one)?, of(pair.other)?));
    Ok(pairs.into_iter().filter_map(whole).collect())
}

/// How many pairs there are, up to [`MOST`].
pub async fn count(db: &impl ConnectionTrait, people: People) -> Result<u64, StorageError> {
    let found = found(people);
    let sql = format!("SELECT count(*) AS pairs FROM ({found} LIMIT {MOST}) AS found");
    let counted =
        Counted::find_by_statement(Statement::from_string(db.get_database_backend(), sql))
            .one(db)
            .await?;
    let pairs = counted.map_or(0, |row| row.pairs);
    Cells("different_people").read("one", u64::try_from(pairs))
}

/// The statement of all pairs; nothing of it comes from outside the program.
fn found(people: People) -> String {
    let (table, kind) = match people {
        People::Workers => ("workers", "worker"),
        People::Families => ("families", "family"),
    };
    let same = |column: &str| {
        format!(
            "SELECT a.id AS one, b.id AS other FROM {table} a \
             JOIN {table} b ON b.{column} = a.{column} AND b.id > a.id"
        )
    };
    let alike = match people {
        People::Workers => format!(
            "{} LEFT JOIN worker_statistics sa ON sa.worker_id = a.id \
             LEFT JOIN worker_statistics sb ON sb.worker_id = b.id \
             WHERE a.sound <> '' AND (sa.birth_date = sb.birth_date OR \
             ((sa.birth_date IS NULL OR sb.birth_date IS NULL) AND a.comune = b.comune))",
            same("sound")
        ),
        People::Families => format!(
            "{} WHERE a.sound <> '' AND a.comune = b.comune",
            same("sound")
        ),
    };
    let (phone, email, name) = (same("phone"), same("email"), same("sort_name"));
    format!(
        "SELECT pairs.one, pairs.other FROM \
         ({phone} UNION {email} UNION {name} UNION {alike}) AS pairs \
         JOIN {table} x ON x.id = pairs.one JOIN {table} y ON y.id = pairs.other \
         WHERE NOT EXISTS (SELECT 1 FROM different_people d WHERE d.kind = '{kind}' \
         AND d.one = x.code AND d.other = y.code)"
    )
}

async fn candidates(
    db: &impl ConnectionTrait,
    people: People,
    ids: Vec<i64>,
) -> Result<Vec<(i64, Candidate)>, StorageError> {
    Ok(match people {
        People::Workers => worker::Entity::find()
            .find_also_related(worker_statistic::Entity)
            .filter(worker::Column::Id.is_in(ids))
            .all(db)
            .await?
            .into_iter()
            .map(|(row, statistic)| (row.id, worker_candidate(row, statistic)))
            .collect(),
        People::Families => family::Entity::find()
            .filter(family::Column::Id.is_in(ids))
            .all(db)
            .await?
            .into_iter()
            .map(|row| (row.id, family_candidate(row)))
            .collect(),
    })
}

/// Writes down that two records are two people's, in either order.
pub async fn say_different(
    db: &impl ConnectionTrait,
    people: People,
    codes: [&str; 2],
    at: DateTime<Utc>,
    by: i64,
) -> Result<(), StorageError> {
    let [one, other] = codes;
    let row = |one: &str, other: &str| different_people::ActiveModel {
        kind: Set(people.kind().to_owned()),
        one: Set(one.to_owned()),
        other: Set(other.to_owned()),
        said_at: Set(at),
        account_id: Set(by),
    };
    let once = OnConflict::columns([
        different_people::Column::Kind,
        different_people::Column::One,
        different_people::Column::Other,
    ])
    .do_nothing()
    .to_owned();
    different_people::Entity::insert_many([row(one, other), row(other, one)])
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
