//! Who is in charge of a request: taking one, and handing all of somebody's to
//! a colleague.

use super::error::require_desk;
use super::registering::save::note;
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::ids::RequestCode;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::storage;
use crate::storage::changes::Change;

/// Who is in charge; none for a request that came from a file.
pub async fn of(
    context: &Context,
    actor: &Actor,
    request_id: i64,
) -> Result<Option<(i64, String)>, ServiceError> {
    require_desk(actor)?;
    Ok(storage::requests::in_charge(context.db.read(), request_id).await?)
}

/// Takes charge of a request.
pub async fn take(
    context: &Context,
    actor: &Actor,
    code: &RequestCode,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let request = storage::requests::find(&*write, code).await?;
    let request = request.ok_or_else(|| ServiceError::not_found("request", code))?;
    let before = storage::requests::in_charge(&*write, request.id).await?;
    if before.is_some_and(|(account, _)| account == actor.account_id) {
        return Ok(());
    }
    storage::requests::set_in_charge(&*write, request.id, actor.account_id).await?;
    let change = Change {
        kind: "request",
        record: code.as_str(),
        version: request.version,
        action: "taken",
        fields: Vec::new(),
    };
    note(&write, context, Some(actor), &change).await?;
    Ok(write.commit().await?)
}

/// Everybody who works at a desk: key and name.
pub async fn colleagues(
    context: &Context,
    actor: &Actor,
) -> Result<Vec<(i64, String)>, ServiceError> {
    require_desk(actor)?;
    let accounts = storage::accounts::list(context.db.read()).await?;
    Ok(accounts
        .into_iter()
        .filter(|account| account.actor.works_at_a_desk())
        .map(|account| (account.actor.account_id, account.actor.name))
        .collect())
}

/// Hands all that somebody is in charge of, and that is not over, to a
/// colleague. How many requests went.
pub async fn hand_over(
    context: &Context,
    actor: &Actor,
    from: Option<i64>,
    to: Option<i64>,
) -> Result<u64, ServiceError> {
    let colleagues = colleagues(context, actor).await?;
    let known = |id: Option<i64>| id.filter(|id| colleagues.iter().any(|one| one.0 == *id));
    let problem = |field, key| Problem {
        field,
        value: String::new(),
        why: Why::new(key),
    };
    let (from, to) = match (known(from), known(to)) {
        (Some(from), Some(to)) if from != to => (from, to),
        (Some(_), Some(_)) => {
            return Err(ServiceError::Invalid(Invalid(vec![problem(
                "to",
                "problem-same-colleague",
            )])));
        }
        (from, to) => {
            let missing = [("from", from), ("to", to)].into_iter();
            let missing = missing.filter(|(_, id)| id.is_none());
            let all = missing.map(|(field, _)| problem(field, "problem-no-colleague"));
            return Err(ServiceError::Invalid(Invalid(all.collect())));
        }
    };
    let write = context.db.write().await?;
    let moved = storage::requests::hand_over(&*write, from, to).await?;
    let detail = serde_json::json!({ "from": from, "to": to, "requests": moved }).to_string();
    storage::audit::insert(
        &*write,
        context.now(),
        Some(actor.account_id),
        "requests.handed_over",
        None,
        Some(&detail),
    )
    .await?;
    write.commit().await?;
    Ok(moved)
}
