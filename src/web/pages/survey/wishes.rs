//! No more questions, or questions by telephone: a page each, and the form on it.
//! The form that stops is also what a mail program sends with one click (RFC 8058).

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use super::door::Door;
use super::gone;
use crate::catalogue::Words;
use crate::services::follow_up::survey::{phone_me, stop as stop_asking};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// Whether it was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/survey/wish.html")]
struct Page {
    t: Words,
    frame: Frame,
    address: String,
    action: String,
    heading: String,
    text: String,
    button: String,
    done: String,
}

enum Wish {
    Stop,
    Phone,
}

async fn show(visit: Visit, door: Door, done: bool, wish: Wish) -> Result<Response, PageError> {
    let opened = match door.open(&visit).await {
        Ok(opened) => opened,
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    let words = Words::new(opened.language);
    let (name, heading, text, button, finished) = match wish {
        Wish::Stop => (
            "stop",
            words.get("survey-stop"),
            words.get("survey-stop-text"),
            words.get("survey-stop-do"),
            words.get("survey-stopped"),
        ),
        Wish::Phone => (
            "phone",
            words.get("survey-phone"),
            words.get("survey-phone-text"),
            words.get("survey-phone-do"),
            words.get("survey-phoned"),
        ),
    };
    let address = door.address;
    let page = Page {
        t: words,
        frame: visit.frame(),
        action: format!("{address}/{name}"),
        address,
        heading: heading.into_owned(),
        text: text.into_owned(),
        button: button.into_owned(),
        done: if done {
            finished.into_owned()
        } else {
            String::new()
        },
    };
    Ok(Html(page.render()?).into_response())
}

/// Asks whether to stop. Looking stops nothing.
pub async fn stop(
    visit: Visit,
    jar: CookieJar,
    Path(key): Path<String>,
    Query(from): Query<From>,
) -> Result<Response, PageError> {
    let door = Door::of_key(&jar, &key);
    show(visit, door, from.done.is_some(), Wish::Stop).await
}

/// Stops.
pub async fn do_stop(
    visit: Visit,
    jar: CookieJar,
    Path(key): Path<String>,
) -> Result<Response, PageError> {
    grant(visit, Door::of_key(&jar, &key), Wish::Stop).await
}

/// Stops, by what a mail program sends to the link itself.
pub async fn stop_by_link(visit: Visit, Path(token): Path<String>) -> Result<Response, PageError> {
    grant(visit, Door::of_link(token), Wish::Stop).await
}

/// Asks whether to be phoned.
pub async fn phone(
    visit: Visit,
    jar: CookieJar,
    Path(key): Path<String>,
    Query(from): Query<From>,
) -> Result<Response, PageError> {
    let door = Door::of_key(&jar, &key);
    show(visit, door, from.done.is_some(), Wish::Phone).await
}

/// Asks the desk to phone.
pub async fn do_phone(
    visit: Visit,
    jar: CookieJar,
    Path(key): Path<String>,
) -> Result<Response, PageError> {
    grant(visit, Door::of_key(&jar, &key), Wish::Phone).await
}

async fn grant(visit: Visit, door: Door, wish: Wish) -> Result<Response, PageError> {
    let opened = match door.open(&visit).await {
        Ok(opened) => opened,
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    let context = &visit.site.context;
    let name = match wish {
        Wish::Stop => {
            stop_asking(context, &opened).await?;
            "stop"
        }
        Wish::Phone => {
            phone_me(context, &opened).await?;
            "phone"
        }
    };
    Ok(Redirect::to(&format!("{}/{name}?done=1", door.address)).into_response())
}
