//! What happens around every page: the headers that keep it safe, forms against
//! forgery, who is visiting, who may pass, and how an error looks.

mod read;

use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;

use super::error::{Failure, PageError};
use super::extract::Visit;
use super::metrics::Metrics;
use super::pages::registering::Place as Form;
use super::state::Site;
use crate::clock::Stopwatch;
use crate::domain::account::Access;
use crate::domain::invalid::Why;

/// The largest form: a sheet's order or a search is far below.
const LARGEST_FORM: usize = 256 * 1024;
/// The largest file that a page takes: a hundred thousand accesses are half of it.
pub const LARGEST_FILE: usize = 32 * 1024 * 1024;
const LONGEST_REQUEST: Duration = Duration::from_secs(30);
/// RFC 9457.
pub const PROBLEM: &str = "application/problem+json";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

// Bootstrap Italia's stylesheet embeds its icons, and one font, as data.
const CONTENT_SECURITY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:; \
     form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

/// The outermost layers.
pub fn around(pages: Router<Site>, site: &Site) -> Router<Site> {
    pages
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            LONGEST_REQUEST,
        ))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(site.is_secure(), headers))
        .layer(from_fn_with_state(site.metrics.clone(), log))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
}

/// One line a request: never the query, whose values are nobody's business.
async fn log(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let method = request.method().clone();
    let path = request
        .extensions()
        .get::<axum::extract::MatchedPath>()
        .map_or("unmatched", |path| path.as_str())
        .to_owned();
    let id = request_id(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    metrics.answered(method.as_str(), &path, status, watch.elapsed());
    tracing::info!(%method, route = path, status = status.as_u16(), request_id = id, "request");
    response
}

/// The headers that every answer bears.
async fn headers(State(secure): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        ("content-security-policy", CONTENT_SECURITY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    if secure {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The paths of the table whose address is itself the proof.
pub type Capabilities = std::sync::Arc<[&'static str]>;

/// A form that another site sends is refused: by what the browser says of where
/// it comes from, or else by the origin. Programs send neither, and no cookie
/// of a browser's session. Forms whose address is a secret are taken from anywhere:
/// who has it needs no cookie, and who lacks it gains nothing by one.
pub async fn same_origin(
    State(capabilities): State<Capabilities>,
    request: Request,
    next: Next,
) -> Response {
    let matched = request.extensions().get::<axum::extract::MatchedPath>();
    let is_capability =
        matched.is_some_and(|path| capabilities.iter().any(|known| *known == path.as_str()));
    if is_capability {
        return next.run(request).await;
    }
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if safe || comes_from_here(request.headers()) {
        return next.run(request).await;
    }
    let mut response = StatusCode::FORBIDDEN.into_response();
    response.extensions_mut().insert(Failure {
        status: StatusCode::FORBIDDEN,
        why: Some(Why::new("failure-foreign-form")),
    });
    response
}

fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| {
        headers
            .get(name)
            .map(|value| value.to_str().unwrap_or("unreadable"))
    };
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN) else {
        return true;
    };
    let host = text(header::HOST).unwrap_or_default();
    origin
        .split_once("://")
        .is_some_and(|(_, origin)| origin == host)
}

/// Finds out who is visiting, once for every layer and page.
pub async fn visit(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match Visit::of(site.clone(), &parts).await {
        Ok(visit) => {
            parts.extensions.insert(visit);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(error) => {
            let stranger = Visit::of_nobody(site, &parts);
            as_page(
                error.into_response(),
                &stranger,
                &request_id(&parts.headers),
            )
        }
    }
}

/// Lets through whom the table of routes allows. Nobody is led to the sign-in;
/// a wrong role gets a plain no. `shows`: method and path of a route that shows
/// persons.
pub async fn guard(
    access: Access,
    shows: Option<(&'static str, &'static str)>,
    request: Request,
    next: Next,
) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let actor = visit.as_ref().and_then(|visit| visit.actor.as_ref());
    let own = visit.as_ref().and_then(|visit| visit.account().ok());
    let whose = if access == Access::Account {
        own
    } else {
        actor
    };
    if access.allows(whose) {
        return match (shows, visit) {
            (Some(route), Some(visit)) => read::noted(visit, route, request, next).await,
            _ => next.run(request).await,
        };
    }
    if actor.is_some() {
        return PageError::Forbidden.into_response();
    }
    if visit.as_ref().is_some_and(Visit::must_enrol) {
        return Redirect::to("/account/factor").into_response();
    }
    let request = match (visit, Form::at(request.uri().path())) {
        (Some(visit), Some(_)) if request.method() == Method::POST => {
            let path = request.uri().path().to_owned();
            let Ok(typed) = to_bytes(request.into_body(), LARGEST_FORM).await else {
                return StatusCode::PAYLOAD_TOO_LARGE.into_response();
            };
            return super::pages::account::sign_in::ended(&visit, &path, &typed);
        }
        _ => request,
    };
    let target = request
        .uri()
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let next_page = if request.method() == Method::GET {
        target
    } else {
        "/"
    };
    Redirect::to(&format!(
        "/sign-in?next={}",
        super::form::percent_encoded(next_page)
    ))
    .into_response()
}

/// Turns a failure into its page, in the visitor's language; also what the
/// framework has to say of a request that can't be read.
pub async fn errors(request: Request, next: Next) -> Response {
    let visit = request.extensions().get::<Visit>().cloned();
    let id = request_id(request.headers());
    let response = next.run(request).await;
    match visit {
        Some(visit) => as_page(response, &visit, &id),
        None => response,
    }
}

fn as_page(response: Response, visit: &Visit, request_id: &str) -> Response {
    let status = response.status();
    // A page, or a failure told to a program.
    let is_told = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| {
            let kind = kind.as_bytes();
            kind.starts_with(b"text/html") || kind == PROBLEM.as_bytes()
        });
    let failed = (status.is_client_error() || status.is_server_error()) && !is_told;
    let known = response.extensions().get::<Failure>().cloned();
    let failure = known.or(failed.then_some(Failure { status, why: None }));
    match failure {
        Some(failure) => super::pages::public::failure_page(visit, &failure, request_id),
        None => response,
    }
}

fn request_id(headers: &HeaderMap) -> String {
    let id = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok());
    id.unwrap_or_default().to_owned()
}
