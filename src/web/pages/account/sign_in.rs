//! Signing in and out.

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;
use validator::Validate;

use crate::catalogue::Words;
use crate::services::accounts::{self, SignInError};
use crate::web::error::PageError;
use crate::web::extract::{Visit, cookie, session_token};
use crate::web::form::{Shown, error_of, local_target, percent_encoded};
use crate::web::frame::Frame;
use crate::web::pages::accesses::entry::MEMORY;
use crate::web::pages::registering::keep_late;

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
pub struct Target {
    #[serde(default)]
    next: String,
}

/// What was typed.
#[derive(Debug, Default, Deserialize, Validate)]
pub struct SignIn {
    #[serde(default)]
    #[validate(length(min = 1))]
    email: String,
    #[serde(default)]
    #[validate(length(min = 1))]
    password: String,
    #[serde(default)]
    next: String,
    /// What a form sent whose session was over.
    #[serde(default)]
    typed: String,
}

#[derive(Template)]
#[template(path = "pages/account/sign_in.html")]
struct Page {
    t: Words,
    frame: Frame,
    email: String,
    next: String,
    typed: String,
    problems: Vec<Shown>,
    email_error: String,
    password_error: String,
}

fn page(visit: &Visit, form: &SignIn, problems: Vec<Shown>) -> Result<Html<String>, PageError> {
    let frame = visit.frame();
    let page = Page {
        t: visit.words,
        frame: frame.refused_if(!problems.is_empty()),
        email: form.email.clone(),
        next: local_target(&form.next).to_owned(),
        typed: form.typed.clone(),
        email_error: error_of(&problems, "email"),
        password_error: error_of(&problems, "password"),
        problems,
    };
    Ok(Html(page.render()?))
}

/// The form.
pub async fn get(visit: Visit, Query(target): Query<Target>) -> Result<Response, PageError> {
    if visit.actor.is_some() {
        return Ok(Redirect::to(local_target(&target.next)).into_response());
    }
    let form = SignIn {
        next: target.next,
        ..SignIn::default()
    };
    Ok(page(&visit, &form, Vec::new())?.into_response())
}

/// The form for somebody whose session ended while they were typing: what they
/// sent stays in the page, and becomes a draft once they are in again. Nothing is
/// kept before that.
pub fn ended(visit: &Visit, path: &str, typed: &[u8]) -> Response {
    let typed = String::from_utf8_lossy(typed).into_owned();
    if typed.is_empty() {
        let target = format!("/sign-in?next={}", percent_encoded(path));
        return Redirect::to(&target).into_response();
    }
    let form = SignIn {
        next: path.to_owned(),
        typed,
        ..SignIn::default()
    };
    match page(visit, &form, Vec::new()) {
        Ok(page) => (StatusCode::UNAUTHORIZED, page).into_response(),
        Err(error) => error.into_response(),
    }
}

/// Signs in under a new session; whatever session the browser brought is over.
pub async fn post(
    visit: Visit,
    jar: CookieJar,
    Form(form): Form<SignIn>,
) -> Result<Response, PageError> {
    let words = visit.words;
    if let Err(errors) = form.validate() {
        let missing = |field: &str, key: &str| Shown {
            field: field.to_owned(),
            message: words.get(key).into_owned(),
        };
        let all = [
            missing("email", "sign-in-email-missing"),
            missing("password", "sign-in-password-missing"),
        ];
        let problems = all
            .into_iter()
            .filter(|shown| errors.field_errors().contains_key(shown.field.as_str()))
            .collect();
        return Ok((
            StatusCode::UNPROCESSABLE_ENTITY,
            page(&visit, &form, problems)?,
        )
            .into_response());
    }
    let context = &visit.site.context;
    let refused =
        match accounts::sign_in(context, form.email.trim(), &form.password, &visit.network).await {
            Ok(token) => {
                if let Some(before) = session_token(&visit.site, &jar) {
                    accounts::sign_out(context, &before).await?;
                }
                let mut target = local_target(&form.next).to_owned();
                if !form.typed.is_empty()
                    && let Some(actor) = accounts::actor_of_session(context, &token).await?
                    && let Some(kept) = keep_late(context, &actor, &target, &form.typed).await?
                {
                    target = kept;
                }
                let jar = jar.add(cookie(&visit.site, None, token));
                return Ok((jar, Redirect::to(&target)).into_response());
            }
            Err(SignInError::Failed(error)) => return Err(error.into()),
            Err(refused) => refused,
        };
    let (status, message, wait) = match refused {
        SignInError::Wait { seconds } => {
            let minutes = i64::try_from(seconds.div_ceil(60)).unwrap_or(i64::MAX);
            (
                StatusCode::TOO_MANY_REQUESTS,
                words.count("sign-in-wait", minutes),
                Some(seconds),
            )
        }
        _ => (
            StatusCode::UNPROCESSABLE_ENTITY,
            words.get("sign-in-wrong").into_owned(),
            None,
        ),
    };
    let problems = vec![Shown {
        field: "email".to_owned(),
        message,
    }];
    let mut response = (status, page(&visit, &form, problems)?).into_response();
    if let Some(seconds) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// Signs out. The browser forgets what it kept of the pages.
pub async fn out(visit: Visit, jar: CookieJar) -> Result<Response, PageError> {
    if let Some(token) = session_token(&visit.site, &jar) {
        accounts::sign_out(&visit.site.context, &token).await?;
    }
    let memory = cookie(&visit.site, Some(MEMORY), String::new());
    let jar = jar
        .remove(cookie(&visit.site, None, String::new()))
        .remove(memory);
    let clear = [(
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\""),
    )];
    Ok((jar, clear, Redirect::to("/sign-in")).into_response())
}
