//! A copy of the whole database in one file, and back. A backup checks itself before
//! it gets its name; a restore overwrites nothing.

mod archive;
mod found;
pub mod policy;
pub mod schedule;

use std::fs::{self, DirBuilder, File};
use std::io::{BufWriter, Write};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::pending::{Pending, Unwritten};
use crate::storage::connect::Place;
use crate::storage::copies::{self, CopyError};
use crate::storage::{self, Db, StorageError, migrator};

pub use archive::Manifest;

/// Which kind of database a backup is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub fn of(place: &Place) -> Self {
        match place {
            Place::Sqlite(_) => Self::Sqlite,
            Place::Postgres(_) => Self::Postgres,
        }
    }

    /// The copy's name in the archive.
    fn file(self) -> &'static str {
        match self {
            Self::Sqlite => "dom.sqlite",
            Self::Postgres => "dom.pgdump",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// Why a backup was not made, or not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("{} is there already, and a backup overwrites nothing", .0.display())]
    Exists(PathBuf),
    #[error("{} cannot be read: {error}", path.display())]
    Unreadable {
        path: PathBuf,
        error: std::io::Error,
    },
    #[error("this is no backup of DOM")]
    NoBackup,
    #[error("the backup is cut off or damaged: nothing was restored")]
    Cut,
    #[error("the backup is not what it was when it was made: nothing was restored")]
    Changed,
    #[error(
        "the backup was made by a newer program ({0}): install that one, or a later one; nothing was restored"
    )]
    Newer(String),
    #[error("the backup is of {} and this database is {}: restore it where it belongs, then use dom move; nothing was restored", .backup.name(), .here.name())]
    OtherKind { backup: Kind, here: Kind },
    #[error(
        "the database is not empty, and a restore overwrites nothing: name an empty one with DOM_DATABASE_URL"
    )]
    NotEmpty,
    #[error("{table} has {found} rows where the backup has {expected}")]
    Fewer {
        table: String,
        found: u64,
        expected: u64,
    },
    #[error(transparent)]
    Copy(#[from] CopyError),
    #[error(transparent)]
    Unwritten(#[from] Unwritten),
    #[error("{0}")]
    File(#[from] std::io::Error),
    #[error("{0}")]
    Zip(#[from] zip::result::ZipError),
    #[error("the program was told to stop while it made the copy")]
    Stopped,
    #[error("another program took the turn while this one made the copy")]
    Overtaken,
    #[error("the copy was not done after {0} minutes")]
    TooLong(u64),
    #[error("the program failed: {0}")]
    Broken(String),
}

impl From<StorageError> for BackupError {
    fn from(error: StorageError) -> Self {
        Self::Copy(error.into())
    }
}

/// Copies the database as it is at one instant into a new file, while others use it.
pub async fn make(
    db: &Db,
    place: &Place,
    file: &Path,
    now: DateTime<Utc>,
) -> Result<Manifest, BackupError> {
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let pending = Pending::begin(file)?;
    let work = Work::beside(pending.beside())?;
    let copy = work.0.join(Kind::of(place).file());
    let held = copies::make(db, place, &copy).await?;
    let made = archive::Made {
        kind: Kind::of(place),
        schema: held.schema,
        at: now,
        rows: held.rows,
    };
    let (manifest, pending) = blocking(move || {
        let mut pending = pending;
        let manifest = archive::write(&mut pending, &mut File::open(&copy)?, made)?;
        Ok((manifest, pending))
    })
    .await?;
    // What was written is read once more, from the beginning.
    let again = look(pending.beside()).await?;
    if again != manifest {
        return Err(BackupError::Changed);
    }
    pending.finish()?;
    drop(work);
    Ok(manifest)
}

/// Reads a backup to its end and works its digest out again.
pub async fn look(file: &Path) -> Result<Manifest, BackupError> {
    let file = file.to_owned();
    blocking(move || archive::read(open(&file)?, |_| Ok(Box::new(std::io::sink())))).await
}

/// Puts a backup into an empty place, for the program that made it or a later one.
pub async fn restore(file: &Path, place: &Place, folder: &Path) -> Result<Manifest, BackupError> {
    if !copies::is_empty(place).await? {
        return Err(BackupError::NotEmpty);
    }
    let here = Kind::of(place);
    let work = Work::beside(&folder.join("restore"))?;
    let copy = work.0.join(here.file());
    let manifest = {
        let (file, copy) = (file.to_owned(), copy.clone());
        blocking(move || archive::read(open(&file)?, |manifest| begin(manifest, here, &copy)))
            .await?
    };
    let held = copies::put_back(&copy, place).await?;
    drop(work);
    for (table, expected) in &manifest.rows {
        let found = held.rows.get(table).copied().unwrap_or_default();
        if found != *expected {
            return Err(BackupError::Fewer {
                table: table.clone(),
                found,
                expected: *expected,
            });
        }
    }
    // An older program's copy knows of none.
    if held.rows.contains_key("backup_runs") {
        disown(place).await?;
    }
    Ok(manifest)
}

/// A database that was put back leaves the copies alone that it remembers: the one that they
/// are of may still be there, with the same folder.
async fn disown(place: &Place) -> Result<(), StorageError> {
    let db = Db::open(place, 1).await?;
    let write = db.write().await?;
    storage::backups::disown(&*write).await?;
    write.commit().await?;
    db.close().await
}

/// Refuses before anything is written what does not belong here.
fn begin(manifest: &Manifest, here: Kind, copy: &Path) -> Result<Box<dyn Write>, BackupError> {
    if manifest.kind != here {
        let backup = manifest.kind;
        return Err(BackupError::OtherKind { backup, here });
    }
    if let Some(schema) = &manifest.schema
        && !migrator::knows(schema)
    {
        return Err(BackupError::Newer(schema.clone()));
    }
    let file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(copy)?;
    Ok(Box::new(BufWriter::new(file)))
}

fn open(file: &Path) -> Result<File, BackupError> {
    File::open(file).map_err(|error| BackupError::Unreadable {
        path: file.to_owned(),
        error,
    })
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackupError> + Send + 'static,
) -> Result<T, BackupError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| BackupError::Broken(error.to_string()))?
}

/// A folder of the owner's alone that goes with what is in it.
struct Work(PathBuf);

impl Work {
    fn beside(place: &Path) -> Result<Self, BackupError> {
        let mut folder = place.as_os_str().to_owned();
        folder.push(format!(".{}.work", std::process::id()));
        let folder = PathBuf::from(folder);
        DirBuilder::new().mode(0o700).create(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "a folder of a backup stays behind");
        }
    }
}
