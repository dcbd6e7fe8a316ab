//! The introductions of a partner's own families, the newest first.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::outcome::Outcome;
use crate::services::follow_up::partners::{self, Line};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number, place_in_list};
use crate::web::frame::Frame;

/// Which page.
#[derive(Debug, Deserialize)]
pub struct Which {
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/partner/list.html")]
struct Page {
    t: Words,
    frame: Frame,
    /// Each with what is known of it.
    lines: Vec<(Line, &'static str)>,
    paging: Paging,
}

/// The word for what is known of an introduction: a key of the catalogue.
pub(super) fn state(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::HiredConfirmed | Outcome::HiredFamilyOnly | Outcome::HiredWorkerOnly => {
            "partner-state-hired"
        }
        Outcome::NotHired => "partner-state-no",
        Outcome::Conflict | Outcome::Unknown => "partner-state-unknown",
    }
}

/// The page.
pub async fn get(visit: Visit, Query(which): Query<Which>) -> Result<Html<String>, PageError> {
    let at = place_in_list(page_number(which.page), which.after, which.before);
    let rows = partners::page(&visit.site.context, visit.actor()?, &at).await?;
    let page = Page {
        t: visit.words,
        frame: visit.frame(),
        paging: Paging::of(&rows, "/partner", &[]).by_key(&rows.rows, |line| line.code.as_str()),
        lines: rows
            .rows
            .into_iter()
            .map(|line| {
                let known = state(line.outcome);
                (line, known)
            })
            .collect(),
    };
    Ok(Html(page.render()?))
}
