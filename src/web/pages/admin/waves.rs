//! Which waves of the follow-up are asked, how that was decided, and a new word.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::PolicyLine;
use crate::catalogue::Words;
use crate::services::ServiceError;
use crate::services::follow_up::policy::{self, Rules};
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
    fourth_wave: String,
    from: String,
}

#[derive(Template)]
#[template(path = "pages/admin/waves.html")]
struct Page {
    t: Words,
    frame: Frame,
    on: bool,
    lines: Vec<PolicyLine>,
    typed: Typed,
    problems: Vec<Shown>,
    choice_error: String,
    from_error: String,
}

fn view(visit: &Visit, rules: Rules, typed: Typed, problems: Vec<Shown>) -> Page {
    let words = visit.words;
    let lines = rules.history.into_iter().map(|written| {
        let rule = written.rule;
        let key = if rule.fourth_wave {
            "waves-on"
        } else {
            "waves-off"
        };
        PolicyLine::of(words, written, rule.valid_from, words.get(key).into_owned())
    });
    Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        on: rules.fourth_wave,
        lines: lines.collect(),
        typed,
        choice_error: error_of(&problems, "fourth_wave"),
        from_error: error_of(&problems, "from"),
        problems,
    }
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let context = &visit.site.context;
    let rules = policy::get(context, visit.actor()?).await?;
    let typed = Typed {
        fourth_wave: String::new(),
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
    match policy::set(context, actor, &typed.fourth_wave, &typed.from).await {
        Ok(()) => Ok(Redirect::to("/admin/waves?done=1").into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let rules = policy::get(context, actor).await?;
            let problems = shown(visit.words, &invalid.0);
            let page = view(&visit, rules, typed, problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
