//! The report over any period, desk and one value of the log, for the desks.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::access::Residence;
use crate::domain::access::figures::Dimension;
use crate::domain::access::vocabulary::{Field, Vocabulary};
use crate::domain::country::Country;
use crate::domain::ids::DeskCode;
use crate::domain::invalid::{Problem, Why};
use crate::domain::permit::PermitType;
use crate::domain::place::{Zone, zones};
use crate::domain::typed;
use crate::services::access_report::period::{self, DIMENSIONS, Question};
use crate::services::access_report::{View, labels};
use crate::services::places;
use crate::storage;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown};
use crate::web::frame::Frame;

/// What was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    from: String,
    to: String,
    desk: String,
    /// `reason:housing`.
    only: String,
}

#[derive(Template)]
#[template(path = "pages/reports/period.html")]
struct Page {
    t: Words,
    frame: Frame,
    typed: Typed,
    desks: Vec<(String, String)>,
    values: Vec<(String, String)>,
    problems: Vec<Shown>,
    view: Option<View>,
}

impl Page {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

/// The page. Without anything typed: from 1 January to today.
pub async fn get(visit: Visit, Query(mut typed): Query<Typed>) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let words = visit.words;
    let today = context.today();
    if typed.from.is_empty() && typed.to.is_empty() {
        let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        typed.from = words.date(first);
        typed.to = words.date(today);
    }
    let vocabulary = storage::vocabulary::load(context.db.read()).await;
    let vocabulary = vocabulary.map_err(crate::services::ServiceError::from)?;
    let mut desks = vec![(String::new(), words.get("report-together").into_owned())];
    let all = places::desks(context).await?.into_iter();
    desks.extend(all.map(|desk| (desk.code.to_string(), desk.name)));
    let values = values(words, &vocabulary);
    let (view, problems) = match question(&typed, today, &desks, &values) {
        Ok(question) => {
            let report = period::period(context, visit.actor()?, &question).await?;
            (report.view(words), Vec::new())
        }
        Err(problems) => (None, shown(words, &problems)),
    };
    let refused = !problems.is_empty();
    let frame = visit.frame();
    let page = Page {
        t: words,
        frame: frame.refused_if(refused),
        typed,
        desks,
        values,
        problems,
        view,
    };
    let status = if refused {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// Every value that can be asked for, with its list.
fn values(words: Words, vocabulary: &Vocabulary) -> Vec<(String, String)> {
    let mut values = vec![(String::new(), words.get("period-any").into_owned())];
    for dimension in DIMENSIONS {
        let table = dimension.code();
        let name = words.code("access-field", table);
        for code in codes(vocabulary, dimension) {
            let label = labels::row(words, vocabulary, table, &code);
            values.push((format!("{table}:{code}"), format!("{name}: {label}")));
        }
    }
    values
}

fn codes(vocabulary: &Vocabulary, dimension: Dimension) -> Vec<String> {
    let owned = |codes: Vec<&str>| codes.into_iter().map(str::to_owned).collect();
    match dimension {
        Dimension::Comune => {
            let of_zones = zones().iter().flat_map(Zone::comuni);
            let codes = of_zones.map(|comune| comune.istat());
            owned(codes.chain([Residence::OTHER]).collect())
        }
        Dimension::Citizenship => owned(Country::all().map(Country::alpha2).collect()),
        Dimension::PermitType => owned(PermitType::all().map(PermitType::code).collect()),
        other => match Field::by_code(other.code()) {
            Some(field) => vocabulary.of(field).map(|term| term.code.clone()).collect(),
            None => owned(vec!["yes", "no"]),
        },
    }
}

fn question(
    typed: &Typed,
    today: NaiveDate,
    desks: &[(String, String)],
    values: &[(String, String)],
) -> Result<Question, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut problem = |field: &'static str, value: &str, why: Why| {
        problems.push(Problem {
            field,
            value: value.to_owned(),
            why,
        });
    };
    let mut day = |field: &'static str, text: &str| match typed::day(text, today, 0) {
        Ok(day) => Some(day),
        Err(why) => {
            problem(field, text, why);
            None
        }
    };
    let (first, last) = (day("from", &typed.from), day("to", &typed.to));
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        problem("to", &typed.to, Why::new("problem-period-ends-first"));
    }
    let known = |list: &[(String, String)], code: &str| list.iter().any(|(one, _)| one == code);
    if !known(desks, &typed.desk) {
        problem("desk", &typed.desk, Why::new("problem-not-in-list"));
    }
    if !known(values, &typed.only) {
        problem("only", &typed.only, Why::new("problem-not-in-list"));
    }
    let only = typed
        .only
        .split_once(':')
        .and_then(|(dimension, value)| Some((Dimension::by_code(dimension)?, value.to_owned())));
    match (first, last) {
        (Some(first), Some(last)) if problems.is_empty() => Ok(Question {
            first,
            last,
            desk: DeskCode::parse(&typed.desk).ok(),
            only,
        }),
        _ => Err(problems),
    }
}
