//! Closed minutes become segments, each a link of its instance's chain; what is too old
//! goes, and its seal stays.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta};

use super::{account_name, counter, write_down};
use crate::clock::random_bytes;
use crate::domain::read_log::{Entry, MOST_ENTRIES, PersonKey, Segment, instant};
use crate::services::{Context, ServiceError};
use crate::storage::reads::Read;
use crate::storage::{self, Write};

/// Segments that one run makes at most.
const MOST_SEALED: usize = 500;

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
    let kept = storage::read_log_rules::kept_days(context.db.read(), context.today()).await?;
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
