//! One introduction of a partner's own family, and the form for what it learned.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use data_encoding::HEXLOWER;
use serde::Deserialize;

use super::list::state;
use crate::catalogue::Words;
use crate::clock::random_bytes;
use crate::domain::follow_up::Asked;
use crate::domain::ids::IntroductionCode;
use crate::domain::survey::{Question, shown};
use crate::services::follow_up::partners::{self, Known};
use crate::services::follow_up::survey::Sent;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, first_sent};
use crate::web::frame::Frame;
use crate::web::pages::survey::question::{Field, field, mark};

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/partner/introduction.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    family: String,
    worker: String,
    issued_on: String,
    state: &'static str,
    form: String,
    fields: Vec<Field>,
    problems: Vec<Shown>,
}

fn view(visit: &Visit, known: &Known, value: &dyn Fn(Question, String) -> String) -> Page {
    let words = visit.words;
    let said = known.answer.as_ref();
    let fields = known.questions().into_iter().map(|question| {
        let before = said.map(|answer| shown(question, answer));
        let value = value(question, before.unwrap_or_default());
        field(words, question, Asked::Family, value, &known.desk_phone)
    });
    let randomness = visit.site.context.randomness.as_ref();
    Page {
        t: words,
        frame: visit.frame(),
        code: known.line.code.to_string(),
        family: known.line.family.clone(),
        worker: known.line.worker.clone(),
        issued_on: words.date(known.line.issued_on),
        state: state(known.line.outcome),
        form: HEXLOWER.encode(&random_bytes::<16>(randomness)),
        fields: fields.collect(),
        problems: Vec::new(),
    }
}

fn code_of(text: &str) -> Result<IntroductionCode, PageError> {
    IntroductionCode::parse(text).map_err(|_| PageError::NotFound)
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let known = partners::get(&visit.site.context, visit.actor()?, &code_of(&code)?).await?;
    let notice = from
        .done
        .map(|_| visit.words.get("call-saved").into_owned());
    let mut page = view(&visit, &known, &|_, said| said);
    page.frame = page.frame.with_notice(notice);
    Ok(Html(page.render()?))
}

/// Records what the partner learned.
pub async fn post(
    visit: Visit,
    Path(code): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let code = code_of(&code)?;
    let sent = first_sent(fields);
    let get = |question: Question| sent.get(question.code()).cloned();
    let form = sent.get("form").map_or("", String::as_str);
    let known = partners::get(context, actor, &code).await?;
    if form.len() < 16 {
        let page = view(&visit, &known, &|_, said| said);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response());
    }
    match partners::answer(context, actor, &code, form, &get).await? {
        Sent::Recorded(_) => Ok(Redirect::to(&format!("/partner/{code}?done=1")).into_response()),
        Sent::Wrong(problems) => {
            let mut page = view(&visit, &known, &|question, said| {
                get(question).unwrap_or(said)
            });
            page.frame = page.frame.refused();
            let shown = mark(visit.words, &mut page.fields, problems).into_iter();
            let shown = shown.map(|(field, message)| Shown {
                field: field.to_owned(),
                message,
            });
            page.problems = shown.collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
    }
}
