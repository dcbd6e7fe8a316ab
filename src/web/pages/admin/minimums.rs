//! Which rows of the pay tables are wrong and why, how that was decided, and a new word.

use axum::extract::Query;
use axum::response::{Html, Response};
use axum_extra::extract::Form;

use super::policy::{self, Asked, From, Line, Policy};
use crate::catalogue::Words;
use crate::domain::contract::Minimum;
use crate::services::policy::minimums::{self, Rules, TypedMinimum};
use crate::services::{ServiceError, sentences};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Typed;

const ADDRESS: &str = "/admin/minimums";

fn row(words: Words, minimum: &Minimum) -> String {
    words.with(
        "minimums-line",
        &[
            ("table", &minimum.table),
            ("level", &minimum.level),
            ("date", &words.date(minimum.valid_from)),
            ("amount", &sentences::euro(words, minimum.amount)),
        ],
    )
}

fn shape(visit: &Visit, rules: Rules) -> Policy {
    let words = visit.words;
    let word = |wrong| {
        let key = if wrong {
            "minimums-wrong"
        } else {
            "minimums-right"
        };
        words.get(key).into_owned()
    };
    let lines = rules.history.into_iter().map(|written| {
        let (valid_from, rule) = (written.rule.valid_from, &written.rule);
        let known = Minimum::by_code(&rule.minimum).map(|minimum| row(words, minimum));
        let what = words.with(
            "minimums-said",
            &[
                ("row", &known.unwrap_or_else(|| rule.minimum.clone())),
                ("state", &word(rule.is_wrong)),
                ("reason", &rule.reason.as_str()),
            ],
        );
        Line::of(words, written, valid_from, what)
    });
    let marked = rules.wrong.iter();
    let points: Vec<(String, String)> = marked
        .map(|(minimum, reason)| (row(words, minimum), reason.clone()))
        .collect();
    let mut texts = vec![words.get("minimums-text").into_owned()];
    if points.is_empty() {
        texts.push(words.get("minimums-none").into_owned());
    }
    let mut options = vec![(String::new(), words.get("choose-one").into_owned())];
    let choices = rules.minimums.iter();
    options.extend(choices.map(|minimum| (minimum.code(), row(words, minimum))));
    Policy {
        address: ADDRESS,
        above: Some(("/admin/policy", words.get("nav-policy").into_owned())),
        title: words.get("minimums-title").into_owned(),
        texts,
        points,
        change: words.get("minimums-change").into_owned(),
        what: words.get("minimums-row").into_owned(),
        asked: vec![
            Asked {
                id: "minimum",
                label: words.get("minimums-row").into_owned(),
                hint: String::new(),
                options,
            },
            Asked::switch(words, "wrong", "minimums-state", word),
            Asked {
                id: "reason",
                label: words.get("minimums-reason").into_owned(),
                hint: words.get("minimums-reason-hint").into_owned(),
                options: Vec::new(),
            },
        ],
        lines: lines.collect(),
    }
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let rules = minimums::rules(&visit.site.context, visit.actor()?).await?;
    policy::open(&visit, shape(&visit, rules), Typed::default(), from)
}

/// Writes a row.
pub async fn post(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    let row = TypedMinimum {
        minimum: typed.text("minimum"),
        wrong: typed.text("wrong"),
        reason: typed.text("reason"),
        from: typed.text("from"),
    };
    match minimums::set(context, actor, row).await {
        Ok(()) => Ok(policy::written(ADDRESS)),
        Err(ServiceError::Invalid(invalid)) => {
            let rules = minimums::rules(context, actor).await?;
            policy::refused(&visit, shape(&visit, rules), typed, &invalid)
        }
        Err(error) => Err(error.into()),
    }
}
