//! The yearly report of the access log, and its files.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use chrono::Datelike;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::account::Role;
use crate::domain::ids::DeskCode;
use crate::services::access_report::{self, Report, View};
use crate::services::frozen_years;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// Which year, and which desk.
#[derive(Debug, Deserialize)]
pub struct Which {
    #[serde(default)]
    year: String,
    #[serde(default)]
    desk: String,
}

#[derive(Template)]
#[template(path = "pages/reports/accesses.html")]
struct Page {
    t: Words,
    frame: Frame,
    year: String,
    years: Vec<(String, String)>,
    desks: Vec<(String, String)>,
    desk: String,
    /// What follows the address of a file.
    query: String,
    view: Option<View>,
    /// Whether other periods can be asked for.
    at_a_desk: bool,
    /// What an administrator may do with the year: a key of the catalogue.
    offer: Option<&'static str>,
}

/// Which year is to be closed.
#[derive(Debug, Deserialize)]
pub struct Closing {
    #[serde(default)]
    year: String,
}

/// Closes a year, or publishes its corrections.
pub async fn close(visit: Visit, Form(closing): Form<Closing>) -> Result<Redirect, PageError> {
    let year = year_of(&closing.year).ok_or_else(|| PageError::refused("refused-no-year"))?;
    let site = &visit.site;
    frozen_years::freeze(&site.context, visit.actor()?, &site.owner, year).await?;
    Ok(Redirect::to(&format!("/reports/accesses?year={year}")))
}

async fn report(visit: &Visit, which: &Which) -> Result<Report, PageError> {
    let actor = visit.actor()?;
    let year = match which.year.as_str() {
        "" => None,
        text => Some(year_of(text).ok_or(PageError::NotFound)?),
    };
    let desk = match which.desk.as_str() {
        "" => None,
        text => Some(DeskCode::parse(text).map_err(|_| PageError::NotFound)?),
    };
    Ok(access_report::yearly(&visit.site.context, actor, year, desk.as_ref()).await?)
}

pub(in crate::web::pages) fn year_of(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    (1900..=2100).contains(&year).then_some(year)
}

/// The page.
pub async fn get(visit: Visit, Query(which): Query<Which>) -> Result<Html<String>, PageError> {
    let report = report(&visit, &which).await?;
    let words = visit.words;
    let year = report.year.to_string();
    let mut years: Vec<String> = report.years.iter().map(i32::to_string).collect();
    if !years.contains(&year) {
        years.insert(0, year.clone());
    }
    let mut desks = vec![(String::new(), words.get("report-together").into_owned())];
    if report.whole {
        desks.extend(report.desks.iter().cloned());
    }
    let may_close = visit.actor()?.role == Role::Administrator
        && report.year < visit.site.context.today().year()
        && which.desk.is_empty();
    let offer = match &report.closed {
        _ if !may_close => None,
        None => Some("report-close"),
        Some(closed) if closed.changes.is_empty() => None,
        Some(_) => Some("report-publish-changes"),
    };
    let page = Page {
        offer,
        at_a_desk: visit.actor()?.works_at_a_desk(),
        t: words,
        frame: visit.frame(),
        query: if which.desk.is_empty() {
            format!("?year={year}")
        } else {
            format!("?year={year}&desk={}", which.desk)
        },
        years: years.into_iter().map(|year| (year.clone(), year)).collect(),
        year,
        desks,
        desk: which.desk,
        view: report.view(words),
    };
    Ok(Html(page.render()?))
}

/// The report as a file.
pub async fn file(
    visit: Visit,
    Path(format): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, PageError> {
    let report = report(&visit, &which).await?;
    let (kind, bytes) = match format.as_str() {
        "csv" => ("text/csv; charset=utf-8", report.csv()?),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            report.xlsx()?,
        ),
        "json" => ("application/json; charset=utf-8", report.json()),
        "pdf" => {
            let printed = report.pdf(visit.words, &visit.site.owner).await?;
            ("application/pdf", printed.ok_or(PageError::NotFound)?)
        }
        _ => return Err(PageError::NotFound),
    };
    let name = format!("attachment; filename=\"accessi-{}.{format}\"", report.year);
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}
