//! Asking workers for a request, and writing down what they said.

use chrono::NaiveDate;

use super::error::require_desk;
use super::merging::missing;
use super::safeguarding::check_family;
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::domain::invalid::Why;
use crate::domain::proposal::{Proposal, ProposalError, ProposalState, Via};
use crate::domain::request::CareRequest;
use crate::domain::sheet::{self, Obstacle};
use crate::domain::worker::Worker;
use crate::storage::merges::People;
use crate::storage::{self, Connection, Stored};

/// What a worker said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Yes,
    /// With its coded reason.
    No(&'static str),
}

/// Asks workers. `skipped`: why a better band was passed over.
pub async fn add(
    context: &Context,
    actor: &Actor,
    request: &RequestCode,
    workers: &[WorkerCode],
    skipped: Option<&'static str>,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let today = context.today();
    let write = context.db.write().await?;
    let request = open_request(&*write, request).await?;
    check_family(&*write, request.value.family.as_str()).await?;
    let codes = workers.iter().map(WorkerCode::as_str);
    let held = storage::blocks::held_among(&*write, People::Workers, codes).await?;
    for code in workers {
        let worker = find_worker(&*write, code).await?;
        let held = held.contains(code.as_str()).then_some(Obstacle::HeldBack);
        if let Some(obstacle) = sheet::obstacle_of(&worker.value, today).or(held) {
            return Err(ServiceError::Refused(
                Why::new(obstacle.key()).with("worker", worker.value.full_name()),
            ));
        }
        let latest = storage::proposals::latest(&*write, request.id, worker.id).await?;
        if latest.is_some_and(|latest| latest.value.state_on(today) == ProposalState::Proposed) {
            return Err(ServiceError::Refused(
                Why::new("refused-already-proposed").with("worker", worker.value.full_name()),
            ));
        }
        storage::proposals::insert(
            &*write,
            request.id,
            worker.id,
            actor.account_id,
            &Proposal::new(today, skipped),
        )
        .await?;
        storage::audit::insert(
            &*write,
            context.now(),
            Some(actor.account_id),
            "proposal.added",
            Some(code.as_str()),
            skipped,
        )
        .await?;
    }
    Ok(write.commit().await?)
}

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
    let today = context.today();
    let write = context.db.write().await?;
    let request = find_request(&*write, request).await?;
    let worker = find_worker(&*write, worker).await?;
    let name = worker.value.full_name();
    let latest = storage::proposals::latest(&*write, request.id, worker.id).await?;
    let mut proposal = latest.ok_or_else(|| {
        ServiceError::Refused(Why::new("refused-not-proposed").with("worker", &name))
    })?;
    let action = match word {
        Word::Yes => {
            proposal
                .value
                .accept(via, day, today)
                .map_err(|error| refused(error, &name))?;
            "proposal.accepted"
        }
        Word::No(reason) => {
            proposal
                .value
                .decline(via, day, today, reason)
                .map_err(|error| refused(error, &name))?;
            "proposal.declined"
        }
    };
    storage::proposals::update(&*write, &proposal).await?;
    let code = worker.value.code.as_ref().map(WorkerCode::as_str);
    storage::audit::insert(
        &*write,
        context.now(),
        Some(actor.account_id),
        action,
        code,
        None,
    )
    .await?;
    Ok(write.commit().await?)
}

/// The operator asked by telephone and the worker said yes on `day`: proposal
/// and acceptance at once, in the transaction that issues the sheet.
pub(super) async fn asked_by_phone(
    context: &Context,
    write: &storage::Write,
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
    if let Some(mut waiting) = waiting {
        waiting
            .value
            .accept(Via::Phone, day, today)
            .map_err(|error| refused(error, &name))?;
        storage::proposals::update(&**write, &waiting).await?;
    } else {
        let mut proposal = Proposal::new(day.min(today), skipped);
        proposal
            .accept(Via::Phone, day, today)
            .map_err(|error| refused(error, &name))?;
        storage::proposals::insert(&**write, request_id, worker.id, actor.account_id, &proposal)
            .await?;
    }
    Ok(())
}

fn refused(error: ProposalError, worker: &str) -> ServiceError {
    let key = match error {
        ProposalError::NotWaiting => "refused-not-waiting",
        ProposalError::BeforeProposed => "refused-before-proposed",
        ProposalError::InTheFuture => "refused-in-the-future",
    };
    ServiceError::Refused(Why::new(key).with("worker", worker))
}

pub(super) async fn find_worker(
    db: &impl Connection,
    code: &WorkerCode,
) -> Result<Stored<Worker>, ServiceError> {
    match storage::workers::find(db, code).await? {
        Some(worker) => Ok(worker),
        None => Err(missing(db, "worker", code.as_str()).await?),
    }
}

pub(super) async fn find_request(
    db: &impl Connection,
    code: &RequestCode,
) -> Result<Stored<CareRequest>, ServiceError> {
    storage::requests::find(db, code)
        .await?
        .ok_or_else(|| ServiceError::not_found("request", code))
}

/// The request, if it is open.
pub(super) async fn open_request(
    db: &impl Connection,
    code: &RequestCode,
) -> Result<Stored<CareRequest>, ServiceError> {
    let request = find_request(db, code).await?;
    if request.value.is_open() {
        Ok(request)
    } else {
        Err(ServiceError::Refused(
            Why::new("refused-request-not-open").with("request", code),
        ))
    }
}
