//! The page that a proposal's link leads to, in the worker's own language. Opening
//! it records nothing; its form does. A link that opens nothing is one and the
//! same page, whatever is wrong with it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::survey::gone;
use crate::catalogue::Words;
use crate::domain::proposal::{PhoneFor, ProposalState, Word};
use crate::domain::reason::{Reason, ReasonList, find, reasons};
use crate::services::follow_up::survey::Closed;
use crate::services::proposals::link::{Opened, Said, Sent, open, send};
use crate::services::proposals::told;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// Whether an answer was just sent.
#[derive(Debug, Deserialize)]
pub struct From {
    thanks: Option<String>,
}

/// What was sent.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    answer: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    offer: String,
}

#[derive(Template)]
#[template(path = "pages/asked/answer.html")]
struct Page {
    t: Words,
    frame: Frame,
    address: String,
    facts: Vec<(String, String)>,
    offer: String,
    answers: Vec<(&'static str, String)>,
    answer: String,
    answer_error: String,
    reasons: Vec<(&'static str, String)>,
    reason: String,
    reason_error: String,
    problems: Vec<(&'static str, String)>,
    until: String,
    phone: String,
    /// What was said so far.
    said: String,
}

/// What is wrong with what was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Answer,
    Reason,
    /// The offer is another one by now.
    Changed,
}

/// The page of a link.
pub async fn get(
    visit: Visit,
    Path(token): Path<String>,
    Query(from): Query<From>,
) -> Result<Response, PageError> {
    let opened = match open(&visit.site.context, &token, &visit.network).await {
        Ok(opened) => opened,
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    let mut page = view(&visit, &token, &opened, None, None);
    if from.thanks.is_none() {
        page.said.clear();
    }
    Ok(Html(page.render()?).into_response())
}

/// Records what was sent.
pub async fn post(
    visit: Visit,
    Path(token): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let opened = match open(context, &token, &visit.network).await {
        Ok(opened) => opened,
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    let reason = find(ReasonList::ProposalDeclined, &typed.reason).map(Reason::code);
    let said = match (typed.answer.as_str(), reason) {
        ("yes", _) => Ok(Said::Word(Word::Yes)),
        ("no", Some(reason)) => Ok(Said::Word(Word::No(reason))),
        ("no", None) => Err(Wrong::Reason),
        ("phone", _) => Ok(Said::PhoneMe),
        _ => Err(Wrong::Answer),
    };
    let wrong = match said {
        Ok(said) => match send(context, &opened, said, &typed.offer).await? {
            Sent::Recorded => {
                return Ok(Redirect::to(&format!("/p/{token}?thanks=1")).into_response());
            }
            Sent::Gone => return Ok(gone(&visit, Closed::Gone)),
            Sent::Changed => Wrong::Changed,
        },
        Err(wrong) => wrong,
    };
    let page = view(&visit, &token, &opened, Some(&typed), Some(wrong));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

fn view(
    visit: &Visit,
    token: &str,
    opened: &Opened,
    typed: Option<&Typed>,
    wrong: Option<Wrong>,
) -> Page {
    let words = Words::new(opened.language);
    let before = &opened.proposal;
    let (answer, said) = match (before.state, before.phone_for) {
        (ProposalState::Accepted, _) => ("yes", words.get("asked-said-yes")),
        (ProposalState::Declined, _) => ("no", words.get("asked-said-no")),
        (_, Some(PhoneFor::Asked)) => ("phone", words.get("asked-said-phone")),
        _ => ("", std::borrow::Cow::Borrowed("")),
    };
    let (answer, reason) = match typed {
        Some(typed) => (typed.answer.clone(), typed.reason.clone()),
        None => (
            answer.to_owned(),
            before.decline_reason.unwrap_or_default().to_owned(),
        ),
    };
    let text = |key: &str| words.get(key).into_owned();
    let error = |of: Wrong, key: &str| {
        if wrong == Some(of) {
            text(key)
        } else {
            String::new()
        }
    };
    let answer_error = error(Wrong::Answer, "asked-problem-answer");
    let reason_error = error(Wrong::Reason, "asked-problem-reason");
    let changed = error(Wrong::Changed, "asked-changed");
    let problems = [
        ("answer", answer_error.clone()),
        ("why", reason_error.clone()),
        ("answer", changed),
    ];
    let named = reasons(ReasonList::ProposalDeclined).iter();
    let named = named.map(|one| (one.code(), words.code("asked-why", one.code()).into_owned()));
    Page {
        t: words,
        frame: visit.frame(),
        address: format!("/p/{token}"),
        facts: told::facts(words, &opened.offer),
        offer: opened.offer_name(),
        answers: vec![
            ("yes", text("asked-yes")),
            ("no", text("asked-no")),
            ("phone", text("asked-phone")),
        ],
        answer,
        answer_error,
        reasons: named.collect(),
        reason,
        reason_error,
        problems: problems
            .into_iter()
            .filter(|(_, message)| !message.is_empty())
            .collect(),
        until: words.with("asked-until", &[("date", &words.date(before.expires_on))]),
        phone: opened.desk_phone.clone(),
        said: said.into_owned(),
    }
}
