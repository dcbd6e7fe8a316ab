//! How a pool is kept true: when availability is asked again, when silence pauses,
//! when somebody is reminded of an end. Days only; who asks is not here.

use chrono::{NaiveDate, TimeDelta};

use super::answer::coded;
use super::invalid::{Why, one_of};
use super::setting::{Numbers, Setting};

coded! {
    /// What the program says by itself to a worker, once for what it is about.
    PoolWord {
        /// Whether the availability is still right; about the last word.
        Ask = "ask",
        /// That they are paused, for want of a word; about the last word.
        Paused = "paused",
        /// That the title of stay ends, the first time; about its last day. The codes are of
        /// the days that the program came with.
        PermitFar = "permit_60",
        /// Shortly before.
        PermitNear = "permit_15",
        /// The same of the accreditation.
        AccreditationFar = "accreditation_60",
        AccreditationNear = "accreditation_15",
    }
}

/// Whoever fell silent no longer ago than this is asked on the day.
const FRESH: i64 = 7;
/// Of those silent for longer (an old database's first night, an outage) so many are
/// asked a day, or a seventh where that is more.
const LATE_A_DAY: u64 = 25;

/// So many days before an end it is told of, and again: policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminding {
    pub far: i64,
    pub near: i64,
}

impl Reminding {
    /// As the numbers say on a day.
    pub fn on(numbers: &Numbers, day: NaiveDate) -> Self {
        Self {
            far: numbers.days(Setting::RemindFar, day),
            near: numbers.days(Setting::RemindNear, day),
        }
    }

    /// Whether an end is told of by now, and is not over.
    pub fn is_near(self, end: NaiveDate, today: NaiveDate) -> bool {
        (0..=self.far).contains(&(end - today).num_days())
    }
}

/// After how many days without a word availability is asked, and silence pauses: policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    pub asked_after: i64,
    pub paused_after: i64,
}

/// Whoever was asked has so many days to answer at the least.
pub const LEAST_TO_ANSWER: u32 = 7;

impl Silence {
    /// As the numbers say on a day.
    pub fn on(numbers: &Numbers, day: NaiveDate) -> Self {
        let asked_after = numbers.days(Setting::Ask, day);
        let least = asked_after + i64::from(LEAST_TO_ANSWER);
        Self {
            asked_after,
            paused_after: numbers.days(Setting::Pause, day).max(least),
        }
    }

    /// Nobody is paused before they were asked, and had so many days to answer.
    pub fn time_to_answer(self) -> i64 {
        self.paused_after - self.asked_after
    }

    /// Whoever said the last word on this day or before is asked now.
    pub fn asked_since(self, today: NaiveDate) -> NaiveDate {
        today - TimeDelta::days(self.asked_after)
    }

    /// Whoever said the last word on this day or before is asked when their turn comes.
    pub fn late_since(self, today: NaiveDate) -> NaiveDate {
        self.asked_since(today) - TimeDelta::days(FRESH)
    }

    /// Whoever said the last word on this day or before is paused now.
    pub fn paused_since(self, today: NaiveDate) -> NaiveDate {
        today - TimeDelta::days(self.paused_after)
    }

    /// And was asked on this day or before.
    pub fn answered_by(self, today: NaiveDate) -> NaiveDate {
        today - TimeDelta::days(self.time_to_answer())
    }
}

/// How many of those are still to be asked today, when so many wait and so many were
/// asked today.
pub fn late_today(waiting: u64, asked: u64) -> u64 {
    let turn = (waiting + asked).div_ceil(7).max(LATE_A_DAY);
    turn.saturating_sub(asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::setting::NumberRule;

    #[test]
    fn nobody_is_paused_who_had_no_time_to_answer() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let silence = Silence::on(&Numbers::default(), today);
        assert_eq!((today - silence.asked_since(today)).num_days(), 30);
        assert_eq!((today - silence.paused_since(today)).num_days(), 45);
        assert_eq!((today - silence.answered_by(today)).num_days(), 15);
        // Two rows that say the contrary together.
        let late = Numbers::new(vec![NumberRule {
            setting: Setting::Ask,
            valid_from: today,
            value: 90,
        }]);
        assert_eq!(Silence::on(&late, today).paused_after, 97);
    }

    #[test]
    fn an_old_pool_is_asked_over_days_and_nobody_waits_for_ever() {
        assert_eq!([late_today(10, 0), late_today(60, 0)], [25, 25]);
        assert_eq!(
            [late_today(35, 25), late_today(0, 25)],
            [0, 0],
            "once a day"
        );
        let (mut waiting, mut days) = (100_000_u64, 0);
        while waiting > 0 {
            let first = late_today(waiting, 0).min(waiting);
            assert!(first <= waiting.div_ceil(7).max(25));
            waiting -= first;
            assert_eq!(late_today(waiting, first).min(waiting), 0, "{waiting}");
            days += 1;
        }
        assert!((20..60).contains(&days), "{days}");
    }
}
