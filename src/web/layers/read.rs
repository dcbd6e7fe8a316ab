//! Every page that shows persons is written down before it is answered: which
//! route, whose record or which list, by whom. One place, by the table of routes.

use axum::extract::Request;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::services::read_log::{self, Opened};
use crate::web::error::PageError;
use crate::web::extract::Visit;

/// Longer than any code.
const LONGEST: usize = 60;

/// Answers, and writes down what was shown.
pub async fn noted(
    visit: Visit,
    (method, path): (&'static str, &'static str),
    request: Request,
    next: Next,
) -> Response {
    let opened = Opened {
        what: format!("{method} {path}"),
        record: record(path, request.uri().path()),
        list: list(request.uri()),
    };
    let response = next.run(request).await;
    // A form that came back shows what it is about; what is only done leads elsewhere.
    let status = response.status();
    let came_back = [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT];
    let shows = status.is_success() || came_back.contains(&status);
    let Some(actor) = visit.actor.as_ref().filter(|_| shows) else {
        return response;
    };
    match read_log::note(&visit.site.context, actor, opened).await {
        Ok(()) => response,
        Err(error) => PageError::from(error).into_response(),
    }
}

fn is_code(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !text.is_empty() && text.len() <= LONGEST && text.chars().all(plain)
}

/// What stands in the address where the route has its first value.
fn record(route: &str, address: &str) -> Option<String> {
    let parts = route.split('/').zip(address.split('/'));
    let mut values = parts.filter(|(name, _)| name.starts_with('{'));
    let value = values.next().map(|(_, value)| value)?;
    is_code(value).then(|| value.to_owned())
}

/// Page and search of a list: never words.
fn list(uri: &Uri) -> Option<String> {
    let pairs = uri.query()?.split('&');
    let kept: Vec<&str> = pairs
        .filter(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            matches!(name, "s" | "page" | "status" | "whose" | "done") && is_code(value)
        })
        .collect();
    (!kept.is_empty()).then(|| kept.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_known_by_its_place_in_the_route() {
        let of = |route, address| record(route, address);
        let code = Some("W-1".to_owned());
        assert_eq!(of("/workers/{code}", "/workers/W-1"), code);
        assert_eq!(
            of(
                "/workers/{code}/diary/{id}/erase",
                "/workers/W-1/diary/7/erase"
            ),
            code
        );
        assert_eq!(of("/workers", "/workers"), None);
        assert_eq!(of("/workers/{code}", "/workers/%FF"), None);
    }

    #[test]
    fn a_list_tells_no_words() {
        let of = |text: &str| list(&text.parse().unwrap());
        let expected = Some("s=abc&page=2".to_owned());
        assert_eq!(of("/workers?s=abc&words=Rossi&page=2"), expected);
        assert_eq!(of("/workers?words=Rossi"), None);
        assert_eq!(of("/workers"), None);
    }
}
