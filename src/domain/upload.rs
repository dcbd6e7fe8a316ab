//! A file that a desk hands in: the states it goes through and how long each is
//! kept. What stands in it is no matter here. Nothing is written of a file before
//! somebody has seen what it would do and said so.

use chrono::TimeDelta;

use super::invalid::{Why, one_of};

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UploadState {
    /// Somebody must say what its columns are.
    Columns,
    /// To be tried.
    ToCheck,
    /// Tried: somebody must say whether it is loaded.
    Checked,
    /// To be loaded.
    ToLoad,
    /// Loaded.
    Loaded,
    /// It could not be read to its end; nothing was written.
    Refused,
}

impl UploadState {
    /// All, in their order.
    pub const ALL: [Self; 6] = [
        Self::Columns,
        Self::ToCheck,
        Self::Checked,
        Self::ToLoad,
        Self::Loaded,
        Self::Refused,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::ToCheck => "to_check",
            Self::Checked => "checked",
            Self::ToLoad => "to_load",
            Self::Loaded => "loaded",
            Self::Refused => "refused",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }

    /// Whether the program is to do something with it.
    pub fn is_due(self) -> bool {
        matches!(self, Self::ToCheck | Self::ToLoad)
    }
}

/// A file that nobody loaded goes after this long, all of it.
pub const UNLOADED_LIFE: TimeDelta = TimeDelta::hours(24);
/// What was said of a file that was loaded goes after this long. The file itself
/// goes when it is loaded.
pub const REPORT_LIFE: TimeDelta = TimeDelta::days(7);
/// A program that works on a file for longer is taken to have ended.
pub const CLAIM_LIFE: TimeDelta = TimeDelta::minutes(5);
/// Files of one desk at a time.
pub const MOST_AT_A_DESK: u64 = 20;
/// Rows of one file. While it is loaded nobody else writes on a small machine, so
/// more come by the command line, at night.
pub const MOST_ROWS: u32 = 20_000;
