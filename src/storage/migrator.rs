//! Brings the schema up to date, on a connection of its own. Two that start
//! together take turns. `SQLite` has foreign keys switched off there, before the
//! transaction begins: inside one the switch does nothing, and dropping a rebuilt
//! parent table would delete its children.

use std::time::Duration;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement, TransactionTrait};
use sea_orm_migration::MigratorTrait;

use super::connect::{Place, connect_options, immediate};
use super::error::{StorageError, is_locked};
use crate::migrations::Migrator;

// Any number will do, as long as every instance asks for the same.
const LOCK: i64 = 0x0044_4F4D;

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
    Ok(M::up(connection, None).await?)
}

/// The names of the migrations that are missing, without touching anything.
pub async fn pending(db: &super::connect::Db) -> Result<Vec<String>, StorageError> {
    let pending = Migrator::get_pending_migrations(db.read()).await?;
    Ok(pending
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect())
}
