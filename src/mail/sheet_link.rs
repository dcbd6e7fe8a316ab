//! The mail that brings a family the link to its sheet. It names nobody: who the
//! workers are stands behind the link and the code.

use askama::Template;

use super::message::Rendered;
use crate::catalogue::Words;

/// What the mail is made of.
#[derive(Debug, Clone)]
pub struct SheetLink {
    pub words: Words,
    /// The address of the page, its token included.
    pub page: String,
    /// The last day of the link.
    pub until: String,
    pub signature: String,
}

#[derive(Template)]
#[template(path = "mails/sheet_link.txt", escape = "none")]
struct Plain<'a> {
    t: Words,
    page: &'a str,
    until: &'a str,
    signature: &'a str,
}

#[derive(Template)]
#[template(path = "mails/sheet_link.html")]
struct Html<'a> {
    t: Words,
    subject: &'a str,
    page: &'a str,
    until: &'a str,
    signature: &'a str,
}

impl SheetLink {
    /// The mail in words.
    pub fn render(&self) -> Result<Rendered, askama::Error> {
        let words = self.words;
        let subject = words.get("link-mail-subject");
        let until = words.with("link-mail-until", &[("date", &self.until)]);
        let plain = Plain {
            t: words,
            page: &self.page,
            until: &until,
            signature: &self.signature,
        };
        let html = Html {
            t: words,
            subject: &subject,
            page: &self.page,
            until: &until,
            signature: &self.signature,
        };
        Ok(Rendered {
            plain: plain.render()?,
            html: html.render()?,
            subject: subject.into_owned(),
        })
    }
}
