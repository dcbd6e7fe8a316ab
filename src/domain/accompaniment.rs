//! Cases that a desk follows to their end: counted, never described. A case has
//! a number, a desk and two days; nothing leads from it to a person.

use chrono::NaiveDate;

use super::ids::{AccompanimentCode, DeskCode};
use super::invalid::{Invalid, Why, one_of};
use super::reading::{self, Fields, Parsed, Reading, cell};

/// How long the desk follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Opened, and closed later.
    Case,
    /// Done at once.
    Quick,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Case, Self::Quick];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Quick => "quick",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accompaniment {
    pub code: Option<AccompanimentCode>,
    pub desk: DeskCode,
    pub kind: Kind,
    pub opened_on: NaiveDate,
    /// Not before `opened_on`.
    pub closed_on: Option<NaiveDate>,
}

impl Accompaniment {
    /// The columns of the formats, in their order.
    pub const COLUMNS: [&'static str; 5] = ["code", "desk", "kind", "opened_on", "closed_on"];

    /// The cells of the formats.
    pub fn cells(&self) -> Vec<String> {
        vec![
            cell(self.code.as_ref()),
            self.desk.to_string(),
            self.kind.code().to_owned(),
            self.opened_on.to_string(),
            cell(self.closed_on),
        ]
    }

    /// Reads a row, over the case that is there. A code is required.
    pub fn read(
        fields: &dyn Fields,
        before: Option<&Self>,
        desks: &[DeskCode],
    ) -> Result<Parsed<Self>, Invalid> {
        let mut read = Reading::new(fields);
        let code = read.required(
            "code",
            before.and_then(|one| one.code.clone()),
            AccompanimentCode::parse,
        );
        let desk = read.required("desk", before.map(|one| one.desk.clone()), |text| {
            reading::desk(desks, text)
        });
        let kind = read.required("kind", before.map(|one| one.kind), Kind::parse);
        let opened_on = read.required("opened_on", before.map(|one| one.opened_on), reading::date);
        let closed_on = read.optional("closed_on", before.map(|one| one.closed_on), reading::date);
        if let (Some(opened), Some(closed)) = (opened_on, closed_on)
            && closed < opened
        {
            read.problem("closed_on", Why::new("problem-end-before-start"));
        }
        read.finish(|| {
            Some(Self {
                code: Some(code?),
                desk: desk?,
                kind: kind?,
                opened_on: opened_on?,
                closed_on,
            })
        })
    }
}
