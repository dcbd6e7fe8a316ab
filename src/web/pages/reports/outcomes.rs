//! The outcome report: did matches become jobs; and its files.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::accesses::year_of;
use crate::catalogue::Words;
use crate::domain::invalid::{Problem, Why};
use crate::domain::outcome::Period;
use crate::domain::typed;
use crate::services::access_report::sees_everything;
use crate::services::outcome_report::{self, Report, View};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown};
use crate::web::frame::Frame;

/// Years before this one that can be chosen.
const YEARS: i32 = 5;

/// Which period: a year, or two days.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    year: String,
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "pages/reports/outcomes.html")]
struct Page {
    t: Words,
    frame: Frame,
    /// Whether any two days can be asked for.
    whole: bool,
    typed: Typed,
    years: Vec<(String, String)>,
    problems: Vec<Shown>,
    view: Option<View>,
    /// What follows the address of a file.
    query: String,
}

impl Page {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

/// The period that is asked for. Nothing typed: for those who see everything the
/// last twelve months, for the others the last year.
fn period(visit: &Visit, typed: &Typed) -> Result<Period, Vec<Problem>> {
    let today = visit.site.context.today();
    let whole = visit.actor.as_ref().is_some_and(sees_everything);
    let of_year = |year| outcome_report::year(year, today);
    if !typed.year.is_empty() {
        let year = year_of(&typed.year).and_then(of_year);
        return year.ok_or_else(|| vec![problem("year", &typed.year, "problem-not-in-list")]);
    }
    if !whole {
        let last = of_year(today.year() - 1);
        return last.ok_or_else(|| vec![problem("year", "", "problem-not-in-list")]);
    }
    if typed.from.is_empty() && typed.to.is_empty() {
        let from = today - chrono::Months::new(12);
        return Ok(Period {
            from,
            to: today,
            today,
        });
    }
    let mut problems = Vec::new();
    let mut day = |field: &'static str, text: &str| match typed::day(text, today, 0) {
        Ok(day) => Some(day),
        Err(why) => {
            problems.push(Problem {
                field,
                value: text.to_owned(),
                why,
            });
            None
        }
    };
    let (from, to) = (day("from", &typed.from), day("to", &typed.to));
    match (from, to) {
        (Some(from), Some(to)) if from <= to => Ok(Period { from, to, today }),
        (Some(_), Some(_)) => Err(vec![problem("to", &typed.to, "problem-period-ends-first")]),
        _ => Err(problems),
    }
}

fn problem(field: &'static str, value: &str, key: &'static str) -> Problem {
    Problem {
        field,
        value: value.to_owned(),
        why: Why::new(key),
    }
}

/// The page.
pub async fn get(visit: Visit, Query(mut typed): Query<Typed>) -> Result<Response, PageError> {
    let (words, context) = (visit.words, &visit.site.context);
    let actor = visit.actor()?;
    let whole = sees_everything(actor);
    let mut query = String::new();
    let (view, problems) = match period(&visit, &typed) {
        Ok(period) => {
            let report = outcome_report::of(context, actor, period).await?;
            query = if whole {
                format!("?from={}&to={}", period.from, period.to)
            } else {
                format!("?year={}", period.from.year())
            };
            if whole {
                typed.from = words.date(period.from);
                typed.to = words.date(period.to);
            } else {
                typed.year = period.from.year().to_string();
            }
            (Some(report.view(words)), Vec::new())
        }
        Err(problems) => (None, shown(words, &problems)),
    };
    let this_year = context.today().year();
    let newest = if whole { this_year } else { this_year - 1 };
    let years = (newest - YEARS..=newest).rev().map(|year| year.to_string());
    let refused = !problems.is_empty();
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(refused),
        whole,
        typed,
        years: years.map(|year| (year.clone(), year)).collect(),
        problems,
        view,
        query,
    };
    let status = if refused {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// The report as a file.
pub async fn file(
    visit: Visit,
    Path(format): Path<String>,
    Query(typed): Query<Typed>,
) -> Result<Response, PageError> {
    let period = period(&visit, &typed).map_err(|_| PageError::NotFound)?;
    let report = outcome_report::of(&visit.site.context, visit.actor()?, period).await?;
    let (kind, bytes) = written(&visit, &report, &format).await?;
    let name = name(period.from, period.to, &format);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    Ok((headers, bytes).into_response())
}

fn name(from: NaiveDate, to: NaiveDate, format: &str) -> String {
    format!("esiti-{from}-{to}.{format}")
}

async fn written(
    visit: &Visit,
    report: &Report,
    format: &str,
) -> Result<(&'static str, Vec<u8>), PageError> {
    Ok(match format {
        "csv" => ("text/csv; charset=utf-8", report.csv()?),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            report.xlsx()?,
        ),
        "json" => ("application/json; charset=utf-8", report.json()),
        "pdf" => (
            "application/pdf",
            report.pdf(visit.words, &visit.site.owner).await?,
        ),
        _ => return Err(PageError::NotFound),
    })
}
