//! What ends by itself: proposals that nobody answered in time, and those that a
//! closed request or a worker who is away overtook. Who was asked is told that the
//! request is over.

use super::letters::{self, Letterbox};
use crate::domain::ids::RequestCode;
use crate::domain::mail::MailKind;
use crate::domain::proposal::{Over, PhoneFor};
use crate::domain::request::RequestStatus;
use crate::services::{Context, ServiceError};
use crate::storage::asked::Asked;
use crate::storage::mailings::Person;
use crate::storage::rows::CHUNK;
use crate::storage::{self, StorageError, Write};

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cleared {
    pub expired: u64,
    pub cancelled: u64,
}

/// Ends what is over.
pub async fn run(context: &Context) -> Result<Cleared, ServiceError> {
    let limit = CHUNK as u64;
    let mut cleared = Cleared::default();
    loop {
        let write = context.db.write().await?;
        let expired = storage::proposals::expire(&*write, context.today(), limit).await?;
        write.commit().await?;
        cleared.expired += expired;
        if expired < limit {
            break;
        }
    }
    let mut last = 0;
    loop {
        let batch = storage::asked::overtaken(context.db.read(), last, limit).await?;
        let Some(end) = batch.last() else {
            return Ok(cleared);
        };
        last = end.proposal.id;
        let write = context.db.write().await?;
        cleared.cancelled += cancel(context, &write, &batch).await?;
        write.commit().await?;
    }
}

/// Ends what is still open of a request that somebody else was hired for, in the
/// transaction in which that is written down: who was asked is told by a mail that is
/// queued here, or else by telephone.
pub(in crate::services) async fn filled(
    context: &Context,
    write: &Write,
    request_id: i64,
    hired: i64,
) -> Result<u64, ServiceError> {
    let limit = CHUNK as u64;
    let open = storage::asked::unfinished_of(&**write, request_id, hired, limit).await?;
    if open.is_empty() {
        return Ok(0);
    }
    cancel(context, write, &open).await
}

/// Ends everything that is still open with a worker who may not be proposed any more, in the
/// transaction in which that is written down; a mail that waits does not go. How many ended.
pub(in crate::services) async fn worker_away(
    context: &Context,
    write: &Write,
    worker_id: i64,
) -> Result<u64, StorageError> {
    let (limit, today, now) = (CHUNK as u64, context.today(), context.now());
    let person = Person::Worker(worker_id);
    storage::outbox::cancel_proposals(&**write, worker_id, now).await?;
    let mut stopped = 0;
    loop {
        let open = storage::asked::unfinished_with(&**write, person, limit).await?;
        let mut ended = 0;
        for one in &open {
            let Some(mut proposal) = storage::proposals::hold(&**write, one.proposal.id).await?
            else {
                continue;
            };
            // One whose days are over is as good as ended.
            if proposal.value.cancel(Over::WorkerAway, today).is_err() {
                continue;
            }
            storage::proposals::update(&**write, &proposal).await?;
            let object = Some(one.worker.as_str());
            let (action, why) = ("proposal.cancelled", Some(Over::WorkerAway.code()));
            storage::audit::insert(&**write, now, None, action, object, why).await?;
            ended += 1;
        }
        stopped += ended;
        if ended == 0 || (open.len() as u64) < limit {
            return Ok(stopped);
        }
    }
}

/// Ends everything that is still open with somebody whose data may not be used any more, in
/// the transaction in which that is written down. Workers who were asked for a family learn
/// that it is over: by mail where `by_mail`, else the desk phones. How many ended.
pub(in crate::services) async fn stopped(
    context: &Context,
    write: &Write,
    person: Person,
    by_mail: bool,
) -> Result<u64, ServiceError> {
    if let Person::Worker(id) = person {
        return Ok(worker_away(context, write, id).await?);
    }
    let (limit, today, over) = (CHUNK as u64, context.today(), Over::RequestOver);
    let mut stopped = 0;
    loop {
        let open = storage::asked::unfinished_with(&**write, person, limit).await?;
        let asked: Vec<Person> = (open.iter().map(|one| Person::Worker(one.worker_id))).collect();
        let letterbox = Letterbox::open(&**write, &asked).await?;
        let mut ended = 0;
        for one in &open {
            let Some(mut proposal) = storage::proposals::hold(&**write, one.proposal.id).await?
            else {
                continue;
            };
            // One whose days are over is as good as ended.
            if proposal.value.cancel(over, today).is_err() {
                continue;
            }
            if by_mail && letterbox.takes_mail(Person::Worker(one.worker_id)) {
                letters::queue(context, write, MailKind::ProposalOver, one.proposal.id).await?;
            } else {
                proposal.value.phone_for = Some(PhoneFor::Over);
            }
            storage::proposals::update(&**write, &proposal).await?;
            let object = Some(one.worker.as_str());
            let (now, why) = (context.now(), Some(over.code()));
            storage::audit::insert(&**write, now, None, "proposal.cancelled", object, why).await?;
            ended += 1;
        }
        stopped += ended;
        if ended == 0 || (open.len() as u64) < limit {
            return Ok(stopped);
        }
    }
}

/// Ends what still is as it was when it was looked for.
async fn cancel(context: &Context, write: &Write, batch: &[Asked]) -> Result<u64, ServiceError> {
    let today = context.today();
    let mut codes: Vec<RequestCode> = batch.iter().map(|one| one.request.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    let requests = storage::requests::find_many(&**write, &codes).await?;
    let is_over = |code: &RequestCode| {
        let mut found = requests.iter().map(|request| &request.value);
        let found = found.find(|request| request.code.as_ref() == Some(code));
        found.is_some_and(|request| {
            !matches!(request.status, RequestStatus::Open | RequestStatus::Paused)
        })
    };
    let people: Vec<Person> = batch
        .iter()
        .map(|one| Person::Worker(one.worker_id))
        .collect();
    let letterbox = Letterbox::open(&**write, &people).await?;
    let mut cancelled = 0;
    for one in batch {
        let Some(mut proposal) = storage::proposals::hold(&**write, one.proposal.id).await? else {
            continue;
        };
        let over = if is_over(&one.request) {
            Over::RequestOver
        } else {
            Over::WorkerAway
        };
        let unchanged = proposal.version == one.proposal.version;
        if !unchanged || proposal.value.cancel(over, today).is_err() {
            continue;
        }
        let by_mail = letterbox.takes_mail(Person::Worker(one.worker_id));
        match over {
            Over::RequestOver if by_mail => {
                letters::queue(context, write, MailKind::ProposalOver, one.proposal.id).await?;
            }
            Over::RequestOver => proposal.value.phone_for = Some(PhoneFor::Over),
            Over::WorkerAway | Over::Undone => {}
        }
        storage::proposals::update(&**write, &proposal).await?;
        let object = Some(one.worker.as_str());
        let (now, why) = (context.now(), Some(over.code()));
        storage::audit::insert(&**write, now, None, "proposal.cancelled", object, why).await?;
        cancelled += 1;
    }
    Ok(cancelled)
}
