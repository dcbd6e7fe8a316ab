//! What a form of several pages carries in the pages themselves, so that nothing of a
//! stranger's is kept before it is sent: sealed, so that nobody reads or changes it on the
//! way, and good for a while. Who keeps the key, and what is asked, is not here.

use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// After so long the notice is read once more; the answers stay.
pub const GOOD_FOR: TimeDelta = TimeDelta::hours(24);
/// After so long nothing of it is taken.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(7);
/// Letters of what pages carry, sealed; no honest form is half as long.
pub const LARGEST: usize = 32 * 1024;
/// Letters of one answer that are carried.
const LONGEST_ANSWER: usize = 1000;
/// Answers that are carried.
const MOST_ANSWERS: usize = 150;
/// Clocks of several machines may differ by so much.
const AHEAD: TimeDelta = TimeDelta::minutes(10);

/// Random bytes that a sealing takes; at 96 bits none comes twice.
pub const LOT: usize = NONCE_LEN;

/// The answers so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// The form's own name: what is sent twice is one.
    pub form: String,
    /// Which form it is: what one carries is nothing to another.
    pub kind: String,
    pub begun_at: DateTime<Utc>,
    /// The tag of the language it is read in.
    pub language: String,
    /// The version of the notice that was read, and when.
    pub notice: Option<(String, DateTime<Utc>)>,
    /// Names and values as they were typed, in the order of the pages.
    pub answers: Vec<(String, String)>,
}

impl Carried {
    /// Puts what was typed in place of what a field held.
    pub fn set<'a>(&mut self, name: &str, values: impl Iterator<Item = &'a str>) {
        self.answers.retain(|(known, _)| known != name);
        for value in values {
            if self.answers.len() < MOST_ANSWERS && !value.is_empty() {
                let value = value.chars().take(LONGEST_ANSWER).collect();
                self.answers.push((name.to_owned(), value));
            }
        }
    }

    /// The first value of a field; empty where there is none.
    pub fn first(&self, name: &str) -> &str {
        let found = self.answers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }
}

/// What came of opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    Good(Carried),
    /// Whole, but of yesterday.
    Old(Carried),
    /// Cut, changed, too old, or sealed by another program.
    Broken,
}

/// The key.
pub struct CarriedKey([u8; 32]);

impl CarriedKey {
    /// From 256 random bits.
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

    /// A digest that nobody works out without the key, however short the text.
    pub fn digest(&self, text: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length is a key");
        mac.update(text.as_bytes());
        HEXLOWER.encode(&mac.finalize().into_bytes())
    }

    fn aead(&self) -> LessSafeKey {
        let key = UnboundKey::new(&CHACHA20_POLY1305, &self.0);
        LessSafeKey::new(key.expect("the key has the length of the algorithm"))
    }

    /// Seals answers for a page. `lot`: random, another one each time.
    pub fn seal(&self, carried: &Carried, lot: [u8; LOT]) -> String {
        self.lock(&carried.kind, carried, lot)
    }

    /// Seals anything that is written as JSON; it opens under the same name alone.
    pub fn lock(&self, name: &str, value: &impl Serialize, lot: [u8; LOT]) -> String {
        let mut bytes = serde_json::to_vec(value).expect("texts and times can be written");
        let nonce = Nonce::assume_unique_for_key(lot);
        self.aead()
            .seal_in_place_append_tag(nonce, Aad::from(name.as_bytes()), &mut bytes)
            .expect("a page is far shorter than the algorithm takes");
        let mut sealed = lot.to_vec();
        sealed.append(&mut bytes);
        BASE64URL_NOPAD.encode(&sealed)
    }

    /// Opens what a page of a form brought back; what another form's carried is broken.
    pub fn open(&self, kind: &str, sealed: &str, now: DateTime<Utc>) -> Opened {
        let Some(carried) = self.unlock::<Carried>(kind, sealed) else {
            return Opened::Broken;
        };
        let age = now - carried.begun_at;
        if age > KEPT_FOR {
            Opened::Broken
        } else if age > GOOD_FOR || age < -AHEAD {
            Opened::Old(carried)
        } else {
            Opened::Good(carried)
        }
    }

    /// What [`Self::lock`] sealed under this name, where it is whole and of this kind.
    pub fn unlock<T: DeserializeOwned>(&self, name: &str, sealed: &str) -> Option<T> {
        if sealed.len() > LARGEST {
            return None;
        }
        let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
        let (lot, bytes) = sealed.split_first_chunk::<LOT>()?;
        let mut bytes = bytes.to_vec();
        let nonce = Nonce::assume_unique_for_key(*lot);
        let bound = Aad::from(name.as_bytes());
        let plain = self.aead().open_in_place(nonce, bound, &mut bytes);
        serde_json::from_slice(plain.ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn noon() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
    }

    fn carried() -> Carried {
        let mut carried = Carried {
            form: "one".to_owned(),
            kind: "family".to_owned(),
            begun_at: noon(),
            language: "it".to_owned(),
            notice: Some(("1".to_owned(), noon())),
            answers: Vec::new(),
        };
        carried.set("given_name", ["Elsa"].into_iter());
        carried
    }

    #[test]
    fn what_is_carried_comes_back_and_shows_nothing_on_the_way() {
        let key = CarriedKey::new([7; 32]);
        let sealed = key.seal(&carried(), [1; LOT]);
        assert_eq!(key.open("family", &sealed, noon()), Opened::Good(carried()));
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).unwrap();
        assert!(!bytes.windows(4).any(|four| four == b"Elsa"));
        assert_ne!(sealed, key.seal(&carried(), [2; LOT]));
        let again = CarriedKey::from_text(&key.to_text()).unwrap();
        assert_eq!(
            again.open("family", &sealed, noon()),
            Opened::Good(carried())
        );
    }

    #[test]
    fn what_was_cut_changed_or_sealed_by_another_opens_nothing() {
        let key = CarriedKey::new([7; 32]);
        let sealed = key.seal(&carried(), [1; LOT]);
        let mut changed = sealed.clone().into_bytes();
        for at in [0, changed.len() / 2, changed.len() - 2] {
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let text = String::from_utf8(changed.clone()).unwrap();
            assert_eq!(key.open("family", &text, noon()), Opened::Broken, "{at}");
        }
        for wrong in ["", "x", "!", &sealed[..20], &"A".repeat(LARGEST + 1)] {
            assert_eq!(key.open("family", wrong, noon()), Opened::Broken);
        }
        assert_eq!(key.open("worker", &sealed, noon()), Opened::Broken);
        let other = CarriedKey::new([8; 32]);
        assert_eq!(other.open("family", &sealed, noon()), Opened::Broken);
        assert_eq!(key.digest("one"), CarriedKey::new([7; 32]).digest("one"));
        assert_ne!(key.digest("one"), other.digest("one"));
    }

    #[test]
    fn age_asks_for_the_notice_again_and_then_ends_it() {
        let key = CarriedKey::new([7; 32]);
        let sealed = key.seal(&carried(), [1; LOT]);
        let at = |after: TimeDelta| key.open("family", &sealed, noon() + after);
        assert!(matches!(at(GOOD_FOR), Opened::Good(_)));
        assert!(matches!(
            at(GOOD_FOR + TimeDelta::seconds(1)),
            Opened::Old(_)
        ));
        assert!(matches!(at(-TimeDelta::hours(1)), Opened::Old(_)));
        assert_eq!(at(KEPT_FOR + TimeDelta::seconds(1)), Opened::Broken);
    }

    #[test]
    fn no_answer_grows_without_end() {
        let mut carried = carried();
        carried.set("words", ["x".repeat(5000).as_str()].into_iter());
        assert_eq!(carried.first("words").len(), LONGEST_ANSWER);
        carried.set("required_skills", std::iter::repeat_n("cooking", 500));
        assert_eq!(carried.answers.len(), MOST_ANSWERS);
        carried.set("required_skills", [""].into_iter());
        assert_eq!(carried.answers.len(), 2, "what is empty is not carried");
    }
}
