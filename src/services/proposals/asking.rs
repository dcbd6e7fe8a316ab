//! Asking: what the operator sees before, and the proposals with the mails that
//! carry them, in one transaction.

use std::collections::{HashMap, HashSet};

use super::letters::{self, Letterbox};
use super::skipping::skips;
use super::{find_request, open_request};
use crate::domain::account::Actor;
use crate::domain::contact::ContactBy;
use crate::domain::diffusion::Ground;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::domain::invalid::Why;
use crate::domain::mail::MailKind;
use crate::domain::offer::Offer;
use crate::domain::proposal::{Proposal, ProposalState};
use crate::domain::request::CareRequest;
use crate::domain::setting::Setting;
use crate::domain::sheet;
use crate::domain::week::WeekGrid;
use crate::domain::worker::Worker;
use crate::matching::{Criterion, Shortfall, Team};
use crate::services::error::require_desk;
use crate::services::matching::Asked;
use crate::services::policy::numbers;
use crate::services::safeguarding::check_family;
use crate::services::{Context, ServiceError, diffusion, matching, sheets};
use crate::storage::mailings::Person;
use crate::storage::merges::People;
use crate::storage::proposals::ProposalLine;
use crate::storage::{self, Stored};

/// They said no to this family: no page proposes them to it again.
const DECLINED_BEFORE: &str = "refused-declined-before";
/// They were asked, and have not said anything yet.
const ALREADY_PROPOSED: &str = "refused-already-proposed";
/// The most workers that are asked at once.
pub const MOST_ASKED: usize = 25;

/// How a worker is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Mail,
    /// By a text that the operator copies, or by voice.
    Phone,
    /// They come to the desk.
    Desk,
}

impl Way {
    /// All.
    pub const ALL: [Self; 3] = [Self::Mail, Self::Phone, Self::Desk];

    /// The code, also of the catalogue's message.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::Desk => "desk",
        }
    }

    /// The way that a worker wants, and that is there.
    pub fn of(worker: &Worker) -> Self {
        let wants_mail = matches!(worker.contact_by, None | Some(ContactBy::Email));
        if wants_mail && worker.email.is_some() {
            Self::Mail
        } else if worker.phone.is_some() && worker.contact_by != Some(ContactBy::Desk) {
            Self::Phone
        } else {
            Self::Desk
        }
    }
}

/// How a chosen worker stands before the asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    ToAsk,
    /// May be named at once.
    NeedsNoAsking,
    /// Can't be asked: the catalogue's message says why.
    Hindered(Why),
    /// They neither fit, nor nearly, nor with others: what they fail.
    OutOfReach(Vec<(Criterion, Shortfall)>),
}

/// A worker who was chosen.
pub struct Candidate {
    pub worker: Worker,
    pub way: Way,
    pub standing: Standing,
    /// Of the hours, those that this one of a team is asked for.
    pub part: Option<WeekGrid>,
}

/// What the operator sees before asking.
pub struct Look {
    pub request: CareRequest,
    pub offer: Offer,
    pub candidates: Vec<Candidate>,
    pub skips_a_better_band: bool,
    /// That the offer lets no sheet out.
    pub offer_too_low: Option<Why>,
}

impl Candidate {
    /// Whether they are a fit, a near miss or one of a team.
    fn may_be_proposed(&self) -> bool {
        !matches!(self.standing, Standing::OutOfReach(_))
    }
}

/// What is known of a request before somebody is asked for it.
struct Known {
    request: CareRequest,
    words: Vec<ProposalLine>,
    seen: HashSet<i64>,
    left_out: HashMap<i64, Ground>,
    /// Codes of those whom nobody proposes now.
    held: HashSet<String>,
}

impl Known {
    async fn load(
        context: &Context,
        db: &impl storage::Connection,
        request: &Stored<CareRequest>,
        code: &RequestCode,
        workers: &[WorkerCode],
    ) -> Result<Self, ServiceError> {
        let today = context.today();
        check_family(db, request.value.family.as_str()).await?;
        let workers = workers.iter().map(WorkerCode::as_str);
        let held = storage::blocks::held_among(db, People::Workers, workers).await?;
        let seen = storage::introductions::workers_seen_by(db, request.id, today).await?;
        let left_out = diffusion::left_out(db, code).await?;
        Ok(Self {
            request: request.value.clone(),
            words: storage::proposals::of_request(db, request.id).await?,
            seen: seen.into_iter().collect(),
            held: held.into_iter().collect(),
            left_out: left_out
                .into_iter()
                .map(|one| (one.worker_id, one.ground))
                .collect(),
        })
    }

    /// What hinders from asking a worker.
    fn hinders(&self, worker: &Stored<Worker>, today: chrono::NaiveDate) -> Option<Why> {
        let name = worker.value.full_name();
        let key = if let Some(obstacle) = sheet::obstacle_of(&worker.value, today) {
            obstacle.key()
        } else if (worker.value.code.as_ref()).is_some_and(|code| self.held.contains(code.as_str()))
        {
            sheet::Obstacle::HeldBack.key()
        } else if self.seen.contains(&worker.id) {
            sheet::Obstacle::AlreadyIntroduced.key()
        } else {
            let latest = self.latest(worker.id);
            // Whoever said yes to other terms is asked again.
            let holds = latest.is_some_and(|latest| latest.holds_for(&self.request));
            let state = latest.map(|latest| latest.state_on(today));
            match (self.left_out.get(&worker.id), state) {
                (Some(Ground::Wish), _) => sheet::Obstacle::LeftOut.key(),
                (_, Some(ProposalState::Proposed)) => ALREADY_PROPOSED,
                (_, Some(ProposalState::Accepted)) if holds => "refused-already-accepted",
                (Some(Ground::Declined), _) => DECLINED_BEFORE,
                (None, _) => return None,
            }
        };
        Some(Why::new(key).with("worker", name))
    }

    fn latest(&self, worker_id: i64) -> Option<&Proposal> {
        let mut of_worker = self.words.iter().filter(|line| line.worker_id == worker_id);
        of_worker.next().map(|line| &line.proposal.value)
    }
}

/// Looks at a choice before anybody is asked.
pub async fn look(
    context: &Context,
    actor: &Actor,
    request: &RequestCode,
    workers: &[WorkerCode],
) -> Result<Look, ServiceError> {
    require_desk(actor)?;
    let today = context.today();
    let db = context.db.read();
    let asked = matching::ask(context, request, today).await?;
    if !asked.request.value.is_open() {
        return Err(ServiceError::Refused(
            Why::new("refused-request-not-open").with("request", request),
        ));
    }
    let workers = once(workers)?;
    let known = Known::load(context, db, &asked.request, request, &workers).await?;
    let mut found = storage::workers::find_many(db, &workers).await?;
    let teams = teams(&asked, &workers);
    let fresh_days = numbers::days(context, Setting::Fresh).await?;
    let search = asked.search();
    let mut candidates = Vec::with_capacity(workers.len());
    for code in &workers {
        let at = found
            .iter()
            .position(|worker| worker.value.code.as_ref() == Some(code));
        let at = at.ok_or_else(|| ServiceError::not_found("worker", code))?;
        let worker = found.swap_remove(at);
        let failing = search.out_of_reach(code.as_str());
        let standing = match known.hinders(&worker, today) {
            Some(why) => Standing::Hindered(why),
            None if !failing.is_empty() => Standing::OutOfReach(failing),
            None if worker.value.needs_no_asking(fresh_days, today) => Standing::NeedsNoAsking,
            None => Standing::ToAsk,
        };
        candidates.push(Candidate {
            part: part_of(&teams, code, &workers),
            way: Way::of(&worker.value),
            standing,
            worker: worker.value,
        });
    }
    // Whoever can't be asked passes over nobody.
    let within = candidates.iter().filter(|one| one.may_be_proposed());
    let within: Vec<WorkerCode> = within.filter_map(|one| one.worker.code.clone()).collect();
    let skips_a_better_band = skips(&search.fits_by_band(), &within, &known.words);
    let offer_too_low = sheets::offer_too_low(context, &asked.request.value).await?;
    Ok(Look {
        offer: Offer::of(&asked.request.value),
        skips_a_better_band,
        offer_too_low,
        request: asked.request.value,
        candidates,
    })
}

/// The teams that a choice may be; nobody is alone in one.
fn teams(asked: &Asked, chosen: &[WorkerCode]) -> Vec<Team> {
    if chosen.len() < 2 {
        Vec::new()
    } else {
        asked.search().teams()
    }
}

/// Whether somebody is to be asked, or was asked and is not heard yet.
pub fn is_for_asking(candidate: &Candidate) -> bool {
    match &candidate.standing {
        Standing::Hindered(why) => why.key == ALREADY_PROPOSED,
        other => *other == Standing::ToAsk,
    }
}

/// Whether all these were asked today by whoever asks, and none of them answered yet: the same
/// form came twice, and the second one has nothing left to do.
pub async fn were_just_asked(
    context: &Context,
    actor: &Actor,
    request: &RequestCode,
    workers: &[WorkerCode],
) -> Result<bool, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let request = find_request(db, request).await?;
    let asked = storage::proposals::asked_by(db, request.id, actor.account_id, context.today());
    let asked = asked.await?;
    let is_asked = |code: &WorkerCode| asked.iter().any(|one| one == code.as_str());
    Ok(!workers.is_empty() && workers.iter().all(is_asked))
}

/// The hours of somebody who does not fit alone but in a team that is chosen whole.
fn part_of(teams: &[Team], worker: &WorkerCode, chosen: &[WorkerCode]) -> Option<WeekGrid> {
    let is_chosen = |member: &String| chosen.iter().any(|code| code.as_str() == member);
    let mut teams = teams.iter();
    let team = teams.find(|team| {
        team.assignment.contains_key(worker.as_str()) && team.workers.iter().all(is_chosen)
    })?;
    team.assignment.get(worker.as_str()).copied()
}

/// Each worker once; not more than a page of them.
fn once(workers: &[WorkerCode]) -> Result<Vec<WorkerCode>, ServiceError> {
    let mut seen = HashSet::new();
    let once: Vec<WorkerCode> = workers
        .iter()
        .filter(|code| seen.insert(code.as_str()))
        .cloned()
        .collect();
    if once.len() > MOST_ASKED {
        let why = Why::new("refused-too-many-asked").with("most", MOST_ASKED);
        return Err(ServiceError::Refused(why));
    }
    Ok(once)
}

/// What the engine finds of those who are asked.
#[derive(Default)]
struct Placed {
    /// Of a team, who is asked for which part of the hours.
    parts: HashMap<String, WeekGrid>,
    /// Codes of those who neither fit, nor nearly, nor with others.
    out_of_reach: HashSet<String>,
}

impl Placed {
    async fn of(
        context: &Context,
        request: &RequestCode,
        workers: &[WorkerCode],
        chosen: &[WorkerCode],
    ) -> Result<Self, ServiceError> {
        let found = storage::requests::find(context.db.read(), request).await?;
        if !found.is_some_and(|request| request.value.is_open()) {
            return Ok(Self::default());
        }
        let asked = matching::ask(context, request, context.today()).await?;
        let teams = teams(&asked, chosen);
        let part = |code: &WorkerCode| {
            let part = part_of(&teams, code, chosen)?;
            Some((code.to_string(), part))
        };
        let search = asked.search();
        let is_out = |code: &&WorkerCode| !search.out_of_reach(code.as_str()).is_empty();
        Ok(Self {
            parts: workers.iter().filter_map(part).collect(),
            out_of_reach: (workers.iter().filter(is_out))
                .map(ToString::to_string)
                .collect(),
        })
    }
}

/// Asks workers, all or none of them; the keys of the proposals come back. Of several
/// who are a team each is asked for their part.
/// `skipped`: why a better band was passed over.
pub async fn add(
    context: &Context,
    actor: &Actor,
    request: &RequestCode,
    workers: &[WorkerCode],
    skipped: Option<&'static str>,
) -> Result<Vec<i64>, ServiceError> {
    add_some(context, actor, request, workers, workers, skipped).await
}

/// The same where not all who were chosen are asked: some need no asking.
pub async fn add_some(
    context: &Context,
    actor: &Actor,
    request: &RequestCode,
    workers: &[WorkerCode],
    chosen: &[WorkerCode],
    skipped: Option<&'static str>,
) -> Result<Vec<i64>, ServiceError> {
    require_desk(actor)?;
    let (today, now) = (context.today(), context.now());
    let workers = once(workers)?;
    let placed = Placed::of(context, request, &workers, chosen).await?;
    let write = context.db.write().await?;
    let code = request;
    // Two who ask for the same request at once take turns here.
    let held = find_request(&*write, code).await?;
    storage::requests::lock(&*write, held.id).await?;
    let request = open_request(&*write, code).await?;
    let known = Known::load(context, &*write, &request, code, &workers).await?;
    let found = storage::workers::find_many(&*write, &workers).await?;
    let numbers = storage::policy::numbers(&*write).await?;
    let days = numbers.days(Setting::Proposals, today);
    let mut asked = Vec::with_capacity(workers.len());
    for code in &workers {
        let mut of_code = found.iter();
        let worker = of_code.find(|worker| worker.value.code.as_ref() == Some(code));
        let worker = worker.ok_or_else(|| ServiceError::not_found("worker", code))?;
        // By name and on purpose they may be asked once more.
        let hinders = known.hinders(worker, today);
        if let Some(why) = hinders.filter(|why| why.key != DECLINED_BEFORE) {
            return Err(ServiceError::Refused(why));
        }
        if placed.out_of_reach.contains(code.as_str()) {
            let why = Why::new("refused-out-of-reach").with("worker", worker.value.full_name());
            return Err(ServiceError::Refused(why));
        }
        let part = placed.parts.get(code.as_str()).copied();
        let proposal = Proposal::new(today, skipped).waiting(days).for_part(part);
        let told = proposal.offer(&request.value).line();
        let proposal = proposal.telling(told);
        let by = actor.account_id;
        let id = storage::proposals::insert(&*write, request.id, worker.id, by, &proposal).await?;
        let object = Some(code.as_str());
        storage::audit::insert(&*write, now, Some(by), "proposal.added", object, skipped).await?;
        asked.push((id, worker.id));
    }
    let people: Vec<Person> = asked.iter().map(|(_, id)| Person::Worker(*id)).collect();
    let box_of = Letterbox::open(&*write, &people).await?;
    for (id, worker) in &asked {
        if box_of.takes_mail(Person::Worker(*worker)) {
            letters::queue(context, &write, MailKind::Proposal, *id).await?;
        }
    }
    write.commit().await?;
    Ok(asked.into_iter().map(|(id, _)| id).collect())
}
