//! Something in one's data is not right: a few words for the desk.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::{Around, Wrong, around, enter, gone, words_of};
use crate::catalogue::Words;
use crate::services::links::worker::{self, Written};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    words: String,
}

#[derive(Template)]
#[template(path = "pages/private/correct.html")]
struct Page {
    t: Words,
    frame: Frame,
    around: Around,
    words: String,
    error: String,
    problems: Vec<Wrong>,
}

/// The form.
pub async fn get(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let (here, _) = match enter(&visit, &jar, &link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    let page = Page {
        t: words_of(&here),
        frame: visit.frame(),
        around: around(&here),
        words: String::new(),
        error: String::new(),
        problems: Vec::new(),
    };
    Ok(Html(page.render()?).into_response())
}

/// Hands it to the desk.
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
    let words = words_of(&here);
    let written = worker::correct(&visit.site.context, &link, &kept, &typed.words).await;
    let error = match written {
        Ok(Written::Kept) => {
            let target = format!("/mine/{}?done=correct", here.address);
            return Ok(Redirect::to(&target).into_response());
        }
        Ok(Written::Wrong) => words.get("links-correct-problem").into_owned(),
        Ok(Written::Enough) => words.get("links-correct-enough").into_owned(),
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    let page = Page {
        t: words,
        frame: visit.frame().refused(),
        around: around(&here),
        words: typed.words,
        problems: vec![("words".to_owned(), error.clone())],
        error,
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}
