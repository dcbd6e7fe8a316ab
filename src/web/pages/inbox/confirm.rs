//! The link of the mail that confirms an address. The token moves into a cookie at once;
//! looking at the page confirms nothing, its button does.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

use crate::catalogue::Words;
use crate::services::inbox::confirm::{confirm, look};
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
