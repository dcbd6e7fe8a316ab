//! How often copies are made, how many are kept and how old the last may be: what holds,
//! how that was decided, and a new word.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::PolicyLine;
use super::backups::rule_in_words;
use crate::catalogue::Words;
use crate::domain::backup::{LATEST_ALARM_HOURS, LONGEST_PAUSE_HOURS, MOST_KEPT};
use crate::services::ServiceError;
use crate::services::backups::policy::{self, Rules, TypedRule};
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
    every_hours: String,
    alarm_hours: String,
    kept: String,
    from: String,
}

#[derive(Template)]
#[template(path = "pages/admin/backup_rules.html")]
struct Page {
    t: Words,
    frame: Frame,
    lines: Vec<PolicyLine>,
    typed: Typed,
    problems: Vec<Shown>,
    every_hint: String,
    alarm_hint: String,
    kept_hint: String,
    every_error: String,
    alarm_error: String,
    kept_error: String,
    from_error: String,
}

fn view(visit: &Visit, rules: Rules, typed: Typed, problems: Vec<Shown>) -> Page {
    let words = visit.words;
    let lines = rules.history.into_iter().map(|written| {
        let rule = written.rule;
        PolicyLine::of(words, written, rule.valid_from, rule_in_words(words, &rule))
    });
    let hint = |key, most: u32| words.with(key, &[("most", &words.number(most))]);
    Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        lines: lines.collect(),
        typed,
        every_hint: hint("backups-every-hint", LONGEST_PAUSE_HOURS),
        alarm_hint: hint("backups-alarm-hint", LATEST_ALARM_HOURS),
        kept_hint: hint("backups-kept-hint", MOST_KEPT),
        every_error: error_of(&problems, "every_hours"),
        alarm_error: error_of(&problems, "alarm_hours"),
        kept_error: error_of(&problems, "kept"),
        from_error: error_of(&problems, "from"),
        problems,
    }
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let context = &visit.site.context;
    let rules = policy::rules(context, visit.actor()?).await?;
    let typed = Typed {
        every_hours: rules.rule.every_hours.to_string(),
        alarm_hours: rules.rule.alarm_hours.to_string(),
        kept: rules.rule.kept.to_string(),
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
    let rule = TypedRule {
        every_hours: &typed.every_hours,
        alarm_hours: &typed.alarm_hours,
        kept: &typed.kept,
        from: &typed.from,
    };
    match policy::set(context, actor, rule).await {
        Ok(()) => Ok(Redirect::to("/admin/backups/rules?done=1").into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let rules = policy::rules(context, actor).await?;
            let problems = shown(visit.words, &invalid.0);
            let page = view(&visit, rules, typed, problems);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
