//! The desk's accompaniments: numbers, days, and closing them.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::accompaniment::Accompaniment;
use crate::domain::ids::AccompanimentCode;
use crate::domain::invalid::{Invalid, Problem};
use crate::domain::typed;
use crate::services::{ServiceError, accesses};
use crate::storage::Stored;
use crate::storage::lists::At;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, Shown, page_number, place_in_list, shown, typed_day};
use crate::web::frame::Frame;

/// Which part of the list, and what was done before.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
    #[serde(default)]
    done: Option<String>,
}

struct Line {
    code: String,
    case: Accompaniment,
    /// What was typed for this one, and what is wrong with it.
    typed: String,
    error: String,
}

#[derive(Template)]
#[template(path = "pages/accesses/cases.html")]
struct Page {
    t: Words,
    frame: Frame,
    lines: Vec<Line>,
    paging: Paging,
    problems: Vec<Shown>,
}

/// What was typed for one case that won't do.
struct Refused {
    code: String,
    typed: String,
    problems: Vec<Problem>,
}

/// The list.
pub async fn get(visit: Visit, Query(asked): Query<Asked>) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let notice = match asked.done.as_deref() {
        Some("closed") => Some(words.get("case-closed").into_owned()),
        Some("reopened") => Some(words.get("case-reopened").into_owned()),
        _ => None,
    };
    let at = place_in_list(page_number(asked.page), asked.after, asked.before);
    page(&visit, &at, None, notice).await
}

/// The day on which a case was closed; empty opens it again.
#[derive(Debug, Deserialize)]
pub struct Closing {
    #[serde(default)]
    closed_on: String,
}

/// Closes a case or opens it again.
pub async fn close(
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Closing>,
) -> Result<Response, PageError> {
    let code = AccompanimentCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let (typed, today) = (form.closed_on.trim(), visit.site.context.today());
    let day = if typed.is_empty() {
        Ok(None)
    } else {
        typed::day(typed, today, 0).map(Some)
    };
    let done = match day {
        Ok(day) => accesses::close_case(&visit.site.context, visit.actor()?, &code, day)
            .await
            .map(|()| day.is_some()),
        Err(why) => Err(ServiceError::Invalid(Invalid(vec![Problem {
            field: "closed_on",
            value: typed.to_owned(),
            why,
        }]))),
    };
    match done {
        Ok(true) => Ok(Redirect::to("/accompaniments?done=closed").into_response()),
        Ok(false) => Ok(Redirect::to("/accompaniments?done=reopened").into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let refused = Refused {
                code: code.to_string(),
                typed: typed.to_owned(),
                problems: invalid.0,
            };
            let page = page(&visit, &At::page(1), Some(refused), None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    visit: &Visit,
    at: &At,
    refused: Option<Refused>,
    notice: Option<String>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let context = &visit.site.context;
    let found = accesses::cases(context, visit.actor()?, at).await?;
    let code = |one: &Stored<Accompaniment>| one.value.code.as_ref().map(ToString::to_string);
    let paging = Paging::of(&found, "/accompaniments", &[]);
    let paging = paging.by_text(&found.rows, |one| code(one).unwrap_or_default());
    let today = typed_day(context.today());
    let mut problems = Vec::new();
    if let Some(refused) = &refused {
        problems = shown(words, &refused.problems);
        for problem in &mut problems {
            problem.field = format!("closed-on-{}", refused.code);
        }
    }
    let lines = found.rows.into_iter().map(|stored| {
        let case = stored.value;
        let code = case
            .code
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let mine = refused.as_ref().filter(|refused| refused.code == code);
        Line {
            typed: mine.map_or_else(|| today.clone(), |refused| refused.typed.clone()),
            error: mine
                .and(problems.first())
                .map(|problem| problem.message.clone())
                .unwrap_or_default(),
            code,
            case,
        }
    });
    let lines = lines.collect();
    let frame = visit.frame().with_notice(notice);
    let page = Page {
        t: words,
        frame: frame.refused_if(!problems.is_empty()),
        lines,
        paging,
        problems,
    };
    Ok(Html(page.render()?))
}
