//! To the identity provider and back: to come in, to show anew who one is, and to find the
//! identity that one's own account is to be linked to. What was found is linked by a form
//! alone, on the page of one's own account or of an invitation.

use askama::Template;
use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use super::own::ask_again;
use super::password::{self, token_of};
use super::sign_in::{Target, enter, let_go};
use crate::catalogue::Words;
use crate::domain::factor::Stage;
use crate::services::accounts;
use crate::services::identities::{self, Came, Going, Lost, Return};
use crate::web::error::PageError;
use crate::web::extract::{Visit, cookie, device_of, session_token};
use crate::web::form::{local_target, percent_encoded};
use crate::web::frame::Frame;
use crate::web::layers::Entered;
use crate::web::state::Site;

const OWN: &str = "/account/identity";

/// What the provider sends back. Whatever else it says is not read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Back {
    state: String,
    code: String,
    error: String,
    iss: String,
}

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

/// Why a way led nowhere, and where to try again.
#[derive(Template)]
#[template(path = "pages/account/lost.html")]
struct LostPage {
    t: Words,
    frame: Frame,
    why: String,
    again: &'static str,
}

#[derive(Template)]
#[template(path = "pages/account/identity.html")]
struct Page {
    t: Words,
    frame: Frame,
    provider: String,
    /// Since when it is linked.
    linked: Option<String>,
    may_unlink: bool,
    /// What came back, to be linked.
    found: Option<String>,
    /// Nothing else opens before a second factor is there, which the provider may give.
    must: bool,
}

/// The cookie of a way; by its name no other host of the domain sets one.
fn name(site: &Site) -> &'static str {
    if site.is_secure() {
        "__Host-dom-provider"
    } else {
        "dom-provider"
    }
}

/// What the cookie keeps of the way.
pub(super) fn kept(site: &Site, jar: &CookieJar) -> String {
    jar.get(name(site))
        .map(|cookie| cookie.value().to_owned())
        .unwrap_or_default()
}

/// The same jar with nothing of a way in it.
pub(super) fn over(visit: &Visit, jar: CookieJar) -> CookieJar {
    jar.remove(cookie(&visit.site, Some(name(&visit.site)), String::new()))
}

fn keep(visit: &Visit, jar: CookieJar, sealed: String) -> CookieJar {
    jar.add(cookie(&visit.site, Some(name(&visit.site)), sealed))
}

/// Leads to the provider; where there is none, elsewhere.
fn gone(
    visit: &Visit,
    jar: CookieJar,
    going: Result<Going, Lost>,
    elsewhere: &str,
) -> Result<Response, PageError> {
    match going {
        Ok(going) => {
            let jar = keep(visit, jar, going.sealed);
            Ok((jar, Redirect::to(&going.address)).into_response())
        }
        Err(Lost::NoProvider) => Ok(Redirect::to(elsewhere).into_response()),
        Err(lost) => lost_page(visit, lost),
    }
}

fn lost_page(visit: &Visit, lost: Lost) -> Result<Response, PageError> {
    let wait = match lost {
        Lost::Wait { seconds } => Some(seconds),
        _ => None,
    };
    let (status, why) = match lost {
        Lost::Failed(error) => return Err(error.into()),
        Lost::NoProvider => return Ok(Redirect::to("/sign-in").into_response()),
        Lost::Foreign => (StatusCode::UNPROCESSABLE_ENTITY, "identity-foreign"),
        Lost::Declined => (StatusCode::UNPROCESSABLE_ENTITY, "identity-declined"),
        Lost::Refused => (StatusCode::UNPROCESSABLE_ENTITY, "identity-refused"),
        Lost::Unknown => (StatusCode::UNPROCESSABLE_ENTITY, "identity-unknown"),
        Lost::NotAnew => (StatusCode::UNPROCESSABLE_ENTITY, "identity-not-anew"),
        Lost::Down => (StatusCode::SERVICE_UNAVAILABLE, "identity-down"),
        Lost::Wait { .. } => (StatusCode::TOO_MANY_REQUESTS, "identity-wait"),
    };
    let is_in = visit.account().is_ok();
    let page = LostPage {
        t: visit.words,
        frame: visit.frame().refused(),
        why: visit.words.get(why).into_owned(),
        again: if is_in { "/account" } else { "/sign-in" },
    };
    let mut response = (status, Html(page.render()?)).into_response();
    if let Some(seconds) = wait {
        let headers = response.headers_mut();
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// Goes there to come in.
pub async fn leave(
    visit: Visit,
    jar: CookieJar,
    Query(target): Query<Target>,
) -> Result<Response, PageError> {
    let next = local_target(&target.next);
    // Another site may lead somebody here who is in: that changes nothing.
    if visit.actor.is_some() && identities::button(&visit.site.context).is_some() {
        return Ok(Redirect::to(next).into_response());
    }
    let going = identities::sign_in(&visit.site.context, next).await;
    gone(&visit, jar, going, "/sign-in")
}

/// Goes there to show anew who it is.
pub async fn confirm(
    visit: Visit,
    jar: CookieJar,
    Query(target): Query<Target>,
) -> Result<Response, PageError> {
    let token = session_token(&visit.site, &jar).unwrap_or_default();
    let next = local_target(&target.next);
    let going = identities::confirm(&visit.site.context, visit.account()?, &token, next).await;
    gone(&visit, jar, going, "/account")
}

/// Goes there to find what is to be linked.
pub async fn begin(visit: Visit, jar: CookieJar) -> Result<Response, PageError> {
    if visit.fresh.is_none() {
        // From the page it is one tap: a form that led on to the provider would be stopped.
        return Ok(ask_again(OWN));
    }
    let going = identities::look(&visit.site.context, visit.account()?).await;
    gone(&visit, jar, going, "/account")
}

/// Goes there with an invitation, to find what is to be linked to its account.
pub async fn invited(visit: Visit, jar: CookieJar) -> Result<Response, PageError> {
    let (context, token) = (&visit.site.context, token_of(&visit.site, &jar));
    if accounts::account_of_link(context, &token).await?.is_none() {
        return Ok(Redirect::to("/password").into_response());
    }
    let going = identities::look_invited(context, &token).await;
    gone(&visit, jar, going, "/password")
}

/// Comes back.
pub async fn back(
    visit: Visit,
    jar: CookieJar,
    headers: HeaderMap,
    Query(back): Query<Back>,
) -> Result<Response, PageError> {
    let (context, sealed, device) = (
        &visit.site.context,
        kept(&visit.site, &jar),
        device_of(&headers),
    );
    let returned = Return {
        state: &back.state,
        code: &back.code,
        error: &back.error,
        iss: &back.iss,
    };
    let jar = over(&visit, jar);
    let came = identities::come_back(context, &sealed, returned, &visit.network, &device).await;
    let (jar, target) = match came {
        Ok(Came::In { begun, next }) if begun.stage == Stage::Code => {
            let jar = let_go(&visit, jar).await?;
            let jar = jar.add(cookie(&visit.site, None, begun.token));
            let next = percent_encoded(local_target(&next));
            (jar, format!("/sign-in/code?next={next}"))
        }
        Ok(Came::In { begun, next }) => {
            let mut entered = enter(&visit, jar, begun.token, &next, "").await?;
            entered.extensions_mut().insert(Entered);
            return Ok(entered);
        }
        Ok(Came::Fresh { next }) => (jar, local_target(&next).to_owned()),
        Ok(Came::Code { sealed, next }) => {
            let next = percent_encoded(local_target(&next));
            let target = format!("/account/confirm?next={next}");
            (keep(&visit, jar, sealed), target)
        }
        Ok(Came::Link { sealed }) => (keep(&visit, jar, sealed), OWN.to_owned()),
        Ok(Came::Invited { sealed }) => (keep(&visit, jar, sealed), "/password".to_owned()),
        Err(lost) => return Ok((jar, lost_page(&visit, lost)?).into_response()),
    };
    Ok((jar, Redirect::to(&target)).into_response())
}

/// What one's own account is linked to. Who must still set up a second factor links the
/// provider too, which may take it.
pub async fn own(
    visit: Visit,
    jar: CookieJar,
    Query(from): Query<From>,
) -> Result<Response, PageError> {
    let (words, sealed) = (visit.words, kept(&visit.site, &jar));
    let own = identities::own(&visit.site.context, visit.account()?, &sealed).await?;
    let Some(own) = own else {
        return Ok(Redirect::to("/account").into_response());
    };
    let notice = match from.done.as_deref() {
        Some("linked") => Some("identity-done-linked"),
        Some("removed") => Some("identity-done-removed"),
        _ => None,
    };
    let notice = notice.map(|key| words.get(key).into_owned());
    let page = Page {
        t: words,
        frame: visit.frame().with_notice(notice),
        provider: own.provider,
        linked: own
            .linked_at
            .map(|at| words.moment(at.with_timezone(&Rome).naive_local())),
        may_unlink: own.may_unlink,
        found: own.found,
        must: visit.must_enrol(),
    };
    Ok(Html(page.render()?).into_response())
}

/// Links what was found.
pub async fn link(visit: Visit, jar: CookieJar) -> Result<Response, PageError> {
    let Some(fresh) = &visit.fresh else {
        return Ok(ask_again(OWN));
    };
    let (context, sealed) = (&visit.site.context, kept(&visit.site, &jar));
    identities::link(context, visit.account()?, &sealed, fresh).await?;
    let target = "/account/identity?done=linked";
    Ok((over(&visit, jar), Redirect::to(target)).into_response())
}

/// Takes the link away.
pub async fn unlink(visit: Visit) -> Result<Response, PageError> {
    let Some(fresh) = &visit.fresh else {
        return Ok(ask_again(OWN));
    };
    identities::unlink(&visit.site.context, visit.actor()?, fresh).await?;
    Ok(Redirect::to("/account/identity?done=removed").into_response())
}

/// Links what was found to the account of an invitation, and leads to the sign-in.
pub async fn link_invited(visit: Visit, jar: CookieJar) -> Result<Response, PageError> {
    let (context, sealed, token) = (
        &visit.site.context,
        kept(&visit.site, &jar),
        token_of(&visit.site, &jar),
    );
    identities::link_invited(context, &token, &sealed).await?;
    let jar = password::over(&visit, over(&visit, jar));
    Ok((jar, Redirect::to("/sign-in")).into_response())
}
