//! One's own second factor: setting it up, moving it to another telephone, new recovery codes,
//! taking it away. What is shown once is shown by the page that answers, and by no other.

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::own::ask_again;
use crate::catalogue::Words;
use crate::domain::factor::Secret;
use crate::drawing::square;
use crate::services::{ServiceError, factors, identities};
use crate::web::error::PageError;
use crate::web::extract::{Visit, cookie, device_of};
use crate::web::form::{Shown, Typed, error_of, local_target, percent_encoded, shown};
use crate::web::frame::Frame;
use crate::web::pages::registering::keep_late;

/// The page.
pub const HERE: &str = "/account/factor";

/// What was just done, and where to go once the factor is on.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
    #[serde(default)]
    next: String,
}

/// The page, leading on afterwards; to nothing in particular from `/`.
pub(super) fn here(next: &str) -> String {
    match local_target(next) {
        "/" => HERE.to_owned(),
        next => format!("{HERE}?next={}", percent_encoded(next)),
    }
}

/// Leads whoever must set a factor up to the page where that is done. The form that they sent
/// becomes a draft of their own, and the page leads back to it.
pub async fn first(visit: &Visit, path: &str, sent: &[u8]) -> Response {
    match kept_first(visit, path, sent).await {
        Ok(target) => Redirect::to(&target).into_response(),
        Err(error) => error.into_response(),
    }
}

async fn kept_first(visit: &Visit, path: &str, sent: &[u8]) -> Result<String, PageError> {
    let typed = String::from_utf8_lossy(sent);
    let kept = keep_late(&visit.site.context, visit.account()?, path, &typed).await?;
    Ok(kept.map_or_else(|| HERE.to_owned(), |draft| here(&draft)))
}

/// What an application is told.
struct Waiting {
    square: String,
    /// The secret in groups of four.
    text: String,
}

#[derive(Template)]
#[template(path = "pages/account/factor.html")]
struct Page {
    t: Words,
    frame: Frame,
    is_on: bool,
    is_required: bool,
    /// Nothing else opens before it is set up.
    must: bool,
    /// The identity provider, which may take the factor.
    provider: Option<String>,
    waiting: Option<Waiting>,
    codes_left: u64,
    /// New recovery codes, shown once.
    codes: Vec<String>,
    /// Where to go afterwards; empty where that is nowhere in particular.
    next: String,
    problems: Vec<Shown>,
    code_error: String,
}

fn waiting(visit: &Visit, secret: &Secret, account: &str) -> Waiting {
    let (words, text) = (visit.words, secret.to_text());
    let issuer = percent_encoded(&words.get("service-name"));
    let address = secret.address(&issuer, &percent_encoded(account));
    let groups = text.as_bytes().chunks(4).map(String::from_utf8_lossy);
    Waiting {
        square: square(&address, &words.get("factor-square")).unwrap_or_default(),
        text: groups.collect::<Vec<_>>().join(" "),
    }
}

async fn page(visit: &Visit, next: &str, problems: Vec<Shown>) -> Result<Page, PageError> {
    let next = Some(local_target(next)).filter(|next| *next != "/");
    let actor = visit.account()?;
    let state = factors::state(&visit.site.context, actor).await?;
    Ok(Page {
        t: visit.words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        is_on: state.is_on,
        is_required: state.is_required,
        must: visit.actor.is_none(),
        provider: identities::button(&visit.site.context),
        waiting: state
            .waiting
            .as_ref()
            .map(|secret| waiting(visit, secret, actor.email.as_str())),
        codes_left: state.codes_left,
        codes: Vec::new(),
        next: next.unwrap_or_default().to_owned(),
        code_error: error_of(&problems, "code"),
        problems,
    })
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Response, PageError> {
    if visit.fresh.is_none() {
        return Ok(ask_again(&here(&from.next)));
    }
    let mut page = page(&visit, &from.next, Vec::new()).await?;
    let notice = from
        .done
        .map(|_| visit.words.get("factor-removed").into_owned());
    page.frame = page.frame.with_notice(notice);
    Ok(Html(page.render()?).into_response())
}

/// Makes a secret.
pub async fn begin(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let here = here(Typed::of(fields).text("next"));
    let Some(fresh) = &visit.fresh else {
        return Ok(ask_again(&here));
    };
    factors::begin(&visit.site.context, visit.account()?, fresh).await?;
    Ok(Redirect::to(&here).into_response())
}

/// Turns it on by a first code.
pub async fn confirm(
    visit: Visit,
    jar: CookieJar,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let typed = Typed::of(fields);
    let next = typed.text("next");
    let Some(fresh) = &visit.fresh else {
        return Ok(ask_again(&here(next)));
    };
    let (context, actor, device) = (&visit.site.context, visit.account()?, device_of(&headers));
    match factors::confirm(context, actor, typed.text("code"), &device, fresh).await {
        Ok(confirmed) => {
            let mut page = page(&visit, next, Vec::new()).await?;
            page.codes = confirmed.codes;
            page.must = false;
            let jar = jar.add(cookie(&visit.site, None, confirmed.token));
            Ok((jar, Html(page.render()?)).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let page = page(&visit, next, shown(visit.words, &invalid.0)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// New recovery codes.
pub async fn codes(visit: Visit) -> Result<Response, PageError> {
    let Some(fresh) = &visit.fresh else {
        return Ok(ask_again(HERE));
    };
    let codes = factors::new_codes(&visit.site.context, visit.actor()?, fresh).await?;
    let mut page = page(&visit, "/", Vec::new()).await?;
    page.codes = codes;
    Ok(Html(page.render()?).into_response())
}

/// Takes it away.
pub async fn remove(visit: Visit) -> Result<Response, PageError> {
    let Some(fresh) = &visit.fresh else {
        return Ok(ask_again(HERE));
    };
    factors::remove(&visit.site.context, visit.actor()?, fresh).await?;
    Ok(Redirect::to("/account/factor?done=removed").into_response())
}
