//! What waits today: of what one is in charge of, of one's desk, or of all.

use chrono::TimeDelta;

use super::error::require_desk;
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::worker::FRESH_DAYS;
use crate::storage::asked::{self, Asked, Show};
use crate::storage::requests::RequestLine;
use crate::storage::stalled::{SilentSheet, silent_sheets};
use crate::storage::waiting::{self, RequestWait, Whose, WorkerLine, WorkerWait};

/// A request open this long without a sheet has stalled.
const STALLED_DAYS: i64 = 14;
/// A sheet that nobody said a word about for this long has stalled.
const SILENT_DAYS: i64 = 15;
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
    pub proposals: Vec<Asked>,
    pub to_issue: Vec<Asked>,
    pub to_phone: Vec<Asked>,
    pub to_review: Vec<Asked>,
    pub silent: Vec<SilentSheet>,
    pub permits: Vec<WorkerLine>,
    pub unconfirmed: Vec<WorkerLine>,
    pub paused_requests: Vec<RequestLine>,
    pub paused_workers: Vec<WorkerLine>,
}

/// Whose work a scope is, for this account.
pub(super) fn whose(actor: &Actor, scope: Scope) -> Result<Whose, ServiceError> {
    let desk = actor.desk().ok_or(ServiceError::Forbidden)?.clone();
    Ok(match scope {
        Scope::Mine => Whose::Mine(actor.account_id, desk),
        Scope::Desk => Whose::Desk(desk),
        Scope::All => Whose::Everybody,
    })
}

/// Looks what waits.
pub async fn look(context: &Context, actor: &Actor, scope: Scope) -> Result<Waiting, ServiceError> {
    require_desk(actor)?;
    let whose = whose(actor, scope)?;
    let (db, today) = (context.db.read(), context.today());
    let requests = |wait| waiting::requests(db, &whose, wait, today);
    let asked = |show| asked::first(db, &whose, show);
    let workers = |wait| waiting::workers(db, &whose, wait, today);
    Ok(Waiting {
        urgent: requests(RequestWait::Urgent).await?,
        stalled: requests(RequestWait::WithoutSheet(STALLED_DAYS)).await?,
        sex_to_confirm: requests(RequestWait::SexToConfirm).await?,
        proposals: asked(Show::Waiting).await?,
        to_issue: asked(Show::ToIssue).await?,
        to_phone: asked(Show::ToPhone).await?,
        to_review: asked(Show::ToReview).await?,
        silent: silent_sheets(db, &whose, today - TimeDelta::days(SILENT_DAYS)).await?,
        permits: workers(WorkerWait::PermitEnds(PERMIT_DAYS)).await?,
        unconfirmed: workers(WorkerWait::NotConfirmed(FRESH_DAYS)).await?,
        paused_requests: requests(RequestWait::PausedWithoutEnd).await?,
        paused_workers: workers(WorkerWait::PausedWithoutEnd).await?,
    })
}
