//! The links by which workers and families see to their own matters. Only hashes
//! of their tokens are kept; what stands in an address afterwards says nothing.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::entity::{account, private_link};
use super::error::StorageError;
use super::mailings::Person;
use super::rows::Cells;
use crate::domain::private_link::{Handed, Term};

const TABLE: Cells = Cells("private_links");
/// Links that a page shows.
const MOST_SHOWN: u64 = 20;

/// A link to be kept.
#[derive(Debug, Clone)]
pub struct NewLink {
    pub person: Person,
    pub public_id: String,
    pub token_hash: String,
    pub how: Handed,
    pub made_at: DateTime<Utc>,
    /// None where the program made it by itself.
    pub made_by: Option<i64>,
    pub ends_on: NaiveDate,
}

/// A link as it is kept.
#[derive(Debug, Clone)]
pub struct StoredLink {
    pub id: i64,
    pub person: Person,
    pub public_id: String,
    pub token_hash: String,
    pub how: Handed,
    pub made_at: DateTime<Utc>,
    pub made_by: Option<i64>,
    pub term: Term,
}

/// Keeps a link.
pub async fn insert(db: &impl ConnectionTrait, new: &NewLink) -> Result<(), StorageError> {
    let (family_id, worker_id) = new.person.keys();
    let row = private_link::ActiveModel {
        family_id: Set(family_id),
        worker_id: Set(worker_id),
        public_id: Set(new.public_id.clone()),
        token_hash: Set(new.token_hash.clone()),
        how: Set(new.how.code().to_owned()),
        made_at: Set(new.made_at),
        made_by_id: Set(new.made_by),
        ends_on: Set(new.ends_on),
        ended_at: Set(None),
        ..Default::default()
    };
    private_link::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The link of a token.
pub async fn of_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<StoredLink>, StorageError> {
    one(db, private_link::Column::TokenHash.eq(token_hash)).await
}

/// The link that an address names.
pub async fn of_address(
    db: &impl ConnectionTrait,
    public_id: &str,
) -> Result<Option<StoredLink>, StorageError> {
    one(db, private_link::Column::PublicId.eq(public_id)).await
}

async fn one(
    db: &impl ConnectionTrait,
    which: SimpleExpr,
) -> Result<Option<StoredLink>, StorageError> {
    let row = private_link::Entity::find().filter(which).one(db).await?;
    row.map(read).transpose()
}

/// The latest links of a person that hold, with who made each.
pub async fn in_force(
    db: &impl ConnectionTrait,
    person: Person,
    today: NaiveDate,
) -> Result<Vec<(StoredLink, Option<String>)>, StorageError> {
    let rows = private_link::Entity::find()
        .find_also_related(account::Entity)
        .filter(of(person))
        .filter(private_link::Column::EndedAt.is_null())
        .filter(private_link::Column::EndsOn.gte(today))
        .order_by_desc(private_link::Column::Id)
        .limit(MOST_SHOWN)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, account)| Ok((read(row)?, account.map(|account| account.name))))
        .collect()
}

/// Ends every link of a person; how many held.
pub async fn end_all(
    db: &impl ConnectionTrait,
    person: Person,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let done = private_link::Entity::update_many()
        .col_expr(private_link::Column::EndedAt, Expr::val(now))
        .filter(of(person))
        .filter(private_link::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

fn of(person: Person) -> SimpleExpr {
    match person {
        Person::Family(id) => private_link::Column::FamilyId.eq(id),
        Person::Worker(id) => private_link::Column::WorkerId.eq(id),
    }
}

fn read(row: private_link::Model) -> Result<StoredLink, StorageError> {
    Ok(StoredLink {
        id: row.id,
        person: TABLE.some("worker_id", Person::of(row.family_id, row.worker_id))?,
        public_id: row.public_id,
        token_hash: row.token_hash,
        how: TABLE.read("how", Handed::parse(&row.how))?,
        made_at: row.made_at,
        made_by: row.made_by_id,
        term: Term {
            ends_on: row.ends_on,
            ended: row.ended_at.is_some(),
        },
    })
}
