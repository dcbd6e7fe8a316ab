//! Setting a password by a one-time link. Opening the link acts on nothing: the
//! token moves from the address into a cookie, and the form's submission uses it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::provider::kept;
use crate::catalogue::Words;
use crate::services::{ServiceError, accounts, identities};
use crate::web::error::PageError;
use crate::web::extract::{Visit, cookie};
use crate::web::form::{Shown, error_of, shown};
use crate::web::frame::Frame;
use crate::web::state::Site;

/// The cookie of an opened link; by its name no other host of the domain sets one.
fn name(site: &Site) -> &'static str {
    if site.is_secure() {
        "__Host-dom-password-link"
    } else {
        "dom-password-link"
    }
}

/// What was typed.
#[derive(Debug, Deserialize)]
pub struct NewPassword {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

#[derive(Template)]
#[template(path = "pages/account/password.html")]
struct Page {
    t: Words,
    frame: Frame,
    /// Whose password; none where the link is dead.
    email: Option<String>,
    /// Its role may sign in by one.
    is_local: bool,
    /// Another way in, by the name of its button.
    provider: Option<String>,
    /// The identity that came back by it, to be linked.
    found: Option<String>,
    problems: Vec<Shown>,
    password_error: String,
    again_error: String,
}

/// Takes the token out of the address. What can be no token is not kept.
pub async fn open(visit: Visit, Path(token): Path<String>, jar: CookieJar) -> Response {
    let of_a_token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let token: String = token.chars().filter(|c| of_a_token(*c)).take(100).collect();
    (
        jar.add(cookie(&visit.site, Some(name(&visit.site)), token)),
        Redirect::to("/password"),
    )
        .into_response()
}

/// The token of the invitation that the browser opened.
pub(super) fn token_of(site: &Site, jar: &CookieJar) -> String {
    jar.get(name(site))
        .map(|cookie| cookie.value().to_owned())
        .unwrap_or_default()
}

/// The same jar without it.
pub(super) fn over(visit: &Visit, jar: CookieJar) -> CookieJar {
    jar.remove(cookie(&visit.site, Some(name(&visit.site)), String::new()))
}

async fn page(
    visit: &Visit,
    jar: &CookieJar,
    problems: Vec<Shown>,
) -> Result<Html<String>, PageError> {
    let (context, token) = (&visit.site.context, token_of(&visit.site, jar));
    let account = accounts::account_of_link(context, &token).await?;
    let is_local = match &account {
        Some(actor) => identities::has_local(context, actor).await?,
        None => true,
    };
    let frame = visit.frame();
    let page = Page {
        t: visit.words,
        frame: frame.refused_if(!problems.is_empty()),
        is_local,
        provider: identities::button(context),
        found: identities::found_invited(context, &token, &kept(&visit.site, jar)).await?,
        email: account.map(|actor| actor.email.to_string()),
        password_error: error_of(&problems, "password"),
        again_error: error_of(&problems, "again"),
        problems,
    };
    Ok(Html(page.render()?))
}

/// The form, or word that the link is dead.
pub async fn get(visit: Visit, jar: CookieJar) -> Result<Html<String>, PageError> {
    page(&visit, &jar, Vec::new()).await
}

/// Sets the password and leads to the sign-in.
pub async fn post(
    visit: Visit,
    jar: CookieJar,
    Form(form): Form<NewPassword>,
) -> Result<Response, PageError> {
    let token = token_of(&visit.site, &jar);
    let problems = if form.password == form.again {
        match accounts::set_password(&visit.site.context, &token, &form.password).await {
            Ok(()) => {
                return Ok((over(&visit, jar), Redirect::to("/sign-in")).into_response());
            }
            Err(ServiceError::Invalid(invalid)) => shown(visit.words, &invalid.0),
            Err(error) => return Err(error.into()),
        }
    } else {
        vec![Shown {
            field: "again".to_owned(),
            message: visit.words.get("password-differs").into_owned(),
        }]
    };
    Ok((
        StatusCode::UNPROCESSABLE_ENTITY,
        page(&visit, &jar, problems).await?,
    )
        .into_response())
}
