//! The versions of the notice about data that the program prints and that people are
//! given. Which words a version has stands in the catalogues; a version's words never
//! change once it is in force: a test holds them against the table's digest.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::invalid::{Why, one_of};
use super::reference;

/// One version of `data/notices.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Notice {
    version: String,
    valid_from: NaiveDate,
    sha256: String,
}

/// What stands for a paper that was signed before the program printed any.
pub const EARLIER: &str = "earlier";

impl Notice {
    /// Every version, the oldest first.
    pub fn all() -> &'static [Self] {
        static ROWS: OnceLock<Vec<Notice>> = OnceLock::new();
        ROWS.get_or_init(|| {
            let text = include_str!("../../data/notices.csv");
            reference::table("notices.csv", text)
        })
    }

    /// The one that is printed now.
    pub fn latest() -> &'static Self {
        Self::all().last().expect("the table has a version")
    }

    /// The version, as it is recorded and printed.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The day it began.
    pub fn valid_from(&self) -> NaiveDate {
        self.valid_from
    }

    /// Hexadecimal, of the words of this version; the newest alone is checked.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// By its version.
    pub fn by_version(version: &str) -> Option<&'static Self> {
        Self::all().iter().find(|one| one.version == version)
    }

    /// Every code that can be recorded, the newest first.
    pub fn codes() -> Vec<&'static str> {
        let newest_first = Self::all().iter().rev().map(Self::version);
        newest_first.chain([EARLIER]).collect()
    }

    /// Reads a code that can be recorded.
    pub fn parse(text: &str) -> Result<&'static str, Why> {
        one_of(text, &Self::codes(), |code| code)
    }
}
