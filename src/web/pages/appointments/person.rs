//! An appointment for somebody, as an operator makes, moves or cancels it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use chrono::NaiveDate;
use serde::Deserialize;

use super::{FreeDay, free_days, when};
use crate::catalogue::Words;
use crate::services::ServiceError;
use crate::services::appointments::person::{self, Of, TypedChoice};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown};
use crate::web::frame::Frame;

/// Which desk, from which day on, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct At {
    desk: Option<String>,
    from: Option<String>,
    done: Option<String>,
}

/// What was chosen, and which button.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default, rename = "do")]
    act: String,
    #[serde(default)]
    desk: String,
    #[serde(default)]
    begin: String,
    #[serde(default)]
    purpose: String,
}

#[derive(Template)]
#[template(path = "pages/appointments/person.html")]
struct Page {
    t: Words,
    frame: Frame,
    record: String,
    code: String,
    name: String,
    phone: String,
    own: Vec<String>,
    /// Code, name, and whether its hours are shown.
    desks: Vec<(String, String, bool)>,
    desk: String,
    days: Vec<FreeDay>,
    more: Option<NaiveDate>,
    /// Code and text.
    purposes: Vec<(String, String)>,
    typed: Typed,
    problems: Vec<Shown>,
    begin_error: String,
    purpose_error: String,
}

fn record_of(of: Of, code: &str) -> String {
    let section = match of {
        Of::Worker => "workers",
        Of::Family => "families",
        Of::Asking => "inbox",
    };
    format!("/{section}/{code}")
}

async fn page(
    visit: &Visit,
    (of, code): (Of, &str),
    (desk, from): (Option<&str>, Option<NaiveDate>),
    typed: Typed,
    problems: Vec<Shown>,
) -> Result<Page, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let seen = person::see(context, actor, (of, code), desk, from).await?;
    let words = visit.words;
    let own = seen.own.iter().map(|(one, desk)| {
        let why = words.code("comes-for", one.comes_for.code());
        format!("{}, {}: {why}", when(words, one.begin), desk.name)
    });
    let mut purposes: Vec<(String, String)> = seen
        .comes_for
        .iter()
        .map(|one| {
            let text = words.code("comes-for", one.code()).into_owned();
            (one.code().to_owned(), text)
        })
        .collect();
    if purposes.len() > 1 {
        let none = (String::new(), words.get("choose-one").into_owned());
        purposes.insert(0, none);
    }
    let desks = seen.desks.into_iter().map(|one| {
        let shown = one.code == seen.desk.code;
        (one.code.to_string(), one.name, shown)
    });
    Ok(Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        record: record_of(of, code),
        code: code.to_owned(),
        name: seen.name,
        phone: seen.phone.unwrap_or_default(),
        own: own.collect(),
        desks: desks.collect(),
        desk: seen.desk.code.to_string(),
        days: free_days(words, &seen.offer.days),
        more: seen.offer.more,
        purposes,
        begin_error: error_of(&problems, "begin"),
        purpose_error: error_of(&problems, "purpose"),
        typed,
        problems,
    })
}

/// The page.
pub async fn get(
    of: Of,
    visit: Visit,
    Path(code): Path<String>,
    Query(at): Query<At>,
) -> Result<Html<String>, PageError> {
    let from = at.from.as_deref().and_then(|day| day.parse().ok());
    let asked = (at.desk.as_deref(), from);
    let mut page = page(&visit, (of, &code), asked, Typed::default(), Vec::new()).await?;
    let notice = match at.done.as_deref() {
        Some("made") => Some(visit.words.get("appointment-done-made").into_owned()),
        Some("off") => Some(visit.words.get("appointment-done-off").into_owned()),
        _ => None,
    };
    page.frame = page.frame.with_notice(notice);
    Ok(Html(page.render()?))
}

/// Makes it, or cancels what there is.
pub async fn post(
    of: Of,
    visit: Visit,
    Path(code): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let back = |what: &str| {
        let target = format!("{}/appointment?done={what}", record_of(of, &code));
        Redirect::to(&target).into_response()
    };
    if typed.act == "off" {
        person::call_off(context, actor, (of, &code)).await?;
        return Ok(back("off"));
    }
    let choice = TypedChoice {
        desk: &typed.desk,
        begin: &typed.begin,
        comes_for: &typed.purpose,
    };
    match person::choose(context, actor, (of, &code), choice).await {
        Ok(()) => Ok(back("made")),
        Err(ServiceError::Invalid(invalid)) => {
            let problems = shown(visit.words, &invalid.0);
            let desk = typed.desk.clone();
            let asked = (Some(desk.as_str()), None);
            let page = page(&visit, (of, &code), asked, typed, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
