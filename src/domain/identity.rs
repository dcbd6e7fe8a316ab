//! Signing in by an identity provider: what a way there and back is recognised by, whose
//! identity was found, and which roles may still sign in by a password. An identity is never
//! an address: it is linked to an account by its owner.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::account::{CLOCKS_APART, Role};

/// Random bytes of a state, a nonce and a verifier of PKCE.
pub const LOT_BYTES: usize = 32;
/// The way to the provider and back may take so long.
pub const WAY_TAKES: TimeDelta = TimeDelta::minutes(10);
/// What was found is used within so long.
pub const FOUND_FOR: TimeDelta = TimeDelta::minutes(10);
/// The provider's clock may be behind ours by so much.
pub const ANEW_SLACK: TimeDelta = TimeDelta::minutes(1);
/// Letters of an address that a way carries along.
pub const LONGEST_NEXT: usize = 1000;

/// What a way to the provider is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// To come in.
    SignIn,
    /// To show anew who it is: an account, in a session named by its token's hash.
    Confirm { account: i64, session: String },
    /// To link an identity to one's own account.
    Link { account: i64 },
    /// To link it to the account of an invitation, named by its token's hash.
    Invited { link: String },
}

/// What waits in a cookie, sealed. What is of one kind is nothing of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    Away(Away),
    Found(Found),
}

/// A way to the provider that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    pub state: String,
    pub nonce: String,
    pub verifier: String,
    pub purpose: Purpose,
    /// Where to go afterwards, on this site.
    pub next: String,
    pub since: DateTime<Utc>,
}

/// An identity that the provider told of, to be used by its owner's next form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The digest that it is kept by.
    pub identity: String,
    /// How its owner knows it; empty where the provider does not say.
    pub called: String,
    pub purpose: Purpose,
    pub at: DateTime<Utc>,
}

fn is_within(since: DateTime<Utc>, longest: TimeDelta, now: DateTime<Utc>) -> bool {
    now - since < longest && since - now < CLOCKS_APART
}

impl Kept {
    /// A way that `state` came back from in time.
    pub fn away(self, state: &str, now: DateTime<Utc>) -> Option<Away> {
        match self {
            Self::Away(away) => Some(away)
                .filter(|away| away.state == state && is_within(away.since, WAY_TAKES, now)),
            Self::Found(_) => None,
        }
    }

    /// What was found for a purpose, while it may be used.
    pub fn found(self, purpose: &Purpose, now: DateTime<Utc>) -> Option<Found> {
        match self {
            Self::Found(found) => Some(found)
                .filter(|found| found.purpose == *purpose && is_within(found.at, FOUND_FOR, now)),
            Self::Away(_) => None,
        }
    }
}

/// From a day on a role may sign in by a password of here, or by the provider alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalRule {
    pub valid_from: NaiveDate,
    pub role: Role,
    pub local: bool,
}

/// Whether a role may sign in by a password on a day; it may where nothing was said. `newest`:
/// every row, the one written last first: of those that hold it counts.
pub fn is_local(newest: &[LocalRule], role: Role, day: NaiveDate) -> bool {
    let mut of_role = newest.iter().filter(|rule| rule.role == role);
    let holds = of_role.find(|rule| rule.valid_from <= day);
    holds.is_none_or(|rule| rule.local)
}

/// The same of a day and every later one.
pub fn stays_local(newest: &[LocalRule], role: Role, day: NaiveDate) -> bool {
    let mut days = newest.iter().map(|rule| rule.valid_from);
    is_local(newest, role, day) && days.all(|from| from < day || is_local(newest, role, from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
    }

    #[test]
    fn a_way_is_known_by_its_state_for_ten_minutes() {
        let kept = Kept::Away(Away {
            state: "one".to_owned(),
            nonce: "two".to_owned(),
            verifier: "three".to_owned(),
            purpose: Purpose::SignIn,
            next: "/".to_owned(),
            since: noon(),
        });
        let back = |state: &str, after| kept.clone().away(state, noon() + after).is_some();
        assert!(back("one", TimeDelta::minutes(9)));
        assert!(back("one", TimeDelta::minutes(-9)), "of a faster clock");
        assert!(!back("other", TimeDelta::zero()));
        assert!(!back("one", WAY_TAKES));
        assert!(!back("one", -CLOCKS_APART));
        assert_eq!(kept.clone().found(&Purpose::SignIn, noon()), None);
    }

    #[test]
    fn what_was_found_for_one_is_nothing_to_another() {
        let kept = Kept::Found(Found {
            identity: "digest".to_owned(),
            called: "ada@prova.example".to_owned(),
            purpose: Purpose::Link { account: 7 },
            at: noon(),
        });
        let used = |account, after| {
            let purpose = Purpose::Link { account };
            kept.clone().found(&purpose, noon() + after).is_some()
        };
        assert!(used(7, TimeDelta::minutes(9)));
        assert!(!used(8, TimeDelta::zero()));
        assert!(!used(7, FOUND_FOR));
        assert_eq!(kept.clone().away("", noon()), None);
    }

    #[test]
    fn a_password_lets_in_until_a_row_says_otherwise() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let rule = |from: &str, local| LocalRule {
            valid_from: day(from),
            role: Role::Operator,
            local,
        };
        let newest = [rule("2027-01-01", true), rule("2026-06-01", false)];
        for (on, local) in [
            ("2026-01-01", true),
            ("2026-06-01", false),
            ("2027-01-01", true),
        ] {
            assert_eq!(is_local(&newest, Role::Operator, day(on)), local, "{on}");
        }
        assert!(is_local(&newest, Role::Reader, day("2026-07-01")));
        for (on, stays) in [
            ("2026-01-01", false),
            ("2026-07-01", false),
            ("2027-01-01", true),
        ] {
            assert_eq!(stays_local(&newest, Role::Operator, day(on)), stays, "{on}");
        }
    }
}
