//! What families asked by themselves: what waits for a desk's word, and what was decided.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::public_request::{InboxKind, InboxState};
use crate::services::inbox::desk;
use crate::storage::inbox::InboxLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number};
use crate::web::frame::Frame;

/// Which page of which.
#[derive(Debug, Default, Deserialize)]
pub struct Where {
    page: Option<String>,
    done: Option<String>,
}

/// One of them, as lists show it.
pub struct Line {
    pub number: String,
    pub name: String,
    pub comune: String,
    pub when: String,
    pub state: &'static str,
    pub by_phone: bool,
    /// Looks for work, and wants to be registered.
    pub is_worker: bool,
}

#[derive(Template)]
#[template(path = "pages/inbox/list.html")]
struct Page {
    t: Words,
    frame: Frame,
    lines: Vec<Line>,
    done: bool,
    paging: Paging,
}

/// A line in words.
pub fn in_words(words: Words, line: InboxLine) -> Line {
    Line {
        is_worker: line.kind == InboxKind::Worker,
        number: line.number,
        name: if line.name.is_empty() {
            words.get("inbox-forgotten").into_owned()
        } else {
            line.name
        },
        comune: line.comune.name().to_owned(),
        when: words.moment(line.filed_at.with_timezone(&Rome).naive_local()),
        state: line.state.code(),
        by_phone: line.by_phone && line.state == InboxState::Waiting,
    }
}

/// A page of them.
pub async fn get(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let (words, done) = (visit.words, at.done.is_some());
    let number = page_number(at.page);
    let page = desk::page(&visit.site.context, visit.actor()?, done, number).await?;
    let paging = Paging::of(&page, "/inbox", &[("done", done.then_some("yes"))]);
    let lines = page.rows.into_iter().map(|line| in_words(words, line));
    let page = Page {
        t: words,
        frame: visit.frame(),
        lines: lines.collect(),
        done,
        paging,
    };
    Ok(Html(page.render()?))
}
