//! Pairs of records that may be one person's, to be gone through one by one: each
//! is made one or said to be two, and the list comes back where it was.

use askama::Template;
use axum::extract::Query;
use axum::response::{Html, Redirect};
use axum_extra::extract::Form as Sent;
use serde::Deserialize;

use super::{list_title, reasons};
use crate::catalogue::Words;
use crate::domain::place::Comune;
use crate::services::merging::{self, Settled};
use crate::services::registering::Form;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number};
use crate::web::frame::Frame;
use crate::web::pages::registering::section_of;

/// Which part of the list, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    page: Option<String>,
    done: Option<String>,
}

/// Two who are not one.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    #[serde(default)]
    one: String,
    #[serde(default)]
    other: String,
    #[serde(default)]
    page: String,
}

struct Line {
    one: Settled,
    other: Settled,
    one_comune: String,
    other_comune: String,
    reasons: String,
}

#[derive(Template)]
#[template(path = "pages/people/pairs.html")]
struct Page {
    t: Words,
    frame: Frame,
    section: &'static str,
    section_title: &'static str,
    /// Somebody comes back: the first pair takes the focus.
    goes_on: bool,
    lines: Vec<Line>,
    paging: Paging,
}

/// A part of the list.
pub async fn get(
    form: Form,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let number = page_number(asked.page);
    let page = merging::pairs(&visit.site.context, visit.actor()?, form, number).await?;
    let notice = match asked.done.as_deref() {
        Some("merged") => Some("pairs-merged"),
        Some("different") => Some("pairs-different"),
        _ => None,
    };
    let path = format!("{}/pairs", section_of(form));
    let paging = Paging::of(&page, &path, &[]);
    let comune = |one: &Settled| one.comune.map(Comune::unique_name).unwrap_or_default();
    let line = |pair: merging::Pair| Line {
        one_comune: comune(&pair.one),
        other_comune: comune(&pair.other),
        reasons: reasons(words, &pair.reasons),
        one: pair.one,
        other: pair.other,
    };
    let notice_text = notice.map(|key| words.get(key).into_owned());
    let page = Page {
        t: words,
        frame: visit.frame().with_notice(notice_text),
        section: section_of(form),
        section_title: list_title(form),
        goes_on: notice.is_some(),
        lines: page.rows.into_iter().map(line).collect(),
        paging,
    };
    Ok(Html(page.render()?))
}

/// Writes down that two are two.
pub async fn different(
    form: Form,
    visit: Visit,
    Sent(said): Sent<Said>,
) -> Result<Redirect, PageError> {
    let codes = [said.one.as_str(), said.other.as_str()];
    merging::different(&visit.site.context, visit.actor()?, form, codes).await?;
    Ok(Redirect::to(&back(form, &said.page, "different")))
}

/// The list again, at its place.
pub(super) fn back(form: Form, page: &str, done: &str) -> String {
    let page: u64 = page.parse().unwrap_or(1);
    format!("{}/pairs?page={page}&done={done}", section_of(form))
}
