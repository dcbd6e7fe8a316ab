//! What an administrator says of copies and sees of them: how often, how many, how old
//! the last one may be; those there are; one more, now. Where they go is a setting of the
//! machine: an account must not choose what is written where.

use chrono::{DateTime, TimeDelta, Utc};

pub use super::found::Lies;
use super::{found, schedule};
use crate::domain::account::Actor;
use crate::domain::backup::{
    BackupRule, BackupState, LATEST_ALARM_HOURS, LONGEST_PAUSE_HOURS, MOST_KEPT,
};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::reading;
use crate::services::error::require_administrator;
use crate::services::{Context, ServiceError, dated};
use crate::storage;
use crate::storage::backups::Run;
use crate::storage::policy::Written;

/// Copies that a page shows.
const SHOWN: u64 = 100;

/// How copies stand.
#[derive(Debug, Clone)]
pub struct Standing {
    pub rule: BackupRule,
    /// The instant of the last good one.
    pub last: Option<DateTime<Utc>>,
    /// How old it is.
    pub age: Option<TimeDelta>,
    /// Whether that is more than the rule allows. Before the first try nothing is late.
    pub is_late: bool,
}

/// How copies stand; nothing where this program makes none, as in a demonstration.
pub async fn standing(context: &Context) -> Result<Option<Standing>, ServiceError> {
    let Some(copies) = &context.copies else {
        return Ok(None);
    };
    let rule = schedule::rule(context).await?;
    let now = context.now();
    let made = found::made(context.db.read()).await?;
    let missing = found::missing(context, &copies.folder, &made).await?;
    let last = found::last_good(&made, &missing).map(|run| run.began_at);
    let was_tried = !made.is_empty() || {
        let failed = storage::backups::latest_in(context.db.read(), BackupState::Failed, 1);
        !failed.await?.is_empty()
    };
    Ok(Some(Standing {
        rule,
        last,
        age: last.map(|last| (now - last).max(TimeDelta::zero())),
        is_late: was_tried && rule.is_late(last, now),
    }))
}

/// A copy as a page shows it.
pub struct Shown {
    pub run: Run,
    pub age: TimeDelta,
    /// Where its file is by now.
    pub lies: Lies,
}

/// Everything about copies.
pub struct Overview {
    pub standing: Standing,
    pub folder: String,
    /// The last first.
    pub shown: Vec<Shown>,
    /// Whether one is on its way.
    pub waits: bool,
}

/// What a page shows; nothing where this program makes no copies.
pub async fn overview(context: &Context, actor: &Actor) -> Result<Option<Overview>, ServiceError> {
    require_administrator(actor)?;
    let (Some(copies), Some(standing)) = (&context.copies, standing(context).await?) else {
        return Ok(None);
    };
    let runs = storage::backups::latest(context.db.read(), SHOWN).await?;
    let waits = |run: &Run| [BackupState::Asked, BackupState::Running].contains(&run.state);
    let lies = found::lies(&copies.folder, &runs).await?;
    let now = context.now();
    Ok(Some(Overview {
        standing,
        folder: copies.folder.display().to_string(),
        waits: runs.iter().any(waits),
        shown: runs
            .into_iter()
            .map(|run| Shown {
                age: (now - run.began_at).max(TimeDelta::zero()),
                lies: lies.get(&run.id).copied().unwrap_or(Lies::Nowhere),
                run,
            })
            .collect(),
    }))
}

/// Asks for a copy now. One that waits already is not doubled.
pub async fn ask(context: &Context, actor: &Actor) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    ask_for(context, Some(actor.account_id)).await
}

/// The same from the command line.
pub async fn ask_for(context: &Context, by: Option<i64>) -> Result<(), ServiceError> {
    if context.copies.is_none() {
        return Err(ServiceError::Refused(Why::new("refused-no-copies")));
    }
    let write = context.db.write().await?;
    let now = context.now();
    let asked = storage::backups::latest_in(&*write, BackupState::Asked, 1).await?;
    if asked.is_empty() {
        storage::backups::insert(&*write, BackupState::Asked, by, now).await?;
        storage::audit::insert(&*write, now, by, "backup.ask", None, None).await?;
    }
    write.commit().await?;
    context.copy_waits();
    Ok(())
}

/// What holds, and how that came.
pub struct Rules {
    pub rule: BackupRule,
    /// The last first.
    pub history: Vec<Written<BackupRule>>,
}

/// What holds today, with its history.
pub async fn rules(context: &Context, actor: &Actor) -> Result<Rules, ServiceError> {
    require_administrator(actor)?;
    Ok(Rules {
        rule: schedule::rule(context).await?,
        history: storage::backups::rules(context.db.read()).await?,
    })
}

/// A rule as it is typed.
#[derive(Debug, Clone, Copy)]
pub struct TypedRule<'a> {
    pub every_hours: &'a str,
    pub alarm_hours: &'a str,
    pub kept: &'a str,
    pub from: &'a str,
}

/// Writes a row, as it was typed.
pub async fn set(
    context: &Context,
    actor: &Actor,
    typed: TypedRule<'_>,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let rule = read(typed, context.today()).map_err(ServiceError::Invalid)?;
    let write = context.db.write().await?;
    let now = context.now();
    storage::backups::insert_rule(&*write, rule, actor.account_id, now).await?;
    let (by, day) = (Some(actor.account_id), rule.valid_from.to_string());
    let said = format!("{}/{}/{}", rule.every_hours, rule.alarm_hours, rule.kept);
    let action = "policy.backups";
    storage::audit::insert(&*write, now, by, action, Some(&day), Some(&said)).await?;
    Ok(write.commit().await?)
}

fn read(typed: TypedRule<'_>, today: chrono::NaiveDate) -> Result<BackupRule, Invalid> {
    let mut problems = Vec::new();
    let mut whole = |field, value: &str, least, most| {
        let problem = |why| Problem {
            field,
            value: value.to_owned(),
            why,
        };
        reading::whole(value.trim(), least, most)
            .map_err(problem)
            .map_err(|problem| problems.push(problem))
            .ok()
    };
    let every_hours = whole("every_hours", typed.every_hours, 0, LONGEST_PAUSE_HOURS);
    // An alarm before the next copy is due would sound every day.
    let least = every_hours.unwrap_or_default().max(1);
    let alarm_hours = whole("alarm_hours", typed.alarm_hours, least, LATEST_ALARM_HOURS);
    let kept = whole("kept", typed.kept, 1, MOST_KEPT);
    let valid_from = dated::first_day(typed.from, today)
        .map_err(|problem| problems.push(problem))
        .ok();
    match (valid_from, every_hours, alarm_hours, kept) {
        (Some(valid_from), Some(every_hours), Some(alarm_hours), Some(kept)) => Ok(BackupRule {
            valid_from,
            every_hours,
            alarm_hours,
            kept,
        }),
        _ => Err(Invalid(problems)),
    }
}
