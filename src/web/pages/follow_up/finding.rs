//! What was said of an introduction, side by side, and what the desk found.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::answer::Said;
use crate::domain::ids::IntroductionCode;
use crate::domain::reason::{ReasonList, reasons};
use crate::services::ServiceError;
use crate::services::follow_up::findings::{self, Finding, Record};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown};
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

/// What is typed.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    result: String,
    #[serde(default)]
    document: String,
    #[serde(default)]
    note: String,
}

#[derive(Template)]
#[template(path = "pages/follow_up/finding.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    family: String,
    worker: String,
    lines: Vec<(String, &'static str, &'static str, &'static str)>,
    notes: Vec<(String, &'static str, String)>,
    documents: Vec<(&'static str, String)>,
    typed: Typed,
    problems: Vec<Shown>,
    result_error: String,
    document_error: String,
    note_error: String,
}

pub(super) fn code_of(text: &str) -> Result<IntroductionCode, PageError> {
    IntroductionCode::parse(text).map_err(|_| PageError::NotFound)
}

fn view(visit: &Visit, record: Record, typed: Typed, problems: Vec<Shown>) -> Page {
    let words = visit.words;
    let lines = record.answers.iter().map(|answer| {
        let said = answer.result.map_or("none", Said::code);
        let (who, wave) = (answer.side.code(), answer.wave.code());
        (words.date(answer.answered_on), who, wave, said)
    });
    let notes = record.notes.iter().map(|note| {
        let day = words.date(note.written_on);
        (day, note.side.code(), note.text.clone())
    });
    let none = ("", words.get("finding-document-none").into_owned());
    let kinds = reasons(ReasonList::Document).iter();
    let documents = kinds.map(|one| (one.code(), one.label_it().to_owned()));
    Page {
        t: words,
        frame: visit.frame(),
        code: record.pair.code.to_string(),
        family: record.pair.family,
        worker: record.pair.worker,
        lines: lines.collect(),
        notes: notes.collect(),
        documents: std::iter::once(none).chain(documents).collect(),
        typed,
        result_error: error_of(&problems, "result"),
        document_error: error_of(&problems, "document"),
        note_error: error_of(&problems, "note"),
        problems,
    }
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let code = code_of(&code)?;
    let record = findings::get(&visit.site.context, visit.actor()?, &code).await?;
    let notice = from
        .done
        .map(|_| visit.words.get("finding-saved").into_owned());
    let mut page = view(&visit, record, Typed::default(), Vec::new());
    page.frame = page.frame.with_notice(notice);
    Ok(Html(page.render()?))
}

/// Records what was found.
pub async fn post(
    visit: Visit,
    Path(code): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let code = code_of(&code)?;
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let finding = Finding {
        result: typed.result.clone(),
        document: typed.document.clone(),
        note: typed.note.clone(),
    };
    match findings::settle(context, actor, &code, &finding).await {
        Ok(()) => {
            Ok(Redirect::to(&format!("/introductions/{code}/finding?done=1")).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let record = findings::get(context, actor, &code).await?;
            let problems = shown(visit.words, &invalid.0);
            let mut page = view(&visit, record, typed, problems);
            page.frame = page.frame.refused();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
