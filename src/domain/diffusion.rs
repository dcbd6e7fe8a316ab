//! Where a worker's sheet must not go: families, comuni and partners that they
//! named, and families that they said no to. Matching tells the operator, and the
//! family nothing.

use super::ids::{FamilyCode, PartnerCode};
use super::invalid::{Why, one_of};
use super::place::Comune;

/// Whom a limit keeps the sheet from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    Family(FamilyCode),
    /// Families that live there, and work that is there.
    Comune(Comune),
    /// Families that it sent.
    Partner(PartnerCode),
}

impl Limit {
    /// The codes, also of the catalogue's messages.
    pub const KINDS: [&'static str; 3] = ["family", "comune", "partner"];

    /// The code of what kind it is.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Family(_) => "family",
            Self::Comune(_) => "comune",
            Self::Partner(_) => "partner",
        }
    }
}

/// Why there is a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// The worker asked for it.
    Wish,
    /// They said no to a proposal of this family.
    Declined,
}

impl Ground {
    /// All.
    pub const ALL: [Self; 2] = [Self::Wish, Self::Declined];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Wish => "wish",
            Self::Declined => "declined",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}
