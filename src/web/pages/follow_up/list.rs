//! The next calls: those drawn by lot first, then by the days that are left.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::follow_up::Asked;
use crate::services::follow_up::calls;
use crate::storage::invitations::Item;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number, place_in_list};
use crate::web::frame::Frame;

/// Whose calls, and which page.
#[derive(Debug, Deserialize)]
pub struct Where {
    desks: Option<String>,
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
}

struct Line {
    id: i64,
    name: String,
    about: String,
    wave: &'static str,
    until: String,
    drawn: bool,
    tries: u32,
}

#[derive(Template)]
#[template(path = "pages/follow_up/list.html")]
struct List {
    t: Words,
    frame: Frame,
    lines: Vec<Line>,
    paging: Paging,
    all: bool,
}

fn line(words: Words, item: &Item) -> Line {
    let full = |name: &(String, String)| format!("{} {}", name.0, name.1);
    let (family, worker) = (full(&item.family_name), full(&item.worker_name));
    let (name, about) = match item.side {
        Asked::Family => (family, worker),
        Asked::Worker => (worker, family),
    };
    Line {
        id: item.id,
        name,
        about,
        wave: item.wave.code(),
        until: words.date(item.closes_on.pred_opt().unwrap_or(item.closes_on)),
        drawn: item.drawn,
        tries: item.tries,
    }
}

/// A page of the list.
pub async fn get(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let place = place_in_list(page_number(at.page), at.after, at.before);
    let all = at.desks.as_deref() == Some("all");
    let page = calls::page(&visit.site.context, visit.actor()?, !all, &place).await?;
    let paging = Paging::of(&page, "/calls", &[("desks", all.then_some("all"))]);
    let paging = paging.by_id(&page.rows, |item| item.id);
    let lines = page.rows.iter().map(|item| line(words, item));
    let page = List {
        t: words,
        frame: visit.frame(),
        lines: lines.collect(),
        paging,
        all,
    };
    Ok(Html(page.render()?))
}
