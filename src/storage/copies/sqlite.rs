//! Copies of a file, by `VACUUM INTO`: a reader like any other, so nobody waits.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{CopyError, Held, held};
use crate::pending::put_in_place;
use crate::storage::connect::{Db, Place};

pub(super) async fn make(db: &Db, to: &Path) -> Result<Held, CopyError> {
    let Some(path) = to.to_str() else {
        return Err(CopyError::Address("VACUUM INTO"));
    };
    let into = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [path.into()]);
    let made = db.read().execute_raw(into).await;
    made.map_err(crate::storage::StorageError::from)?;
    fs::set_permissions(to, fs::Permissions::from_mode(0o600))?;
    check(to).await
}

/// Reads every page, and counts.
pub(super) async fn check(copy: &Path) -> Result<Held, CopyError> {
    let db = Db::open(&Place::Sqlite(copy.to_owned()), 1).await?;
    let found = sound(&db).await;
    db.close().await?;
    found
}

async fn sound(db: &Db) -> Result<Held, CopyError> {
    let db = db.read();
    for check in ["PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"] {
        let statement = Statement::from_string(DbBackend::Sqlite, check);
        let rows = db.query_all_raw(statement).await;
        for row in rows.map_err(crate::storage::StorageError::from)? {
            let said: String = row.try_get_by_index(0).unwrap_or_default();
            if said != "ok" {
                return Err(CopyError::Damaged(format!("{check}: {said}")));
            }
        }
    }
    Ok(held(db).await?)
}

pub(super) async fn put_back(copy: &Path, path: &Path) -> Result<Held, CopyError> {
    let beside = path.with_extension(format!("{}.part", std::process::id()));
    let gone = Gone(beside.clone());
    fs::copy(copy, &beside)?;
    fs::set_permissions(&beside, fs::Permissions::from_mode(0o600))?;
    let held = check(&beside).await?;
    // An empty file that stood there may have left a journal.
    for ending in ["-wal", "-shm"] {
        let mut journal = path.as_os_str().to_owned();
        journal.push(ending);
        match fs::remove_file(PathBuf::from(journal)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    put_in_place(&beside, path)?;
    drop(gone);
    Ok(held)
}

/// A file that goes, with its journals, whatever happens.
struct Gone(PathBuf);

impl Drop for Gone {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            let mut file = self.0.as_os_str().to_owned();
            file.push(ending);
            // Absent is what is wanted.
            let _ = fs::remove_file(PathBuf::from(file));
        }
    }
}
