//! Which waves of the follow-up are asked, how that was decided, and a new word.

use axum::extract::Query;
use axum::response::{Html, Response};
use axum_extra::extract::Form;

use super::policy::{self, Asked, From, Line, Policy};
use crate::services::ServiceError;
use crate::services::follow_up::policy::{self as waves, Rules};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Typed;

const ADDRESS: &str = "/admin/waves";

fn shape(visit: &Visit, rules: Rules) -> Policy {
    let words = visit.words;
    let word = |on| {
        words
            .get(if on { "waves-on" } else { "waves-off" })
            .into_owned()
    };
    let lines = rules.history.into_iter().map(|written| {
        let rule = written.rule;
        Line::of(words, written, rule.valid_from, word(rule.fourth_wave))
    });
    let always = ["waves-first", "waves-second", "waves-third"];
    let mut points: Vec<(String, String)> = always
        .map(|key| (words.get(key).into_owned(), String::new()))
        .into();
    points.push((
        words.get("waves-fourth").into_owned(),
        word(rules.fourth_wave),
    ));
    Policy {
        address: ADDRESS,
        above: None,
        title: words.get("waves-title").into_owned(),
        texts: vec![words.get("waves-text").into_owned()],
        points,
        change: words.get("waves-change").into_owned(),
        what: words.get("waves-choice").into_owned(),
        asked: vec![Asked::switch(words, "fourth_wave", "waves-choice", word)],
        lines: lines.collect(),
    }
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let rules = waves::get(&visit.site.context, visit.actor()?).await?;
    policy::open(&visit, shape(&visit, rules), Typed::default(), from)
}

/// Writes a row.
pub async fn post(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    match waves::set(
        context,
        actor,
        typed.text("fourth_wave"),
        typed.text("from"),
    )
    .await
    {
        Ok(()) => Ok(policy::written(ADDRESS)),
        Err(ServiceError::Invalid(invalid)) => {
            let rules = waves::get(context, actor).await?;
            policy::refused(&visit, shape(&visit, rules), typed, &invalid)
        }
        Err(error) => Err(error.into()),
    }
}
