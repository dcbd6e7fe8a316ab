//! The list of sheets, the newest first.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::sheet::SheetState;
use crate::services::lists::{self, List};
use crate::storage::sheets::SheetLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number, place_in_list};
use crate::web::frame::Frame;
use crate::web::pages::narrowing::Taken;

/// Which page.
#[derive(Debug, Deserialize)]
pub struct Where {
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/sheets/list.html")]
struct Page {
    t: Words,
    frame: Frame,
    lines: Vec<(SheetLine, &'static str)>,
    paging: Paging,
    /// Nothing narrows this list.
    kept: [(&'static str, &'static str); 0],
}

/// A page of the list.
pub async fn get(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let at = place_in_list(page_number(at.page), at.after, at.before);
    let page = lists::sheets(&visit.site.context, visit.actor()?, &at).await?;
    let today = visit.site.context.today();
    let paging = Paging::of(&page, "/sheets", &[]).by_key(&page.rows, |line| &line.number);
    let state = |line: &SheetLine| {
        SheetState::on(today, line.valid_until, line.revoked)
            .superseded_if(line.superseded)
            .code()
    };
    let lines = page
        .rows
        .into_iter()
        .map(|line| {
            let state = state(&line);
            (line, state)
        })
        .collect();
    Ok(Html(
        Page {
            t: visit.words,
            frame: visit.frame(),
            lines,
            paging,
            kept: [],
        }
        .render()?,
    ))
}

/// The list as it is seen, as a file.
pub async fn export(visit: Visit, Form(taken): Form<Taken>) -> Result<Response, PageError> {
    taken.file(&visit, List::Sheets, &[], &[]).await
}
