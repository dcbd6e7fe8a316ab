//! The numbers that are policy: what each is today, how that came, and a new word. What they
//! mean is `domain::setting`; who reads them asks `today`.

use crate::domain::account::Actor;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::keeping::LEAST_TO_ANSWER;
use crate::domain::reading;
use crate::domain::setting::{NumberRule, Numbers, Setting};
use crate::services::error::require_administrator;
use crate::services::{Context, ServiceError, dated};
use crate::storage;
use crate::storage::policy::Written;

/// The numbers as they hold, and how that came.
pub struct Rules {
    /// Each with what it is today.
    pub now: Vec<(Setting, u32)>,
    /// The last first.
    pub history: Vec<Written<NumberRule>>,
}

/// What a number that counts days is today.
pub async fn days(context: &Context, setting: Setting) -> Result<i64, ServiceError> {
    let numbers = storage::policy::numbers(context.db.read()).await?;
    Ok(numbers.days(setting, context.today()))
}

/// Some of them as they hold today, with their history.
pub async fn rules(
    context: &Context,
    actor: &Actor,
    settings: &[Setting],
) -> Result<Rules, ServiceError> {
    require_administrator(actor)?;
    let (db, today) = (context.db.read(), context.today());
    let numbers = storage::policy::numbers(db).await?;
    let now = settings.iter().map(|one| (*one, numbers.on(*one, today)));
    Ok(Rules {
        now: now.collect(),
        history: storage::policy::newest_numbers(db, settings).await?,
    })
}

/// A row as it is typed.
#[derive(Debug, Clone, Copy)]
pub struct TypedNumber<'a> {
    pub setting: &'a str,
    pub value: &'a str,
    pub from: &'a str,
}

/// Writes a row of one of `settings`, as it was typed.
pub async fn set(
    context: &Context,
    actor: &Actor,
    settings: &[Setting],
    typed: TypedNumber<'_>,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let write = context.db.write().await?;
    let numbers = storage::policy::numbers(&*write).await?;
    let rule = read(context, &numbers, settings, typed).map_err(ServiceError::Invalid)?;
    let now = context.now();
    storage::policy::insert_number(&*write, rule, actor.account_id, now).await?;
    let (by, day) = (Some(actor.account_id), rule.valid_from.to_string());
    let said = format!("{}={}", rule.setting.code(), rule.value);
    let action = "policy.number";
    storage::audit::insert(&*write, now, by, action, Some(&day), Some(&said)).await?;
    Ok(write.commit().await?)
}

fn read(
    context: &Context,
    numbers: &Numbers,
    settings: &[Setting],
    typed: TypedNumber<'_>,
) -> Result<NumberRule, Invalid> {
    let problem = |field: &'static str, value: &str, why: Why| Problem {
        field,
        value: value.to_owned(),
        why,
    };
    let setting = Setting::parse(typed.setting).ok();
    let setting = setting.filter(|one| settings.contains(one)).ok_or_else(|| {
        let why = Why::new("problem-setting");
        problem("setting", typed.setting, why)
    });
    let from = dated::first_day(typed.from, context.today());
    // Nobody is paused for silence before they were asked.
    let day = from.as_ref().copied().unwrap_or_else(|_| context.today());
    let value = match &setting {
        Ok(setting) => {
            let (mut least, mut most, _) = setting.bounds();
            match setting {
                Setting::Pause => {
                    least = least.max(numbers.on(Setting::Ask, day) + LEAST_TO_ANSWER);
                }
                Setting::Ask => {
                    most = most.min(
                        numbers
                            .on(Setting::Pause, day)
                            .saturating_sub(LEAST_TO_ANSWER),
                    );
                }
                // Whether somebody was heard of is read from what was changed.
                Setting::Changes => {
                    let people = [Setting::Workers, Setting::Families];
                    let longest = people.map(|one| numbers.on(one, day));
                    least = least.max(longest[0]).max(longest[1]);
                }
                Setting::Workers | Setting::Families => {
                    most = most.min(numbers.on(Setting::Changes, day));
                }
                _ => {}
            }
            reading::whole(typed.value.trim(), least, most)
        }
        Err(_) => Ok(0),
    };
    let value = value.map_err(|why| problem("value", typed.value, why));
    match (setting, value, from) {
        (Ok(setting), Ok(value), Ok(valid_from)) => Ok(NumberRule {
            setting,
            valid_from,
            value,
        }),
        (setting, value, from) => {
            let problems = setting.err().into_iter().chain(value.err());
            Err(Invalid(problems.chain(from.err()).collect()))
        }
    }
}
