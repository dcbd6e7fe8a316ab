//! The folder that the program may write to. It holds people's data, so it is
//! made for its owner alone.

use std::fs::{self, DirBuilder, Metadata, OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::database::Database;
use super::error::{ConfigError, Fault, Problem};
use super::source::Values;
use super::{BACKUP_DIR, DATA_DIR};

const DEFAULT: &str = "./data-dom";
const BACKUPS: &str = "backups";
const OWNER_ONLY: u32 = 0o700;
const OWNER_WRITES: u32 = 0o300;
const FILE_OWNER_ONLY: u32 = 0o600;
const OTHERS: u32 = 0o007;
const PROBE: &str = ".dom-write-probe";

/// What making ready found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The folder was not there before.
    pub made: bool,
    /// Everybody on the machine can look into it: worth a warning.
    pub open_to_others: bool,
}

pub(super) fn read(values: &Values) -> PathBuf {
    let given = values.get(DATA_DIR).map(|given| given.text.as_str());
    given.unwrap_or(DEFAULT).into()
}

/// Beside the database unless somebody says otherwise.
pub(super) fn read_backups(values: &Values, data_dir: &Path) -> PathBuf {
    let given = values.get(BACKUP_DIR).map(|given| given.text.as_str());
    given.map_or_else(|| data_dir.join(BACKUPS), PathBuf::from)
}

pub(super) fn prepare(folder: &Path, database: &Database) -> Result<Prepared, ConfigError> {
    let made = make(folder).map_err(|fault| problem(folder, fault))?;
    let found = writable(folder).map_err(|fault| problem(folder, fault))?;
    if let Database::Sqlite { path } = database {
        if path.is_dir() {
            return Err(problem(path, Fault::IsAFolder));
        }
        let beside = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        // the database writes its own helpers beside its file
        writable(beside).map_err(|fault| problem(beside, fault))?;
        close(path);
    }
    Ok(Prepared {
        made,
        open_to_others: found.mode() & OTHERS != 0,
    })
}

/// Takes the rights of others from a database that an older program made, and from what lies
/// beside it. Where the file is another's, its owner knows why.
fn close(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(end);
        let file = PathBuf::from(file);
        let is_open =
            fs::metadata(&file).is_ok_and(|found| found.is_file() && found.mode() & 0o077 != 0);
        if is_open {
            let _ = fs::set_permissions(&file, Permissions::from_mode(FILE_OWNER_ONLY));
        }
    }
}

/// Whether it had to be made.
fn make(folder: &Path) -> Result<bool, Fault> {
    match fs::metadata(folder) {
        Ok(found) if found.is_dir() => return Ok(false),
        Ok(_) => return Err(Fault::NotAFolder),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(Fault::Denied(error.kind())),
    }
    match DirBuilder::new().mode(OWNER_ONLY).create(folder) {
        Ok(()) => Ok(true),
        Err(error) => Err(match error.kind() {
            ErrorKind::NotFound => Fault::NoParent,
            other => Fault::Denied(other),
        }),
    }
}

fn problem(path: &Path, fault: Fault) -> ConfigError {
    let path = path.to_owned();
    ConfigError::new(vec![Problem::Folder { path, fault }])
}

fn writable(folder: &Path) -> Result<Metadata, Fault> {
    let denied = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Fault::NoFolder,
        other => Fault::Denied(other),
    };
    let found = fs::metadata(folder).map_err(denied)?;
    if !found.is_dir() {
        return Err(Fault::NotAFolder);
    }
    // root may write anywhere, but a folder marked like this is not meant for it
    if found.mode() & OWNER_WRITES != OWNER_WRITES {
        return Err(Fault::ReadOnly);
    }
    let probe = folder.join(format!("{PROBE}-{}", std::process::id()));
    let opened = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&probe);
    opened.map_err(denied)?;
    fs::remove_file(&probe).map_err(denied)?;
    Ok(found)
}
