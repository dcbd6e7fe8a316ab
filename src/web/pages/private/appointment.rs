//! When somebody comes to the desk: what they have, what is free, and a button to come or not
//! to come.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{Around, Wrong, around, enter, gone, kept, words_of};
use crate::catalogue::Words;
use crate::services::links::appointment::{self, Choice};
use crate::services::links::opened::Here;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;
use crate::web::pages::appointments::{FreeDay, OwnLine, free_days, place_of};

/// From which day on.
#[derive(Debug, Default, Deserialize)]
pub struct At {
    from: Option<String>,
}

/// What was chosen.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    begin: String,
    #[serde(default)]
    purpose: String,
}

#[derive(Template)]
#[template(path = "pages/private/appointment.html")]
struct Page {
    t: Words,
    frame: Frame,
    around: Around,
    own: Vec<OwnLine>,
    /// Of what is offered.
    place: String,
    days: Vec<FreeDay>,
    more: Option<NaiveDate>,
    /// Codes; none where there is nothing to choose.
    purposes: Vec<&'static str>,
    typed: Typed,
    problems: Vec<Wrong>,
}

async fn page(
    visit: &Visit,
    here: &Here,
    from: Option<NaiveDate>,
    typed: Typed,
    wrong: Option<&str>,
) -> Result<Response, PageError> {
    let seen = match appointment::see(&visit.site.context, here, from).await {
        Ok(seen) => seen,
        Err(closed) => return Ok(gone(visit, closed)),
    };
    let words = words_of(here);
    let own = seen.own.into_iter().map(|one| OwnLine::of(words, one));
    let codes = seen.comes_for.iter().map(|one| one.code());
    let purposes: Vec<&'static str> = codes.collect();
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(wrong.is_some()),
        around: around(here),
        own: own.collect(),
        place: place_of(seen.desk),
        days: free_days(words, &seen.offer.days),
        more: seen.offer.more,
        purposes: if purposes.len() > 1 {
            purposes
        } else {
            Vec::new()
        },
        typed,
        problems: wrong
            .map(|key| ("begin".to_owned(), words.get(key).into_owned()))
            .into_iter()
            .collect(),
    };
    let status = if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(link): Path<String>,
    Query(at): Query<At>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let (here, _) = match enter(&visit, &jar, &link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    let from = at.from.as_deref().and_then(|day| day.parse().ok());
    page(&visit, &here, from, Typed::default(), None).await
}

/// Comes.
pub async fn post(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let (here, kept) = match enter(&visit, &jar, &link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    let chosen = (typed.begin.as_str(), typed.purpose.as_str());
    let done = appointment::choose(&visit.site.context, (link.as_str(), &kept), chosen).await;
    let wrong = match done {
        Ok(Choice::Kept) => {
            let target = format!("/mine/{}?done=appointment", here.address);
            return Ok(Redirect::to(&target).into_response());
        }
        Ok(Choice::Nothing) => "links-near-nothing",
        Ok(Choice::Taken) => "links-near-taken",
        Ok(Choice::Enough) => "links-near-enough",
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    page(&visit, &here, None, typed, Some(wrong)).await
}

/// Does not come.
pub async fn call_off(visit: Visit, Path(link): Path<String>, jar: CookieJar) -> Response {
    let kept = kept(&visit.site, &jar, &link);
    match appointment::call_off(&visit.site.context, &link, &kept).await {
        Ok(here) => {
            let target = format!("/mine/{}?done=called_off", here.address);
            Redirect::to(&target).into_response()
        }
        Err(closed) => gone(&visit, closed),
    }
}
