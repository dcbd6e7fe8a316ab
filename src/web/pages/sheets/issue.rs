//! From the chosen workers to an issued sheet: each either needs no asking, has
//! said yes already, or the operator says when they were asked by telephone.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{Form, Query};
use chrono::NaiveDate;
use serde::Deserialize;

use super::delivery;
use crate::catalogue::Words;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::domain::invalid::{Problem, Why};
use crate::domain::reason::{Reason, ReasonList, find};
use crate::domain::typed;
use crate::services::sheets::{self, Order, Way};
use crate::services::{ServiceError, matching, sentences};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, typed_day};
use crate::web::frame::Frame;
use crate::web::pages::matching::answer::{nobody_chosen, summary};

/// Why no mail goes to a family: told beside the choice.
const NO_MAIL: [&str; 2] = ["refused-no-email", "refused-address-marked"];

/// Whom the operator chose.
#[derive(Debug, Deserialize)]
pub struct Choice {
    #[serde(default)]
    worker: Vec<String>,
    /// The order in which they were seen, where it was not the rules'.
    order: Option<String>,
}

/// One chosen worker and what the form holds of them.
pub struct Line {
    pub code: String,
    pub name: String,
    pub comune: String,
    /// Empty where there is none.
    pub phone: String,
    pub state: &'static str,
    pub to_ask: bool,
    pub asked: bool,
    pub asked_on: String,
    pub error: String,
    pub day_error: String,
}

#[derive(Template)]
#[template(path = "pages/sheets/issue.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    summary: String,
    recipient: String,
    lines: Vec<Line>,
    skips: bool,
    skipped: String,
    skipped_error: String,
    skip_reasons: Vec<(&'static str, String)>,
    /// How the sheet reaches the family; empty where it has no address.
    ways: Vec<(&'static str, String)>,
    way: String,
    way_error: String,
    problems: Vec<Shown>,
}

/// What was typed.
struct Typed {
    workers: Vec<WorkerCode>,
    asked: Vec<String>,
    dates: Vec<(String, String)>,
    skipped: String,
    way: String,
}

impl Typed {
    fn of(fields: Vec<(String, String)>) -> Result<Self, PageError> {
        let mut typed = Self {
            workers: Vec::new(),
            asked: Vec::new(),
            dates: Vec::new(),
            skipped: String::new(),
            way: String::new(),
        };
        for (name, value) in fields {
            match name.as_str() {
                "worker" => typed
                    .workers
                    .push(WorkerCode::parse(&value).map_err(|_| PageError::NotFound)?),
                "asked" => typed.asked.push(value),
                "way" if typed.way.is_empty() => typed.way = value,
                "skipped" if typed.skipped.is_empty() => typed.skipped = value,
                _ => {
                    if let Some(code) = name.strip_prefix("asked-on-") {
                        typed.dates.push((code.to_owned(), value));
                    }
                }
            }
        }
        Ok(typed)
    }

    fn date_of(&self, code: &str) -> Option<&str> {
        self.dates
            .iter()
            .find(|(of, _)| of == code)
            .map(|(_, typed)| typed.as_str())
    }

    /// When each ticked worker was asked, or what is wrong with a date.
    fn asked(&self, today: NaiveDate) -> (Vec<(WorkerCode, NaiveDate)>, Vec<Problem>) {
        let (mut asked, mut problems) = (Vec::new(), Vec::new());
        for code in self
            .workers
            .iter()
            .filter(|code| self.asked.iter().any(|asked| asked == code.as_str()))
        {
            let written = self.date_of(code.as_str()).unwrap_or_default();
            let why = match typed::day(written, today, 1) {
                Ok(day) if day > today => Why::new("problem-date-future"),
                Ok(day) => {
                    asked.push((code.clone(), day));
                    continue;
                }
                Err(why) => why,
            };
            problems.push(Problem {
                field: "asked-on",
                value: code.to_string(),
                why,
            });
        }
        (asked, problems)
    }
}

/// The form.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(choice): Query<Choice>,
) -> Result<Response, PageError> {
    let fields = choice
        .worker
        .into_iter()
        .map(|code| ("worker".to_owned(), code))
        .collect();
    let request = RequestCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let mut typed = Typed::of(fields)?;
    if typed.workers.is_empty() {
        return nobody_chosen(&visit, &request, choice.order.as_deref()).await;
    }
    if choice.order.is_some() {
        let (context, actor) = (&visit.site.context, visit.actor()?);
        typed.workers = matching::in_turn(context, actor, &request, typed.workers).await?;
    }
    Ok(page(&visit, &request, &typed, &[]).await?.into_response())
}

/// Issues the sheet, or shows what hinders beside each worker.
pub async fn post(
    visit: Visit,
    Path(code): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let request = RequestCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let typed = Typed::of(fields)?;
    let (asked, mut problems) = typed.asked(visit.site.context.today());
    let skipped = find(ReasonList::BandSkipped, &typed.skipped).map(Reason::code);
    let context = &visit.site.context;
    let chosen = sheets::chosen(context, visit.actor()?, &request, &typed.workers).await?;
    if chosen.skips_a_better_band && skipped.is_none() {
        let why = Why::new("refused-no-skip-reason");
        problems.push(Problem {
            field: "skipped",
            value: typed.skipped.clone(),
            why,
        });
    }
    if problems.is_empty() {
        let order = Order {
            request: request.clone(),
            workers: typed.workers.clone(),
            asked,
            skipped,
            way: if typed.way == Way::Mail.code() {
                Way::Mail
            } else {
                Way::Paper
            },
        };
        match sheets::issue(context, visit.actor()?, Words::default(), &order).await {
            Ok(issued) => {
                // The code is told once, so there is no page to go on to.
                if let Some(queued) = &issued.queued {
                    let told = delivery::issued(&visit, &issued.number, queued)?;
                    return Ok(told.into_response());
                }
                return Ok(
                    Redirect::to(&format!("/sheets/{}?issued=1", issued.number)).into_response()
                );
            }
            Err(ServiceError::Invalid(invalid)) => problems = invalid.0,
            Err(ServiceError::Refused(why)) if NO_MAIL.contains(&why.key) => {
                problems.push(Problem {
                    field: "way",
                    value: typed.way.clone(),
                    why,
                });
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok((
        StatusCode::UNPROCESSABLE_ENTITY,
        page(&visit, &request, &typed, &problems).await?,
    )
        .into_response())
}

async fn page(
    visit: &Visit,
    request: &RequestCode,
    typed: &Typed,
    problems: &[Problem],
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let context = &visit.site.context;
    let chosen = sheets::chosen(context, visit.actor()?, request, &typed.workers).await?;
    if !chosen.request.is_open() {
        let why = Why::new("refused-request-not-open").with("request", request);
        return Err(ServiceError::Refused(why).into());
    }
    let today = context.today();
    let message = |problem: &Problem| match problem.field {
        "asked-on" => {
            let label = words.get("issue-asked-on");
            let why = sentences::why(words, &problem.why);
            words.with("form-problem", &[("label", &label), ("why", &why)])
        }
        _ => sentences::why(words, &problem.why),
    };
    let of_worker = |field: &str, code: &str| {
        let mut of_field = problems.iter().filter(|problem| problem.field == field);
        of_field.find(|problem| problem.value == code)
    };
    let lines = chosen.workers.iter().map(|one| {
        let code = one
            .worker
            .code
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        Line {
            name: one.worker.full_name(),
            comune: one.worker.comune.name().to_owned(),
            phone: (one.worker.phone.as_ref()).map_or_else(String::new, ToString::to_string),
            state: one.standing.code(),
            to_ask: one.standing.is_to_ask(),
            asked: typed.asked.contains(&code),
            asked_on: typed
                .date_of(&code)
                .map_or_else(|| typed_day(today), str::to_owned),
            error: of_worker("workers", &code).map(message).unwrap_or_default(),
            day_error: of_worker("asked-on", &code)
                .map(message)
                .unwrap_or_default(),
            code,
        }
    });
    let shown = problems.iter().map(|problem| Shown {
        field: match problem.field {
            "workers" => format!("asked-{}", problem.value),
            "asked-on" => format!("asked-on-{}", problem.value),
            other => other.to_owned(),
        },
        message: message(problem),
    });
    let frame = visit.frame();
    let page = Page {
        t: words,
        frame: frame.refused_if(!problems.is_empty()),
        code: request.to_string(),
        summary: summary(words, &chosen.request),
        recipient: chosen.family.full_name(),
        lines: lines.collect(),
        skips: chosen.skips_a_better_band,
        skipped: typed.skipped.clone(),
        skipped_error: problems
            .iter()
            .find(|problem| problem.field == "skipped")
            .map(message)
            .unwrap_or_default(),
        skip_reasons: skip_reasons(words),
        ways: match &chosen.family.email {
            Some(_) => Way::ALL
                .map(|way| (way.code(), words.code("issue-way", way.code()).into_owned()))
                .into(),
            None => Vec::new(),
        },
        way: typed.way.clone(),
        way_error: problems
            .iter()
            .find(|problem| problem.field == "way")
            .map(message)
            .unwrap_or_default(),
        problems: shown.collect(),
    };
    Ok(Html(page.render()?))
}

fn skip_reasons(words: Words) -> Vec<(&'static str, String)> {
    let none = std::iter::once(("", words.get("choose-one").into_owned()));
    none.chain(sentences::reason_choices(words, ReasonList::BandSkipped))
        .collect()
}
