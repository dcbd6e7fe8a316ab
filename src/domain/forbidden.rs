//! What no file may tell about a person: traits on which the law lets nobody
//! choose, and data that the service never records. Known by the words of a
//! column's header, from `data/forbidden_columns.csv`.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::reference;
use super::text::fold;

/// One trait, with the law that forbids it.
#[derive(Debug, Deserialize)]
pub struct Forbidden {
    code: String,
    terms: String,
    kinds: String,
    source: String,
    source_date: NaiveDate,
}

fn rows() -> &'static [Forbidden] {
    static ROWS: OnceLock<Vec<Forbidden>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let text = include_str!("../../data/forbidden_columns.csv");
        reference::table("forbidden_columns.csv", text)
    })
}

impl Forbidden {
    /// Every one, in the order of the table.
    pub fn all() -> &'static [Self] {
        rows()
    }

    /// What a header of a file of `kind` (a table of the formats) smells of.
    /// Only for headers that are no column of that table.
    pub fn smelled(kind: &str, header: &str) -> Option<&'static Self> {
        let folded = fold(&apart(header));
        let words: Vec<&str> = folded.split(' ').collect();
        rows()
            .iter()
            .filter(|row| row.kinds().any(|one| one == kind))
            .find(|row| row.terms().any(|term| occurs(term, &words)))
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The tables that may not bring it.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        reference::list(&self.kinds)
    }

    /// The folded words that show it.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        reference::list(&self.terms)
    }

    /// The law, in Italian.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The date of the act that [`Self::source`] names first.
    pub fn source_date(&self) -> NaiveDate {
        self.source_date
    }
}

/// `maritalStatus` as two words.
fn apart(header: &str) -> String {
    let mut apart = String::with_capacity(header.len());
    let mut after_lower = false;
    for c in header.chars() {
        if c.is_uppercase() && after_lower {
            apart.push(' ');
        }
        after_lower = c.is_lowercase();
        apart.push(c);
    }
    apart
}

/// The words of a term stand side by side; `*` ends a stem.
fn occurs(term: &str, words: &[&str]) -> bool {
    let term: Vec<&str> = term.split(' ').collect();
    words.windows(term.len()).any(|window| {
        window
            .iter()
            .zip(&term)
            .all(|(word, wanted)| match wanted.strip_suffix('*') {
                Some(stem) => word.starts_with(stem),
                None => word == wanted,
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smelled(kind: &str, header: &str) -> Option<&'static str> {
        Forbidden::smelled(kind, header).map(Forbidden::code)
    }

    #[test]
    fn a_forbidden_criterion_is_smelled_however_it_is_written() {
        for (header, code) in [
            ("nationality", "citizenship"),
            ("Nazionalità", "citizenship"),
            ("NAZIONALITA'", "citizenship"),
            ("solo_italiane", "citizenship"),
            ("religione", "religion"),
            ("età", "age"),
            ("Età massima", "age"),
            ("eta_max", "age"),
            ("birthYear", "age"),
            ("Data di nascita", "age"),
            ("stato civile", "family_state"),
            ("stato_civile", "family_state"),
            ("maritalStatus", "family_state"),
            ("figli", "children"),
            ("senza figli", "children"),
            ("Sesso", "sex"),
            ("gender", "sex"),
            ("Paese di nascita", "origin"),
            ("madrelingua", "language_group"),
            ("gravidanza", "pregnancy"),
            ("Stato di salute", "health"),
            ("iscritta al sindacato", "beliefs"),
            ("foto", "looks"),
            ("carta d’identità", "document"),
        ] {
            assert_eq!(smelled("requests", header), Some(code), "{header}");
        }
    }

    #[test]
    fn what_a_request_may_say_smells_of_nothing() {
        for header in crate::domain::request::CareRequest::COLUMNS {
            let is_sex = header.starts_with("worker_sex");
            assert_eq!(smelled("requests", header).is_some(), is_sex, "{header}");
        }
        for header in ["metadata", "note", "anni di esperienza", "costo", "pagella"] {
            assert_eq!(smelled("requests", header), None, "{header}");
        }
    }

    #[test]
    fn of_a_worker_what_is_never_recorded_is_smelled() {
        for (header, code) in [
            ("Codice Fiscale", "tax_code"),
            ("n. documento", "document"),
            ("passport_no", "document"),
            ("religion", "religion"),
            ("figli", "children"),
        ] {
            assert_eq!(smelled("workers", header), Some(code), "{header}");
        }
        assert_eq!(smelled("workers", "citizenship"), None);
        assert_eq!(smelled("workers", "birth_date"), None);
    }
}
