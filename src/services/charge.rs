//! Who is in charge of a request: taking one, and handing all of somebody's to
//! a colleague.

use chrono::{DateTime, SubsecRound, Utc};

use super::error::require_desk;
use super::registering::save::note;
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::ids::RequestCode;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::services::waiting::jobs_since;
use crate::services::waiting::lists::about_requests;
use crate::storage;
use crate::storage::changes::Change;
use crate::storage::waiting::Whose;

/// The line that a request's history gets.
const HANDED_OVER: (&str, &str) = ("request", "handed_over");

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

/// What went from one to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    pub requests: u64,
    /// Forms that were kept unfinished.
    pub drafts: u64,
    /// What waits about those requests: proposals, calls, contradictions.
    pub with_them: [u64; 3],
    /// By which the requests are found again.
    pub at: DateTime<Utc>,
}

/// Hands all that somebody is in charge of, and of which something is still to be done,
/// to a colleague: requests with the proposals, calls and contradictions about them,
/// and forms that were put aside. What is written down in somebody's name
/// (who proposed, who called, who held back) stays theirs: it is what happened.
pub async fn hand_over(
    context: &Context,
    actor: &Actor,
    from: Option<i64>,
    to: Option<i64>,
) -> Result<HandedOver, ServiceError> {
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
    // What a page's address can name again.
    let at = context.now().trunc_subsecs(6);
    let by = Some(actor.account_id);
    let desk = actor.desk().ok_or(ServiceError::Forbidden)?.clone();
    let with_them = about_requests(context, actor, &Whose::Mine(from, desk)).await?;
    let (today, since) = (context.today(), jobs_since(context.today()));
    let write = context.db.write().await?;
    let went = storage::hand_over::hand_over(&*write, (from, to), today, since).await?;
    let drafts = storage::drafts::hand_over(&*write, from, to).await?;
    storage::changes::insert_many(&*write, at, by, HANDED_OVER, &went).await?;
    let requests = u64::try_from(went.len()).unwrap_or(u64::MAX);
    let detail = serde_json::json!({
        "from": from, "to": to, "requests": requests, "drafts": drafts,
    });
    let detail = Some(detail.to_string());
    let action = "requests.handed_over";
    storage::audit::insert(&*write, at, by, action, None, detail.as_deref()).await?;
    write.commit().await?;
    Ok(HandedOver {
        requests,
        drafts,
        with_them,
        at,
    })
}

/// The codes of the requests that an account handed over at an instant.
pub async fn handed_over(
    context: &Context,
    actor: &Actor,
    at: DateTime<Utc>,
) -> Result<Vec<String>, ServiceError> {
    require_desk(actor)?;
    let by = actor.account_id;
    Ok(storage::changes::of_act(context.db.read(), by, at, HANDED_OVER).await?)
}
