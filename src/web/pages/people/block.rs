//! Holding somebody back after a serious complaint: proposed by one, confirmed
//! and lifted by another. What is said here stands on this page alone.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use chrono_tz::Europe::Rome;

use super::list_title;
use crate::catalogue::Words;
use crate::domain::reason::{ReasonList, reasons};
use crate::domain::safeguarding::{Standing, Word};
use crate::services::registering::Form;
use crate::services::safeguarding::{self, Proposed, Spoken};
use crate::services::{ServiceError, sentences};
use crate::storage::blocks::{Block, Said};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed, error_of, shown};
use crate::web::frame::Frame;
use crate::web::pages::registering::section_of;

/// A block in words.
struct Told {
    id: i64,
    version: i32,
    reason: String,
    standing: &'static str,
    words: String,
    lift_words: String,
    review_on: String,
    /// Who did what, and when.
    steps: Vec<String>,
    may_confirm: bool,
    may_lift: bool,
}

#[derive(Template)]
#[template(path = "pages/people/block.html")]
struct Page {
    t: Words,
    frame: Frame,
    section: &'static str,
    section_title: &'static str,
    record: String,
    title: String,
    name: String,
    /// The one that holds.
    now: Option<Told>,
    ended: Vec<Told>,
    reasons: Vec<(String, String)>,
    reason: String,
    words: String,
    review_on: String,
    reason_error: String,
    words_error: String,
    review_error: String,
    problems: Vec<Shown>,
}

/// How it stands.
pub async fn get(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let page = page(form, &visit, &code, &Typed::default(), Vec::new()).await?;
    Ok(page.into_response())
}

/// Proposes one, or speaks of the one that holds.
pub async fn post(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Sent(sent): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let typed = Typed::of(sent);
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let word = match typed.text("do") {
        "confirm" => Some(Word::Confirm),
        "drop" => Some(Word::Drop),
        "ask_lift" => Some(Word::AskLift),
        "lift" => Some(Word::Lift),
        "keep" => Some(Word::Keep),
        _ => None,
    };
    let done = match word {
        None => {
            let proposed = Proposed {
                reason: typed.text("reason"),
                words: typed.text("words"),
                review_on: typed.text("review_on"),
            };
            safeguarding::propose(context, actor, form, &code, proposed).await
        }
        Some(word) => {
            let spoken = Spoken {
                block: typed.text("block").parse().unwrap_or(0),
                version: typed.text("version").parse().unwrap_or(0),
                word,
                words: typed.text("words"),
                review_on: typed.text("review_on"),
            };
            safeguarding::speak(context, actor, form, &code, spoken).await
        }
    };
    match done {
        Ok(()) => {
            let target = format!("{}/{code}/block", section_of(form));
            Ok(Redirect::to(&target).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let problems = shown(visit.words, &invalid.0);
            let page = page(form, &visit, &code, &typed, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    form: Form,
    visit: &Visit,
    code: &str,
    typed: &Typed,
    problems: Vec<Shown>,
) -> Result<Html<String>, PageError> {
    let (words, actor) = (visit.words, visit.actor()?);
    let (opened, blocks) = safeguarding::of(&visit.site.context, actor, form, code).await?;
    let (now, ended): (Vec<Block>, Vec<Block>) =
        blocks.into_iter().partition(|block| block.ended.is_none());
    let now = now.into_iter().next();
    let choose = (String::new(), words.get("choose-one").into_owned());
    let each = reasons(ReasonList::Block).iter().map(|reason| {
        let said = sentences::reason(words, ReasonList::Block, reason.code());
        (reason.code().to_owned(), said)
    });
    let sent_words = typed.text("words").to_owned();
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        section: section_of(form),
        section_title: list_title(form),
        record: format!("{}/{}", section_of(form), opened.code),
        title: words.with("block-title", &[("name", &opened.title)]),
        name: opened.title,
        reasons: std::iter::once(choose).chain(each).collect(),
        reason: typed.text("reason").to_owned(),
        words: match &now {
            Some(block) if sent_words.is_empty() && block.confirmed.is_none() => {
                block.words.clone()
            }
            _ => sent_words,
        },
        review_on: typed.text("review_on").to_owned(),
        reason_error: error_of(&problems, "reason"),
        words_error: error_of(&problems, "words"),
        review_error: error_of(&problems, "review_on"),
        problems,
        now: now.map(|block| told(words, &block, actor.account_id)),
        ended: ended
            .iter()
            .map(|block| told(words, block, actor.account_id))
            .collect(),
    };
    Ok(Html(page.render()?))
}

fn told(words: Words, block: &Block, account: i64) -> Told {
    let standing = block.standing();
    let step = |key: &str, said: &Said| {
        let when = words.moment(said.at.with_timezone(&Rome).naive_local());
        words.with(key, &[("name", &said.name), ("when", &when)])
    };
    let ended = if block.confirmed.is_some() {
        "block-step-lifted"
    } else {
        "block-step-dropped"
    };
    let steps = [
        ("block-step-proposed", Some(&block.proposed)),
        ("block-step-confirmed", block.confirmed.as_ref()),
        ("block-step-lift-asked", block.lift_asked.as_ref()),
        (ended, block.ended.as_ref()),
    ];
    Told {
        id: block.id,
        version: block.version,
        reason: sentences::reason(words, ReasonList::Block, block.reason),
        standing: match standing {
            Standing::Proposed => "proposed",
            Standing::Confirmed => "confirmed",
            Standing::LiftAsked => "lift_asked",
        },
        words: block.words.clone(),
        lift_words: block.lift_words.clone(),
        review_on: words.date(block.review_on),
        steps: steps
            .into_iter()
            .filter_map(|(key, said)| Some(step(key, said?)))
            .collect(),
        may_confirm: standing.allows(Word::Confirm, block.spoke(account)),
        may_lift: standing.allows(Word::Lift, block.spoke(account)),
    }
}
