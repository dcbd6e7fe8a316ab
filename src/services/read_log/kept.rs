//! How long entries are kept: an administrator writes a dated row, and every row stays as
//! history. It is the one thing of the log that anybody has a say in, within bounds.

use crate::domain::account::Actor;
use crate::domain::invalid::{Invalid, Problem};
use crate::domain::read_log::{KeptRule, LONGEST_KEPT_DAYS, SHORTEST_KEPT_DAYS};
use crate::domain::reading;
use crate::services::error::require_administrator;
use crate::services::{Context, ServiceError, dated};
use crate::storage;
use crate::storage::policy::Written;

/// For how long, and how that came.
pub struct Rules {
    pub kept_days: u32,
    /// The last first.
    pub history: Vec<Written<KeptRule>>,
}

/// What holds today, with its history.
pub async fn rules(context: &Context, actor: &Actor) -> Result<Rules, ServiceError> {
    require_administrator(actor)?;
    let db = context.db.read();
    Ok(Rules {
        kept_days: storage::read_log_rules::kept_days(db, context.today()).await?,
        history: storage::read_log_rules::newest(db).await?,
    })
}

/// Writes a row, as it was typed: how many days, and the day from which it holds.
pub async fn set_kept(
    context: &Context,
    actor: &Actor,
    days: &str,
    from: &str,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let kept_days = reading::whole(days.trim(), SHORTEST_KEPT_DAYS, LONGEST_KEPT_DAYS);
    let kept_days = kept_days.map_err(|why| Problem {
        field: "days",
        value: days.to_owned(),
        why,
    });
    let rule = match (kept_days, dated::first_day(from, context.today())) {
        (Ok(kept_days), Ok(valid_from)) => KeptRule {
            valid_from,
            kept_days,
        },
        (days, from) => {
            let problems = days.err().into_iter().chain(from.err());
            return Err(ServiceError::Invalid(Invalid(problems.collect())));
        }
    };
    let write = context.db.write().await?;
    let now = context.now();
    storage::read_log_rules::insert(&*write, rule, actor.account_id, now).await?;
    let (by, day) = (Some(actor.account_id), rule.valid_from.to_string());
    let (action, days) = ("policy.reads_kept", rule.kept_days.to_string());
    storage::audit::insert(&*write, now, by, action, Some(&day), Some(&days)).await?;
    Ok(write.commit().await?)
}
