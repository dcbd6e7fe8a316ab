//! How a pool is kept true: when availability is asked again, when silence pauses,
//! when somebody is reminded of an end. Days only; who asks is not here.

use chrono::{NaiveDate, TimeDelta};

use super::answer::coded;
use super::invalid::{Why, one_of};

coded! {
    /// What the program says by itself to a worker, once for what it is about.
    PoolWord {
        /// Whether the availability is still right; about the last word.
        Ask = "ask",
        /// That they are paused, for want of a word; about the last word.
        Paused = "paused",
        /// That the title of stay ends within 60 days; about its last day.
        PermitFar = "permit_60",
        /// Within 15 days.
        PermitNear = "permit_15",
        /// The same of the accreditation.
        AccreditationFar = "accreditation_60",
        AccreditationNear = "accreditation_15",
    }
}

/// Availability is asked after so many days without a word.
pub const ASKED_AFTER: i64 = 30;
/// After so many days without a word a worker is paused.
pub const PAUSED_AFTER: i64 = 45;
/// But never before they were asked, and had so many days to answer.
pub const TIME_TO_ANSWER: i64 = PAUSED_AFTER - ASKED_AFTER;
/// An end is told of so many days before, and again.
pub const FAR: i64 = 60;
pub const NEAR: i64 = 15;

/// Whoever said the last word on this day or before is asked now.
pub fn asked_since(today: NaiveDate) -> NaiveDate {
    today - TimeDelta::days(ASKED_AFTER)
}

/// Whoever said the last word on this day or before is paused now.
pub fn paused_since(today: NaiveDate) -> NaiveDate {
    today - TimeDelta::days(PAUSED_AFTER)
}

/// And was asked on this day or before.
pub fn answered_by(today: NaiveDate) -> NaiveDate {
    today - TimeDelta::days(TIME_TO_ANSWER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_paused_who_had_no_time_to_answer() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert_eq!((today - asked_since(today)).num_days(), 30);
        assert_eq!((today - paused_since(today)).num_days(), 45);
        assert_eq!((today - answered_by(today)).num_days(), 15);
    }
}
