//! The week in half-hours, as people type it and as the program writes it back.
//! Europe/Rome local time, no date and no daylight saving in it. Invariant: bits
//! past the last half-hour of Sunday are never set.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

/// Half-hours in a week; slot 0 is Monday 00:00–00:30.
pub const SLOTS: usize = 336;
/// Half-hours in a day.
pub const SLOTS_A_DAY: usize = 48;
const DAYS: usize = 7;
const WORDS: usize = 6;
const LAST_WORD: u64 = (1 << (SLOTS % 64)) - 1;

const ENGLISH: [&str; DAYS] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const ITALIAN: [&str; DAYS] = ["lun", "mar", "mer", "gio", "ven", "sab", "dom"];

/// A set of half-hours of the week.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct WeekGrid([u64; WORDS]);

/// Why a text is not a week grid; each carries the piece of text that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WeekError {
    /// Neither an English nor an Italian short name of a day.
    #[error("unknown day {0:?}")]
    UnknownDay(String),
    /// A time that is no full or half hour.
    #[error("{0:?} is not on the half hour")]
    NotHalfHour(String),
    /// An interval without length; a whole day is `00:00-24:00`.
    #[error("{0:?} starts and ends at the same time")]
    EqualEnds(String),
    /// No time of the day, or `24:00` as a start.
    #[error("{0:?} is not a time")]
    BadTime(String),
    /// Not of the form `DAYS START-END`.
    #[error("{0:?} is not of the form \"Mon-Fri 08:00-13:00\"")]
    Malformed(String),
}

impl WeekGrid {
    /// No half-hour at all.
    pub const EMPTY: Self = Self([0; WORDS]);

    /// Reads `Mon-Fri 08:00-13:00; Sat 09:00-12:00`, days in English or Italian,
    /// in either case. Spaces do not matter; nothing or `-` is an empty grid.
    pub fn parse(text: &str) -> Result<Self, WeekError> {
        let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let entries = squeezed.strip_suffix(';').unwrap_or(&squeezed);
        let mut grid = Self::EMPTY;
        if !entries.is_empty() && entries != "-" {
            for entry in entries.split(';') {
                grid.add_entry(entry)?;
            }
        }
        Ok(grid)
    }

    fn add_entry(&mut self, entry: &str) -> Result<(), WeekError> {
        let malformed = || WeekError::Malformed(entry.to_owned());
        let times_at = entry
            .find(|c: char| c.is_ascii_digit())
            .ok_or_else(malformed)?;
        let (days, times) = entry.split_at(times_at);
        let days = parse_days(days).ok_or_else(malformed)??;
        let (start, end) = times.split_once('-').ok_or_else(malformed)?;
        let (from, to) = (parse_time(start)?, parse_time(end)?);
        if from == SLOTS_A_DAY {
            return Err(WeekError::BadTime(start.to_owned()));
        }
        if from == to {
            return Err(WeekError::EqualEnds(times.to_owned()));
        }
        let to = if to < from { to + SLOTS_A_DAY } else { to };
        for day in days {
            for slot in from..to {
                self.insert((day * SLOTS_A_DAY + slot) % SLOTS);
            }
        }
        Ok(())
    }

    /// The grid of the given half-hours; those from [`SLOTS`] on are an error of
    /// the caller.
    pub fn from_slots(slots: impl IntoIterator<Item = usize>) -> Self {
        let mut grid = Self::EMPTY;
        for slot in slots {
            grid.insert(slot);
        }
        grid
    }

    fn insert(&mut self, slot: usize) {
        assert!(slot < SLOTS, "a week has {SLOTS} half-hours, not {slot}");
        self.0[slot / 64] |= 1 << (slot % 64);
    }

    /// The bits, slot 0 in the lowest bit of the first word.
    pub fn words(&self) -> &[u64; WORDS] {
        &self.0
    }

    /// The reverse of [`Self::words`]; bits past the week are dropped.
    pub fn from_words(mut words: [u64; WORDS]) -> Self {
        words[WORDS - 1] &= LAST_WORD;
        Self(words)
    }

    pub fn is_empty(&self) -> bool {
        self.0 == [0; WORDS]
    }

    /// How many half-hours.
    pub fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub fn contains(&self, slot: usize) -> bool {
        slot < SLOTS && self.0[slot / 64] >> (slot % 64) & 1 == 1
    }

    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }

    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & !other.0[i]))
    }

    /// The half-hours in ascending order.
    pub fn slots(&self) -> impl Iterator<Item = usize> + use<> {
        let words = self.0;
        words.into_iter().enumerate().flat_map(|(i, word)| {
            std::iter::successors((word != 0).then_some(word), |w| {
                let rest = w & (w - 1);
                (rest != 0).then_some(rest)
            })
            .map(move |w| i * 64 + w.trailing_zeros() as usize)
        })
    }

    /// The longest runs of adjacent half-hours, as `(first, past the last)`; the
    /// week does not wrap.
    pub fn runs(&self) -> Vec<(usize, usize)> {
        runs_of(&self.0, 0, SLOTS)
    }

    /// The longest runs of one day (0 = Monday), cut at midnight, in half-hours
    /// from that day's midnight.
    pub fn day_runs(&self, day: usize) -> Vec<(usize, usize)> {
        let midnight = day * SLOTS_A_DAY;
        let mut runs = runs_of(&self.0, midnight, midnight + SLOTS_A_DAY);
        for (first, end) in &mut runs {
            *first -= midnight;
            *end -= midnight;
        }
        runs
    }
}

/// Runs of bits that are set, from one bit to before another.
fn runs_of(words: &[u64], from: usize, to: usize) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut first = next(words, from, to, true);
    while first < to {
        let end = next(words, first, to, false);
        runs.push((first, end));
        first = next(words, end, to, true);
    }
    runs
}

/// The first bit from one on that is set, or that is not; `to` where there is none before
/// it.
fn next(words: &[u64], from: usize, to: usize, set: bool) -> usize {
    for (at, word) in words.iter().enumerate().skip(from / 64) {
        let found = if set { *word } else { !word };
        let found = found & u64::MAX << from.saturating_sub(at * 64);
        if found != 0 {
            return (at * 64 + found.trailing_zeros() as usize).min(to);
        }
    }
    to
}

/// None where the text is no list of days at all, an error where a day is unknown.
fn parse_days(text: &str) -> Option<Result<Vec<usize>, WeekError>> {
    if text.is_empty() {
        return None;
    }
    let mut days = Vec::new();
    for item in text.split(',') {
        let (first, last) = item.split_once('-').unwrap_or((item, item));
        if first.is_empty() || last.is_empty() {
            return None;
        }
        let (first, last) = match (parse_day(first), parse_day(last)) {
            (Ok(first), Ok(last)) => (first, last),
            (Err(error), _) | (_, Err(error)) => return Some(Err(error)),
        };
        let length = (last + DAYS - first) % DAYS + 1;
        days.extend((first..first + length).map(|day| day % DAYS));
    }
    Some(Ok(days))
}

fn parse_day(text: &str) -> Result<usize, WeekError> {
    [ENGLISH, ITALIAN]
        .iter()
        .find_map(|names| names.iter().position(|day| day.eq_ignore_ascii_case(text)))
        .ok_or_else(|| WeekError::UnknownDay(text.to_owned()))
}

/// Half-hours since midnight, 48 for `24:00`.
fn parse_time(text: &str) -> Result<usize, WeekError> {
    let bad = || WeekError::BadTime(text.to_owned());
    let number = |part: &str, most: usize| -> Option<usize> {
        let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        (digits && part.len() <= 2)
            .then(|| part.parse().ok())
            .flatten()
            .filter(|n| *n <= most)
    };
    let (hour, minute) = text.split_once(':').ok_or_else(bad)?;
    let hour = number(hour, 24).ok_or_else(bad)?;
    if minute.len() != 2 {
        return Err(bad());
    }
    let minute = number(minute, 59).ok_or_else(bad)?;
    if hour == 24 && minute != 0 {
        return Err(bad());
    }
    match minute {
        0 => Ok(hour * 2),
        30 => Ok(hour * 2 + 1),
        _ => Err(WeekError::NotHalfHour(text.to_owned())),
    }
}

/// `Mon-Wed,Fri`: a run of three or more days is a range.
fn write_days(f: &mut fmt::Formatter<'_>, days: u8) -> fmt::Result {
    let days = runs_of(&[u64::from(days)], 0, DAYS);
    let mut separator = "";
    for (first, end) in days {
        if end - first >= 3 {
            write!(f, "{separator}{}-{}", ENGLISH[first], ENGLISH[end - 1])?;
            separator = ",";
        } else {
            for day in &ENGLISH[first..end] {
                write!(f, "{separator}{day}")?;
                separator = ",";
            }
        }
    }
    Ok(())
}

/// The canonical text: every day's intervals merged and cut at midnight, equal
/// intervals sharing one entry, entries ordered by first day, then start.
impl fmt::Display for WeekGrid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut entries: Vec<(usize, usize, u8)> = Vec::new();
        for day in 0..DAYS {
            for (start, end) in self.day_runs(day) {
                match entries.iter_mut().find(|e| (e.0, e.1) == (start, end)) {
                    Some(entry) => entry.2 |= 1 << day,
                    None => entries.push((start, end, 1 << day)),
                }
            }
        }
        for (i, (start, end, days)) in entries.into_iter().enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            write_days(f, days)?;
            let minutes = |slot: usize| slot % 2 * 30;
            write!(f, " {:02}:{:02}", start / 2, minutes(start))?;
            write!(f, "-{:02}:{:02}", end / 2, minutes(end))?;
        }
        Ok(())
    }
}

impl fmt::Debug for WeekGrid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WeekGrid({self})")
    }
}

impl FromStr for WeekGrid {
    type Err = WeekError;

    fn from_str(text: &str) -> Result<Self, WeekError> {
        Self::parse(text)
    }
}

impl Serialize for WeekGrid {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for WeekGrid {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
