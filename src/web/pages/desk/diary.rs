//! The contact diary of a worker, a family or a request.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::services::registering::Form;
use crate::services::{ServiceError, diary};
use crate::storage::notes::Note;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown, typed_day};
use crate::web::frame::Frame;
use crate::web::pages::registering::section_of;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    on: String,
    #[serde(default)]
    words: String,
}

#[derive(Template)]
#[template(path = "pages/desk/diary.html")]
struct Page {
    t: Words,
    frame: Frame,
    title: String,
    name: String,
    record: String,
    on: String,
    words: String,
    on_error: String,
    words_error: String,
    problems: Vec<Shown>,
    notes: Vec<Note>,
}

/// The notes, and room for a new one.
pub async fn get(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let today = typed_day(visit.site.context.today());
    let typed = Typed {
        on: today,
        words: String::new(),
    };
    Ok(page(form, &visit, &code, &typed, Vec::new())
        .await?
        .into_response())
}

/// Writes a note.
pub async fn post(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Response, PageError> {
    let note = (typed.on.as_str(), typed.words.as_str());
    let context = &visit.site.context;
    match diary::write(context, visit.actor()?, form, &code, note).await {
        Ok(()) => {
            let target = format!("{}/{code}/diary", section_of(form));
            Ok(Redirect::to(&target).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let problems = shown(visit.words, &invalid.0);
            let page = page(form, &visit, &code, &typed, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the words of a note away.
pub async fn erase(
    form: Form,
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Result<Redirect, PageError> {
    let id = id.parse().map_err(|_| PageError::NotFound)?;
    diary::erase(&visit.site.context, visit.actor()?, form, &code, id).await?;
    Ok(Redirect::to(&format!("{}/{code}/diary", section_of(form))))
}

async fn page(
    form: Form,
    visit: &Visit,
    code: &str,
    typed: &Typed,
    problems: Vec<Shown>,
) -> Result<Html<String>, PageError> {
    let (opened, notes) = diary::of(&visit.site.context, visit.actor()?, form, code).await?;
    let frame = visit.frame();
    let page = Page {
        t: visit.words,
        frame: frame.refused_if(!problems.is_empty()),
        title: visit.words.with("diary-title", &[("name", &opened.title)]),
        name: opened.title,
        record: format!("{}/{}", section_of(form), opened.code),
        on: typed.on.clone(),
        words: typed.words.clone(),
        on_error: error_of(&problems, "on"),
        words_error: error_of(&problems, "words"),
        problems,
        notes,
    };
    Ok(Html(page.render()?))
}
