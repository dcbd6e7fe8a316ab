//! Who opened what: an entry, the segment of a minute in which entries are sealed,
//! and the chain of segments, each of which holds the digest of the one before.
//! Persons stand in it as keyed digests. A segment whose entries were dropped
//! when they were too old keeps the chain whole.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Entries of one segment at most; a fuller minute has several.
pub const MOST_ENTRIES: usize = 200;
/// Entries are kept for half a year at the least: who administers the program has no say
/// in what they opened last month.
pub const SHORTEST_KEPT_DAYS: u32 = 183;
/// And for ten years at the most.
pub const LONGEST_KEPT_DAYS: u32 = 3653;

/// From a day on entries are kept for so many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptRule {
    pub valid_from: NaiveDate,
    pub kept_days: u32,
}

/// Makes the digests of persons.
pub struct PersonKey([u8; 32]);

impl PersonKey {
    /// From the key.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads what [`Self::to_text`] wrote.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = HEXLOWER.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The key as it is kept.
    pub fn to_text(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// What a person, a record or an account is known by; 128 bits.
    pub fn digest(&self, name: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length is a key");
        mac.update(name.as_bytes());
        HEXLOWER.encode(&mac.finalize().into_bytes()[..16])
    }
}

/// Somebody opened something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The instant, to the second.
    pub at: String,
    /// The digest of the account.
    pub who: String,
    /// The account's desk.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub desk: Option<String>,
    /// Method and path of the route, without values.
    pub what: String,
    /// The digest of the record's code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub of: Option<String>,
    /// Which list: its page and the key of the search, never words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub list: Option<String>,
}

/// An instant as it stands in an entry.
pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Entries as a segment holds them: a JSON object a line.
pub fn to_text(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        text.push_str(&serde_json::to_string(entry).expect("texts always serialise"));
        text.push('\n');
    }
    text
}

/// Reads what [`to_text`] wrote; lines that are none are left out.
pub fn from_text(text: &str) -> Vec<Entry> {
    text.lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

/// A sealed segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The running program that wrote its entries.
    pub instance: String,
    /// From 1, without a gap.
    pub number: i64,
    pub minute: NaiveDateTime,
    pub count: i32,
    /// None once they are dropped.
    pub entries: Option<String>,
    /// Of the entries.
    pub digest: String,
    /// The seal of the segment before; empty for the first.
    pub before: String,
    pub seal: String,
}

/// What stands for the whole log at an instant: the digest of the last seal of every
/// instance. `ends`: instance, number and seal of the last segment of each, in any order.
/// Written down elsewhere, it shows afterwards whether anything before was changed.
pub fn head(ends: &[(String, i64, String)]) -> String {
    let mut lines: Vec<String> = ends
        .iter()
        .map(|(instance, number, seal)| format!("{instance} {number} {seal}"))
        .collect();
    lines.sort_unstable();
    digest(&lines.join("\n"))
}

/// The digest of some entries.
pub fn digest(entries: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(entries))
}

impl Segment {
    /// Seals entries after the segment whose seal is `before`.
    pub fn sealed(
        instance: &str,
        number: i64,
        minute: NaiveDateTime,
        entries: &[Entry],
        before: &str,
    ) -> Self {
        let text = to_text(entries);
        let mut segment = Self {
            instance: instance.to_owned(),
            number,
            minute,
            count: i32::try_from(entries.len()).unwrap_or(i32::MAX),
            digest: digest(&text),
            entries: Some(text),
            before: before.to_owned(),
            seal: String::new(),
        };
        segment.seal = segment.right_seal();
        segment
    }

    fn right_seal(&self) -> String {
        let minute = self.minute.and_utc().timestamp();
        let parts = [
            self.instance.as_str(),
            &self.number.to_string(),
            &minute.to_string(),
            &self.count.to_string(),
            &self.digest,
            &self.before,
        ];
        // No part holds a line break, so no two lists of parts are the same text.
        HEXLOWER.encode(&Sha256::digest(parts.join("\n")))
    }

    /// What is wrong with it where it should follow the segment `last`: number and
    /// seal; (0, "") for the first. Before `kept_from` entries may have been dropped.
    pub fn fault(&self, last: (i64, &str), kept_from: NaiveDateTime) -> Option<Fault> {
        let right_entries = match &self.entries {
            Some(text) => digest(text) == self.digest,
            None => self.minute < kept_from,
        };
        if self.number != last.0 + 1 {
            Some(Fault::Missing)
        } else if self.before != last.1 {
            Some(Fault::Chain)
        } else if !right_entries {
            Some(Fault::Entries)
        } else if self.right_seal() != self.seal {
            Some(Fault::Seal)
        } else {
            None
        }
    }
}

/// What is wrong with a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Those before it, or after it, are gone.
    Missing,
    /// It does not follow the one before.
    Chain,
    /// Its entries are not those that were sealed, or were dropped before their time.
    Entries,
    /// Its minute or its count are not those that were sealed.
    Seal,
}

impl Fault {
    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Chain => "chain",
            Self::Entries => "entries",
            Self::Seal => "seal",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(who: &str) -> Entry {
        Entry {
            at: "2026-11-24T15:04:05Z".to_owned(),
            who: who.to_owned(),
            desk: Some("grosseto".to_owned()),
            what: "GET /workers/{code}".to_owned(),
            of: Some("ab".to_owned()),
            list: None,
        }
    }

    fn chain() -> Vec<Segment> {
        let minute = DateTime::UNIX_EPOCH.naive_utc();
        let mut chain: Vec<Segment> = Vec::new();
        for number in 1..=4 {
            let before = chain.last().map_or("", |one| one.seal.as_str()).to_owned();
            let entries = [entry("a"), entry("b")];
            chain.push(Segment::sealed("x", number, minute, &entries, &before));
        }
        chain
    }

    fn first_fault(chain: &[Segment]) -> Option<(i64, Fault)> {
        let mut last = (0, "");
        let kept_from = DateTime::from_timestamp(60, 0).unwrap().naive_utc();
        for segment in chain {
            if let Some(fault) = segment.fault(last, kept_from) {
                return Some((segment.number, fault));
            }
            last = (segment.number, &segment.seal);
        }
        None
    }

    #[test]
    fn a_chain_holds_also_where_old_entries_are_dropped() {
        let mut chain = chain();
        assert_eq!(first_fault(&chain), None);
        chain[0].entries = None;
        chain[1].entries = None;
        assert_eq!(first_fault(&chain), None);
        assert_eq!(from_text(chain[2].entries.as_ref().unwrap()).len(), 2);
    }

    #[test]
    fn whatever_is_changed_is_found_where_it_was_changed() {
        type Change = fn(&mut Vec<Segment>);
        let changes: [(Change, (i64, Fault)); 7] = [
            // Dropped before its time; the seal covers the minute, so it can't be made older.
            (
                |chain| {
                    let minute = chain[1].minute + chrono::TimeDelta::minutes(1);
                    let before = chain[0].seal.clone();
                    chain[1] = Segment::sealed("x", 2, minute, &[entry("a")], &before);
                    chain[1].entries = None;
                },
                (2, Fault::Entries),
            ),
            (
                |chain| {
                    let text = chain[1].entries.as_mut().unwrap();
                    *text = text.replace("grosseto", "follonica");
                },
                (2, Fault::Entries),
            ),
            (
                |chain| {
                    chain[1].entries = Some(String::new());
                    chain[1].digest = digest("");
                },
                (2, Fault::Seal),
            ),
            (|chain| chain[2].count = 1, (3, Fault::Seal)),
            (
                |chain| {
                    let (minute, before) = (chain[1].minute, chain[0].seal.clone());
                    chain[1] = Segment::sealed("x", 2, minute, &[entry("c")], &before);
                },
                (3, Fault::Chain),
            ),
            (
                |chain| {
                    chain.remove(1);
                },
                (3, Fault::Missing),
            ),
            (|chain| chain.swap(0, 1), (2, Fault::Missing)),
        ];
        for (number, (change, expected)) in changes.into_iter().enumerate() {
            let mut chain = chain();
            change(&mut chain);
            assert_eq!(first_fault(&chain), Some(expected), "change {number}");
        }
    }

    #[test]
    fn a_digest_needs_its_key() {
        let (one, other) = (PersonKey::new([1; 32]), PersonKey::new([2; 32]));
        assert_eq!(one.digest("W-1"), one.digest("W-1"));
        assert_ne!(one.digest("W-1"), one.digest("W-2"));
        assert_ne!(one.digest("W-1"), other.digest("W-1"));
        let again = PersonKey::from_text(&one.to_text()).unwrap();
        assert_eq!(again.digest("W-1"), one.digest("W-1"));
    }
}
