//! The link of the mail that confirms an address, and of what says that something is missing.
//! The token moves into a cookie at once; looking at the page confirms nothing, its button does.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

use crate::catalogue::Words;
use crate::services::inbox::confirm::{Told, confirm, look};
use crate::storage::places::Desk;
use crate::web::error::PageError;
use crate::web::extract::{Visit, cookie};
use crate::web::frame::Frame;
use crate::web::pages::survey::gone;

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
        frame: visit.frame(),
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
    let kept = cookie(&visit.site, Some(COOKIE), token);
    (jar.add(kept), Redirect::to("/ask/confirm")).into_response()
}

fn token(jar: &CookieJar) -> String {
    let kept = jar.get(COOKIE);
    kept.map(|cookie| cookie.value().to_owned())
        .unwrap_or_default()
}

/// The button, or that it is done.
pub async fn get(visit: Visit, jar: CookieJar) -> Result<Response, PageError> {
    let seen = match look(&visit.site.context, &token(&jar), &visit.network).await {
        Ok(seen) => seen,
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    if let Some(told) = seen.told {
        let (words, receipt) = (Words::new(seen.language), seen.receipt);
        let page = told_page(&visit, words, receipt.number, receipt.desk, told);
        return Ok(Html(page.render()?).into_response());
    }
    let page = Page {
        t: visit.words,
        frame: visit.frame(),
        number: seen.receipt.number,
        desk: seen.receipt.desk,
        confirmed: seen.confirmed,
    };
    Ok(Html(page.render()?).into_response())
}

/// Confirms.
pub async fn post(visit: Visit, jar: CookieJar) -> Response {
    match confirm(&visit.site.context, &token(&jar), &visit.network).await {
        Ok(()) => Redirect::to("/ask/confirm").into_response(),
        Err(closed) => gone(&visit, closed),
    }
}
