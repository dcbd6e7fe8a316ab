//! The list of sheets, the newest first.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::sheet::SheetState;
use crate::services::lists;
use crate::storage::sheets::SheetLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number};
use crate::web::frame::Frame;

/// Which page.
#[derive(Debug, Deserialize)]
pub struct Where {
    page: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/sheets/list.html")]
struct Page {
    t: Words,
    frame: Frame,
    lines: Vec<(SheetLine, &'static str)>,
    paging: Paging,
}

/// A page of the list.
pub async fn get(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let number = page_number(at.page);
    let page = lists::sheets(&visit.site.context, visit.actor()?, number).await?;
    let today = visit.site.context.today();
    let paging = Paging::of(&page, "/sheets", &[]);
    let state = |line: &SheetLine| SheetState::on(today, line.valid_until, line.revoked).code();
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
        }
        .render()?,
    ))
}
