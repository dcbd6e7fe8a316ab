//! The mail: what waits, what went, what was given up. What a mail says is shown
//! only where there is no server and it was kept.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use chrono::{DateTime, Utc};
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::mail::MailState;
use crate::services::ServiceError;
use crate::services::follow_up::outbox;
use crate::storage::outbox::{Body, MailLine};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, Shown, Typed, error_of, key, page_number, place_in_list, shown};
use crate::web::frame::Frame;

/// Which page of which mails.
#[derive(Debug, Default, Deserialize)]
pub struct Where {
    state: Option<String>,
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
}

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

struct Line {
    id: i64,
    kind: &'static str,
    state: &'static str,
    send_at: String,
    attempts: u32,
    trouble: String,
}

#[derive(Template)]
#[template(path = "pages/admin/mails.html")]
struct List {
    t: Words,
    frame: Frame,
    lines: Vec<Line>,
    paging: Paging,
    states: Vec<(&'static str, String)>,
    state: &'static str,
    kept: bool,
    typed: Typed,
    problems: Vec<Shown>,
}

impl List {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

#[derive(Template)]
#[template(path = "pages/admin/mail.html")]
struct One {
    t: Words,
    frame: Frame,
    line: Line,
    finished_at: String,
    body: Option<Body>,
    links: Vec<String>,
    may_retry: bool,
    may_cancel: bool,
}

fn moment(words: Words, at: DateTime<Utc>) -> String {
    words.moment(at.with_timezone(&Rome).naive_local())
}

fn line(words: Words, mail: &MailLine) -> Line {
    Line {
        id: mail.id,
        kind: mail.kind.code(),
        state: mail.state.code(),
        send_at: moment(words, mail.send_at),
        attempts: mail.attempts,
        trouble: mail.trouble.clone().unwrap_or_default(),
    }
}

/// A page of the list.
pub async fn list(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let page = list_page(&visit, at, Typed::default(), Vec::new()).await?;
    Ok(Html(page.render()?))
}

async fn list_page(
    visit: &Visit,
    at: Where,
    typed: Typed,
    problems: Vec<Shown>,
) -> Result<List, PageError> {
    let words = visit.words;
    let context = &visit.site.context;
    let state = at.state.and_then(|code| MailState::parse(&code).ok());
    let place = place_in_list(page_number(at.page), at.after, at.before);
    let page = outbox::page(context, visit.actor()?, state, &place).await?;
    let code = state.map_or("", MailState::code);
    let mut states = vec![("", words.get("filter-all").into_owned())];
    let named = |state: &MailState| {
        let code = state.code();
        (code, words.code("mail-state", code).into_owned())
    };
    states.extend(MailState::ALL.iter().map(named));
    Ok(List {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        typed,
        problems,
        paging: Paging::of(&page, "/admin/mail", &[("state", Some(code))])
            .by_id(&page.rows, |mail| mail.id),
        lines: page.rows.iter().map(|mail| line(words, mail)).collect(),
        states,
        state: code,
        kept: !context.post.leaves(),
    })
}

/// Queues a mail that says only that mail works.
pub async fn test(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, typed) = (&visit.site.context, Typed::of(fields));
    match outbox::test(context, visit.actor()?, typed.text("address")).await {
        Ok(id) => Ok(Redirect::to(&format!("/admin/mail/{id}?done=test")).into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let problems = shown(visit.words, &invalid.0);
            let page = list_page(&visit, Where::default(), typed, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// One mail.
pub async fn get(
    visit: Visit,
    Path(id): Path<String>,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let mail = outbox::get(&visit.site.context, visit.actor()?, key(&id)?).await?;
    let notice = from.done.and_then(|done| match done.as_str() {
        "retry" => Some(words.get("mail-done-retry").into_owned()),
        "cancel" => Some(words.get("mail-done-cancel").into_owned()),
        "test" => Some(words.get("mail-done-test").into_owned()),
        _ => None,
    });
    let page = One {
        t: words,
        frame: visit.frame().with_notice(notice),
        line: line(words, &mail),
        finished_at: mail
            .finished_at
            .map(|at| moment(words, at))
            .unwrap_or_default(),
        links: mail
            .body
            .as_ref()
            .map(|body| links(&body.plain, &visit.site.context.public_url))
            .unwrap_or_default(),
        body: mail.body,
        may_retry: matches!(mail.state, MailState::Failed | MailState::Queued),
        may_cancel: mail.state == MailState::Queued,
    };
    Ok(Html(page.render()?))
}

/// The addresses of this site in a text, as paths.
fn links(plain: &str, public_url: &str) -> Vec<String> {
    plain
        .split_whitespace()
        .filter_map(|word| word.strip_prefix(public_url))
        .filter(|path| path.starts_with('/'))
        .map(str::to_owned)
        .collect()
}

/// Sends it again.
pub async fn retry(visit: Visit, Path(id): Path<String>) -> Result<Redirect, PageError> {
    outbox::retry(&visit.site.context, visit.actor()?, key(&id)?).await?;
    Ok(Redirect::to(&format!("/admin/mail/{id}?done=retry")))
}

/// Keeps it from going.
pub async fn cancel(visit: Visit, Path(id): Path<String>) -> Result<Redirect, PageError> {
    outbox::cancel(&visit.site.context, visit.actor()?, key(&id)?).await?;
    Ok(Redirect::to(&format!("/admin/mail/{id}?done=cancel")))
}
