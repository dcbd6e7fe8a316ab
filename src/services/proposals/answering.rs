//! What workers say, typed by the operator, and what follows from it; taking a
//! proposal back; the calls that were made.

use chrono::NaiveDate;

use super::{find_request, find_worker, refused};
use crate::domain::account::Actor;
use crate::domain::diffusion::Ground;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::domain::invalid::Why;
use crate::domain::proposal::{Over, Proposal, ProposalError, ProposalState, Via, Word};
use crate::domain::request::CareRequest;
use crate::domain::setting::Setting;
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
    let said = Said { word, via, day };
    record(context, &write, actor, latest.id, said, false).await?;
    Ok(write.commit().await?)
}

/// A word as an operator types it.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub word: Word,
    pub via: Via,
    pub day: NaiveDate,
}

/// The same of one proposal. What was written down wrong is corrected, as long as no
/// sheet stands on it; both words stay on record.
pub async fn answer_one(
    context: &Context,
    actor: &Actor,
    id: i64,
    said: Said,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    record(context, &write, actor, id, said, true).await?;
    Ok(write.commit().await?)
}

/// One proposal, once nobody else issues for its request or answers it.
pub(super) async fn held(write: &Write, id: i64) -> Result<Asked, ServiceError> {
    let asked = get(&**write, id).await?;
    storage::requests::lock(&**write, asked.request_id).await?;
    storage::proposals::hold(&**write, id).await?;
    get(&**write, id).await
}

async fn record(
    context: &Context,
    write: &Write,
    actor: &Actor,
    id: i64,
    Said { word, via, day }: Said,
    corrects: bool,
) -> Result<(), ServiceError> {
    let today = context.today();
    let asked = held(write, id).await?;
    if asked.proposal.value.state == ProposalState::Expired {
        // Whoever was asked again since answers that.
        let latest = storage::proposals::latest(&**write, asked.request_id, asked.worker_id);
        let is_latest = latest.await?.is_some_and(|latest| latest.id == id);
        let comes_too_late = word == Word::Yes && asked.overtaken.is_some();
        if !is_latest || comes_too_late {
            return Err(refused(ProposalError::NotWaiting, &asked.worker_name));
        }
    }
    let mut proposal = asked.proposal.clone();
    let correction = corrects && proposal.value.answered_on.is_some();
    let said = match word {
        _ if correction => {
            still_free(context, write, &asked).await?;
            proposal.value.correct(word, via, day, today)
        }
        Word::Yes => proposal.value.accept(via, day, today),
        Word::No(reason) => proposal.value.decline(via, day, today, reason),
    };
    said.map_err(|error| refused(error, &asked.worker_name))?;
    if word == Word::Yes {
        // The operator reads out the terms as they stand now.
        let request = find_request(&**write, &asked.request).await?;
        proposal.value.told = Some(proposal.value.offer(&request.value).line());
    }
    storage::proposals::update(&**write, &proposal).await?;
    feed(context, &**write, Some(actor), &asked, word).await?;
    let (now, by) = (context.now(), Some(actor.account_id));
    storage::proposal_words::insert(&**write, id, &proposal.value, now, by).await?;
    let action = match word {
        _ if correction => "proposal.corrected",
        Word::Yes => "proposal.accepted",
        Word::No(_) => "proposal.declined",
    };
    let object = Some(asked.worker.as_str());
    Ok(storage::audit::insert(&**write, now, by, action, object, None).await?)
}

/// Passes a word on which no sheet stands that was right.
async fn still_free(context: &Context, write: &Write, asked: &Asked) -> Result<(), ServiceError> {
    let bound =
        storage::introductions::workers_bound_by(&**write, asked.request_id, context.today());
    if bound.await?.contains(&asked.worker_id) {
        let why = Why::new("refused-sheet-stands").with("worker", &asked.worker_name);
        Err(ServiceError::Refused(why))
    } else {
        Ok(())
    }
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
    request: &Stored<CareRequest>,
    worker: &Stored<Worker>,
    day: NaiveDate,
    skipped: Option<&'static str>,
) -> Result<(), ServiceError> {
    let today = context.today();
    let name = worker.value.full_name();
    let latest = storage::proposals::latest(&**write, request.id, worker.id).await?;
    let part = latest.as_ref().and_then(|latest| latest.value.part);
    let waiting = latest.filter(|latest| latest.value.state_on(today) == ProposalState::Proposed);
    let id = if let Some(mut waiting) = waiting {
        waiting
            .value
            .accept(Via::Phone, day, today)
            .map_err(|error| refused(error, &name))?;
        waiting.value.told = Some(waiting.value.offer(&request.value).line());
        storage::proposals::update(&**write, &waiting).await?;
        waiting.id
    } else {
        let asked_on = day.min(today);
        let numbers = storage::policy::numbers(&**write).await?;
        let days = numbers.days(Setting::Proposals, asked_on);
        let proposal = Proposal::new(asked_on, skipped).waiting(days);
        let mut proposal = proposal.for_part(part);
        proposal.told = Some(proposal.offer(&request.value).line());
        proposal
            .accept(Via::Phone, day, today)
            .map_err(|error| refused(error, &name))?;
        storage::proposals::insert(&**write, request.id, worker.id, actor.account_id, &proposal)
            .await?
    };
    let asked = get(&**write, id).await?;
    let (now, by, said) = (context.now(), Some(actor.account_id), &asked.proposal.value);
    storage::proposal_words::insert(&**write, id, said, now, by).await?;
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
