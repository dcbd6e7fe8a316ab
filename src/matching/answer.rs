//! The answer to one need: fits, near misses, what limits the search, teams.
//! Serialised it is the JSON of `dom match`, to the letter; what the screen adds
//! (explanations, grids) is left out there.

use chrono::NaiveDate;
use serde::Serialize;

use super::criteria::{Criterion, Shortfall};
use super::explain::Explanation;
use super::limits::Limits;
use super::near_miss;
use super::need::Need;
use super::order::{Place, fair_order};
use super::pool::{Pool, date_of, number};
use super::question::Question;
use super::score::{Components, Weights};
use super::team::{self, Team};

/// See the module's words.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    pub request: String,
    pub today: NaiveDate,
    /// Workers in the pool on that day, those introduced already among them.
    pub pool: u32,
    /// Ordered by date, then code.
    pub introduced: Vec<Introduced>,
    /// In fair order.
    pub fits: Vec<Fit>,
    /// The first ten, in fair order.
    pub near_misses: Vec<NearMiss>,
    pub limits: Limits,
    /// At most five.
    pub teams: Vec<Team>,
    /// How many fit, listed or not.
    #[serde(skip)]
    pub fits_in_all: u32,
    /// Workers of the pool whose sheet must not go there: counted in it, and in
    /// nothing else. In the order of their codes.
    #[serde(skip)]
    pub left_out: Vec<String>,
}

/// Somebody whose sheet went out for this very request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Introduced {
    pub worker: String,
    /// The latest time.
    pub issued_on: NaiveDate,
}

/// Somebody who passes all twelve criteria.
#[derive(Debug, Clone, Serialize)]
pub struct Fit {
    pub worker: String,
    pub score: u32,
    /// From 1.
    pub band: u32,
    /// Points.
    pub components: Components,
    pub distance_m: u32,
    /// Half-hours of the need within the worker's cap; 0 for `live_in`.
    pub covered_slots: u32,
    pub requests_introduced_90d: u32,
    pub last_introduced_on: Option<NaiveDate>,
    #[serde(skip)]
    pub explanation: Explanation,
}

/// Somebody who misses by one criterion, and not by much.
#[derive(Debug, Clone, Serialize)]
pub struct NearMiss {
    pub worker: String,
    pub score: u32,
    pub criterion: Criterion,
    pub shortfall: Shortfall,
    #[serde(skip)]
    pub band: u32,
    #[serde(skip)]
    pub explanation: Explanation,
}

/// What one scan of the pool leaves.
struct Sieved {
    pool: u32,
    fits: Vec<usize>,
    near_misses: Vec<usize>,
    limits: Limits,
    for_teams: Vec<usize>,
}

/// Answers a need from the pool as it stands on `today`; `most_fits` bounds the
/// fits that are listed and nothing else.
pub fn answer(
    pool: &Pool,
    need: &Need,
    today: NaiveDate,
    weights: &Weights,
    most_fits: Option<usize>,
) -> Answer {
    let question = Question::new(pool, need, today, weights);
    let introduced = pool.introduced_for(need.request(), question.today);
    let left_out = need.left_out().iter().filter_map(|code| pool.find(code));
    let left_out: Vec<usize> = left_out.collect();
    let mut aside: Vec<usize> = introduced.iter().map(|row| row.0).collect();
    aside.extend(&left_out);
    aside.sort_unstable();
    let sieved = sieve(&question, &aside);
    let fits = fair_order(&question, &sieved.fits, most_fits.unwrap_or(usize::MAX));
    let near = fair_order(&question, &sieved.near_misses, near_miss::LISTED);
    let mut introduced: Vec<Introduced> = introduced
        .into_iter()
        .filter(|(i, _)| question.authorised(*i))
        .map(|(i, day)| Introduced {
            worker: pool.code(i).to_owned(),
            issued_on: date_of(day),
        })
        .collect();
    // Stable: workers come in the order of their codes.
    introduced.sort_by_key(|one| one.issued_on);
    Answer {
        request: need.request().to_owned(),
        today,
        pool: sieved.pool,
        introduced,
        fits: fits.iter().map(|place| question.fit(place)).collect(),
        near_misses: (near.iter())
            .filter_map(|place| question.listed_near_miss(place))
            .collect(),
        limits: sieved.limits,
        teams: team::teams(&question, &sieved.for_teams),
        fits_in_all: number(sieved.fits.len()),
        left_out: (left_out.into_iter())
            .filter(|i| question.authorised(*i))
            .map(|i| pool.code(i).to_owned())
            .collect(),
    }
}

/// One pass over the pool; those `aside` take no part, and are ascending.
fn sieve(question: &Question, aside: &[usize]) -> Sieved {
    let mut sieved = Sieved {
        pool: 0,
        fits: Vec::new(),
        near_misses: Vec::new(),
        limits: Limits::default(),
        for_teams: Vec::new(),
    };
    for i in question.pool.all() {
        if !question.authorised(i) {
            continue;
        }
        sieved.pool += 1;
        let failures = question.sieve(i);
        let of_interest =
            failures.none() || failures.only().is_some() || failures.mended_by_a_team();
        if !of_interest || aside.binary_search(&i).is_ok() {
            continue;
        }
        if failures.none() {
            sieved.fits.push(i);
        } else if let Some(criterion) = question.near_miss(i, failures) {
            sieved.limits.count(criterion);
            sieved.near_misses.push(i);
        } else if let Some(criterion @ (Criterion::Arrangement | Criterion::WorkerSex)) =
            failures.only()
        {
            sieved.limits.count(criterion);
        }
        if failures.mended_by_a_team() && team::can_join(question, i) {
            sieved.for_teams.push(i);
        }
    }
    sieved
}

impl Question<'_> {
    fn fit(&self, place: &Place) -> Fit {
        let i = place.worker;
        Fit {
            worker: self.pool.code(i).to_owned(),
            score: place.score,
            band: place.band,
            components: self.points(i),
            distance_m: self.ground(i).distance_m,
            covered_slots: self.usable(i),
            requests_introduced_90d: place.turn.requests_introduced_90d,
            last_introduced_on: place.turn.last_introduced_on,
            explanation: self.explanation(i),
        }
    }

    fn listed_near_miss(&self, place: &Place) -> Option<NearMiss> {
        let i = place.worker;
        let criterion = self.sieve(i).only()?;
        Some(NearMiss {
            worker: self.pool.code(i).to_owned(),
            score: place.score,
            criterion,
            shortfall: self.shortfall(criterion, i)?,
            band: place.band,
            explanation: self.explanation(i),
        })
    }
}
