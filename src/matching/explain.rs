//! Why a worker is where they are: every criterion with its shortfall, the
//! points of every component, and warnings that change nothing. Structured; the
//! sentences are made of these elsewhere, and never of anything else.

use chrono::NaiveDate;

use super::columns::{Day, NO_CAP, NO_DAY, date_of};
use super::criteria::{Criterion, Shortfall};
use super::need::Need;
use super::pool::Pool;
use super::question::Question;
use super::score::{Components, Weights};
use super::warnings::{DAYS, Warning, WorkRules};
use crate::domain::contract::Arrangement;
use crate::domain::permit::PermitType;
use crate::domain::week::WeekGrid;

const MOST_NIGHTS: u32 = 6;
const PERMIT_WARNING_DAYS: i32 = 60;

/// What stands beside one worker in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Each criterion, in their order, with none where it passes.
    pub criteria: Vec<(Criterion, Option<Shortfall>)>,
    pub components: Components,
    pub distance_m: u32,
    /// The most half-hours a week, where something limits them.
    pub cap_half_hours: Option<u32>,
    /// All the worker said they are free.
    pub availability: WeekGrid,
    /// The needed half-hours the worker is free in.
    pub covered: WeekGrid,
    /// The needed half-hours the worker is not free in.
    pub uncovered: WeekGrid,
    pub warnings: Vec<Warning>,
}

impl Explanation {
    /// The needed half-hours a week that the worker can do within their cap; 0 for `live_in`.
    pub fn usable(&self) -> u32 {
        let covered = self.covered.count();
        self.cap_half_hours.map_or(covered, |cap| covered.min(cap))
    }
}

/// Explains one worker of the pool, fit or not, every failure named; none where
/// the worker is not in the pool today.
pub fn explain(
    pool: &Pool,
    worker: &str,
    need: &Need,
    today: NaiveDate,
    weights: &Weights,
) -> Option<Explanation> {
    let question = Question::new(pool, need, today, weights);
    let i = pool.find(worker).filter(|i| question.authorised(*i))?;
    Some(question.explanation(i))
}

impl Question<'_> {
    /// As if the worker did all of the need they are free in.
    pub fn explanation(&self, i: usize) -> Explanation {
        self.explanation_of(i, &self.free(i))
    }

    /// With the warnings of this much work.
    pub fn explanation_of(&self, i: usize, work: &WeekGrid) -> Explanation {
        let covered = self.free(i);
        let ground = self.ground(i);
        Explanation {
            criteria: self.every_shortfall(i, ground),
            components: self.points_at(i, ground.distance_m),
            distance_m: ground.distance_m,
            cap_half_hours: Some(self.cap(i)).filter(|cap| *cap != NO_CAP),
            availability: self.pool.week(i).grid(),
            covered,
            uncovered: self.need.fields().schedule.minus(&covered),
            warnings: self.warnings(i, work),
        }
    }

    fn warnings(&self, i: usize, work: &WeekGrid) -> Vec<Warning> {
        let rules = self
            .rules
            .get_or_init(|| WorkRules::on(date_of(self.asked.day)));
        let mut warnings = Vec::new();
        if self.is(Arrangement::Hourly) {
            warnings.extend(rules.long_days(work));
        }
        warnings.extend(rules.short_rests(work));
        if (0..DAYS).all(|day| !work.day_runs(day).is_empty()) {
            warnings.push(Warning::NoFreeDay);
        }
        if self.is(Arrangement::Night) {
            let nights = rules.nights(work);
            warnings.extend((nights > MOST_NIGHTS).then_some(Warning::ManyNights { nights }));
        }
        let ends = self.title_ends(i).filter(|until| {
            let left = until - self.asked.day;
            (0..=PERMIT_WARNING_DAYS).contains(&left)
        });
        warnings.extend(ends.map(|until| Warning::PermitEnds { on: date_of(until) }));
        warnings
    }

    /// The last day of the worker's title, where its type has one and it is known.
    fn title_ends(&self, i: usize) -> Option<Day> {
        let permit = self.pool.week(i).permit_type();
        let dated = permit.is_some_and(PermitType::needs_expiry);
        let until = self.pool.hot(i).permit_until;
        (dated && until != NO_DAY).then_some(until)
    }
}
