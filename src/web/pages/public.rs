//! What everybody may see: that the program lives, where its data come from,
//! whether a sheet is genuine, and how an error looks.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::Form;
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::json;

use crate::catalogue::{Language, Words};
use crate::domain::invalid::Why;
use crate::domain::reference::ATTRIBUTIONS;
use crate::services::backups::policy;
use crate::services::condition::{self, Trouble};
use crate::services::sentences;
use crate::services::sheets::{self, Verification, Verified};
use crate::web::error::{Failure, PageError};
use crate::web::extract::{Visit, cookie};
use crate::web::form::local_target;
use crate::web::frame::Frame;
use crate::web::layers::PROBLEM;
use crate::web::state::Site;

/// For so long from any day on somebody answers at the address; the standard asks
/// for less than a year.
const SECURITY_HOLDS: TimeDelta = TimeDelta::days(180);

/// The process lives. Says nothing of the database.
pub async fn health() -> &'static str {
    "ok"
}

/// Whether the program can do its work, check by check: for whoever shares out
/// requests among several.
pub async fn ready(State(site): State<Site>) -> Response {
    let found = condition::look(&site.context).await;
    let checks: serde_json::Map<_, _> = Trouble::ALL
        .into_iter()
        .map(|check| {
            let state = if found.contains(&check) {
                "fail"
            } else {
                "pass"
            };
            (check.code().to_owned(), state.into())
        })
        .collect();
    told(&found, json!({ "status": "pass", "checks": checks }))
}

/// Whom to tell of a hole (RFC 9116).
pub async fn security(State(site): State<Site>) -> Response {
    let context = &site.context;
    let expires = context.now() + SECURITY_HOLDS;
    let text = format!(
        "Contact: mailto:{}\nExpires: {}\nPreferred-Languages: it, en\nCanonical: {}/.well-known/security.txt\n",
        context.post.from.email,
        expires.format("%Y-%m-%dT%H:%M:%SZ"),
        context.public_url,
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// The same for the public: that it works or not, and how old the last copy is.
pub async fn status(State(site): State<Site>) -> Response {
    let found = condition::look(&site.context).await;
    let mut fine = json!({ "status": "pass" });
    if found.is_empty()
        && let Ok(Some(copies)) = policy::standing(&site.context).await
        && copies.rule.is_on()
    {
        // A warning is no reason to send anybody away.
        let status = if copies.is_late { "warn" } else { "pass" };
        fine["status"] = status.into();
        if copies.is_late || copies.age.is_some() {
            let hours = copies.age.map(|age| age.num_hours());
            fine["backup"] = json!({ "status": status, "age_hours": hours });
        }
    }
    told(&found, fine)
}

fn told(found: &[Trouble], mut fine: serde_json::Value) -> Response {
    if found.is_empty() {
        let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
        return (kind, fine.to_string()).into_response();
    }
    let mut problem = json!({
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The service cannot do its work at the moment.",
    });
    if let Some(checks) = fine.get_mut("checks") {
        problem["checks"] = checks.take();
    }
    let headers = [(header::CONTENT_TYPE, PROBLEM), (header::RETRY_AFTER, "30")];
    (
        StatusCode::SERVICE_UNAVAILABLE,
        headers,
        problem.to_string(),
    )
        .into_response()
}

#[derive(Template)]
#[template(path = "pages/public/sources.html")]
struct Sources {
    t: Words,
    frame: Frame,
    attributions: &'static [&'static str],
}

/// Where the reference data come from.
pub async fn sources(visit: Visit) -> Result<Html<String>, PageError> {
    let page = Sources {
        t: visit.reader,
        frame: visit.frame_of_reader(),
        attributions: &ATTRIBUTIONS,
    };
    Ok(Html(page.render()?))
}

#[derive(Template)]
#[template(path = "pages/public/verify.html")]
struct Verify {
    t: Words,
    frame: Frame,
    found: Option<Verified>,
    waits: bool,
}

/// Whether a sheet is genuine: desk, number, day and state, nothing else.
pub async fn verify(visit: Visit, Path(code): Path<String>) -> Result<Response, PageError> {
    let looked = sheets::verify_for(&visit.site.context, &code, &visit.network).await?;
    let (status, found, waits) = match looked {
        Verification::Known(found) => (StatusCode::OK, Some(found), false),
        Verification::Unknown => (StatusCode::NOT_FOUND, None, false),
        Verification::Waits => (StatusCode::TOO_MANY_REQUESTS, None, true),
    };
    let page = Verify {
        t: visit.reader,
        frame: visit.frame_of_reader(),
        found,
        waits,
    };
    let mut response = (status, Html(page.render()?)).into_response();
    if waits {
        let minute = axum::http::HeaderValue::from_static("60");
        response.headers_mut().insert("retry-after", minute);
    }
    Ok(response)
}

/// The choice of a language.
#[derive(Debug, Deserialize)]
pub struct Choice {
    language: String,
    #[serde(default)]
    back: String,
}

/// Keeps the language chosen and goes back.
pub async fn language(visit: Visit, jar: CookieJar, Form(choice): Form<Choice>) -> Response {
    let tag = Language::from_written(&choice.language)
        .unwrap_or_default()
        .tag();
    let kept = cookie(&visit.site, Some("dom-language"), tag.to_owned());
    (jar.add(kept), Redirect::to(local_target(&choice.back))).into_response()
}

/// No page at this address.
pub async fn not_found() -> PageError {
    PageError::NotFound
}

/// A page, but not for this method.
pub async fn no_such_method() -> Response {
    let mut response = StatusCode::METHOD_NOT_ALLOWED.into_response();
    response.extensions_mut().insert(Failure {
        status: StatusCode::METHOD_NOT_ALLOWED,
        why: None,
    });
    response
}

#[derive(Template)]
#[template(path = "pages/public/failure.html")]
struct FailurePage {
    t: Words,
    frame: Frame,
    heading: String,
    text: String,
    reference: String,
    /// Where to go on, and what that is.
    onward: (String, String),
}

/// The page of a failure. `request_id` is what the log knows it by. Whoever signs in reads it in
/// a language of the screens, everybody else in their own; a reason for which only the screens
/// have words is told in theirs.
pub fn failure_page(visit: &Visit, failure: &Failure, request_id: &str) -> Response {
    let is_told = |why: &Why| visit.reader.has(why.key);
    let (words, frame) = if visit.is_strangers() && failure.why.as_ref().is_none_or(is_told) {
        (visit.reader, visit.frame_of_reader())
    } else {
        (visit.words, visit.frame())
    };
    let onward = if visit.is_strangers() {
        (frame.page("/service"), words.get("nav-service"))
    } else {
        ("/".to_owned(), words.get("failure-home"))
    };
    let kind = match failure.status {
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "no-such-method",
        StatusCode::CONFLICT => "conflict",
        StatusCode::GONE => "gone",
        StatusCode::SERVICE_UNAVAILABLE => "unavailable",
        StatusCode::GATEWAY_TIMEOUT => "stopped",
        status if status.is_server_error() => "broken",
        _ => "refused",
    };
    let page = FailurePage {
        t: words,
        frame,
        onward: (onward.0, onward.1.into_owned()),
        heading: words.code("failure-heading", kind).into_owned(),
        text: failure.why.as_ref().map_or_else(
            || words.code("failure-text", kind).into_owned(),
            |why| sentences::why(words, why),
        ),
        reference: if failure.status.is_server_error() {
            request_id.to_owned()
        } else {
            String::new()
        },
    };
    let mut response = match page.render() {
        Ok(html) => (failure.status, Html(html)).into_response(),
        Err(_) => failure.status.into_response(),
    };
    if failure.status == StatusCode::SERVICE_UNAVAILABLE {
        response
            .headers_mut()
            .insert("retry-after", axum::http::HeaderValue::from_static("5"));
    }
    response
}
