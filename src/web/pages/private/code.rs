//! The code that opens names: typed here, told by telephone.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::{Around, Wrong, around, cookie, enter, gone, kept, names_of, words_of};
use crate::catalogue::Words;
use crate::services::links::code::{Typed as Came, call_me, can_be_typed, enter as try_code};
use crate::services::links::opened::Here;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    code: String,
}

#[derive(Template)]
#[template(path = "pages/private/code.html")]
struct Page {
    t: Words,
    frame: Frame,
    around: Around,
    takes: bool,
    error: String,
    problems: Vec<Wrong>,
}

async fn page(visit: &Visit, here: &Here, error: String) -> Result<Html<String>, PageError> {
    let wrong = Some(&error).filter(|error| !error.is_empty());
    let page = Page {
        t: words_of(here),
        frame: visit.frame().refused_if(wrong.is_some()),
        around: around(here),
        takes: can_be_typed(&visit.site.context, here).await?,
        problems: wrong
            .map(|error| ("code".to_owned(), error.clone()))
            .into_iter()
            .collect(),
        error,
    };
    Ok(Html(page.render()?))
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
    Ok(page(&visit, &here, String::new()).await?.into_response())
}

/// Tries a code.
pub async fn post(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let (here, _) = match enter(&visit, &jar, &link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    let words = words_of(&here);
    let error = match try_code(&visit.site.context, &here, &typed.code).await? {
        Came::Right { sealed } => {
            let [_, name] = names_of(&visit.site, &here.address);
            let cookie = cookie(&visit.site, &here.address, name, sealed);
            let target = format!("/mine/{}/told", here.address);
            return Ok((jar.add(cookie), Redirect::to(&target)).into_response());
        }
        Came::NoCode => words.get("links-code-empty").into_owned(),
        Came::Wrong { left } => words.count("links-code-wrong", left),
        Came::None => words.get("links-code-none").into_owned(),
    };
    let page = page(&visit, &here, error).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Asks the desk to telephone the code.
pub async fn call(visit: Visit, Path(link): Path<String>, jar: CookieJar) -> Response {
    let kept = kept(&visit.site, &jar, &link);
    match call_me(&visit.site.context, &link, &kept).await {
        Ok(here) => Redirect::to(&format!("/mine/{}?done=call", here.address)).into_response(),
        Err(closed) => gone(&visit, closed),
    }
}
