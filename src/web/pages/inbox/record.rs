//! One thing that a family asked by itself: what it said, who may be there already, what
//! happened so far, and the desk's word: yes, a question back, or no with a reason.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use super::list::{Line, in_words};
use crate::catalogue::Words;
use crate::domain::public_request::{InboxKind, InboxState, Missing};
use crate::domain::reason::ReasonList;
use crate::services::inbox::desk::{self, Looked};
use crate::services::inbox::letters::{Text, missing_in_words};
use crate::services::inbox::{family, worker};
use crate::services::registering::likely::Likely;
use crate::services::{ServiceError, sentences};
use crate::storage::inbox::{EventLine, PublicRequest};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown};
use crate::web::frame::Frame;
use crate::web::pages::registering::ask;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct From {
    done: Option<String>,
}

/// What the desk says.
#[derive(Debug, Default, Deserialize)]
pub struct Said {
    #[serde(default)]
    version: String,
    /// A family that is there; empty for a new one.
    #[serde(default)]
    family: String,
    /// Codes of what is missing.
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    words: String,
    #[serde(default)]
    reason: String,
    /// Of a worker: that there is a record already, and its code.
    #[serde(default)]
    act: String,
    #[serde(default)]
    worker: String,
}

impl Said {
    /// The version that the page showed; what is none fits nothing.
    fn version(&self) -> i32 {
        self.version.parse().unwrap_or_default()
    }
}

/// A family that may be the same.
struct Same {
    code: String,
    name: String,
    why: String,
}

/// Something that may be missing.
struct Missed {
    code: &'static str,
    text: String,
    chosen: bool,
}

/// A line of the history.
struct Event {
    when: String,
    by: String,
    what: String,
    words: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/inbox/record.html")]
struct Page {
    t: Words,
    frame: Frame,
    number: String,
    version: i32,
    /// Who asks.
    kind: &'static str,
    state: &'static str,
    is_open: bool,
    /// Who asked wants to be phoned.
    by_phone: bool,
    /// Whether a mail tells them of a question or of a no.
    takes_mail: bool,
    facts: Vec<(String, String)>,
    words: Option<String>,
    filed: String,
    notice: String,
    reason: Option<String>,
    /// Of one that was asked back: what is missing.
    wanted: Option<String>,
    /// A text to copy, in their language.
    text: Option<Text>,
    request: Option<String>,
    worker: Option<String>,
    /// Which colleague is at the form.
    begun_by: Option<String>,
    same: Vec<Same>,
    alike: Vec<Line>,
    events: Vec<Event>,
    reasons: Vec<(&'static str, String)>,
    missing: Vec<Missed>,
    problems: Vec<Shown>,
    typed: Said,
    missing_error: String,
    words_error: String,
    reason_error: String,
    worker_error: String,
}

fn same(words: Words, one: Likely) -> Same {
    let reasons = one.reasons.iter();
    let why: Vec<String> = reasons
        .map(|reason| words.code("likeness", reason.code()).into_owned())
        .collect();
    Same {
        code: one.code,
        name: one.name,
        why: why.join(", "),
    }
}

fn event(words: Words, line: EventLine) -> Event {
    Event {
        when: words.moment(line.at.with_timezone(&Rome).naive_local()),
        by: line
            .by
            .unwrap_or_else(|| words.get("inbox-by-family").into_owned()),
        what: words.code("inbox-event", line.action.code()).into_owned(),
        words: line.words,
    }
}

/// What may be missing, and what of it was ticked.
fn missed(words: Words, kind: InboxKind, typed: &Said) -> Vec<Missed> {
    let all = Missing::of(kind).iter();
    all.map(|one| Missed {
        code: one.code(),
        text: words.code("links-missing", one.code()).into_owned(),
        chosen: typed.missing.iter().any(|code| code == one.code()),
    })
    .collect()
}

/// What was said, and whether the address is known to be theirs.
fn facts(words: Words, asked: &PublicRequest) -> Vec<(String, String)> {
    let mut facts = ask::told(words, asked.kind, &asked.answers);
    if asked.email.is_some() {
        let said = match asked.confirmed_at {
            Some(at) => {
                let when = words.moment(at.with_timezone(&Rome).naive_local());
                words.with("inbox-address-confirmed", &[("when", &when)])
            }
            None => words.get("inbox-address-open").into_owned(),
        };
        facts.push((words.get("inbox-address").into_owned(), said));
    }
    facts
}

fn page(
    visit: &Visit,
    looked: Looked,
    typed: Said,
    problems: Vec<Shown>,
    done: Option<&str>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let asked = looked.request;
    let notice = match done {
        Some("asked_back") => Some(words.get("inbox-done-asked-back").into_owned()),
        Some("refused") => Some(words.get("inbox-done-refused").into_owned()),
        _ => None,
    };
    let frame = visit.frame().with_notice(notice);
    let when =
        |at: chrono::DateTime<chrono::Utc>| words.moment(at.with_timezone(&Rome).naive_local());
    let page = Page {
        t: words,
        frame: frame.refused_if(!problems.is_empty()),
        version: asked.version,
        kind: asked.kind.code(),
        state: asked.state.code(),
        is_open: asked.state.is_open(),
        by_phone: asked.by_phone,
        takes_mail: asked.takes_mail(),
        text: looked.text,
        wanted: (asked.state == InboxState::AskedBack).then(|| missing_in_words(words, &asked)),
        missing: missed(words, asked.kind, &typed),
        facts: facts(words, &asked),
        words: asked.words,
        filed: when(asked.filed_at),
        notice: words.with(
            "inbox-notice",
            &[
                ("version", &sentences::notice(words, &asked.notice.0)),
                ("when", &when(asked.notice.1)),
            ],
        ),
        reason: asked
            .reason
            .filter(|_| asked.state == InboxState::Refused)
            .map(|code| sentences::reason(words, ReasonList::InboxRefused, &code)),
        request: asked.request,
        worker: looked.worker,
        begun_by: looked.begun_by,
        same: (looked.likely.into_iter())
            .map(|one| same(words, one))
            .collect(),
        alike: (looked.alike.into_iter())
            .map(|one| in_words(words, one))
            .collect(),
        events: (looked.events.into_iter())
            .map(|one| event(words, one))
            .collect(),
        reasons: sentences::reason_choices(words, ReasonList::InboxRefused),
        missing_error: error_of(&problems, "missing"),
        words_error: error_of(&problems, "words"),
        reason_error: error_of(&problems, "reason"),
        worker_error: error_of(&problems, "worker"),
        problems,
        typed,
        number: asked.number,
    };
    Ok(Html(page.render()?))
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(number): Path<String>,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let looked = desk::look(&visit.site.context, visit.actor()?, &number).await?;
    let done = from.done.as_deref();
    page(&visit, looked, Said::default(), Vec::new(), done)
}

/// What came of the desk's word: on to `target`, or the page again with what is wrong.
async fn answered(
    visit: &Visit,
    number: &str,
    said: Said,
    done: Result<String, ServiceError>,
) -> Result<Response, PageError> {
    match done {
        Ok(target) => Ok(Redirect::to(&target).into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let looked = desk::look(&visit.site.context, visit.actor()?, number).await?;
            let problems = shown(visit.words, &invalid.0);
            let page = page(visit, looked, said, problems, None)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        // What somebody else did meanwhile stands in the history beneath.
        Err(ServiceError::Stale) => {
            let looked = desk::look(&visit.site.context, visit.actor()?, number).await?;
            let problems = vec![Shown {
                field: "history".to_owned(),
                message: visit.words.get("inbox-stale").into_owned(),
            }];
            let page = page(visit, looked, said, problems, None)?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Yes: a family and its request are made.
pub async fn accept(
    visit: Visit,
    Path(number): Path<String>,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let family = Some(said.family.as_str()).filter(|code| !code.is_empty());
    let version = (number.as_str(), said.version());
    let done = family::accept(context, actor, version, family).await;
    let done = done.map(|code| format!("/requests/{code}?saved=1"));
    answered(&visit, &number, said, done).await
}

/// Yes to a worker: what was said is the beginning of the form; or there is a record already.
pub async fn begin(
    visit: Visit,
    Path(number): Path<String>,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let version = (number.as_str(), said.version());
    let done = if said.act == "registered" {
        let done = worker::registered(context, actor, version, &said.worker).await;
        done.map(|()| format!("/inbox/{number}"))
    } else {
        let done = worker::begin(context, actor, version).await;
        done.map(|draft| format!("/workers/new?draft={draft}"))
    };
    answered(&visit, &number, said, done).await
}

/// A question back.
pub async fn ask_back(
    visit: Visit,
    Path(number): Path<String>,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let version = (number.as_str(), said.version());
    let told = (said.missing.as_slice(), said.words.as_str());
    let done = desk::ask_back(context, actor, version, told).await;
    let done = done.map(|()| format!("/inbox/{number}?done=asked_back"));
    answered(&visit, &number, said, done).await
}

/// A text to copy for somebody who was asked back and gets no mail. It is shown here and
/// never again.
pub async fn text(
    visit: Visit,
    Path(number): Path<String>,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    match desk::text(context, actor, (number.as_str(), said.version())).await {
        Ok(text) => {
            let mut looked = desk::look(context, actor, &number).await?;
            looked.text = Some(text);
            let page = page(&visit, looked, Said::default(), Vec::new(), None)?;
            Ok(page.into_response())
        }
        Err(error) => answered(&visit, &number, said, Err(error)).await,
    }
}

/// No, with a reason.
pub async fn refuse(
    visit: Visit,
    Path(number): Path<String>,
    Form(said): Form<Said>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let version = (number.as_str(), said.version());
    let done = desk::refuse(context, actor, version, &said.reason).await;
    let done = done.map(|()| format!("/inbox/{number}?done=refused"));
    answered(&visit, &number, said, done).await
}
