//! The page that a family reaches by the link of a mail: first the code that the
//! desk tells by telephone, then the sheet. The token moves from the address into
//! a cookie at once; a link that opens nothing looks the same whatever is wrong
//! with it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::sheets::record::as_file;
use crate::catalogue::Words;
use crate::services::delivery::link::{self, Closed, Seen, Typed};
use crate::web::error::{PageError, in_a_minute};
use crate::web::extract::{Visit, cookie};
use crate::web::form::Shown;
use crate::web::frame::Frame;

const LINK: &str = "dom-sheet-link";
const OPEN: &str = "dom-sheet-open";

/// What was typed.
#[derive(Debug, Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
}

#[derive(Template)]
#[template(path = "pages/link/link.html")]
struct Page {
    t: Words,
    frame: Frame,
    desk_name: String,
    desk_phone: String,
    until: String,
    takes_codes: bool,
    number: Option<String>,
    problems: Vec<Shown>,
    code_error: String,
}

#[derive(Template)]
#[template(path = "pages/link/gone.html")]
struct Gone {
    t: Words,
    frame: Frame,
}

/// Takes the token out of the address. What can be no token is not kept.
pub async fn open(visit: Visit, Path(token): Path<String>, jar: CookieJar) -> Response {
    let of_a_token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let token: String = token.chars().filter(|c| of_a_token(*c)).take(100).collect();
    (
        jar.add(cookie(&visit.site, Some(LINK), token)),
        Redirect::to("/f"),
    )
        .into_response()
}

fn kept(jar: &CookieJar, name: &str) -> String {
    jar.get(name)
        .map(|cookie| cookie.value().to_owned())
        .unwrap_or_default()
}

fn closed(visit: &Visit, closed: Closed) -> Response {
    let status = match closed {
        Closed::Gone => StatusCode::NOT_FOUND,
        Closed::Waits => StatusCode::TOO_MANY_REQUESTS,
        Closed::Failed(error) => return PageError::from(error).into_response(),
    };
    let page = Gone {
        t: visit.reader,
        frame: visit.frame(),
    };
    match page.render() {
        Ok(html) => in_a_minute((status, Html(html)).into_response()),
        Err(error) => PageError::from(error).into_response(),
    }
}

fn page(visit: &Visit, seen: Seen, error: Option<String>) -> Result<Html<String>, PageError> {
    let words = visit.words_for(seen.language);
    let problems = error.iter().map(|message| Shown {
        field: "code".to_owned(),
        message: message.clone(),
    });
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(error.is_some()),
        desk_name: seen.desk_name,
        desk_phone: seen.desk_phone,
        until: words.date(seen.ends_on),
        takes_codes: seen.takes_codes,
        number: seen.open.map(|number| number.to_string()),
        problems: problems.collect(),
        code_error: error.unwrap_or_default(),
    };
    Ok(Html(page.render()?))
}

fn what_is_wrong(words: Words, typed: &Typed) -> Option<String> {
    match typed {
        Typed::Right { .. } => None,
        Typed::NoCode => Some(words.get("link-no-code").into_owned()),
        Typed::Wrong { left } => Some(words.count("link-wrong-code", *left)),
        Typed::Locked => Some(words.get("link-locked-now").into_owned()),
    }
}

/// The form for the code, or the way to the sheet.
pub async fn get(visit: Visit, jar: CookieJar) -> Result<Response, PageError> {
    let (token, open) = (kept(&jar, LINK), kept(&jar, OPEN));
    match link::look(&visit.site.context, &token, &open, &visit.network).await {
        Ok(seen) => Ok(page(&visit, seen, None)?.into_response()),
        Err(why) => Ok(closed(&visit, why)),
    }
}

/// Tries a code.
pub async fn enter(
    visit: Visit,
    jar: CookieJar,
    Form(form): Form<Code>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let token = kept(&jar, LINK);
    let typed = match link::enter(context, &token, &form.code, &visit.network).await {
        Ok(Typed::Right { open_token }) => {
            let jar = jar.add(cookie(&visit.site, Some(OPEN), open_token));
            return Ok((jar, Redirect::to("/f")).into_response());
        }
        Ok(typed) => typed,
        Err(why) => return Ok(closed(&visit, why)),
    };
    match link::look(context, &token, "", &visit.network).await {
        Ok(seen) => {
            let error = what_is_wrong(visit.words_for(seen.language), &typed);
            let page = page(&visit, seen, error)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(why) => Ok(closed(&visit, why)),
    }
}

/// The sheet, with the opening on record.
pub async fn take(visit: Visit, jar: CookieJar) -> Response {
    let (token, open) = (kept(&jar, LINK), kept(&jar, OPEN));
    match link::take(&visit.site.context, &token, &open, &visit.network).await {
        Ok((number, pdf)) => as_file(&number, pdf),
        Err(why) => closed(&visit, why),
    }
}
