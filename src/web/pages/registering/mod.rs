//! The forms that register people and requests at the desk: what is asked
//! (`spec`), what was typed (`posted`), how it is drawn (`questions`), how two
//! versions meet (`meeting`), and the pages themselves (`form`). Saving is
//! `services::registering`.

pub mod draft;
pub mod form;
pub mod history;
mod meeting;
mod posted;
mod questions;
mod spec;

use serde::Deserialize;

use self::spec::Part;
use crate::catalogue::Words;
use crate::services::registering::Form;

/// What the address of a record's page may ask besides.
#[derive(Debug, Default, Deserialize)]
pub struct Seen {
    /// The form was just saved.
    saved: Option<String>,
    /// The open requests that fit are wanted.
    fits: Option<String>,
}

impl Seen {
    /// Word of what was done.
    pub fn notice(&self, words: Words) -> Option<String> {
        self.saved
            .as_ref()
            .map(|_| words.get("form-saved").into_owned())
    }

    /// Whether the requests that a worker fits are to be shown.
    pub fn wants_fits(&self) -> bool {
        self.saved.is_some() || self.fits.is_some()
    }
}

/// What a form asks.
fn parts_of(form: Form) -> &'static [Part] {
    match form {
        Form::Worker => spec::WORKER,
        Form::Family => spec::FAMILY,
        Form::Request => spec::REQUEST,
    }
}

/// The section of the site that a form belongs to.
pub fn section_of(form: Form) -> &'static str {
    match form {
        Form::Worker => "/workers",
        Form::Family => "/families",
        Form::Request => "/requests",
    }
}

/// Where a form stands: the address of a new record, or of one that is there.
pub fn address_of(form: Form, record: Option<&str>) -> String {
    let section = section_of(form);
    match record {
        None => format!("{section}/new"),
        Some(code) => format!("{section}/{code}/edit"),
    }
}
