//! Pages about records of people beside their forms: who may be the same person,
//! making two records one, holding somebody back, private links and whom to call.

pub mod block;
pub mod held;
pub mod inform;
pub mod link;
pub mod merge;
pub mod pairs;
pub mod renew;
pub mod rights;
pub mod same;
pub mod tasks;

use crate::catalogue::Words;
use crate::domain::likeness::Reason;
use crate::services::registering::Form;

/// Reasons to think that two are one, in words.
fn reasons(words: Words, reasons: &[Reason]) -> String {
    reasons
        .iter()
        .map(|reason| words.code("likeness", reason.code()).into_owned())
        .collect::<Vec<_>>()
        .join(", ")
}

/// The title of the list that records of a form stand in.
fn list_title(form: Form) -> &'static str {
    match form {
        Form::Family => "families-title",
        _ => "workers-title",
    }
}
