//! Brings the schema up to date, on a connection of its own. Two that start
//! together take turns. `SQLite` has foreign keys switched off there, before the
//! transaction begins: inside one the switch does nothing, and dropping a rebuilt
//! parent table would delete its children.

use std::time::Duration;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement, TransactionTrait};
use sea_orm_migration::MigratorTrait;

use super::connect::{Db, Place, connect_options, immediate};
use super::copies::{is_empty, tables};
use super::error::{StorageError, is_locked};
use crate::migrations::Migrator;

// Any number will do, as long as every instance asks for the same.
const LOCK: i64 = 0x0044_4F4D;

// How often, and after what pause, a new file is opened again while somebody else
// makes it: the switch to the write-ahead log does not wait for its lock.
const OPENINGS: u32 = 50;
const PAUSE: Duration = Duration::from_millis(100);

/// The first migration that an older program's database lacks; none where the
/// database is new, or as this program has it.
pub async fn upgrade_begins_at(place: &Place) -> Result<Option<String>, StorageError> {
    if is_empty(place).await? {
        return Ok(None);
    }
    let db = Db::open(place, 1).await?;
    let missing = pending(&db).await;
    db.close().await?;
    Ok(missing?.into_iter().next())
}

/// Applies what is missing. Two instances that start together take turns.
pub async fn migrate(place: &Place) -> Result<(), StorageError> {
    migrate_with::<Migrator>(place).await
}

/// The same for the migrations of `M`, so that a test can bring its own.
pub async fn migrate_with<M: MigratorTrait>(place: &Place) -> Result<(), StorageError> {
    let connection = open(place).await?;
    let done = match place {
        Place::Sqlite(_) => up_in_one::<M>(&connection).await,
        Place::Postgres(_) => up_locked::<M>(&connection).await,
    };
    connection.close().await?;
    done
}

async fn open(place: &Place) -> Result<DatabaseConnection, StorageError> {
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
async fn up_in_one<M: MigratorTrait>(connection: &DatabaseConnection) -> Result<(), StorageError> {
    let all = connection.begin_with_options(immediate()).await?;
    refuse_newer::<M>(&all).await?;
    M::up(&all, None).await?;
    Ok(all.commit().await?)
}

// A session's lock: it goes with the connection.
async fn up_locked<M: MigratorTrait>(connection: &DatabaseConnection) -> Result<(), StorageError> {
    let lock = Statement::from_string(
        connection.get_database_backend(),
        format!("SELECT pg_advisory_lock({LOCK})"),
    );
    connection.execute_raw(lock).await?;
    refuse_newer::<M>(connection).await?;
    Ok(M::up(connection, None).await?)
}

/// A schema of the future is left as it is.
async fn refuse_newer<M: MigratorTrait>(db: &impl ConnectionTrait) -> Result<(), StorageError> {
    if !tables(db)
        .await?
        .iter()
        .any(|name| name == "seaql_migrations")
    {
        return Ok(());
    }
    let kind = db.get_database_backend();
    let sql = "SELECT version FROM seaql_migrations ORDER BY version DESC";
    let applied = db.query_all_raw(Statement::from_string(kind, sql)).await?;
    let known = M::migrations();
    for row in applied {
        let migration: String = row.try_get("", "version")?;
        if !known.iter().any(|known| known.name() == migration) {
            return Err(StorageError::Newer { migration });
        }
    }
    Ok(())
}

/// The names of the migrations that are missing; a newer program's schema is an
/// error. Looks without touching anything.
pub async fn pending(db: &Db) -> Result<Vec<String>, StorageError> {
    refuse_newer::<Migrator>(db.read()).await?;
    let pending = Migrator::get_pending_migrations(db.read()).await?;
    Ok(pending
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect())
}

/// Whether a migration is one of this program's.
pub fn knows(name: &str) -> bool {
    let known = Migrator::migrations();
    known.iter().any(|migration| migration.name() == name)
}
