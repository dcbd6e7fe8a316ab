//! The closed lists of the access log, which an administrator edits. A code once
//! there stays for ever: it can be renamed, retired from a day on, or merged into
//! another from a day on; entries of before keep what they say.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::invalid::{Invalid, Why};
use crate::domain::reading::{self, Fields, Reading};
use crate::domain::text::{Line, fold};
use crate::domain::typed;

/// Two figures of the year of a last day mean one up to so many years from now.
const YEARS_AHEAD: i32 = 20;

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Channel,
    Sex,
    AgeBand,
    ReferredBy,
    Reason,
    Activation,
    Accompaniment,
}

impl Field {
    /// All, in the order of the log's columns.
    pub const ALL: [Self; 7] = [
        Self::Channel,
        Self::Sex,
        Self::AgeBand,
        Self::ReferredBy,
        Self::Reason,
        Self::Activation,
        Self::Accompaniment,
    ];

    /// The column.
    pub fn code(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Sex => "sex",
            Self::AgeBand => "age_band",
            Self::ReferredBy => "referred_by",
            Self::Reason => "reason",
            Self::Activation => "activation",
            Self::Accompaniment => "accompaniment",
        }
    }

    /// Reads a column's name.
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Whether the report's figures are made of these very codes, so that none
    /// can be added or retired.
    pub fn is_fixed(self) -> bool {
        matches!(self, Self::Channel | Self::Accompaniment)
    }
}

/// One code of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub field: Field,
    pub code: String,
    pub label_it: String,
    pub label_en: String,
    /// Where it stands among the others of its list.
    pub position: u32,
    /// The last day on which it may be used.
    pub retired_on: Option<NaiveDate>,
    /// What takes its place after that day.
    pub merged_into: Option<String>,
}

/// All lists, in the order in which they are shown.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    terms: Vec<Term>,
    by_code: HashMap<(Field, String), usize>,
    /// Folded labels, today's and former ones.
    by_label: HashMap<(Field, String), usize>,
}

impl Vocabulary {
    /// Of all terms, and of labels that once stood for a code.
    pub fn new(mut terms: Vec<Term>, former: Vec<(Field, String, String)>) -> Self {
        terms.sort_by(|a, b| (a.field, a.position, &a.code).cmp(&(b.field, b.position, &b.code)));
        let mut by_code = HashMap::new();
        let mut by_label = HashMap::new();
        for (place, term) in terms.iter().enumerate() {
            by_code.insert((term.field, term.code.clone()), place);
        }
        for (field, label, code) in former {
            if let Some(place) = by_code.get(&(field, code)) {
                by_label.insert((field, fold(&label)), *place);
            }
        }
        // Today's labels win over former ones.
        for (place, term) in terms.iter().enumerate() {
            by_label.insert((term.field, fold(&term.label_en)), place);
        }
        for (place, term) in terms.iter().enumerate() {
            by_label.insert((term.field, fold(&term.label_it)), place);
        }
        Self {
            terms,
            by_code,
            by_label,
        }
    }

    /// The terms of a list, in their order, retired ones included.
    pub fn of(&self, field: Field) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.field == field)
    }

    /// Those that may be used on a day.
    pub fn usable(&self, field: Field, on: NaiveDate) -> impl Iterator<Item = &Term> {
        self.of(field)
            .filter(move |term| term.retired_on.is_none_or(|last| last >= on))
    }

    /// By code.
    pub fn term(&self, field: Field, code: &str) -> Option<&Term> {
        let place = self.by_code.get(&(field, code.to_owned()))?;
        Some(&self.terms[*place])
    }

    /// Reads a code, or a label of today or of before, as of a day: after the day
    /// on which a code was merged it stands for the other, after the day on which
    /// it was retired for nothing.
    pub fn read(&self, field: Field, text: &str, on: NaiveDate) -> Result<String, Why> {
        let by_label = || {
            let place = self.by_label.get(&(field, fold(text)))?;
            Some(&self.terms[*place])
        };
        let unknown = || {
            Why::new("problem-unknown-code")
                .with("code", text)
                .with("table", field.code())
        };
        let mut term = self
            .term(field, text)
            .or_else(by_label)
            .ok_or_else(unknown)?;
        // A chain of merges is no longer than the list.
        for _ in 0..self.terms.len() {
            let Some(last) = term.retired_on.filter(|last| *last < on) else {
                return Ok(term.code.clone());
            };
            let next = term.merged_into.as_ref();
            match next.and_then(|code| self.term(field, code)) {
                Some(next) => term = next,
                None => {
                    return Err(Why::new("problem-code-retired")
                        .with("code", text)
                        .with("date", last));
                }
            }
        }
        Err(unknown())
    }
}

const LONGEST_CODE: usize = 40;

impl Vocabulary {
    /// Reads a new term of `field`: a code that was never there, labels, and the
    /// last place of the list.
    pub fn read_new(&self, field: Field, fields: &dyn Fields) -> Result<Term, Invalid> {
        let mut read = Reading::new(fields);
        if field.is_fixed() {
            read.problem("code", Why::new("problem-vocabulary-fixed"));
        }
        let code = read.required("code", None, |text| {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if text.len() > LONGEST_CODE || !text.chars().all(plain) {
                return Err(Why::new("problem-vocabulary-code").with("longest", LONGEST_CODE));
            }
            if self.term(field, text).is_some() {
                return Err(Why::new("problem-vocabulary-used").with("code", text));
            }
            Ok(text.to_owned())
        });
        let labels = self.read_labels(field, &mut read, None);
        let last = self.of(field).map(|term| term.position).max().unwrap_or(0);
        Ok(read
            .finish(|| {
                let (label_it, label_en) = labels?;
                Some(Term {
                    field,
                    code: code?,
                    label_it,
                    label_en,
                    position: last + 1,
                    retired_on: None,
                    merged_into: None,
                })
            })?
            .value)
    }

    /// Reads changes of a term: labels, its place, the last day of its use, and
    /// what takes its place then.
    pub fn read_change(
        &self,
        term: &Term,
        fields: &dyn Fields,
        today: NaiveDate,
    ) -> Result<Term, Invalid> {
        let field = term.field;
        let mut read = Reading::new(fields);
        let labels = self.read_labels(field, &mut read, Some(term));
        let position = read.required("position", Some(term.position), |text| {
            reading::whole(text, 1, 9_999)
        });
        let retired_on = read.optional("retired_on", None, |text| {
            typed::day(text, today, YEARS_AHEAD)
        });
        let merged_into = read.optional("merged_into", None, |text| {
            let other = reading::code_of(text, field.code(), |code| self.term(field, code))?;
            if other.code == term.code || self.leads_to(other, &term.code) {
                return Err(Why::new("problem-vocabulary-circle"));
            }
            Ok(other.code.clone())
        });
        if field.is_fixed() && retired_on.is_some() {
            read.problem("retired_on", Why::new("problem-vocabulary-fixed"));
        }
        if merged_into.is_some() && retired_on.is_none() {
            read.problem_unless_noted(&["retired_on"], Why::new("problem-vocabulary-merge-day"));
        }
        Ok(read
            .finish(|| {
                let (label_it, label_en) = labels?;
                Some(Term {
                    field,
                    code: term.code.clone(),
                    label_it,
                    label_en,
                    position: position?,
                    retired_on,
                    merged_into,
                })
            })?
            .value)
    }

    /// Both labels; the Italian one is no other term's.
    fn read_labels(
        &self,
        field: Field,
        read: &mut Reading<'_>,
        of: Option<&Term>,
    ) -> Option<(String, String)> {
        let line = |text: &str| Line::parse(text).map(|line| line.as_str().to_owned());
        let label_it = read.required("label_it", None, |text| {
            let label = line(text)?;
            let taken = self.of(field).any(|other| {
                of.is_none_or(|of| of.code != other.code) && fold(&other.label_it) == fold(&label)
            });
            if taken {
                return Err(Why::new("problem-vocabulary-label").with("label", label));
            }
            Ok(label)
        });
        let label_en = read.required("label_en", None, line);
        Some((label_it?, label_en?))
    }

    /// Whether the merges of `from` end at a code.
    fn leads_to(&self, from: &Term, code: &str) -> bool {
        let mut at = from;
        for _ in 0..self.terms.len() {
            let Some(next) = at.merged_into.as_ref() else {
                return false;
            };
            if next == code {
                return true;
            }
            match self.term(at.field, next) {
                Some(term) => at = term,
                None => return false,
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn term(code: &str, retired_on: Option<&str>, merged_into: Option<&str>) -> Term {
        Term {
            field: Field::Reason,
            code: code.to_owned(),
            label_it: format!("Motivo {code}"),
            label_en: format!("Reason {code}"),
            position: 1,
            retired_on: retired_on.map(day),
            merged_into: merged_into.map(str::to_owned),
        }
    }

    fn vocabulary() -> Vocabulary {
        let terms = vec![
            term("housing", None, None),
            term("flats", Some("2025-12-31"), Some("rooms")),
            term("rooms", Some("2026-06-30"), Some("housing")),
            term("fax", Some("2010-01-01"), None),
            term("round", Some("2020-01-01"), Some("trip")),
            term("trip", Some("2020-01-01"), Some("round")),
        ];
        let former = vec![(Field::Reason, "Alloggi".to_owned(), "housing".to_owned())];
        Vocabulary::new(terms, former)
    }

    #[test]
    fn a_code_means_what_it_meant_on_the_day() {
        let vocabulary = vocabulary();
        let read = |text: &str, on: &str| vocabulary.read(Field::Reason, text, day(on));
        assert_eq!(read("flats", "2025-12-31").unwrap(), "flats");
        assert_eq!(read("flats", "2026-01-01").unwrap(), "rooms");
        assert_eq!(read("flats", "2026-07-01").unwrap(), "housing");
        assert_eq!(read("fax", "2009-05-01").unwrap(), "fax");
        assert_eq!(
            read("fax", "2011-01-01").unwrap_err().key,
            "problem-code-retired"
        );
        assert_eq!(
            read("round", "2021-01-01").unwrap_err().key,
            "problem-unknown-code"
        );
        assert_eq!(
            read("nothing", "2021-01-01").unwrap_err().key,
            "problem-unknown-code"
        );
    }

    #[test]
    fn labels_are_read_however_they_are_written_and_former_ones_too() {
        let vocabulary = vocabulary();
        let read = |text: &str| vocabulary.read(Field::Reason, text, day("2026-01-01"));
        assert_eq!(read("MOTIVO HOUSING").unwrap(), "housing");
        assert_eq!(read("reason housing").unwrap(), "housing");
        assert_eq!(read("alloggi").unwrap(), "housing");
        assert!(
            vocabulary
                .read(Field::Sex, "alloggi", day("2026-01-01"))
                .is_err()
        );
    }
}
