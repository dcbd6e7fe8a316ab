//! What waits today: of what one is in charge of, of one's desk, or of all.

use super::error::require_desk;
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::job::JobEvent;
use crate::domain::worker::FRESH_DAYS;
use crate::storage::blocks::{self, BlockLine};
use crate::storage::merges::People;
use crate::storage::job_changes::{self, JobLine};
use crate::storage::requests::RequestLine;
use crate::storage::waiting::{self, ProposalLine, RequestWait, Whose, WorkerLine, WorkerWait};

/// A request open this long without a sheet has stalled.
const STALLED_DAYS: i64 = 14;
/// A title of stay that ends within these days is looked at.
const PERMIT_DAYS: i64 = 60;
/// What was said of a job this long ago is not looked at any more.
const JOB_DAYS: i64 = 120;

/// Whose work is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Mine,
    Desk,
    All,
}

impl Scope {
    /// All, from the narrowest.
    pub const ALL: [Self; 3] = [Self::Mine, Self::Desk, Self::All];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Desk => "desk",
            Self::All => "all",
        }
    }
}

/// See the module's words.
#[derive(Debug, Clone, Default)]
pub struct Waiting {
    pub urgent: Vec<RequestLine>,
    pub stalled: Vec<RequestLine>,
    pub sex_to_confirm: Vec<RequestLine>,
    pub proposals: Vec<ProposalLine>,
    pub permits: Vec<WorkerLine>,
    pub unconfirmed: Vec<WorkerLine>,
    pub paused_requests: Vec<RequestLine>,
    pub paused_workers: Vec<WorkerLine>,
    /// Blocks of workers, then of families, that wait for a word or a look.
    pub blocks: [Vec<BlockLine>; 2],
    /// Said to have begun, or to have ended.
    pub jobs_begun: Vec<JobLine>,
    pub jobs_ended: Vec<JobLine>,
}

/// Looks what waits.
pub async fn look(context: &Context, actor: &Actor, scope: Scope) -> Result<Waiting, ServiceError> {
    require_desk(actor)?;
    let desk = actor.desk().ok_or(ServiceError::Forbidden)?.clone();
    let whose = match scope {
        Scope::Mine => Whose::Mine(actor.account_id, desk),
        Scope::Desk => Whose::Desk(desk),
        Scope::All => Whose::Everybody,
    };
    let (db, today) = (context.db.read(), context.today());
    let requests = |wait| waiting::requests(db, &whose, wait, today);
    let workers = |wait| waiting::workers(db, &whose, wait, today);
    let since = today - chrono::TimeDelta::days(JOB_DAYS);
    let jobs = |event| job_changes::waiting(db, &whose, event, since);
    Ok(Waiting {
        urgent: requests(RequestWait::Urgent).await?,
        stalled: requests(RequestWait::WithoutSheet(STALLED_DAYS)).await?,
        sex_to_confirm: requests(RequestWait::SexToConfirm).await?,
        proposals: waiting::proposals(db, &whose).await?,
        permits: workers(WorkerWait::PermitEnds(PERMIT_DAYS)).await?,
        unconfirmed: workers(WorkerWait::NotConfirmed(FRESH_DAYS)).await?,
        paused_requests: requests(RequestWait::PausedWithoutEnd).await?,
        paused_workers: workers(WorkerWait::PausedWithoutEnd).await?,
        blocks: [
            blocks::waiting(db, People::Workers, &whose, today).await?,
            blocks::waiting(db, People::Families, &whose, today).await?,
        ],
        jobs_begun: jobs(JobEvent::Begun).await?,
        jobs_ended: jobs(JobEvent::Ended).await?,
    })
}
