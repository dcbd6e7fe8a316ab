//! How much each part of the score counts, how that was decided, and a new word, whose
//! effect can be seen before it is written.

use axum::extract::Query;
use axum::response::{Html, Response};
use axum_extra::extract::Form;

use super::policy::{self, Asked, Beside, From, Line, Policy, Table};
use crate::catalogue::Words;
use crate::matching::Weights;
use crate::services::ServiceError;
use crate::services::matching::Reordered;
use crate::services::policy::weights::{self, Rules};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Typed;

const ADDRESS: &str = "/admin/weights";

/// Weights as one line says them.
fn in_words(words: Words, weights: &Weights) -> String {
    let parts = weights.parts().in_order().into_iter();
    let parts = parts.map(|(code, weight)| {
        let name = words.code("component", code);
        let weight = words.number(weight);
        words.with("weights-part", &[("name", &name), ("weight", &weight)])
    });
    parts.collect::<Vec<_>>().join(", ")
}

fn shape(visit: &Visit, rules: Rules) -> Policy {
    let words = visit.words;
    let lines = rules.history.into_iter().map(|written| {
        let rule = written.rule;
        let what = in_words(words, &rule.weights);
        Line::of(words, written, rule.valid_from, what)
    });
    let parts = rules.weights.parts().in_order();
    let asked = parts.map(|(id, _)| Asked {
        id,
        label: words.code("component", id).into_owned(),
        hint: String::new(),
        options: Vec::new(),
    });
    Policy {
        address: ADDRESS,
        above: Some(("/admin/policy", words.get("nav-policy").into_owned())),
        title: words.get("weights-title").into_owned(),
        texts: vec![
            words.get("weights-text").into_owned(),
            words.with("weights-since", &[("date", &words.date(rules.since))]),
        ],
        points: parts
            .map(|(id, weight)| {
                let name = words.code("component", id).into_owned();
                (name, words.number(weight))
            })
            .into(),
        change: words.get("weights-change").into_owned(),
        what: words.get("weights-heading").into_owned(),
        asked: asked.into(),
        lines: lines.collect(),
    }
}

fn beside(words: Words, table: Option<Table>) -> Beside {
    Beside {
        look: words.get("weights-look").into_owned(),
        table,
    }
}

/// What would change, as a table.
fn effect(words: Words, all: &[Reordered]) -> Table {
    let changed = all.iter().filter(|one| one.now != one.then).count();
    let columns = ["column-request", "weights-now", "weights-then"];
    let text = if all.is_empty() {
        words.get("weights-nobody").into_owned()
    } else {
        words.with(
            "weights-effect-text",
            &[("changed", &changed), ("looked", &all.len())],
        )
    };
    Table {
        heading: words.get("weights-effect").into_owned(),
        text,
        columns: columns.map(|key| words.get(key).into_owned()).into(),
        rows: all
            .iter()
            .map(|one| vec![one.request.clone(), one.now.join(", "), one.then.join(", ")])
            .collect(),
    }
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let rules = weights::rules(&visit.site.context, visit.actor()?).await?;
    let parts = rules.weights.parts().in_order();
    let typed = parts.iter().fold(Typed::default(), |typed, (id, weight)| {
        typed.with(id, weight.to_string())
    });
    let beside = beside(visit.words, None);
    policy::opened(&visit, (shape(&visit, rules), beside), typed, from)
}

/// Writes a row, or shows what it would do.
pub async fn post(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    let words = visit.words;
    let done = if typed.text("look").is_empty() {
        weights::set(context, actor, &typed).await.map(|()| None)
    } else {
        weights::effect(context, actor, &typed).await.map(Some)
    };
    match done {
        Ok(None) => Ok(policy::written(ADDRESS)),
        Ok(Some(all)) => {
            let rules = weights::rules(context, actor).await?;
            let beside = beside(words, Some(effect(words, &all)));
            policy::looked_at(&visit, (shape(&visit, rules), beside), typed)
        }
        Err(ServiceError::Invalid(invalid)) => {
            let rules = weights::rules(context, actor).await?;
            let page = (shape(&visit, rules), beside(words, None));
            policy::sent_back(&visit, page, typed, &invalid)
        }
        Err(error) => Err(error.into()),
    }
}
