//! A desk's own log as a file: tried first, then loaded. What the file calls by a
//! label that no list knows is gathered, so that an administrator can say once
//! what it means.

use std::collections::BTreeMap;
use std::io::Cursor;

use askama::Template;
use axum::extract::Multipart;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};

use crate::catalogue::Words;
use crate::domain::access::vocabulary::Field;
use crate::domain::account::Role;
use crate::services::import::{self, ImportError, Options, Report, sentences};
use crate::services::tables::Kind;
use crate::tabular;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Shown;
use crate::web::frame::Frame;
use crate::web::upload::{self, Sent, Unsent};

/// Rows with a problem that the page lists; the count tells of the rest.
const SHOWN_ROWS: usize = 100;
/// Unknown labels that the page lists.
const SHOWN_LABELS: usize = 50;

/// A label that no list knows.
struct Unknown {
    field: &'static str,
    label: String,
    rows: usize,
}

/// What came of a file.
struct Outcome {
    tried: bool,
    report: Report,
    unknown: Vec<Unknown>,
    rejected: Vec<String>,
    rejected_rows: usize,
}

#[derive(Template)]
#[template(path = "pages/accesses/import.html")]
struct Page {
    t: Words,
    frame: Frame,
    problems: Vec<Shown>,
    year: String,
    outcome: Option<Outcome>,
    is_administrator: bool,
}

/// The form.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    page(&visit, String::new(), None, Vec::new())
}

/// Tries a file, or loads it.
pub async fn post(
    visit: Visit,
    headers: HeaderMap,
    form: Multipart,
) -> Result<Response, PageError> {
    let words = visit.words;
    let mut sent = match Sent::of(&headers, form).await {
        Ok(sent) => sent,
        Err(Unsent::Page(error)) => return Err(error),
        Err(Unsent::TooLarge) => {
            let page = refuse(&visit, String::new(), "file", upload::too_large(words))?;
            return Ok((StatusCode::PAYLOAD_TOO_LARGE, page).into_response());
        }
    };
    let typed = sent.text("year").to_owned();
    let loads = sent.text("do") == "load";
    let refuse = |field: &str, message: String| refuse(&visit, typed.clone(), field, message);
    let year = match typed.as_str() {
        "" => None,
        text => match text
            .parse::<i32>()
            .ok()
            .filter(|year| (2002..=2100).contains(year))
        {
            Some(year) => Some(year),
            None => return refuse("year", words.get("access-import-year-wrong").into_owned()),
        },
    };
    if sent.file.is_empty() {
        return refuse("file", words.get("access-import-no-file").into_owned());
    }
    let actor = visit.actor()?;
    let options = Options {
        dry_run: !loads,
        keep_good: false,
        by: Some(actor.account_id),
        only_desk: actor.desk().cloned(),
        only_year: year,
        ..Options::default()
    };
    let file = Cursor::new(std::mem::take(&mut sent.file));
    let read = async {
        let mut sheet = tabular::read(file)?;
        import::run(&visit.site.context, Kind::Accesses, &mut sheet, options).await
    };
    let report = match read.await {
        Ok(report) => report,
        Err(ImportError::Storage(error)) => {
            return Err(crate::services::ServiceError::from(error).into());
        }
        Err(error) => {
            let why = sentences::error(words, &error).unwrap_or_default();
            return refuse("file", why);
        }
    };
    let status = if report.rejected.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let outcome = outcome(words, report, !loads);
    let page = page(&visit, typed, Some(outcome), Vec::new())?;
    Ok((status, page).into_response())
}

fn refuse(
    visit: &Visit,
    year: String,
    field: &str,
    message: String,
) -> Result<Response, PageError> {
    let problem = Shown {
        field: field.to_owned(),
        message,
    };
    let page = page(visit, year, None, vec![problem])?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn outcome(words: Words, report: Report, tried: bool) -> Outcome {
    let mut labels = BTreeMap::<(&'static str, String), usize>::new();
    for problem in &report.rejected {
        let field = Field::by_code(&problem.column);
        if let Some(field) = field.filter(|_| problem.why.key == "problem-unknown-code") {
            let code = problem.why.args.iter().find(|(name, _)| *name == "code");
            let label = code.map_or_else(String::new, |(_, label)| label.clone());
            *labels.entry((field.code(), label)).or_default() += 1;
        }
    }
    let unknown = labels
        .into_iter()
        .map(|((field, label), rows)| Unknown { field, label, rows });
    let rejected = report.rejected.iter().take(SHOWN_ROWS);
    Outcome {
        tried,
        unknown: unknown.take(SHOWN_LABELS).collect(),
        rejected: rejected.map(|one| sentences::row(words, one)).collect(),
        rejected_rows: report.rejected_rows(),
        report,
    }
}

fn page(
    visit: &Visit,
    year: String,
    outcome: Option<Outcome>,
    problems: Vec<Shown>,
) -> Result<Html<String>, PageError> {
    let frame = visit.frame();
    let refused = !problems.is_empty()
        || outcome
            .as_ref()
            .is_some_and(|outcome| !outcome.rejected.is_empty());
    let page = Page {
        t: visit.words,
        frame: frame.refused_if(refused),
        problems,
        year,
        outcome,
        is_administrator: visit.actor()?.role == Role::Administrator,
    };
    Ok(Html(page.render()?))
}

impl Page {
    fn error(&self, field: &str) -> String {
        crate::web::form::error_of(&self.problems, field)
    }
}
