//! Signing in and out.

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;
use validator::Validate;

use super::own::resend;
use super::{code, factor};
use crate::catalogue::Words;
use crate::domain::factor::Stage;
use crate::services::accounts::{self, SignInError};
use crate::services::identities;
use crate::web::error::PageError;
use crate::web::extract::{Visit, cookie, device_of, session_token};
use crate::web::form::{Shown, error_of, local_target, percent_encoded};
use crate::web::frame::Frame;
use crate::web::pages::accesses::entry::MEMORY;
use crate::web::pages::registering::keep_late;

/// Where to go afterwards.
#[derive(Debug, Deserialize)]
pub struct Target {
    #[serde(default)]
    pub(super) next: String,
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
    /// Who came in meanwhile in another window says so here, with what was typed.
    #[serde(default)]
    by: String,
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
    /// Another way in, by the name of its button, and where it begins.
    provider: Option<(String, String)>,
    /// Of somebody who reads another language than those of the screens: it may be no staff.
    reader: Option<Words>,
}

fn page(visit: &Visit, form: &SignIn, problems: Vec<Shown>) -> Result<Html<String>, PageError> {
    let frame = visit.frame();
    // What was typed stays in this window.
    let next = match local_target(&form.next) {
        next if form.typed.is_empty() => percent_encoded(next),
        _ => "/".to_owned(),
    };
    let begins = format!("/sign-in/provider?next={next}");
    let page = Page {
        t: visit.words,
        reader: visit.foreign_reader(),
        provider: identities::button(&visit.site.context).map(|name| (name, begins)),
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

/// Forms in which somebody types at length and of which no draft is kept. What they sent when
/// their session was over is offered to them once they are in again, to be sent with one tap.
pub fn is_offered_again(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    matches!(
        parts.as_slice(),
        ["partner", _]
            | ["partner", "referrals", "new"]
            | ["partner", "referrals", _, "another"]
            | ["calls", _, "answer"]
            | ["workers" | "families" | "requests", _, "diary"]
    )
}

/// The form for somebody whose session ended while they were typing: what they
/// sent stays in the page, and becomes a draft once they are in again, or is offered to them
/// as it was. Nothing is kept before that.
pub fn ended(visit: &Visit, path: &str, typed: &[u8]) -> Response {
    let typed = String::from_utf8_lossy(typed).into_owned();
    if typed.is_empty() {
        let page = if is_offered_again(path) { "/" } else { path };
        let target = format!("/sign-in?next={}", percent_encoded(page));
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
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Result<Response, PageError> {
    let words = visit.words;
    if form.by == "provider" {
        return came_meanwhile(&visit, &form).await;
    }
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
    let (context, network, device) = (&visit.site.context, &visit.network, device_of(&headers));
    let email = form.email.trim();
    let refused = match accounts::sign_in(context, email, &form.password, network, &device).await {
        Ok(begun) => {
            if begun.stage == Stage::Code {
                let jar = let_go(&visit, jar).await?;
                let jar = jar.add(cookie(&visit.site, None, begun.token));
                let given = code::Given::new(form.next, form.typed);
                let page = code::page(&visit, &given, Vec::new())?;
                return Ok((jar, page).into_response());
            }
            return enter(&visit, jar, begun.token, &form.next, &form.typed).await;
        }
        Err(SignInError::Failed(error)) => return Err(error.into()),
        Err(refused) => refused,
    };
    let (status, message, wait) = code::refusal(words, &refused, "sign-in-wrong");
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

/// Takes what was typed of somebody who came in by the provider in another window.
async fn came_meanwhile(visit: &Visit, form: &SignIn) -> Result<Response, PageError> {
    let Ok(actor) = visit.account() else {
        let problems = vec![Shown {
            field: "email".to_owned(),
            message: visit.words.get("sign-in-not-yet").into_owned(),
        }];
        let page = page(visit, form, problems)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let target = local_target(&form.next);
    let kept = keep_late(&visit.site.context, actor, target, &form.typed).await?;
    let target = match kept {
        Some(kept) if visit.must_enrol() => factor::here(&kept),
        Some(kept) => kept,
        None if !form.typed.is_empty() && !visit.must_enrol() && is_offered_again(target) => {
            return resend(visit, target.to_owned(), &form.typed);
        }
        None => target.to_owned(),
    };
    Ok(Redirect::to(&target).into_response())
}

/// Ends the session that the browser brought.
pub(super) async fn let_go(visit: &Visit, jar: CookieJar) -> Result<CookieJar, PageError> {
    if let Some(before) = session_token(&visit.site, &jar) {
        accounts::sign_out(&visit.site.context, &before).await?;
    }
    Ok(jar)
}

/// Lets somebody in who gave all that is needed: a new session, and where they wanted to go.
pub(super) async fn enter(
    visit: &Visit,
    jar: CookieJar,
    token: String,
    next: &str,
    typed: &str,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let jar = let_go(visit, jar).await?;
    let mut target = local_target(next).to_owned();
    let mut offered = None;
    if !typed.is_empty()
        && let Some(one) = accounts::signed_in(context, &token).await?
    {
        let kept = keep_late(context, &one.actor, &target, typed).await?;
        match (kept, one.stage) {
            (Some(kept), Stage::Whole) => target = kept,
            (Some(kept), Stage::Enrol | Stage::Code) => target = factor::here(&kept),
            (None, Stage::Whole) if is_offered_again(&target) => {
                let mut visit = visit.clone();
                visit.actor = Some(one.actor);
                offered = Some(resend(&visit, target.clone(), typed)?);
            }
            (None, _) => {}
        }
    }
    let jar = jar.add(cookie(&visit.site, None, token));
    if let Some(offered) = offered {
        return Ok((jar, offered).into_response());
    }
    Ok((jar, Redirect::to(&target)).into_response())
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
