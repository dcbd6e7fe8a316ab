//! One proposal: what the worker is told, where it stands, and what the operator
//! can do about it: a text to copy, a word by telephone, taking it back.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use chrono::NaiveDate;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::invalid::{Problem, Why};
use crate::domain::proposal::{PhoneFor, ProposalState, Via, Word};
use crate::domain::reason::{Reason, ReasonList, find};
use crate::domain::typed;
use crate::services::proposals::answering::{self, Said};
use crate::services::proposals::link::{self, Text};
use crate::services::proposals::lists::{self, Whole};
use crate::services::proposals::told;
use crate::services::{ServiceError, sentences};
use crate::storage::proposal_words::WordLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, key, shown, typed_day};
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

/// What the worker said, as it was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    word: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    via: String,
    #[serde(default)]
    day: String,
}

#[derive(Template)]
#[template(path = "pages/proposals/record.html")]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each opens a part of the page"
)]
struct Page {
    t: Words,
    frame: Frame,
    id: i64,
    title: String,
    worker: String,
    worker_name: String,
    phone: String,
    language: String,
    request: String,
    family: String,
    state: &'static str,
    facts: Vec<(String, String)>,
    /// Label and text of where it stands.
    standing: Vec<(String, String)>,
    offer_changed: bool,
    waits: bool,
    /// Nobody wrote a word down in time, which may have been said in time.
    late: bool,
    /// What was written down can be put right.
    corrects: bool,
    /// What the worker said before, where it was corrected.
    history: Vec<String>,
    to_issue: bool,
    again: bool,
    phone_for: &'static str,
    review: Option<Review>,
    text: String,
    text_language: &'static str,
    text_direction: &'static str,
    words: Vec<(&'static str, String)>,
    word: String,
    word_error: String,
    reasons: Vec<(&'static str, String)>,
    reason: String,
    reason_error: String,
    vias: Vec<(&'static str, String)>,
    via: String,
    day: String,
    day_error: String,
    problems: Vec<Shown>,
}

/// What a no suggests about the worker's own data.
struct Review {
    text: String,
    href: String,
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(id): Path<String>,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let whole = lists::get(&visit.site.context, visit.actor()?, key(&id)?).await?;
    let mut page = view(&visit, &whole, None, &[]);
    let notice = from.done.as_deref().and_then(|done| match done {
        "answer" => Some(visit.words.get("proposal-done-answer").into_owned()),
        "undo" => Some(visit.words.get("proposal-done-undo").into_owned()),
        "phoned" => Some(visit.words.get("proposal-done-phoned").into_owned()),
        "review" => Some(visit.words.get("proposal-done-review").into_owned()),
        _ => None,
    });
    page.frame = page.frame.with_notice(notice);
    Ok(Html(page.render()?))
}

/// Writes down what the worker said.
pub async fn answer(
    visit: Visit,
    Path(id): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let (context, actor, key) = (&visit.site.context, visit.actor()?, key(&id)?);
    match read(&typed, context.today()) {
        Ok((word, via, day)) => {
            let said = Said { word, via, day };
            match answering::answer_one(context, actor, key, said).await {
                Ok(()) => Ok(Redirect::to(&format!("/proposals/{id}?done=answer")).into_response()),
                Err(ServiceError::Refused(why)) => {
                    let problem = Problem {
                        field: "day",
                        value: typed.day.clone(),
                        why,
                    };
                    refused(&visit, key, &typed, &[problem]).await
                }
                Err(error) => Err(error.into()),
            }
        }
        Err(problems) => refused(&visit, key, &typed, &problems).await,
    }
}

async fn refused(
    visit: &Visit,
    id: i64,
    typed: &Typed,
    problems: &[Problem],
) -> Result<Response, PageError> {
    let whole = lists::get(&visit.site.context, visit.actor()?, id).await?;
    let page = view(visit, &whole, Some(typed), problems);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

fn read(typed: &Typed, today: NaiveDate) -> Result<(Word, Via, NaiveDate), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &'static str, value: &str, why: Why| {
        problems.push(Problem {
            field,
            value: value.to_owned(),
            why,
        });
    };
    let reason = find(ReasonList::ProposalDeclined, &typed.reason).map(Reason::code);
    let word = match (typed.word.as_str(), reason) {
        ("yes", _) => Some(Word::Yes),
        ("no", Some(reason)) => Some(Word::No(reason)),
        ("no", None) => {
            wrong("reason", &typed.reason, Why::new("refused-no-reason"));
            None
        }
        _ => {
            wrong("word", &typed.word, Why::new("refused-no-word"));
            None
        }
    };
    let via = Via::parse_typed(&typed.via).unwrap_or(Via::Phone);
    let day = match typed::day(&typed.day, today, 0) {
        Ok(day) => Some(day),
        Err(why) => {
            wrong("day", &typed.day, why);
            None
        }
    };
    match (word, day) {
        (Some(word), Some(day)) => Ok((word, via, day)),
        _ => Err(problems),
    }
}

/// Takes it back.
pub async fn undo(visit: Visit, Path(id): Path<String>) -> Result<Redirect, PageError> {
    answering::undo(&visit.site.context, visit.actor()?, key(&id)?).await?;
    Ok(Redirect::to(&format!("/proposals/{id}?done=undo")))
}

/// The worker was phoned.
pub async fn phoned(visit: Visit, Path(id): Path<String>) -> Result<Redirect, PageError> {
    answering::phoned(&visit.site.context, visit.actor()?, key(&id)?).await?;
    Ok(Redirect::to(&format!("/proposals/{id}?done=phoned")))
}

/// The worker's data was looked at, or need not be.
pub async fn review(visit: Visit, Path(id): Path<String>) -> Result<Redirect, PageError> {
    answering::reviewed(&visit.site.context, visit.actor()?, key(&id)?).await?;
    Ok(Redirect::to(&format!("/proposals/{id}?done=review")))
}

/// The page with a text to copy. The link in it is new and stands nowhere else.
pub async fn text(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, PageError> {
    let (context, actor, key) = (&visit.site.context, visit.actor()?, key(&id)?);
    let Text { text, language } = link::text(context, actor, key).await?;
    let whole = lists::get(context, actor, key).await?;
    let mut page = view(&visit, &whole, None, &[]);
    page.text = text;
    page.text_language = language.tag();
    page.text_direction = language.direction();
    Ok(Html(page.render()?))
}

/// The problems; a day's with the name of its field, which a list above a form needs.
fn with_labels(words: Words, problems: &[Problem]) -> Vec<Shown> {
    let label = words.get("issue-asked-on");
    let mut all = shown(words, problems);
    for one in all.iter_mut().filter(|one| one.field == "day") {
        let why = std::mem::take(&mut one.message);
        one.message = words.with("form-problem", &[("label", &label), ("why", &why)]);
    }
    all
}

fn view(visit: &Visit, whole: &Whole, typed: Option<&Typed>, problems: &[Problem]) -> Page {
    let words = visit.words;
    let asked = &whole.asked;
    let (proposal, worker) = (&asked.proposal.value, &whole.worker.value);
    let shown = with_labels(words, problems);
    let today = typed_day(visit.site.context.today());
    let none = || std::iter::once(("", words.get("choose-one").into_owned()));
    Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        id: asked.proposal.id,
        title: words.with(
            "proposal-title",
            &[
                ("worker", &asked.worker_name),
                ("request", &asked.request.as_str()),
            ],
        ),
        worker: asked.worker.to_string(),
        worker_name: asked.worker_name.clone(),
        phone: worker
            .phone
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        language: worker.contact_language.endonym().to_owned(),
        request: asked.request.to_string(),
        family: asked.family_name.clone(),
        state: whole.state.code(),
        facts: told::facts(words, &whole.offer),
        standing: standing(words, whole),
        offer_changed: whole.offer_changed,
        waits: whole.state == ProposalState::Proposed,
        late: whole.state == ProposalState::Expired && whole.request.value.is_open(),
        corrects: whole.is_correctable(),
        history: history(words, &whole.words),
        to_issue: whole.is_to_issue(),
        again: (matches!(
            whole.state,
            ProposalState::Expired | ProposalState::Cancelled
        ) && whole.request.value.is_open())
            || (whole.is_yes_to_come() && whole.offer_changed),
        phone_for: proposal.phone_for.map_or("", PhoneFor::code),
        review: review_of(words, whole),
        text: String::new(),
        text_language: "it",
        text_direction: "ltr",
        words: none()
            .chain(["yes", "no"].map(|code| (code, words.code("proposal-word", code).into_owned())))
            .collect(),
        word: typed.map(|typed| typed.word.clone()).unwrap_or_default(),
        word_error: error_of(&shown, "word"),
        reasons: none()
            .chain(sentences::reason_choices(
                words,
                ReasonList::ProposalDeclined,
            ))
            .collect(),
        reason: typed.map(|typed| typed.reason.clone()).unwrap_or_default(),
        reason_error: error_of(&shown, "reason"),
        vias: Via::TYPED
            .map(|via| {
                (
                    via.code(),
                    words.code("proposal-via", via.code()).into_owned(),
                )
            })
            .into(),
        via: typed.map(|typed| typed.via.clone()).unwrap_or_default(),
        day: typed.map_or(today, |typed| typed.day.clone()),
        day_error: error_of(&shown, "day"),
        problems: shown,
    }
}

/// Where it stands: label and text.
fn standing(words: Words, whole: &Whole) -> Vec<(String, String)> {
    let proposal = &whole.asked.proposal.value;
    let label = |key: &str| words.get(key).into_owned();
    let mut facts = vec![
        (
            label("proposals-column-on"),
            words.date(proposal.proposed_on),
        ),
        (
            label("propose-how"),
            words.code("propose-way", whole.way.code()).into_owned(),
        ),
    ];
    if whole.state == ProposalState::Proposed {
        let until = words.date(proposal.expires_on);
        facts.push((label("proposals-column-until"), until));
    }
    if let Some(reason) = proposal.skipped_reason {
        let reason = sentences::reason(words, ReasonList::BandSkipped, reason);
        facts.push((label("proposal-skipped"), reason));
    }
    if let Some(day) = proposal.answered_on {
        let via = proposal
            .via
            .map(|via| words.code("proposal-via", via.code()));
        let via = via.map(|via| format!(", {via}")).unwrap_or_default();
        let day = words.date(day);
        facts.push((label("proposal-answered"), format!("{day}{via}")));
    }
    if let Some(reason) = proposal.decline_reason {
        let reason = sentences::reason(words, ReasonList::ProposalDeclined, reason);
        facts.push((label("proposal-reason"), reason));
    }
    if let Some(over) = proposal.cancelled.or(whole.asked.overtaken) {
        let over = words.code("proposal-over", over.code()).into_owned();
        facts.push((label("proposal-why-over"), over));
    }
    facts
}

/// Every word that was written down, where there are several.
fn history(words: Words, lines: &[WordLine]) -> Vec<String> {
    if lines.len() < 2 {
        return Vec::new();
    }
    let line = |line: &WordLine| {
        let said = words.code("proposal-state", line.state.code());
        let reason = line
            .reason
            .map(|code| sentences::reason(words, ReasonList::ProposalDeclined, code));
        let reason = reason
            .map(|reason| format!(" ({reason})"))
            .unwrap_or_default();
        let by = match &line.by {
            Some(name) => name.clone(),
            None => words.get("proposal-word-by-worker").into_owned(),
        };
        words.with(
            "proposal-word-line",
            &[
                ("said", &format!("{said}{reason}")),
                ("day", &words.date(line.said_on)),
                ("via", &words.code("proposal-via", line.via.code())),
                (
                    "at",
                    &words.moment(line.at.with_timezone(&Rome).naive_local()),
                ),
                ("by", &by),
            ],
        )
    };
    lines.iter().map(line).collect()
}

/// What a no suggests. Nothing changes by itself.
fn review_of(words: Words, whole: &Whole) -> Option<Review> {
    let proposal = &whole.asked.proposal.value;
    if !proposal.is_to_review() {
        return None;
    }
    let (worker, id) = (&whole.asked.worker, whole.asked.proposal.id);
    let reason = proposal.decline_reason?;
    Some(Review {
        text: words.code("proposal-suggests", reason).into_owned(),
        href: match reason {
            "found_work" | "temporarily_away" => format!("/workers/{worker}/standing"),
            _ => format!("/workers/{worker}/edit?after={id}"),
        },
    })
}
