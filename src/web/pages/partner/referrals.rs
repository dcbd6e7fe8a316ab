//! How far the families are that a partner sent, and the numbers of a year.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use chrono::Datelike;
use serde::Deserialize;

use super::list::state;
use crate::catalogue::Words;
use crate::domain::ids::RequestCode;
use crate::domain::partner::Consent;
use crate::services::partners::referrals::{self, Line, Told};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number, place_in_list};
use crate::web::frame::Frame;

/// Which page, and what was just done.
#[derive(Debug, Deserialize)]
pub struct Where {
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
    done: Option<String>,
}

/// Which year.
#[derive(Debug, Deserialize)]
pub struct Which {
    year: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/partner/referrals.html")]
struct List {
    t: Words,
    frame: Frame,
    lines: Vec<Line>,
    paging: Paging,
}

#[derive(Template)]
#[template(path = "pages/partner/referral.html")]
struct One {
    t: Words,
    frame: Frame,
    line: Line,
    /// Each with what is known of it.
    told: Vec<(Told, &'static str)>,
    /// The family's word, in a sentence; empty where the desk registered it.
    consent: String,
    desk: String,
    phone: String,
    /// Its family was erased.
    erased: bool,
}

#[derive(Template)]
#[template(path = "pages/partner/year.html")]
struct Counted {
    t: Words,
    frame: Frame,
    year: i32,
    before: i32,
    /// None in the year that is not over.
    after: Option<i32>,
    /// What is counted, and how many.
    rows: Vec<(String, String)>,
}

/// A family's word, and who wrote it down, in a sentence.
pub fn family_word(words: Words, (consent, by): &(Consent, String)) -> String {
    words.with(
        "referral-word",
        &[
            ("name", &consent.by.as_str()),
            ("how", &words.code("referral-how", consent.how.code())),
            ("date", &words.date(consent.on)),
            ("by", by),
        ],
    )
}

/// A page of the list.
pub async fn list(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let at = place_in_list(page_number(at.page), at.after, at.before);
    let page = referrals::page(&visit.site.context, visit.actor()?, &at).await?;
    let list = List {
        t: visit.words,
        frame: visit.frame(),
        paging: Paging::of(&page, "/partner/referrals", &[])
            .by_key(&page.rows, |line| line.code.as_str()),
        lines: page.rows,
    };
    Ok(Html(list.render()?))
}

/// One of them.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(at): Query<Where>,
) -> Result<Html<String>, PageError> {
    let code = RequestCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let known = referrals::get(&visit.site.context, visit.actor()?, &code).await?;
    let words = visit.words;
    let consent = known.consent.map(|word| family_word(words, &word));
    let notice = at.done.map(|_| words.get("referral-filed").into_owned());
    let told = known.told.into_iter().map(|one| {
        let known = state(one.outcome);
        (one, known)
    });
    let page = One {
        t: words,
        frame: visit.frame().with_notice(notice),
        line: known.line,
        told: told.collect(),
        consent: consent.unwrap_or_default(),
        desk: known.desk.0,
        phone: known.desk.1,
        erased: known.erased,
    };
    Ok(Html(page.render()?))
}

/// The numbers of a year; of this one where none is asked for.
pub async fn year(visit: Visit, Query(which): Query<Which>) -> Result<Html<String>, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let this = context.today().year();
    let asked = which.year.and_then(|year| year.parse().ok());
    let year = asked.unwrap_or(this).clamp(2000, this);
    let figures = referrals::year(context, visit.actor()?, year).await?;
    let row = |label: String, count: u64| (label, words.number(count));
    let of_state = |code: &str, count| row(words.code("referral-state", code).into_owned(), count);
    let page = Counted {
        t: words,
        frame: visit.frame(),
        year,
        before: year - 1,
        after: (year < this).then_some(year + 1),
        rows: vec![
            row(
                words.get("referral-year-requests").into_owned(),
                figures.requests,
            ),
            of_state("received", figures.received),
            of_state("matching", figures.matching),
            of_state("sheets_out", figures.sheets_out),
            of_state("outcome_known", figures.outcome_known),
            row(words.get("referral-year-hired").into_owned(), figures.hired),
            row(
                words.get("referral-year-introductions").into_owned(),
                figures.introductions,
            ),
        ],
    };
    Ok(Html(page.render()?))
}
