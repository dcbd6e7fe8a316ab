//! Pages of the section `imports`: a desk's file on its way into the records. What a
//! file may do is `services::uploads`'s to say.

pub mod begin;
pub mod record;
pub mod report;

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Rome;

use super::registering::label_of;
use crate::catalogue::{Language, Words};
use crate::services::registering::Form;
use crate::services::tables::Kind;

/// What a column is called on screen.
fn label(words: Words, kind: Kind, column: &str) -> String {
    let form = match kind {
        Kind::Workers => Some(Form::Worker),
        Kind::Families => Some(Form::Family),
        Kind::Requests => Some(Form::Request),
        _ => None,
    };
    if let Some(key) = form.and_then(|form| label_of(form, column)) {
        return words.get(key).into_owned();
    }
    let fact = format!("fact-{}", column.replace('_', "-"));
    if words.has(&fact) {
        words.get(fact).into_owned()
    } else {
        words.code("file-column", column).into_owned()
    }
}

/// The same in every language of the screens: a desk's headers may be of any.
fn labels(kind: Kind) -> impl Fn(&str) -> Vec<String> {
    move |column| {
        let each = |language| label(Words::new(language), kind, column);
        Language::ALL.map(each).into()
    }
}

fn moment(words: Words, at: DateTime<Utc>) -> String {
    words.moment(at.with_timezone(&Rome).naive_local())
}
