//! The link of the mail that confirms an address, and of what says that something is missing.
//! The token moves into a cookie at once; looking at the page confirms nothing, its button does.
//! Two people may open theirs on one telephone: the cookie holds several, and a button says of
//! which number it is.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form as Sent};
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::public_request::is_number;
use crate::services::follow_up::survey::Closed;
use crate::services::inbox::confirm::{Seen, Told, confirm, look};
use crate::storage::places::Desk;
use crate::web::error::PageError;
use crate::web::extract::{Visit, cookie};
use crate::web::form::Typed;
use crate::web::frame::Frame;
use crate::web::pages::survey::gone;
use crate::web::several;

const COOKIE: &str = "dom-ask-confirm";

#[derive(Template)]
#[template(path = "pages/ask/confirm.html")]
struct Page {
    t: Words,
    frame: Frame,
    number: String,
    desk: Desk,
    confirmed: bool,
}

#[derive(Template)]
#[template(path = "pages/ask/told.html")]
struct ToldPage {
    t: Words,
    frame: Frame,
    number: String,
    /// How it stands, in a sentence.
    stands: String,
    /// What is missing.
    missing: Vec<String>,
    /// What the desk adds in its own words.
    own: Option<String>,
    /// What to do.
    next: String,
    desks: Vec<Desk>,
}

/// What a desk said, in the language in which it was asked.
fn told_page(visit: &Visit, words: Words, number: String, desk: Desk, told: Told) -> ToldPage {
    let word = |key: &'static str| words.get(key).into_owned();
    let (stands, next) = match &told {
        Told::AskedBack { .. } => (word("links-filed-missing"), word("links-filed-do")),
        Told::Refused(reason) => (
            format!(
                "{} {}",
                word("links-filed-refused"),
                words.code("links-refused", reason)
            ),
            word("links-filed-more"),
        ),
        Told::Accepted => (word("links-filed-accepted"), word("links-filed-more")),
    };
    let (missing, own) = match told {
        Told::AskedBack { missing, words } => (missing, words),
        Told::Refused(_) | Told::Accepted => (Vec::new(), None),
    };
    let missing = missing.into_iter();
    let missing = missing.map(|one| words.code("links-missing", one.code()).into_owned());
    ToldPage {
        t: words,
        frame: visit.frame().without_navigation(),
        number,
        stands,
        missing: missing.collect(),
        own,
        next,
        desks: vec![desk],
    }
}

/// Takes the token out of the address. What can be no token is not kept.
pub async fn open(visit: Visit, Path(token): Path<String>, jar: CookieJar) -> Response {
    let of_a_token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let token: String = token.chars().filter(|c| of_a_token(*c)).take(100).collect();
    let all = several::with(&jar, COOKIE, token);
    let kept = cookie(&visit.site, Some(COOKIE), all);
    (jar.add(kept), Redirect::to("/ask/confirm")).into_response()
}

/// What the token of a number leads to; that of the latest where none is named.
async fn seen(
    visit: &Visit,
    jar: &CookieJar,
    number: Option<&str>,
) -> Result<(String, Seen), Closed> {
    let mut last = Closed::Gone;
    for token in several::all(jar, COOKIE) {
        match look(&visit.site.context, &token, &visit.network).await {
            Ok(seen) if number.is_none_or(|number| seen.receipt.number == number) => {
                return Ok((token, seen));
            }
            Ok(_) => {}
            Err(closed) => last = closed,
        }
        if number.is_none() {
            break;
        }
    }
    Err(last)
}

/// Which of several is asked for.
#[derive(Debug, Deserialize)]
pub struct Of {
    number: Option<String>,
}

/// The button, or that it is done.
pub async fn get(
    visit: Visit,
    Query(of): Query<Of>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let number = of.number.filter(|number| is_number(number));
    let seen = match seen(&visit, &jar, number.as_deref()).await {
        Ok((_, seen)) => seen,
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    if let Some(told) = seen.told {
        let (words, receipt) = (Words::new(seen.language), seen.receipt);
        let page = told_page(&visit, words, receipt.number, receipt.desk, told);
        return Ok(Html(page.render()?).into_response());
    }
    let page = Page {
        t: visit.words,
        frame: visit.frame().without_navigation(),
        number: seen.receipt.number,
        desk: seen.receipt.desk,
        confirmed: seen.confirmed,
    };
    Ok(Html(page.render()?).into_response())
}

/// Confirms the one that the button is of.
pub async fn post(
    visit: Visit,
    jar: CookieJar,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Response {
    let sent = Typed::of(pairs);
    let number = Some(sent.text("number")).filter(|number| is_number(number));
    let (token, seen) = match seen(&visit, &jar, number).await {
        Ok(found) => found,
        Err(closed) => return gone(&visit, closed),
    };
    match confirm(&visit.site.context, &token, &visit.network).await {
        Ok(()) => {
            let number = seen.receipt.number;
            Redirect::to(&format!("/ask/confirm?number={number}")).into_response()
        }
        Err(closed) => gone(&visit, closed),
    }
}
