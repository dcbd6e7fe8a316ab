//! The names that records go by outside the database: codes typed by a desk or
//! made by the program, and numbers of sheets. None of them tells who somebody is.

use std::fmt;

use super::invalid::Why;

const LONGEST: usize = 40;

fn parse_code(text: &str) -> Result<String, Why> {
    let text = text.trim();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    if text.is_empty() {
        return Err(Why::new("problem-required"));
    }
    if text.len() > LONGEST || !text.chars().all(allowed) || text.starts_with(['.', '/']) {
        return Err(Why::new("problem-code").with("longest", LONGEST));
    }
    Ok(text.to_owned())
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads a code: 1 to 40 of ASCII letters, digits and `-_./`.
            pub fn parse(text: &str) -> Result<Self, Why> {
                parse_code(text).map(Self)
            }

            /// The code.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

codes! {
    /// `W-000123`.
    WorkerCode;
    /// `F-000045`.
    FamilyCode;
    /// `R-000045`.
    RequestCode;
    /// `I-000045`.
    IntroductionCode;
    /// `A-000045`.
    AccompanimentCode;
    /// `grosseto`.
    DeskCode;
    /// `pi_grosseto`.
    PartnerCode;
}

/// The number printed on a sheet, `GR-2026-0014`. What paper brought may have
/// another shape and is kept as it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetNumber(String);

impl SheetNumber {
    /// As it stands on paper: 1 to 40 printable characters.
    pub fn from_paper(text: &str) -> Result<Self, Why> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > LONGEST || text.chars().any(char::is_control) {
            return Err(Why::new("problem-sheet-number").with("longest", LONGEST));
        }
        Ok(Self(text.to_owned()))
    }

    /// The program's own form.
    pub fn new(prefix: &str, year: i32, running: u32) -> Self {
        Self(format!("{prefix}-{year}-{running:04}"))
    }

    /// Prefix, year and running number, where it has the program's form.
    pub fn parts(&self) -> Option<(&str, i32, u32)> {
        let (rest, running) = self.0.rsplit_once('-')?;
        let (prefix, year) = rest.rsplit_once('-')?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(running) || !digits(year) || year.len() != 4 {
            return None;
        }
        Some((prefix, year.parse().ok()?, running.parse().ok()?))
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SheetNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_number_takes_apart_what_it_put_together() {
        let number = SheetNumber::new("GR", 2026, 14);
        assert_eq!(number.as_str(), "GR-2026-0014");
        assert_eq!(number.parts(), Some(("GR", 2026, 14)));
        assert_eq!(SheetNumber::from_paper("12/bis").unwrap().parts(), None);
        assert_eq!(
            SheetNumber::from_paper("GR-2026-12345").unwrap().parts(),
            Some(("GR", 2026, 12345))
        );
    }

    #[test]
    fn a_code_holds_no_space_and_no_markup() {
        assert!(WorkerCode::parse("W-000123").is_ok());
        for bad in ["", "a b", "<x>", "è", "../x", &"x".repeat(41)] {
            assert!(WorkerCode::parse(bad).is_err(), "{bad}");
        }
    }
}
