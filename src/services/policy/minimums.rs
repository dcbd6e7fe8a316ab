//! Rows of the pay tables that are wrong: an administrator says so, with the reason, by a
//! dated row. As long as that holds no offer is held against them, and the screen says so.

use chrono::NaiveDate;

use crate::domain::account::Actor;
use crate::domain::contract::{Minimum, MinimumRule, minimums_from};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::text::Line;
use crate::services::error::require_administrator;
use crate::services::{Context, ServiceError, dated};
use crate::storage;
use crate::storage::policy::Written;

/// The rows of the tables that can be marked, and how they are.
pub struct Rules {
    pub minimums: Vec<&'static Minimum>,
    /// Those that count as wrong today, with the reason.
    pub wrong: Vec<(&'static Minimum, String)>,
    /// The last first.
    pub history: Vec<Written<MinimumRule>>,
}

/// What holds today, with its history.
pub async fn rules(context: &Context, actor: &Actor) -> Result<Rules, ServiceError> {
    require_administrator(actor)?;
    let today = context.today();
    let db = context.db.read();
    let history = storage::minimum_rules::newest(db).await?;
    let minimums = minimums_from(today);
    // A mark older than the history that is shown holds all the same.
    let reasons = storage::minimum_rules::wrong_on(db, &minimums, today).await?;
    let wrong = minimums
        .iter()
        .filter_map(|one| Some((*one, reasons.get(&one.code())?.clone())));
    Ok(Rules {
        wrong: wrong.collect(),
        minimums,
        history,
    })
}

/// A row as it is typed.
#[derive(Debug, Clone, Copy)]
pub struct TypedMinimum<'a> {
    /// The code of a row of the tables.
    pub minimum: &'a str,
    /// `on` or `off`.
    pub wrong: &'a str,
    pub reason: &'a str,
    pub from: &'a str,
}

/// Writes a row, as it was typed.
pub async fn set(
    context: &Context,
    actor: &Actor,
    typed: TypedMinimum<'_>,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let rule = read(typed, context.today()).map_err(ServiceError::Invalid)?;
    let write = context.db.write().await?;
    let now = context.now();
    storage::minimum_rules::insert(&*write, &rule, actor.account_id, now).await?;
    let action = if rule.is_wrong {
        "policy.minimum_wrong"
    } else {
        "policy.minimum_right"
    };
    let (by, day) = (Some(actor.account_id), rule.valid_from.to_string());
    let said = Some(rule.minimum.as_str());
    storage::audit::insert(&*write, now, by, action, Some(&day), said).await?;
    Ok(write.commit().await?)
}

fn read(typed: TypedMinimum<'_>, today: NaiveDate) -> Result<MinimumRule, Invalid> {
    let problem = |field: &'static str, value: &str, why: Why| Problem {
        field,
        value: value.to_owned(),
        why,
    };
    let known = minimums_from(today)
        .into_iter()
        .find(|one| one.code() == typed.minimum);
    let known =
        known.ok_or_else(|| problem("minimum", typed.minimum, Why::new("problem-minimum-row")));
    let is_wrong = match typed.wrong {
        "on" => Ok(true),
        "off" => Ok(false),
        other => Err(problem("wrong", other, Why::new("problem-minimum-choice"))),
    };
    let reason = Line::parse(typed.reason).map_err(|why| problem("reason", typed.reason, why));
    let from = dated::first_day(typed.from, today);
    match (known, is_wrong, reason, from) {
        (Ok(known), Ok(is_wrong), Ok(reason), Ok(valid_from)) => Ok(MinimumRule {
            minimum: known.code(),
            is_wrong,
            reason,
            valid_from,
        }),
        (known, is_wrong, reason, from) => {
            let first = known.err().into_iter().chain(is_wrong.err());
            let then = reason.err().into_iter().chain(from.err());
            Err(Invalid(first.chain(then).collect()))
        }
    }
}
