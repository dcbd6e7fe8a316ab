//! What can go wrong with the database, in the words of the house.

use sea_orm::sqlx::{self, postgres::PgDatabaseError};
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// A failure of the storage.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// A rule of the schema, by its name, refused the write.
    #[error("the rule {rule} refused the write")]
    Conflict { rule: String },
    /// Somebody else changed the row since it was read.
    #[error("the row of {table} changed in the meantime")]
    Stale { table: &'static str },
    /// A row that must exist does not.
    #[error("{table} has no row {key}")]
    Missing { table: &'static str, key: String },
    /// A stored value that the domain does not know.
    #[error("{table}.{column} holds a value that cannot be read")]
    CorruptRow {
        table: &'static str,
        column: &'static str,
    },
    /// Its schema knows things that this program does not.
    #[error(
        "the database belongs to a newer program (it has {migration}): install that one, or a later one; nothing was changed"
    )]
    Newer { migration: String },
    /// The database is busy, full or out of reach: worth another try.
    #[error("the database is not available: {0}")]
    Unavailable(DbErr),
    /// Anything else.
    #[error("the database failed: {0}")]
    Failed(DbErr),
}

impl From<DbErr> for StorageError {
    fn from(error: DbErr) -> Self {
        if let Some(
            SqlErr::UniqueConstraintViolation(rule) | SqlErr::ForeignKeyConstraintViolation(rule),
        ) = error.sql_err()
        {
            return Self::Conflict { rule };
        }
        let passing = match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
            DbErr::Exec(RuntimeErr::SqlxError(inner))
            | DbErr::Query(RuntimeErr::SqlxError(inner)) => passes(inner),
            _ => false,
        };
        if passing {
            Self::Unavailable(error)
        } else {
            Self::Failed(error)
        }
    }
}

/// Whether somebody else holds the lock of a `SQLite` file.
pub(super) fn is_locked(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(inner))
    | DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))) = error
    else {
        return false;
    };
    let code = inner
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    sqlite_code(code.as_deref()) == Some(5)
}

// The low byte is the kind of error, the rest of the code says more.
fn sqlite_code(code: Option<&str>) -> Option<i32> {
    Some(code?.parse::<i32>().ok()? & 0xFF)
}

/// Whether the same may succeed later: the connection broke, or the database
/// says by its code that it is busy, full or going away.
fn passes(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| {
            if error.try_downcast_ref::<PgDatabaseError>().is_some() {
                // Connections, resources, shutting down; and transactions that lost
                // against another one.
                ["08", "53", "57P", "40001", "40P01", "55P03"]
                    .iter()
                    .any(|sign| code.starts_with(sign))
            } else {
                // BUSY, LOCKED, IOERR, FULL, CANTOPEN.
                sqlite_code(Some(&code)).is_some_and(|code| [5, 6, 10, 13, 14].contains(&code))
            }
        }),
        _ => false,
    }
}
