//! Lists without their explanations, for whoever asks for one of them and no
//! more: the same people in the same order as in the whole answer, at the cost of
//! what is asked.

use chrono::NaiveDate;

use super::answer::Aside;
use super::columns::number;
use super::muster::muster;
use super::need::Need;
use super::order::{Place, fair_order};
use super::pool::Pool;
use super::question::Question;
use super::scan::{Wanted, scan};
use super::score::Weights;

/// Somebody in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked<'a> {
    pub worker: &'a str,
    pub score: u32,
    /// From 1.
    pub band: u32,
}

/// One question to a pool.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    pub pool: &'a Pool,
    pub need: &'a Need,
    pub today: NaiveDate,
    pub weights: &'a Weights,
}

impl<'a> Search<'a> {
    fn question(&self) -> Question<'a> {
        Question::new(self.pool, self.need, self.today, self.weights)
    }

    /// The first of those who fit, in fair order.
    pub fn first_fits(&self, most: usize) -> Vec<Ranked<'a>> {
        let question = self.question();
        let found = scan(&question, Wanted::Fits, &Aside::of(&question).all);
        self.named(fair_order(&question, found.fits, most))
    }

    /// The first of those who nearly fit, in fair order.
    pub fn first_near_misses(&self, most: usize) -> Vec<Ranked<'a>> {
        let question = self.question();
        let found = scan(&question, Wanted::NearMisses, &Aside::of(&question).all);
        self.named(fair_order(&question, found.near_misses, most))
    }

    /// The codes of each team to show, in order.
    pub fn first_teams(&self) -> Vec<Vec<&'a str>> {
        let question = self.question();
        let found = scan(&question, Wanted::Teams, &Aside::of(&question).all);
        let teams = muster(&question, &found.for_teams).listed;
        let codes = |workers: Vec<usize>| workers.into_iter().map(|i| self.pool.code(i)).collect();
        teams.into_iter().map(|team| codes(team.workers)).collect()
    }

    /// How many fit.
    pub fn count_fits(&self) -> u32 {
        let question = self.question();
        let found = scan(&question, Wanted::Fits, &Aside::of(&question).all);
        number(found.fits.len())
    }

    fn named(&self, places: Vec<Place>) -> Vec<Ranked<'a>> {
        let named = |place: Place| Ranked {
            worker: self.pool.code(place.worker),
            score: place.score,
            band: place.band,
        };
        places.into_iter().map(named).collect()
    }
}
