//! A filter of a list that somebody keeps under a name: codes alone, never the words of a
//! search, since those may name a person; and a name that names none.

use super::invalid::{Why, one_of};
use super::text::tidy;

const LONGEST: usize = 60;
/// So many digits in a row are a telephone number.
const DIGITS_OF_A_PHONE: usize = 6;

/// Who sees a saved filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shared {
    /// Its owner.
    Own,
    /// Everybody of the owner's desk.
    Desk,
    /// Every desk.
    All,
}

impl Shared {
    /// All, the narrowest first.
    pub const ALL: [Self; 3] = [Self::Own, Self::Desk, Self::All];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Desk => "desk",
            Self::All => "all",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}

/// What a filter is called: one line of 1 to 60 characters without an address or a
/// telephone number. Whether somebody is called so, only the records know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterName(String);

impl FilterName {
    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, Why> {
        if text.chars().any(char::is_control) {
            return Err(Why::new("problem-control-characters"));
        }
        let text = tidy(text);
        if text.is_empty() {
            return Err(Why::new("problem-filter-unnamed"));
        }
        if text.chars().count() > LONGEST {
            return Err(Why::new("problem-filter-long").with("longest", LONGEST));
        }
        let mut digits = 0;
        let has_number = text.chars().any(|c| {
            if c.is_ascii_digit() {
                digits += 1;
            } else if !" .-/".contains(c) {
                digits = 0;
            }
            digits >= DIGITS_OF_A_PHONE
        });
        if has_number || text.contains('@') {
            return Err(Why::new("problem-filter-reaches"));
        }
        Ok(Self(text))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_holds_no_address_and_no_number_that_reaches_somebody() {
        for good in ["Urgenti di Grosseto", "Notti 2026", "Ore 8/12, lun-ven"] {
            assert_eq!(FilterName::parse(good).unwrap().as_str(), good);
        }
        let long = "x".repeat(61);
        for (bad, why) in [
            ("", "problem-filter-unnamed"),
            (" \u{200b} ", "problem-filter-unnamed"),
            ("a\nb", "problem-control-characters"),
            (long.as_str(), "problem-filter-long"),
            ("anna@prova.example", "problem-filter-reaches"),
            ("333 123.45.67", "problem-filter-reaches"),
        ] {
            assert_eq!(FilterName::parse(bad).unwrap_err().key, why, "{bad}");
        }
    }
}
