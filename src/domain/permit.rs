//! Titles of stay and what each allows, from `data/permit_types.csv`. Aids for
//! the desk, each with its source; whether one worker may work is decided in
//! matching from these and from what an operator confirmed.

use std::fmt;
use std::sync::OnceLock;

use serde::Deserialize;

use super::reference;

/// One row of `data/permit_types.csv`, by its place in the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PermitType(u8);

/// Whether a title allows domestic work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allows {
    Yes,
    No,
    /// Only some work: an operator confirms the right to this one.
    Limited,
    /// On circumstances that an operator confirms.
    Depends,
}

impl Allows {
    /// Whether an operator's confirmation decides.
    pub fn needs_confirmation(self) -> bool {
        matches!(self, Self::Limited | Self::Depends)
    }
}

#[derive(Deserialize)]
struct Row {
    code: String,
    label_it: String,
    allows_domestic_work: Allows,
    #[serde(deserialize_with = "reference::yes_no")]
    needs_expiry: bool,
    max_hours_week: Option<u32>,
    note: String,
    source: String,
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let text = include_str!("../../data/permit_types.csv");
        reference::table("permit_types.csv", text)
    })
}

impl PermitType {
    /// Every type, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        (0u8..).map(Self).take(rows().len())
    }

    pub fn by_code(code: &str) -> Option<Self> {
        Self::all().find(|permit| permit.code() == code)
    }

    /// Its place in the table; for columns, never stored.
    pub fn index(self) -> u8 {
        self.0
    }

    /// The reverse of [`Self::index`].
    pub fn at(index: u8) -> Option<Self> {
        (usize::from(index) < rows().len()).then_some(Self(index))
    }

    fn row(self) -> &'static Row {
        &rows()[usize::from(self.0)]
    }

    pub fn code(self) -> &'static str {
        &self.row().code
    }

    pub fn label_it(self) -> &'static str {
        &self.row().label_it
    }

    pub fn allows(self) -> Allows {
        self.row().allows_domestic_work
    }

    /// The title has an end date that must be known.
    pub fn needs_expiry(self) -> bool {
        self.row().needs_expiry
    }

    /// A cap set by the title itself, in hours.
    pub fn max_hours_week(self) -> Option<u32> {
        self.row().max_hours_week
    }

    /// For the operator, in Italian; may be empty.
    pub fn note_it(self) -> &'static str {
        &self.row().note
    }

    pub fn source(self) -> &'static str {
        &self.row().source
    }
}

impl fmt::Debug for PermitType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
