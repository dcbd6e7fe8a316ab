//! What waits today: of what one is in charge of, of one's desk, or of all.

use super::error::require_desk;
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::worker::FRESH_DAYS;
use crate::storage;
use crate::storage::requests::RequestLine;
use crate::storage::sheet_tasks::TaskLine;
use crate::storage::waiting::{self, ProposalLine, RequestWait, Whose, WorkerLine, WorkerWait};

/// A request open this long without a sheet has stalled.
const STALLED_DAYS: i64 = 14;
/// A title of stay that ends within these days is looked at.
const PERMIT_DAYS: i64 = 60;

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
    pub sheet_tasks: Vec<TaskLine>,
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
    Ok(Waiting {
        urgent: requests(RequestWait::Urgent).await?,
        stalled: requests(RequestWait::WithoutSheet(STALLED_DAYS)).await?,
        sex_to_confirm: requests(RequestWait::SexToConfirm).await?,
        proposals: waiting::proposals(db, &whose).await?,
        permits: workers(WorkerWait::PermitEnds(PERMIT_DAYS)).await?,
        unconfirmed: workers(WorkerWait::NotConfirmed(FRESH_DAYS)).await?,
        paused_requests: requests(RequestWait::PausedWithoutEnd).await?,
        paused_workers: workers(WorkerWait::PausedWithoutEnd).await?,
        sheet_tasks: storage::sheet_tasks::open(db, &whose, waiting::MOST).await?,
    })
}
