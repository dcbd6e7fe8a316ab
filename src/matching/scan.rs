//! One search of the pool: who in reach fits, nearly fits, or may stand in a
//! team. The cheapest and most decisive comes first, and nobody is looked at whose
//! reach ends before the request. Invariant: it finds what looking at everybody
//! would find.

use std::ops::Range;

use super::criteria::{Criterion, Failures};
use super::limits::Limits;
use super::near_miss;
use super::question::Question;
use super::team;
use super::zones::{Ground, Region, ground};
use crate::domain::contract::Arrangement;
use crate::domain::place::Comune;

/// What a search is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Fits,
    NearMisses,
    Teams,
    /// All of these, and what limits the search.
    Everything,
}

impl Wanted {
    /// Whether somebody who fails this at least is looked at further.
    fn keeps(self, failures: Failures) -> bool {
        match self {
            Self::Fits => failures.none(),
            Self::NearMisses => failures.maybe_near(),
            Self::Teams => failures.none_but_mended(),
            Self::Everything => failures.one_at_most() || failures.none_but_mended(),
        }
    }

    /// How far beyond their reach people are looked at.
    fn slack_km(self) -> u16 {
        match self {
            Self::Fits | Self::Teams => 0,
            Self::NearMisses | Self::Everything => near_miss::MOST_KM,
        }
    }
}

/// A worker and their score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scored {
    pub worker: usize,
    pub score: u32,
}

/// What a search found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub fits: Vec<Scored>,
    pub near_misses: Vec<Scored>,
    pub for_teams: Vec<Scored>,
    /// Only where everything was wanted.
    pub limits: Limits,
}

/// Looks through the pool; those `aside` take no part, and are ascending.
pub(super) fn scan(question: &Question, wanted: Wanted, aside: &[usize]) -> Found {
    let mut scan = Scan {
        question,
        aside,
        to: question.need.fields().comune,
        wanted,
        found: Found::default(),
    };
    match wanted {
        Wanted::Fits => scan.everywhere(|failures| Wanted::Fits.keeps(failures)),
        Wanted::NearMisses => scan.everywhere(|failures| Wanted::NearMisses.keeps(failures)),
        Wanted::Teams => scan.everywhere(|failures| Wanted::Teams.keeps(failures)),
        Wanted::Everything => scan.everywhere(|failures| Wanted::Everything.keeps(failures)),
    }
    scan.found
}

struct Scan<'a> {
    question: &'a Question<'a>,
    aside: &'a [usize],
    to: Comune,
    wanted: Wanted,
    found: Found,
}

impl Scan<'_> {
    /// `keeps` is [`Wanted::keeps`], known when this is compiled.
    fn everywhere(&mut self, keeps: impl Fn(Failures) -> bool + Copy) {
        let pool = self.question.pool;
        let live_in = self.question.is(Arrangement::LiveIn);
        for (kind, region) in pool.regions() {
            if live_in && kind.relocates {
                self.rows(region.rows(), Failures::default(), 0, 0, keeps);
            } else if live_in || kind.local {
                self.in_reach(region, self.wanted.slack_km(), keeps);
            } else if self.wanted == Wanted::Everything {
                // They do not accept this work: one failure more is one too many.
                self.in_reach(region, 0, keeps);
            }
        }
        self.who_named_the_comune(keeps);
        for i in pool.newcomers() {
            let area = !self.question.reaches(i);
            self.one(i, Failures::default().with(Criterion::Area, area), keeps);
        }
    }

    fn in_reach(
        &mut self,
        region: &Region,
        slack_km: u16,
        keeps: impl Fn(Failures) -> bool + Copy,
    ) {
        let to = self.to;
        region.near(to, slack_km, |home, rows| {
            let Ground { distance_m, sea } = ground(home, to);
            if sea {
                return;
            }
            let km = |metres: u32| u16::try_from(metres.div_ceil(1000)).unwrap_or(u16::MAX);
            let (passes, end) = (Failures::default(), rows.end);
            let after = self.rows(rows, passes, km(distance_m), distance_m, keeps);
            if slack_km > 0 && after < end {
                let fails = passes.with(Criterion::Area, true);
                let nearly = distance_m.saturating_sub(u32::from(slack_km) * 1000);
                self.rows(after..end, fails, km(nearly), distance_m, keeps);
            }
        });
    }

    /// Those of whom reach says nothing, because they named the comune.
    fn who_named_the_comune(&mut self, keeps: impl Fn(Failures) -> bool + Copy) {
        let question = self.question;
        for (_, row) in question.pool.who_named(self.to) {
            let row = *row as usize;
            let hot = question.pool.hot(row);
            let found = question.goes_anywhere(hot) || question.ground(row).within(hot.reach_km);
            if !found {
                self.one(row, Failures::default(), keeps);
            }
        }
    }

    /// Looks at rows of the base as far as reaches are long enough; gives back the
    /// first row it did not look at.
    fn rows(
        &mut self,
        rows: Range<usize>,
        known: Failures,
        least_km: u16,
        distance_m: u32,
        keeps: impl Fn(Failures) -> bool + Copy,
    ) -> usize {
        let question = self.question;
        let (start, end) = (rows.start, rows.end);
        for (at, hot) in question.pool.hot_rows(rows).iter().enumerate() {
            if hot.reach_km < least_km {
                return start + at;
            }
            let failures = question.asked_first(hot).and(known);
            if keeps(failures) {
                self.meet(start + at, failures, distance_m, keeps);
            }
        }
        end
    }

    fn one(&mut self, i: usize, known: Failures, keeps: impl Fn(Failures) -> bool + Copy) {
        let failures = self
            .question
            .asked_first(self.question.pool.hot(i))
            .and(known);
        if keeps(failures) {
            let distance_m = self.question.ground(i).distance_m;
            self.meet(i, failures, distance_m, keeps);
        }
    }

    /// Somebody who passed what is asked first.
    fn meet(
        &mut self,
        i: usize,
        failures: Failures,
        distance_m: u32,
        keeps: impl Fn(Failures) -> bool,
    ) {
        let question = self.question;
        let failures = failures.and(question.asked_last(i));
        if !keeps(failures)
            || !question.authorised(i)
            || question.pool.is_gone(i)
            || self.aside.binary_search(&i).is_ok()
            // Found by their list instead.
            || (failures.has(Criterion::Area) && question.pool.named(i, self.to))
        {
            return;
        }
        let scored = || Scored {
            worker: i,
            score: question.score_at(i, distance_m),
        };
        let all = self.wanted == Wanted::Everything;
        if failures.none() {
            if all || self.wanted == Wanted::Fits {
                self.found.fits.push(scored());
            }
            return;
        }
        if all || self.wanted == Wanted::NearMisses {
            if let Some(criterion) = question.near_miss(i, failures) {
                self.found.limits.count(criterion);
                self.found.near_misses.push(scored());
            } else if let Some(criterion @ (Criterion::Arrangement | Criterion::WorkerSex)) =
                failures.only()
            {
                self.found.limits.count(criterion);
            }
        }
        let for_teams = all || self.wanted == Wanted::Teams;
        if for_teams && failures.mended_by_a_team() && team::can_join(question, i) {
            self.found.for_teams.push(scored());
        }
    }
}
