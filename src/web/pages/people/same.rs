//! "The same person as": who is alike, and a search for the other record.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use serde::Deserialize;

use super::{list_title, reasons};
use crate::catalogue::Words;
use crate::domain::place::Comune;
use crate::services::merging;
use crate::services::registering::Form;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;
use crate::web::pages::registering::section_of;

/// What was typed. Posted: a name stands in no address.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    words: String,
}

struct Found {
    code: String,
    name: String,
    comune: String,
    reasons: String,
}

#[derive(Template)]
#[template(path = "pages/people/same.html")]
struct Page {
    t: Words,
    frame: Frame,
    section: &'static str,
    section_title: &'static str,
    record: String,
    code: String,
    name: String,
    words: String,
    found: Vec<Found>,
}

/// Those who are alike.
pub async fn get(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    page(form, &visit, &code, &Typed::default()).await
}

/// Those whom words or a code find.
pub async fn post(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Response, PageError> {
    if typed.words.trim().is_empty() {
        let target = format!("{}/{code}/same", section_of(form));
        return Ok(Redirect::to(&target).into_response());
    }
    page(form, &visit, &code, &typed).await
}

async fn page(form: Form, visit: &Visit, code: &str, typed: &Typed) -> Result<Response, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let typed_words: String = typed.words.trim().chars().take(200).collect();
    let (name, found) = merging::same(context, visit.actor()?, form, code, &typed_words).await?;
    let found = found.into_iter().map(|one| Found {
        comune: one.comune.map(Comune::unique_name).unwrap_or_default(),
        reasons: reasons(words, &one.reasons),
        code: one.code,
        name: one.name,
    });
    let page = Page {
        t: words,
        frame: visit.frame(),
        section: section_of(form),
        section_title: list_title(form),
        record: format!("{}/{code}", section_of(form)),
        code: code.to_owned(),
        name,
        words: typed_words,
        found: found.collect(),
    };
    Ok(Html(page.render()?).into_response())
}
