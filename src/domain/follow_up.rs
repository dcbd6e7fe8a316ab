//! Who is asked about which introduction, when, how often, and how an invitation
//! ends. Pure: the days and what is known come in, a decision goes out. What an
//! answer means is `answer`'s, what answers add up to is `outcome`'s.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Rome;

use super::answer::{Said, Teller, Wave, coded};
use super::invalid::{Why, one_of};
use super::outcome::{Introduced, Period, Standing, Told, word};
use super::request::Exclusion;

coded! {
    /// Who is asked.
    Asked {
        Family = "family",
        Worker = "worker",
    }

    /// How an invitation ended, after the standard definitions of AAPOR.
    Disposition {
        /// The wave's question of the result was answered.
        Complete = "complete",
        /// Another question was answered, not that one.
        Partial = "partial",
        Refusal = "refusal",
        BreakOff = "break_off",
        /// Nobody was reached; voicemail and a wrong person too.
        NonContact = "non_contact",
        Died = "died",
        Unable = "unable",
        /// No common language.
        Language = "language",
        /// The mail came back, and nobody could be phoned.
        Undeliverable = "undeliverable",
        NoReply = "no_reply",
        NotEligible = "not_eligible",
    }
}

/// What a try by telephone without an answer may come to.
pub const TRY_DISPOSITIONS: [Disposition; 6] = [
    Disposition::NonContact,
    Disposition::Refusal,
    Disposition::BreakOff,
    Disposition::Unable,
    Disposition::Language,
    Disposition::Died,
];

impl Disposition {
    /// Whether a try that ends so may be followed by another.
    pub fn may_try_again(self) -> bool {
        matches!(self, Self::NonContact | Self::BreakOff)
    }

    /// Whether an answer that comes while the wave is open takes its place: whoever
    /// answers after all has answered.
    pub fn gives_way(self) -> bool {
        !matches!(self, Self::Died | Self::NotEligible)
    }
}

impl Asked {
    /// Whose answers count as this side's.
    pub fn teller(self) -> Teller {
        match self {
            Self::Family => Teller::Family,
            Self::Worker => Teller::Worker,
        }
    }
}

/// Days that a wave is open.
pub const OPEN_DAYS: i64 = 21;
/// Days that its links work.
pub const LINK_DAYS: i64 = 60;
/// Days after the first mail on which a reminder goes.
pub const REMINDER_DAYS: [i64; 2] = [4, 9];
/// From this day of a wave on the telephone is tried.
pub const PHONE_FROM: i64 = 12;
/// Tries by telephone.
pub const TRIES: u32 = 3;
/// A family's introductions issued within so many days of each other are asked
/// about together.
pub const TOGETHER_DAYS: i64 = 7;
/// Characters of a comment.
pub const LONGEST_COMMENT: usize = 1000;

impl Wave {
    /// Days after the sheet, or after the start of the job.
    pub const fn days(self) -> i64 {
        match self {
            Self::W1 => 15,
            Self::W2 => 90,
            Self::W3 => 180,
            Self::W4 => 365,
        }
    }

    /// Whether it counts from the start of the job.
    pub const fn is_of_a_hire(self) -> bool {
        matches!(self, Self::W3 | Self::W4)
    }
}

/// An introduction as a decision reads it.
#[derive(Debug, Clone)]
pub struct Followed {
    pub issued_on: NaiveDate,
    /// The day it was loaded from paper; `None`: made by a sheet here.
    pub loaded_on: Option<NaiveDate>,
    /// The request was taken back, or its need ended.
    pub request: NeedState,
    pub worker_withdrawn: bool,
    pub told: Vec<Told>,
}

/// Whether a request's need still is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeedState {
    Lives,
    Withdrawn,
    Ended(Exclusion),
}

fn days_after(day: NaiveDate, days: i64) -> NaiveDate {
    day + TimeDelta::days(days)
}

/// The last day of a wave that began on `opens_on` is the day before this one.
pub fn closes_on(opens_on: NaiveDate) -> NaiveDate {
    days_after(opens_on, OPEN_DAYS)
}

/// The first day on which a link of it does not work any more.
pub fn link_until(opens_on: NaiveDate) -> NaiveDate {
    days_after(opens_on, LINK_DAYS)
}

impl Followed {
    /// The day of a wave, where it is asked at all of this introduction.
    pub fn day_of(&self, wave: Wave, today: NaiveDate) -> Option<NaiveDate> {
        let introduced = Introduced {
            issued_on: self.issued_on,
            told: self.told.clone(),
            invited: Vec::new(),
        };
        let period = Period {
            from: self.issued_on,
            to: self.issued_on,
            today,
        };
        let standing = Standing::of(&introduced, period);
        let start = if wave.is_of_a_hire() {
            if !standing.outcome.is_hired() {
                return None;
            }
            self.start(today).unwrap_or(self.issued_on)
        } else {
            let no = |said: Option<Said>| matches!(said, Some(Said::No | Said::Elsewhere));
            if wave == Wave::W2 && no(word(&standing.family)) && no(word(&standing.worker)) {
                return None;
            }
            self.issued_on
        };
        let day = days_after(start, wave.days());
        let is_past = self.loaded_on.is_some_and(|loaded| day <= loaded);
        (!is_past).then_some(day)
    }

    /// The family's latest stated start, else the worker's.
    fn start(&self, today: NaiveDate) -> Option<NaiveDate> {
        let latest = |side| {
            let mut told: Vec<&Told> = self.told.iter().filter(|told| told.side == side).collect();
            told.sort_by_key(|told| told.answered_on);
            told.into_iter()
                .rev()
                .filter_map(|told| told.started_on)
                .find(|day| *day <= today)
        };
        latest(Teller::Family).or_else(|| latest(Teller::Worker))
    }

    /// What ends an invitation of this introduction without asking.
    /// `stopped`: why the person is not asked any more.
    pub fn ended(&self, side: Asked, stopped: Option<Disposition>) -> Option<Disposition> {
        match self.request {
            NeedState::Ended(Exclusion::Died) => return Some(Disposition::Died),
            NeedState::Ended(Exclusion::Duplicate) => return Some(Disposition::NotEligible),
            NeedState::Ended(_) | NeedState::Withdrawn => return Some(Disposition::Unable),
            NeedState::Lives => {}
        }
        let withdrawn = side == Asked::Worker && self.worker_withdrawn;
        stopped.or(withdrawn.then_some(Disposition::Refusal))
    }
}

/// What an answer makes of its invitation.
pub fn answered(told: &Told) -> Disposition {
    match told.said() {
        Some(_) => Disposition::Complete,
        None => Disposition::Partial,
    }
}

/// What a side's answers make of its invitation to a wave, as far as they are known on
/// `today`. Those of the day on which the wave is over, and later ones, make nothing of
/// it, whenever they arrived. `told`: all that was said of the introduction.
pub fn answered_in_time(
    told: &[Told],
    side: Asked,
    wave: Wave,
    closes_on: NaiveDate,
    today: NaiveDate,
) -> Option<Disposition> {
    told.iter()
        .filter(|one| one.side == side.teller() && one.wave == wave)
        .filter(|one| one.answered_on <= today && one.answered_on < closes_on)
        .map(answered)
        // Whoever has told the result has told it, whatever else they say.
        .min()
}

/// The days on which introductions of one request are asked about: those issued
/// within [`TOGETHER_DAYS`] of the first of them wait for the last of them. `days`:
/// when each is due, in any order; the days of asking come back in the same order.
pub fn together(days: &[NaiveDate]) -> Vec<NaiveDate> {
    let mut sorted: Vec<(NaiveDate, usize)> = days.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    let mut asked = days.to_vec();
    let mut group: Vec<usize> = Vec::new();
    let mut first: Option<NaiveDate> = None;
    let close = |group: &mut Vec<usize>, asked: &mut Vec<NaiveDate>| {
        let last = group.iter().map(|at| days[*at]).max();
        for at in group.drain(..) {
            asked[at] = last.unwrap_or(days[at]);
        }
    };
    for (day, at) in sorted {
        if first.is_some_and(|first| (day - first).num_days() > TOGETHER_DAYS) {
            close(&mut group, &mut asked);
            first = None;
        }
        first.get_or_insert(day);
        group.push(at);
    }
    close(&mut group, &mut asked);
    asked
}

/// When a mail of `day` goes: between nine and eleven in the morning of Rome; one
/// that is late, spread over the next eight hours, so that an outage ends in no
/// wave of mail. `lot`: two bytes drawn for the mail.
pub fn send_at(day: NaiveDate, now: DateTime<Utc>, lot: u16) -> DateTime<Utc> {
    let spread = |hours: i64| TimeDelta::seconds(hours * 3600 * i64::from(lot) / 65_536);
    let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("nine is an hour");
    let morning = day
        .and_time(nine)
        .and_local_timezone(Rome)
        .earliest()
        .map_or(now, |moment| moment.with_timezone(&Utc));
    let due = morning + spread(2);
    if now <= morning + TimeDelta::hours(2) {
        due
    } else {
        now + spread(8)
    }
}

/// The same for what has to be read on that day: not later than eight in the evening, as
/// far as that is still ahead. `at`: when it would go.
pub fn by_evening(day: NaiveDate, now: DateTime<Utc>, at: DateTime<Utc>) -> DateTime<Utc> {
    let eight = NaiveTime::from_hms_opt(20, 0, 0).expect("eight in the evening is an hour");
    let evening = day.and_time(eight).and_local_timezone(Rome).earliest();
    evening.map_or(at, |evening| at.min(evening.with_timezone(&Utc)).max(now))
}

/// Whether the day of a reminder has come: its number, from 0. `first_on`: the day on
/// which the first mail went.
pub fn reminder(first_on: NaiveDate, today: NaiveDate) -> Option<usize> {
    let days = (today - first_on).num_days();
    REMINDER_DAYS.iter().rposition(|day| days >= *day)
}

/// How an invitation that nobody settled ends with its wave. `ended`: what ends it
/// without asking; `answered`: what its answers make of it.
pub fn closing(
    ended: Option<Disposition>,
    answered: Option<Disposition>,
    last_try: Option<Disposition>,
    undeliverable: bool,
) -> Disposition {
    let returned = undeliverable.then_some(Disposition::Undeliverable);
    ended
        .filter(|ended| !ended.gives_way())
        .or(answered)
        .or(ended)
        .or(last_try)
        .or(returned)
        .unwrap_or(Disposition::NoReply)
}

/// Whether an introduction was drawn into the third that is tried first and to
/// the end: by lot, so that what the silent would have said can be told from it.
/// `first_byte`: of the SHA-256 of its code.
pub fn is_drawn(first_byte: u8) -> bool {
    first_byte < 85
}

/// Whether a second try falls at another time of the day than the first: three
/// hours apart, or another day.
pub fn is_another_hour(last: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let (last, now) = (last.with_timezone(&Rome), now.with_timezone(&Rome));
    last.num_days_from_ce() != now.num_days_from_ce() || now - last >= TimeDelta::hours(3)
}

/// Days to look back for waves that are still open.
pub fn oldest_open(today: NaiveDate) -> NaiveDate {
    today
        .checked_sub_days(Days::new(20))
        .unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn said(side: Teller, wave: Wave, result: Said) -> Told {
        Told {
            side,
            wave,
            answered_on: day("2026-01-20"),
            via: None,
            talked: None,
            met: None,
            result: Some(result),
            reason: None,
            document: None,
            started_on: None,
            notified_yes: false,
            fits: None,
            still_working: None,
            ended_on: None,
        }
    }

    fn followed(told: Vec<Told>) -> Followed {
        Followed {
            issued_on: day("2026-01-01"),
            loaded_on: None,
            request: NeedState::Lives,
            worker_withdrawn: false,
            told,
        }
    }

    #[test]
    fn waves_fall_on_their_days() {
        let today = day("2027-01-01");
        let nothing = followed(Vec::new());
        assert_eq!(nothing.day_of(Wave::W1, today), Some(day("2026-01-16")));
        assert_eq!(nothing.day_of(Wave::W2, today), Some(day("2026-04-01")));
        assert_eq!(nothing.day_of(Wave::W3, today), None, "no hire is known");
        let mut hire = said(Teller::Family, Wave::W1, Said::Hired);
        let hired = followed(vec![hire]);
        assert_eq!(hired.day_of(Wave::W3, today), Some(day("2026-06-30")));
        hire.started_on = Some(day("2026-02-01"));
        let started = followed(vec![hire]);
        assert_eq!(started.day_of(Wave::W3, today), Some(day("2026-07-31")));
    }

    #[test]
    fn two_noes_end_the_second_wave_and_one_does_not() {
        let today = day("2027-01-01");
        let family = said(Teller::Family, Wave::W1, Said::Elsewhere);
        let worker = said(Teller::Worker, Wave::W1, Said::No);
        assert!(followed(vec![family]).day_of(Wave::W2, today).is_some());
        let both = followed(vec![family, worker]);
        assert_eq!(both.day_of(Wave::W2, today), None);
    }

    #[test]
    fn what_was_loaded_is_asked_only_after_its_day() {
        let mut old = followed(Vec::new());
        let today = day("2027-01-01");
        old.loaded_on = Some(day("2026-01-16"));
        assert_eq!(old.day_of(Wave::W1, today), None, "on the very day");
        assert!(old.day_of(Wave::W2, today).is_some());
        old.loaded_on = Some(day("2026-06-01"));
        assert_eq!(old.day_of(Wave::W2, today), None);
    }

    #[test]
    fn a_week_of_sheets_is_asked_about_together() {
        let days = ["2026-01-08", "2026-01-01", "2026-01-09", "2026-01-20"].map(day);
        let asked = together(&days);
        let expected = ["2026-01-08", "2026-01-08", "2026-01-09", "2026-01-20"].map(day);
        assert_eq!(asked, expected);
        assert!(together(&[]).is_empty());
    }

    #[test]
    fn mail_goes_in_the_morning_or_spread_over_hours_when_late() {
        let morning = Utc.with_ymd_and_hms(2026, 3, 29, 3, 0, 0).unwrap();
        let of = |lot| send_at(day("2026-03-29"), morning, lot).with_timezone(&Rome);
        assert_eq!(of(0).to_string(), "2026-03-29 09:00:00 CEST");
        assert!(of(u16::MAX) < of(0) + TimeDelta::hours(2));
        let late = Utc.with_ymd_and_hms(2026, 4, 2, 14, 0, 0).unwrap();
        assert_eq!(send_at(day("2026-03-29"), late, 0), late);
        let last = send_at(day("2026-03-29"), late, u16::MAX);
        assert!(last > late + TimeDelta::hours(7) && last < late + TimeDelta::hours(8));
        let read = by_evening(day("2026-04-02"), late, last).with_timezone(&Rome);
        assert_eq!(read.to_string(), "2026-04-02 20:00:00 CEST");
        let night = late + TimeDelta::hours(6);
        assert_eq!(by_evening(day("2026-04-02"), night, last), night);
    }

    #[test]
    fn reminders_come_on_the_fourth_and_the_ninth_day() {
        let at = |days| reminder(day("2026-01-01"), day("2026-01-01") + TimeDelta::days(days));
        assert_eq!(
            [at(3), at(4), at(8), at(9), at(20)],
            [None, Some(0), Some(0), Some(1), Some(1)]
        );
    }

    #[test]
    fn a_wave_closes_with_what_is_known() {
        use Disposition::{Complete, Died, NoReply, NonContact, Partial, Unable, Undeliverable};
        assert_eq!(closing(None, None, None, false), NoReply);
        assert_eq!(closing(None, None, None, true), Undeliverable);
        assert_eq!(closing(None, None, Some(NonContact), true), NonContact);
        assert_eq!(
            closing(None, Some(Partial), Some(NonContact), true),
            Partial
        );
        assert_eq!(closing(Some(Unable), None, Some(NonContact), true), Unable);
        assert_eq!(closing(Some(Unable), Some(Complete), None, false), Complete);
        assert_eq!(closing(Some(Died), Some(Complete), None, false), Died);
    }

    #[test]
    fn an_answer_counts_by_the_day_on_which_it_was_given() {
        let closes_on = day("2026-02-06");
        let of = |told: &[Told], today: &str| {
            answered_in_time(told, Asked::Family, Wave::W1, closes_on, day(today))
        };
        let no = said(Teller::Family, Wave::W1, Said::No);
        let talked = Told {
            result: None,
            talked: Some(true),
            answered_on: day("2026-01-25"),
            ..no
        };
        let late = "2026-03-01";
        assert_eq!(of(&[no], late), Some(Disposition::Complete));
        assert_eq!(of(&[talked], late), Some(Disposition::Partial));
        assert_eq!(of(&[no, talked], late), Some(Disposition::Complete));
        assert_eq!(of(&[talked], "2026-01-24"), None, "not given yet");
        let together = Told {
            still_working: Some(true),
            ..talked
        };
        assert_eq!(of(&[together], late), Some(Disposition::Complete));
        let after = Told {
            answered_on: closes_on,
            ..no
        };
        assert_eq!(of(&[after], late), None, "the wave was over");
        let others = [
            said(Teller::Worker, Wave::W1, Said::No),
            said(Teller::Family, Wave::W2, Said::No),
        ];
        assert_eq!(of(&others, late), None);
    }
}
