//! What a partner sees: the sheets of the families that it sent. Opening one is a
//! disclosure, so it is posted.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Response};
use serde::Deserialize;

use super::super::sheets::record::{as_file, number_of};
use crate::catalogue::Words;
use crate::domain::sheet::SheetState;
use crate::services::delivery::partner;
use crate::storage::sheets::ReferredLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number, place_in_list};
use crate::web::frame::Frame;

/// Which page.
#[derive(Debug, Deserialize)]
pub struct Where {
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/partner/sheets.html")]
struct List {
    t: Words,
    frame: Frame,
    lines: Vec<(ReferredLine, &'static str)>,
    paging: Paging,
}

#[derive(Template)]
#[template(path = "pages/partner/sheet.html")]
struct One {
    t: Words,
    frame: Frame,
    number: String,
    family: String,
    issued_on: String,
    valid_until: String,
    state: &'static str,
}

/// A page of the list.
pub async fn list(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let at = place_in_list(page_number(at.page), at.after, at.before);
    let page = partner::page(&visit.site.context, visit.actor()?, &at).await?;
    let today = visit.site.context.today();
    let paging = Paging::of(&page, "/partner/sheets", &[]);
    let paging = paging.by_key(&page.rows, |line| &line.number);
    let lines = page.rows.into_iter().map(|line| {
        let state = SheetState::on(today, line.valid_until, line.revoked);
        let state = state.superseded_if(line.superseded).code();
        (line, state)
    });
    let list = List {
        t: visit.words,
        frame: visit.frame(),
        lines: lines.collect(),
        paging,
    };
    Ok(Html(list.render()?))
}

/// One sheet, not opened yet.
pub async fn get(visit: Visit, Path(number): Path<String>) -> Result<Html<String>, PageError> {
    let number = number_of(&number)?;
    let context = &visit.site.context;
    let found = partner::get(context, visit.actor()?, &number).await?;
    let (words, sheet) = (visit.words, found.sheet);
    let page = One {
        t: words,
        frame: visit.frame(),
        number: number.to_string(),
        family: found.family,
        issued_on: words.date(sheet.issued_on),
        valid_until: words.date(sheet.valid_until),
        state: found.state.code(),
    };
    Ok(Html(page.render()?))
}

/// The sheet, to be handed over; the opening is on record.
pub async fn open(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let number = number_of(&number)?;
    let pdf = partner::open(&visit.site.context, visit.actor()?, &number).await?;
    Ok(as_file(&number, pdf))
}
