//! Copies of the whole database that the program makes by itself: how often, how many
//! are kept, and when it has been too long since the last good one. How a copy is made
//! is not here.

use std::time::Duration;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::answer::coded;
use super::invalid::{Why, one_of};

/// A copy a week at the least, where the program makes any.
pub const LONGEST_PAUSE_HOURS: u32 = 168;
/// An alarm that comes after a month comes too late.
pub const LATEST_ALARM_HOURS: u32 = 720;
/// A year of nights.
pub const MOST_KEPT: u32 = 366;

/// One that went wrong is tried again after so long: what hinders it is seldom mended
/// within minutes.
const NEXT_TRY: TimeDelta = TimeDelta::hours(1);
/// Whoever makes a copy has the turn for so long, and keeps it by saying so again; a
/// program that was killed holds up the others no longer. Clocks may be ten minutes apart.
pub const TURN: TimeDelta = TimeDelta::minutes(30);
/// So often it says so.
pub const TURN_KEPT_EVERY: Duration = Duration::from_mins(5);
/// A copy that takes longer hangs: it is given up.
pub const LONGEST: Duration = Duration::from_hours(6);

/// From a day on the program makes copies, or makes none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BackupRule {
    pub valid_from: NaiveDate,
    /// 0: none.
    pub every_hours: u32,
    /// A last good copy older than this is an alarm.
    pub alarm_hours: u32,
    /// So many good ones are kept.
    pub kept: u32,
}

coded! {
    /// How a copy stands.
    BackupState {
        /// Somebody wants one now.
        Asked = "asked",
        Running = "running",
        /// It is whole: it was read again to its end.
        Made = "made",
        Failed = "failed",
    }

    /// Why one was not made.
    BackupTrouble {
        /// The server's own tool is not there in the server's version.
        Tool = "tool",
        /// The disk is full.
        Room = "room",
        /// The folder is not there, or may not be written to.
        Folder = "folder",
        /// What was written is not what was to be written.
        Damaged = "damaged",
        /// The program ended in the middle.
        Interrupted = "interrupted",
        /// It was not done when it had to be.
        TooLong = "too_long",
        Other = "other",
    }
}

impl BackupRule {
    /// Whether the program makes copies at all.
    pub fn is_on(&self) -> bool {
        self.every_hours > 0
    }

    /// Whether a copy is due, with when the last good one and the last that went wrong
    /// began.
    pub fn is_due(
        &self,
        made: Option<DateTime<Utc>>,
        failed: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> bool {
        let pause = TimeDelta::hours(i64::from(self.every_hours));
        // A clock that went back must not put copies off for as long as it went.
        let passed = |since: DateTime<Utc>, pause| now - since >= pause || since > now + pause;
        self.is_on()
            && made.is_none_or(|made| passed(made, pause))
            && failed.is_none_or(|failed| passed(failed, NEXT_TRY))
    }

    /// Whether it has been too long since the last good one.
    pub fn is_late(&self, made: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
        let allowed = TimeDelta::hours(i64::from(self.alarm_hours));
        self.is_on() && made.is_none_or(|made| now - made > allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(every_hours: u32) -> BackupRule {
        BackupRule {
            valid_from: NaiveDate::MIN,
            every_hours,
            alarm_hours: 48,
            kept: 3,
        }
    }

    fn hour(hour: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(hour * 3600, 0).unwrap()
    }

    #[test]
    fn one_is_due_when_the_pause_is_over_and_a_failure_waits_an_hour() {
        let rule = rule(24);
        assert!(rule.is_due(None, None, hour(100)));
        assert!(!rule.is_due(Some(hour(100)), None, hour(123)));
        assert!(rule.is_due(Some(hour(100)), None, hour(124)));
        assert!(!rule.is_due(Some(hour(100)), Some(hour(124)), hour(124)));
        assert!(rule.is_due(Some(hour(100)), Some(hour(124)), hour(125)));
        assert!(
            !rule.is_due(Some(hour(101)), None, hour(100)),
            "five minutes off"
        );
        assert!(rule.is_due(Some(hour(200)), None, hour(100)), "days off");
    }

    #[test]
    fn it_is_late_after_what_the_rule_allows_and_never_where_none_is_made() {
        assert!(rule(24).is_late(None, hour(100)));
        assert!(!rule(24).is_late(Some(hour(100)), hour(148)));
        assert!(rule(24).is_late(Some(hour(100)), hour(149)));
        let off = rule(0);
        assert!(!off.is_late(None, hour(100)));
        assert!(!off.is_due(None, None, hour(100)));
    }
}
