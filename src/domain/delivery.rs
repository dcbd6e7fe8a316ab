//! How a sheet reaches a family by mail: a link, and a code of six digits told by
//! telephone; how often a code may be wrong, how long everything lasts, and what
//! the desk still has to do about a sheet. Who stores it is not here.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::answer::coded;
use super::invalid::{Why, one_of};

coded! {
    /// Something that the desk has to do about a sheet.
    TaskKind {
        /// The sheet is revoked: the family that holds it is to be told.
        TellFamily = "tell_family",
        /// And so is the partner who opened it.
        TellPartner = "tell_partner",
        /// Somebody typed wrong codes until the link was locked.
        CodeLocked = "code_locked",
        /// The mail with the link came back.
        MailFailed = "mail_failed",
        /// The sheet holds for a few days more.
        EndsSoon = "ends_soon",
        /// Somebody is told by no mail who calls whom, and by when.
        TellPeople = "tell_people",
    }

    /// Why a sheet is disclosed.
    Purpose {
        /// The family asked for workers, and this is the answer.
        Request = "request",
        /// Another copy for the family.
        Copy = "copy",
        /// For the desk's own file.
        File = "file",
        /// A partner hands it over to the family.
        HandOver = "hand_over",
    }
}

/// A mail waits for so long before it goes, so that it can be taken back.
pub const UNDO: TimeDelta = TimeDelta::seconds(60);
/// Wrong codes until the link is locked.
pub const MOST_TRIES: u32 = 5;
/// After the right code the sheet can be taken for so long.
pub const OPEN_FOR: TimeDelta = TimeDelta::minutes(30);
/// The desk is reminded so many days before the end: on day 25 of 30.
pub const REMINDED_BEFORE: i64 = 5;

/// A code of six digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// From randomness; every code is as likely as any other, but for one part in
    /// ten million millions.
    pub fn from_random(bytes: [u8; 8]) -> Self {
        Self(format!("{:06}", u64::from_le_bytes(bytes) % 1_000_000))
    }

    /// As somebody types it: spaces and hyphens make no difference.
    pub fn read(typed: &str) -> Option<Self> {
        let digits: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .collect();
        let six = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        six.then_some(Self(digits))
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In two groups, as it is said.
    pub fn said(&self) -> String {
        format!("{} {}", &self.0[..3], &self.0[3..])
    }
}

/// What is kept of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The sheet's last day: the link ends with it.
    pub ends_on: NaiveDate,
    pub tries: u32,
    pub locked: bool,
    pub cancelled: bool,
    pub send_at: DateTime<Utc>,
}

impl Link {
    /// Whether the link opens anything on a day.
    pub fn holds(&self, today: NaiveDate) -> bool {
        !self.cancelled && today <= self.ends_on
    }

    /// Whether a code may be typed.
    pub fn takes_codes(&self, today: NaiveDate) -> bool {
        self.holds(today) && !self.locked && self.tries < MOST_TRIES
    }

    /// Whether the mail can still be taken back.
    pub fn can_be_undone(&self, now: DateTime<Utc>) -> bool {
        !self.cancelled && now < self.send_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_six_digits_and_are_read_as_they_are_said() {
        for bytes in [[0; 8], [255; 8], [7, 1, 0, 9, 0, 0, 0, 0]] {
            let code = Code::from_random(bytes);
            assert_eq!(code.as_str().len(), 6);
            assert_eq!(Code::read(&code.said()), Some(code));
        }
        assert_eq!(Code::read(" 012-345 ").unwrap().as_str(), "012345");
        for wrong in ["", "12345", "1234567", "12a456", "١٢٣٤٥٦"] {
            assert_eq!(Code::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_link_ends_with_its_sheet_and_takes_five_codes() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let link = |tries| Link {
            ends_on: day(24),
            tries,
            locked: false,
            cancelled: false,
            send_at: DateTime::UNIX_EPOCH,
        };
        assert!(link(4).takes_codes(day(24)) && !link(5).takes_codes(day(24)));
        assert!(link(5).holds(day(24)) && !link(0).holds(day(25)));
        assert!(
            !Link {
                cancelled: true,
                ..link(0)
            }
            .holds(day(1))
        );
    }
}
