//! What was committed of what matching reads, since some revision. The triggers of
//! the database write it; nobody else does.

use std::collections::BTreeSet;

use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{counter, pool_change, pool_revision};
use super::error::StorageError;

/// The counter of revisions.
const COUNTER: &str = "pool";

/// Changes beyond which everything is read anew.
const MOST: u64 = 10_000;

/// How the database stands, seen from a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// Nothing was committed since.
    Nothing,
    Changed(Changes),
    /// So much was committed, or so long ago, that it is not told any more.
    TooMuch {
        /// Of what is committed.
        revision: i64,
    },
}

/// What changed up to a revision.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    pub revision: i64,
    /// Codes of workers.
    pub workers: BTreeSet<String>,
    /// Worker and request of introductions.
    pub introductions: BTreeSet<(String, String)>,
    /// Whether the weights changed, or who of the families is held back.
    pub others: bool,
}

/// The revision of what is committed.
pub async fn revision(db: &impl ConnectionTrait) -> Result<i64, StorageError> {
    super::counters::last(db, COUNTER).await
}

/// What was committed since a revision: one statement, and two index look-ups where
/// that is nothing.
pub async fn since(db: &impl ConnectionTrait, known: i64) -> Result<Since, StorageError> {
    let rows = db.query_all(&query(known)).await?;
    let mut changes = Changes {
        revision: known,
        ..Changes::default()
    };
    let mut last = known;
    for row in &rows {
        last = row.try_get_by_index(0)?;
        let Some(revision): Option<i64> = row.try_get_by_index(1)? else {
            break;
        };
        // Revisions have no gaps: what lacks one was forgotten.
        if revision > changes.revision + 1 {
            return Ok(Since::TooMuch { revision: last });
        }
        changes.revision = revision;
        let worker: Option<String> = row.try_get_by_index(2)?;
        let request: Option<String> = row.try_get_by_index(3)?;
        match (worker.unwrap_or_default(), request.unwrap_or_default()) {
            (worker, _) if worker.is_empty() => changes.others = true,
            (worker, request) if request.is_empty() => {
                changes.workers.insert(worker);
            }
            pair => {
                changes.introductions.insert(pair);
            }
        }
    }
    Ok(if last == known {
        Since::Nothing
    } else if changes.revision != last || rows.len() as u64 > MOST {
        Since::TooMuch { revision: last }
    } else {
        Since::Changed(changes)
    })
}

fn query(known: i64) -> SelectStatement {
    use pool_change::Column as Change;
    use pool_revision::Column as Revision;
    let batch = Expr::col((pool_change::Entity, Change::Batch));
    Query::select()
        .column((counter::Entity, counter::Column::Last))
        .column((pool_revision::Entity, Revision::Revision))
        .column((pool_change::Entity, Change::Worker))
        .column((pool_change::Entity, Change::Request))
        .from(counter::Entity)
        .left_join(
            pool_revision::Entity,
            Expr::col((pool_revision::Entity, Revision::Revision)).gt(known),
        )
        .left_join(
            pool_change::Entity,
            batch.equals((pool_revision::Entity, Revision::Batch)),
        )
        .and_where(Expr::col((counter::Entity, counter::Column::Name)).eq(COUNTER))
        .order_by((pool_revision::Entity, Revision::Revision), Order::Asc)
        .limit(MOST + 1)
        .take()
}

/// Forgets changes but the newest `kept` or so, at most `most` revisions of them;
/// how many revisions. Whoever had not seen them reads everything anew.
pub async fn forget(db: &impl ConnectionTrait, kept: u64, most: u32) -> Result<u64, StorageError> {
    use pool_change::Column as Change;
    use pool_revision::Column as Revision;
    let batch = Expr::col((pool_change::Entity, Change::Batch));
    let cut = Query::select()
        .column((pool_revision::Entity, Revision::Revision))
        .from(pool_revision::Entity)
        .inner_join(
            pool_change::Entity,
            batch.equals((pool_revision::Entity, Revision::Batch)),
        )
        .and_where(Expr::col((pool_revision::Entity, Revision::Revision)).is_not_null())
        .order_by((pool_revision::Entity, Revision::Revision), Order::Desc)
        .offset(kept)
        .limit(1)
        .take();
    let Some(cut) = db.query_one(&cut).await? else {
        return Ok(0);
    };
    let cut: i64 = cut.try_get_by_index(0)?;
    let oldest: Option<Option<i64>> = pool_revision::Entity::find()
        .select_only()
        .column_as(Revision::Revision.min(), "oldest")
        .into_tuple()
        .one(db)
        .await?;
    let end = oldest.flatten().unwrap_or(cut) + i64::from(most) - 1;
    let old = Revision::Revision.lte(Ord::min(cut, end));
    let batches = pool_revision::Entity::find()
        .select_only()
        .column(Revision::Batch)
        .filter(old.clone());
    pool_change::Entity::delete_many()
        .filter(Change::Batch.in_subquery(batches.into_query()))
        .exec(db)
        .await?;
    let gone = pool_revision::Entity::delete_many()
        .filter(old)
        .exec(db)
        .await?;
    Ok(gone.rows_affected)
}
