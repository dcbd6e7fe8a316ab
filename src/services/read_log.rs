//! Who opened whose record, or which list. A request appends what it showed before
//! it answers; a job seals closed minutes and drops what is too old; anybody with
//! the command can check that nothing was taken out or changed. Administrators see
//! it and can change nothing in it, and their own openings stand there too.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::HEXLOWER;

use super::error::require_administrator;
use super::{Context, ServiceError};
use crate::clock::random_bytes;
use crate::domain::account::Actor;
use crate::domain::read_log::{
    Entry, Fault, MOST_ENTRIES, PersonKey, Segment, from_text, head, instant,
};
use crate::storage::reads::Read;
use crate::storage::{self, Connection, Page, StorageError, Write};

/// A page waits at most so long for its entry to be written.
const PATIENCE: Duration = Duration::from_secs(1);
/// Entries that wait in memory, where others write for very long.
const MOST_WAITING: usize = 10_000;
/// Entries that are not sealed yet, on the page.
const MOST_OPEN: u64 = 200;
/// Segments that are checked at a time.
const CHECKED: u64 = 200;
/// Segments that one run makes at most.
const MOST_SEALED: usize = 500;

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

/// What a run of the job did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sealed {
    pub segments: u64,
    pub entries: u64,
    /// Segments whose entries were dropped.
    pub dropped: u64,
}

/// Seals the entries of closed minutes, and drops what is too old.
pub async fn seal(context: &Context) -> Result<Sealed, ServiceError> {
    let mut done = Sealed::default();
    if let Err(error) = write_down(context).await {
        tracing::warn!(%error, "who opened what waits in memory");
    }
    let now = context.now();
    let closed = DateTime::from_timestamp(now.timestamp() / 60 * 60, 0).unwrap_or(now);
    for _ in 0..MOST_SEALED {
        let write = context.db.write().await?;
        // Of several programs one seals at a time.
        storage::counters::draw(&*write, "reads-sealed", 1).await?;
        let most = u64::try_from(MOST_ENTRIES).unwrap_or(u64::MAX);
        let entries = storage::reads::before(&*write, closed, most).await?;
        let sealed = seal_some(context, &write, &entries).await?;
        write.commit().await?;
        if sealed.segments == 0 {
            break;
        }
        done.segments += sealed.segments;
        done.entries += sealed.entries;
    }
    let kept = storage::policy::reads_kept_days(context.db.read(), context.today()).await?;
    let oldest = now - TimeDelta::days(i64::from(kept));
    let write = context.db.write().await?;
    done.dropped = storage::reads::drop_entries(&*write, oldest.naive_utc()).await?;
    write.commit().await?;
    Ok(done)
}

/// Seals entries, each minute of each instance in a segment.
async fn seal_some(
    context: &Context,
    write: &Write,
    entries: &[Read],
) -> Result<Sealed, ServiceError> {
    let mut done = Sealed::default();
    if entries.is_empty() {
        return Ok(done);
    }
    let key = key(context, write).await?;
    let minute = |one: &Read| one.at.timestamp() / 60;
    let same = |a: &Read, b: &Read| a.instance == b.instance && minute(a) == minute(b);
    for group in entries.chunk_by(same) {
        let instance = group[0].instance.as_str();
        let last = storage::reads::last_segment(&**write, instance).await?;
        let (number, before) = last.map_or((0, String::new()), |last| (last.number, last.seal));
        let at = DateTime::from_timestamp(minute(&group[0]) * 60, 0).unwrap_or(group[0].at);
        let lines: Vec<Entry> = group.iter().map(|one| entry(&key, one)).collect();
        let segment = Segment::sealed(instance, number + 1, at.naive_utc(), &lines, &before);
        storage::reads::insert_segment(&**write, &segment).await?;
        // How many there should be, so that the last ones are missed as well.
        storage::counters::draw(&**write, &counter(instance), 1).await?;
        let running: Vec<i64> = group.iter().map(|one| one.running).collect();
        storage::reads::delete(&**write, instance, &running).await?;
        done.segments += 1;
        done.entries += u64::try_from(group.len()).unwrap_or(0);
    }
    storage::reads::name(&**write, &names(&key, entries)).await?;
    Ok(done)
}

fn counter(instance: &str) -> String {
    format!("read-log:{instance}")
}

fn account_name(id: i64) -> String {
    format!("account:{id}")
}

fn names(key: &PersonKey, entries: &[Read]) -> Vec<(String, String)> {
    let records = entries.iter().filter_map(|one| one.record.clone());
    let accounts = entries.iter().map(|one| account_name(one.account_id));
    let all: BTreeSet<String> = records.chain(accounts).collect();
    all.into_iter()
        .map(|name| (key.digest(&name), name))
        .collect()
}

fn entry(key: &PersonKey, read: &Read) -> Entry {
    Entry {
        at: instant(read.at),
        who: key.digest(&account_name(read.account_id)),
        desk: read.desk.clone(),
        what: read.what.clone(),
        of: read.record.as_ref().map(|code| key.digest(code)),
        list: read.list.clone(),
    }
}

/// The key of the digests, made the first time.
async fn key(context: &Context, write: &Write) -> Result<PersonKey, ServiceError> {
    let name = storage::secrets::READ_LOG;
    let kept = storage::secrets::find(&**write, name).await?;
    if let Some(key) = kept.and_then(|text| PersonKey::from_text(&text)) {
        return Ok(key);
    }
    let key = PersonKey::new(random_bytes(context.randomness.as_ref()));
    storage::secrets::insert(&**write, name, &key.to_text()).await?;
    Ok(key)
}

/// How the log stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    pub segments: u64,
    pub entries: u64,
    /// Entries that are not sealed yet.
    pub open: u64,
    /// What stands for all that is sealed, where it is whole.
    pub head: String,
    pub broken: Option<Broken>,
}

/// The first segment that is not as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub instance: String,
    pub number: i64,
    /// None where the segment itself is gone.
    pub minute: Option<DateTime<Utc>>,
    pub fault: Fault,
}

/// Checks every segment of every instance.
pub async fn verify(context: &Context) -> Result<Checked, ServiceError> {
    let db = context.db.snapshot().await?;
    let mut checked = Checked {
        segments: 0,
        entries: 0,
        open: storage::reads::count_open(&db).await?,
        head: String::new(),
        broken: None,
    };
    let counted = storage::counters::all_of(&db, "read-log:").await?;
    let mut unseen: HashMap<String, i64> = counted.into_iter().collect();
    let mut last: Option<(String, i64, String)> = None;
    let mut ends = Vec::new();
    loop {
        let after = last
            .as_ref()
            .map(|(instance, number, _)| (instance.as_str(), *number));
        let segments = storage::reads::segments_after(&db, after, CHECKED).await?;
        if segments.is_empty() {
            break;
        }
        for segment in segments {
            let follows = last
                .as_ref()
                .filter(|(instance, ..)| *instance == segment.instance)
                .map_or((0, ""), |(_, number, seal)| (*number, seal.as_str()));
            if let Some(fault) = segment.fault(follows) {
                checked.broken = Some(Broken {
                    minute: Some(segment.minute.and_utc()),
                    instance: segment.instance,
                    number: segment.number,
                    fault,
                });
                return Ok(checked);
            }
            checked.segments += 1;
            checked.entries += u64::try_from(segment.count).unwrap_or(0);
            let known = unseen.get_mut(&counter(&segment.instance));
            if let Some(rest) = known {
                *rest -= 1;
            }
            let now = (segment.instance, segment.number, segment.seal);
            ends.extend(last.replace(now.clone()).filter(|last| last.0 != now.0));
        }
    }
    ends.extend(last);
    checked.head = head(&ends);
    checked.broken = short(&unseen);
    Ok(checked)
}

/// An instance of which fewer segments are there than were sealed.
fn short(unseen: &HashMap<String, i64>) -> Option<Broken> {
    let mut short: Vec<(&String, &i64)> = unseen.iter().filter(|(_, rest)| **rest > 0).collect();
    short.sort();
    let (name, _) = short.first()?;
    Some(Broken {
        instance: name.trim_start_matches("read-log:").to_owned(),
        number: 0,
        minute: None,
        fault: Fault::Missing,
    })
}

/// What narrows the page.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// An account.
    pub account: Option<i64>,
    /// A record's code.
    pub record: Option<String>,
}

/// A line of the page.
#[derive(Debug, Clone)]
pub struct Line {
    pub at: DateTime<Utc>,
    /// The account's name.
    pub who: String,
    pub desk: String,
    pub what: String,
    /// The record's code, or its digest where nobody knows the code any more.
    pub of: String,
    pub sealed: bool,
}

/// What the page shows.
pub struct Shown {
    pub lines: Vec<Line>,
    pub number: u64,
    pub pages: u64,
    /// Segments in all.
    pub total: u64,
    /// Key and name of every account.
    pub accounts: Vec<(i64, String)>,
    /// See [`head`].
    pub head: String,
    pub kept_days: u32,
}

/// A page of the log, the latest first. Looking at it is an entry of it.
pub async fn page(
    context: &Context,
    actor: &Actor,
    filter: &Filter,
    number: u64,
) -> Result<Shown, ServiceError> {
    require_administrator(actor)?;
    let db = context.db.read();
    let accounts = storage::accounts::list(db).await?.into_iter();
    let accounts: Vec<(i64, String)> = accounts
        .map(|one| (one.actor.account_id, one.actor.name))
        .collect();
    let key = storage::secrets::find(db, storage::secrets::READ_LOG).await?;
    let key = key.and_then(|text| PersonKey::from_text(&text));
    let wanted = filter
        .account
        .map(account_name)
        .into_iter()
        .chain(filter.record.clone());
    let holding: Vec<String> = match &key {
        Some(key) => wanted.map(|name| key.digest(&name)).collect(),
        None => Vec::new(),
    };
    let page = storage::reads::page(db, &holding, number).await?;
    let mut lines = Vec::new();
    if page.number == 1 {
        let open = storage::reads::latest(db, MOST_OPEN).await?;
        lines.extend(
            open.into_iter()
                .filter(|one| passes(filter, one))
                .map(|one| Line {
                    at: one.at,
                    who: name_of(&accounts, &account_name(one.account_id)),
                    desk: one.desk.unwrap_or_default(),
                    what: one.what,
                    of: one.record.or(one.list).unwrap_or_default(),
                    sealed: false,
                }),
        );
    }
    lines.extend(sealed_lines(db, &accounts, &holding, &page).await?);
    Ok(Shown {
        head: head_now(db).await?,
        kept_days: storage::policy::reads_kept_days(db, context.today()).await?,
        lines,
        number: page.number,
        pages: page.total.div_ceil(storage::reads::PAGE).max(1),
        total: page.total,
        accounts,
    })
}

/// The head as it stands: of every instance the last segment that was counted.
async fn head_now(db: &impl Connection) -> Result<String, StorageError> {
    let counted = storage::counters::all_of(db, "read-log:")
        .await?
        .into_iter();
    let counted = counted.map(|(name, last)| {
        let instance = name.trim_start_matches("read-log:").to_owned();
        (instance, last)
    });
    let counted: Vec<(String, i64)> = counted.collect();
    let mut ends = Vec::with_capacity(counted.len());
    for some in counted.chunks(storage::rows::CHUNK) {
        ends.extend(storage::reads::seals_of(db, some).await?);
    }
    Ok(head(&ends))
}

fn passes(filter: &Filter, read: &Read) -> bool {
    let account = filter.account.is_none_or(|id| id == read.account_id);
    let record = filter.record.is_none() || filter.record == read.record;
    account && record
}

fn name_of(accounts: &[(i64, String)], name: &str) -> String {
    let id = name.strip_prefix("account:").and_then(|id| id.parse().ok());
    let known = accounts.iter().find(|(known, _)| Some(*known) == id);
    known.map_or_else(|| name.to_owned(), |(_, name)| name.clone())
}

async fn sealed_lines(
    db: &impl Connection,
    accounts: &[(i64, String)],
    holding: &[String],
    page: &Page<Segment>,
) -> Result<Vec<Line>, StorageError> {
    let texts = page.rows.iter().filter_map(|one| one.entries.as_deref());
    let entries: Vec<Entry> = texts
        .flat_map(|text| from_text(text).into_iter().rev())
        .filter(|entry| {
            let holds = |digest: &String| entry.who == *digest || entry.of.as_ref() == Some(digest);
            holding.iter().all(holds)
        })
        .collect();
    let digests: BTreeSet<&String> = entries
        .iter()
        .flat_map(|entry| entry.of.iter().chain([&entry.who]))
        .collect();
    let digests: Vec<String> = digests.into_iter().cloned().collect();
    let mut known = HashMap::new();
    for some in digests.chunks(storage::rows::CHUNK) {
        known.extend(storage::reads::names(db, some).await?);
    }
    let name = |digest: &str| known.get(digest).cloned().unwrap_or(digest.to_owned());
    Ok(entries
        .into_iter()
        .map(|entry| Line {
            at: entry.at.parse().unwrap_or(DateTime::UNIX_EPOCH),
            who: name_of(accounts, &name(&entry.who)),
            desk: entry.desk.unwrap_or_default(),
            what: entry.what,
            of: entry
                .of
                .as_deref()
                .map(name)
                .or(entry.list)
                .unwrap_or_default(),
            sealed: true,
        })
        .collect())
}
