//! A job begins or ends, and by an operator's one click the pool follows: the
//! worker's hours or state, the request, and who else was asked for it. Every
//! change can be taken back; what was changed by hand since stays.

use super::findings::{self, Pair};
use crate::catalogue::{Language, Words};
use crate::domain::account::Actor;
use crate::domain::ids::IntroductionCode;
use crate::domain::invalid::Why;
use crate::domain::job::{self, Begin, Done, End, JobEvent};
use crate::domain::outcome::{Introduced, Outcome, Period, Standing};
use crate::domain::proposal::{Over, PhoneFor};
use crate::domain::request::{CareRequest, RequestStatus};
use crate::domain::week::WeekGrid;
use crate::domain::worker::{Worker, WorkerStatus};
use crate::services::error::require_desk;
use crate::services::proposals::clearing;
use crate::services::registering::save::{changed, note};
use crate::services::tables::{Requests, Workers};
use crate::services::{Context, ServiceError};
use crate::storage::changes::Change;
use crate::storage::invitations::Candidate;
use crate::storage::job_changes::JobChange;
use crate::storage::mailings::Person;
use crate::storage::{self, Connection, Stored, Write};

/// Somebody else who was asked for the request, and is told.
pub struct Other {
    /// Of the proposal.
    pub id: i64,
    pub worker: String,
    pub name: String,
    pub phone: String,
    /// Nobody told them yet: there is no mail for them.
    pub to_be_phoned: bool,
    /// What may be sent to them, in their language.
    pub text: String,
}

/// A job as its page shows it.
pub struct Job {
    pub pair: Pair,
    pub worker: String,
    pub request: String,
    pub worker_status: WorkerStatus,
    pub request_status: RequestStatus,
    pub outcome: Outcome,
    /// The hours that would come off the availability; none where the request names
    /// none or the worker has none of them.
    pub hours: WeekGrid,
    pub begun: Option<JobChange>,
    pub ended: Option<JobChange>,
    /// Empty while the request waits.
    pub others: Vec<Other>,
}

struct Loaded {
    one: Candidate,
    worker: Stored<Worker>,
    request: Stored<CareRequest>,
    changes: Vec<JobChange>,
}

impl Loaded {
    async fn of(db: &impl Connection, code: &IntroductionCode) -> Result<Self, ServiceError> {
        let missing = || ServiceError::not_found("introduction", code);
        let one = findings::find(db, code).await?;
        let worker = storage::workers::by_id(db, one.worker_id).await?;
        let request = storage::requests::by_id(db, one.request_id).await?;
        Ok(Self {
            changes: storage::job_changes::of_introduction(db, one.id).await?,
            worker: worker.ok_or_else(missing)?,
            request: request.ok_or_else(missing)?,
            one,
        })
    }

    fn change(&self, event: JobEvent) -> Option<&JobChange> {
        self.changes.iter().rfind(|one| one.done.event == event)
    }
}

/// A job with what can be done about it.
pub async fn get(
    context: &Context,
    actor: &Actor,
    code: &IntroductionCode,
) -> Result<Job, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let loaded = Loaded::of(db, code).await?;
    let pair = findings::pair(db, &loaded.one).await?;
    let mut told = storage::answers::told(db, &[loaded.one.id]).await?;
    let introduced = Introduced {
        issued_on: loaded.one.issued_on,
        told: told.remove(&loaded.one.id).unwrap_or_default(),
        invited: Vec::new(),
    };
    let period = Period {
        from: loaded.one.issued_on,
        to: loaded.one.issued_on,
        today: context.today(),
    };
    let outcome = Standing::of(&introduced, period).outcome;
    let (worker, request) = (&loaded.worker.value, &loaded.request.value);
    let waits = matches!(request.status, RequestStatus::Open | RequestStatus::Paused);
    let others = if waits {
        Vec::new()
    } else {
        others(db, &loaded.one).await?
    };
    let text = |code: Option<String>| code.unwrap_or_default();
    Ok(Job {
        pair,
        worker: text(worker.code.as_ref().map(ToString::to_string)),
        request: text(request.code.as_ref().map(ToString::to_string)),
        worker_status: worker.status,
        request_status: request.status,
        outcome,
        hours: worker.availability.and(&request.schedule),
        begun: loaded.change(JobEvent::Begun).cloned(),
        ended: loaded.change(JobEvent::Ended).cloned(),
        others,
    })
}

/// Those who had been asked too, and whom the end of the request reached.
async fn others(db: &impl Connection, one: &Candidate) -> Result<Vec<Other>, ServiceError> {
    let asked = storage::proposals::of_request(db, one.request_id).await?;
    let asked: Vec<_> = asked
        .into_iter()
        .filter(|line| line.worker_id != one.worker_id)
        .filter(|line| line.proposal.value.cancelled == Some(Over::RequestOver))
        .collect();
    let people: Vec<Person> = asked
        .iter()
        .map(|line| Person::Worker(line.worker_id))
        .collect();
    let contacts = storage::contacts::of(db, &people).await?;
    let other = |line: storage::proposals::ProposalLine| {
        let contact = contacts.get(&Person::Worker(line.worker_id));
        let language = contact.map(|one| Language::written_to(one.language));
        let words = Words::new(language.unwrap_or_default());
        Other {
            id: line.proposal.id,
            to_be_phoned: line.proposal.value.phone_for == Some(PhoneFor::Over),
            worker: line.worker,
            name: line.worker_name,
            phone: contact
                .and_then(|one| one.phone.clone())
                .unwrap_or_default(),
            text: words.get("survey-taken").into_owned(),
        }
    };
    Ok(asked.into_iter().map(other).collect())
}

/// The job began.
pub async fn begin(
    context: &Context,
    actor: &Actor,
    code: &IntroductionCode,
    how: Begin,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let loaded = Loaded::of(&*write, code).await?;
    let stands = loaded.change(JobEvent::Begun).map(|one| one.id);
    if stands > loaded.change(JobEvent::Ended).map(|one| one.id) {
        return Err(ServiceError::Refused(Why::new("refused-job-begun")));
    }
    change(context, actor, write, loaded, |worker, request, _| {
        job::begin(worker, request, how)
    })
    .await
}

/// The job ended. `reopen`: the family searches anew.
pub async fn end(
    context: &Context,
    actor: &Actor,
    code: &IntroductionCode,
    (how, reopen): (End, bool),
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let loaded = Loaded::of(&*write, code).await?;
    let ended = loaded.change(JobEvent::Ended).map(|one| one.id);
    if ended > loaded.change(JobEvent::Begun).map(|one| one.id) {
        return Err(ServiceError::Refused(Why::new("refused-job-ended")));
    }
    change(context, actor, write, loaded, |worker, request, begun| {
        job::end(worker, request, begun, how, reopen)
    })
    .await
}

async fn change(
    context: &Context,
    actor: &Actor,
    write: Write,
    loaded: Loaded,
    decide: impl FnOnce(&mut Worker, &mut CareRequest, Option<&Done>) -> Done + Send,
) -> Result<(), ServiceError> {
    let (mut worker, mut request) = (loaded.worker.clone(), loaded.request.clone());
    let begun = loaded.change(JobEvent::Begun).map(|one| &one.done);
    let done = decide(&mut worker.value, &mut request.value, begun);
    let by = (actor.account_id, context.now());
    storage::job_changes::insert(&*write, loaded.one.id, &done, by).await?;
    let action = match done.event {
        JobEvent::Begun => "job.begun",
        JobEvent::Ended => "job.ended",
    };
    put(context, actor, &write, &loaded, (&worker, &request)).await?;
    if done.event == JobEvent::Begun && request.value.status == RequestStatus::Filled {
        let (request_id, hired) = (loaded.one.request_id, loaded.one.worker_id);
        clearing::filled(context, &write, request_id, hired).await?;
    }
    tell(context, actor, &write, &loaded.one, action).await?;
    Ok(write.commit().await?)
}

/// Takes back a change, the latest first.
pub async fn undo(
    context: &Context,
    actor: &Actor,
    code: &IntroductionCode,
    id: i64,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let loaded = Loaded::of(&*write, code).await?;
    let latest = loaded.changes.last().filter(|one| one.id == id);
    let Some(latest) = latest else {
        return Err(ServiceError::Refused(Why::new("refused-job-undone")));
    };
    if !storage::job_changes::undo(&*write, id, context.now()).await? {
        return Err(ServiceError::Refused(Why::new("refused-job-undone")));
    }
    let (mut worker, mut request) = (loaded.worker.clone(), loaded.request.clone());
    job::undo(&mut worker.value, &mut request.value, &latest.done);
    put(context, actor, &write, &loaded, (&worker, &request)).await?;
    tell(context, actor, &write, &loaded.one, "job.undone").await?;
    Ok(write.commit().await?)
}

/// Writes what changed of the two records, each with its line of history.
async fn put(
    context: &Context,
    actor: &Actor,
    write: &Write,
    before: &Loaded,
    (worker, request): (&Stored<Worker>, &Stored<CareRequest>),
) -> Result<(), ServiceError> {
    let record = |code: Option<String>| code.unwrap_or_default();
    if worker.value != before.worker.value {
        storage::workers::update(&**write, worker).await?;
        let was = &before.worker.value;
        let change = Change {
            kind: "worker",
            record: &record(worker.value.code.as_ref().map(ToString::to_string)),
            version: worker.version + 1,
            action: if was.status == worker.value.status {
                "changed"
            } else {
                worker.value.status.code()
            },
            fields: changed::<Workers>(was, &worker.value),
        };
        note(write, context, Some(actor), &change).await?;
    }
    if request.value != before.request.value {
        storage::requests::update(&**write, request).await?;
        let change = Change {
            kind: "request",
            record: &record(request.value.code.as_ref().map(ToString::to_string)),
            version: request.version + 1,
            action: request.value.status.code(),
            fields: changed::<Requests>(&before.request.value, &request.value),
        };
        note(write, context, Some(actor), &change).await?;
    }
    Ok(())
}

async fn tell(
    context: &Context,
    actor: &Actor,
    write: &Write,
    one: &Candidate,
    action: &str,
) -> Result<(), ServiceError> {
    let (now, by) = (context.now(), Some(actor.account_id));
    let object = Some(one.code.as_str());
    storage::audit::insert(&**write, now, by, action, object, None).await?;
    Ok(())
}
