//! Whether the fourth wave is asked: an administrator writes a dated row, and every
//! row stays as history.

use chrono::{NaiveDate, TimeDelta};

use crate::domain::account::{Actor, Role};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::reading;
use crate::domain::wave_policy::{FARTHEST_DAYS, WavePolicy, WaveRule};
use crate::services::{Context, ServiceError};
use crate::storage;
use crate::storage::wave_rules::Written;

/// How the follow-up asks, and how that came.
pub struct Rules {
    pub fourth_wave: bool,
    /// The last first.
    pub history: Vec<Written>,
}

fn require_administrator(actor: &Actor) -> Result<(), ServiceError> {
    if actor.role == Role::Administrator {
        Ok(())
    } else {
        Err(ServiceError::Forbidden)
    }
}

/// What holds today, with its history.
pub async fn get(context: &Context, actor: &Actor) -> Result<Rules, ServiceError> {
    require_administrator(actor)?;
    let history = storage::wave_rules::newest(context.db.read()).await?;
    let rules = history.iter().rev().map(|written| written.rule);
    let policy = WavePolicy::new(rules.collect());
    Ok(Rules {
        fourth_wave: policy.fourth_wave_on(context.today()),
        history,
    })
}

/// Writes a row, as it was typed: the word, and the day from which it holds.
pub async fn set(
    context: &Context,
    actor: &Actor,
    fourth_wave: &str,
    from: &str,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let rule = read(fourth_wave, from, context.today())?;
    let write = context.db.write().await?;
    let now = context.now();
    storage::wave_rules::insert(&*write, rule, actor.account_id, now).await?;
    let action = if rule.fourth_wave {
        "policy.fourth_wave_on"
    } else {
        "policy.fourth_wave_off"
    };
    let (by, day) = (Some(actor.account_id), rule.valid_from.to_string());
    storage::audit::insert(&*write, now, by, action, Some(&day), None).await?;
    Ok(write.commit().await?)
}

fn read(fourth_wave: &str, from: &str, today: NaiveDate) -> Result<WaveRule, ServiceError> {
    let mut problems = Vec::new();
    let mut problem = |field: &'static str, value: &str, why: Why| {
        problems.push(Problem {
            field,
            value: value.to_owned(),
            why,
        });
    };
    let on = match fourth_wave {
        "on" => Some(true),
        "off" => Some(false),
        other => {
            problem("fourth_wave", other, Why::new("problem-waves-choice"));
            None
        }
    };
    let last = today + TimeDelta::days(FARTHEST_DAYS);
    let valid_from = match reading::date(from.trim()) {
        // What was asked until yesterday can't be changed any more.
        Ok(day) if (today..=last).contains(&day) => Some(day),
        Ok(_) => {
            problem("from", from, Why::new("problem-waves-day"));
            None
        }
        Err(why) => {
            problem("from", from, why);
            None
        }
    };
    match (on, valid_from) {
        (Some(fourth_wave), Some(valid_from)) => Ok(WaveRule {
            valid_from,
            fourth_wave,
        }),
        _ => Err(ServiceError::Invalid(Invalid(problems))),
    }
}
