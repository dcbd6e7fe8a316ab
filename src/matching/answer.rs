//! The answer to one need: fits, near misses, what limits the search, teams.
//! Serialised it is the JSON of `dom match`, to the letter; what the screen adds
//! (explanations, grids) is left out there.

use chrono::NaiveDate;
use serde::Serialize;

use super::columns::{Day, date_of, long_day};
use super::criteria::{Criterion, Shortfall};
use super::explain::Explanation;
use super::limits::Limits;
use super::listed::ListedBy;
use super::muster::muster;
use super::near_miss;
use super::need::Need;
use super::order::{Place, fair_order};
use super::pool::Pool;
use super::question::Question;
use super::scan::{Most, Wanted, scan};
use super::score::{Components, Weights};
use super::team::Team;

/// See the module's words.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    pub request: String,
    pub today: NaiveDate,
    /// Workers in the pool on that day, those introduced already among them.
    pub pool: u32,
    /// Ordered by date, then code.
    pub introduced: Vec<Introduced>,
    /// In fair order, unless another was asked for.
    pub fits: Vec<Fit>,
    /// The first ten, in fair order.
    pub near_misses: Vec<NearMiss>,
    pub limits: Limits,
    /// At most five.
    pub teams: Vec<Team>,
    /// How many fit, listed or not.
    #[serde(skip)]
    pub fits_in_all: u32,
    /// Whether the search for teams ended before it had looked through all there
    /// could be: then these are the best it found.
    #[serde(skip)]
    pub teams_cut_short: bool,
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
    /// When they last said that they are available.
    #[serde(skip)]
    pub confirmed_on: Option<NaiveDate>,
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

/// Who of the pool takes no part in a request.
pub(super) struct Aside {
    /// Introduced for it already, with the latest day.
    introduced: Vec<(usize, Day)>,
    left_out: Vec<usize>,
    /// Both, ascending.
    pub all: Vec<usize>,
}

impl Aside {
    pub fn of(question: &Question) -> Self {
        let (pool, need) = (question.pool, question.need);
        let mut introduced = pool.introduced_for(need.request(), question.today);
        introduced.retain(|(i, _)| question.authorised(*i));
        // Stable: workers come in the order of their codes.
        introduced.sort_by_key(|one| one.1);
        let left_out = need.left_out().iter().filter_map(|code| pool.find(code));
        let mut left_out: Vec<usize> = left_out.filter(|i| question.authorised(*i)).collect();
        left_out.sort_unstable_by_key(|i| pool.code(*i));
        let mut all: Vec<usize> = introduced.iter().map(|one| one.0).collect();
        all.extend(&left_out);
        all.sort_unstable();
        all.dedup();
        Self {
            introduced,
            left_out,
            all,
        }
    }
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
    answer_by(ListedBy::Rules, pool, need, today, weights, most_fits)
}

/// The same with the first fits of an order that somebody asks for: only they are explained.
pub fn answer_by(
    listed_by: ListedBy,
    pool: &Pool,
    need: &Need,
    today: NaiveDate,
    weights: &Weights,
    most_fits: Option<usize>,
) -> Answer {
    let question = Question::new(pool, need, today, weights);
    let aside = Aside::of(&question);
    let listed = most_fits.unwrap_or(usize::MAX);
    let most = Most {
        // Whoever is first in another order may be anywhere in the rules' own.
        fits: if listed_by == ListedBy::Rules {
            listed
        } else {
            usize::MAX
        },
        near_misses: near_miss::LISTED,
    };
    let found = scan(&question, Wanted::Everything, most, &aside.all);
    let fits_in_all = found.fits.count();
    let mut fits = fair_order(&question, found.fits.best(), most.fits);
    listed_by.sort(&question, &mut fits);
    fits.truncate(listed);
    let near = fair_order(&question, found.near_misses.best(), most.near_misses);
    let teams = muster(&question, &found.for_teams);
    let code = |i: usize| pool.code(i).to_owned();
    Answer {
        request: need.request().to_owned(),
        today,
        pool: pool.authorised(question.today),
        introduced: (aside.introduced.iter())
            .map(|(i, day)| Introduced {
                worker: code(*i),
                issued_on: date_of(*day),
            })
            .collect(),
        fits: fits.iter().map(|place| question.fit(place)).collect(),
        near_misses: (near.iter())
            .filter_map(|place| question.listed_near_miss(place))
            .collect(),
        limits: found.limits,
        teams: teams.listed.iter().map(|one| question.team(one)).collect(),
        teams_cut_short: teams.cut_short,
        fits_in_all,
        left_out: aside.left_out.into_iter().map(code).collect(),
    }
}

impl Question<'_> {
    fn fit(&self, place: &Place) -> Fit {
        let i = place.worker;
        let explanation = self.explanation(i);
        Fit {
            worker: self.pool.code(i).to_owned(),
            score: place.score,
            band: place.band,
            components: explanation.components,
            distance_m: explanation.distance_m,
            covered_slots: explanation.usable(),
            requests_introduced_90d: place.past.requests_introduced_90d,
            last_introduced_on: place.past.last_introduced_on,
            confirmed_on: long_day(self.pool.week(i).confirmed_on()),
            explanation,
        }
    }

    fn listed_near_miss(&self, place: &Place) -> Option<NearMiss> {
        let i = place.worker;
        let explanation = self.explanation(i);
        let mut failed = explanation.criteria.iter();
        let failed =
            failed.find_map(|(criterion, shortfall)| Some((*criterion, shortfall.clone()?)));
        let (criterion, shortfall) = failed?;
        Some(NearMiss {
            worker: self.pool.code(i).to_owned(),
            score: place.score,
            criterion,
            shortfall,
            band: place.band,
            explanation,
        })
    }
}
