//! The second factor of a sign-in: six digits that change every half minute, made from a
//! secret that the account's owner has in an application (RFC 6238), and recovery codes for
//! whoever lost it. And which roles must have one: policy as dated rows.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::account::Role;
use super::answer::coded;
use super::invalid::{Why, one_of};

/// Seconds that a code is the current one (RFC 6238, 5.2).
const STEP_SECONDS: i64 = 30;
/// Codes before and after the current one that are taken: clocks differ, and people type.
const SKEW_STEPS: i64 = 1;
const DIGITS: usize = 6;
/// Bytes of a secret: as many as the hash has (RFC 4226, 4, R6).
pub const SECRET_BYTES: usize = 20;
/// Recovery codes that an account is given at once.
pub const RECOVERY_CODES: usize = 10;
/// Bytes of a recovery code.
pub const RECOVERY_BYTES: usize = 10;
/// Whoever gave the right password has so long to give the code.
pub const CODE_WAITS: TimeDelta = TimeDelta::minutes(10);
/// So long after a sign-in its owner may change the password, the address and the factor.
pub const FRESH_FOR: TimeDelta = TimeDelta::minutes(10);

coded! {
    /// How far a session is.
    Stage {
        /// It opens whatever its account may.
        Whole = "whole",
        /// The password was right; the code is still to come. It opens nothing.
        Code = "code",
        /// Its account must have a second factor and has none: it opens the page where one is
        /// set up.
        Enrol = "enrol",
    }
}

/// What the application and the program both know.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; SECRET_BYTES]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// From random bytes.
    pub fn new(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(bytes)
    }

    /// Reads what [`Self::to_text`] wrote.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = BASE32_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// As it is kept, and as somebody types it into an application.
    pub fn to_text(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// The address that applications read from a square code. `issuer`: who asks for the
    /// code; `account`: whose it is. Both already written as addresses are.
    pub fn address(&self, issuer: &str, account: &str) -> String {
        let secret = self.to_text();
        format!(
            "otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}"
        )
    }

    /// The code of a step.
    pub fn code_at(&self, step: i64) -> String {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).expect("any length is a key");
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let from = usize::from(digest[digest.len() - 1] & 0x0F);
        let cut = [
            digest[from] & 0x7F,
            digest[from + 1],
            digest[from + 2],
            digest[from + 3],
        ];
        let number = u32::from_be_bytes(cut) % 10_u32.pow(6);
        format!("{number:0DIGITS$}")
    }

    /// The step whose code this is: the current one or its neighbours, but none up to
    /// `used`, the last one that was taken, so that a code works once.
    pub fn step_of(&self, code: &str, now: DateTime<Utc>, used: Option<i64>) -> Option<i64> {
        let current = step(now);
        let mut steps = current - SKEW_STEPS..=current + SKEW_STEPS;
        steps.find(|step| used.is_none_or(|used| *step > used) && self.code_at(*step) == code)
    }
}

/// The number of half minutes since 1970.
pub fn step(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(STEP_SECONDS)
}

/// What somebody typed: spaces and hyphens don't count.
pub fn tidied(typed: &str) -> String {
    let plain = typed.chars().filter(char::is_ascii_alphanumeric);
    plain.map(|c| c.to_ascii_uppercase()).collect()
}

/// Whether it can be a code of an application, and no recovery code.
pub fn is_code(tidied: &str) -> bool {
    tidied.len() == DIGITS && tidied.bytes().all(|b| b.is_ascii_digit())
}

/// A recovery code of these bytes, as it is told: four groups of four.
pub fn recovery_code(bytes: [u8; RECOVERY_BYTES]) -> String {
    let text = BASE32_NOPAD.encode(&bytes);
    let groups: Vec<&str> = (0..text.len())
        .step_by(4)
        .map(|at| &text[at..at + 4])
        .collect();
    groups.join("-")
}

/// From a day on a role must have a second factor, or need not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactorRule {
    pub valid_from: NaiveDate,
    pub role: Role,
    pub required: bool,
}

/// Whether a role must have one on a day. `newest`: every row, the one written last first: of
/// those that hold it counts.
pub fn is_required(newest: &[FactorRule], role: Role, day: NaiveDate) -> bool {
    let mut of_role = newest.iter().filter(|rule| rule.role == role);
    let holds = of_role.find(|rule| rule.valid_from <= day);
    holds.is_some_and(|rule| rule.required)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    /// The secret of RFC 6238, appendix B.
    fn secret() -> Secret {
        Secret::new(*b"12345678901234567890")
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        Utc.timestamp_opt(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, eight) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(secret().code_at(step(at(seconds))), eight[2..], "{seconds}");
        }
    }

    #[test]
    fn a_code_is_taken_within_a_step_and_once() {
        let now = at(1_234_567_890);
        let here = step(now);
        for (off, taken) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = secret().code_at(here + off);
            assert_eq!(secret().step_of(&code, now, None).is_some(), taken, "{off}");
        }
        let code = secret().code_at(here);
        assert_eq!(secret().step_of(&code, now, Some(here - 1)), Some(here));
        assert_eq!(secret().step_of(&code, now, Some(here)), None);
        let before = secret().code_at(here - 1);
        let dead = secret().step_of(&before, now, Some(here));
        assert_eq!(dead, None, "nor one before it");
    }

    #[test]
    fn a_secret_is_read_back_and_never_printed() {
        let text = secret().to_text();
        assert_eq!(Secret::from_text(&text), Some(secret()));
        assert_eq!(Secret::from_text("short"), None);
        assert!(!format!("{:?}", secret()).contains(&text));
    }

    #[test]
    fn recovery_codes_are_read_as_people_type_them() {
        let told = recovery_code([7; RECOVERY_BYTES]);
        assert_eq!(told.len(), 19);
        let typed = told.to_lowercase().replace('-', " ");
        assert_eq!(tidied(&typed), tidied(&told));
        assert!(!is_code(&tidied(&told)));
        assert!(is_code(&tidied("123 456")));
    }

    #[test]
    fn of_the_rules_that_hold_the_one_written_last_counts() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let rule = |from: &str, required| FactorRule {
            valid_from: day(from),
            role: Role::Operator,
            required,
        };
        let newest = [rule("2027-01-01", false), rule("2026-06-01", true)];
        for (on, required) in [
            ("2026-01-01", false),
            ("2026-06-01", true),
            ("2027-01-01", false),
        ] {
            assert_eq!(
                is_required(&newest, Role::Operator, day(on)),
                required,
                "{on}"
            );
        }
        assert!(!is_required(&newest, Role::Reader, day("2026-07-01")));
    }
}
