//! The few coded facts about a worker that the law lets the service act on.
//! Names, birth date and citizenship are not here and never reach matching.

use std::fmt;

/// As on the document. Read by matching only where a request states one with a
/// recorded ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    Female,
    Male,
    Unspecified,
}

impl Sex {
    pub const ALL: [Self; 3] = [Self::Female, Self::Male, Self::Unspecified];

    /// `f`, `m` or `x`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Female => "f",
            Self::Male => "m",
            Self::Unspecified => "x",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sex| sex.code() == code)
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Regional accreditation of a care worker (LR Toscana 82/2009), needed where
/// public money pays for the care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Accreditation {
    #[default]
    None,
    Pending,
    Yes,
}

impl Accreditation {
    pub const ALL: [Self; 3] = [Self::None, Self::Pending, Self::Yes];

    /// `none`, `pending` or `yes`.
    pub fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Pending => "pending",
            Self::Yes => "yes",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl fmt::Display for Accreditation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
