//! Which roles sign in by the identity provider alone, how that was decided, and a new word;
//! how many people of each role are linked to it already, and how many are in by a password.

use axum::extract::Query;
use axum::response::{Html, Response};
use axum_extra::extract::Form;

use super::policy::{self, Asked, Beside, From, Line, Policy, Table};
use crate::domain::account::Role;
use crate::services::ServiceError;
use crate::services::identities::{self, Count, Rules};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Typed;

const ADDRESS: &str = "/admin/sign-in";

fn shape(visit: &Visit, rules: Rules) -> (Policy, Beside) {
    let words = visit.words;
    let word = |on| {
        words
            .get(if on { "local-on" } else { "local-off" })
            .into_owned()
    };
    let role = |role: Role| words.code("account-role", role.code()).into_owned();
    let cells = |one: &Count| -> Vec<String> {
        let numbers = [one.accounts, one.linked, one.local_sessions];
        let numbers = numbers.into_iter().map(|number| number.to_string());
        std::iter::once(role(one.role)).chain(numbers).collect()
    };
    let table = Table {
        heading: words.get("local-counts").into_owned(),
        text: words.get("local-counts-text").into_owned(),
        columns: [
            "factors-role",
            "local-accounts",
            "local-linked",
            "local-sessions",
        ]
        .map(|key| words.get(key).into_owned())
        .into(),
        rows: rules.counts.iter().map(cells).collect(),
    };
    let lines = rules.history.into_iter().map(|written| {
        let rule = written.rule;
        let what = words.with(
            "factors-line",
            &[("role", &role(rule.role)), ("word", &word(rule.local))],
        );
        Line::of(words, written, rule.valid_from, what)
    });
    let without: Vec<String> = rules.without.iter().map(|one| role(*one)).collect();
    let now = if without.is_empty() {
        words.get("local-none").into_owned()
    } else {
        words.with("local-now", &[("roles", &without.join(", "))])
    };
    let provider = match identities::button(&visit.site.context) {
        Some(name) => words.with("local-provider", &[("provider", &name)]),
        None => words.get("local-no-provider").into_owned(),
    };
    let mut roles = vec![(String::new(), words.get("choose-one").into_owned())];
    roles.extend(Role::ALL.map(|one| (one.code().to_owned(), role(one))));
    let policy = Policy {
        address: ADDRESS,
        above: Some(("/admin/policy", words.get("nav-policy").into_owned())),
        title: words.get("local-title").into_owned(),
        texts: vec![words.get("local-text").into_owned(), provider, now],
        points: Vec::new(),
        change: words.get("factors-change").into_owned(),
        what: words.get("local-choice").into_owned(),
        asked: vec![
            Asked {
                id: "role",
                label: words.get("factors-role").into_owned(),
                hint: String::new(),
                options: roles,
            },
            Asked::switch(words, "local", "local-choice", word),
        ],
        lines: lines.collect(),
    };
    let look = String::new();
    let table = Some(table);
    (policy, Beside { look, table })
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let rules = identities::rules(&visit.site.context, visit.actor()?).await?;
    policy::opened(&visit, shape(&visit, rules), Typed::default(), from)
}

/// Writes a row.
pub async fn post(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    let said = (typed.text("role"), typed.text("local"), typed.text("from"));
    match identities::set_rule(context, actor, said, visit.fresh()?).await {
        Ok(()) => Ok(policy::written(ADDRESS)),
        Err(ServiceError::Invalid(invalid)) => {
            let rules = identities::rules(context, actor).await?;
            policy::sent_back(&visit, shape(&visit, rules), typed, &invalid)
        }
        Err(error) => Err(error.into()),
    }
}
