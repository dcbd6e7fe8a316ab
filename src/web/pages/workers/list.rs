//! The list of workers: search by part of a name, phone or code; filters that
//! hold nothing protected.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Redirect, Response};
use axum_extra::extract::Form;

use crate::catalogue::Words;
use crate::domain::contract::Arrangement;
use crate::domain::worker::WorkerStatus;
use crate::services::lists::{self, Found, List};
use crate::storage::workers::WorkerLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Paging;
use crate::web::frame::Frame;
use crate::web::pages::narrowing::{Narrowing, Searched, Taken, Typed};

#[derive(Template)]
#[template(path = "pages/workers/list.html")]
struct Page {
    t: Words,
    frame: Frame,
    narrowing: Searched,
    lines: Vec<WorkerLine>,
    /// Whom the search may have meant.
    spelt_alike: Vec<WorkerLine>,
    paging: Paging,
}

/// A page of the list.
pub async fn get(
    visit: Visit,
    Query(narrowing): Query<Narrowing>,
) -> Result<Html<String>, PageError> {
    let actor = visit.actor()?;
    let context = &visit.site.context;
    let searched = Searched::of(
        &visit,
        List::Workers,
        narrowing,
        &WorkerStatus::ALL.map(WorkerStatus::code),
        &Arrangement::ALL.map(Arrangement::code),
    )
    .await?;
    let Found { page, spelt_alike } = lists::workers(
        context,
        actor,
        searched.filter(),
        searched.words(),
        searched.at(),
    )
    .await?;
    let paging = searched.paging(&page, "/workers");
    let paging = paging.by_key(&page.rows, |line| &line.code);
    let page = Page {
        t: visit.words,
        frame: visit.frame(),
        narrowing: searched,
        paging,
        lines: page.rows,
        spelt_alike,
    };
    Ok(Html(page.render()?))
}

/// Keeps the words of a search and leads to its result.
pub async fn search(visit: Visit, Form(typed): Form<Typed>) -> Result<Redirect, PageError> {
    typed.search(&visit, List::Workers).await
}

/// The list as it is seen, as a file.
pub async fn export(visit: Visit, Form(taken): Form<Taken>) -> Result<Response, PageError> {
    let (statuses, arrangements) = (
        &WorkerStatus::ALL.map(WorkerStatus::code),
        &Arrangement::ALL.map(Arrangement::code),
    );
    taken
        .file(&visit, List::Workers, statuses, arrangements)
        .await
}
