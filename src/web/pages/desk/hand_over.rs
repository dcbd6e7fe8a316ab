//! Handing all that somebody is in charge of to a colleague, and taking one
//! request.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use chrono::DateTime;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::ids::RequestCode;
use crate::services::{ServiceError, charge};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown};
use crate::web::frame::Frame;

/// What was chosen.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

/// Word of what was done.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    moved: Option<u64>,
    drafts: Option<u64>,
    proposals: Option<u64>,
    calls: Option<u64>,
    conflicts: Option<u64>,
    /// Microseconds, by which the requests are found again.
    at: Option<i64>,
}

#[derive(Template)]
#[template(path = "pages/desk/hand_over.html")]
struct Page {
    t: Words,
    frame: Frame,
    colleagues: Vec<(String, String)>,
    from: String,
    to: String,
    from_error: String,
    to_error: String,
    problems: Vec<Shown>,
    /// The requests that just went.
    went: Vec<String>,
}

/// The choice.
pub async fn get(visit: Visit, Query(done): Query<Done>) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let also = [
        ("hand-over-proposals", done.proposals),
        ("hand-over-calls", done.calls),
        ("hand-over-conflicts", done.conflicts),
        ("hand-over-drafts", done.drafts),
    ];
    let also = also
        .into_iter()
        .filter_map(|(key, count)| Some((key, count.filter(|count| *count > 0)?)))
        .map(|(key, count)| words.count(key, count));
    let notice = done.moved.map(|moved| {
        let said = std::iter::once(words.count("hand-over-done", moved)).chain(also);
        said.collect::<Vec<_>>().join(" ")
    });
    let at = done.at.and_then(DateTime::from_timestamp_micros);
    let went = match at {
        Some(at) => charge::handed_over(&visit.site.context, visit.actor()?, at).await?,
        None => Vec::new(),
    };
    let chosen = Chosen {
        from: visit.actor()?.account_id.to_string(),
        to: String::new(),
    };
    page(&visit, &chosen, Vec::new(), notice, went).await
}

/// Hands over.
pub async fn post(visit: Visit, Sent(chosen): Sent<Chosen>) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let (from, to) = (chosen.from.parse().ok(), chosen.to.parse().ok());
    match charge::hand_over(context, visit.actor()?, from, to).await {
        Ok(done) => {
            let (moved, drafts, at) = (done.requests, done.drafts, done.at.timestamp_micros());
            let [proposals, calls, conflicts] = done.with_them;
            let with = format!("proposals={proposals}&calls={calls}&conflicts={conflicts}");
            let target = format!("/hand-over?moved={moved}&{with}&drafts={drafts}&at={at}");
            Ok(Redirect::to(&target).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let problems = shown(visit.words, &invalid.0);
            let page = page(&visit, &chosen, problems, None, Vec::new()).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes charge of a request.
pub async fn take(visit: Visit, Path(code): Path<String>) -> Result<Redirect, PageError> {
    let code = RequestCode::parse(&code).map_err(|_| PageError::NotFound)?;
    charge::take(&visit.site.context, visit.actor()?, &code).await?;
    Ok(Redirect::to(&format!("/requests/{code}?saved=1")))
}

async fn page(
    visit: &Visit,
    chosen: &Chosen,
    problems: Vec<Shown>,
    notice: Option<String>,
    went: Vec<String>,
) -> Result<Html<String>, PageError> {
    let colleagues = charge::colleagues(&visit.site.context, visit.actor()?).await?;
    let none = (String::new(), visit.words.get("choose-one").into_owned());
    let each = colleagues
        .into_iter()
        .map(|(id, name)| (id.to_string(), name));
    let frame = visit.frame().with_notice(notice);
    let page = Page {
        t: visit.words,
        frame: frame.refused_if(!problems.is_empty()),
        colleagues: std::iter::once(none).chain(each).collect(),
        from: chosen.from.clone(),
        to: chosen.to.clone(),
        from_error: error_of(&problems, "from"),
        to_error: error_of(&problems, "to"),
        problems,
        went,
    };
    Ok(Html(page.render()?))
}
