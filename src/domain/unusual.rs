//! What of the log is out of the ordinary: many records in an hour, records at night, a
//! long list that left. It is a question for whoever looks after privacy, never a verdict.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDateTime, Timelike};

use super::setting::{Numbers, Setting};

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

/// All that stands out by the numbers of its own day, the latest first.
pub fn unusual(openings: &[Opening], exports: &[Export], numbers: &Numbers) -> Vec<Unusual> {
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
        let on = |setting| numbers.on(setting, at.date());
        if records.len() as u64 > u64::from(on(Setting::ReadsHour)) {
            add(Kind::Many);
        }
        if at.hour() >= on(Setting::NightBegins) || at.hour() < on(Setting::NightEnds) {
            add(Kind::Night);
        }
    }
    let long = exports.iter().filter(|one| {
        let most = numbers.on(Setting::LongList, one.at.date());
        one.rows > u64::from(most)
    });
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
    use crate::domain::setting::NumberRule;

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
        let (most, long) = (40, 500);
        let mut openings: Vec<Opening> = (0..=most)
            .map(|of| opened("ada", "2026-03-02 10:30", of))
            .collect();
        // The same record again and again is one; an hour later it is another hour.
        openings.extend((0..100).map(|_| opened("bea", "2026-03-02 10:30", 7)));
        openings.extend((0..most).map(|of| opened("bea", "2026-03-02 11:00", of)));
        openings.push(opened("bea", "2026-03-03 05:59", 1));
        openings.push(opened("bea", "2026-03-03 06:00", 1));
        let exports = [long, long + 1].map(|rows| Export {
            who: "ada".to_owned(),
            at: at("2026-03-01 12:00"),
            rows,
        });
        let found = |numbers: &Numbers| -> Vec<_> {
            unusual(&openings, &exports, numbers)
                .into_iter()
                .map(|one| (one.kind, one.who, one.count))
                .collect()
        };
        let expected = [
            (Kind::Night, "bea".to_owned(), 1),
            (Kind::Many, "ada".to_owned(), most as u64 + 1),
            (Kind::Export, "ada".to_owned(), long + 1),
        ];
        assert_eq!(found(&Numbers::default()), expected);
        // A row counts from its own day on: that of the many records, not that of the list.
        let rule = |setting, value| NumberRule {
            setting,
            valid_from: at("2026-03-02 00:00").date(),
            value,
        };
        let numbers = Numbers::new(vec![
            rule(Setting::ReadsHour, 41),
            rule(Setting::NightEnds, 5),
            rule(Setting::LongList, 10_000),
        ]);
        assert_eq!(found(&numbers), expected[2..]);
    }
}
