//! A record as a page shows it: sections of labelled facts.

use crate::catalogue::Words;
use crate::domain::contact::{EmailAddress, Phone};

/// One group of facts.
#[derive(Debug, Clone)]
pub struct Section {
    pub heading: String,
    pub facts: Vec<(String, String)>,
}

/// Gathers the facts of one section.
pub struct Facts {
    words: Words,
    section: Section,
}

impl Facts {
    /// A section with this heading (a key of the catalogue).
    pub fn of(words: Words, heading: &str) -> Self {
        Self {
            words,
            section: Section {
                heading: words.get(heading).into_owned(),
                facts: Vec::new(),
            },
        }
    }

    /// A fact; one that nobody stated says so.
    #[must_use]
    pub fn fact(mut self, label: &str, value: Option<String>) -> Self {
        let value = value.filter(|value| !value.is_empty());
        let value = value.unwrap_or_else(|| self.words.get("not-stated").into_owned());
        self.section
            .facts
            .push((self.words.get(label).into_owned(), value));
        self
    }

    /// How somebody is reached.
    #[must_use]
    pub fn contact(self, phone: Option<&Phone>, email: Option<&EmailAddress>) -> Self {
        self.fact("fact-phone", phone.map(ToString::to_string))
            .fact("fact-email", email.map(ToString::to_string))
    }

    /// Yes or no.
    #[must_use]
    pub fn yes_no(self, label: &str, value: bool) -> Self {
        let word = self
            .words
            .code("yes-no", if value { "yes" } else { "no" })
            .into_owned();
        self.fact(label, Some(word))
    }

    /// A date.
    #[must_use]
    pub fn date(self, label: &str, day: Option<chrono::NaiveDate>) -> Self {
        let words = self.words;
        self.fact(label, day.map(|day| words.date(day)))
    }

    /// The section.
    pub fn done(self) -> Section {
        self.section
    }
}
