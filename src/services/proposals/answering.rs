//! What workers say, typed by the operator, and what follows from it; taking a
//! proposal back; the calls that were made.

use chrono::NaiveDate;

use super::{find_request, find_worker, refused};
use crate::domain::account::Actor;
use crate::domain::diffusion::Ground;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::domain::invalid::Why;
use crate::domain::proposal::{Over, Proposal, ProposalState, Via, Word};
use crate::domain::worker::Worker;
use crate::services::error::require_desk;
use crate::services::{Context, ServiceError};
use crate::storage::asked::Asked;
use crate::storage::diffusion::{Named, NewLimit};
use crate::storage::{self, Connection, Stored, Write};

/// Writes down what a worker said on `day`.
pub async fn answer(
    context: &Context,
    actor: &Actor,
    request: &RequestCode,
    worker: &WorkerCode,
    word: Word,
    via: Via,
    day: NaiveDate,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let request = find_request(&*write, request).await?;
    let worker = find_worker(&*write, worker).await?;
    let latest = storage::proposals::latest(&*write, request.id, worker.id).await?;
    let latest = latest.ok_or_else(|| {
        let name = worker.value.full_name();
        ServiceError::Refused(Why::new("refused-not-proposed").with("worker", name))
    })?;
    record(context, &write, actor, latest.id, word, via, day).await?;
    Ok(write.commit().await?)
}

/// The same of one proposal; what was said already is corrected while it can be.
pub async fn answer_one(
    context: &Context,
    actor: &Actor,
    id: i64,
    word: Word,
    via: Via,
    day: NaiveDate,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    record(context, &write, actor, id, word, via, day).await?;
    Ok(write.commit().await?)
}

async fn record(
    context: &Context,
    write: &Write,
    actor: &Actor,
    id: i64,
    word: Word,
    via: Via,
    day: NaiveDate,
) -> Result<(), ServiceError> {
    let today = context.today();
    storage::proposals::hold(&**write, id).await?;
    let asked = get(&**write, id).await?;
    let mut proposal = asked.proposal.clone();
    let said = match word {
        Word::Yes => proposal.value.accept(via, day, today),
        Word::No(reason) => proposal.value.decline(via, day, today, reason),
    };
    said.map_err(|error| refused(error, &asked.worker_name))?;
    storage::proposals::update(&**write, &proposal).await?;
    feed(context, &**write, Some(actor), &asked, word).await?;
    let action = match word {
        Word::Yes => "proposal.accepted",
        Word::No(_) => "proposal.declined",
    };
    let (now, by) = (context.now(), Some(actor.account_id));
    let object = Some(asked.worker.as_str());
    Ok(storage::audit::insert(&**write, now, by, action, object, None).await?)
}

pub(super) async fn get(db: &impl Connection, id: i64) -> Result<Asked, ServiceError> {
    storage::asked::find(db, id)
        .await?
        .ok_or_else(|| ServiceError::not_found("proposal", &id))
}

/// What a word brings about: after a no the worker is not proposed to this family
/// again, until they say yes to it or the desk lifts it.
pub(super) async fn feed(
    context: &Context,
    db: &impl Connection,
    actor: Option<&Actor>,
    asked: &Asked,
    word: Word,
) -> Result<(), ServiceError> {
    match word {
        Word::Yes => {
            storage::diffusion::lift_declined(db, asked.worker_id, asked.family_id).await?;
        }
        Word::No(_) => {
            let limit = NewLimit {
                worker_id: asked.worker_id,
                named: Named::Family(asked.family_id),
                ground: Ground::Declined,
                since: context.today(),
                account_id: actor.map(|actor| actor.account_id),
                proposal_id: Some(asked.proposal.id),
            };
            storage::diffusion::insert(db, &limit).await?;
        }
    }
    Ok(())
}

/// What a no that was loaded brings about.
pub(in crate::services) async fn declined(
    context: &Context,
    write: &Write,
    id: i64,
    reason: &'static str,
) -> Result<(), ServiceError> {
    let asked = get(&**write, id).await?;
    feed(context, &**write, None, &asked, Word::No(reason)).await
}

/// The operator asked by telephone and the worker said yes on `day`: proposal
/// and acceptance at once, in the transaction that issues the sheet.
pub(in crate::services) async fn asked_by_phone(
    context: &Context,
    write: &Write,
    actor: &Actor,
    request_id: i64,
    worker: &Stored<Worker>,
    day: NaiveDate,
    skipped: Option<&'static str>,
) -> Result<(), ServiceError> {
    let today = context.today();
    let name = worker.value.full_name();
    let latest = storage::proposals::latest(&**write, request_id, worker.id).await?;
    let waiting = latest.filter(|latest| latest.value.state_on(today) == ProposalState::Proposed);
    let id = if let Some(mut waiting) = waiting {
        waiting
            .value
            .accept(Via::Phone, day, today)
            .map_err(|error| refused(error, &name))?;
        storage::proposals::update(&**write, &waiting).await?;
        waiting.id
    } else {
        let mut proposal = Proposal::new(day.min(today), skipped);
        proposal
            .accept(Via::Phone, day, today)
            .map_err(|error| refused(error, &name))?;
        storage::proposals::insert(&**write, request_id, worker.id, actor.account_id, &proposal)
            .await?
    };
    let asked = get(&**write, id).await?;
    feed(context, &**write, Some(actor), &asked, Word::Yes).await
}

/// Takes a proposal back that nobody answered.
pub async fn undo(context: &Context, actor: &Actor, id: i64) -> Result<(), ServiceError> {
    let today = context.today();
    change(context, actor, id, "proposal.undone", |proposal| {
        proposal.cancel(Over::Undone, today).is_ok()
    })
    .await
}

/// The worker was phoned.
pub async fn phoned(context: &Context, actor: &Actor, id: i64) -> Result<(), ServiceError> {
    change(context, actor, id, "proposal.phoned", |proposal| {
        proposal.phone_for.take().is_some()
    })
    .await
}

/// Somebody looked at the worker's data after a no.
pub async fn reviewed(context: &Context, actor: &Actor, id: i64) -> Result<(), ServiceError> {
    let today = context.today();
    change(context, actor, id, "proposal.reviewed", |proposal| {
        let is_new = proposal.is_to_review();
        proposal.reviewed_on = Some(today);
        is_new
    })
    .await
}

/// Changes one proposal; refused where `change` finds nothing to do.
async fn change(
    context: &Context,
    actor: &Actor,
    id: i64,
    action: &str,
    change: impl FnOnce(&mut Proposal) -> bool,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    storage::proposals::hold(&*write, id).await?;
    let asked = get(&*write, id).await?;
    let mut proposal = asked.proposal.clone();
    if !change(&mut proposal.value) {
        let why = Why::new("refused-proposal-over");
        return Err(ServiceError::Refused(why));
    }
    storage::proposals::update(&*write, &proposal).await?;
    let (now, by) = (context.now(), Some(actor.account_id));
    let object = Some(asked.worker.as_str());
    storage::audit::insert(&*write, now, by, action, object, None).await?;
    Ok(write.commit().await?)
}
