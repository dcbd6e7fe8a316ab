//! What the begin and the end of a job change: the worker's hours and state, and
//! the state of the request. Each change can be taken back. Who said that a job
//! began is `outcome`'s; nothing here looks at it.

use super::answer::coded;
use super::invalid::{Why, one_of};
use super::request::{CareRequest, RequestStatus};
use super::week::WeekGrid;
use super::worker::{Worker, WorkerStatus};

coded! {
    /// Which of the two happened.
    JobEvent {
        Begun = "begun",
        Ended = "ended",
    }

    /// What the begin of a job makes of the worker.
    Begin {
        /// The job's hours come off the availability; the worker goes on looking.
        Hours = "hours",
        /// The worker looks for nothing more.
        Placed = "placed",
        /// The worker stays as they are.
        Left = "left",
    }

    /// What the end of a job makes of the worker.
    End {
        /// Available again, with the hours that the job had taken.
        Back = "back",
        /// The worker stays as they are.
        Left = "left",
    }
}

/// What a change did, so that it can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub event: JobEvent,
    /// The hours that came off the availability, or came back to it.
    pub hours: WeekGrid,
    /// The worker's state before, where it changed.
    pub worker_was: Option<WorkerStatus>,
    /// The request's state before, where it changed.
    pub request_was: Option<RequestStatus>,
}

const FILLED: &str = "filled";

fn put(worker: &mut Worker, status: WorkerStatus) {
    worker.status = status;
    worker.paused_until = None;
    worker.pause_reason = None;
}

fn put_request(request: &mut CareRequest, status: RequestStatus) {
    request.status = status;
    request.paused_until = None;
    request.pause_reason = None;
    request.close_reason =
        crate::domain::reason::find(crate::domain::reason::ReasonList::Close, FILLED)
            .filter(|_| status == RequestStatus::Filled)
            .map(super::reason::Reason::code);
}

/// A job begins. The request is filled, wherever it was open or paused; somebody
/// who withdrew stays withdrawn.
pub fn begin(worker: &mut Worker, request: &mut CareRequest, how: Begin) -> Done {
    let hours = match how {
        Begin::Hours => worker.availability.and(&request.schedule),
        Begin::Placed | Begin::Left => WeekGrid::EMPTY,
    };
    worker.availability = worker.availability.minus(&hours);
    let looks = matches!(worker.status, WorkerStatus::Active | WorkerStatus::Paused);
    let worker_was = (how == Begin::Placed && looks).then_some(worker.status);
    if worker_was.is_some() {
        put(worker, WorkerStatus::Placed);
    }
    let open = matches!(request.status, RequestStatus::Open | RequestStatus::Paused);
    let request_was = open.then_some(request.status);
    if open {
        put_request(request, RequestStatus::Filled);
    }
    Done {
        event: JobEvent::Begun,
        hours,
        worker_was,
        request_was,
    }
}

/// A job ends. `begun`: what its begin did, where that is known; `reopen`: the
/// family searches anew.
pub fn end(
    worker: &mut Worker,
    request: &mut CareRequest,
    begun: Option<&Done>,
    how: End,
    reopen: bool,
) -> Done {
    let taken = begun.map_or(WeekGrid::EMPTY, |begun| begun.hours);
    let hours = match how {
        End::Back => taken.minus(&worker.availability),
        End::Left => WeekGrid::EMPTY,
    };
    worker.availability = worker.availability.or(&hours);
    let placed = how == End::Back && worker.status == WorkerStatus::Placed;
    let worker_was = placed.then_some(worker.status);
    if placed {
        put(worker, WorkerStatus::Active);
    }
    let filled = reopen && request.status == RequestStatus::Filled;
    let request_was = filled.then_some(request.status);
    if filled {
        put_request(request, RequestStatus::Open);
    }
    Done {
        event: JobEvent::Ended,
        hours,
        worker_was,
        request_was,
    }
}

/// Takes a change back. What was changed by hand since stays: hours go and come
/// as hours, and a state goes back only from the one that the change had made.
pub fn undo(worker: &mut Worker, request: &mut CareRequest, done: &Done) {
    let (made, filled) = match done.event {
        JobEvent::Begun => {
            worker.availability = worker.availability.or(&done.hours);
            (WorkerStatus::Placed, RequestStatus::Filled)
        }
        JobEvent::Ended => {
            worker.availability = worker.availability.minus(&done.hours);
            (WorkerStatus::Active, RequestStatus::Open)
        }
    };
    // A pause that was broken off has no end any more: it stands on the home until
    // somebody gives it one.
    if let Some(was) = done.worker_was.filter(|_| worker.status == made) {
        put(worker, was);
    }
    if let Some(was) = done.request_was.filter(|_| request.status == filled) {
        put_request(request, was);
    }
}
