//! Who opened whose record, or which list. A request appends what it showed before
//! it answers; a job seals closed minutes and drops what is too old (`seal`); anybody with
//! the command can check that nothing was taken out or changed (`verify`). Administrators
//! see it (`page`), and what of it stands out (`unusual`), and can change nothing in it but
//! how long it is kept (`kept`); their own openings stand there too.

mod kept;
mod page;
mod seal;
mod unusual;
mod verify;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use data_encoding::HEXLOWER;

use super::{Context, ServiceError};
use crate::clock::random_bytes;
use crate::domain::account::Actor;
use crate::storage::reads::Read;
use crate::storage::{self, StorageError};

pub use kept::{Rules, rules, set_kept};
pub use page::{Filter, Line, Shown, page};
pub use seal::{Sealed, seal};
pub use unusual::{LOOKED_BACK, Noticed, noticed};
pub use verify::{Broken, Checked, verify};

/// A page waits at most so long for its entry to be written.
const PATIENCE: Duration = Duration::from_secs(1);
/// Entries that wait in memory, where others write for very long.
const MOST_WAITING: usize = 10_000;

/// What this running program still has to write down.
#[derive(Default)]
pub struct Unwritten {
    instance: OnceLock<String>,
    running: AtomicI64,
    /// In the order in which they came; only who has the turn takes any away.
    waiting: Mutex<Vec<Read>>,
    turn: tokio::sync::Mutex<()>,
}

impl Unwritten {
    fn waiting(&self) -> MutexGuard<'_, Vec<Read>> {
        self.waiting.lock().expect("no holder of this lock panics")
    }
}

/// What somebody opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Method and path of the route.
    pub what: String,
    /// The code of the record.
    pub record: Option<String>,
    /// Which list.
    pub list: Option<String>,
}

/// Writes down that somebody opened something. Where the database takes nothing
/// for a while the entry waits in memory, and stands in the program's own log; only
/// where too many wait is it refused.
pub async fn note(context: &Context, actor: &Actor, opened: Opened) -> Result<(), ServiceError> {
    let unwritten = &context.unwritten;
    let instance = unwritten
        .instance
        .get_or_init(|| HEXLOWER.encode(&random_bytes::<8>(context.randomness.as_ref())));
    let entry = Read {
        instance: instance.clone(),
        running: unwritten.running.fetch_add(1, Ordering::Relaxed) + 1,
        at: context.now(),
        account_id: actor.account_id,
        desk: actor.desk().map(ToString::to_string),
        what: opened.what,
        record: opened.record,
        list: opened.list,
    };
    let (account, what) = (entry.account_id, entry.what.clone());
    {
        let mut waiting = unwritten.waiting();
        if waiting.len() >= MOST_WAITING {
            return Err(ServiceError::Broken(
                "who opened what cannot be kept".to_owned(),
            ));
        }
        waiting.push(entry);
    }
    match tokio::time::timeout(PATIENCE, write_down(context)).await {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(error)) => tracing::warn!(%error, "who opened what waits in memory"),
        Err(_) => tracing::warn!("who opened what waits in memory: others write"),
    }
    tracing::info!(account, what, "opened");
    Ok(())
}

/// The account of whoever opens something by the command line without being asked for
/// their name: whoever has the database's file.
pub const COMMAND_LINE: &str = "account:0";
/// Commands are short: all of them write as one instance.
const COMMANDS: &str = "commands";

/// Writes down that a command shows persons, before it does. `by`: the operator in whose
/// name, where it takes one.
pub async fn note_command(
    context: &Context,
    by: Option<&Actor>,
    opened: Opened,
) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    let entry = Read {
        instance: COMMANDS.to_owned(),
        running: storage::counters::draw(&*write, "reads-by-commands", 1).await?,
        at: context.now(),
        account_id: by.map_or(0, |actor| actor.account_id),
        desk: by.and_then(|actor| actor.desk().map(ToString::to_string)),
        what: opened.what,
        record: opened.record,
        list: opened.list,
    };
    storage::reads::append(&*write, &[entry]).await?;
    Ok(write.commit().await?)
}

/// Writes down everything that waits. Whoever has the turn writes for all, in one
/// transaction; the others find theirs done. What is not written stays.
async fn write_down(context: &Context) -> Result<(), StorageError> {
    let unwritten = &context.unwritten;
    let _turn = unwritten.turn.lock().await;
    loop {
        let batch: Vec<Read> = {
            let waiting = unwritten.waiting();
            waiting.iter().take(storage::rows::CHUNK).cloned().collect()
        };
        if batch.is_empty() {
            return Ok(());
        }
        let write = context.db.write().await?;
        storage::reads::append(&*write, &batch).await?;
        write.commit().await?;
        unwritten.waiting().drain(..batch.len());
    }
}

fn counter(instance: &str) -> String {
    format!("read-log:{instance}")
}

fn account_name(id: i64) -> String {
    format!("account:{id}")
}
