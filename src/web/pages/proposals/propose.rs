//! Before somebody is asked: what they will be told, how each is reached, and one
//! coded reason where somebody of a better band is passed over.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{Form, Query};
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::domain::invalid::{Problem, Why};
use crate::domain::reason::{Reason, ReasonList, find};
use crate::matching::{Criterion, Shortfall};
use crate::services::proposals::asking::{self, Look, Standing};
use crate::services::proposals::told;
use crate::services::{ServiceError, matching, sentences};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown};
use crate::web::frame::Frame;
use crate::web::pages::matching::answer::{nobody_chosen, summary};

/// Whom the operator chose, and why a better band was passed over.
#[derive(Debug, Deserialize)]
pub struct Choice {
    #[serde(default)]
    worker: Vec<String>,
    #[serde(default)]
    skipped: String,
    /// The order in which they were seen, where it was not the rules'.
    order: Option<String>,
}

struct Line {
    code: String,
    name: String,
    comune: String,
    /// A code: `to_ask`, `needs_no_asking`, `hindered`.
    standing: &'static str,
    way: &'static str,
    language: String,
    hindered: String,
    /// The hours of one of a team.
    part: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/proposals/propose.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    summary: String,
    facts: Vec<(String, String)>,
    lines: Vec<Line>,
    to_ask: usize,
    /// Those who may be named at once, as a query.
    at_once: String,
    /// That the offer lets no sheet out.
    offer_too_low: Option<String>,
    skips: bool,
    skipped: String,
    skipped_error: String,
    skip_reasons: Vec<(&'static str, String)>,
    problems: Vec<Shown>,
}

fn codes(choice: &Choice) -> Result<Vec<WorkerCode>, PageError> {
    choice
        .worker
        .iter()
        .map(|code| WorkerCode::parse(code).map_err(|_| PageError::NotFound))
        .collect()
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(choice): Query<Choice>,
) -> Result<Response, PageError> {
    let request = RequestCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let mut workers = codes(&choice)?;
    if workers.is_empty() {
        return nobody_chosen(&visit, &request, choice.order.as_deref()).await;
    }
    let (context, actor) = (&visit.site.context, visit.actor()?);
    if choice.order.is_some() {
        workers = matching::in_turn(context, actor, &request, workers).await?;
    }
    let look = asking::look(context, actor, &request, &workers).await?;
    let page = view(&visit, &request, &look, &choice, &[]);
    Ok(Html(page.render()?).into_response())
}

/// Asks those who are to be asked.
pub async fn post(
    visit: Visit,
    Path(code): Path<String>,
    Form(choice): Form<Choice>,
) -> Result<Response, PageError> {
    let request = RequestCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let workers = codes(&choice)?;
    let look = asking::look(context, actor, &request, &workers).await?;
    let skipped = find(ReasonList::BandSkipped, &choice.skipped).map(Reason::code);
    let to_ask: Vec<WorkerCode> = look
        .candidates
        .iter()
        .filter(|one| one.standing == Standing::ToAsk)
        .filter_map(|one| one.worker.code.clone())
        .collect();
    let asked = || Redirect::to(&format!("/requests/{request}?asked=1#proposals")).into_response();
    let for_asking: Vec<WorkerCode> = look
        .candidates
        .iter()
        .filter(|one| asking::is_for_asking(one))
        .filter_map(|one| one.worker.code.clone())
        .collect();
    let nobody_else = for_asking.len() == look.candidates.len();
    if to_ask.is_empty()
        && nobody_else
        && asking::were_just_asked(context, actor, &request, &for_asking).await?
    {
        return Ok(asked());
    }
    let mut problems = Vec::new();
    if look.skips_a_better_band && skipped.is_none() {
        problems.push(Problem {
            field: "skipped",
            value: choice.skipped.clone(),
            why: Why::new("refused-no-skip-reason"),
        });
    }
    if to_ask.is_empty() {
        problems.push(Problem {
            field: "chosen",
            value: String::new(),
            why: Why::new("refused-nobody-to-ask"),
        });
    }
    if !problems.is_empty() {
        let page = view(&visit, &request, &look, &choice, &problems);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response());
    }
    let added = asking::add_some(context, actor, &request, &to_ask, &workers, skipped).await;
    // Of two clicks at once the second finds what the first did meanwhile.
    if matches!(added, Err(ServiceError::Refused(_)))
        && asking::were_just_asked(context, actor, &request, &for_asking).await?
    {
        return Ok(asked());
    }
    added?;
    Ok(asked())
}

/// Who can't be proposed for it, and each cause in words.
fn out_of_reach(words: Words, name: &str, failing: &[(Criterion, Shortfall)]) -> String {
    let why = words.with("refused-out-of-reach", &[("worker", &name)]);
    let failing = failing.iter().map(|(criterion, shortfall)| {
        let name = words.code("criterion", criterion.code());
        let said = sentences::shortfall(words, *criterion, shortfall);
        format!("{name}: {said}")
    });
    let failing: Vec<String> = failing.collect();
    format!("{why} {}.", failing.join("; "))
}

fn view(
    visit: &Visit,
    request: &RequestCode,
    look: &Look,
    choice: &Choice,
    problems: &[Problem],
) -> Page {
    let words = visit.words;
    let lines = look.candidates.iter().map(|one| {
        let code = one.worker.code.as_ref();
        Line {
            code: code.map(ToString::to_string).unwrap_or_default(),
            name: one.worker.full_name(),
            comune: one.worker.comune.name().to_owned(),
            standing: match one.standing {
                Standing::ToAsk => "to_ask",
                Standing::NeedsNoAsking => "needs_no_asking",
                Standing::Hindered(_) | Standing::OutOfReach(_) => "hindered",
            },
            way: one.way.code(),
            language: one.worker.contact_language.endonym().to_owned(),
            part: one.part.map(|part| sentences::week(words, &part)),
            hindered: match &one.standing {
                Standing::Hindered(why) => sentences::why(words, why),
                Standing::OutOfReach(failing) => {
                    out_of_reach(words, &one.worker.full_name(), failing)
                }
                Standing::ToAsk | Standing::NeedsNoAsking => String::new(),
            },
        }
    });
    let lines: Vec<Line> = lines.collect();
    let at_once: Vec<String> = lines
        .iter()
        .filter(|line| line.standing == "needs_no_asking")
        .map(|line| format!("worker={}", line.code))
        .collect();
    let none = std::iter::once(("", words.get("choose-one").into_owned()));
    let shown = shown(words, problems);
    Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        code: request.to_string(),
        summary: summary(words, &look.request),
        facts: told::facts(words, &look.offer),
        to_ask: lines
            .iter()
            .filter(|line| line.standing == "to_ask")
            .count(),
        lines,
        at_once: at_once.join("&"),
        offer_too_low: (look.offer_too_low.as_ref()).map(|why| sentences::why(words, why)),
        skips: look.skips_a_better_band,
        skipped: choice.skipped.clone(),
        skipped_error: error_of(&shown, "skipped"),
        skip_reasons: none
            .chain(sentences::reason_choices(words, ReasonList::BandSkipped))
            .collect(),
        problems: shown,
    }
}
