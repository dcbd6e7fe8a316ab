//! Lists without their explanations, for whoever asks for one of them and no
//! more: the same people in the same order as in the whole answer, at the cost of
//! what is asked.

use std::cmp::Reverse;
use std::collections::HashSet;

use chrono::NaiveDate;

use super::answer::Aside;
use super::census::census;
use super::criteria::{Criterion, Shortfall};
use super::limits::Limits;
use super::muster::muster;
use super::need::Need;
use super::order::{BAND, Place, fair_order, lot};
use super::pool::Pool;
use super::question::Question;
use super::scan::{Found, Most, Scored, Wanted, scan};
use super::score::Weights;
use super::team::Team;
use crate::domain::contract::Arrangement;

/// Somebody in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked<'a> {
    pub worker: &'a str,
    pub score: u32,
    /// From 1.
    pub band: u32,
}

/// Who fits and what keeps the others out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<'a> {
    /// Workers in the pool on that day.
    pub pool: u32,
    pub limits: Limits,
    /// Codes, in no order.
    pub fits: Vec<&'a str>,
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
        let found = found(&question, Wanted::Fits, most);
        self.named(fair_order(&question, found.fits.best(), most))
    }

    /// Those of some workers who fit, in fair order, wherever in it they stand: lots are
    /// drawn for them alone.
    pub fn in_turn<'b>(&self, chosen: impl IntoIterator<Item = &'b str>) -> Vec<&'a str> {
        let chosen = chosen.into_iter().filter_map(|code| self.pool.find(code));
        let chosen: HashSet<usize> = chosen.collect();
        let question = self.question();
        let mut fits = found(&question, Wanted::Fits, usize::MAX).fits.best();
        fits.sort_unstable_by_key(|one| Reverse(one.score));
        let (mut band, mut best) = (0, None);
        let mut turn = Vec::new();
        for Scored { worker, score } in fits {
            if best.is_none_or(|best| best - score > BAND) {
                (band, best) = (band + 1, Some(score));
            }
            if chosen.contains(&worker) {
                let (code, past) = (
                    self.pool.code(worker),
                    self.pool.past(worker, question.today),
                );
                turn.push((band, past, lot(self.need.request(), &[code]), code));
            }
        }
        turn.sort_unstable();
        turn.into_iter().map(|(.., code)| code).collect()
    }

    /// The first of those who nearly fit, in fair order.
    pub fn first_near_misses(&self, most: usize) -> Vec<Ranked<'a>> {
        let question = self.question();
        let found = found(&question, Wanted::NearMisses, most);
        self.named(fair_order(&question, found.near_misses.best(), most))
    }

    /// The codes of each team to show, in order.
    pub fn first_teams(&self) -> Vec<Vec<&'a str>> {
        let question = self.question();
        let found = found(&question, Wanted::Teams, 0);
        let teams = muster(&question, &found.for_teams).listed;
        let codes = |workers: Vec<usize>| workers.into_iter().map(|i| self.pool.code(i)).collect();
        teams.into_iter().map(|team| codes(team.workers)).collect()
    }

    /// All who fit, the best band first; inside a band in no order, so that no lot is
    /// drawn.
    pub fn fits_by_band(&self) -> Vec<Ranked<'a>> {
        let question = self.question();
        let mut fits = found(&question, Wanted::Fits, usize::MAX).fits.best();
        fits.sort_unstable_by_key(|one| Reverse(one.score));
        let (mut band, mut best) = (0, None);
        let ranked = fits.into_iter().map(|Scored { worker, score }| {
            if best.is_none_or(|best| best - score > BAND) {
                (band, best) = (band + 1, Some(score));
            }
            Ranked {
                worker: self.pool.code(worker),
                score,
                band,
            }
        });
        ranked.collect()
    }

    /// The teams to show, in order, with who works when.
    pub fn teams(&self) -> Vec<Team> {
        let question = self.question();
        let found = found(&question, Wanted::Teams, 0);
        let teams = muster(&question, &found.for_teams).listed;
        teams.iter().map(|one| question.team(one)).collect()
    }

    /// What keeps somebody from being proposed: all that they fail, where they neither fit,
    /// nor nearly fit, nor fail only what others in a team make up for. Nothing of somebody
    /// who is not in the pool today.
    pub fn out_of_reach(&self, worker: &str) -> Vec<(Criterion, Shortfall)> {
        let question = self.question();
        let found = self.pool.find(worker);
        let Some(i) = found.filter(|i| question.authorised(*i)) else {
            return Vec::new();
        };
        let failures = question.failures(i);
        // A scan looks at how far away somebody lives before it asks for near misses.
        let nearly = match question.near_miss(i, failures) {
            Some(Criterion::Area) => question.nearly_reaches(i),
            found => found.is_some(),
        };
        let in_a_team = failures.mended_by_a_team() && !question.is(Arrangement::LiveIn);
        if failures.none() || in_a_team || nearly {
            return Vec::new();
        }
        question.failing(i)
    }

    /// How the search stands, without a list in order.
    pub fn tally(&self) -> Tally<'a> {
        let question = self.question();
        let most = Most {
            fits: usize::MAX,
            near_misses: 0,
        };
        let aside = Aside::of(&question).all;
        let found = scan(&question, Wanted::Everything, most, &aside);
        let fits = found.fits.best().into_iter();
        Tally {
            pool: self.pool.authorised(question.today),
            limits: found.limits,
            fits: fits.map(|one| self.pool.code(one.worker)).collect(),
        }
    }

    /// How many of the pool each criterion holds back, whatever else does besides: the
    /// highest count first, none of 0. Looks at everybody, near or far.
    pub fn held_back(&self) -> Vec<(Criterion, u32)> {
        let question = self.question();
        let aside = Aside::of(&question).all;
        let mut counts = [0; Criterion::ALL.len()];
        for (failures, count) in census(&question, &aside) {
            for (criterion, all) in Criterion::ALL.into_iter().zip(&mut counts) {
                *all += u32::from(failures.has(criterion)) * count;
            }
        }
        let counted = Criterion::ALL.into_iter().zip(counts);
        let mut held: Vec<(Criterion, u32)> = counted.filter(|(_, count)| *count > 0).collect();
        held.sort_by_key(|(_, count)| Reverse(*count));
        held
    }

    /// How many fit.
    pub fn count_fits(&self) -> u32 {
        let question = self.question();
        found(&question, Wanted::CountOfFits, 0).fits.count()
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

/// What a search for one thing finds, of which so many are shown.
fn found(question: &Question, wanted: Wanted, most: usize) -> Found {
    let most = Most {
        fits: most,
        near_misses: most,
    };
    scan(question, wanted, most, &Aside::of(question).all)
}
