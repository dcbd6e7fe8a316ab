//! The second step of a sign-in: the code of the application, or a recovery code. Until it is
//! given the session opens nothing.

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::sign_in::{Target, enter};
use crate::catalogue::Words;
use crate::services::accounts::{self, SignInError};
use crate::services::factors;
use crate::web::error::PageError;
use crate::web::extract::{Visit, device_of, session_token};
use crate::web::form::{Shown, error_of, local_target, percent_encoded};
use crate::web::frame::Frame;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Given {
    code: String,
    pub(super) next: String,
    /// What a form sent whose session was over.
    pub(super) typed: String,
}

impl Given {
    pub(super) fn new(next: String, typed: String) -> Self {
        Self {
            code: String::new(),
            next,
            typed,
        }
    }
}

#[derive(Template)]
#[template(path = "pages/account/code.html")]
struct Page {
    t: Words,
    frame: Frame,
    next: String,
    typed: String,
    problems: Vec<Shown>,
    code_error: String,
}

/// The form. What was typed as a code never comes back: it may be used up.
pub(super) fn page(
    visit: &Visit,
    given: &Given,
    problems: Vec<Shown>,
) -> Result<Html<String>, PageError> {
    let page = Page {
        t: visit.words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        next: local_target(&given.next).to_owned(),
        typed: given.typed.clone(),
        code_error: error_of(&problems, "code"),
        problems,
    };
    Ok(Html(page.render()?))
}

/// The form, for who gave the right password a moment ago.
pub async fn get(
    visit: Visit,
    jar: CookieJar,
    Query(target): Query<Target>,
) -> Result<Response, PageError> {
    let token = session_token(&visit.site, &jar).unwrap_or_default();
    let waiting = accounts::waiting_for_code(&visit.site.context, &token).await?;
    if waiting.is_none() {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let given = Given::new(target.next, String::new());
    Ok(page(&visit, &given, Vec::new())?.into_response())
}

/// Takes the code.
pub async fn post(
    visit: Visit,
    jar: CookieJar,
    headers: HeaderMap,
    Form(given): Form<Given>,
) -> Result<Response, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let pending = session_token(&visit.site, &jar).unwrap_or_default();
    if accounts::waiting_for_code(context, &pending)
        .await?
        .is_none()
    {
        let target = match local_target(&given.next) {
            "/" => "/sign-in".to_owned(),
            next => format!("/sign-in?next={}", percent_encoded(next)),
        };
        return Ok(Redirect::to(&target).into_response());
    }
    let device = device_of(&headers);
    let given_code = factors::give(context, &pending, &given.code, &device, &visit.network).await;
    let refused = match given_code {
        Ok(token) => return enter(&visit, jar, token, &given.next, &given.typed).await,
        Err(SignInError::Failed(error)) => return Err(error.into()),
        Err(refused) => refused,
    };
    let (status, message, wait) = refusal(words, &refused, "problem-factor-code");
    let problems = vec![Shown {
        field: "code".to_owned(),
        message,
    }];
    let mut response = (status, page(&visit, &given, problems)?).into_response();
    if let Some(seconds) = wait {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// How a refused try is told. `wrong`: the message for what was typed wrongly.
pub(super) fn refusal(
    words: Words,
    refused: &SignInError,
    wrong: &'static str,
) -> (StatusCode, String, Option<u64>) {
    if let SignInError::Wait { seconds } = refused {
        let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX);
        let message = words.count("sign-in-wait", minutes);
        (StatusCode::TOO_MANY_REQUESTS, message, Some(*seconds))
    } else {
        let key = match refused {
            SignInError::ByProvider => "sign-in-by-provider",
            _ => wrong,
        };
        let message = words.get(key).into_owned();
        (StatusCode::UNPROCESSABLE_ENTITY, message, None)
    }
}
