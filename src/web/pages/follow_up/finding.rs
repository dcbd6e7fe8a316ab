//! What was said of an introduction, side by side, and what the desk found.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::answer::{Answer, Channel, Teller};
use crate::domain::ids::IntroductionCode;
use crate::domain::reason::{self, Reason, ReasonList, reasons};
use crate::services::ServiceError;
use crate::services::follow_up::findings::{self, Finding, Record};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown};
use crate::web::frame::Frame;
use crate::web::pages::survey::question::said;

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

/// One answer in words.
struct Line {
    day: String,
    wave: &'static str,
    /// What was asked, and what was said.
    said: Vec<(String, String)>,
}

/// All that one of them said, the oldest first.
struct History {
    who: &'static str,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "pages/follow_up/finding.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    family: String,
    worker: String,
    histories: Vec<History>,
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

fn line(words: Words, answer: &Answer) -> Line {
    let mut all = said(words, answer);
    if let Some(kind) = answer.document {
        let label = words.get("finding-document").into_owned();
        let named = reason::find(ReasonList::Document, kind);
        let kind = named.map_or(kind, Reason::label_it);
        all.push((label, kind.to_owned()));
    }
    let via = answer.via.map_or("not_stated", Channel::code);
    let how = words.code("outcome-channel", via).into_owned();
    all.push((words.get("finding-via").into_owned(), how));
    Line {
        day: words.date(answer.answered_on),
        wave: answer.wave.code(),
        said: all,
    }
}

/// Both sides beside each other, also where one said nothing; the desk where it found
/// something.
fn histories(words: Words, answers: &[Answer]) -> Vec<History> {
    let of = |teller: Teller| History {
        who: teller.code(),
        lines: answers
            .iter()
            .filter(|answer| answer.side == teller)
            .map(|answer| line(words, answer))
            .collect(),
    };
    let mut all = vec![of(Teller::Family), of(Teller::Worker)];
    let desk = of(Teller::Desk);
    if !desk.lines.is_empty() {
        all.push(desk);
    }
    all
}

fn view(visit: &Visit, record: Record, typed: Typed, problems: Vec<Shown>) -> Page {
    let words = visit.words;
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
        histories: histories(words, &record.answers),
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
