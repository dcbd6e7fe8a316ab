//! The mail that brings a family the link to its sheet. It names nobody: who the
//! workers are stands behind the link and the code.

use askama::Template;

use super::survey;
use crate::catalogue::{Value, Words};

pub use survey::Rendered;

/// What the mail is made of.
#[derive(Debug, Clone)]
pub struct SheetLink {
    pub words: Words,
    /// The address of the page, its token included.
    pub page: String,
    /// The last day of the link.
    pub until: String,
    pub desk_name: String,
    pub desk_phone: String,
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
        let desk: [(&str, &dyn Value); 2] =
            [("desk", &self.desk_name), ("phone", &self.desk_phone)];
        let signature = words.with("link-mail-sign", &desk);
        let until = words.with("link-mail-until", &[("date", &self.until)]);
        let plain = Plain {
            t: words,
            page: &self.page,
            until: &until,
            signature: &signature,
        };
        let html = Html {
            t: words,
            subject: &subject,
            page: &self.page,
            until: &until,
            signature: &signature,
        };
        Ok(Rendered {
            plain: plain.render()?,
            html: html.render()?,
            subject: subject.into_owned(),
        })
    }
}
