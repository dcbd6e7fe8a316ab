//! Copies that the program makes by itself, and those that somebody asks for: one at a
//! time among all programs of a database. A copy gets its name when it has been read
//! again to its end; only then do older ones go, and only good ones count as kept.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::{BackupError, make};
use crate::domain::backup::{BackupRule, BackupState, BackupTrouble, TURN};
use crate::services::{Context, ServiceError};
use crate::storage::backups::{self, REMEMBERED, Run};
use crate::storage::connect::Place;
use crate::storage::copies::CopyError;
use crate::storage::{StorageError, counters};

/// What is kept of what a tool said.
const LONGEST_DETAIL: usize = 400;

/// What is copied, and where to.
#[derive(Clone)]
pub struct Copies {
    pub place: Place,
    /// Made where it is missing, for its owner alone.
    pub folder: PathBuf,
}

/// What a run of the job did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    pub made: u64,
    pub failed: u64,
    /// Older ones that went.
    pub dropped: u64,
}

/// Makes the copy that is due or asked for, where no other program is at it.
pub async fn run(context: &Context) -> Result<Copied, ServiceError> {
    let Some(copies) = context.copies.clone() else {
        return Ok(Copied::default());
    };
    // Looking is cheap, and only who sees that one is due begins to write.
    if next(
        &latest(context).await?,
        &rule(context).await?,
        context.now(),
    )
    .is_none()
    {
        return Ok(Copied::default());
    }
    let Some(begun) = begin(context).await? else {
        return Ok(Copied::default());
    };
    let file = name(begun.at);
    let done = copy(context, &copies, &file, begun.at).await;
    settle(context, &begun, &file, &done).await?;
    match done {
        Ok(_) => Ok(Copied {
            made: 1,
            failed: 0,
            dropped: drop_older(context, &copies.folder).await?,
        }),
        Err(error) => {
            // A command says it by itself, in one line.
            tracing::warn!(%error, "no copy of the database was made");
            Ok(Copied {
                failed: 1,
                ..Copied::default()
            })
        }
    }
}

/// What a program does at its start that is the only one on its database: a copy that
/// another left in the middle holds up nothing.
pub async fn take_up_again(context: &Context) -> Result<(), ServiceError> {
    if context.db.has_one_program() && context.copies.is_some() {
        let write = context.db.write().await?;
        backups::interrupt(&*write, context.now()).await?;
        let taken = counters::last(&*write, backups::TURN).await?;
        counters::end_turn(&*write, backups::TURN, taken).await?;
        write.commit().await?;
    }
    Ok(())
}

pub(super) async fn rule(context: &Context) -> Result<BackupRule, StorageError> {
    backups::rule_on(context.db.read(), context.today()).await
}

pub(super) async fn latest(context: &Context) -> Result<Vec<Run>, StorageError> {
    backups::latest(context.db.read(), REMEMBERED).await
}

/// A copy that is to be made.
enum Next {
    Asked(i64),
    Due,
}

fn next(runs: &[Run], rule: &BackupRule, now: DateTime<Utc>) -> Option<Next> {
    let of = |state| runs.iter().find(move |run| run.state == state);
    if let Some(asked) = of(BackupState::Asked) {
        return Some(Next::Asked(asked.id));
    }
    let began = |state| of(state).map(|run| run.began_at);
    let (made, failed) = (began(BackupState::Made), began(BackupState::Failed));
    rule.is_due(made, failed, now).then_some(Next::Due)
}

struct Begun {
    id: i64,
    at: DateTime<Utc>,
    until: i64,
}

/// Takes the turn and looks once more: another program may just have made it.
async fn begin(context: &Context) -> Result<Option<Begun>, ServiceError> {
    let write = context.db.write().await?;
    let at = context.now();
    let until = (at + TURN).timestamp_millis();
    let taken = counters::take_turn(&*write, backups::TURN, at.timestamp_millis(), until).await?;
    if !taken {
        return Ok(None);
    }
    backups::interrupt(&*write, at).await?;
    let rule = backups::rule_on(&*write, context.today()).await?;
    let runs = backups::latest(&*write, REMEMBERED).await?;
    let id = match next(&runs, &rule, at) {
        None => return Ok(None),
        Some(Next::Asked(id)) => {
            backups::begin(&*write, id, at).await?;
            id
        }
        Some(Next::Due) => backups::insert(&*write, BackupState::Running, None, at).await?,
    };
    write.commit().await?;
    Ok(Some(Begun { id, at, until }))
}

fn name(at: DateTime<Utc>) -> String {
    at.format("dom-%Y%m%dT%H%M%S%3fZ.zip").to_string()
}

/// The bytes of the file.
async fn copy(
    context: &Context,
    copies: &Copies,
    file: &str,
    at: DateTime<Utc>,
) -> Result<u64, BackupError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&copies.folder)?;
    sweep(&copies.folder);
    let path = copies.folder.join(file);
    make(&context.db, &copies.place, &path, at).await?;
    Ok(std::fs::metadata(&path)?.len())
}

/// Takes away what a program that was killed left of a copy. Whoever has the turn is alone
/// in the folder.
fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !(name.starts_with(".dom-") && name.contains(".zip.") && name.contains(".part")) {
            continue;
        }
        let path = entry.path();
        let gone = if path.is_dir() {
            std::fs::remove_dir_all(&path)
        } else {
            std::fs::remove_file(&path)
        };
        if let Err(error) = gone {
            tracing::warn!(%error, "half a copy stays behind");
        }
    }
}

async fn settle(
    context: &Context,
    begun: &Begun,
    file: &str,
    done: &Result<u64, BackupError>,
) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    let now = context.now();
    match done {
        Ok(bytes) => backups::made(&*write, begun.id, file, *bytes, now).await?,
        Err(error) => {
            let (trouble, detail) = trouble(error);
            backups::failed(&*write, begun.id, trouble, &detail, now).await?;
        }
    }
    backups::forget(&*write).await?;
    counters::end_turn(&*write, backups::TURN, begun.until).await?;
    Ok(write.commit().await?)
}

/// Takes away what lies beyond those that are kept. Only what a row knows is looked at:
/// other files of the folder are somebody's own.
async fn drop_older(context: &Context, folder: &Path) -> Result<u64, ServiceError> {
    let kept = rule(context).await?.kept;
    let mut good = 0;
    let mut dropped = 0;
    for run in latest(context).await? {
        if good >= kept {
            dropped += u64::from(is_dropped(folder, &run));
        } else {
            good += u32::from(is_whole(folder, &run));
        }
    }
    Ok(dropped)
}

/// Whether a copy is in the folder, as long as it was made.
pub(super) fn is_whole(folder: &Path, run: &Run) -> bool {
    run.state == BackupState::Made
        && path(folder, run)
            .and_then(|path| std::fs::metadata(path).ok())
            .is_some_and(|found| found.is_file() && Some(found.len()) == run.bytes)
}

fn is_dropped(folder: &Path, run: &Run) -> bool {
    let Some(path) = path(folder, run).filter(|path| path.exists()) else {
        return false;
    };
    std::fs::remove_file(&path)
        .inspect_err(|error| tracing::warn!(%error, "a copy that is not kept stays"))
        .is_ok()
}

/// A name in a row leads out of the folder in no case.
pub(super) fn path(folder: &Path, run: &Run) -> Option<PathBuf> {
    let file = Path::new(run.file.as_ref()?).file_name()?;
    Some(folder.join(file))
}

/// What hindered a copy, and what was said of it.
fn trouble(error: &BackupError) -> (BackupTrouble, String) {
    let said: String = error.to_string().chars().take(LONGEST_DETAIL).collect();
    let file = match error {
        BackupError::File(error) | BackupError::Copy(CopyError::File(error)) => Some(error.kind()),
        BackupError::Unwritten(crate::pending::Unwritten::Failed { error, .. }) => {
            Some(error.kind())
        }
        _ => None,
    };
    let trouble = match (error, file) {
        (BackupError::Copy(CopyError::Tool { server, .. }), _) => {
            return (BackupTrouble::Tool, server.to_string());
        }
        (_, Some(kind)) if is_full(kind) => BackupTrouble::Room,
        (_, Some(_)) => BackupTrouble::Folder,
        // A database and a tool say it in words of their own.
        _ if said.contains("disk is full") || said.contains("No space left") => BackupTrouble::Room,
        (
            BackupError::Changed
            | BackupError::Cut
            | BackupError::NoBackup
            | BackupError::Copy(CopyError::Damaged(_)),
            _,
        ) => BackupTrouble::Damaged,
        _ => BackupTrouble::Other,
    };
    (trouble, said)
}

fn is_full(kind: std::io::ErrorKind) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    [FileTooLarge, QuotaExceeded, StorageFull].contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(error: impl Into<BackupError>) -> (BackupTrouble, String) {
        trouble(&error.into())
    }

    #[test]
    fn what_hinders_a_copy_is_told_apart() {
        let full = std::io::Error::from_raw_os_error;
        for code in [27, 28, 122] {
            assert_eq!(of(full(code)).0, BackupTrouble::Room, "{code}");
            let within = CopyError::File(full(code));
            assert_eq!(of(within).0, BackupTrouble::Room, "{code}");
        }
        assert_eq!(of(full(13)).0, BackupTrouble::Folder);
        let said = "pg_dump: error: could not write: No space left on device";
        let tool = CopyError::Refused {
            tool: "pg_dump",
            said: said.to_owned(),
        };
        assert_eq!(of(tool).0, BackupTrouble::Room);
        assert_eq!(of(BackupError::Changed).0, BackupTrouble::Damaged);
        let missing = CopyError::Tool {
            tool: "pg_dump",
            server: 15,
            found: "only 13".to_owned(),
        };
        let expected = (BackupTrouble::Tool, "15".to_owned());
        assert_eq!(of(missing), expected);
    }

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
