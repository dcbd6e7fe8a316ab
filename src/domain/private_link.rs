//! The links by which somebody sees to their own matters: how long they hold, the
//! seal on the cookie that stands for one, and what the desk has to do about what
//! was said by it. Who stores it, and what a link may do, is not here.
//!
//! Invariant: a seal holds for one link, one purpose and one moment of its end.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::answer::coded;
use super::invalid::{Why, one_of};
use super::text::lines;

coded! {
    /// Something that the desk has to do about a person.
    PersonTask {
        /// They withdrew by their link, and are paused: to be called.
        Withdrawal = "withdrawal",
        /// Something in their data is not right.
        Correction = "correction",
        /// The family says that it found somebody.
        Found = "found",
        /// The family says that it needs nobody any more.
        NotNeeded = "not_needed",
        /// They want the code that opens names, by telephone.
        CodeWanted = "code_wanted",
        /// Wrong codes until nothing could be typed any more.
        CodeLocked = "code_locked",
        /// Their availability is to be asked by telephone.
        AskAvailability = "ask_availability",
        /// They are to be told that they are paused.
        TellPaused = "tell_paused",
        /// Their title of stay ends: an appointment is to be offered.
        PermitEnds = "permit_ends",
        /// Their accreditation ends.
        AccreditationEnds = "accreditation_ends",
        /// A mail with their link came back.
        MailFailed = "mail_failed",
        /// Their job is said to be over: whether they look again is to be asked by
        /// telephone.
        AskAgain = "ask_again",
        /// They want to answer the follow-up's questions by telephone.
        CallWanted = "call_wanted",
        /// The person cared for has died, as somebody told of the end of a job.
        DeathTold = "death_told",
        /// A worker whose job ended looks for work again, as they say.
        LooksAgain = "looks_again",
        /// A family whose job ended looks for somebody again, as they say.
        SearchesAgain = "searches_again",
        /// Their data may not be used any more, and something was under way: who else is
        /// concerned has to be looked at.
        Stopped = "stopped",
    }

    /// How a link was handed over.
    Handed {
        Mail = "mail",
        /// A text that an operator copies.
        Text = "text",
        /// In a mail that the program sends by itself.
        Asked = "asked",
    }
}

/// A link that an operator makes holds for a year.
pub const LINK_DAYS: i64 = 365;
/// One that comes with a question of the program's, for two months.
pub const ASKED_DAYS: i64 = 60;
/// The cookie that a link is exchanged for; afterwards the link is opened again.
pub const VISIT: TimeDelta = TimeDelta::hours(2);
/// A code told by telephone can be typed for so long.
pub const CODE_LIFE: TimeDelta = TimeDelta::days(7);
/// Letters of what somebody writes to the desk.
pub const LONGEST_WORDS: usize = 1000;
/// The pauses that are offered, in weeks.
pub const PAUSES: [u32; 3] = [2, 4, 12];

/// A link as it is kept, as far as it matters whether it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    pub ends_on: NaiveDate,
    pub ended: bool,
}

impl Term {
    /// Whether the link opens anything on a day.
    pub fn holds(self, today: NaiveDate) -> bool {
        !self.ended && today <= self.ends_on
    }
}

/// What a seal is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The link was opened.
    Visit,
    /// The right code was typed.
    Names,
}

impl Purpose {
    fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Names => "names",
        }
    }
}

/// Signs what a browser keeps in the place of a link.
pub struct Seal([u8; 32]);

impl Seal {
    /// From the key.
    pub fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// Reads what [`Self::to_text`] wrote.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = HEXLOWER.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The key as it is kept.
    pub fn to_text(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    fn mac(&self, purpose: Purpose, of: &str, until: i64) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length is a key");
        // Neither part holds the sign that parts them.
        for part in [purpose.code(), of, &until.to_string()] {
            mac.update(part.as_bytes());
            mac.update(b"|");
        }
        mac
    }

    /// What a browser keeps: until when, and the seal. `of`: what replaces a link or
    /// a code replaces it too.
    pub fn seal(&self, purpose: Purpose, of: &str, until: DateTime<Utc>) -> String {
        let until = until.timestamp();
        let mac = self.mac(purpose, of, until).finalize().into_bytes();
        format!("{until}.{}", HEXLOWER.encode(&mac))
    }

    /// Whether it is sealed so, and not over. A moment further away than `longest`
    /// is from a clock that went back since.
    pub fn holds(
        &self,
        purpose: Purpose,
        of: &str,
        sealed: &str,
        now: DateTime<Utc>,
        longest: TimeDelta,
    ) -> bool {
        let Some((until, mac)) = sealed.split_once('.') else {
            return false;
        };
        let (Ok(until), Ok(mac)) = (until.parse::<i64>(), HEXLOWER.decode(mac.as_bytes())) else {
            return false;
        };
        let left = until.saturating_sub(now.timestamp());
        let whole = self.mac(purpose, of, until).verify_slice(&mac).is_ok();
        whole && left > 0 && left <= longest.num_seconds() + 300
    }
}

/// What somebody wrote to the desk: something, and not too much.
pub fn words(typed: &str) -> Option<String> {
    let words = lines(typed);
    let fits = !words.is_empty() && words.chars().count() <= LONGEST_WORDS;
    fits.then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
    }

    #[test]
    fn a_seal_holds_for_its_link_its_purpose_and_its_time() {
        let seal = Seal::new([7; 32]);
        let text = seal.seal(Purpose::Visit, "one:hash", noon() + VISIT);
        let holds = |purpose, of, text: &str, now| seal.holds(purpose, of, text, now, VISIT);
        assert!(holds(Purpose::Visit, "one:hash", &text, noon()));
        assert!(!holds(Purpose::Visit, "two:hash", &text, noon()));
        assert!(!holds(Purpose::Names, "one:hash", &text, noon()));
        assert!(!holds(Purpose::Visit, "one:hash", &text, noon() + VISIT));
        let before = noon() - TimeDelta::days(1);
        assert!(!holds(Purpose::Visit, "one:hash", &text, before));
        let longer = text.replacen('1', "2", 1);
        for wrong in ["", ".", "12", "x.y", &longer, &text[..text.len() - 2]] {
            assert!(!holds(Purpose::Visit, "one:hash", wrong, noon()), "{wrong}");
        }
        let other = Seal::new([8; 32]);
        assert!(!other.holds(Purpose::Visit, "one:hash", &text, noon(), VISIT));
        let again = Seal::from_text(&seal.to_text()).unwrap();
        assert!(again.holds(Purpose::Visit, "one:hash", &text, noon(), VISIT));
    }

    #[test]
    fn a_link_holds_until_its_day_or_until_it_is_ended() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let term = |ended| Term {
            ends_on: day(24),
            ended,
        };
        assert!(term(false).holds(day(24)) && !term(false).holds(day(25)));
        assert!(!term(true).holds(day(1)));
    }

    #[test]
    fn words_are_something_and_not_too_much() {
        assert_eq!(
            words("  il \u{7}telefono\n"),
            Some("il telefono".to_owned())
        );
        assert_eq!(words(" \n "), None);
        assert_eq!(words(&"a".repeat(LONGEST_WORDS + 1)), None);
    }
}
