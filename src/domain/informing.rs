//! Notices about data that an administrator publishes: for whom, from when, in which words,
//! and how somebody was told of one. The notice that the program itself comes with is
//! `notice`; a published one takes its place from its day on.

use chrono::NaiveDate;

use super::answer::coded;
use super::invalid::{Why, one_of};
use super::text::tidy;

coded! {
    /// Whom a notice is for.
    NoticeKind {
        Worker = "worker",
        /// Who asks for care.
        Family = "family",
        /// Who is cared for, where that is somebody else.
        CareRecipient = "care_recipient",
        /// Who decides with or for the person who is cared for.
        Contact = "contact",
    }

    /// How somebody was told of a notice.
    ToldHow {
        Mail = "mail",
        Paper = "paper",
        Screen = "screen",
    }
}

impl NoticeKind {
    /// Whether there is an address to write to: of the others only the family's is known.
    pub fn takes_mail(self) -> bool {
        matches!(self, Self::Worker | Self::Family)
    }
}

impl ToldHow {
    /// What an operator can say.
    pub const BY_HAND: [Self; 2] = [Self::Paper, Self::Screen];
}

/// A published notice. Of a kind there is one a day at the most, so the day is its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    pub id: i64,
    pub kind: NoticeKind,
    pub valid_from: NaiveDate,
    /// The day on which it was written.
    pub published_on: NaiveDate,
}

impl Version {
    /// The name, as it is recorded with an authorisation.
    pub fn code(&self) -> String {
        self.valid_from.to_string()
    }
}

/// What a notice says in a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeText {
    /// The tag of the language.
    pub language: String,
    pub paragraphs: Vec<String>,
    /// Somebody who has always spoken the language has read it and found it good.
    pub is_reviewed: bool,
}

/// Characters of a notice in one language.
pub const LONGEST: usize = 20_000;

/// What was typed, paragraph by paragraph: an empty line ends one.
pub fn paragraphs(typed: &str) -> Vec<String> {
    let lines = typed.replace("\r\n", "\n").replace('\r', "\n");
    let mut paragraphs = vec![String::new()];
    for line in lines.lines() {
        if line.trim().is_empty() {
            paragraphs.push(String::new());
        } else if let Some(last) = paragraphs.last_mut() {
            last.push_str(line);
            last.push(' ');
        }
    }
    let tidied = paragraphs.iter().map(|one| tidy(one));
    tidied.filter(|one| !one.is_empty()).collect()
}

/// Paragraphs as they are kept, and typed anew.
pub fn joined(paragraphs: &[String]) -> String {
    paragraphs.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_line_ends_a_paragraph() {
        let typed = "  Chi siamo:\r\nlo sportello.  \r\n \r\n\r\nPerché.\n";
        let read = paragraphs(typed);
        assert_eq!(read, ["Chi siamo: lo sportello.", "Perché."]);
        assert_eq!(paragraphs(&joined(&read)), read);
        assert!(paragraphs(" \n\n").is_empty());
    }
}
