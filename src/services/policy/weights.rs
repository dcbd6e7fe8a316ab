//! How much each part of the score counts. Before a row is written it can be seen what it
//! would do to the order of requests that are open now. Every sheet keeps the weights that
//! it was made with.

use chrono::NaiveDate;

use crate::domain::account::Actor;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::reading::{self, Fields};
use crate::matching::{Components, Weights};
use crate::services::error::require_administrator;
use crate::services::matching::{self, Reordered};
use crate::services::{Context, ServiceError, dated};
use crate::storage;
use crate::storage::policy::{WeightRule, Written};

/// Open requests that are looked at before a row is written.
const LOOKED_AT: u64 = 10;
/// Workers of each.
const SHOWN: usize = 5;
/// What the weights sum to.
const WHOLE: u32 = 100;

/// What holds today, since when, and how that came.
pub struct Rules {
    pub weights: Weights,
    pub since: NaiveDate,
    /// The last first.
    pub history: Vec<Written<WeightRule>>,
}

/// What holds today, with its history.
pub async fn rules(context: &Context, actor: &Actor) -> Result<Rules, ServiceError> {
    require_administrator(actor)?;
    let db = context.db.read();
    let rows = storage::policy::weight_rows(db).await?;
    let (since, weights) = rows.on(context.today())?;
    Ok(Rules {
        weights,
        since,
        history: storage::policy::newest_weights(db).await?,
    })
}

/// Writes a row, as it was typed: a field for each component, and `from`.
pub async fn set(
    context: &Context,
    actor: &Actor,
    typed: &impl Fields,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let rule = read(typed, context.today()).map_err(ServiceError::Invalid)?;
    let write = context.db.write().await?;
    let now = context.now();
    storage::policy::insert_weights(&*write, rule, actor.account_id, now).await?;
    let parts = rule.weights.parts().in_order();
    let said = parts.map(|(_, weight)| weight.to_string()).join("/");
    let (by, day) = (Some(actor.account_id), rule.valid_from.to_string());
    let action = "policy.weights";
    storage::audit::insert(&*write, now, by, action, Some(&day), Some(&said)).await?;
    Ok(write.commit().await?)
}

/// What the row would do, were it written: the first who fit each of the newest open
/// requests, now and then, by code. Nothing is written.
pub async fn effect(
    context: &Context,
    actor: &Actor,
    typed: &impl Fields,
) -> Result<Vec<Reordered>, ServiceError> {
    require_administrator(actor)?;
    let rule = read(typed, context.today()).map_err(ServiceError::Invalid)?;
    matching::reordered(context, &rule.weights, (LOOKED_AT, SHOWN)).await
}

fn read(typed: &impl Fields, today: NaiveDate) -> Result<WeightRule, Invalid> {
    let text = |field| typed.get(field).unwrap_or_default().trim();
    let mut problems = Vec::new();
    let mut weight = |field| match reading::whole(text(field), 0, WHOLE) {
        Ok(weight) => weight,
        Err(why) => {
            problems.push(Problem {
                field,
                value: text(field).to_owned(),
                why,
            });
            0
        }
    };
    let components = Components {
        coverage: weight("coverage"),
        preferred_skills: weight("preferred_skills"),
        distance: weight("distance"),
        italian: weight("italian"),
        experience: weight("experience"),
        freshness: weight("freshness"),
    };
    let weights = Weights::new(components);
    if let (Err(sum), true) = (weights, problems.is_empty()) {
        problems.push(Problem {
            field: "coverage",
            value: text("coverage").to_owned(),
            why: Why::new("problem-weights-sum").with("sum", sum.0),
        });
    }
    match (weights, dated::first_day(text("from"), today)) {
        (Ok(weights), Ok(valid_from)) if problems.is_empty() => Ok(WeightRule {
            valid_from,
            weights,
        }),
        (_, from) => {
            problems.extend(from.err());
            Err(Invalid(problems))
        }
    }
}
