//! How a mail fares between being due and being delivered: its states, how long
//! is waited between two tries, and when nobody tries any more. Who sends it and
//! what it says is not here.

use chrono::{DateTime, TimeDelta, Utc};

use super::answer::coded;
use super::invalid::{Why, one_of};

coded! {
    /// What a mail is about; its words are made when it goes.
    MailKind {
        /// Somebody is asked what became of introductions.
        Survey = "survey",
        /// Asked again, four days later.
        FirstReminder = "first_reminder",
        /// Asked again, nine days later.
        LastReminder = "last_reminder",
        /// A family can open the sheet that was issued for it.
        Sheet = "sheet",
        /// An administrator tries whether mail works.
        Test = "test",
        /// A worker is asked whether their name may be given for a job.
        Proposal = "proposal",
        /// The job that they were asked about is no longer there.
        ProposalOver = "proposal_over",
        /// A family is told whom to phone, and by when.
        SheetToFamily = "sheet_to_family",
        /// A worker is told that a call may come.
        SheetToWorker = "sheet_to_worker",
        /// Somebody's own link, as an operator sends it.
        PrivateLink = "private_link",
        /// A worker is asked whether the availability is still right.
        AskAvailability = "ask_availability",
        /// A worker is told that silence paused them.
        PausedForSilence = "paused_for_silence",
        /// A worker is told that the title of stay ends.
        PermitEnds = "permit_ends",
        /// The same of the accreditation.
        AccreditationEnds = "accreditation_ends",
        /// Somebody is told that they come to the desk tomorrow.
        AppointmentNear = "appointment_near",
        /// Somebody's job is said to be over: whether they look again.
        JobOver = "job_over",
        /// Somebody is told that there is a new notice about data.
        NewNotice = "new_notice",
        /// Somebody of whom nothing was heard is asked whether their data stay.
        AskToKeep = "ask_to_keep",
        /// A partner's people are told that there is something new.
        PartnerNews = "partner_news",
        /// Whoever asked on the public pages confirms that the address is theirs.
        AskConfirm = "ask_confirm",
        /// They are told what the desk says of it.
        AskNews = "ask_news",
    }

    /// How a mail stands.
    MailState {
        /// Waits for its moment or for another try.
        Queued = "queued",
        /// A process has taken it; when its lease ends, another may.
        Sending = "sending",
        /// The server took it.
        Sent = "sent",
        /// There is no server: it is kept here to be read.
        Kept = "kept",
        /// Given up.
        Failed = "failed",
        /// What it asks needs no asking any more, or somebody stopped it.
        Cancelled = "cancelled",
    }
}

/// Clocks of several programs may be so far apart.
pub const CLOCKS_APART: TimeDelta = TimeDelta::minutes(10);
/// A mail that a process took and did not finish is free again after this long: for whoever's
/// clock is ahead it still holds for longer than a mail is handed over.
pub const LEASE: TimeDelta = TimeDelta::minutes(20);
/// Temporary failures are tried again for so long after the first try.
pub const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(4);

/// Minutes to wait after the n-th try that failed; later ones wait as the last.
const PAUSES: [i64; 8] = [1, 5, 15, 30, 60, 120, 240, 360];

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The same may work later: the server is away, slow, busy or asks to wait.
    Later(String),
    /// This address takes no mail, or not this one.
    Never(String),
}

impl Refusal {
    /// What the server said, for an administrator.
    pub fn said(&self) -> &str {
        match self {
            Self::Later(said) | Self::Never(said) => said,
        }
    }
}

/// What follows a try that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    TryAt(DateTime<Utc>),
    /// `is_address`: the address itself is the reason.
    GiveUp {
        is_address: bool,
    },
}

/// What follows the `attempts`-th try, made now. `jitter`: any byte, so that mails
/// that failed together don't come back together.
pub fn after_refusal(
    refusal: &Refusal,
    attempts: u32,
    first_try: DateTime<Utc>,
    now: DateTime<Utc>,
    jitter: u8,
) -> Next {
    match refusal {
        Refusal::Never(_) => Next::GiveUp { is_address: true },
        // A clock that went back gives a mail more time, never less than one try.
        Refusal::Later(_) if now - first_try >= GIVEN_UP_AFTER => {
            Next::GiveUp { is_address: false }
        }
        Refusal::Later(_) => Next::TryAt(now + pause(attempts, jitter)),
    }
}

/// A pause, longer or shorter by up to a quarter.
fn pause(attempts: u32, jitter: u8) -> TimeDelta {
    let at = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let seconds = PAUSES[at.min(PAUSES.len() - 1)] * 60;
    let spread = seconds / 2 * i64::from(jitter) / 255;
    TimeDelta::seconds(seconds - seconds / 4 + spread)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
    }

    #[test]
    fn pauses_grow_and_end_after_four_days() {
        let busy = Refusal::Later("451".to_owned());
        let (mut now, mut tries, mut last) = (noon(), 0, TimeDelta::zero());
        loop {
            tries += 1;
            match after_refusal(&busy, tries, noon(), now, 128) {
                Next::TryAt(at) => {
                    assert!(at - now >= last, "pause {tries}");
                    last = at - now;
                    now = at;
                }
                Next::GiveUp { is_address } => {
                    assert!(!is_address);
                    break;
                }
            }
        }
        assert!(now - noon() >= TimeDelta::days(4));
        assert!(now - noon() < TimeDelta::hours(4 * 24 + 8));
        assert!((15..=30).contains(&tries), "{tries}");
    }

    #[test]
    fn those_that_failed_together_come_back_apart() {
        let at = |jitter| pause(5, jitter);
        assert_eq!(at(0), TimeDelta::minutes(45));
        assert_eq!(at(255), TimeDelta::minutes(75));
    }

    #[test]
    fn an_address_that_refuses_is_not_tried_again() {
        let never = Refusal::Never("550".to_owned());
        let next = after_refusal(&never, 1, noon(), noon(), 0);
        assert_eq!(next, Next::GiveUp { is_address: true });
    }

    #[test]
    fn a_clock_that_goes_back_gives_up_nothing() {
        let busy = Refusal::Later("451".to_owned());
        let before = noon() - TimeDelta::hours(1);
        let next = after_refusal(&busy, 1, noon(), before, 0);
        assert!(matches!(next, Next::TryAt(at) if at > before));
    }

    #[test]
    fn a_lease_outlasts_clocks_that_are_apart_and_a_mail_that_is_handed_over() {
        let longest = TimeDelta::minutes(5);
        assert!(LEASE - CLOCKS_APART > longest, "for whoever is ahead");
        assert!(LEASE + CLOCKS_APART < LEASE * 2, "from whoever is ahead");
    }
}
