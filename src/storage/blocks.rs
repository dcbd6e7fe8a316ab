//! People whom the desks propose to nobody for a while: why as a code, the
//! person's own words, who said so and who confirmed. From the first proposal on
//! until it ends nobody proposes them. The words leave this table for nowhere but
//! the desks' own page.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, SelectStatement, UnionType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
};

use super::entity::{account, block, family, restriction, worker};
use super::error::StorageError;
use super::merges::People;
use super::restrictions::restricted;
use super::rows::Cells;
use super::waiting::{Whose, of_desk};
use super::waits::{Cut, Of, says};
use crate::domain::reason::{ReasonList, find};

const TABLE: Cells = Cells("blocks");

/// Ended ones that a page shows.
const MOST_SHOWN: u64 = 20;

/// An account and when it spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub account: i64,
    pub name: String,
    pub at: DateTime<Utc>,
}

/// One block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub id: i64,
    pub version: i32,
    pub reason: &'static str,
    /// Empty as long as the person was not heard.
    pub words: String,
    pub review_on: NaiveDate,
    pub proposed: Said,
    pub confirmed: Option<Said>,
    pub lift_asked: Option<Said>,
    pub lift_words: String,
    pub ended: Option<Said>,
}

/// A block that is proposed.
#[derive(Debug, Clone)]
pub struct NewBlock<'a> {
    pub reason: &'static str,
    pub words: &'a str,
    pub review_on: NaiveDate,
}

/// The blocks of a record, the one that holds first, then the ended ones.
pub async fn of(
    db: &impl ConnectionTrait,
    people: People,
    code: &str,
) -> Result<Vec<Block>, StorageError> {
    let rows = block::Entity::find()
        .filter(block::Column::Kind.eq(people.kind()))
        .filter(block::Column::Record.eq(code))
        .order_by_desc(block::Column::Id)
        .limit(MOST_SHOWN)
        .all(db)
        .await?;
    let accounts = rows.iter().flat_map(|row| {
        let others = [row.confirmed_by, row.lift_asked_by, row.ended_by];
        std::iter::once(row.proposed_by).chain(others.into_iter().flatten())
    });
    let names: Vec<(i64, String)> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .column(account::Column::Name)
        .filter(account::Column::Id.is_in(accounts))
        .into_tuple()
        .all(db)
        .await?;
    let mut blocks = rows
        .into_iter()
        .map(|row| read(row, &names))
        .collect::<Result<Vec<_>, _>>()?;
    blocks.sort_by_key(|block| block.ended.is_some());
    Ok(blocks)
}

fn read(row: block::Model, names: &[(i64, String)]) -> Result<Block, StorageError> {
    let said = |by: Option<i64>, at: Option<DateTime<Utc>>| {
        let account = by?;
        let name = names.iter().find(|(id, _)| *id == account);
        Some(Said {
            account,
            name: name.map(|(_, name)| name.clone()).unwrap_or_default(),
            at: at?,
        })
    };
    let reason = find(ReasonList::Block, &row.reason);
    Ok(Block {
        id: row.id,
        version: row.version,
        reason: TABLE.some("reason", reason)?.code(),
        words: row.words,
        review_on: row.review_on,
        proposed: TABLE.some(
            "proposed_by",
            said(Some(row.proposed_by), Some(row.proposed_at)),
        )?,
        confirmed: said(row.confirmed_by, row.confirmed_at),
        lift_asked: said(row.lift_asked_by, row.lift_asked_at),
        lift_words: row.lift_words.unwrap_or_default(),
        ended: said(row.ended_by, row.ended_at),
    })
}

/// Adds one.
pub async fn insert(
    db: &impl ConnectionTrait,
    people: People,
    code: &str,
    new: &NewBlock<'_>,
    (by, at): (i64, DateTime<Utc>),
) -> Result<(), StorageError> {
    let row = block::ActiveModel {
        kind: Set(people.kind().to_owned()),
        record: Set(code.to_owned()),
        reason: Set(new.reason.to_owned()),
        words: Set(new.words.to_owned()),
        review_on: Set(new.review_on),
        proposed_by: Set(by),
        proposed_at: Set(at),
        version: Set(1),
        ..Default::default()
    };
    block::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Saves one over the version that was read.
pub async fn update(db: &impl ConnectionTrait, saved: &Block) -> Result<(), StorageError> {
    let by = |said: &Option<Said>| said.as_ref().map(|said| said.account);
    let at = |said: &Option<Said>| said.as_ref().map(|said| said.at);
    let lift_words = saved.lift_asked.is_some().then(|| saved.lift_words.clone());
    let row = block::ActiveModel {
        words: Set(saved.words.clone()),
        review_on: Set(saved.review_on),
        confirmed_by: Set(by(&saved.confirmed)),
        confirmed_at: Set(at(&saved.confirmed)),
        lift_asked_by: Set(by(&saved.lift_asked)),
        lift_asked_at: Set(at(&saved.lift_asked)),
        lift_words: Set(lift_words),
        ended_by: Set(by(&saved.ended)),
        ended_at: Set(at(&saved.ended)),
        version: Set(saved.version + 1),
        ..Default::default()
    };
    let done = block::Entity::update_many()
        .set(row)
        .filter(block::Column::Id.eq(saved.id))
        .filter(block::Column::Version.eq(saved.version))
        .exec(db)
        .await?;
    if done.rows_affected == 0 {
        return Err(StorageError::Stale { table: "blocks" });
    }
    Ok(())
}

/// The codes of those who are blocked.
fn blocked(people: People) -> Select<block::Entity> {
    block::Entity::find()
        .select_only()
        .column(block::Column::Record)
        .filter(block::Column::Kind.eq(people.kind()))
        .filter(block::Column::EndedAt.is_null())
}

/// The codes of those whom nobody proposes now: who is blocked, and whose data may not be
/// used.
pub(super) fn held(people: People) -> SelectStatement {
    let mut held = blocked(people).into_query();
    held.union(UnionType::All, restricted(people).into_query());
    held
}

/// The codes of all whom nobody proposes now. They are few.
pub async fn all_held(
    db: &impl ConnectionTrait,
    people: People,
) -> Result<HashSet<String>, StorageError> {
    codes(db, &held(people)).await
}

/// Which of some codes nobody proposes now.
pub async fn held_among(
    db: &impl ConnectionTrait,
    people: People,
    among: impl IntoIterator<Item = &str>,
) -> Result<HashSet<String>, StorageError> {
    let among: Vec<&str> = among.into_iter().collect();
    let theirs = || among.iter().copied();
    let restricted = restricted(people).filter(restriction::Column::Record.is_in(theirs()));
    let mut held = blocked(people)
        .filter(block::Column::Record.is_in(theirs()))
        .into_query();
    held.union(UnionType::All, restricted.into_query());
    codes(db, &held).await
}

async fn codes(
    db: &impl ConnectionTrait,
    query: &SelectStatement,
) -> Result<HashSet<String>, StorageError> {
    let rows = db.query_all(query).await?;
    let codes = rows.iter().map(|row| row.try_get_by_index::<String>(0));
    Ok(codes.collect::<Result<HashSet<String>, _>>()?)
}

/// Whether somebody is blocked.
pub async fn is_blocked(
    db: &impl ConnectionTrait,
    people: People,
    code: &str,
) -> Result<bool, StorageError> {
    let one: Option<String> = blocked(people)
        .filter(block::Column::Record.eq(code))
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(one.is_some())
}

/// Whether no sheet may stand for somebody: a block is confirmed, or their data may not be
/// used.
pub async fn is_final(
    db: &impl ConnectionTrait,
    people: People,
    code: &str,
) -> Result<bool, StorageError> {
    let restricted = restricted(people).filter(restriction::Column::Record.eq(code));
    let mut held = blocked(people)
        .filter(block::Column::Record.eq(code))
        .filter(block::Column::ConfirmedAt.is_not_null())
        .into_query();
    held.union(UnionType::All, restricted.into_query());
    Ok(!codes(db, &held).await?.is_empty())
}

/// A block on which somebody has something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockLine {
    pub code: String,
    pub name: String,
    pub review_on: NaiveDate,
    pub to_confirm: bool,
    pub to_lift: bool,
}

/// Code, day, first and last word, names.
type Row = (
    String,
    NaiveDate,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    String,
    String,
);

/// The blocks that wait: for a second word, or because their day has come; in no
/// order.
pub(super) fn due(
    people: People,
    whose: &Whose,
    today: NaiveDate,
    words: &[String],
) -> Select<block::Entity> {
    let due = Condition::any()
        .add(block::Column::ConfirmedAt.is_null())
        .add(block::Column::LiftAskedAt.is_not_null())
        .add(block::Column::ReviewOn.lte(today));
    let query = block::Entity::find()
        .filter(block::Column::Kind.eq(people.kind()))
        .filter(block::Column::EndedAt.is_null())
        .filter(due);
    macro_rules! of {
        ($entity:ident, $of:expr) => {{
            let theirs: sea_orm::RelationDef = block::Entity::belongs_to($entity::Entity)
                .from(block::Column::Record)
                .to($entity::Column::Code)
                .into();
            let key = Expr::col(($entity::Entity, $entity::Column::Id));
            let query = query
                .join(JoinType::InnerJoin, theirs)
                .filter(says(words, &[(key, $of)]));
            match whose {
                Whose::Mine(_, code) | Whose::Desk(code) => {
                    query.filter($entity::Column::DeskId.in_subquery(of_desk(code)))
                }
                Whose::Everybody => query,
            }
        }};
    }
    match people {
        People::Workers => of!(worker, Of::Worker),
        People::Families => of!(family, Of::Family),
    }
}

/// Some of those blocks, by the day on which they are looked at again.
pub async fn waiting(
    db: &impl ConnectionTrait,
    people: People,
    whose: &Whose,
    today: NaiveDate,
    cut: Cut<'_>,
) -> Result<Vec<BlockLine>, StorageError> {
    let query = due(people, whose, today, cut.words)
        .select_only()
        .column(block::Column::Record)
        .column(block::Column::ReviewOn)
        .column(block::Column::ConfirmedAt)
        .column(block::Column::LiftAskedAt);
    let query = match people {
        People::Workers => query
            .column(worker::Column::GivenName)
            .column(worker::Column::FamilyName),
        People::Families => query
            .column(family::Column::GivenName)
            .column(family::Column::FamilyName),
    };
    let rows: Vec<Row> = query
        .order_by_asc(block::Column::ReviewOn)
        .order_by_asc(block::Column::Id)
        .offset(cut.from)
        .limit(cut.most)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(
            |(code, review_on, confirmed, lift, given, family)| BlockLine {
                code,
                name: format!("{given} {family}"),
                review_on,
                to_confirm: confirmed.is_none(),
                to_lift: lift.is_some(),
            },
        )
        .collect())
}
