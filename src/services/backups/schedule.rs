//! Copies that the program makes by itself, and those that somebody asks for: one at a
//! time among all programs of a database. A copy gets its name when it has been read
//! again to its end; only then do older ones go, and only good ones count as kept. What
//! somebody asked for on a page is that person's to keep or to take away.

use std::collections::HashSet;
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, Utc};

use super::found::{self, is_whole, length, path};
use super::{BackupError, blocking, make};
use crate::domain::backup::{BackupRule, BackupState, BackupTrouble, TURN, TURN_KEPT_EVERY};
use crate::services::{Context, ServiceError};
use crate::storage::backups::{self, REMEMBERED, Run};
use crate::storage::connect::Place;
use crate::storage::copies::CopyError;
use crate::storage::{Connection, StorageError, Write, counters};

/// What is kept of what a tool said.
const LONGEST_DETAIL: usize = 400;

/// What is copied, and where to.
#[derive(Clone)]
pub struct Copies {
    pub place: Place,
    /// Made where it is missing, for its owner alone.
    pub folder: PathBuf,
    /// A copy that takes longer is given up.
    pub longest: Duration,
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
    let made = found::made(context.db.read()).await?;
    let missing = found::missing(context, &copies.folder, &made).await?;
    // Looking is cheap, and only who sees that one is due begins to write.
    let (today, now) = (context.today(), context.now());
    if next(context.db.read(), &missing, today, now)
        .await?
        .is_none()
    {
        return Ok(Copied::default());
    }
    let Some(mut begun) = begin(context, &copies.folder, &missing).await? else {
        return Ok(Copied::default());
    };
    let done = watched(context, &copies, &mut begun).await;
    settle(context, &begun, &done).await?;
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
    if let Some(copies) = &context.copies
        && context.db.has_one_program()
    {
        let done = done_unnoted(context, &copies.folder).await?;
        let write = context.db.write().await?;
        end_running(&write, &done, context.now()).await?;
        let taken = counters::last(&*write, backups::TURN).await?;
        counters::end_turn(&*write, backups::TURN, taken).await?;
        write.commit().await?;
    }
    Ok(())
}

/// Copies that a program finished and was killed before it said so, with their bytes.
async fn done_unnoted(context: &Context, folder: &Path) -> Result<Vec<(i64, u64)>, ServiceError> {
    let running = BackupState::Running;
    let runs = backups::latest_in(context.db.read(), running, REMEMBERED).await?;
    let folder = folder.to_owned();
    let look = move || {
        let found = runs
            .iter()
            .filter_map(|run| Some((run.id, length(&folder, run)?)));
        Ok(found.collect())
    };
    Ok(blocking(look).await.unwrap_or_default())
}

/// For whoever has the turn: nobody else is at a copy.
async fn end_running(
    write: &Write,
    done: &[(i64, u64)],
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    for (id, bytes) in done {
        backups::made(&**write, *id, *bytes, now).await?;
    }
    backups::interrupt(&**write, now).await
}

pub(super) async fn rule(context: &Context) -> Result<BackupRule, StorageError> {
    backups::rule_on(context.db.read(), context.today()).await
}

/// A copy that is to be made.
enum Next {
    Asked(i64),
    Due,
}

/// `missing`: copies that a row calls good and that are not there any more. One that another
/// program made since they were looked for is believed.
async fn next(
    db: &impl Connection,
    missing: &HashSet<i64>,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Option<Next>, StorageError> {
    let asked = backups::latest_in(db, BackupState::Asked, 1).await?;
    if let Some(asked) = asked.first() {
        return Ok(Some(Next::Asked(asked.id)));
    }
    let made = found::made(db).await?;
    let made = found::last_good(&made, missing).map(|run| run.began_at);
    let failed = backups::latest_in(db, BackupState::Failed, 1).await?;
    let failed = failed.first().map(|run| run.began_at);
    let rule = backups::rule_on(db, today).await?;
    Ok(rule.is_due(made, failed, now).then_some(Next::Due))
}

struct Begun {
    id: i64,
    at: DateTime<Utc>,
    file: String,
    /// When the turn ends, in milliseconds.
    until: i64,
}

fn turn_from(now: DateTime<Utc>) -> i64 {
    (now + TURN).timestamp_millis()
}

/// Takes the turn and looks once more: another program may just have made it.
async fn begin(
    context: &Context,
    folder: &Path,
    missing: &HashSet<i64>,
) -> Result<Option<Begun>, ServiceError> {
    let done = done_unnoted(context, folder).await?;
    let write = context.db.write().await?;
    let at = context.now();
    let until = turn_from(at);
    let taken = counters::take_turn(&*write, backups::TURN, at.timestamp_millis(), until).await?;
    if !taken {
        return Ok(None);
    }
    end_running(&write, &done, at).await?;
    let id = match next(&*write, missing, context.today(), at).await? {
        None => {
            // What was in the middle is over all the same.
            counters::end_turn(&*write, backups::TURN, until).await?;
            write.commit().await?;
            return Ok(None);
        }
        Some(Next::Asked(id)) => id,
        Some(Next::Due) => backups::insert(&*write, BackupState::Running, None, at).await?,
    };
    let file = name(at);
    // Its name is known before its first byte: what a killed program leaves can be told from
    // what others keep in the folder.
    backups::begin(&*write, id, &file, at).await?;
    write.commit().await?;
    Ok(Some(Begun {
        id,
        at,
        file,
        until,
    }))
}

fn name(at: DateTime<Utc>) -> String {
    at.format("dom-%Y%m%dT%H%M%S%3fZ.zip").to_string()
}

/// Makes the copy for as long as it may take and the program goes on, and keeps the turn
/// meanwhile.
async fn watched(
    context: &Context,
    copies: &Copies,
    begun: &mut Begun,
) -> Result<u64, BackupError> {
    let unfinished = unfinished(context).await?;
    let (file, at) = (begun.file.clone(), begun.at);
    let mut copying = pin!(copy(context, copies, &file, at, unfinished));
    let mut over = pin!(tokio::time::sleep(copies.longest));
    loop {
        tokio::select! {
            done = &mut copying => return done,
            () = context.until_leaving() => return Err(BackupError::Stopped),
            () = &mut over => {
                return Err(BackupError::TooLong(copies.longest.as_secs() / 60));
            }
            () = tokio::time::sleep(TURN_KEPT_EVERY) => match keep_turn(context, begun).await {
                Ok(true) => {}
                Ok(false) => return Err(BackupError::Overtaken),
                // It lasts for several tries yet, and the copy may well be good.
                Err(error) => tracing::warn!(%error, "a copy's turn could not be kept longer"),
            },
        }
    }
}

/// Whether it was still one's own.
async fn keep_turn(context: &Context, begun: &mut Begun) -> Result<bool, StorageError> {
    let longer = turn_from(context.now());
    let write = context.db.write().await?;
    if !counters::keep_turn(&*write, backups::TURN, begun.until, longer).await? {
        return Ok(false);
    }
    write.commit().await?;
    begun.until = longer;
    Ok(true)
}

/// The bytes of the file.
async fn copy(
    context: &Context,
    copies: &Copies,
    file: &str,
    at: DateTime<Utc>,
    unfinished: Vec<String>,
) -> Result<u64, BackupError> {
    let folder = copies.folder.clone();
    blocking(move || {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)?;
        sweep(&folder, &unfinished);
        Ok(())
    })
    .await?;
    let path = copies.folder.join(file);
    make(&context.db, &copies.place, &path, at).await?;
    blocking(move || Ok(std::fs::metadata(&path)?.len())).await
}

/// The names of copies of this database that came to no end.
async fn unfinished(context: &Context) -> Result<Vec<String>, StorageError> {
    let failed = BackupState::Failed;
    let runs = backups::latest_in(context.db.read(), failed, REMEMBERED).await?;
    Ok(runs.into_iter().filter_map(|run| run.file).collect())
}

/// Takes away what is left of them: half files, and folders of work beside. Others may have
/// half a file of their own in the folder.
fn sweep(folder: &Path, unfinished: &[String]) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_left = |file: &String| {
            let rest = name.strip_prefix('.');
            let rest = rest.and_then(|rest| rest.strip_prefix(file.as_str()));
            rest.is_some_and(|rest| rest.starts_with('.') && rest.contains(".part"))
        };
        if !unfinished.iter().any(is_left) {
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
    done: &Result<u64, BackupError>,
) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    let now = context.now();
    match done {
        Ok(bytes) => backups::made(&*write, begun.id, *bytes, now).await?,
        Err(error) => {
            let (trouble, detail) = trouble(error);
            backups::failed(&*write, begun.id, trouble, &detail, now).await?;
        }
    }
    backups::forget(&*write).await?;
    counters::end_turn(&*write, backups::TURN, begun.until).await?;
    Ok(write.commit().await?)
}

/// Takes away what lies beyond those that are kept. Only what a row knows is looked at, and
/// what nobody asked for: other files of the folder are somebody's own.
async fn drop_older(context: &Context, folder: &Path) -> Result<u64, ServiceError> {
    let kept = rule(context).await?.kept;
    let made = BackupState::Made;
    let runs = backups::latest_in(context.db.read(), made, REMEMBERED).await?;
    let folder = folder.to_owned();
    let drop = move || {
        let mut good = 0;
        let mut dropped = 0;
        for run in runs.iter().filter(|run| run.by.is_none()) {
            if good >= kept {
                dropped += u64::from(is_dropped(&folder, run));
            } else {
                good += u32::from(is_whole(&folder, run));
            }
        }
        Ok(dropped)
    };
    let dropped = blocking(drop).await;
    dropped.map_err(|error| ServiceError::Broken(error.to_string()))
}

fn is_dropped(folder: &Path, run: &Run) -> bool {
    let Some(path) = path(folder, run).filter(|path| path.exists()) else {
        return false;
    };
    std::fs::remove_file(&path)
        .inspect_err(|error| tracing::warn!(%error, "a copy that is not kept stays"))
        .is_ok()
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
        (BackupError::Stopped | BackupError::Overtaken, _) => BackupTrouble::Interrupted,
        (BackupError::TooLong(_), _) => BackupTrouble::TooLong,
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
}
