//! Whether every segment is as it was sealed, and none is missing.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::counter;
use crate::domain::read_log::{Fault, SHORTEST_KEPT_DAYS, head};
use crate::services::{Context, ServiceError};
use crate::storage::{self, Connection, StorageError};

/// Segments that are checked at a time.
const CHECKED: u64 = 200;

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
    /// Of one that is gone: the first after it that is there; none where all are gone.
    pub next: Option<i64>,
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
    let mut unseen: HashMap<String, Unseen> = counted
        .into_iter()
        .map(|(name, last)| (name, Unseen { last, rest: last }))
        .collect();
    let kept_from = kept_from(context, &db).await?;
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
            if let Some(fault) = segment.fault(follows, kept_from) {
                let gone = follows.0 + 1;
                let is_gone = fault == Fault::Missing && gone < segment.number;
                checked.broken = Some(Broken {
                    minute: (!is_gone).then(|| segment.minute.and_utc()),
                    number: if is_gone { gone } else { segment.number },
                    next: is_gone.then_some(segment.number),
                    instance: segment.instance,
                    fault,
                });
                return Ok(checked);
            }
            checked.segments += 1;
            checked.entries += u64::try_from(segment.count).unwrap_or(0);
            let known = unseen.get_mut(&counter(&segment.instance));
            if let Some(one) = known {
                one.rest -= 1;
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

/// From when on every segment has its entries: before, one of the rules that held may have
/// dropped them. A day is left for clocks that are apart or went back since.
async fn kept_from(context: &Context, db: &impl Connection) -> Result<NaiveDateTime, ServiceError> {
    let day = TimeDelta::days(1);
    let shortest = storage::read_log_rules::shortest(db, context.today() + day).await?;
    // A row below the floor was written by hand, and excuses nothing.
    let kept = i64::from(shortest.max(SHORTEST_KEPT_DAYS));
    Ok((context.now() + day - TimeDelta::days(kept)).naive_utc())
}

/// How many segments of an instance were sealed, and how many of them were not met.
struct Unseen {
    last: i64,
    rest: i64,
}

/// An instance of which the last segments are gone, by the first of them.
fn short(unseen: &HashMap<String, Unseen>) -> Option<Broken> {
    let short = unseen.iter().filter(|(_, one)| one.rest > 0);
    let (name, one) = short.min_by_key(|(name, _)| *name)?;
    Some(Broken {
        instance: name.trim_start_matches("read-log:").to_owned(),
        // Those that are there follow one another from 1.
        number: one.last - one.rest + 1,
        minute: None,
        fault: Fault::Missing,
        next: None,
    })
}

/// The head as it stands: of every instance the last segment that was counted.
pub(super) async fn head_now(db: &impl Connection) -> Result<String, StorageError> {
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
