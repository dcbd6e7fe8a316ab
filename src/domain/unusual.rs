//! What of the log is out of the ordinary: many records in an hour, records at night, a
//! long list that left. It is a question for whoever looks after privacy, never a verdict.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, Timelike};

/// Who opens more records than this within an hour of the clock stands out: a desk sees a
/// person every few minutes.
pub const MOST_AN_HOUR: usize = 40;
/// From this hour until [`MORNING`] no desk is open.
pub const EVENING: u32 = 22;
pub const MORNING: u32 = 6;
/// A list longer than this leaves seldom.
pub const LONG_LIST: u64 = 500;

/// Somebody opened a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// What stands for the account.
    pub who: String,
    /// On the desks' clock.
    pub at: NaiveDateTime,
    /// What stands for the record.
    pub of: String,
}

/// A list left as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    pub who: String,
    pub at: NaiveDateTime,
    pub rows: u64,
}

/// In which way something stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Many,
    Night,
    Export,
}

/// Something that stands out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusual {
    pub kind: Kind,
    pub who: String,
    /// The hour, or the moment of an export.
    pub at: NaiveDateTime,
    /// Different records, or rows.
    pub count: u64,
}

/// All that stands out, the latest first.
pub fn unusual(openings: &[Opening], exports: &[Export]) -> Vec<Unusual> {
    let mut hours = BTreeMap::<(NaiveDateTime, &str), BTreeSet<&str>>::new();
    for one in openings {
        let hour = one.at.date().and_hms_opt(one.at.hour(), 0, 0);
        let records = hours
            .entry((hour.unwrap_or(one.at), one.who.as_str()))
            .or_default();
        records.insert(&one.of);
    }
    let mut found = Vec::new();
    for ((at, who), records) in hours {
        let mut add = |kind| {
            found.push(Unusual {
                kind,
                who: who.to_owned(),
                at,
                count: records.len() as u64,
            });
        };
        if records.len() > MOST_AN_HOUR {
            add(Kind::Many);
        }
        if at.hour() >= EVENING || at.hour() < MORNING {
            add(Kind::Night);
        }
    }
    let long = exports.iter().filter(|one| one.rows > LONG_LIST);
    found.extend(long.map(|one| Unusual {
        kind: Kind::Export,
        who: one.who.clone(),
        at: one.at,
        count: one.rows,
    }));
    found.sort_by(|one, other| other.at.cmp(&one.at).then_with(|| one.who.cmp(&other.who)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn opened(who: &str, when: &str, of: usize) -> Opening {
        Opening {
            who: who.to_owned(),
            at: at(when),
            of: of.to_string(),
        }
    }

    #[test]
    fn many_records_the_night_and_long_lists_stand_out_and_a_busy_day_does_not() {
        let mut openings: Vec<Opening> = (0..=MOST_AN_HOUR)
            .map(|of| opened("ada", "2026-03-02 10:30", of))
            .collect();
        // The same record again and again is one; an hour later it is another hour.
        openings.extend((0..100).map(|_| opened("bea", "2026-03-02 10:30", 7)));
        openings.extend((0..MOST_AN_HOUR).map(|of| opened("bea", "2026-03-02 11:00", of)));
        openings.push(opened("bea", "2026-03-03 05:59", 1));
        openings.push(opened("bea", "2026-03-03 06:00", 1));
        let exports = [LONG_LIST, LONG_LIST + 1].map(|rows| Export {
            who: "ada".to_owned(),
            at: at("2026-03-01 12:00"),
            rows,
        });
        let found: Vec<_> = unusual(&openings, &exports)
            .into_iter()
            .map(|one| (one.kind, one.who, one.count))
            .collect();
        let expected = [
            (Kind::Night, "bea".to_owned(), 1),
            (Kind::Many, "ada".to_owned(), MOST_AN_HOUR as u64 + 1),
            (Kind::Export, "ada".to_owned(), LONG_LIST + 1),
        ];
        assert_eq!(found, expected);
    }
}
