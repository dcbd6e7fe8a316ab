//! Opening a database of either kind, reading from it and writing to it.
//! Writers of `SQLite` begin IMMEDIATE, one at a time and in the order they came.

use std::fmt::Write as _;
use std::fs::File;
use std::future::ready;
use std::ops::Deref;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::error::StorageError;

/// How long a writer waits for another one, and anybody for a connection.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Which database.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A file, made when absent.
    Sqlite(PathBuf),
    /// A `postgres://` address, secrets included.
    Postgres(String),
}

/// A database that is open.
#[derive(Clone)]
pub struct Db {
    connection: DatabaseConnection,
    // `SQLite` has one writer; whoever waits here waits in order instead of polling.
    writers: Option<Arc<Mutex<()>>>,
}

impl Db {
    /// Opens `place` with up to `connections` connections.
    pub async fn open(place: &Place, connections: u32) -> Result<Self, StorageError> {
        make_private(place);
        let connection = Database::connect(options(place, connections)).await?;
        let writers = matches!(place, Place::Sqlite(_)).then(Arc::default);
        Ok(Self {
            connection,
            writers,
        })
    }

    /// Opens a database for one alone, without looking at references: while a whole
    /// one is carried in they are checked at the end.
    pub(super) async fn open_unchecked(place: &Place) -> Result<Self, StorageError> {
        make_private(place);
        let connection = Database::connect(connect_options(place, 2, false)).await?;
        let writers = matches!(place, Place::Sqlite(_)).then(Arc::default);
        Ok(Self {
            connection,
            writers,
        })
    }

    /// The same, telling `watch` the text of every statement that runs.
    #[must_use]
    pub fn watched(mut self, watch: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.connection
            .set_metric_callback(move |info| watch(&info.statement.sql));
        self
    }

    /// For statements that change nothing.
    pub fn read(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Whether no other program serves this database: so it is with `SQLite`.
    pub fn has_one_program(&self) -> bool {
        self.writers.is_some()
    }

    /// Which kind of database it is, for programs.
    pub fn kind(&self) -> &'static str {
        if self.has_one_program() {
            "sqlite"
        } else {
            "postgres"
        }
    }

    /// Begins a transaction that may change something.
    pub async fn write(&self) -> Result<Write, StorageError> {
        let turn = match &self.writers {
            Some(writers) => Some(writers.clone().lock_owned().await),
            None => None,
        };
        let transaction = self.connection.begin_with_options(immediate()).await?;
        Ok(Write {
            transaction,
            _turn: turn,
        })
    }

    /// Begins to read the database as it stands at one instant, whatever others
    /// write meanwhile; dropped, it is over.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, StorageError> {
        let mut options = TransactionOptions::default();
        // A transaction of `SQLite` reads one instant anyway.
        if self.writers.is_none() {
            options.isolation_level = Some(IsolationLevel::RepeatableRead);
            options.access_mode = Some(AccessMode::ReadOnly);
        }
        Ok(self.connection.begin_with_options(options).await?)
    }

    /// Folds the journal of `SQLite` into the file and empties it: a journal lies in
    /// the order of the commits. Readers that are in its way leave it as it is.
    pub async fn fold_journal(&self) -> Result<(), StorageError> {
        if self.writers.is_some() {
            let fold = "PRAGMA wal_checkpoint(TRUNCATE)";
            self.connection.execute_unprepared(fold).await?;
        }
        Ok(())
    }

    /// How many connections are open, and how many of them nobody uses.
    pub fn connections(&self) -> Connections {
        let (open, idle) = if self.writers.is_some() {
            let pool = self.connection.get_sqlite_connection_pool();
            (pool.size(), pool.num_idle())
        } else {
            let pool = self.connection.get_postgres_connection_pool();
            (pool.size(), pool.num_idle())
        };
        let idle = u32::try_from(idle).unwrap_or(u32::MAX);
        Connections { open, idle }
    }

    /// Closes every connection.
    pub async fn close(self) -> Result<(), StorageError> {
        Ok(self.connection.close().await?)
    }
}

/// See [`Db::connections`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connections {
    pub open: u32,
    pub idle: u32,
}

/// A transaction; dropped without [`Write::commit`] it leaves nothing behind.
pub struct Write {
    transaction: DatabaseTransaction,
    _turn: Option<OwnedMutexGuard<()>>,
}

impl Write {
    /// Makes everything written since the beginning last.
    pub async fn commit(self) -> Result<(), StorageError> {
        Ok(self.transaction.commit().await?)
    }
}

impl Deref for Write {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

/// Takes the write lock of `SQLite` at once: one that is asked for later is refused
/// when somebody wrote meanwhile. `PostgreSQL` ignores it.
pub(super) fn immediate() -> TransactionOptions {
    TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    }
}

/// A file of `SQLite` that is not there yet is made for its owner alone; what the engine lays
/// beside it takes over its rights. One that is there stays as it is.
pub(super) fn make_private(place: &Place) {
    if let Place::Sqlite(path) = place {
        let mut new = File::options();
        // Where none can be made, opening says why.
        let _ = new.write(true).create_new(true).mode(0o600).open(path);
    }
}

/// Options for `place`; the migrator asks for one connection without foreign keys.
pub(super) fn options(place: &Place, connections: u32) -> ConnectOptions {
    connect_options(place, connections, true)
}

pub(super) fn connect_options(
    place: &Place,
    connections: u32,
    foreign_keys: bool,
) -> ConnectOptions {
    let mut options = ConnectOptions::new(match place {
        Place::Sqlite(path) => sqlite_url(path),
        Place::Postgres(url) => url.clone(),
    });
    options
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .sqlx_logging(false);
    if matches!(place, Place::Sqlite(_)) {
        options.map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(PATIENCE)
                .foreign_keys(foreign_keys)
                // A table that is rebuilt takes its old name again, though triggers of
                // other tables name it meanwhile.
                .pragma(
                    "legacy_alter_table",
                    if foreign_keys { "OFF" } else { "ON" },
                )
                // What was taken out is gone from the file too.
                .pragma("secure_delete", "ON")
        });
        // A disk that fails ends a transaction of `SQLite` by itself, and its rollback is then
        // refused: the connection would count one more than there are, and whatever it wrote
        // afterwards would be acknowledged and never committed. It is closed instead.
        options.map_sqlx_sqlite_before_acquire(|connection, _| {
            Box::pin(ready(Ok(!connection.is_in_transaction())))
        });
    }
    options
}

// The path's own characters must not be read as part of the address.
fn sqlite_url(path: &Path) -> String {
    let mut url = String::from("sqlite://");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'%' | b'?' | b'#' | 0x80.. => {
                // Writing to a String does not fail.
                let _ = write!(url, "%{byte:02X}");
            }
            _ => url.push(char::from(byte)),
        }
    }
    url
}
