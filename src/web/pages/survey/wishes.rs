//! No more questions, questions by telephone, or looking again after a job that is
//! over: a page each, and the form on it.
//! The form that stops is also what a mail program sends with one click (RFC 8058).

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use super::door::Door;
use super::gone;
use crate::catalogue::Words;
use crate::domain::follow_up::Asked;
use crate::services::follow_up::survey::{Opened, look_again, phone_me, stop as stop_asking};
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

#[derive(Clone, Copy)]
enum Wish {
    Stop,
    Phone,
    Again,
}

/// What is on the button of who looks again.
pub fn again_button(words: Words, opened: &Opened) -> String {
    let key = match opened.side {
        Asked::Family => "survey-again-family",
        Asked::Worker => "survey-again-worker",
    };
    words.get(key).into_owned()
}

async fn show(visit: Visit, door: Door, done: bool, wish: Wish) -> Result<Response, PageError> {
    let opened = match door.open(&visit).await {
        Ok(opened) => opened,
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    if matches!(wish, Wish::Again) && !opened.has_ended() {
        return Ok(Redirect::to(&door.address).into_response());
    }
    let words = Words::new(opened.language);
    let (name, keys, button) = match wish {
        Wish::Stop => (
            "stop",
            ["survey-stop", "survey-stop-text", "survey-stopped"],
            words.get("survey-stop-do").into_owned(),
        ),
        Wish::Phone => (
            "phone",
            ["survey-phone", "survey-phone-text", "survey-phoned"],
            words.get("survey-phone-do").into_owned(),
        ),
        Wish::Again => (
            "again",
            ["survey-again", "survey-again-text", "survey-again-done"],
            again_button(words, &opened),
        ),
    };
    let [heading, text, finished] = keys.map(|key| words.get(key).into_owned());
    let address = door.address;
    let page = Page {
        t: words,
        frame: visit.frame(),
        action: format!("{address}/{name}"),
        address,
        heading,
        text,
        button,
        done: if done { finished } else { String::new() },
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

/// Stops, by what a mail program sends to the link itself: it is answered at once, for mail
/// programs are not to be led on (RFC 8058, 3.1).
pub async fn stop_by_link(visit: Visit, Path(token): Path<String>) -> Result<Response, PageError> {
    let door = Door::of_link(token);
    let opened = match door.open(&visit).await {
        Ok(opened) => opened,
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    stop_asking(&visit.site.context, &opened).await?;
    show(visit, door, true, Wish::Stop).await
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

/// Asks whether they look again, of who said that a job is over.
pub async fn again(
    visit: Visit,
    jar: CookieJar,
    Path(key): Path<String>,
    Query(from): Query<From>,
) -> Result<Response, PageError> {
    let door = Door::of_key(&jar, &key);
    show(visit, door, from.done.is_some(), Wish::Again).await
}

/// Tells the desk that they look again.
pub async fn do_again(
    visit: Visit,
    jar: CookieJar,
    Path(key): Path<String>,
) -> Result<Response, PageError> {
    grant(visit, Door::of_key(&jar, &key), Wish::Again).await
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
        // Where no job is over, there is nothing to tell: the page leads back.
        Wish::Again => {
            look_again(context, &opened).await?;
            "again"
        }
    };
    Ok(Redirect::to(&format!("{}/{name}?done=1", door.address)).into_response())
}
