//! What an operator is told to look at beside somebody, and what of it the limits of the
//! contract on a day say of a week of work.

use chrono::NaiveDate;

use crate::domain::contract::{self, Limit};
use crate::domain::week::{SLOTS, SLOTS_A_DAY, WeekGrid};

pub(super) const DAYS: usize = 7;

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

/// What the contract says of a week's work, in half-hours.
#[derive(Debug)]
pub(super) struct WorkRules {
    most_a_day: Option<u32>,
    least_rest: Option<u32>,
    /// The night, in every night of the week.
    night: Option<WeekGrid>,
}

impl WorkRules {
    pub fn on(day: NaiveDate) -> Self {
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

    pub fn long_days(&self, work: &WeekGrid) -> Vec<Warning> {
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
    pub fn short_rests(&self, work: &WeekGrid) -> Vec<Warning> {
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
    pub fn nights(&self, work: &WeekGrid) -> u32 {
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

fn half_hours(slots: usize) -> u32 {
    u32::try_from(slots).expect("a week is short")
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
