//! A family's first page: where its requests stand, and what it may say of each.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::mine::From;
use super::{Ahead, Around, ahead, around, enter, gone, words_of};
use crate::catalogue::Words;
use crate::domain::ids::RequestCode;
use crate::domain::private_link::PersonTask;
use crate::domain::request::{CareRequest, RequestStatus};
use crate::services::links::family::{self, Act};
use crate::services::links::opened::Here;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// What was said of a request.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    #[serde(default)]
    request: String,
    #[serde(default)]
    act: String,
}

/// A request as its family sees it.
struct Line {
    code: String,
    text: String,
    state: String,
    acts: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "pages/private/family.html")]
struct Page {
    t: Words,
    frame: Frame,
    around: Around,
    done: String,
    ahead: Ahead,
    asked_again: bool,
    problem: String,
    receipts: Vec<String>,
    requests: Vec<Line>,
    sheets: usize,
}

fn done(words: Words, from: &From) -> String {
    let said = from.done.as_deref().and_then(Act::parse);
    said.map_or_else(
        || super::mine::done(words, from),
        |act| words.code("mine-done", act.code()).into_owned(),
    )
}

fn line(words: Words, request: &CareRequest, has_sheet: bool) -> Line {
    let kind = words.code("arrangement", request.arrangement.code());
    let state = match (request.status, request.paused_until) {
        (RequestStatus::Paused, Some(day)) => {
            words.with("mine-paused-until", &[("date", &words.date(day))])
        }
        (RequestStatus::Open, _) if has_sheet => words.get("mine-sheet-out").into_owned(),
        (status, _) => words.code("mine-state", status.code()).into_owned(),
    };
    let named = Act::of(request).into_iter();
    Line {
        code: request
            .code
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        text: words.with(
            "mine-line",
            &[
                ("kind", &kind),
                ("comune", &request.comune.name()),
                ("date", &words.date(request.start_date)),
            ],
        ),
        state,
        acts: named
            .map(|act| (act.code(), words.code("mine-act", act.code()).into_owned()))
            .collect(),
    }
}

/// The page.
pub(super) async fn page(
    visit: &Visit,
    here: &Here,
    from: &From,
    status: StatusCode,
) -> Result<Response, PageError> {
    let own = match family::own(&visit.site.context, here).await {
        Ok(own) => own,
        Err(closed) => return Ok(gone(visit, closed)),
    };
    let words = words_of(here);
    let receipts = own.receipts.into_iter().map(|(kind, number, day)| {
        let key = match kind {
            PersonTask::Found => "mine-receipt-found",
            _ => "mine-receipt-not-needed",
        };
        let number = number.to_string();
        words.with(key, &[("number", &number), ("date", &words.date(day))])
    });
    let refused = status != StatusCode::OK;
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(refused),
        around: around(here),
        done: done(words, from),
        ahead: ahead(visit, here).await?,
        asked_again: own.asked_again,
        problem: if refused {
            words.get("mine-not-now").into_owned()
        } else {
            String::new()
        },
        receipts: receipts.collect(),
        requests: own
            .requests
            .iter()
            .map(|one| line(words, &one.value, own.with_sheet.contains(&one.id)))
            .collect(),
        sheets: own.sheets.len(),
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// Records what was said of a request.
pub async fn say(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let (here, kept) = match enter(&visit, &jar, &link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let from = From { done: None };
    let (Ok(code), Some(act)) = (RequestCode::parse(&said.request), Act::parse(&said.act)) else {
        return page(&visit, &here, &from, refused).await;
    };
    match family::say(&visit.site.context, &link, &kept, &code, act).await {
        Ok(true) => {
            let target = format!("/mine/{}?done={}", here.address, act.code());
            Ok(Redirect::to(&target).into_response())
        }
        Ok(false) => page(&visit, &here, &from, refused).await,
        Err(closed) => Ok(gone(&visit, closed)),
    }
}
