//! How often copies are made, how many are kept and how old the last may be: what holds,
//! how that was decided, and a new word.

use axum::extract::Query;
use axum::response::{Html, Response};
use axum_extra::extract::Form;

use super::backups::rule_in_words;
use super::policy::{self, Asked, From, Line, Policy};
use crate::domain::backup::{LATEST_ALARM_HOURS, LONGEST_PAUSE_HOURS, MOST_KEPT};
use crate::services::ServiceError;
use crate::services::backups::policy::{self as rules, Rules, TypedRule};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Typed;

const ADDRESS: &str = "/admin/backups/rules";

fn shape(visit: &Visit, rules: Rules) -> Policy {
    let words = visit.words;
    let lines = rules.history.into_iter().map(|written| {
        let rule = written.rule;
        Line::of(words, written, rule.valid_from, rule_in_words(words, &rule))
    });
    let asked = |id, label: &str, hint: &str, most: u32| Asked {
        id,
        label: words.get(label).into_owned(),
        hint: words.with(hint, &[("most", &words.number(most))]),
        options: Vec::new(),
    };
    Policy {
        address: ADDRESS,
        above: Some(("/admin/backups", words.get("backups-title").into_owned())),
        title: words.get("backups-rules-title").into_owned(),
        texts: vec![words.get("backups-rules-text").into_owned()],
        points: Vec::new(),
        change: words.get("backups-change").into_owned(),
        what: words.get("backups-rule-heading").into_owned(),
        asked: vec![
            asked(
                "every_hours",
                "backups-every",
                "backups-every-hint",
                LONGEST_PAUSE_HOURS,
            ),
            asked(
                "alarm_hours",
                "backups-alarm",
                "backups-alarm-hint",
                LATEST_ALARM_HOURS,
            ),
            asked("kept", "backups-kept", "backups-kept-hint", MOST_KEPT),
        ],
        lines: lines.collect(),
    }
}

/// The page.
pub async fn get(visit: Visit, Query(from): Query<From>) -> Result<Html<String>, PageError> {
    let rules = rules::rules(&visit.site.context, visit.actor()?).await?;
    let typed = Typed::default()
        .with("every_hours", rules.rule.every_hours.to_string())
        .with("alarm_hours", rules.rule.alarm_hours.to_string())
        .with("kept", rules.rule.kept.to_string());
    policy::open(&visit, shape(&visit, rules), typed, from)
}

/// Writes a row.
pub async fn post(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    let rule = TypedRule {
        every_hours: typed.text("every_hours"),
        alarm_hours: typed.text("alarm_hours"),
        kept: typed.text("kept"),
        from: typed.text("from"),
    };
    match rules::set(context, actor, rule).await {
        Ok(()) => Ok(policy::written(ADDRESS)),
        Err(ServiceError::Invalid(invalid)) => {
            let rules = rules::rules(context, actor).await?;
            policy::refused(&visit, shape(&visit, rules), typed, &invalid)
        }
        Err(error) => Err(error.into()),
    }
}
