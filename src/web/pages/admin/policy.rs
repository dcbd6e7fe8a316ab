//! The page of a policy as dated rows, the same for every policy: what holds, a form for a new
//! row, and all that was written. What a policy asks and says is in a file of its own.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::invalid::Invalid;
use crate::storage::policy::Written;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed, error_of, shown, typed_day};
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    pub(super) done: Option<String>,
}

/// A row of a policy as its history shows it.
pub(super) struct Line {
    from: String,
    /// What it says.
    what: String,
    /// Empty where the program came with it.
    by: String,
    at: String,
}

impl Line {
    pub(super) fn of<R>(
        words: Words,
        written: Written<R>,
        valid_from: NaiveDate,
        what: String,
    ) -> Self {
        Self {
            from: words.date(valid_from),
            what,
            by: written.by.unwrap_or_default(),
            at: written.at.map_or_else(String::new, |at| {
                words.moment(at.with_timezone(&Rome).naive_local())
            }),
        }
    }
}

/// What a new row is asked, besides its day.
pub(super) struct Asked {
    pub id: &'static str,
    pub label: String,
    pub hint: String,
    /// Code and text of what can be chosen; a line is typed where there is nothing.
    pub options: Vec<(String, String)>,
}

impl Asked {
    /// Something that is on or off; `word` says which.
    pub(super) fn switch(
        words: Words,
        id: &'static str,
        label: &str,
        word: impl Fn(bool) -> String,
    ) -> Self {
        Self {
            id,
            label: words.get(label).into_owned(),
            hint: String::new(),
            options: vec![
                (String::new(), words.get("choose-one").into_owned()),
                ("on".to_owned(), word(true)),
                ("off".to_owned(), word(false)),
            ],
        }
    }
}

/// A policy as its page shows it.
pub(super) struct Policy {
    pub address: &'static str,
    /// The page above, where it is not the home page: address and title.
    pub above: Option<(&'static str, String)>,
    pub title: String,
    pub texts: Vec<String>,
    /// What holds, one a line, with its state.
    pub points: Vec<(String, String)>,
    pub change: String,
    /// What the rows say, as a heading.
    pub what: String,
    pub asked: Vec<Asked>,
    pub lines: Vec<Line>,
}

/// What else a policy's page holds: a table, and whether what is typed can be looked at
/// before it is written.
#[derive(Default)]
pub(super) struct Beside {
    /// What the button says that only looks; there is none where it is empty.
    pub look: String,
    pub table: Option<Table>,
}

/// A table with a heading and a sentence above it.
pub(super) struct Table {
    pub heading: String,
    pub text: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Cells with the names of their columns.
    fn cells<'a>(&'a self, row: &'a [String]) -> Vec<(&'a String, &'a String)> {
        self.columns.iter().zip(row).collect()
    }
}

#[derive(Template)]
#[template(path = "pages/admin/policy.html")]
struct Page {
    t: Words,
    frame: Frame,
    policy: Policy,
    beside: Beside,
    typed: Typed,
    problems: Vec<Shown>,
}

impl Page {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

/// The page as it is opened; `typed` is what stands in the form.
pub(super) fn open(
    visit: &Visit,
    policy: Policy,
    typed: Typed,
    from: From,
) -> Result<Html<String>, PageError> {
    opened(visit, (policy, Beside::default()), typed, from)
}

/// The same with what stands beside.
pub(super) fn opened(
    visit: &Visit,
    (policy, beside): (Policy, Beside),
    typed: Typed,
    from: From,
) -> Result<Html<String>, PageError> {
    let notice = from
        .done
        .map(|_| visit.words.get("policy-saved").into_owned());
    let page = Page {
        t: visit.words,
        frame: visit.frame().with_notice(notice),
        policy,
        beside,
        typed: typed.with("from", typed_day(visit.site.context.today())),
        problems: Vec::new(),
    };
    Ok(Html(page.render()?))
}

/// The page of a form that was only looked at, with all that was typed.
pub(super) fn looked_at(
    visit: &Visit,
    (policy, beside): (Policy, Beside),
    typed: Typed,
) -> Result<Response, PageError> {
    let page = Page {
        t: visit.words,
        frame: visit.frame(),
        policy,
        beside,
        typed,
        problems: Vec::new(),
    };
    Ok(Html(page.render()?).into_response())
}

/// The page of a form that can't be kept, with all that was typed.
pub(super) fn refused(
    visit: &Visit,
    policy: Policy,
    typed: Typed,
    invalid: &Invalid,
) -> Result<Response, PageError> {
    sent_back(visit, (policy, Beside::default()), typed, invalid)
}

/// The same with what stands beside.
pub(super) fn sent_back(
    visit: &Visit,
    (policy, beside): (Policy, Beside),
    typed: Typed,
    invalid: &Invalid,
) -> Result<Response, PageError> {
    let page = Page {
        t: visit.words,
        frame: visit.frame().refused(),
        policy,
        beside,
        typed,
        problems: shown(visit.words, &invalid.0),
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// Back to the page of a policy that was just written.
pub(super) fn written(address: &str) -> Response {
    Redirect::to(&format!("{address}?done=1")).into_response()
}
