//! Who was told of a worker, when, by whom, what and why: all of it, a page at a
//! time.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::ids::WorkerCode;
use crate::services::{records, sentences};
use crate::storage::disclosures::DisclosureLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number};
use crate::web::frame::Frame;

/// A disclosure in words.
pub struct Disclosure {
    pub when: String,
    pub sheet: String,
    pub how: String,
    pub to: String,
    pub by: String,
    pub why: String,
    pub fields: String,
}

/// Which page.
#[derive(Debug, Deserialize)]
pub struct Where {
    page: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/workers/disclosures.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    name: String,
    disclosures: Vec<Disclosure>,
    paging: Paging,
}

/// A disclosure in words.
pub fn in_words(words: Words, line: DisclosureLine) -> Disclosure {
    Disclosure {
        when: words.moment(line.at.with_timezone(&Rome).naive_local()),
        sheet: line.sheet_number,
        how: words.code("disclosure", &line.how).into_owned(),
        to: line.family,
        by: line.by,
        why: words.code("purpose", &line.purpose).into_owned(),
        fields: sentences::disclosed_fields(words, &line.fields),
    }
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(at): Query<Where>,
) -> Result<Html<String>, PageError> {
    let code = WorkerCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let number = page_number(at.page);
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let (name, page) = records::disclosures(context, actor, &code, number).await?;
    let address = format!("/workers/{code}/disclosures");
    let paging = Paging::of(&page, &address, &[]);
    let words = visit.words;
    let lines = page.rows.into_iter().map(|line| in_words(words, line));
    let page = Page {
        t: words,
        frame: visit.frame(),
        code: code.to_string(),
        name,
        disclosures: lines.collect(),
        paging,
    };
    Ok(Html(page.render()?))
}
