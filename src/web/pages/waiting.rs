//! All that waits for one reason, a page at a time: where the home page shows only
//! the beginning.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Html;
use serde::Deserialize;

use super::home::{WaitLine, requests, scope_of, workers};
use crate::catalogue::Words;
use crate::services::waiting::{self, Lines, List, Scope};
use crate::storage::waiting::WorkerLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number};
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "pages/waiting.html")]
struct Page {
    t: Words,
    frame: Frame,
    heading: String,
    /// Address and name of each scope, and whether it is the one shown.
    scopes: Vec<(String, String, bool)>,
    lines: Vec<WaitLine>,
    paging: Paging,
}

/// Whose, and which page.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    whose: Option<String>,
    page: Option<String>,
}

/// The list.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(which): Query<Which>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let list = List::by_code(&code).ok_or(PageError::NotFound)?;
    let scope = scope_of(which.whose.as_deref());
    let number = page_number(which.page);
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let path = format!("/waiting/{code}");
    let query = [("whose", Some(scope.code()))];
    let (lines, paging) = match waiting::page(context, actor, scope, list, number).await? {
        Lines::Requests(page) => {
            let paging = Paging::of(&page, &path, &query);
            (requests(words, page.rows, leads_to(list)), paging)
        }
        Lines::Workers(page) => {
            let paging = Paging::of(&page, &path, &query);
            let href = |one: &WorkerLine| format!("/workers/{}/{}", one.code, leads_to(list));
            (workers(words, page.rows, href), paging)
        }
    };
    let scopes = Scope::ALL.map(|one| {
        let name = words.code("home-scope", one.code()).into_owned();
        (format!("{path}?whose={}", one.code()), name, one == scope)
    });
    let page = Page {
        frame: visit.frame(),
        heading: words.get(format!("wait-{code}")).into_owned(),
        scopes: scopes.into(),
        lines,
        paging,
        t: words,
    };
    Ok(Html(page.render()?))
}

/// Where the thing is done.
fn leads_to(list: List) -> &'static str {
    match list {
        List::Urgent | List::Untouched | List::Stalled => "match",
        List::Sex => "",
        List::Permits | List::Unconfirmed => "edit",
        List::PausedRequests | List::PausedWorkers => "standing",
    }
}
