//! Brings the schema up to date: each migration in a transaction of its own, on
//! a connection of its own. `SQLite` has foreign keys switched off there, before
//! the transaction begins: inside one the switch does nothing, and dropping a
//! rebuilt parent table would delete its children.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
use sea_orm_migration::MigratorTrait;

use super::connect::{Place, connect_options};
use super::error::StorageError;
use crate::migrations::Migrator;

// Any number will do, as long as every instance asks for the same.
const LOCK: i64 = 0x0044_4F4D;

/// Applies what is missing. Two instances that start together take turns.
pub async fn migrate(place: &Place) -> Result<(), StorageError> {
    migrate_with::<Migrator>(place).await
}

/// The same for the migrations of `M`, so that a test can bring its own.
pub async fn migrate_with<M: MigratorTrait>(place: &Place) -> Result<(), StorageError> {
    let connection = Database::connect(connect_options(place, 1, false)).await?;
    lock(&connection, place).await?;
    let done = M::up(&connection, None).await;
    connection.close().await?;
    Ok(done?)
}

// A session's lock: it goes with the connection.
async fn lock(connection: &DatabaseConnection, place: &Place) -> Result<(), StorageError> {
    if matches!(place, Place::Postgres(_)) {
        let lock = Statement::from_string(
            connection.get_database_backend(),
            format!("SELECT pg_advisory_lock({LOCK})"),
        );
        connection.execute_raw(lock).await?;
    }
    Ok(())
}

/// The names of the migrations that are missing, without touching anything.
pub async fn pending(db: &super::connect::Db) -> Result<Vec<String>, StorageError> {
    let pending = Migrator::get_pending_migrations(db.read()).await?;
    Ok(pending
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect())
}
