//! The page that a family reaches by the link of a mail: first the code that the
//! desk tells by telephone, then the sheet. The token moves from the address into
//! a cookie at once; a link that opens nothing looks the same whatever is wrong
//! with it. Two families may open theirs in one browser: each page says whose it is.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::sheets::record::as_file;
use super::survey::door::key_of;
use crate::catalogue::Words;
use crate::services::delivery::link::{self, Closed, Seen, Typed};
use crate::web::error::{PageError, in_a_minute};
use crate::web::extract::{Visit, cookie};
use crate::web::form::Shown;
use crate::web::frame::Frame;
use crate::web::several;

const LINK: &str = "dom-sheet-link";
const OPEN: &str = "dom-sheet-open";

/// What was typed.
#[derive(Debug, Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
    #[serde(default)]
    link: String,
}

/// Which of several links.
#[derive(Debug, Deserialize)]
pub struct Of {
    #[serde(default)]
    link: String,
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
    /// Which of several links it is.
    link: String,
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
    let all = several::with(&jar, LINK, token);
    let kept = cookie(&visit.site, Some(LINK), all);
    (jar.add(kept), Redirect::to("/f")).into_response()
}

/// The token of a link; of the latest where none is named.
fn token_of(jar: &CookieJar, link: &str) -> String {
    let mut all = several::all(jar, LINK).into_iter();
    let found = if link.is_empty() {
        all.next()
    } else {
        all.find(|token| key_of(token) == link)
    };
    found.unwrap_or_default()
}

/// What the sheets were opened by in this browser; one that opens nothing where none was.
fn opened(jar: &CookieJar) -> Vec<String> {
    let all = several::all(jar, OPEN);
    if all.is_empty() {
        vec![String::new()]
    } else {
        all
    }
}

async fn look(visit: &Visit, jar: &CookieJar, token: &str) -> Result<Seen, Closed> {
    let mut last = Err(Closed::Gone);
    for open in opened(jar) {
        last = link::look(&visit.site.context, token, &open, &visit.network).await;
        let is_shut = last.as_ref().is_ok_and(|seen| seen.open.is_none());
        if !is_shut {
            break;
        }
    }
    last
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

fn page(
    visit: &Visit,
    token: &str,
    seen: Seen,
    error: Option<String>,
) -> Result<Html<String>, PageError> {
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
        link: key_of(token),
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
pub async fn get(
    visit: Visit,
    Query(of): Query<Of>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let token = token_of(&jar, &of.link);
    match look(&visit, &jar, &token).await {
        Ok(seen) => Ok(page(&visit, &token, seen, None)?.into_response()),
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
    let token = token_of(&jar, &form.link);
    let typed = match link::enter(context, &token, &form.code, &visit.network).await {
        Ok(Typed::Right { open_token }) => {
            let all = several::with(&jar, OPEN, open_token);
            let jar = jar.add(cookie(&visit.site, Some(OPEN), all));
            let to = format!("/f?link={}", key_of(&token));
            return Ok((jar, Redirect::to(&to)).into_response());
        }
        Ok(typed) => typed,
        Err(why) => return Ok(closed(&visit, why)),
    };
    match link::look(context, &token, "", &visit.network).await {
        Ok(seen) => {
            let error = what_is_wrong(visit.words_for(seen.language), &typed);
            let page = page(&visit, &token, seen, error)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(why) => Ok(closed(&visit, why)),
    }
}

/// The sheet, with the opening on record.
pub async fn take(visit: Visit, jar: CookieJar, Form(of): Form<Of>) -> Response {
    let token = token_of(&jar, &of.link);
    let mut last = Closed::Gone;
    for open in opened(&jar) {
        match link::take(&visit.site.context, &token, &open, &visit.network).await {
            Ok((number, pdf)) => return as_file(&number, pdf),
            Err(why) => last = why,
        }
        if !matches!(last, Closed::Gone) {
            break;
        }
    }
    closed(&visit, last)
}
