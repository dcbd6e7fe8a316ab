//! The list of requests: urgent ones first.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Redirect, Response};
use axum_extra::extract::Form;

use crate::catalogue::Words;
use crate::domain::contract::Arrangement;
use crate::domain::request::RequestStatus;
use crate::services::lists::{self, List};
use crate::storage::requests::RequestLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Paging;
use crate::web::frame::Frame;
use crate::web::pages::narrowing::{Narrowing, Searched, Taken, Typed};

#[derive(Template)]
#[template(path = "pages/requests/list.html")]
struct Page {
    t: Words,
    frame: Frame,
    narrowing: Searched,
    lines: Vec<RequestLine>,
    paging: Paging,
}

/// A page of the list.
pub async fn get(
    visit: Visit,
    Query(narrowing): Query<Narrowing>,
) -> Result<Html<String>, PageError> {
    let (statuses, arrangements) = (
        RequestStatus::ALL.map(RequestStatus::code),
        Arrangement::ALL.map(Arrangement::code),
    );
    let searched =
        Searched::of(&visit, List::Requests, narrowing, &statuses, &arrangements).await?;
    let page = lists::requests(
        &visit.site.context,
        visit.actor()?,
        searched.filter(),
        searched.words(),
        searched.page(),
    )
    .await?;
    let paging = searched.paging(&page, "/requests");
    let page = Page {
        t: visit.words,
        frame: visit.frame(),
        narrowing: searched,
        paging,
        lines: page.rows,
    };
    Ok(Html(page.render()?))
}

/// Keeps the words of a search and leads to its result.
pub async fn search(visit: Visit, Form(typed): Form<Typed>) -> Result<Redirect, PageError> {
    typed.search(&visit, List::Requests).await
}

/// The list as it is seen, as a file.
pub async fn export(visit: Visit, Form(taken): Form<Taken>) -> Result<Response, PageError> {
    let (statuses, arrangements) = (
        &RequestStatus::ALL.map(RequestStatus::code),
        &Arrangement::ALL.map(Arrangement::code),
    );
    taken
        .file(&visit, List::Requests, statuses, arrangements)
        .await
}
