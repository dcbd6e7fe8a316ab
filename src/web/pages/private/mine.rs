//! The first page behind a private link: how one stands, and what one can do with a
//! tap. A worker's own data stand here as far as they harm nobody who finds the link;
//! a family's requests are `family`'s.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::{Ahead, Around, ahead, around, enter, gone, kept, words_of};
use crate::catalogue::{Language, Words};
use crate::domain::private_link::PAUSES;
use crate::domain::week::WeekGrid;
use crate::domain::worker::{Worker, WorkerStatus};
use crate::services::links::opened::Here;
use crate::services::links::worker::{self, Own};
use crate::storage::mailings::Person;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    pub(super) done: Option<String>,
}

/// What a tap sends.
#[derive(Debug, Default, Deserialize)]
pub struct Tap {
    #[serde(default)]
    weeks: String,
    #[serde(default)]
    language: String,
}

#[derive(Template)]
#[template(path = "pages/private/mine.html")]
struct Page {
    t: Words,
    frame: Frame,
    around: Around,
    done: String,
    ahead: Ahead,
    asked_again: bool,
    name: String,
    standing: String,
    /// Paused, or at work: they can come back.
    away: bool,
    receipt: Option<String>,
    days: Vec<(String, String)>,
    /// None where they withdrew and nobody called yet.
    pauses: Vec<(u32, String)>,
}

/// What may be said to have been done.
const DONE: [&str; 9] = [
    "confirm",
    "week",
    "pause",
    "language",
    "correct",
    "call",
    "again",
    "appointment",
    "called_off",
];

/// What was just done, in words.
pub(super) fn done(words: Words, from: &From) -> String {
    let code = from.done.as_deref().unwrap_or_default();
    let known = DONE.into_iter().find(|known| *known == code);
    known.map_or_else(String::new, |code| {
        words.code("links-done", code).into_owned()
    })
}

/// The hours of a week, a line a day that has any: the day's name and its times.
pub(super) fn days(words: Words, week: &WeekGrid) -> Vec<(String, String)> {
    (0..7)
        .map(|day| (name_of(words, day), times(week, day)))
        .filter(|(_, times)| !times.is_empty())
        .collect()
}

/// The name of a day, Monday 0.
pub(super) fn name_of(words: Words, day: usize) -> String {
    words.code("asked-day", day.to_string()).into_owned()
}

/// The times of a day, as they are typed.
pub(super) fn times(week: &WeekGrid, day: usize) -> String {
    let time = |slot: usize| format!("{:02}:{:02}", slot / 2, 30 * (slot % 2));
    let runs = week.day_runs(day).into_iter();
    let texts: Vec<String> = runs
        .map(|(from, to)| format!("{}-{}", time(from), time(to)))
        .collect();
    texts.join(", ")
}

fn standing(words: Words, worker: &Worker) -> String {
    match worker.status {
        WorkerStatus::Active => match worker.confirmed_on {
            Some(day) => words.with("links-active", &[("date", &words.date(day))]),
            None => words.get("links-active-never").into_owned(),
        },
        WorkerStatus::Paused => match (worker.paused_until, worker.pause_reason) {
            (Some(day), _) => words.with("links-paused", &[("date", &words.date(day))]),
            (None, Some("no_answer")) => words.get("links-paused-silence").into_owned(),
            (None, _) => words.get("links-paused-open").into_owned(),
        },
        WorkerStatus::Placed | WorkerStatus::Withdrawn => words.get("links-placed").into_owned(),
    }
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(link): Path<String>,
    Query(from): Query<From>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let (here, _) = match enter(&visit, &jar, &link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    if let Person::Family(_) = here.person {
        return super::family::page(&visit, &here, &from, StatusCode::OK).await;
    }
    match worker::own(&visit.site.context, &here).await {
        Ok(own) => page(&visit, &here, own, &from).await,
        Err(closed) => Ok(gone(&visit, closed)),
    }
}

async fn page(visit: &Visit, here: &Here, own: Own, from: &From) -> Result<Response, PageError> {
    let words = words_of(here);
    let worker = own.worker;
    let receipt = own.receipt.map(|(number, day)| {
        let number = number.to_string();
        words.with(
            "links-receipt",
            &[("number", &number), ("date", &words.date(day))],
        )
    });
    let offered: &[u32] = if receipt.is_some() { &[] } else { &PAUSES };
    let pauses = offered.iter().map(|weeks| {
        let name = words.code("links-pause", weeks.to_string());
        (*weeks, name.into_owned())
    });
    let page = Page {
        t: words,
        frame: visit.frame(),
        around: around(here),
        done: done(words, from),
        ahead: ahead(visit, here).await?,
        asked_again: own.asked_again,
        name: worker.given_name.to_string(),
        standing: standing(words, &worker),
        away: worker.status != WorkerStatus::Active,
        receipt,
        days: days(words, &worker.availability),
        pauses: pauses.collect(),
    };
    Ok(Html(page.render()?).into_response())
}

fn back(here: &Here, done: &str) -> Response {
    Redirect::to(&format!("/mine/{}?done={done}", here.address)).into_response()
}

/// One tap: all is right, or: back.
pub async fn confirm(visit: Visit, Path(link): Path<String>, jar: CookieJar) -> Response {
    let kept = kept(&visit.site, &jar, &link);
    match worker::confirm(&visit.site.context, &link, &kept).await {
        Ok(here) => back(&here, "confirm"),
        Err(closed) => gone(&visit, closed),
    }
}

/// One tap: the job is over, and they look again.
pub async fn look_again(visit: Visit, Path(link): Path<String>, jar: CookieJar) -> Response {
    let kept = kept(&visit.site, &jar, &link);
    match crate::services::links::again::say(&visit.site.context, &link, &kept).await {
        Ok(here) => back(&here, "again"),
        Err(closed) => gone(&visit, closed),
    }
}

/// A pause. One that is not offered is a page that says nothing was done.
pub async fn pause(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
    Form(tap): Form<Tap>,
) -> Result<Response, PageError> {
    let offered = PAUSES
        .into_iter()
        .find(|weeks| weeks.to_string() == tap.weeks);
    let Some(weeks) = offered else {
        return again(&visit, &link, &jar).await;
    };
    let kept = kept(&visit.site, &jar, &link);
    Ok(
        match worker::pause(&visit.site.context, &link, &kept, weeks).await {
            Ok(here) => back(&here, "pause"),
            Err(closed) => gone(&visit, closed),
        },
    )
}

/// The language to read, and to be written to in.
pub async fn language(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
    Form(tap): Form<Tap>,
) -> Result<Response, PageError> {
    let chosen = Language::WRITTEN
        .into_iter()
        .find(|one| one.tag() == tap.language);
    let Some(language) = chosen else {
        return again(&visit, &link, &jar).await;
    };
    let kept = kept(&visit.site, &jar, &link);
    Ok(
        match worker::speak(&visit.site.context, &link, &kept, language).await {
            Ok(here) => back(&here, "language"),
            Err(closed) => gone(&visit, closed),
        },
    )
}

/// The page as it is, where nothing that was sent can be done.
async fn again(visit: &Visit, link: &str, jar: &CookieJar) -> Result<Response, PageError> {
    let from = From { done: None };
    let (here, _) = match enter(visit, jar, link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    let mut response = if let Person::Family(_) = here.person {
        super::family::page(visit, &here, &from, StatusCode::OK).await?
    } else {
        match worker::own(&visit.site.context, &here).await {
            Ok(own) => page(visit, &here, own, &from).await?,
            Err(closed) => return Ok(gone(visit, closed)),
        }
    };
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
