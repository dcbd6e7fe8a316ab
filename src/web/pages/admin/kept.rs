//! How long the log of who opened what is kept, how that was decided, and a new word.

use axum::extract::Query;
use axum::response::{Html, Response};
use axum_extra::extract::Form;

use super::policy::{self, Asked, From, Line, Policy};
use crate::domain::read_log::{LONGEST_KEPT_DAYS, SHORTEST_KEPT_DAYS};
use crate::services::ServiceError;
use crate::services::read_log::{self, Rules};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Typed;

const ADDRESS: &str = "/admin/reads/kept";

fn shape(visit: &Visit, rules: Rules) -> Policy {
    let words = visit.words;
    let lines = rules.history.into_iter().map(|written| {
        let rule = written.rule;
        let what = words.number(rule.kept_days);
        Line::of(words, written, rule.valid_from, what)
    });
    Policy {
        address: ADDRESS,
        above: Some(("/admin/reads", words.get("reads-title").into_owned())),
        title: words.get("kept-title").into_owned(),
        texts: vec![words.with("kept-text", &[("days", &rules.kept_days)])],
        points: Vec::new(),
        change: words.get("kept-change").into_owned(),
        what: words.get("kept-days").into_owned(),
        asked: vec![Asked {
            id: "days",
            label: words.get("kept-days").into_owned(),
            hint: words.with(
                "kept-days-hint",
                &[
                    ("least", &words.number(SHORTEST_KEPT_DAYS)),
                    ("most", &words.number(LONGEST_KEPT_DAYS)),
                ],
            ),
            options: Vec::new(),
        }],
        lines: lines.collect(),
    }
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let rules = read_log::rules(&visit.site.context, visit.actor()?).await?;
    let typed = Typed::default().with("days", rules.kept_days.to_string());
    policy::open(&visit, shape(&visit, rules), typed, from)
}

/// Writes a row.
pub async fn post(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    match read_log::set_kept(context, actor, typed.text("days"), typed.text("from")).await {
        Ok(()) => Ok(policy::written(ADDRESS)),
        Err(ServiceError::Invalid(invalid)) => {
            let rules = read_log::rules(context, actor).await?;
            policy::refused(&visit, shape(&visit, rules), typed, &invalid)
        }
        Err(error) => Err(error.into()),
    }
}
