//! Numbers that are policy: for how long what is kept, after how many days something is looked
//! at, for how long a session holds. An administrator writes a dated row; rows are only added,
//! and of those that hold on a day the one written last counts. Where nobody wrote any, what
//! the program came with holds. What a format, a law or the arithmetic fixes is no setting.

use chrono::{Months, NaiveDate, TimeDelta};

use super::account::{FREE_TRIES_ACCOUNT, FREE_TRIES_HERE, FREE_TRIES_NETWORK};
use super::answer::coded;
use super::invalid::{Why, one_of};

coded! {
    /// One such number; the code names it in the database.
    Setting {
        /// Words and tokens of mails that are done with.
        MailWords = "mail_words",
        /// Forms that nobody finished.
        Drafts = "drafts",
        /// Notes of the contact diary.
        Notes = "notes",
        /// What people wrote by the way when they were asked what became of it.
        Comments = "comments",
        /// Tasks about people that are done, with what they wrote.
        DoneTasks = "done_tasks",
        /// What was asked on the public pages, and nobody decided.
        Askings = "askings",
        /// Who came to a desk when.
        Appointments = "appointments",
        /// How records were before they were changed.
        Changes = "changes",
        /// Workers of whom nothing was heard.
        Workers = "workers",
        /// Families without a request.
        Families = "families",
        /// A request without a sheet stands still.
        Stalled = "stalled",
        /// A sheet without a word stands still.
        Silent = "silent",
        /// A title of stay that ends within.
        Permits = "permits",
        /// Whoever is concerned is told of an end so long before.
        RemindFar = "remind_far",
        /// And again, shortly before.
        RemindNear = "remind_near",
        /// A confirmed availability counts for so long.
        Fresh = "fresh",
        /// Availability is asked after so long without a word.
        Ask = "ask",
        /// Silence pauses after so long.
        Pause = "pause",
        /// A proposal waits so long for a word.
        Proposals = "proposals",
        /// A sheet is valid for so long.
        Sheets = "sheets",
        /// A family phones within so long after its sheet.
        Calls = "calls",
        /// A session ends after so long without a request.
        SessionIdle = "session_idle",
        /// A session ends after so long in any case.
        SessionLongest = "session_longest",
        /// Wrong tries an account has from one network before it waits there.
        TriesHere = "tries_here",
        /// Wrong tries an account has from everywhere before it waits.
        TriesAccount = "tries_account",
        /// Wrong tries a network has before it waits.
        TriesNetwork = "tries_network",
        /// Who opens more records within an hour of the clock stands out.
        ReadsHour = "reads_hour",
        /// From this hour of the desks' clock a record that is opened stands out,
        NightBegins = "night_begins",
        /// until this one.
        NightEnds = "night_ends",
        /// A list of more rows that leaves as a file stands out.
        LongList = "long_list",
    }
}

coded! {
    /// What was said about keeping the data of somebody of whom nothing is heard.
    KeepWord {
        /// They were asked, or stand on the desk's list.
        Asked = "asked",
        /// They stay, as they or the desk say.
        Kept = "kept",
        /// Their data are gone.
        Erased = "erased",
    }
}

/// Nobody's data go before they had so many days to say that they stay.
pub const ASKED_BEFORE: i64 = 60;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Minutes,
    Hours,
    Days,
    Months,
    /// Of a sign-in.
    Tries,
    /// Of people and requests.
    Records,
    /// Of a list.
    Rows,
    /// Which hour of the day it is.
    Clock,
}

impl Setting {
    /// For how long what is kept.
    pub const RETENTION: [Self; 10] = [
        Self::MailWords,
        Self::Drafts,
        Self::Notes,
        Self::Comments,
        Self::DoneTasks,
        Self::Askings,
        Self::Appointments,
        Self::Changes,
        Self::Workers,
        Self::Families,
    ];
    /// After how long something is looked at.
    pub const THRESHOLDS: [Self; 20] = [
        Self::Stalled,
        Self::Silent,
        Self::Permits,
        Self::RemindFar,
        Self::RemindNear,
        Self::Fresh,
        Self::Ask,
        Self::Pause,
        Self::Proposals,
        Self::Sheets,
        Self::Calls,
        Self::SessionIdle,
        Self::SessionLongest,
        Self::TriesHere,
        Self::TriesAccount,
        Self::TriesNetwork,
        Self::ReadsHour,
        Self::NightBegins,
        Self::NightEnds,
        Self::LongList,
    ];

    /// What it counts.
    pub fn unit(self) -> Unit {
        match self {
            Self::Notes
            | Self::Comments
            | Self::DoneTasks
            | Self::Askings
            | Self::Appointments
            | Self::Changes
            | Self::Workers
            | Self::Families => Unit::Months,
            Self::TriesHere | Self::TriesAccount | Self::TriesNetwork => Unit::Tries,
            Self::ReadsHour => Unit::Records,
            Self::LongList => Unit::Rows,
            Self::NightBegins | Self::NightEnds => Unit::Clock,
            Self::SessionIdle => Unit::Minutes,
            Self::SessionLongest => Unit::Hours,
            _ => Unit::Days,
        }
    }

    /// The least, the most, and what the program comes with.
    pub fn bounds(self) -> (u32, u32, u32) {
        match self {
            // Shorter than a bounce may take to come back.
            Self::MailWords => (7, 365, 30),
            Self::Drafts => (1, 90, 30),
            Self::Notes | Self::DoneTasks => (6, 120, 24),
            // Whoever asked comes again, and nobody waits for so long.
            Self::Askings => (3, 24, 12),
            Self::Appointments => (1, 24, 6),
            // The last wave asks a year after the job began.
            Self::Comments => (18, 120, 24),
            // What was changed must be told for as long as a claim may be made.
            Self::Changes => (24, 240, 120),
            Self::Workers | Self::Families => (24, 120, 24),
            Self::Stalled => (3, 90, 14),
            Self::Silent => (3, 90, 15),
            Self::Permits => (15, 180, 60),
            // The two never meet: each is told once.
            Self::RemindFar => (31, 180, 60),
            Self::RemindNear => (3, 30, 15),
            Self::Fresh | Self::Ask => (7, 180, 30),
            Self::Pause => (14, 365, 45),
            Self::Proposals => (1, 14, 3),
            Self::Sheets => (7, 90, 30),
            Self::Calls => (2, 30, 7),
            // Not shorter than a sign-in is fresh; a working day with its pause is enough.
            Self::SessionIdle => (10, 480, 120),
            Self::SessionLongest => (1, 24, 12),
            Self::TriesHere => (3, 20, FREE_TRIES_HERE),
            // More than a network has: guesses from many at once end here.
            Self::TriesAccount => (50, 1000, FREE_TRIES_ACCOUNT),
            // A desk shares one address.
            Self::TriesNetwork => (10, 49, FREE_TRIES_NETWORK),
            // A desk sees a person every few minutes.
            Self::ReadsHour => (5, 500, 40),
            // In between no desk is open.
            Self::NightBegins => (18, 23, 22),
            Self::NightEnds => (4, 9, 6),
            Self::LongList => (20, 10_000, 500),
        }
    }

    /// The day before which what is dated so is over; what counts neither days nor months is
    /// not dated, and counts as days.
    pub fn cut(self, value: u32, today: NaiveDate) -> NaiveDate {
        let cut = match self.unit() {
            Unit::Months => today.checked_sub_months(Months::new(value)),
            _ => today.checked_sub_signed(TimeDelta::days(i64::from(value))),
        };
        cut.unwrap_or(NaiveDate::MIN)
    }

    /// The day on which what is dated so is over.
    pub fn over_on(self, value: u32, dated: NaiveDate) -> NaiveDate {
        let over = match self.unit() {
            Unit::Months => dated.checked_add_months(Months::new(value)),
            _ => dated.checked_add_signed(TimeDelta::days(i64::from(value))),
        };
        over.unwrap_or(NaiveDate::MAX)
    }
}

/// From a day on a number is this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberRule {
    pub setting: Setting,
    pub valid_from: NaiveDate,
    pub value: u32,
}

/// All rows, in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers(Vec<NumberRule>);

impl Numbers {
    /// Of rows in the order in which they were written.
    pub fn new(rules: Vec<NumberRule>) -> Self {
        Self(rules)
    }

    /// What a number is on a day.
    pub fn on(&self, setting: Setting, day: NaiveDate) -> u32 {
        let mut last_first = self.0.iter().rev();
        let holds = last_first.find(|rule| rule.setting == setting && rule.valid_from <= day);
        holds.map_or(setting.bounds().2, |rule| rule.value)
    }

    /// The same of one that counts days.
    pub fn days(&self, setting: Setting, day: NaiveDate) -> i64 {
        i64::from(self.on(setting, day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_the_program_comes_with_lies_within_the_bounds() {
        assert_eq!(
            Setting::ALL.len(),
            Setting::RETENTION.len() + Setting::THRESHOLDS.len()
        );
        for setting in Setting::ALL {
            let (least, most, first) = setting.bounds();
            assert!((least..=most).contains(&first), "{setting:?}");
        }
    }

    #[test]
    fn the_row_written_last_counts_from_its_day_on() {
        let rule = |setting, from, value| NumberRule {
            setting,
            valid_from: day(from),
            value,
        };
        let numbers = Numbers::new(vec![
            rule(Setting::Drafts, "2026-06-01", 10),
            rule(Setting::Stalled, "2026-06-01", 7),
            rule(Setting::Drafts, "2026-09-01", 20),
            rule(Setting::Drafts, "2026-08-01", 5),
        ]);
        for (on, expected) in [
            ("2026-05-31", 30),
            ("2026-06-01", 10),
            ("2026-08-01", 5),
            ("2026-09-01", 5),
        ] {
            assert_eq!(numbers.on(Setting::Drafts, day(on)), expected, "{on}");
        }
        assert_eq!(numbers.on(Setting::Silent, day("2026-09-01")), 15);
    }

    #[test]
    fn a_month_is_a_month_of_the_calendar() {
        let notes = Setting::Notes;
        assert_eq!(notes.cut(6, day("2026-08-31")), day("2026-02-28"));
        assert_eq!(notes.over_on(6, day("2026-02-28")), day("2026-08-28"));
        assert_eq!(
            Setting::Drafts.cut(30, day("2026-11-30")),
            day("2026-10-31")
        );
    }
}
