//! The begin and the end of a job: one click changes the pool, another takes it
//! back.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Redirect};
use axum_extra::extract::Form;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use super::finding::code_of;
use crate::catalogue::Words;
use crate::domain::job::{Begin, End};
use crate::domain::worker::WorkerStatus;
use crate::services::follow_up::job::{self, Job, Other};
use crate::services::sentences;
use crate::storage::job_changes::JobChange;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::key;
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

/// What becomes of the worker, and of the request.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    worker: String,
    request: String,
}

/// A change that can be taken back.
struct Line {
    id: i64,
    event: &'static str,
    when: String,
    by: String,
    hours: String,
}

#[derive(Template)]
#[template(path = "pages/follow_up/job.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    family: String,
    worker: String,
    worker_code: String,
    request: String,
    worker_status: &'static str,
    request_status: &'static str,
    said: &'static str,
    /// What the begin of the job can make of the worker.
    begins: Vec<(&'static str, String)>,
    /// Whether a begin, an end is offered.
    may_begin: bool,
    may_end: bool,
    /// The latest change first: only that one can be taken back.
    changes: Vec<Line>,
    others: Vec<Other>,
}

fn line(words: Words, change: &JobChange) -> Line {
    Line {
        id: change.id,
        event: change.done.event.code(),
        when: words.moment(change.at.with_timezone(&Rome).naive_local()),
        by: change.by.clone(),
        hours: sentences::week(words, &change.done.hours),
    }
}

fn view(visit: &Visit, job: Job) -> Page {
    let words = visit.words;
    let hours = sentences::week(words, &job.hours);
    let begins = Begin::ALL.iter().filter_map(|begin| {
        let text = match begin {
            Begin::Hours if job.hours.is_empty() => return None,
            Begin::Hours => words.with("job-begin-hours", &[("hours", &hours)]),
            Begin::Placed if job.worker_status != WorkerStatus::Active => return None,
            Begin::Placed => words.get("job-begin-placed").into_owned(),
            Begin::Left => words.get("job-begin-left").into_owned(),
        };
        Some((begin.code(), text))
    });
    let ended = job.ended.as_ref().map(|one| one.id);
    let begun = job.begun.as_ref().map(|one| one.id);
    let mut changes: Vec<&JobChange> = job.begun.iter().chain(&job.ended).collect();
    changes.sort_by_key(|one| std::cmp::Reverse(one.id));
    Page {
        t: words,
        frame: visit.frame(),
        begins: begins.collect(),
        may_begin: begun <= ended,
        may_end: begun > ended || (begun.is_none() && ended.is_none()),
        changes: changes.into_iter().map(|one| line(words, one)).collect(),
        code: job.pair.code.to_string(),
        family: job.pair.family,
        worker: job.pair.worker,
        worker_code: job.worker,
        request: job.request,
        worker_status: job.worker_status.code(),
        request_status: job.request_status.code(),
        said: if job.outcome.is_hired() {
            "job-said-hired"
        } else {
            "job-said-nothing"
        },
        others: job.others,
    }
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let job = job::get(&visit.site.context, visit.actor()?, &code_of(&code)?).await?;
    let notice = from.done.map(|done| {
        let key = match done.as_str() {
            "begun" => "job-begun-saved",
            "ended" => "job-ended-saved",
            _ => "job-undone-saved",
        };
        visit.words.get(key).into_owned()
    });
    let mut page = view(&visit, job);
    page.frame = page.frame.with_notice(notice);
    Ok(Html(page.render()?))
}

/// The job began.
pub async fn begin(
    visit: Visit,
    Path(code): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Redirect, PageError> {
    let how = Begin::parse(&typed.worker).map_err(|_| PageError::refused("refused-job-choice"))?;
    job::begin(&visit.site.context, visit.actor()?, &code_of(&code)?, how).await?;
    Ok(back(&code, "begun"))
}

/// The job ended.
pub async fn end(
    visit: Visit,
    Path(code): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Redirect, PageError> {
    let how = End::parse(&typed.worker).map_err(|_| PageError::refused("refused-job-choice"))?;
    let order = (how, typed.request == "reopen");
    job::end(&visit.site.context, visit.actor()?, &code_of(&code)?, order).await?;
    Ok(back(&code, "ended"))
}

/// Takes the latest change back.
pub async fn undo(
    visit: Visit,
    Path((code, change)): Path<(String, String)>,
) -> Result<Redirect, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    job::undo(context, actor, &code_of(&code)?, key(&change)?).await?;
    Ok(back(&code, "undone"))
}

fn back(code: &str, done: &str) -> Redirect {
    Redirect::to(&format!("/introductions/{code}/job?done={done}"))
}
