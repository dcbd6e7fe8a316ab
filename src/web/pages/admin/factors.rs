//! Which roles must sign in in two steps, how that was decided, and a new word.

use axum::extract::Query;
use axum::response::{Html, Response};
use axum_extra::extract::Form;

use super::policy::{self, Asked, From, Line, Policy};
use crate::domain::account::Role;
use crate::services::ServiceError;
use crate::services::factors::{self, Rules};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Typed;

const ADDRESS: &str = "/admin/factors";

fn shape(visit: &Visit, rules: Rules) -> Policy {
    let words = visit.words;
    let word = |on| {
        words
            .get(if on { "factors-on" } else { "factors-off" })
            .into_owned()
    };
    let role = |role: Role| words.code("account-role", role.code()).into_owned();
    let lines = rules.history.into_iter().map(|written| {
        let rule = written.rule;
        let what = words.with(
            "factors-line",
            &[("role", &role(rule.role)), ("word", &word(rule.required))],
        );
        Line::of(words, written, rule.valid_from, what)
    });
    let needed: Vec<String> = rules.required.iter().map(|one| role(*one)).collect();
    let now = if needed.is_empty() {
        words.get("factors-none").into_owned()
    } else {
        words.with("factors-now", &[("roles", &needed.join(", "))])
    };
    let mut roles = vec![(String::new(), words.get("choose-one").into_owned())];
    roles.extend(Role::ALL.map(|one| (one.code().to_owned(), role(one))));
    Policy {
        address: ADDRESS,
        above: None,
        title: words.get("factors-title").into_owned(),
        texts: vec![words.get("factors-text").into_owned(), now],
        points: Vec::new(),
        change: words.get("factors-change").into_owned(),
        what: words.get("factors-choice").into_owned(),
        asked: vec![
            Asked {
                id: "role",
                label: words.get("factors-role").into_owned(),
                hint: String::new(),
                options: roles,
            },
            Asked::switch(words, "required", "factors-choice", word),
        ],
        lines: lines.collect(),
    }
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let rules = factors::rules(&visit.site.context, visit.actor()?).await?;
    policy::open(&visit, shape(&visit, rules), Typed::default(), from)
}

/// Writes a row.
pub async fn post(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    let (role, required) = (typed.text("role"), typed.text("required"));
    let said = (role, required, typed.text("from"));
    match factors::set_rule(context, actor, said, visit.fresh()?).await {
        Ok(()) => Ok(policy::written(ADDRESS)),
        Err(ServiceError::Invalid(invalid)) => {
            let rules = factors::rules(context, actor).await?;
            policy::refused(&visit, shape(&visit, rules), typed, &invalid)
        }
        Err(error) => Err(error.into()),
    }
}
