//! A whole database carried over to one of the other kind, table by table, each in
//! one transaction: what is interrupted goes on with the first table that is not
//! done. References and triggers of the place it goes to are taken away before and
//! put back after, when every row is there to be checked. What was read and what
//! arrived must have the same digest.

mod cells;
mod scaffold;

use futures_util::StreamExt as _;
use sea_orm::sea_query::Query;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, StreamTrait};

use super::connect::{Db, Place};
use super::copies::{is_empty, tables};
use super::error::StorageError;
use super::migrator;
use cells::{Digest, Shape, read};

/// Rows written by one statement, and what a statement may be given at the most.
const PIECE: usize = 500;
const MOST_VALUES: usize = 30_000;

/// Kept by the migrations themselves on both sides.
const OWN: &str = "seaql_migrations";

/// A table that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    pub table: String,
    pub rows: u64,
    /// Of all its cells in the order of its key, in hexadecimal.
    pub sha256: String,
}

/// Why a database did not move.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    #[error("both are of one kind: dom backup and dom restore carry those")]
    SameKind,
    #[error(
        "the database to move to is not empty, and no move was begun there: nothing was changed"
    )]
    NotEmpty,
    #[error("the database to move from is of an older program: run dom migrate there first")]
    Older,
    #[error("the databases have different tables: {0}")]
    Tables(String),
    #[error("{table}.{column} has the type {found}, which a move does not know")]
    Type {
        table: String,
        column: String,
        found: String,
    },
    #[error("{table} did not arrive as it was read: {read} rows left, {arrived} came")]
    Differs {
        table: String,
        read: u64,
        arrived: u64,
    },
    #[error("a reference leads to nothing in {0}")]
    Reference(String),
    #[error(transparent)]
    Storage(StorageError),
}

impl<E: Into<StorageError>> From<E> for MoveError {
    fn from(error: E) -> Self {
        Self::Storage(error.into())
    }
}

/// Carries everything, or what an interrupted move left; `told` hears of each table
/// as it is done. Nobody may write to either database meanwhile.
pub async fn carry(
    from: &Place,
    to: &Place,
    mut told: impl FnMut(&Carried),
) -> Result<Vec<Carried>, MoveError> {
    if std::mem::discriminant(from) == std::mem::discriminant(to) {
        return Err(MoveError::SameKind);
    }
    let source = Db::open(from, 2).await?;
    if !migrator::pending(&source).await?.is_empty() {
        return Err(MoveError::Older);
    }
    let is_new = is_empty(to).await?;
    let target = Db::open_unchecked(to).await?;
    let done = match made_ready(&target, to, is_new).await {
        Ok(()) => all(&source, &target, &mut told).await,
        Err(error) => Err(error),
    };
    target.close().await?;
    source.close().await?;
    done
}

/// An empty place gets a mark, then the schema: interrupted between, it is known again.
async fn made_ready(target: &Db, to: &Place, is_new: bool) -> Result<(), MoveError> {
    if is_new {
        scaffold::begin(target).await?;
    }
    let there = tables(target.read()).await?;
    if !there.iter().any(|name| name == scaffold::TABLE) {
        return Err(MoveError::NotEmpty);
    }
    if !scaffold::is_ready(target).await? {
        migrator::migrate(to).await?;
        scaffold::take_away(target).await?;
    }
    Ok(())
}

async fn all(
    source: &Db,
    target: &Db,
    told: &mut impl FnMut(&Carried),
) -> Result<Vec<Carried>, MoveError> {
    let there = tables(target.read()).await?;
    let names = tables(source.read()).await?;
    let other = |table: &&String| ![OWN, scaffold::TABLE].contains(&table.as_str());
    let (here, there): (Vec<_>, Vec<_>) = (
        names.iter().filter(other).collect(),
        there.iter().filter(other).collect(),
    );
    if here != there {
        let odd = here.iter().filter(|name| !there.contains(name));
        let odd = odd.chain(there.iter().filter(|name| !here.contains(name)));
        let odd: Vec<&str> = odd.map(|name| name.as_str()).collect();
        return Err(MoveError::Tables(odd.join(", ")));
    }
    let mut carried = Vec::new();
    for name in here {
        if let Some(before) = scaffold::done(target, name).await? {
            carried.push(before);
            continue;
        }
        let shape = cells::shape(source, target, name).await?;
        let one = table(source, target, &shape).await?;
        told(&one);
        carried.push(one);
    }
    scaffold::put_back(source, target).await?;
    Ok(carried)
}

/// One table, whole or not at all.
async fn table(source: &Db, target: &Db, shape: &Shape) -> Result<Carried, MoveError> {
    let write = target.write().await?;
    let mut left = Digest::default();
    {
        let mut rows = source.read().stream_raw(select(source, shape)).await?;
        let most = (MOST_VALUES / shape.columns.len().max(1)).clamp(1, PIECE);
        let mut piece = Vec::with_capacity(most);
        while let Some(row) = rows.next().await {
            piece.push(noted(&row?, shape, &mut left)?);
            if piece.len() == most {
                insert(&*write, shape, std::mem::take(&mut piece)).await?;
            }
        }
        insert(&*write, shape, piece).await?;
    }
    let mut arrived = Digest::default();
    {
        let mut rows = write.stream_raw(select(target, shape)).await?;
        while let Some(row) = rows.next().await {
            noted(&row?, shape, &mut arrived)?;
        }
    }
    let (read, came) = (left.rows, arrived.rows);
    let sha256 = left.finish();
    if read != came || sha256 != arrived.finish() {
        return Err(MoveError::Differs {
            table: shape.table.clone(),
            read,
            arrived: came,
        });
    }
    let carried = Carried {
        table: shape.table.clone(),
        rows: read,
        sha256,
    };
    scaffold::note_done(&*write, &carried).await?;
    write.commit().await?;
    Ok(carried)
}

fn noted(
    row: &QueryResult,
    shape: &Shape,
    digest: &mut Digest,
) -> Result<Vec<sea_orm::Value>, StorageError> {
    let cells = read(row, shape)?;
    digest.add(&cells);
    Ok(cells)
}

async fn insert(
    db: &impl ConnectionTrait,
    shape: &Shape,
    rows: Vec<Vec<sea_orm::Value>>,
) -> Result<(), StorageError> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert.into_table(shape.table.clone());
    insert.columns(shape.columns.iter().map(|(name, _)| name.clone()));
    for row in rows {
        insert.values_panic(row.into_iter().map(Into::into));
    }
    db.execute(&insert).await?;
    Ok(())
}

/// All cells in the order of the key: bytes of text, on both kinds.
fn select(db: &Db, shape: &Shape) -> Statement {
    let kind = db.read().get_database_backend();
    let quoted = |name: &String| format!("\"{name}\"");
    let columns: Vec<String> = shape.columns.iter().map(|(name, _)| quoted(name)).collect();
    let bytewise = match kind {
        DbBackend::Postgres => " COLLATE \"C\"",
        _ => "",
    };
    let key = shape.key.iter().map(|name| {
        if shape.is_text(name) {
            format!("{}{bytewise}", quoted(name))
        } else {
            quoted(name)
        }
    });
    let sql = format!(
        "SELECT {} FROM \"{}\" ORDER BY {}",
        columns.join(", "),
        shape.table,
        key.collect::<Vec<_>>().join(", ")
    );
    Statement::from_string(kind, sql)
}
