//! What happens around every page: the headers that keep it safe, forms against
//! forgery, who is visiting, who may pass, and how an error looks.

mod read;

use std::net::IpAddr;
use std::time::Duration;

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tracing::Instrument as _;

use super::error::{Failure, PageError};
use super::extract::Visit;
use super::metrics::Metrics;
use super::pages::account::{factor, own, sign_in};
use super::pages::registering::Place as Form;
use super::state::Site;
use crate::clock::Stopwatch;
use crate::domain::account::Access;
use crate::domain::invalid::Why;

/// The largest form: a sheet's order or a search is far below.
const LARGEST_FORM: usize = 256 * 1024;
/// A form that carries another one, which is written out once more in it.
pub const LARGEST_CARRYING: usize = 3 * LARGEST_FORM + 16 * 1024;
/// The largest file that a page takes: a hundred thousand accesses are half of it.
pub const LARGEST_FILE: usize = 32 * 1024 * 1024;
/// So long a request may take.
pub const LONGEST_REQUEST: Duration = Duration::from_secs(30);
/// RFC 9457.
pub const PROBLEM: &str = "application/problem+json";
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

// Bootstrap Italia's stylesheet embeds its icons, and one font, as data.
const CONTENT_SECURITY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:; \
     form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

/// The outermost layers. `longest`: how long a request may take.
pub fn around(pages: Router<Site>, site: &Site, longest: Duration) -> Router<Site> {
    pages
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state((site.clone(), longest), in_time))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(site.is_secure(), headers))
        .layer(from_fn_with_state(site.metrics.clone(), log))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
        .layer(from_fn(proper_id))
}

/// Stops what takes too long, and says what is certain of it: what only looks saves nothing;
/// anything else may have been saved in the last moment.
async fn in_time(
    State((site, longest)): State<(Site, Duration)>,
    request: Request,
    next: Next,
) -> Response {
    let (head, body) = request.into_parts();
    let only_looks = matches!(head.method, Method::GET | Method::HEAD | Method::OPTIONS);
    let rest = next.run(Request::from_parts(head.clone(), body));
    if let Ok(response) = tokio::time::timeout(longest, rest).await {
        return response;
    }
    let status = StatusCode::GATEWAY_TIMEOUT;
    if wants_problem(&head.headers) {
        let detail = if only_looks {
            "The request was stopped. Nothing was saved."
        } else {
            "The request was stopped. It is not certain that nothing was saved: look before sending it again."
        };
        let problem = serde_json::json!({
            "type": "about:blank",
            "title": "Gateway Timeout",
            "status": status.as_u16(),
            "detail": detail,
        });
        let kind = [(header::CONTENT_TYPE, PROBLEM)];
        return (status, kind, problem.to_string()).into_response();
    }
    let why = (!only_looks).then(|| Why::new("failure-stopped-sent"));
    let mut response = status.into_response();
    response.extensions_mut().insert(Failure { status, why });
    let stranger = Visit::of_nobody(site, &head);
    as_page(response, &stranger, &request_id(&head.headers))
}

/// Whether a program asks that takes JSON, and no browser.
fn wants_problem(headers: &HeaderMap) -> bool {
    let accepted = headers
        .get(header::ACCEPT)
        .and_then(|kind| kind.to_str().ok());
    accepted.is_some_and(|kinds| kinds.contains("json") && !kinds.contains("text/html"))
}

/// The id that a proxy gives a request stays, since both logs then tell of the same one.
/// What does not look like one anybody may have written, to be read in a log.
async fn proper_id(mut request: Request, next: Next) -> Response {
    let headers = request.headers_mut();
    let is_id = |id: &HeaderValue| {
        let id = id.as_bytes();
        let is_part = |byte: &u8| byte.is_ascii_hexdigit() || *byte == b'-';
        (16..=64).contains(&id.len()) && id.iter().all(is_part)
    };
    let mut given = headers.get_all(REQUEST_ID).iter();
    let is_proper = given.next().is_none_or(is_id) && given.next().is_none();
    if !is_proper {
        headers.remove(REQUEST_ID);
    }
    next.run(request).await
}

/// Which account was behind a request, on its way to the log.
#[derive(Debug, Clone, Copy)]
struct Account(i64);

/// Marks an answer by which somebody came in who was not led here by a form.
#[derive(Debug, Clone, Copy)]
pub struct Entered;

/// What whoever looks after security wants to know of an answer.
fn security(
    method: &Method,
    route: &str,
    status: StatusCode,
    has_entered: bool,
) -> Option<&'static str> {
    let signs_in = match *method {
        Method::POST => ["/sign-in", "/sign-in/code"].contains(&route),
        _ if status == StatusCode::SEE_OTHER => has_entered,
        _ => route == "/sign-in/provider/back",
    };
    match status {
        StatusCode::FORBIDDEN => Some("refused"),
        StatusCode::TOO_MANY_REQUESTS => Some("throttled"),
        StatusCode::MISDIRECTED_REQUEST => Some("foreign_host"),
        StatusCode::SEE_OTHER if signs_in => Some("signed_in"),
        StatusCode::UNPROCESSABLE_ENTITY if signs_in => Some("sign_in_failed"),
        _ => None,
    }
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
    // Whatever is logged meanwhile bears the number that a failure's page shows.
    let span = tracing::error_span!("request", request_id = id);
    let response = next.run(request).instrument(span).await;
    let status = response.status();
    metrics.answered(method.as_str(), &path, status, watch.elapsed());
    let account = response.extensions().get::<Account>().map(|one| one.0);
    let has_entered = response.extensions().get::<Entered>().is_some();
    let security = security(&method, &path, status, has_entered);
    let status = status.as_u16();
    tracing::info!(%method, route = path, status, request_id = id, account, security, "request");
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

/// How long a request's body is by its own words.
pub fn declared(headers: &HeaderMap) -> Option<usize> {
    let length = headers.get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

/// A form that says itself that it is larger than any is refused before it is read. One that
/// brings a file is looked at where files are taken, to be told beside the field.
pub async fn within_limits(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let kind = headers.get(header::CONTENT_TYPE);
    let brings_file = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/"));
    if !brings_file && declared(headers).is_some_and(|length| length > LARGEST_CARRYING) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    next.run(request).await
}

/// What asks whether the program lives may do so by any name.
const PROBES: [&str; 3] = ["/health", "/ready", "/status"];

/// Under another name than the one that the site is given the program shows nothing but
/// the way to the right one: no other name can stand for it. Names that are numbers, or
/// this very machine, lead nobody astray; and where nobody named the site all are taken.
pub async fn known_host(State(site): State<Site>, request: Request, next: Next) -> Response {
    let address = &site.context.public_url;
    let named = request.headers().get_all(header::HOST).iter();
    let named: Vec<&str> = named
        .map(|name| name.to_str().unwrap_or("unreadable"))
        .chain(request.uri().authority().map(Authority::as_str))
        .collect();
    let is_probe = PROBES.contains(&request.uri().path());
    if is_probe || named.iter().all(|name| is_known(address, name)) {
        return next.run(request).await;
    }
    let mut response = StatusCode::MISDIRECTED_REQUEST.into_response();
    response.extensions_mut().insert(Failure {
        status: StatusCode::MISDIRECTED_REQUEST,
        why: Some(Why::new("failure-foreign-host").with("address", address)),
    });
    response
}

fn is_known(address: &str, name: &str) -> bool {
    let own = address.split_once("://").map_or(address, |(_, own)| own);
    let own = host_of(own.split('/').next().unwrap_or_default());
    let leads_nowhere = |host: &str| {
        host.parse::<IpAddr>().is_ok() || host == "localhost" || host.ends_with(".localhost")
    };
    let name = host_of(name).to_ascii_lowercase();
    leads_nowhere(own) || leads_nowhere(&name) || own.eq_ignore_ascii_case(&name)
}

/// Without the port, the brackets and the dot at the end.
fn host_of(authority: &str) -> &str {
    let host = match authority.strip_prefix('[') {
        Some(inside) => inside.split(']').next(),
        None => authority.split(':').next(),
    };
    host.unwrap_or_default().trim_end_matches('.')
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
            let account = visit.account().ok().map(|actor| Account(actor.account_id));
            let choice = visit.choice_to_keep(&parts);
            parts.extensions.insert(visit);
            let mut response = next.run(Request::from_parts(parts, body)).await;
            if let Some(choice) = choice.filter(|_| response.status().is_success()) {
                response = (CookieJar::new().add(choice), response).into_response();
            }
            if let Some(account) = account {
                response.extensions_mut().insert(account);
            }
            response
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

/// What the table of routes says of who may pass.
#[derive(Debug, Clone, Copy)]
pub struct Passage {
    pub access: Access,
    /// Method and path of a route that shows persons.
    pub shows: Option<(&'static str, &'static str)>,
    /// It needs a password given in the last minutes.
    pub asks_fresh: bool,
}

/// What a form sent.
async fn sent(request: Request) -> Result<Bytes, StatusCode> {
    let body = to_bytes(request.into_body(), LARGEST_FORM).await;
    body.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)
}

/// Lets through whom the table of routes allows. Nobody is led to the sign-in; a wrong role
/// gets a plain no. What a form sent that can't pass yet is never lost.
pub async fn guard(passage: Passage, request: Request, next: Next) -> Response {
    let access = passage.access;
    let visit = request.extensions().get::<Visit>().cloned();
    let actor = visit.as_ref().and_then(|visit| visit.actor.as_ref());
    let own = visit.as_ref().and_then(|visit| visit.account().ok());
    let whose = if access == Access::Account {
        own
    } else {
        actor
    };
    if access.allows(whose) {
        return match (passage.shows, visit) {
            (_, Some(visit)) if passage.asks_fresh && visit.fresh.is_none() => {
                let path = request.uri().path().to_owned();
                match sent(request).await {
                    Ok(typed) => own::asked_first(&visit, &path, &typed).await,
                    Err(refused) => refused.into_response(),
                }
            }
            (Some(route), Some(visit)) => read::noted(visit, route, request, next).await,
            _ => next.run(request).await,
        };
    }
    if actor.is_some() {
        return PageError::Forbidden.into_response();
    }
    let must_enrol = visit.as_ref().is_some_and(Visit::must_enrol);
    let path = request.uri().path();
    let is_typed = Form::at(path).is_some() || sign_in::is_offered_again(path);
    let request = match visit {
        Some(visit) if is_typed && request.method() == Method::POST => {
            let path = request.uri().path().to_owned();
            return match sent(request).await {
                Ok(typed) if must_enrol => factor::first(&visit, &path, &typed).await,
                Ok(typed) => sign_in::ended(&visit, &path, &typed),
                Err(refused) => refused.into_response(),
            };
        }
        _ => request,
    };
    if must_enrol {
        return Redirect::to(factor::HERE).into_response();
    }
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
