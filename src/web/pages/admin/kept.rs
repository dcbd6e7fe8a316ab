//! How long the log of who opened what is kept, how that was decided, and a new word.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::PolicyLine;
use crate::catalogue::Words;
use crate::domain::read_log::{LONGEST_KEPT_DAYS, SHORTEST_KEPT_DAYS};
use crate::services::ServiceError;
use crate::services::read_log::{self, Rules};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown, typed_day};
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

/// What is typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    days: String,
    from: String,
}

#[derive(Template)]
#[template(path = "pages/admin/kept.html")]
struct Page {
    t: Words,
    frame: Frame,
    days: u32,
    days_hint: String,
    lines: Vec<PolicyLine>,
    typed: Typed,
    problems: Vec<Shown>,
    days_error: String,
    from_error: String,
}

fn view(visit: &Visit, rules: Rules, typed: Typed, problems: Vec<Shown>) -> Page {
    let words = visit.words;
    let lines = rules.history.into_iter().map(|written| {
        let rule = written.rule;
        let what = words.number(rule.kept_days);
        PolicyLine::of(words, written, rule.valid_from, what)
    });
    Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        days: rules.kept_days,
        days_hint: words.with(
            "kept-days-hint",
            &[
                ("least", &words.number(SHORTEST_KEPT_DAYS)),
                ("most", &words.number(LONGEST_KEPT_DAYS)),
            ],
        ),
        lines: lines.collect(),
        typed,
        days_error: error_of(&problems, "days"),
        from_error: error_of(&problems, "from"),
        problems,
    }
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let context = &visit.site.context;
    let rules = read_log::rules(context, visit.actor()?).await?;
    let typed = Typed {
        days: rules.kept_days.to_string(),
        from: typed_day(context.today()),
    };
    let notice = from
        .done
        .map(|_| visit.words.get("policy-saved").into_owned());
    let mut page = view(&visit, rules, typed, Vec::new());
    page.frame = page.frame.with_notice(notice);
    Ok(Html(page.render()?))
}

/// Writes a row.
pub async fn post(visit: Visit, Form(typed): Form<Typed>) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    match read_log::set_kept(context, actor, &typed.days, &typed.from).await {
        Ok(()) => Ok(Redirect::to("/admin/reads/kept?done=1").into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let rules = read_log::rules(context, actor).await?;
            let problems = shown(visit.words, &invalid.0);
            let page = view(&visit, rules, typed, problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
