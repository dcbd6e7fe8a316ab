//! The pages that a mail of the follow-up leads to, in the reader's own language.
//! Whoever has the link may answer; a link that opens nothing looks the same
//! whatever is wrong with it.

pub mod door;
pub mod question;
pub mod wishes;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::catalogue::Words;
use crate::services::follow_up::survey::Closed;
use crate::web::error::{PageError, in_a_minute};
use crate::web::extract::Visit;
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "pages/survey/gone.html")]
struct Gone {
    t: Words,
    frame: Frame,
}

/// The one page of all links that open nothing.
pub(super) fn gone(visit: &Visit, closed: Closed) -> Response {
    let status = match closed {
        Closed::Gone => StatusCode::NOT_FOUND,
        Closed::Waits => StatusCode::TOO_MANY_REQUESTS,
        Closed::Failed(error) => return PageError::from(error).into_response(),
    };
    let page = Gone {
        t: visit.reader,
        frame: visit.frame(),
    };
    match page.render() {
        Ok(html) => in_a_minute((status, Html(html)).into_response()),
        Err(error) => PageError::from(error).into_response(),
    }
}
