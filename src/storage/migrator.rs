//! Brings the schema up to date, on a connection of its own. Two that start
//! together take turns. `SQLite` has foreign keys switched off there, before the
//! transaction begins: inside one the switch does nothing, and dropping a rebuilt
//! parent table would delete its children.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::Duration;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement, TransactionTrait};
use sea_orm_migration::MigratorTrait;

use super::connect::{Db, Place, connect_options, immediate, make_private};
use super::copies::tables;
use super::error::{StorageError, is_locked};
use crate::migrations::Migrator;

// Any number will do, as long as every instance asks for the same.
const LOCK: i64 = 0x0044_4F4D;

/// Who logs the schema's steps: two lines for each bury what a first start says.
pub const STEPS: &str = "sea_orm_migration";

// How often, and after what pause, a new file is opened again while somebody else
// makes it: the switch to the write-ahead log does not wait for its lock.
const OPENINGS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// Applies what is missing. Two instances that start together take turns.
pub async fn migrate(place: &Place) -> Result<(), StorageError> {
    migrate_with::<Migrator>(place).await
}

/// The same for the migrations of `M`, so that a test can bring its own.
pub async fn migrate_with<M: MigratorTrait>(place: &Place) -> Result<(), StorageError> {
    up::<M, _>(place, async |_: String| Ok(())).await
}

/// The same, doing `before` with the name of the first migration that an older program's
/// database lacks, while nobody else may write to it or migrate it.
pub async fn migrate_after<E: From<StorageError>>(
    place: &Place,
    before: impl AsyncFnOnce(String) -> Result<(), E>,
) -> Result<(), E> {
    up::<Migrator, E>(place, before).await
}

async fn up<M: MigratorTrait, E: From<StorageError>>(
    place: &Place,
    before: impl AsyncFnOnce(String) -> Result<(), E>,
) -> Result<(), E> {
    let connection = open(place).await?;
    let done = match missing::<M>(&connection).await {
        Err(error) => Err(error.into()),
        // What is there needs no lock: most starts end here.
        Ok(missing) if missing.names.is_empty() => Ok(()),
        Ok(missing) => {
            let steps = missing.names.len();
            tracing::info!(steps, "bringing the schema up to date");
            match place {
                Place::Sqlite(_) => up_in_one::<M, E>(&connection, before).await,
                Place::Postgres(_) => up_locked::<M, E>(&connection, before).await,
            }
        }
    };
    connection.close().await.map_err(StorageError::from)?;
    done
}

async fn open(place: &Place) -> Result<DatabaseConnection, StorageError> {
    make_private(place);
    for _ in 1..OPENINGS {
        match Database::connect(connect_options(place, 1, false)).await {
            Err(error) if is_locked(&error) => tokio::time::sleep(PAUSE).await,
            opened => return Ok(opened?),
        }
    }
    Ok(Database::connect(connect_options(place, 1, false)).await?)
}

// Whoever comes second waits for the write lock before looking at what is missing.
// The transaction of each migration becomes a savepoint in this one.
async fn up_in_one<M: MigratorTrait, E: From<StorageError>>(
    connection: &DatabaseConnection,
    before: impl AsyncFnOnce(String) -> Result<(), E>,
) -> Result<(), E> {
    let all = connection.begin_with_options(immediate()).await;
    let all = all.map_err(StorageError::from)?;
    told::<M, E>(&all, before).await?;
    M::up(&all, None).await.map_err(StorageError::from)?;
    Ok(all.commit().await.map_err(StorageError::from)?)
}

// A session's lock: it goes with the connection.
async fn up_locked<M: MigratorTrait, E: From<StorageError>>(
    connection: &DatabaseConnection,
    before: impl AsyncFnOnce(String) -> Result<(), E>,
) -> Result<(), E> {
    let lock = Statement::from_string(
        connection.get_database_backend(),
        format!("SELECT pg_advisory_lock({LOCK})"),
    );
    let locked = connection.execute_raw(lock).await;
    locked.map_err(StorageError::from)?;
    told::<M, E>(connection, before).await?;
    Ok(M::up(connection, None).await.map_err(StorageError::from)?)
}

/// Looks once more, now that nobody else migrates.
async fn told<M: MigratorTrait, E: From<StorageError>>(
    db: &impl ConnectionTrait,
    before: impl AsyncFnOnce(String) -> Result<(), E>,
) -> Result<(), E> {
    let missing = missing::<M>(db).await?;
    match missing.names.into_iter().next() {
        Some(first) if missing.is_older => before(first).await,
        _ => Ok(()),
    }
}

/// What a database lacks.
struct Missing {
    /// Whether it has some migrations.
    is_older: bool,
    /// In the order in which they are applied.
    names: Vec<String>,
}

/// A schema of the future is an error, and left as it is.
async fn missing<M: MigratorTrait>(db: &impl ConnectionTrait) -> Result<Missing, StorageError> {
    let there = tables(db).await?;
    let applied: BTreeSet<String> = if there.iter().any(|name| name == "seaql_migrations") {
        applied(db).await?.into_iter().collect()
    } else {
        BTreeSet::new()
    };
    let known = M::migrations();
    let known: Vec<&str> = known.iter().map(|one| one.name()).collect();
    // The newest says best what is needed.
    let unknown = applied
        .iter()
        .rev()
        .find(|name| !known.contains(&name.as_str()));
    if let Some(migration) = unknown {
        return Err(StorageError::Newer {
            migration: migration.clone(),
        });
    }
    let names = known.into_iter().filter(|name| !applied.contains(*name));
    Ok(Missing {
        is_older: !applied.is_empty(),
        names: names.map(ToOwned::to_owned).collect(),
    })
}

/// How a schema stands beside this program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    Current,
    Older,
    Newer,
}

/// The names of this program's migrations: making them all is not for every question.
static NAMES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let all = Migrator::migrations();
    all.iter().map(|one| one.name().to_owned()).collect()
});

/// How the schema stands, in one statement: asked again and again while the program
/// works, since another program may migrate meanwhile.
pub async fn stand(db: &Db) -> Result<Stand, StorageError> {
    let applied: BTreeSet<String> = applied(db.read()).await?.into_iter().collect();
    Ok(if !applied.is_subset(&NAMES) {
        Stand::Newer
    } else if applied.len() < NAMES.len() {
        Stand::Older
    } else {
        Stand::Current
    })
}

async fn applied(db: &impl ConnectionTrait) -> Result<Vec<String>, StorageError> {
    let kind = db.get_database_backend();
    let sql = "SELECT version FROM seaql_migrations ORDER BY version DESC";
    let rows = db.query_all_raw(Statement::from_string(kind, sql)).await?;
    let names = rows.iter().map(|row| row.try_get("", "version"));
    Ok(names.collect::<Result<_, _>>()?)
}

/// The names of the migrations that are missing; a newer program's schema is an
/// error. Looks without touching anything.
pub async fn pending(db: &Db) -> Result<Vec<String>, StorageError> {
    Ok(missing::<Migrator>(db.read()).await?.names)
}

/// Whether a migration is one of this program's.
pub fn knows(name: &str) -> bool {
    NAMES.contains(name)
}
