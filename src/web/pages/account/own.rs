//! One's own account: where it is signed in, and ending that; the password and the address,
//! which need a sign-in of the last minutes.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use super::code::refusal;
use super::provider::{kept, over};
use super::sign_in::Target;
use crate::catalogue::Words;
use crate::services::ServiceError;
use crate::services::accounts::SignInError;
use crate::services::{identities, own_account};
use crate::web::error::PageError;
use crate::web::extract::{Visit, session_token};
use crate::web::form::{Shown, Typed, error_of, local_target, percent_encoded, shown};
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

/// A session as its owner sees it.
struct Line {
    id: String,
    began: String,
    seen: String,
    device: String,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "pages/account/own.html")]
struct Page {
    t: Words,
    frame: Frame,
    name: String,
    email: String,
    role: &'static str,
    /// There is an identity provider to be linked to.
    has_provider: bool,
    sessions: Vec<Line>,
}

#[derive(Template)]
#[template(path = "pages/account/confirm.html")]
struct Confirm {
    t: Words,
    frame: Frame,
    email: String,
    onward: Onward,
    has_factor: bool,
    /// The password lets in.
    is_local: bool,
    /// Another way to show who it is, by the name of its button, and where it begins.
    provider: Option<(String, String)>,
    /// That way is done, but for the code.
    waits: bool,
    problems: Vec<Shown>,
    password_error: String,
    code_error: String,
}

/// Where to go once the password was given.
struct Onward {
    next: String,
    /// It is a form that was sent, with this in it.
    typed: Option<String>,
}

impl Onward {
    fn of(typed: &Typed) -> Self {
        let was_sent = !typed.text("sent").is_empty();
        Self {
            next: local_target(typed.text("next")).to_owned(),
            typed: was_sent.then(|| typed.text("typed").to_owned()),
        }
    }
}

/// A form that waited for the password, to be sent.
#[derive(Template)]
#[template(path = "pages/account/resend.html")]
struct Resend {
    t: Words,
    frame: Frame,
    next: String,
    fields: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "pages/account/change.html")]
struct Change {
    t: Words,
    frame: Frame,
    email: String,
    /// The new address as it was typed.
    typed: String,
    problems: Vec<Shown>,
}

impl Change {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

/// The page.
pub async fn get(
    visit: Visit,
    jar: CookieJar,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let (words, actor) = (visit.words, visit.actor()?);
    let token = session_token(&visit.site, &jar).unwrap_or_default();
    let sessions = own_account::sessions(&visit.site.context, actor, &token).await?;
    let moment =
        |at: chrono::DateTime<chrono::Utc>| words.moment(at.with_timezone(&Rome).naive_local());
    let unknown = words.get("account-device-unknown");
    let line = |one: own_account::OwnSession| Line {
        began: moment(one.began_at),
        seen: moment(one.last_seen_at),
        device: one.device.unwrap_or_else(|| unknown.clone().into_owned()),
        id: one.id,
        is_this: one.is_this,
    };
    let notice = match from.done.as_deref() {
        Some("password") => Some("account-done-password"),
        Some("email") => Some("account-done-email"),
        Some("ended") => Some("account-done-ended"),
        _ => None,
    };
    let notice = notice.map(|key| words.get(key).into_owned());
    let page = Page {
        t: words,
        frame: visit.frame().with_notice(notice),
        name: actor.name.clone(),
        email: actor.email.to_string(),
        role: actor.role.code(),
        has_provider: identities::button(&visit.site.context).is_some(),
        sessions: sessions.into_iter().map(line).collect(),
    };
    Ok(Html(page.render()?))
}

/// Ends one of one's own sessions, or all but this one.
pub async fn end(
    visit: Visit,
    jar: CookieJar,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let typed = Typed::of(fields);
    let token = session_token(&visit.site, &jar).unwrap_or_default();
    own_account::end_session(
        &visit.site.context,
        visit.actor()?,
        &token,
        typed.text("id"),
    )
    .await?;
    Ok(Redirect::to("/account?done=ended").into_response())
}

/// Leads to the page that asks for the password once more.
pub(super) fn ask_again(next: &str) -> Response {
    let target = format!("/account/confirm?next={}", percent_encoded(next));
    Redirect::to(&target).into_response()
}

async fn confirm_page(
    visit: &Visit,
    onward: Onward,
    waits: bool,
    problems: Vec<Shown>,
) -> Result<Html<String>, PageError> {
    let (context, actor) = (&visit.site.context, visit.account()?);
    // A form that waits stays in this window.
    let next = match &onward.typed {
        Some(_) => "/account",
        None => &onward.next,
    };
    let begins = format!("/account/confirm/provider?next={}", percent_encoded(next));
    let page = Confirm {
        t: visit.words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        email: actor.email.to_string(),
        onward,
        has_factor: own_account::has_factor(context, actor).await?,
        is_local: identities::has_local(context, actor).await?,
        provider: identities::button(context).map(|name| (name, begins)),
        waits,
        password_error: error_of(&problems, "password"),
        code_error: error_of(&problems, "code"),
        problems,
    };
    Ok(Html(page.render()?))
}

/// The page that asks for the password, and the code, once more.
pub async fn confirm(
    visit: Visit,
    jar: CookieJar,
    Query(target): Query<Target>,
) -> Result<Html<String>, PageError> {
    let (context, sealed) = (&visit.site.context, kept(&visit.site, &jar));
    let token = session_token(&visit.site, &jar).unwrap_or_default();
    let waits = identities::waits_for_code(context, visit.account()?, &token, &sealed).await?;
    let onward = Onward {
        next: local_target(&target.next).to_owned(),
        typed: None,
    };
    confirm_page(&visit, onward, waits, Vec::new()).await
}

/// The same for a form that was sent and needs the password first: what it holds stays in the
/// page, and goes on once the password was given. Nothing is kept before that.
pub async fn asked_first(visit: &Visit, path: &str, sent: &[u8]) -> Response {
    let onward = Onward {
        next: path.to_owned(),
        typed: Some(String::from_utf8_lossy(sent).into_owned()),
    };
    match confirm_page(visit, onward, false, Vec::new()).await {
        Ok(page) => (StatusCode::UNAUTHORIZED, page).into_response(),
        Err(error) => error.into_response(),
    }
}

/// The form that waited, to be sent with one tap.
pub(super) fn resend(visit: &Visit, next: String, sent: &str) -> Result<Response, PageError> {
    let fields = url::form_urlencoded::parse(sent.as_bytes());
    let page = Resend {
        t: visit.words,
        frame: visit.frame(),
        next,
        fields: fields.into_owned().collect(),
    };
    Ok(Html(page.render()?).into_response())
}

/// Who showed elsewhere who they are, by the provider in another window.
const ELSEWHERE: &str = "elsewhere";
/// Who showed it to the provider, and gives the code.
const PROVIDER: &str = "provider";

/// Takes them.
pub async fn confirmed(
    visit: Visit,
    jar: CookieJar,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let typed = Typed::of(fields);
    let token = session_token(&visit.site, &jar).unwrap_or_default();
    let (context, actor, code) = (&visit.site.context, visit.account()?, typed.text("code"));
    let (given, field, wrong) = match typed.text("by") {
        PROVIDER => {
            let (sealed, network) = (kept(&visit.site, &jar), &visit.network);
            let known = (token.as_str(), sealed.as_str());
            let given = identities::give_code(context, actor, known, code, network).await;
            (given, "code", "problem-factor-code")
        }
        ELSEWHERE => {
            let given = match visit.fresh {
                Some(_) => Ok(()),
                None => Err(SignInError::Wrong),
            };
            (given, "password", "account-confirm-not-yet")
        }
        _ => {
            let said = (typed.text("password"), code);
            let given = own_account::confirm(context, actor, &token, said, &visit.network).await;
            (given, "password", "account-confirm-wrong")
        }
    };
    match given {
        Ok(()) => {
            let onward = match Onward::of(&typed) {
                Onward {
                    next,
                    typed: Some(sent),
                } => resend(&visit, next, &sent)?,
                onward => Redirect::to(&onward.next).into_response(),
            };
            Ok((over(&visit, jar), onward).into_response())
        }
        Err(SignInError::Failed(error)) => Err(error.into()),
        Err(refused) => {
            let (status, message, _) = refusal(visit.words, &refused, wrong);
            let problems = vec![Shown {
                field: field.to_owned(),
                message,
            }];
            let sealed = kept(&visit.site, &jar);
            let waits = identities::waits_for_code(context, actor, &token, &sealed).await?;
            let page = confirm_page(&visit, Onward::of(&typed), waits, problems).await?;
            Ok((status, page).into_response())
        }
    }
}

fn change_page(
    visit: &Visit,
    typed: &str,
    problems: Vec<Shown>,
) -> Result<Html<String>, PageError> {
    let page = Change {
        t: visit.words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        email: visit.actor()?.email.to_string(),
        typed: typed.to_owned(),
        problems,
    };
    Ok(Html(page.render()?))
}

/// The forms for a new password and a new address.
pub async fn change(visit: Visit) -> Result<Response, PageError> {
    if visit.fresh.is_none() {
        return Ok(ask_again("/account/change"));
    }
    Ok(change_page(&visit, "", Vec::new())?.into_response())
}

/// Sets a new password.
pub async fn password(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let Some(fresh) = &visit.fresh else {
        return Ok(ask_again("/account/change"));
    };
    let typed = Typed::of(fields);
    let (context, actor, words) = (&visit.site.context, visit.actor()?, visit.words);
    let problems = if typed.text("new") == typed.text("again") {
        let passwords = (typed.text("current"), typed.text("new"));
        match own_account::change_password(context, actor, passwords, &visit.network, fresh).await {
            Ok(()) => return Ok(Redirect::to("/account?done=password").into_response()),
            Err(SignInError::Failed(ServiceError::Invalid(invalid))) => shown(words, &invalid.0),
            Err(SignInError::Failed(error)) => return Err(error.into()),
            Err(refused) => vec![Shown {
                field: "current".to_owned(),
                message: refusal(words, &refused, "account-confirm-wrong").1,
            }],
        }
    } else {
        vec![Shown {
            field: "again".to_owned(),
            message: words.get("password-differs").into_owned(),
        }]
    };
    let page = change_page(&visit, "", problems)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Sets a new address.
pub async fn email(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let Some(fresh) = &visit.fresh else {
        return Ok(ask_again("/account/change"));
    };
    let typed = Typed::of(fields);
    let (context, actor) = (&visit.site.context, visit.actor()?);
    match own_account::change_email(context, actor, typed.text("email"), fresh).await {
        Ok(()) => Ok(Redirect::to("/account?done=email").into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let problems = shown(visit.words, &invalid.0);
            let page = change_page(&visit, typed.text("email"), problems)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
