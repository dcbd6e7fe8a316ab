//! What waits today: of what one is in charge of, of one's desk, or of all.

use chrono::TimeDelta;

use super::error::require_desk;
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::job::JobEvent;
use crate::domain::worker::FRESH_DAYS;
use crate::services::follow_up::{calls, findings};
use crate::storage;
use crate::storage::Page;
use crate::storage::asked::{self, Asked, Show};
use crate::storage::blocks::{self, BlockLine};
use crate::storage::invitations::Item;
use crate::storage::job_changes::{self, JobLine};
use crate::storage::merges::People;
use crate::storage::requests::RequestLine;
use crate::storage::sheet_tasks::TaskLine;
use crate::storage::stalled::{SilentSheet, silent_sheets};
use crate::storage::waiting::{self, RequestWait, Wait, Whose, WorkerLine, WorkerWait};

/// A request open this long without a sheet has stalled.
const STALLED_DAYS: i64 = 14;
/// A sheet that nobody said a word about for this long has stalled.
const SILENT_DAYS: i64 = 15;
/// A title of stay that ends within these days is looked at.
const PERMIT_DAYS: i64 = 60;
/// What was said of a job this long ago is not looked at any more.
const JOB_DAYS: i64 = 120;

/// Lines of each kind.
const SHOWN: usize = 10;

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
#[derive(Default)]
pub struct Waiting {
    pub urgent: Vec<RequestLine>,
    pub stalled: Vec<RequestLine>,
    pub untouched: Vec<RequestLine>,
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
    /// Blocks of workers, then of families, that wait for a word or a look.
    pub blocks: [Vec<BlockLine>; 2],
    /// Said to have begun, or to have ended.
    pub jobs_begun: Vec<JobLine>,
    pub jobs_ended: Vec<JobLine>,
    pub calls: Vec<Item>,
    pub conflicts: Vec<findings::Pair>,
    pub sheet_tasks: Vec<TaskLine>,
    /// Whom to call about what they said by their link, or were not told by mail.
    pub to_call: Vec<storage::person_tasks::TaskLine>,
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
    let since = today - chrono::TimeDelta::days(JOB_DAYS);
    let jobs = |event| job_changes::waiting(db, &whose, event, since);
    Ok(Waiting {
        urgent: requests(RequestWait::Urgent).await?,
        stalled: requests(RequestWait::WithoutSheet(STALLED_DAYS)).await?,
        untouched: requests(RequestWait::Untouched(STALLED_DAYS)).await?,
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
        blocks: [
            blocks::waiting(db, People::Workers, &whose, today).await?,
            blocks::waiting(db, People::Families, &whose, today).await?,
        ],
        jobs_begun: jobs(JobEvent::Begun).await?,
        jobs_ended: jobs(JobEvent::Ended).await?,
        calls: next_calls(context, actor, scope).await?,
        conflicts: conflicts(context, actor, &whose).await?,
        sheet_tasks: storage::sheet_tasks::open(db, &whose, waiting::MOST).await?,
        to_call: storage::person_tasks::open(db, &whose, waiting::MOST).await?,
    })
}

/// The first calls of the follow-up; a desk's calls are everybody's there.
async fn next_calls(
    context: &Context,
    actor: &Actor,
    scope: Scope,
) -> Result<Vec<Item>, ServiceError> {
    let mut calls = calls::page(context, actor, scope != Scope::All, 1)
        .await?
        .rows;
    calls.truncate(SHOWN);
    Ok(calls)
}

/// The first contradictions of the follow-up.
async fn conflicts(
    context: &Context,
    actor: &Actor,
    whose: &Whose,
) -> Result<Vec<findings::Pair>, ServiceError> {
    let mut pairs = findings::conflicts(context, actor).await?;
    let ids: Vec<i64> = pairs.iter().map(|pair| pair.family_id).collect();
    let own = waiting::families_among(context.db.read(), whose, &ids).await?;
    pairs.retain(|pair| own.contains(&pair.family_id));
    pairs.truncate(SHOWN);
    Ok(pairs)
}

/// A list of what waits, whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Urgent,
    Untouched,
    Sex,
    Stalled,
    Permits,
    Unconfirmed,
    PausedRequests,
    PausedWorkers,
}

impl List {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Urgent,
        Self::Untouched,
        Self::Sex,
        Self::Stalled,
        Self::Permits,
        Self::Unconfirmed,
        Self::PausedRequests,
        Self::PausedWorkers,
    ];

    /// The code, as in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Untouched => "untouched",
            Self::Sex => "sex",
            Self::Stalled => "stalled",
            Self::Permits => "permits",
            Self::Unconfirmed => "unconfirmed",
            Self::PausedRequests => "paused-requests",
            Self::PausedWorkers => "paused-workers",
        }
    }

    /// By its code.
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.code() == code)
    }

    fn why(self) -> Wait {
        match self {
            Self::Urgent => Wait::Request(RequestWait::Urgent),
            Self::Untouched => Wait::Request(RequestWait::Untouched(STALLED_DAYS)),
            Self::Sex => Wait::Request(RequestWait::SexToConfirm),
            Self::Stalled => Wait::Request(RequestWait::WithoutSheet(STALLED_DAYS)),
            Self::Permits => Wait::Worker(WorkerWait::PermitEnds(PERMIT_DAYS)),
            Self::Unconfirmed => Wait::Worker(WorkerWait::NotConfirmed(FRESH_DAYS)),
            Self::PausedRequests => Wait::Request(RequestWait::PausedWithoutEnd),
            Self::PausedWorkers => Wait::Worker(WorkerWait::PausedWithoutEnd),
        }
    }
}

/// A page of one of the lists.
pub enum Lines {
    Requests(Page<RequestLine>),
    Workers(Page<WorkerLine>),
}

/// A page of a list.
pub async fn page(
    context: &Context,
    actor: &Actor,
    scope: Scope,
    list: List,
    number: u64,
) -> Result<Lines, ServiceError> {
    require_desk(actor)?;
    let whose = whose(actor, scope)?;
    let (db, today) = (context.db.read(), context.today());
    Ok(match list.why() {
        Wait::Request(wait) => {
            Lines::Requests(waiting::requests_page(db, &whose, wait, today, number).await?)
        }
        Wait::Worker(wait) => {
            Lines::Workers(waiting::workers_page(db, &whose, wait, today, number).await?)
        }
    })
}

/// How long those lists are of which the home page shows only the beginning.
pub async fn totals(
    context: &Context,
    actor: &Actor,
    scope: Scope,
) -> Result<Vec<(List, u64)>, ServiceError> {
    require_desk(actor)?;
    let whose = whose(actor, scope)?;
    let waits = List::ALL.map(List::why);
    let totals = waiting::totals(context.db.read(), &whose, &waits, context.today()).await?;
    let longer = |(_, total): &(List, u64)| *total > waiting::MOST;
    Ok(List::ALL.into_iter().zip(totals).filter(longer).collect())
}
