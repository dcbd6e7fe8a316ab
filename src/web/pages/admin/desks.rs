//! The desks: which there are, how they are reached, and a new one. A code and the prefix of
//! the sheets stay as they are: numbers that were given bear them.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::ids::DeskCode;
use crate::domain::typed;
use crate::services::{ServiceError, places};
use crate::storage::places::Desk;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed, error_of, shown};
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct From {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/admin/desks.html")]
struct List {
    t: Words,
    frame: Frame,
    desks: Vec<Desk>,
    typed: Typed,
    problems: Vec<Shown>,
}

impl List {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

#[derive(Template)]
#[template(path = "pages/admin/desk.html")]
struct One {
    t: Words,
    frame: Frame,
    desk: Desk,
    typed: Typed,
    problems: Vec<Shown>,
}

impl One {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

async fn list_page(visit: &Visit, typed: Typed, problems: Vec<Shown>) -> Result<List, PageError> {
    visit.actor()?;
    Ok(List {
        t: visit.words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        desks: places::desks(&visit.site.context).await?,
        typed,
        problems,
    })
}

/// All of them, and the form for a new one.
pub async fn list(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let mut page = list_page(&visit, Typed::default(), Vec::new()).await?;
    let done = from
        .done
        .map(|_| visit.words.get("desks-saved").into_owned());
    page.frame = page.frame.with_notice(done);
    Ok(Html(page.render()?))
}

/// Adds one.
pub async fn add(
    visit: Visit,
    Sent(fields): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let sent = Typed::of(fields);
    let read = sent.clone();
    let read = read.with("comune", typed::comune(sent.text("comune")));
    let (context, actor) = (&visit.site.context, visit.actor()?);
    match places::add_desk_as_typed(context, actor, &read, visit.fresh()?).await {
        Ok(()) => Ok(Redirect::to("/admin/desks?done=1").into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let problems = shown(visit.words, &invalid.0);
            let page = list_page(&visit, sent, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn found(visit: &Visit, code: &str) -> Result<Desk, PageError> {
    visit.actor()?;
    let code = DeskCode::parse(code).map_err(|_| PageError::NotFound)?;
    Ok(places::desk(&visit.site.context, &code).await?)
}

/// One of them.
pub async fn get(visit: Visit, Path(code): Path<String>) -> Result<Html<String>, PageError> {
    let desk = found(&visit, &code).await?;
    let typed = Typed::default()
        .with("name", desk.name.clone())
        .with("address", desk.address.clone().unwrap_or_default())
        .with("phone", desk.phone.clone().unwrap_or_default());
    let page = One {
        t: visit.words,
        frame: visit.frame(),
        desk,
        typed,
        problems: Vec::new(),
    };
    Ok(Html(page.render()?))
}

/// Writes how it is called and reached.
pub async fn post(
    visit: Visit,
    Path(code): Path<String>,
    Sent(fields): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (desk, typed) = (found(&visit, &code).await?, Typed::of(fields));
    let (context, actor) = (&visit.site.context, visit.actor()?);
    match places::change_desk(context, actor, &desk.code, &typed, visit.fresh()?).await {
        Ok(()) => Ok(Redirect::to("/admin/desks?done=1").into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let page = One {
                t: visit.words,
                frame: visit.frame().refused(),
                desk,
                problems: shown(visit.words, &invalid.0),
                typed,
            };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
