//! What lies in the folder of copies, and so which copy is the last good one: one truth for
//! the job that makes them, the pages and the alarm. A folder may hang as disks do: it is
//! looked at on threads of its own, once a page.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use crate::domain::backup::BackupState;
use crate::services::accounts::off_the_threads;
use crate::services::{Context, ServiceError};
use crate::storage::backups::{self, Run};
use crate::storage::{Connection, StorageError};

/// Good copies among which the last one is looked for whose file is there.
const LOOKED_AT: u64 = 20;

/// Where the file of a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    /// It was not made.
    Nowhere,
    Here,
    /// It is not as long as it was made.
    Cut,
    /// It was taken away, or is on another machine.
    Gone,
}

/// Where the files of these copies are, by the copies' ids.
pub(super) async fn lies(folder: &Path, runs: &[Run]) -> Result<HashMap<i64, Lies>, ServiceError> {
    let (folder, runs) = (folder.to_owned(), runs.to_owned());
    off_the_threads(move || Ok(runs.iter().map(|run| (run.id, lie(&folder, run))).collect())).await
}

fn lie(folder: &Path, run: &Run) -> Lies {
    if run.state != BackupState::Made {
        return Lies::Nowhere;
    }
    match length(folder, run) {
        Some(length) if Some(length) == run.bytes => Lies::Here,
        Some(_) => Lies::Cut,
        None => Lies::Gone,
    }
}

/// Whether a copy is in the folder, as long as it was made.
pub(super) fn is_whole(folder: &Path, run: &Run) -> bool {
    lie(folder, run) == Lies::Here
}

/// The bytes of the file that a copy is called by, where there is one. It is called so only
/// when it was read again to its end.
pub(super) fn length(folder: &Path, run: &Run) -> Option<u64> {
    let found = std::fs::metadata(path(folder, run)?).ok()?;
    found.is_file().then_some(found.len())
}

/// A name in a row leads out of the folder in no case.
pub(super) fn path(folder: &Path, run: &Run) -> Option<PathBuf> {
    let file = Path::new(run.file.as_ref()?).file_name()?;
    Some(folder.join(file))
}

/// The copies that count as good, the last first.
pub(super) async fn made(db: &impl Connection) -> Result<Vec<Run>, StorageError> {
    backups::latest_in(db, BackupState::Made, LOOKED_AT).await
}

/// The ids of those whose file is not there as it was made, up to the last that is. Of several
/// programs each sees its own disk alone: there the row has to do.
pub(super) async fn missing(
    context: &Context,
    folder: &Path,
    made: &[Run],
) -> Result<HashSet<i64>, ServiceError> {
    if !context.db.has_one_program() {
        return Ok(HashSet::new());
    }
    let (folder, made) = (folder.to_owned(), made.to_owned());
    off_the_threads(move || {
        let gone = made.iter().take_while(|run| !is_whole(&folder, run));
        Ok(gone.map(|run| run.id).collect())
    })
    .await
}

/// The last good one. One without a name is of the database that this one was put back from.
pub(super) fn last_good<'a>(made: &'a [Run], missing: &HashSet<i64>) -> Option<&'a Run> {
    made.iter()
        .find(|run| run.file.is_some() && !missing.contains(&run.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn a_name_in_a_row_leads_nowhere_else() {
        let run = |file: &str| Run {
            id: 1,
            state: BackupState::Made,
            began_at: DateTime::UNIX_EPOCH,
            ended_at: None,
            file: Some(file.to_owned()),
            bytes: Some(1),
            trouble: None,
            detail: None,
            by: None,
        };
        let folder = Path::new("/copies");
        let expected = Some(PathBuf::from("/copies/dom.sqlite"));
        assert_eq!(path(folder, &run("../data/dom.sqlite")), expected);
        assert_eq!(path(folder, &run("..")), None);
    }
}
