//! Euro in whole cents, as offers and minimum pay are stated. No arithmetic in
//! floats anywhere. Invariant: between 0 and [`Cents::MOST`].

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// An amount in euro cents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(u32);

/// Why a text is no amount; each carries the text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoneyError {
    #[error("{0:?} is negative")]
    Negative(String),
    #[error("{0:?} is more than 100000.00")]
    Absurd(String),
    #[error("{0:?} has more than two decimals")]
    TooFine(String),
    #[error("{0:?} is not an amount like 8.21")]
    Malformed(String),
}

impl Cents {
    /// Nobody offers more than 100,000 euro: a comma was lost.
    pub const MOST: Self = Self(10_000_000);

    /// None above [`Self::MOST`].
    pub fn new(cents: u32) -> Option<Self> {
        (cents <= Self::MOST.0).then_some(Self(cents))
    }

    pub fn cents(self) -> u32 {
        self.0
    }

    /// Reads `8`, `8.2`, `8.21` and the Italian `8,21`; no thousands separator,
    /// because `1.200` would be read as two different amounts.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let text = text.trim();
        let malformed = || MoneyError::Malformed(text.to_owned());
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let (unsigned, negative) = text
            .strip_prefix(['-', '\u{2212}'])
            .map_or((text, false), |rest| (rest, true));
        let (euro, fraction) = match unsigned.split_once(['.', ',']) {
            Some((euro, fraction)) if digits(fraction) => (euro, fraction),
            Some(_) => return Err(malformed()),
            None => (unsigned, ""),
        };
        if !digits(euro) {
            return Err(malformed());
        }
        if negative {
            return Err(MoneyError::Negative(text.to_owned()));
        }
        if fraction.len() > 2 {
            return Err(MoneyError::TooFine(text.to_owned()));
        }
        let absurd = || MoneyError::Absurd(text.to_owned());
        let euro: u32 = euro.parse().map_err(|_| absurd())?;
        let fraction: u32 = format!("{fraction:0<2}").parse().map_err(|_| malformed())?;
        euro.checked_mul(100)
            .and_then(|cents| cents.checked_add(fraction))
            .and_then(Self::new)
            .ok_or_else(absurd)
    }
}

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}
