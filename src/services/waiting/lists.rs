//! The lists of what waits, whole: a page of one, narrowed by words, and how long
//! each is.

use chrono::{NaiveDate, TimeDelta};

use super::{PERMIT_DAYS, SILENT_DAYS, STALLED_DAYS, Scope, jobs_since, whose as whose_of};
use crate::domain::account::Actor;
use crate::domain::job::JobEvent;
use crate::domain::text::fold;
use crate::domain::worker::FRESH_DAYS;
use crate::services::error::require_desk;
use crate::services::follow_up::findings::{self, Pair};
use crate::services::lists::folded;
use crate::services::{Context, ServiceError};
use crate::storage::asked::{self, Asked, Show};
use crate::storage::blocks::{self, BlockLine};
use crate::storage::invitations::{self, Item};
use crate::storage::job_changes::{self, JobLine};
use crate::storage::merges::People;
use crate::storage::requests::RequestLine;
use crate::storage::stalled::{SilentSheet, silent_sheets};
use crate::storage::waiting::{self, RequestWait, Whose, WorkerLine, WorkerWait};
use crate::storage::waits::{self, Cut, Wait};
use crate::storage::{Page, person_tasks, sheet_tasks};

/// A list of what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    ToCall,
    Blocks,
    SheetTasks,
    Urgent,
    JobsBegun,
    JobsEnded,
    Untouched,
    Calls,
    Conflicts,
    ToIssue,
    ToPhone,
    Proposals,
    ToReview,
    Sex,
    Stalled,
    Silent,
    Permits,
    Unconfirmed,
    PausedRequests,
    PausedWorkers,
}

impl List {
    /// All, the most pressing first.
    pub const ALL: [Self; 20] = [
        Self::Urgent,
        Self::Blocks,
        Self::ToCall,
        Self::SheetTasks,
        Self::JobsBegun,
        Self::JobsEnded,
        Self::Untouched,
        Self::Calls,
        Self::Conflicts,
        Self::ToIssue,
        Self::ToPhone,
        Self::Proposals,
        Self::ToReview,
        Self::Sex,
        Self::Stalled,
        Self::Silent,
        Self::Permits,
        Self::Unconfirmed,
        Self::PausedRequests,
        Self::PausedWorkers,
    ];

    /// The code, as in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::ToCall => "to-call",
            Self::Blocks => "blocks",
            Self::SheetTasks => "sheet-tasks",
            Self::Urgent => "urgent",
            Self::JobsBegun => "jobs-begun",
            Self::JobsEnded => "jobs-ended",
            Self::Untouched => "untouched",
            Self::Calls => "calls",
            Self::Conflicts => "conflicts",
            Self::ToIssue => "to-issue",
            Self::ToPhone => "to-phone",
            Self::Proposals => "proposals",
            Self::ToReview => "to-review",
            Self::Sex => "sex",
            Self::Stalled => "stalled",
            Self::Silent => "silent",
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

    /// What it is made of. A contradiction the domain decides, no statement.
    fn waits(self, today: NaiveDate) -> Vec<Wait> {
        let request = |wait| vec![Wait::Request(wait)];
        let worker = |wait| vec![Wait::Worker(wait)];
        match self {
            Self::ToCall => vec![Wait::PersonTask],
            Self::Blocks => vec![Wait::Block(People::Workers), Wait::Block(People::Families)],
            Self::SheetTasks => vec![Wait::SheetTask],
            Self::Urgent => request(RequestWait::Urgent),
            Self::JobsBegun => vec![Wait::Job(JobEvent::Begun, jobs_since(today))],
            Self::JobsEnded => vec![Wait::Job(JobEvent::Ended, jobs_since(today))],
            Self::Untouched => request(RequestWait::Untouched(STALLED_DAYS)),
            Self::Calls => vec![Wait::Call],
            Self::Conflicts => Vec::new(),
            Self::ToIssue => vec![Wait::Proposal(Show::ToIssue)],
            Self::ToPhone => vec![Wait::Proposal(Show::ToPhone)],
            Self::Proposals => vec![Wait::Proposal(Show::Waiting)],
            Self::ToReview => vec![Wait::Proposal(Show::ToReview)],
            Self::Sex => request(RequestWait::SexToConfirm),
            Self::Stalled => request(RequestWait::WithoutSheet(STALLED_DAYS)),
            Self::Silent => vec![Wait::Silent(today - TimeDelta::days(SILENT_DAYS))],
            Self::Permits => worker(WorkerWait::PermitEnds(PERMIT_DAYS)),
            Self::Unconfirmed => worker(WorkerWait::NotConfirmed(FRESH_DAYS)),
            Self::PausedRequests => request(RequestWait::PausedWithoutEnd),
            Self::PausedWorkers => worker(WorkerWait::PausedWithoutEnd),
        }
    }
}

/// Lines of one of the lists.
pub enum Lines {
    Requests(Vec<RequestLine>),
    Workers(Vec<WorkerLine>),
    Proposals(Vec<Asked>),
    Calls(Vec<Item>),
    Conflicts(Vec<Pair>),
    Jobs(Vec<JobLine>),
    Sheets(Vec<SilentSheet>),
    /// Of workers, then of families.
    Blocks([Vec<BlockLine>; 2]),
    SheetTasks(Vec<sheet_tasks::TaskLine>),
    ToCall(Vec<person_tasks::TaskLine>),
}

/// The contradictions of the follow-up about somebody's requests.
async fn conflicts(
    context: &Context,
    actor: &Actor,
    whose: &Whose,
    words: &[String],
) -> Result<Vec<Pair>, ServiceError> {
    let mut pairs = findings::conflicts(context, actor).await?;
    let ids: Vec<i64> = pairs.iter().map(|pair| pair.request_id).collect();
    let own = waiting::requests_among(context.db.read(), whose, &ids).await?;
    pairs.retain(|pair| {
        let said = fold(&format!("{} {} {}", pair.code, pair.family, pair.worker));
        own.contains(&pair.request_id) && words.iter().all(|word| said.contains(word))
    });
    Ok(pairs)
}

/// How long a list is, and a page of it; its number is the last one where there are
/// fewer. `typed`: the words that narrow it.
pub async fn page(
    context: &Context,
    actor: &Actor,
    (scope, list): (Scope, List),
    typed: Option<&str>,
    number: u64,
) -> Result<(Page<()>, Lines), ServiceError> {
    require_desk(actor)?;
    let (db, today) = (context.db.read(), context.today());
    let (whose, words) = (whose_of(actor, scope)?, folded(typed));
    let place = |number, total| Page {
        rows: Vec::new(),
        number,
        total,
    };
    if list == List::Conflicts {
        let pairs = conflicts(context, actor, &whose, &words).await?;
        let total = u64::try_from(pairs.len()).unwrap_or(u64::MAX);
        let (cut, number) = Cut::of_page(&words, number, total);
        let skipped = usize::try_from(cut.from).unwrap_or(usize::MAX);
        let most = usize::try_from(cut.most).unwrap_or(usize::MAX);
        let pairs = pairs.into_iter().skip(skipped).take(most).collect();
        return Ok((place(number, total), Lines::Conflicts(pairs)));
    }
    let waits = list.waits(today);
    let totals = waits::totals(db, &whose, &waits, today, &words).await?;
    let total = totals.iter().sum();
    let (cut, number) = Cut::of_page(&words, number, total);
    if list == List::Blocks {
        let lines = both_blocks(context, &whose, &totals, cut).await?;
        return Ok((place(number, total), Lines::Blocks(lines)));
    }
    let wait = waits.into_iter().next();
    let wait = wait.ok_or_else(|| ServiceError::Broken("a list of nothing".to_owned()))?;
    Ok((
        place(number, total),
        lines(context, &whose, wait, cut).await?,
    ))
}

async fn lines(
    context: &Context,
    whose: &Whose,
    wait: Wait,
    cut: Cut<'_>,
) -> Result<Lines, ServiceError> {
    let (db, today) = (context.db.read(), context.today());
    Ok(match wait {
        Wait::Request(wait) => {
            Lines::Requests(waiting::requests(db, whose, wait, today, cut).await?)
        }
        Wait::Worker(wait) => Lines::Workers(waiting::workers(db, whose, wait, today, cut).await?),
        Wait::Proposal(show) => Lines::Proposals(asked::lines(db, whose, show, cut).await?),
        Wait::Call => Lines::Calls(invitations::calls_of(db, whose, today, cut).await?),
        Wait::Job(event, since) => {
            Lines::Jobs(job_changes::waiting(db, whose, event, since, cut).await?)
        }
        Wait::Silent(until) => Lines::Sheets(silent_sheets(db, whose, until, cut).await?),
        Wait::Block(people) => {
            let lines = blocks::waiting(db, people, whose, today, cut).await?;
            Lines::Blocks(match people {
                People::Workers => [lines, Vec::new()],
                People::Families => [Vec::new(), lines],
            })
        }
        Wait::SheetTask => Lines::SheetTasks(sheet_tasks::open(db, whose, cut).await?),
        Wait::PersonTask => Lines::ToCall(person_tasks::open(db, whose, cut).await?),
    })
}

/// Workers first, then families, as one list.
async fn both_blocks(
    context: &Context,
    whose: &Whose,
    totals: &[u64],
    cut: Cut<'_>,
) -> Result<[Vec<BlockLine>; 2], ServiceError> {
    let (db, today) = (context.db.read(), context.today());
    let workers = blocks::waiting(db, People::Workers, whose, today, cut).await?;
    let before = totals.first().copied().unwrap_or_default();
    let rest = Cut {
        from: cut.from.saturating_sub(before),
        most: cut
            .most
            .saturating_sub(u64::try_from(workers.len()).unwrap_or(u64::MAX)),
        ..cut
    };
    let families = blocks::waiting(db, People::Families, whose, today, rest).await?;
    Ok([workers, families])
}

/// A list as the home page shows it.
pub struct Beginning {
    pub list: List,
    /// The first lines.
    pub lines: Lines,
    pub total: u64,
}

impl Beginning {
    /// Whether there is more than is shown.
    pub fn is_longer(&self) -> bool {
        self.total > waiting::MOST
    }
}

/// The beginning of every list that has something, the most pressing first.
pub async fn beginnings(
    context: &Context,
    actor: &Actor,
    scope: Scope,
) -> Result<Vec<Beginning>, ServiceError> {
    require_desk(actor)?;
    let (whose, today) = (whose_of(actor, scope)?, context.today());
    let waits: Vec<Wait> = List::ALL
        .into_iter()
        .flat_map(|list| list.waits(today))
        .collect();
    let totals = waits::totals(context.db.read(), &whose, &waits, today, &[]).await?;
    let mut totals = totals.into_iter();
    let mut all = Vec::new();
    for list in List::ALL {
        let waits = list.waits(today);
        let of: Vec<u64> = totals.by_ref().take(waits.len()).collect();
        let mut total = of.iter().sum();
        // Most are empty on most days, and each would be a statement of its own.
        if total == 0 && !waits.is_empty() {
            continue;
        }
        let lines = match (list, waits.first()) {
            (List::Blocks, _) => {
                Lines::Blocks(both_blocks(context, &whose, &of, Cut::FIRST).await?)
            }
            (_, Some(wait)) => lines(context, &whose, *wait, Cut::FIRST).await?,
            (_, None) => {
                let mut pairs = conflicts(context, actor, &whose, &[]).await?;
                total = u64::try_from(pairs.len()).unwrap_or(u64::MAX);
                pairs.truncate(usize::try_from(waiting::MOST).unwrap_or(usize::MAX));
                Lines::Conflicts(pairs)
            }
        };
        all.push(Beginning { list, lines, total });
    }
    Ok(all)
}

/// How much of it waits about somebody's requests: proposals, calls, contradictions.
pub(in crate::services) async fn about_requests(
    context: &Context,
    actor: &Actor,
    whose: &Whose,
) -> Result<[u64; 3], ServiceError> {
    let shows = [Show::Waiting, Show::ToIssue, Show::ToPhone, Show::ToReview];
    let mut waits: Vec<Wait> = shows.into_iter().map(Wait::Proposal).collect();
    waits.push(Wait::Call);
    let (db, today) = (context.db.read(), context.today());
    let totals = waits::totals(db, whose, &waits, today, &[]).await?;
    let conflicts = conflicts(context, actor, whose, &[]).await?.len();
    let (proposals, calls) = totals.split_at(shows.len());
    Ok([
        proposals.iter().sum(),
        calls.iter().sum(),
        u64::try_from(conflicts).unwrap_or(u64::MAX),
    ])
}
