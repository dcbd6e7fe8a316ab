//! What can go wrong with the database, in the words of the house.

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
        let busy = |text: &str| {
            [
                "database is locked",
                "disk is full",
                "disk I/O error",
                "pool timed out",
                "the database system is",
            ]
            .iter()
            .any(|sign| text.contains(sign))
        };
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error),
            DbErr::Exec(RuntimeErr::SqlxError(inner))
            | DbErr::Query(RuntimeErr::SqlxError(inner))
                if busy(&inner.to_string()) =>
            {
                Self::Unavailable(error)
            }
            _ => Self::Failed(error),
        }
    }
}
