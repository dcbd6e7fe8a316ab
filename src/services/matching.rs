//! Who fits: asks the engine about the pool as it stands, and fetches the people to
//! be shown in one query.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::error::require_desk;
use super::live_pool::Standing;
use super::merging::missing;
use super::safeguarding::family_is_held;
use super::{Context, ServiceError, diffusion};
use crate::domain::account::Actor;
use crate::domain::diffusion::Ground as LimitGround;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::domain::invalid::Why;
use crate::domain::request::CareRequest;
use crate::domain::setting::Setting;
use crate::domain::worker::Worker;
use crate::matching::{
    self, Answer, Criterion, ListedBy, Need, NeedFields, Pool, Refusal, ReverseAnswer, Search,
    Shortfall, Weights,
};
use crate::storage::rows::CHUNK;
use crate::storage::{self, Stored};

/// A request states a sex that no second person confirmed.
pub(super) const SEX_WAITS: &str = "refused-sex-not-confirmed";
/// Open requests that a worker's page shows.
const MOST_FITS_SHOWN: usize = 25;
/// Open requests beside them that a worker does not fit.
const MOST_NEAR_SHOWN: usize = 10;

/// How often an answer is asked for whose people go meanwhile.
const SHOWN_TRIES: u32 = 5;

/// A request and its answer.
pub struct Matched {
    pub request: Stored<CareRequest>,
    pub need: Need,
    pub answer: Answer,
    /// The state of the database that it was worked out on.
    pub revision: i64,
    /// Whose sheet must not go to this family, by code, and why.
    pub left_out: HashMap<String, LimitGround>,
    /// For how many days a confirmed availability counts.
    pub fresh_days: i64,
    /// How those who fit are listed.
    pub listed_by: ListedBy,
    /// Where nobody fits and no criterion alone keeps anybody out: how many each holds
    /// back together with others, the highest count first.
    pub held_back: Vec<(Criterion, u32)>,
}

/// A request that can be searched for, and what it is searched in.
pub struct Asked {
    pub request: Stored<CareRequest>,
    pub need: Need,
    pub ground: Ground,
    /// Whose sheet must not go to this family, by code, and why.
    pub left_out: HashMap<String, LimitGround>,
}

impl Asked {
    /// For one list or number, at the cost of that.
    pub fn search(&self) -> Search<'_> {
        self.ground.search(&self.need)
    }

    /// All that its page shows: the answer, and, where nobody fits and no criterion alone
    /// keeps anybody out, how many each holds back together with others.
    pub fn whole(
        &self,
        most_fits: Option<usize>,
        listed_by: ListedBy,
    ) -> (Answer, Vec<(Criterion, u32)>) {
        let (pool, weights, today) = (self.ground.pool(), &self.ground.weights, self.ground.today);
        let answer = matching::answer_by(listed_by, pool, &self.need, today, weights, most_fits);
        let by_none_alone = answer.limits.iter().all(|(_, count)| count == 0);
        let held_back = if answer.fits_in_all == 0 && by_none_alone {
            self.search().held_back()
        } else {
            Vec::new()
        };
        (answer, held_back)
    }
}

/// The pool as it stands, a day, and the rules in force on it.
pub struct Ground {
    standing: Arc<Standing>,
    pub weights: Weights,
    /// Since when the weights hold.
    pub weights_from: NaiveDate,
    /// For how many days a confirmed availability counts.
    pub fresh_days: i64,
    pub today: NaiveDate,
}

impl Ground {
    /// With everything that is committed.
    pub async fn now(context: &Context, today: NaiveDate) -> Result<Self, ServiceError> {
        let standing = context.live_pool.now(&context.db).await?;
        let (weights_from, weights) = standing.others.weights.on(today)?;
        Ok(Self {
            fresh_days: standing.others.numbers.days(Setting::Fresh, today),
            standing,
            weights,
            weights_from,
            today,
        })
    }

    /// Everybody who may be matched on some day.
    pub fn pool(&self) -> &Pool {
        &self.standing.pool
    }

    /// The state of the database that answers stand on.
    pub fn revision(&self) -> i64 {
        self.standing.revision
    }

    /// Whether nobody works for the family of a request now.
    fn holds_family(&self, request: &CareRequest) -> bool {
        let held = &self.standing.others.held_families;
        held.contains(request.family.as_str())
    }

    fn check_family(&self, request: &CareRequest) -> Result<(), ServiceError> {
        if self.holds_family(request) {
            let why = family_is_held(request.family.as_str());
            return Err(ServiceError::Refused(why));
        }
        Ok(())
    }

    /// For one list or number that a need finds here.
    pub fn search<'a>(&'a self, need: &'a Need) -> Search<'a> {
        Search {
            pool: self.pool(),
            need,
            today: self.today,
            weights: &self.weights,
        }
    }

    /// What a need finds here.
    pub fn answer(&self, need: &Need, most_fits: Option<usize>) -> Answer {
        matching::answer(self.pool(), need, self.today, &self.weights, most_fits)
    }
}

/// What matching reads of a request; why not, where it must be refused.
pub fn need_of(request: &CareRequest) -> Result<Need, Why> {
    if request.worker_sex_asked_by.is_some() {
        return Err(Why::new(SEX_WAITS));
    }
    Need::new(NeedFields {
        request: request
            .code
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        comune: request.comune,
        arrangement: request.arrangement,
        schedule: request.schedule,
        live_in_hours: request.live_in_hours,
        covers_rest: request.covers.is_some(),
        min_coverage_permille: request.min_coverage_permille,
        start_date: request.start_date,
        required_skills: request.required_skills,
        preferred_skills: request.preferred_skills,
        required_qualifications: request.required_qualifications,
        required_languages: request.required_languages.clone(),
        max_pay_hour: request.max_pay_hour,
        max_pay_month: request.max_pay_month,
        public_contribution: request.public_contribution,
        worker_sex: request.worker_sex,
        worker_sex_ground: request.worker_sex.is_some(),
    })
    .map_err(refusal)
}

/// A refusal in the words of the catalogue.
fn refusal(refusal: Refusal) -> Why {
    Why::new(match refusal {
        Refusal::EmptySchedule => "problem-schedule-empty",
        Refusal::SexWithoutGround => "problem-sex-without-ground",
        Refusal::CoverageOutOfRange => "problem-coverage-range",
    })
}

/// Makes one request ready to be searched for, whatever its status.
pub async fn ask(
    context: &Context,
    code: &RequestCode,
    today: NaiveDate,
) -> Result<Asked, ServiceError> {
    let found = storage::requests::find_with_recipient(context.db.read(), code).await?;
    let (request, to) = found.ok_or_else(|| ServiceError::not_found("request", code))?;
    let ground = Ground::now(context, today).await?;
    ground.check_family(&request.value)?;
    let need = need_of(&request.value).map_err(ServiceError::Refused)?;
    let left_out = storage::diffusion::left_out(context.db.read(), &to).await?;
    let left_out: HashMap<String, LimitGround> = left_out
        .into_iter()
        .map(|one| (one.worker, one.ground))
        .collect();
    Ok(Asked {
        request,
        need: need.leaving_out(left_out.keys().cloned().collect()),
        ground,
        left_out,
    })
}

/// Answers one request, whatever its status.
pub async fn answer(
    context: &Context,
    code: &RequestCode,
    today: NaiveDate,
    most_fits: Option<usize>,
) -> Result<Matched, ServiceError> {
    answer_by(context, code, today, most_fits, ListedBy::Rules).await
}

async fn answer_by(
    context: &Context,
    code: &RequestCode,
    today: NaiveDate,
    most_fits: Option<usize>,
    listed_by: ListedBy,
) -> Result<Matched, ServiceError> {
    let asked = ask(context, code, today).await?;
    let (mut answer, held_back) = asked.whole(most_fits, listed_by);
    answer.left_out.sort_unstable();
    let revision = asked.ground.revision();
    Ok(Matched {
        request: asked.request,
        need: asked.need,
        answer,
        revision,
        left_out: asked.left_out,
        fresh_days: asked.ground.fresh_days,
        listed_by,
        held_back,
    })
}

/// The same with the workers that it shows, by code.
pub async fn shown(
    context: &Context,
    code: &RequestCode,
    today: NaiveDate,
    most_fits: Option<usize>,
) -> Result<(Matched, HashMap<String, Worker>), ServiceError> {
    shown_by_order(context, code, today, most_fits, ListedBy::Rules).await
}

/// The same in an order that somebody asks for: of all who fit, the first of that order.
pub async fn shown_by_order(
    context: &Context,
    code: &RequestCode,
    today: NaiveDate,
    most_fits: Option<usize>,
    listed_by: ListedBy,
) -> Result<(Matched, HashMap<String, Worker>), ServiceError> {
    let mut tries = 0;
    loop {
        let matched = answer_by(context, code, today, most_fits, listed_by).await?;
        let people = people(context, &matched.answer).await?;
        tries += 1;
        // A record that went since the answer is in none from now on.
        if tries == SHOWN_TRIES || shown_by(&matched.answer).all(|code| people.contains_key(code)) {
            return Ok((matched, people));
        }
    }
}

/// Workers as the rules order them today, in whatever order somebody saw and chose them;
/// who does not fit comes after, as they were chosen.
pub async fn in_turn(
    context: &Context,
    actor: &Actor,
    request: &RequestCode,
    mut chosen: Vec<WorkerCode>,
) -> Result<Vec<WorkerCode>, ServiceError> {
    require_desk(actor)?;
    let asked = ask(context, request, context.today()).await?;
    let turn = asked
        .search()
        .in_turn(chosen.iter().map(WorkerCode::as_str));
    let places: HashMap<&str, usize> = (turn.into_iter().enumerate())
        .map(|(place, worker)| (worker, place))
        .collect();
    chosen.sort_by_key(|code| places.get(code.as_str()).copied().unwrap_or(usize::MAX));
    Ok(chosen)
}

/// Answers every open request, by code; `each` gets the code and the answer, or
/// why the request is refused.
pub async fn answer_all<E: From<ServiceError>>(
    context: &Context,
    today: NaiveDate,
    most_fits: Option<usize>,
    mut each: impl FnMut(&str, Result<Answer, Why>) -> Result<(), E>,
) -> Result<(), E> {
    let ground = Ground::now(context, today).await?;
    for_open(context, |request, left_out| {
        let code = request
            .code
            .as_ref()
            .map(RequestCode::as_str)
            .unwrap_or_default();
        match need_of(request) {
            Ok(_) if ground.holds_family(request) => {
                each(code, Err(family_is_held(request.family.as_str())))
            }
            Ok(need) => {
                let need = need.leaving_out(left_out);
                each(code, Ok(ground.answer(&need, most_fits)))
            }
            Err(why) => each(code, Err(why)),
        }
    })
    .await
}

/// The open requests that a worker fits.
pub async fn reverse(
    context: &Context,
    worker: &WorkerCode,
    today: NaiveDate,
) -> Result<ReverseAnswer, ServiceError> {
    let (ground, needs) = open_needs(context, worker, today).await?;
    Ok(matching::reverse(
        ground.pool(),
        worker.as_str(),
        &needs,
        today,
        &ground.weights,
    ))
}

/// What every open request asks, for a worker who exists.
async fn open_needs(
    context: &Context,
    worker: &WorkerCode,
    today: NaiveDate,
) -> Result<(Ground, Vec<Need>), ServiceError> {
    let found = storage::workers::find(context.db.read(), worker).await?;
    if found.is_none() {
        return Err(missing(context.db.read(), "worker", worker.as_str()).await?);
    }
    let ground = Ground::now(context, today).await?;
    let mut needs = Vec::new();
    for_open(context, |request, left_out| {
        if !ground.holds_family(request) {
            let need = need_of(request).ok();
            needs.extend(need.map(|need| need.leaving_out(left_out)));
        }
        Ok::<_, ServiceError>(())
    })
    .await?;
    Ok((ground, needs))
}

/// The first who fit an open request, by code: now, and under other weights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reordered {
    pub request: String,
    pub now: Vec<String>,
    pub then: Vec<String>,
}

/// How other weights would order the first `most` of those who fit the newest open
/// requests; those that nobody fits are left out.
pub(super) async fn reordered(
    context: &Context,
    weights: &Weights,
    (requests, most): (u64, usize),
) -> Result<Vec<Reordered>, ServiceError> {
    let ground = Ground::now(context, context.today()).await?;
    let newest = storage::requests::newest_open(context.db.read(), requests).await?;
    let limits = diffusion::Limits::load(context).await?;
    let mut left_out = limits.of(context, &newest).await?;
    let mut all = Vec::new();
    for request in &newest {
        let Some(code) = request.value.code.as_ref().map(RequestCode::as_str) else {
            continue;
        };
        let Ok(need) = need_of(&request.value) else {
            continue;
        };
        if ground.holds_family(&request.value) {
            continue;
        }
        let need = need.leaving_out(left_out.remove(code).unwrap_or_default());
        let first = |search: Search<'_>| -> Vec<String> {
            let fits = search.first_fits(most).into_iter();
            fits.map(|one| one.worker.to_owned()).collect()
        };
        let search = ground.search(&need);
        let now = first(search);
        if !now.is_empty() {
            all.push(Reordered {
                request: code.to_owned(),
                now,
                then: first(Search { weights, ..search }),
            });
        }
    }
    Ok(all)
}

/// An open request that a worker fits.
pub struct OpenFit {
    pub code: String,
    /// Points of 100,000.
    pub score: u32,
    pub request: CareRequest,
}

/// An open request that a worker does not fit.
pub struct OpenMissed {
    pub code: String,
    pub request: CareRequest,
    /// All that fails.
    pub failing: Vec<(Criterion, Shortfall)>,
}

/// The open requests for a worker's page.
pub struct OpenFits {
    /// The best first.
    pub fits: Vec<OpenFit>,
    /// Those of the others that are nearest to it.
    pub missed: Vec<OpenMissed>,
}

/// The first of the open requests that a worker fits, and of those that they nearly do,
/// with what a page says of them.
pub async fn fits_of(
    context: &Context,
    actor: &Actor,
    worker: &WorkerCode,
) -> Result<OpenFits, ServiceError> {
    require_desk(actor)?;
    let today = context.today();
    let (ground, needs) = open_needs(context, worker, today).await?;
    let (pool, weights) = (ground.pool(), &ground.weights);
    let mut fits = matching::reverse(pool, worker.as_str(), &needs, today, weights).requests;
    fits.truncate(MOST_FITS_SHOWN);
    let rules = (today, weights);
    let missed = matching::nearest(pool, worker.as_str(), &needs, rules, MOST_NEAR_SHOWN);
    let codes = fits.iter().map(|one| &one.request);
    let codes = codes.chain(missed.iter().map(|one| &one.request));
    let codes: Vec<RequestCode> = codes
        .filter_map(|code| RequestCode::parse(code).ok())
        .collect();
    let mut found: HashMap<String, CareRequest> =
        storage::requests::find_many(context.db.read(), &codes)
            .await?
            .into_iter()
            .filter_map(|one| Some((one.value.code.clone()?.to_string(), one.value)))
            .collect();
    let fits = fits.into_iter().filter_map(|one| {
        Some(OpenFit {
            request: found.remove(&one.request)?,
            code: one.request,
            score: one.score,
        })
    });
    let fits = fits.collect();
    let missed = missed.into_iter().filter_map(|one| {
        Some(OpenMissed {
            request: found.remove(&one.request)?,
            code: one.request,
            failing: one.failing,
        })
    });
    let missed = missed.collect();
    Ok(OpenFits { fits, missed })
}

/// Every open request, with the codes of those whose sheet must not go there.
async fn for_open<E: From<ServiceError>>(
    context: &Context,
    mut each: impl FnMut(&CareRequest, Vec<String>) -> Result<(), E>,
) -> Result<(), E> {
    let limits = diffusion::Limits::load(context).await?;
    let mut last: Option<RequestCode> = None;
    loop {
        let piece =
            storage::requests::open_after(context.db.read(), last.as_ref(), CHUNK as u64).await;
        let piece = piece.map_err(ServiceError::from)?;
        let mut left_out = limits.of(context, &piece).await?;
        for request in &piece {
            let code = request.value.code.as_ref().map(RequestCode::as_str);
            let left_out = code.and_then(|code| left_out.remove(code));
            each(&request.value, left_out.unwrap_or_default())?;
        }
        match piece.last() {
            Some(request) if piece.len() == CHUNK => last.clone_from(&request.value.code),
            _ => return Ok(()),
        }
    }
}

/// The workers that an answer shows, by code.
async fn people(
    context: &Context,
    answer: &Answer,
) -> Result<HashMap<String, Worker>, ServiceError> {
    let mut codes: Vec<WorkerCode> = shown_by(answer)
        .filter_map(|code| WorkerCode::parse(code).ok())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let mut people = HashMap::with_capacity(codes.len());
    // One for any page but that of all who fit.
    for piece in codes.chunks(CHUNK) {
        for one in storage::workers::find_many(context.db.read(), piece).await? {
            people.extend(
                one.value
                    .code
                    .as_ref()
                    .map(|code| (code.to_string(), one.value.clone())),
            );
        }
    }
    Ok(people)
}

fn shown_by(answer: &Answer) -> impl Iterator<Item = &String> {
    let shown = answer.fits.iter().map(|fit| &fit.worker);
    let shown = shown.chain(answer.near_misses.iter().map(|miss| &miss.worker));
    let shown = shown.chain(answer.introduced.iter().map(|one| &one.worker));
    let shown = shown.chain(answer.teams.iter().flat_map(|team| &team.workers));
    shown.chain(&answer.left_out)
}
