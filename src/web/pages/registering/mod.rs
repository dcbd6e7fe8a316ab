//! The forms that register people and requests at the desk: what is asked
//! (`spec`), what was typed (`posted`), how it is drawn (`questions`), how two
//! versions meet (`meeting`), and the pages themselves (`form`). Saving is
//! `services::registering`.

pub mod ask;
mod begin;
mod beside;
pub mod blank;
pub mod draft;
pub mod form;
pub mod history;
mod meeting;
pub(super) mod posted;
mod progress;
pub(super) mod questions;
pub mod referral;
mod refused;
pub(super) mod spec;

use serde::Deserialize;

use self::posted::Posted;
use self::spec::Part;
use crate::catalogue::Words;
use crate::domain::account::Actor;
use crate::domain::ids::WorkerCode;
use crate::services::registering::Form;
use crate::services::{Context, ServiceError, drafts};
use crate::web::error::PageError;
use crate::web::extract::Visit;

/// What the address of a record's page may ask besides.
#[derive(Debug, Default, Deserialize)]
pub struct Seen {
    /// The form was just saved.
    saved: Option<String>,
    /// Workers were just asked.
    asked: Option<String>,
    /// The open requests that fit are wanted.
    fits: Option<String>,
    /// The code that led here.
    merged: Option<String>,
    /// Records were made one, or two again.
    done: Option<String>,
    /// The form of a new record that was left to look at this one.
    draft: Option<String>,
}

impl Seen {
    /// The way back to a form that was left to look at this record.
    pub async fn way_back(&self, visit: &Visit, form: Form) -> Result<Option<String>, PageError> {
        let Some(id) = &self.draft else {
            return Ok(None);
        };
        match drafts::open(&visit.site.context, visit.actor()?, form, id).await {
            Ok(draft) => Ok(Some(format!(
                "{}?draft={}",
                address_of(form, None),
                draft.id
            ))),
            // Gone, or a colleague's: there is no way back to it.
            Err(ServiceError::NotFound { .. } | ServiceError::Refused(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Word of what was done.
    pub fn notice(&self, words: Words) -> Option<String> {
        if let Some(code) = self.merged.as_ref().filter(|code| is_code(code)) {
            return Some(words.with("merged-notice", &[("code", code)]));
        }
        let key = match self.done.as_deref() {
            Some("merged") => "merge-done",
            Some("unmerged") => "unmerge-done",
            Some("unmerged-newer") => "unmerge-done-newer",
            _ => "form-saved",
        };
        let told = self.saved.is_some() || key != "form-saved";
        let asked = self.asked.as_ref().map(|_| "proposal-done-asked");
        let key = told.then_some(key).or(asked);
        key.map(|key| words.get(key).into_owned())
    }

    /// Whether the requests that a worker fits are to be shown.
    pub fn wants_fits(&self) -> bool {
        self.saved.is_some() || self.fits.is_some()
    }
}

// An address may say anything; the page repeats codes alone.
fn is_code(text: &str) -> bool {
    WorkerCode::parse(text).is_ok()
}

/// What of a record a form is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// All that is known of it.
    Record,
    /// Whether it is in force: paused, closed, open again.
    Standing,
}

/// What a form asks.
fn parts_of(form: Form) -> &'static [Part] {
    match form {
        Form::Worker => spec::WORKER,
        Form::Family => spec::FAMILY,
        Form::Request => spec::REQUEST,
    }
}

/// The key of what a column is called on a form; none where no form asks it.
pub fn label_of(form: Form, column: &str) -> Option<&'static str> {
    let about = [What::Record, What::Standing].map(|what| parts_about(form, what));
    let found = about
        .into_iter()
        .find_map(|parts| spec::column(parts, column));
    found.map(|column| column.label)
}

/// The same of a form about this.
fn parts_about(form: Form, what: What) -> &'static [Part] {
    match (what, form) {
        (What::Record, form) => parts_of(form),
        (What::Standing, Form::Worker) => spec::WORKER_STANDING,
        (What::Standing, Form::Request) => spec::REQUEST_STANDING,
        // A family is there or is not.
        (What::Standing, Form::Family) => &[],
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

/// Which form of which record an address is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub form: Form,
    pub record: Option<String>,
}

impl Place {
    /// None where the address is no form's.
    pub fn at(path: &str) -> Option<Self> {
        Form::ALL.into_iter().find_map(|form| {
            let rest = path.strip_prefix(section_of(form))?.strip_prefix('/')?;
            let record = match rest.strip_suffix("/edit") {
                Some(code) => Some(code.to_owned()),
                None if rest == "new" => None,
                None => return None,
            };
            Some(Self { form, record })
        })
    }
}

/// Keeps as a draft what a form sent whose session was over. Where it is found
/// again; none where nothing can be kept of it.
pub async fn keep_late(
    context: &Context,
    actor: &Actor,
    path: &str,
    sent: &str,
) -> Result<Option<String>, ServiceError> {
    let Some(place) = Place::at(path).filter(|_| actor.works_at_a_desk()) else {
        return Ok(None);
    };
    let pairs = url::form_urlencoded::parse(sent.as_bytes());
    let posted = Posted::new(pairs.into_owned().collect());
    let own = drafts::open(context, actor, place.form, posted.first("draft")).await;
    let id = match own {
        Ok(own) if own.made.is_none() => own.id,
        _ => drafts::new_id(context),
    };
    let fields = posted.kept(parts_of(place.form));
    let record = place.record.as_deref();
    drafts::keep(context, actor, &id, place.form, record, &fields).await?;
    Ok(Some(format!("{path}?draft={id}&kept=1")))
}
