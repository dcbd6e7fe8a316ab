//! Who acts: roles, what each may do, and the sign-in's own limits. The rules
//! are pure functions; services ask them before anything else.

use chrono::{DateTime, TimeDelta, Utc};

use super::contact::EmailAddress;
use super::ids::{DeskCode, PartnerCode};
use super::invalid::{Why, one_of};

/// What an account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Administrator,
    Operator,
    Partner,
    Reader,
}

impl Role {
    /// All, in the order of the formats.
    pub const ALL: [Self; 4] = [
        Self::Administrator,
        Self::Operator,
        Self::Partner,
        Self::Reader,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Operator => "operator",
            Self::Partner => "partner",
            Self::Reader => "reader",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}

/// Where an account belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Nowhere,
    Desk(DeskCode),
    Partner(PartnerCode),
}

/// Why an account can't be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    #[error("an operator belongs to a desk")]
    DeskMissing,
    #[error("a partner's account belongs to a partner")]
    PartnerMissing,
    #[error("this role has no desk")]
    DeskNotAllowed,
    #[error("this role has no partner")]
    PartnerNotAllowed,
}

impl Place {
    /// The place of a role: an operator's desk is required, an administrator's
    /// may be given, a partner's partner is required, a reader has neither.
    pub fn of(
        role: Role,
        desk: Option<DeskCode>,
        partner: Option<PartnerCode>,
    ) -> Result<Self, PlaceError> {
        match (role, desk, partner) {
            (Role::Partner, None, Some(partner)) => Ok(Self::Partner(partner)),
            (Role::Partner, None, None) => Err(PlaceError::PartnerMissing),
            (Role::Partner | Role::Reader, Some(_), _) => Err(PlaceError::DeskNotAllowed),
            (_, _, Some(_)) => Err(PlaceError::PartnerNotAllowed),
            (Role::Operator, None, None) => Err(PlaceError::DeskMissing),
            (Role::Operator | Role::Administrator, Some(desk), None) => Ok(Self::Desk(desk)),
            (Role::Administrator | Role::Reader, None, None) => Ok(Self::Nowhere),
        }
    }
}

/// Somebody of the staff, signed in or named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account's key in the database.
    pub account_id: i64,
    /// What it signs in with.
    pub email: EmailAddress,
    /// How it is called on screen and on sheets.
    pub name: String,
    pub role: Role,
    pub place: Place,
}

impl Actor {
    /// Its desk.
    pub fn desk(&self) -> Option<&DeskCode> {
        match &self.place {
            Place::Desk(desk) => Some(desk),
            Place::Nowhere | Place::Partner(_) => None,
        }
    }

    /// Whether it may open workers, families, requests, matches and sheets:
    /// operators, and administrators who belong to a desk.
    pub fn works_at_a_desk(&self) -> bool {
        matches!(self.role, Role::Operator | Role::Administrator) && self.desk().is_some()
    }
}

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, signed in or not.
    Public,
    /// Every account.
    SignedIn,
    /// Every account, also one that must still set up a second factor.
    Account,
    /// [`Actor::works_at_a_desk`].
    Desk,
    /// Operators, administrators and readers: figures, never records.
    Reports,
    /// Partners: the families that they sent.
    Partner,
    /// Administrators, with a desk or without.
    Administrator,
}

impl Access {
    /// Whether `actor` may call it.
    pub fn allows(self, actor: Option<&Actor>) -> bool {
        match self {
            Self::Public => true,
            Self::SignedIn | Self::Account => actor.is_some(),
            Self::Desk => actor.is_some_and(Actor::works_at_a_desk),
            Self::Reports => actor.is_some_and(|actor| actor.role != Role::Partner),
            Self::Partner => actor.is_some_and(|actor| actor.role == Role::Partner),
            Self::Administrator => actor.is_some_and(|actor| actor.role == Role::Administrator),
        }
    }

    /// The code in the machine-readable table of routes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::SignedIn => "signed_in",
            Self::Account => "account",
            Self::Desk => "desk",
            Self::Reports => "reports",
            Self::Partner => "partner",
            Self::Administrator => "administrator",
        }
    }
}

/// For how long a session holds; it keeps the policy of the day on which it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// It ends after so many without a request.
    pub idle_minutes: u32,
    /// It ends after so many in any case.
    pub longest_hours: u32,
}

impl SessionLimits {
    pub fn idle(self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.idle_minutes))
    }

    pub fn longest(self) -> TimeDelta {
        TimeDelta::hours(i64::from(self.longest_hours))
    }
}

/// A one-time link to set a password dies after this long.
pub const PASSWORD_LINK_LIFE: TimeDelta = TimeDelta::hours(48);
/// Shortest password, in characters.
pub const PASSWORD_SHORTEST: usize = 12;
/// Longest password, in bytes: more than any passphrase, less than a burden.
pub const PASSWORD_LONGEST: usize = 1024;

/// How far the clocks of two machines that serve together may be apart: a session of
/// the one that is ahead holds on the other.
pub const CLOCKS_APART: TimeDelta = TimeDelta::minutes(10);

/// Whether a session last seen at `last_seen` and begun at `began` still holds.
/// A clock that went back never makes one immortal: it ends.
pub fn session_holds(
    limits: SessionLimits,
    (began, last_seen): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> bool {
    now - last_seen < limits.idle()
        && now - began < limits.longest()
        && began - now < CLOCKS_APART
        && last_seen - now < CLOCKS_APART
}

/// Wrong tries of one key (an account from one network, an account, a network)
/// and until when it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttle {
    pub failures: u32,
    pub last_failure: DateTime<Utc>,
    pub wait_until: Option<DateTime<Utc>>,
}

/// A key that rests for so long is as new, so nobody is ever locked out for good.
pub const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(1);
const SHORTEST_WAIT: TimeDelta = TimeDelta::seconds(30);
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(15);

impl Throttle {
    /// A key without a wrong try.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self {
            failures: 0,
            last_failure: now,
            wait_until: None,
        }
    }

    /// What still counts of it. What is far away in the future is from a clock that
    /// went back since, and counts no more than what is long past.
    #[must_use]
    pub fn on(self, now: DateTime<Utc>) -> Self {
        if (now - self.last_failure).abs() < FORGOTTEN_AFTER {
            self
        } else {
            Self::new(now)
        }
    }

    /// After one more wrong try. The first `free` tries cost nothing; then each
    /// doubles the wait, up to the longest.
    #[must_use]
    pub fn after_failure(self, free: u32, now: DateTime<Utc>) -> Self {
        let failures = self.on(now).failures.saturating_add(1);
        let wait_until = (failures >= free).then(|| {
            let doublings = (failures - free).min(5);
            now + (SHORTEST_WAIT * (1 << doublings)).min(LONGEST_WAIT)
        });
        Self {
            failures,
            last_failure: now,
            wait_until,
        }
    }

    /// Takes back a try that was counted and then was right. `before`: what was
    /// known when it was counted. What others tried in between stays counted.
    #[must_use]
    pub fn taken_back(self, before: Self, free: u32) -> Self {
        if self.failures <= before.failures.saturating_add(1) {
            return before;
        }
        let failures = self.failures - 1;
        Self {
            failures,
            wait_until: self.wait_until.filter(|_| failures >= free),
            ..self
        }
    }

    /// Seconds still to wait.
    pub fn seconds_to_wait(&self, now: DateTime<Utc>) -> Option<u64> {
        let wait = self.wait_until? - now;
        let seconds = u64::try_from(wait.num_seconds()).ok();
        seconds.filter(|seconds| *seconds > 0 && wait <= LONGEST_WAIT)
    }
}

/// Wrong tries an account has from one network before it waits there, where no policy says
/// otherwise. Its owner, elsewhere, does not wait.
pub const FREE_TRIES_HERE: u32 = 5;
/// The same from everywhere before it waits: guesses from many networks at once end here.
pub const FREE_TRIES_ACCOUNT: u32 = 100;
/// The same of a network: a desk shares one address.
pub const FREE_TRIES_NETWORK: u32 = 20;

/// Reads a new password: 12 characters or more, none of the commonest.
pub fn check_new_password(password: &str) -> Result<(), Why> {
    if password.chars().count() < PASSWORD_SHORTEST {
        return Err(Why::new("problem-password-short").with("least", PASSWORD_SHORTEST));
    }
    if password.len() > PASSWORD_LONGEST {
        return Err(Why::new("problem-too-long").with("longest", PASSWORD_LONGEST));
    }
    if is_easily_guessed(password) {
        return Err(Why::new("problem-password-common"));
    }
    Ok(())
}

// Twelve characters keep out almost every listed password; what is left are
// repetitions, runs along the keyboard and the words of this very desk.
fn is_easily_guessed(password: &str) -> bool {
    let lower = password.to_lowercase();
    let distinct: std::collections::BTreeSet<char> = lower.chars().collect();
    let runs = [
        "123456789012345678901234567890",
        "qwertyuiopasdfghjklzxcvbnm",
        "abcdefghijklmnopqrstuvwxyz",
        "qwertyuiop1234567890",
    ];
    let words = [
        "password",
        "grosseto",
        "follonica",
        "sportello",
        "badante",
        "coeso",
        "changeme",
        "letmein",
        "welcome",
        "benvenuto",
        "qwerty",
        "123456",
    ];
    let rest = words
        .iter()
        .fold(lower.clone(), |rest, word| rest.replace(word, ""));
    distinct.len() < 5
        || runs.iter().any(|run| run.contains(lower.as_str()))
        || rest.chars().count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
    }

    fn tries(count: u32) -> Throttle {
        (0..count).fold(Throttle::new(noon()), |known, _| {
            known.after_failure(5, noon())
        })
    }

    #[test]
    fn waits_grow_and_are_forgotten() {
        assert_eq!(tries(4).seconds_to_wait(noon()), None);
        assert_eq!(tries(5).seconds_to_wait(noon()), Some(30));
        assert_eq!(tries(6).seconds_to_wait(noon()), Some(60));
        assert_eq!(tries(25).seconds_to_wait(noon()), Some(900));
        let next_day = noon() + TimeDelta::days(1);
        let tomorrow = tries(25).after_failure(5, next_day);
        assert_eq!(tomorrow.seconds_to_wait(next_day), None);
    }

    #[test]
    fn a_clock_that_goes_back_leaves_no_wait() {
        let last_year = noon() - TimeDelta::days(365);
        assert_eq!(tries(25).seconds_to_wait(last_year), None);
        assert_eq!(tries(25).after_failure(5, last_year).failures, 1);
    }

    #[test]
    fn a_right_try_takes_back_itself_and_nothing_else() {
        assert_eq!(tries(4).taken_back(tries(3), 5), tries(3));
        let others = tries(6).taken_back(tries(3), 5);
        assert_eq!(others.failures, 5, "two of others since");
        assert_eq!(others.seconds_to_wait(noon()), Some(60));
        let below = tries(5).taken_back(tries(3), 5);
        assert_eq!((below.failures, below.seconds_to_wait(noon())), (4, None));
    }

    #[test]
    fn a_session_ends_idle_at_last_and_when_the_clock_goes_back() {
        let began = noon();
        let limits = SessionLimits {
            idle_minutes: 120,
            longest_hours: 12,
        };
        let holds = |seen, now| session_holds(limits, (began, seen), now);
        assert!(holds(began, began + TimeDelta::minutes(119)));
        assert!(!holds(began, began + TimeDelta::hours(2)));
        assert!(!holds(
            began + TimeDelta::minutes(719),
            began + TimeDelta::hours(12)
        ));
        assert!(!holds(began, began - TimeDelta::days(1)));
        let ahead = began - TimeDelta::minutes(9);
        assert!(holds(began, ahead), "of a faster clock");
        assert!(!holds(began, began - CLOCKS_APART));
        let shorter = SessionLimits {
            idle_minutes: 10,
            longest_hours: 1,
        };
        let after = |minutes| began + TimeDelta::minutes(minutes);
        assert!(session_holds(shorter, (began, began), after(9)));
        assert!(!session_holds(shorter, (began, began), after(10)));
        assert!(!session_holds(shorter, (began, after(59)), after(60)));
    }

    #[test]
    fn passwords_that_anybody_would_try_are_refused() {
        for bad in [
            "short",
            "aaaaaaaaaaaaaa",
            "123456789012",
            "passwordpassword",
            "Grosseto2026",
            "qwertyuiopas",
        ] {
            assert!(check_new_password(bad).is_err(), "{bad}");
        }
        for good in [
            "corretto cavallo batteria",
            "pàssè e più 🐎 lunghe",
            &"a bc de".repeat(20),
        ] {
            assert!(check_new_password(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn each_role_has_its_place() {
        let desk = || Some(DeskCode::parse("grosseto").unwrap());
        let partner = || Some(PartnerCode::parse("pi").unwrap());
        assert!(matches!(
            Place::of(Role::Operator, desk(), None),
            Ok(Place::Desk(_))
        ));
        assert_eq!(
            Place::of(Role::Operator, None, None),
            Err(PlaceError::DeskMissing)
        );
        assert_eq!(
            Place::of(Role::Partner, None, None),
            Err(PlaceError::PartnerMissing)
        );
        assert_eq!(
            Place::of(Role::Reader, desk(), None),
            Err(PlaceError::DeskNotAllowed)
        );
        assert_eq!(
            Place::of(Role::Operator, desk(), partner()),
            Err(PlaceError::PartnerNotAllowed)
        );
        assert_eq!(
            Place::of(Role::Administrator, None, None),
            Ok(Place::Nowhere)
        );
    }
}
