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
use crate::domain::contract::{self, Arrangement, Limit};
use crate::domain::permit::PermitType;
use crate::domain::week::{SLOTS, SLOTS_A_DAY, WeekGrid};

const MOST_NIGHTS: u32 = 6;
const PERMIT_WARNING_DAYS: i32 = 60;
const DAYS: usize = 7;

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

/// What an operator should look at before proposing. Days are 0 for Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warning {
    /// More work on one day than the contract's daily limit (`hourly`).
    LongDay { day: usize, half_hours: u32 },
    /// Less rest than the contract asks between this day's work and the next's.
    ShortRest { after_day: usize, half_hours: u32 },
    /// Work on all seven days.
    NoFreeDay,
    /// Work on more than six nights.
    ManyNights { nights: u32 },
    /// The title of stay ends within 60 days of the first day of work.
    PermitEnds { on: NaiveDate },
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

fn half_hours(slots: usize) -> u32 {
    u32::try_from(slots).expect("a week is short")
}

/// What the contract says of a week's work, in half-hours.
#[derive(Debug)]
pub(super) struct WorkRules {
    most_a_day: Option<u32>,
    least_rest: Option<u32>,
    /// The night, in every night of the week.
    night: Option<WeekGrid>,
}

impl WorkRules {
    fn on(day: NaiveDate) -> Self {
        let half_hours =
            |arrangement, name| contract::limit(day, arrangement, name).and_then(Limit::half_hours);
        let night = contract::limit(day, "night_care", "window").map(|window| {
            WeekGrid::parse(&format!("Mon-Sun {}", window.value()))
                .expect("a window of the limits' table is an interval")
        });
        Self {
            most_a_day: half_hours("hourly", "max_hours_day"),
            least_rest: half_hours("any", "min_daily_rest_hours"),
            night,
        }
    }

    fn long_days(&self, work: &WeekGrid) -> Vec<Warning> {
        let Some(most) = self.most_a_day else {
            return Vec::new();
        };
        let of_day = |day: usize| {
            let worked: usize = work.day_runs(day).iter().map(|(from, to)| to - from).sum();
            let half_hours = half_hours(worked);
            (half_hours > most).then_some(Warning::LongDay { day, half_hours })
        };
        (0..DAYS).filter_map(of_day).collect()
    }

    /// A stretch of work belongs to the day it starts on, so that a night does not
    /// count as two days' work; the week goes round.
    fn short_rests(&self, work: &WeekGrid) -> Vec<Warning> {
        let Some(least) = self.least_rest else {
            return Vec::new();
        };
        let stretches = circular_stretches(work);
        let of_day = |day: usize| {
            let starts_on = |wanted: usize| {
                let on_day = move |(from, _): &&(usize, usize)| from / SLOTS_A_DAY == wanted;
                stretches.iter().filter(on_day)
            };
            let (_, ends) = starts_on(day).next_back()?;
            let (begins, _) = starts_on((day + 1) % DAYS).next()?;
            let begins = begins + if day + 1 == DAYS { SLOTS } else { 0 };
            let rest = half_hours(begins.saturating_sub(*ends));
            (rest < least).then_some(Warning::ShortRest {
                after_day: day,
                half_hours: rest,
            })
        };
        (0..DAYS).filter_map(of_day).collect()
    }

    /// Nights, each from noon to noon, with work in the contract's night window.
    fn nights(&self, work: &WeekGrid) -> u32 {
        let Some(night) = &self.night else {
            return 0;
        };
        let noon = SLOTS_A_DAY / 2;
        let night_of = |slot: usize| (slot + SLOTS - noon) % SLOTS / SLOTS_A_DAY;
        let mut worked = [false; DAYS];
        for slot in work.and(night).slots() {
            worked[night_of(slot)] = true;
        }
        half_hours(worked.into_iter().filter(|night| *night).count())
    }
}

/// Runs of work with Sunday's midnight joined; an end may lie past the week.
fn circular_stretches(work: &WeekGrid) -> Vec<(usize, usize)> {
    let mut runs = work.runs();
    if runs.len() > 1
        && let Some((0, first_end)) = runs.first().copied()
        && let Some((_, last_end)) = runs.last_mut()
        && *last_end == SLOTS
    {
        *last_end += first_end;
        runs.remove(0);
    }
    runs
}
