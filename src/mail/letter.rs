//! A mail to one person: what it is about, a few facts, at most one link. A link
//! opens a page and records nothing.

use askama::Template;

use super::message::Rendered;
use super::signature;
use crate::catalogue::Words;

/// What the mail is made of, in its reader's words.
#[derive(Debug, Clone)]
pub struct Letter {
    pub words: Words,
    /// Says nothing of anybody.
    pub subject: String,
    pub intro: String,
    /// Label and text.
    pub facts: Vec<(String, String)>,
    /// What a link does, and its address.
    pub action: Option<(String, String)>,
    pub closing: String,
    pub signature: String,
    /// The same in Italian, where nobody who speaks the language has read it yet.
    pub beneath: Vec<String>,
}

#[derive(Template)]
#[template(path = "mails/letter.txt", escape = "none")]
struct Plain<'a> {
    t: Words,
    letter: &'a Letter,
}

#[derive(Template)]
#[template(path = "mails/letter.html")]
struct Html<'a> {
    t: Words,
    letter: &'a Letter,
}

impl Letter {
    /// The same signed by a desk.
    #[must_use]
    pub fn signed(mut self, desk: &(String, String)) -> Self {
        self.signature = signature(self.words, desk);
        self
    }

    /// With the same in Italian beneath, but for the address, which stands above.
    #[must_use]
    pub fn above(mut self, italian: Self) -> Self {
        let facts = italian.facts.into_iter();
        let facts = facts.map(|(label, text)| format!("{label}: {text}"));
        let action = italian.action.map(|(label, _)| format!("{label}: ↑"));
        self.beneath = std::iter::once(italian.intro)
            .chain(facts)
            .chain(action)
            .chain([italian.closing])
            .collect();
        self
    }

    /// The mail in words.
    pub fn render(self) -> Result<Rendered, askama::Error> {
        let t = self.words;
        let letter = &self;
        Ok(Rendered {
            plain: Plain { t, letter }.render()?,
            html: Html { t, letter }.render()?,
            subject: self.subject,
        })
    }
}
