//! Setting a password by a one-time link. Opening the link acts on nothing: the
//! token moves from the address into a cookie, and the form's submission uses it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use crate::catalogue::Words;
use crate::services::{ServiceError, accounts};
use crate::web::error::PageError;
use crate::web::extract::{Visit, cookie};
use crate::web::form::{Shown, error_of, shown};
use crate::web::frame::Frame;

const COOKIE: &str = "dom-password-link";

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
    problems: Vec<Shown>,
    password_error: String,
    again_error: String,
}

/// Takes the token out of the address. What can be no token is not kept.
pub async fn open(visit: Visit, Path(token): Path<String>, jar: CookieJar) -> Response {
    let of_a_token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let token: String = token.chars().filter(|c| of_a_token(*c)).take(100).collect();
    (
        jar.add(cookie(&visit.site, Some(COOKIE), token)),
        Redirect::to("/password"),
    )
        .into_response()
}

fn token_of(jar: &CookieJar) -> String {
    jar.get(COOKIE)
        .map(|cookie| cookie.value().to_owned())
        .unwrap_or_default()
}

async fn page(visit: &Visit, token: &str, problems: Vec<Shown>) -> Result<Html<String>, PageError> {
    let account = accounts::account_of_link(&visit.site.context, token).await?;
    let frame = visit.frame();
    let page = Page {
        t: visit.words,
        frame: frame.refused_if(!problems.is_empty()),
        email: account.map(|actor| actor.email.to_string()),
        password_error: error_of(&problems, "password"),
        again_error: error_of(&problems, "again"),
        problems,
    };
    Ok(Html(page.render()?))
}

/// The form, or word that the link is dead.
pub async fn get(visit: Visit, jar: CookieJar) -> Result<Html<String>, PageError> {
    page(&visit, &token_of(&jar), Vec::new()).await
}

/// Sets the password and leads to the sign-in.
pub async fn post(
    visit: Visit,
    jar: CookieJar,
    Form(form): Form<NewPassword>,
) -> Result<Response, PageError> {
    let token = token_of(&jar);
    let problems = if form.password == form.again {
        match accounts::set_password(&visit.site.context, &token, &form.password).await {
            Ok(()) => {
                let jar = jar.remove(cookie(&visit.site, Some(COOKIE), String::new()));
                return Ok((jar, Redirect::to("/sign-in")).into_response());
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
        page(&visit, &token, problems).await?,
    )
        .into_response())
}
