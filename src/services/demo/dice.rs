//! What chance decides in the demo: names, birthdays, and the passphrases of its
//! accounts. The people's dice repeat by their seed; the passphrases come from
//! the program's randomness, so that no two demos share one.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, TimeDelta};
use serde::Deserialize;

use crate::clock::{Randomness, SeededRandomness, random_bytes};
use crate::domain::account::check_new_password;
use crate::domain::reference;

#[derive(Deserialize)]
struct NameRow {
    locale: String,
    kind: String,
    value: String,
}

/// Draws made-up people, each name once.
pub(super) struct Dice {
    random: SeededRandomness,
    names: Vec<NameRow>,
    drawn: BTreeSet<(String, String)>,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        let text = include_str!("../../../data/surnames_given_names.csv");
        Self {
            random: SeededRandomness::new(seed),
            names: reference::table("surnames_given_names.csv", text),
            drawn: BTreeSet::new(),
        }
    }

    /// A number in `0..bound`.
    fn below(&self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("tables are short");
        usize::try_from(self.random.below(bound)).expect("below the length of a table")
    }

    fn word(&self, locale: &str, kind: &str) -> String {
        let fitting: Vec<&NameRow> = (self.names.iter())
            .filter(|row| row.locale == locale && row.kind == kind)
            .collect();
        fitting[self.below(fitting.len())].value.clone()
    }

    /// A given and a family name that nobody has yet.
    pub(super) fn name(&mut self, locale: &str, sex: &str) -> (String, String) {
        loop {
            let name = (
                self.word(locale, &format!("given_{sex}")),
                self.word(locale, "surname"),
            );
            if self.drawn.insert(name.clone()) {
                return name;
            }
        }
    }

    /// Keeps a name that the tables give from being drawn.
    pub(super) fn keep(&mut self, given: &str, family: &str) {
        self.drawn.insert((given.to_owned(), family.to_owned()));
    }

    /// One of two sexes.
    pub(super) fn sex(&self) -> &'static str {
        ["f", "m"][self.below(2)]
    }

    /// The birthday of somebody who has worked for `years` since they were 24 or more.
    pub(super) fn birth_date(&self, years: i32, today: NaiveDate) -> NaiveDate {
        let older = i32::try_from(self.below(18)).expect("below 18");
        let year = today.year() - 24 - years - older;
        let new_year = NaiveDate::from_ymd_opt(year, 1, 1).expect("every year has a first day");
        new_year + TimeDelta::days(i64::try_from(self.below(365)).expect("below 365"))
    }
}

/// Four words of two syllables, 48 random bits.
pub(super) fn passphrase(randomness: &dyn Randomness) -> String {
    const CONSONANTS: &[u8; 16] = b"bcdfghklmnprstvz";
    const VOWELS: &[u8; 4] = b"aeio";
    loop {
        let mut phrase = String::new();
        for (at, byte) in random_bytes::<8>(randomness).into_iter().enumerate() {
            if at > 0 && at % 2 == 0 {
                phrase.push('-');
            }
            phrase.push(char::from(CONSONANTS[usize::from(byte % 16)]));
            phrase.push(char::from(VOWELS[usize::from(byte / 16 % 4)]));
        }
        if check_new_password(&phrase).is_ok() {
            return phrase;
        }
    }
}
