//! The lists of what waits, whole: a page of one, narrowed by words, and how long
//! each is.

use chrono::{NaiveDate, TimeDelta};

use super::{Scope, jobs_since, whose as whose_of};
use crate::domain::account::Actor;
use crate::domain::informing::{NoticeKind, Version};
use crate::domain::job::JobEvent;
use crate::domain::setting::{ASKED_BEFORE, Numbers, Setting};
use crate::domain::text::fold;
use crate::services::error::require_desk;
use crate::services::follow_up::findings::{self, Pair};
use crate::services::lists::folded;
use crate::services::retention::people::heard_before;
use crate::services::{Context, ServiceError};
use crate::storage::asked::{self, Asked, Show};
use crate::storage::blocks::{self, BlockLine};
use crate::storage::inbox::{self, InboxLine};
use crate::storage::invitations::{self, Item};
use crate::storage::job_changes::{self, JobLine};
use crate::storage::lists::{At, Turn};
use crate::storage::merges::People;
use crate::storage::names::as_spelt_here;
use crate::storage::requests::RequestLine;
use crate::storage::stalled::{SilentSheet, silent_sheets};
use crate::storage::waiting::{self, RequestWait, Whose, WorkerLine, WorkerWait};
use crate::storage::waits::{self, Cut, Wait};
use crate::storage::{self, Page, person_tasks, sheet_tasks};

/// A list of what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    Inbox,
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
    ToInform,
    ToRenew,
}

impl List {
    /// All, the most pressing first.
    pub const ALL: [Self; 23] = [
        Self::Urgent,
        Self::Blocks,
        Self::Inbox,
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
        Self::ToInform,
        Self::ToRenew,
    ];

    /// The code, as in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
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
            Self::ToInform => "to-inform",
            Self::ToRenew => "to-renew",
        }
    }

    /// By its code.
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.code() == code)
    }

    /// After how many days something waits there, where that is policy.
    fn days(self, policy: &Policy) -> Option<i64> {
        let setting = match self {
            Self::Stalled => Setting::Stalled,
            Self::Silent => Setting::Silent,
            Self::Permits => Setting::Permits,
            Self::Unconfirmed => Setting::Fresh,
            _ => return None,
        };
        Some(policy.numbers.days(setting, policy.today))
    }

    /// What it is made of. A contradiction the domain decides, no statement.
    fn waits(self, policy: &Policy) -> Vec<Wait> {
        let (today, days) = (policy.today, |one| policy.numbers.days(one, policy.today));
        let request = |wait| vec![Wait::Request(wait)];
        let worker = |wait| vec![Wait::Worker(wait)];
        match self {
            Self::Inbox => vec![Wait::Inbox],
            Self::ToCall => vec![Wait::PersonTask],
            Self::Blocks => vec![Wait::Block(People::Workers), Wait::Block(People::Families)],
            Self::SheetTasks => vec![Wait::SheetTask],
            Self::Urgent => request(RequestWait::Urgent),
            Self::JobsBegun => vec![Wait::Job(JobEvent::Begun, jobs_since(today))],
            Self::JobsEnded => vec![Wait::Job(JobEvent::Ended, jobs_since(today))],
            Self::Untouched => request(RequestWait::Untouched(days(Setting::Stalled))),
            Self::Calls => vec![Wait::Call],
            Self::Conflicts => Vec::new(),
            Self::ToIssue => vec![Wait::Proposal(Show::ToIssue)],
            Self::ToPhone => vec![Wait::Proposal(Show::ToPhone)],
            Self::Proposals => vec![Wait::Proposal(Show::Waiting)],
            Self::ToReview => vec![Wait::Proposal(Show::ToReview)],
            Self::Sex => request(RequestWait::SexToConfirm),
            Self::Stalled => request(RequestWait::WithoutSheet(days(Setting::Stalled))),
            Self::Silent => {
                let since = today - TimeDelta::days(days(Setting::Silent));
                vec![Wait::Silent(since)]
            }
            Self::Permits => worker(WorkerWait::PermitEnds(days(Setting::Permits))),
            Self::Unconfirmed => worker(WorkerWait::NotConfirmed(days(Setting::Fresh))),
            Self::PausedRequests => request(RequestWait::PausedWithoutEnd),
            Self::PausedWorkers => worker(WorkerWait::PausedWithoutEnd),
            Self::ToInform => policy.notices.iter().copied().map(Wait::Inform).collect(),
            Self::ToRenew => {
                let day = today + TimeDelta::days(ASKED_BEFORE);
                let before = |people| heard_before(&policy.numbers, people, day);
                let both = [People::Workers, People::Families];
                both.map(|people| Wait::Renew(people, before(people)))
                    .into()
            }
        }
    }
}

/// What decides since when something waits: numbers that administrators write, and the
/// notices in force.
struct Policy {
    today: NaiveDate,
    numbers: Numbers,
    notices: Vec<Version>,
}

impl Policy {
    async fn now(context: &Context) -> Result<Self, ServiceError> {
        let (db, today) = (context.db.read(), context.today());
        Ok(Self {
            today,
            numbers: storage::policy::numbers(db).await?,
            notices: storage::informing::in_force(db, today).await?,
        })
    }

    /// Of whom there are any, and how many: a list of a line a kind.
    fn kinds(&self, list: List, totals: &[u64]) -> Option<(u64, Lines)> {
        let waiting = |total: &u64| *total > 0;
        let lines = match list {
            List::ToInform => {
                let all = self
                    .notices
                    .iter()
                    .map(|one| one.kind)
                    .zip(totals.iter().copied());
                Lines::ToInform(all.filter(|(_, total)| waiting(total)).collect())
            }
            List::ToRenew => {
                let both = [People::Workers, People::Families].into_iter();
                let all = both.zip(totals.iter().copied());
                Lines::ToRenew(all.filter(|(_, total)| waiting(total)).collect())
            }
            _ => return None,
        };
        let length = match &lines {
            Lines::ToInform(lines) => lines.len(),
            Lines::ToRenew(lines) => lines.len(),
            _ => 0,
        };
        Some((u64::try_from(length).unwrap_or(u64::MAX), lines))
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
    /// Of each kind of person how many are to be told of the new notice.
    ToInform(Vec<(NoticeKind, u64)>),
    /// How many were asked whether their data stay, and said nothing.
    ToRenew(Vec<(People, u64)>),
    Inbox(Vec<InboxLine>),
}

impl Lines {
    /// What the first line and the last are told apart by; none where there is no line, or
    /// where the list is not turned by key.
    pub fn ends(&self) -> Option<(String, String)> {
        fn of<T>(lines: &[T], key: impl Fn(&T) -> String) -> Option<(String, String)> {
            Some((key(lines.first()?), key(lines.last()?)))
        }
        match self {
            Self::Requests(lines) => of(lines, |one| one.code.clone()),
            Self::Workers(lines) => of(lines, |one| one.code.clone()),
            Self::Proposals(lines) => of(lines, |one| one.proposal.id.to_string()),
            Self::Calls(lines) => of(lines, |one| one.id.to_string()),
            Self::Conflicts(lines) => of(lines, |one| one.code.to_string()),
            Self::Jobs(lines) => of(lines, |one| one.introduction.clone()),
            Self::Sheets(lines) => of(lines, |one| one.number.clone()),
            Self::SheetTasks(lines) => of(lines, |one| one.id.to_string()),
            Self::ToCall(lines) => of(lines, |one| one.id.to_string()),
            Self::Inbox(lines) => of(lines, |one| one.number.clone()),
            // Two lists one behind the other, and never long.
            Self::Blocks(_) | Self::ToInform(_) | Self::ToRenew(_) => None,
        }
    }
}

/// The contradictions that a page shows.
fn contradictions(mut pairs: Vec<Pair>, cut: Cut<'_>) -> Vec<Pair> {
    let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let (all, most) = (pairs.len(), count(cut.most));
    let beside = cut.turn.and_then(|turn| {
        let place = pairs
            .iter()
            .position(|pair| pair.code.as_str() == turn.code())?;
        Some(match turn {
            Turn::After(_) => place + 1..all,
            Turn::Before(_) => place.saturating_sub(most)..place,
        })
    });
    let by_number = count(cut.from).min(all)..all;
    let range = beside.filter(|range| !range.is_empty());
    pairs.drain(range.unwrap_or(by_number)).take(most).collect()
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

/// A list as its own page shows it.
pub struct Whole {
    /// How long it is, and which page this is: the last one where there are fewer.
    pub place: Page<()>,
    pub lines: Lines,
    /// After how many days something waits there, where that is policy.
    pub days: Option<i64>,
    /// With what was typed nothing was found: these words, spelt as names here are, narrow it.
    pub spelt: Option<String>,
}

/// A page of a list, by the line that it lies beside. `typed`: the words that narrow it.
pub async fn page(
    context: &Context,
    actor: &Actor,
    (scope, list): (Scope, List),
    typed: Option<&str>,
    at: &At,
) -> Result<Whole, ServiceError> {
    require_desk(actor)?;
    let (whose, words) = (whose_of(actor, scope)?, folded(typed));
    let policy = Policy::now(context).await?;
    let list = (&whose, list);
    let whole = narrowed(context, actor, list, &policy, (&words, at)).await?;
    if whole.place.total > 0 {
        return Ok(whole);
    }
    let Some(meant) = as_spelt_here(context.db.read(), &words).await? else {
        return Ok(whole);
    };
    let other = narrowed(context, actor, list, &policy, (&meant, at)).await?;
    if other.place.total == 0 {
        return Ok(whole);
    }
    Ok(Whole {
        spelt: Some(meant.join(" ")),
        ..other
    })
}

/// The same, narrowed by these folded words alone.
async fn narrowed(
    context: &Context,
    actor: &Actor,
    (whose, list): (&Whose, List),
    policy: &Policy,
    (words, at): (&[String], &At),
) -> Result<Whole, ServiceError> {
    let (db, today) = (context.db.read(), context.today());
    let whole = |number, total, lines| Whole {
        place: Page {
            rows: Vec::new(),
            number,
            total,
        },
        lines,
        days: list.days(policy),
        spelt: None,
    };
    if list == List::Conflicts {
        let pairs = conflicts(context, actor, whose, words).await?;
        let total = u64::try_from(pairs.len()).unwrap_or(u64::MAX);
        let (cut, number) = Cut::of_page(words, at, total);
        let pairs = contradictions(pairs, cut);
        return Ok(whole(number, total, Lines::Conflicts(pairs)));
    }
    let waits = list.waits(policy);
    let totals = waits::totals(db, whose, &waits, today, words).await?;
    if let Some((total, lines)) = policy.kinds(list, &totals) {
        return Ok(whole(1, total, lines));
    }
    let total = totals.iter().sum();
    let (cut, number) = Cut::of_page(words, at, total);
    if list == List::Blocks {
        let lines = both_blocks(context, whose, &totals, cut).await?;
        return Ok(whole(number, total, Lines::Blocks(lines)));
    }
    let wait = waits.into_iter().next();
    let wait = wait.ok_or_else(|| ServiceError::Broken("a list of nothing".to_owned()))?;
    let beside = lines(context, whose, wait, cut).await?;
    if cut.turn.is_none() || beside.ends().is_some() {
        return Ok(whole(number, total, beside));
    }
    let by_number = lines(context, whose, wait, cut.by_number()).await?;
    Ok(whole(number, total, by_number))
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
        // They are told on a page of their own.
        Wait::Inform(_) => Lines::ToInform(Vec::new()),
        Wait::Renew(..) => Lines::ToRenew(Vec::new()),
        Wait::Inbox => Lines::Inbox(inbox::waiting(db, whose, cut).await?),
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
    /// After how many days something waits there, where that is policy.
    pub days: Option<i64>,
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
    let policy = Policy::now(context).await?;
    let waits: Vec<Wait> = List::ALL
        .into_iter()
        .flat_map(|list| list.waits(&policy))
        .collect();
    let totals = waits::totals(context.db.read(), &whose, &waits, today, &[]).await?;
    let mut totals = totals.into_iter();
    let mut all = Vec::new();
    for list in List::ALL {
        let waits = list.waits(&policy);
        let of: Vec<u64> = totals.by_ref().take(waits.len()).collect();
        let mut total = of.iter().sum();
        if let Some((total, lines)) = policy.kinds(list, &of) {
            all.push(Beginning {
                list,
                lines,
                total,
                days: None,
            });
            continue;
        }
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
        all.push(Beginning {
            list,
            lines,
            total,
            days: list.days(&policy),
        });
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
