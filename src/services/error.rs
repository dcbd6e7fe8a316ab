//! Why a use case did not happen.

use chrono::NaiveDate;

use crate::domain::account::{Actor, Place, Role};
use crate::domain::ids::PartnerCode;
use crate::domain::invalid::{Invalid, Why};
use crate::domain::text::mark_apart;
use crate::pdf::{PdfError, fonts};
use crate::storage::StorageError;

/// See the module's words.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The actor may not.
    #[error("not allowed")]
    Forbidden,
    /// There is no such record, or none that the actor may know of.
    #[error("no {what} {code}")]
    NotFound { what: &'static str, code: String },
    /// The record was somebody's who has another one, which stays.
    #[error("{what} {code} is {now} by now")]
    Merged {
        what: &'static str,
        code: String,
        now: String,
    },
    /// The record was somebody's whose data were erased.
    #[error("{what} {code} was erased on {on}")]
    Erased {
        what: &'static str,
        code: String,
        on: NaiveDate,
    },
    /// What was typed won't do.
    #[error("invalid input")]
    Invalid(Invalid),
    /// A rule refuses it: a message of the catalogue.
    #[error("refused: {}", .0.key)]
    Refused(Why),
    /// The records changed between reading and writing; nothing was written.
    #[error("the records changed in the meantime")]
    Stale,
    #[error(transparent)]
    Storage(StorageError),
    #[error(transparent)]
    Pdf(PdfError),
    /// A task of the program ended without a result.
    #[error("the program failed: {0}")]
    Broken(String),
}

impl From<PdfError> for ServiceError {
    fn from(error: PdfError) -> Self {
        match error {
            // Names are looked at when they are typed; what is left was typed before the
            // fonts were these.
            PdfError::MissingGlyph { character } => {
                Self::Refused(Why::new("refused-not-printed").with("character", character))
            }
            other => Self::Pdf(other),
        }
    }
}

/// A template that can't be filled: never for anything that somebody typed.
impl From<askama::Error> for ServiceError {
    fn from(error: askama::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<StorageError> for ServiceError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Stale { .. } => Self::Stale,
            other => Self::Storage(other),
        }
    }
}

impl ServiceError {
    /// A record that is not there.
    pub fn not_found(what: &'static str, code: &(impl std::fmt::Display + ?Sized)) -> Self {
        Self::NotFound {
            what,
            code: code.to_string(),
        }
    }
}

/// Passes operators and administrators with a desk.
pub fn require_desk(actor: &Actor) -> Result<(), ServiceError> {
    if actor.works_at_a_desk() {
        Ok(())
    } else {
        Err(ServiceError::Forbidden)
    }
}

/// Passes a text that stands on sheets and that their fonts can print: the name of a desk or
/// of an account. Names of people are looked at by their own type.
pub fn check_printed(text: &str) -> Result<(), ServiceError> {
    let printed = fonts::can_print(text).and(mark_apart(text).map_or(Ok(()), Err));
    printed.map_err(|character| {
        ServiceError::Refused(Why::new("problem-not-printed").with("character", character))
    })
}

/// Passes the accounts of partners; whose.
pub fn require_partner(actor: &Actor) -> Result<&PartnerCode, ServiceError> {
    match &actor.place {
        Place::Partner(partner) if actor.role == Role::Partner => Ok(partner),
        _ => Err(ServiceError::Forbidden),
    }
}

/// Passes administrators, with a desk or without.
pub fn require_administrator(actor: &Actor) -> Result<(), ServiceError> {
    if actor.role == Role::Administrator {
        Ok(())
    } else {
        Err(ServiceError::Forbidden)
    }
}
