//! Whether the fourth wave is asked: an administrator writes a dated row, and every
//! row stays as history.

use chrono::NaiveDate;

use crate::domain::account::Actor;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::wave_policy::{WavePolicy, WaveRule};
use crate::services::error::require_administrator;
use crate::services::{Context, ServiceError, dated};
use crate::storage;
use crate::storage::policy::Written;

/// How the follow-up asks, and how that came.
pub struct Rules {
    pub fourth_wave: bool,
    /// The last first.
    pub history: Vec<Written<WaveRule>>,
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
    let on = match fourth_wave {
        "on" => Ok(true),
        "off" => Ok(false),
        other => Err(Problem {
            field: "fourth_wave",
            value: other.to_owned(),
            why: Why::new("problem-waves-choice"),
        }),
    };
    match (on, dated::first_day(from, today)) {
        (Ok(fourth_wave), Ok(valid_from)) => Ok(WaveRule {
            valid_from,
            fourth_wave,
        }),
        (on, from) => {
            let problems = on.err().into_iter().chain(from.err());
            Err(ServiceError::Invalid(Invalid(problems.collect())))
        }
    }
}
