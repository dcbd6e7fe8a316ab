//! Whether those hired were still together after some days: bounds from what is
//! certain, and the estimate of Kaplan and Meier.

use chrono::NaiveDate;
use serde::Serialize;

use super::super::answer::Teller;
use super::Period;
use super::rate::{down, fixed_half_up, up};
use super::reconcile::{Standing, WaveAnswers, decided};

/// Still together, at two distances from the start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Retention {
    /// Hires with a start.
    pub n: u32,
    #[serde(rename = "90")]
    pub after_90: Retained,
    #[serde(rename = "180")]
    pub after_180: Retained,
}

/// Rates in per mille.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Retained {
    pub lower: Option<u32>,
    pub upper: Option<u32>,
    pub estimate: Option<u32>,
    /// Those whose time reaches the distance.
    pub at_risk: u32,
    /// Still together for certain, and ended for certain: what the bounds were made of.
    #[serde(skip)]
    pub together: u32,
    #[serde(skip)]
    pub ended: u32,
}

impl Retention {
    pub(super) fn of(jobs: &[Job]) -> Self {
        Self {
            n: count(jobs, |_| true),
            after_90: retained(jobs, 90),
            after_180: retained(jobs, 180),
        }
    }
}

/// One hire's time, in days from its start; before the start is negative.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job {
    /// The last day on which both were known to be together.
    last_together: i64,
    end: End,
}

#[derive(Debug, Clone, Copy)]
enum End {
    On(i64),
    /// Between `last_together` and this day.
    SaidBy(i64),
    NotYet,
}

impl Job {
    /// The job that began with an introduction.
    pub fn of(standing: &Standing, start: NaiveDate, period: Period) -> Self {
        let days = |day: NaiveDate| (day - start).num_days();
        let sides = [&standing.family, &standing.worker];
        let last_together = sides
            .into_iter()
            .flatten()
            .flatten()
            .filter(|told| told.still_working == Some(true))
            .map(|told| told.answered_on)
            .max()
            .unwrap_or(start);
        let said_ended = sides
            .into_iter()
            .flat_map(ends_said)
            .filter(|day| *day >= last_together)
            .min();
        let end = match (ended_on(standing, period), said_ended) {
            (Some(day), _) => End::On(days(day)),
            (None, Some(day)) => End::SaidBy(days(day)),
            (None, None) => End::NotYet,
        };
        Self {
            last_together: days(last_together),
            end,
        }
    }

    pub fn is_together_at(self, day: i64) -> bool {
        match self.end {
            End::On(end) => end.max(0) > day,
            End::SaidBy(_) | End::NotYet => self.last_together.max(0) >= day,
        }
    }

    fn has_ended_by(self, day: i64) -> bool {
        match self.end {
            End::On(end) | End::SaidBy(end) => end.max(0) <= day,
            End::NotYet => false,
        }
    }

    /// How long it is known to have lasted, and whether it ended then.
    fn time(self) -> (i64, bool) {
        let (time, ended) = match self.end {
            End::On(end) => (end, true),
            End::SaidBy(end) => ((self.last_together + end).div_euclid(2), true),
            End::NotYet => (self.last_together, false),
        };
        (time.max(0), ended)
    }
}

/// The days on which the answers of one side that count say that it is over.
fn ends_said(waves: &WaveAnswers) -> Vec<NaiveDate> {
    let mut was_hired = false;
    let mut days = Vec::new();
    for told in waves.iter().flatten() {
        let is_hired = decided(told.said());
        let says_over = told.still_working == Some(false);
        if says_over || (was_hired && is_hired == Some(false)) {
            days.push(told.answered_on);
        }
        was_hired |= is_hired == Some(true);
    }
    days
}

/// The day that the job began, where a side stated one.
pub(super) fn started_on(standing: &Standing, period: Period) -> Option<NaiveDate> {
    let known = |day: &NaiveDate| period.knows(*day);
    let of = |side| standing.stated(side, |told| told.started_on.filter(known));
    of(Teller::Family).or_else(|| of(Teller::Worker))
}

fn ended_on(standing: &Standing, period: Period) -> Option<NaiveDate> {
    let known = |day: &NaiveDate| period.knows(*day);
    let of = |side| standing.stated(side, |told| told.ended_on.filter(known));
    of(Teller::Family).or_else(|| of(Teller::Worker))
}

fn retained(jobs: &[Job], day: i64) -> Retained {
    let n = count(jobs, |_| true);
    let ended = count(jobs, |job| job.has_ended_by(day));
    let at_risk = count(jobs, |job| job.time().0 >= day);
    let together = count(jobs, |job| job.is_together_at(day));
    Retained {
        lower: down(together, n),
        upper: up(n - ended, n),
        estimate: kaplan_meier(jobs, day, at_risk),
        at_risk,
        together,
        ended,
    }
}

fn count(jobs: &[Job], is_such: impl Fn(Job) -> bool) -> u32 {
    let count = jobs.iter().filter(|job| is_such(**job)).count();
    u32::try_from(count).expect("there are fewer hires than people")
}

/// The product-limit estimate at a day, in per mille; nothing where it is not
/// defined: no job, or none that reaches the day while some may.
fn kaplan_meier(jobs: &[Job], day: i64, at_risk: u32) -> Option<u32> {
    const ONE: u128 = 1 << 96;
    if jobs.is_empty() {
        return None;
    }
    let mut times: Vec<(i64, bool)> = jobs.iter().map(|job| job.time()).collect();
    times.sort_unstable();
    let mut share = ONE;
    let mut rest = times.as_slice();
    while let Some((time, _)) = rest.first().filter(|(time, _)| *time <= day) {
        let here = rest.partition_point(|(other, _)| other <= time);
        let ended = rest[..here].iter().filter(|(_, ended)| *ended).count();
        let (reached, left) = (rest.len() as u128, (rest.len() - ended) as u128);
        share = (share * left).div_ceil(reached);
        rest = &rest[here..];
    }
    (share == 0 || at_risk > 0).then(|| fixed_half_up(share, ONE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(day: i64) -> Job {
        Job {
            last_together: 0,
            end: End::On(day),
        }
    }

    fn censored(day: i64) -> Job {
        Job {
            last_together: day,
            end: End::NotYet,
        }
    }

    #[test]
    fn kaplan_meier_gives_the_published_estimates() {
        // The 6-MP arm of Freireich et al., Blood 21 (1963) 699-716, as estimated in
        // Cox and Oakes, Analysis of Survival Data (1984): 21 patients in weeks.
        let mut jobs = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(ended).to_vec();
        jobs.extend([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(censored));
        for (week, expected) in [
            (5, 1000),
            (6, 857),
            (7, 807),
            (10, 753),
            (13, 690),
            (16, 627),
            (22, 538),
            (23, 448),
            (35, 448),
        ] {
            let at_risk = retained(&jobs, week).at_risk;
            assert_eq!(kaplan_meier(&jobs, week, at_risk), Some(expected), "{week}");
        }
        assert_eq!(retained(&jobs, 36).estimate, None, "nobody reaches it");
    }

    #[test]
    fn all_ended_is_nothing_left_though_nobody_reaches_the_day() {
        let jobs = [3, 5].map(ended);
        let retained = retained(&jobs, 90);
        assert_eq!((retained.estimate, retained.at_risk), (Some(0), 0));
        assert_eq!((retained.lower, retained.upper), (Some(0), Some(0)));
    }

    #[test]
    fn an_unknown_end_is_midway_and_rounded_down_before_it_becomes_nothing() {
        let job = |last_together, end| Job {
            last_together,
            end: End::SaidBy(end),
        };
        assert_eq!(job(10, 13).time(), (11, true));
        assert_eq!(job(-4, 9).time(), (2, true), "2.5, not from 0: 4");
        assert_eq!(job(-9, 4).time(), (0, true));
    }

    #[test]
    fn a_half_goes_up_however_the_product_came_about() {
        // 15 of 16 are left after each day's loss is taken one by one: 1/16 is 62.5.
        let mut jobs: Vec<Job> = (1..=15).map(ended).collect();
        jobs.push(censored(200));
        assert_eq!(retained(&jobs, 90).estimate, Some(63));
        let mut jobs: Vec<Job> = (1..=1999).map(|n| ended(n % 80)).collect();
        jobs.push(censored(200));
        assert_eq!(retained(&jobs, 90).estimate, Some(1), "0.5");
    }
}
