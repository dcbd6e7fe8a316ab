//! What a page remembers of the entries it made today, so that it alone can
//! correct them: a random key and a count, kept by the browser and by nobody
//! else. From both come the keys of the entries; from an entry's key nothing
//! leads back.

use chrono::NaiveDate;
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::EntryKey;

/// Entries that a page still offers for correction.
pub const REMEMBERED: u32 = 30;
/// More a day come from no desk's page.
const MOST: u32 = 10_000;
/// Cases whose numbers a page remembers with the entries that opened them.
const CASES: usize = 60;

/// See the module's words. As text: day, key, count, and `entry=case` for each
/// entry that opened a case.
#[derive(Clone, PartialEq, Eq)]
pub struct PageMemory {
    day: NaiveDate,
    key: [u8; 16],
    count: u32,
    cases: Vec<(u32, i64)>,
}

impl PageMemory {
    /// A page that made no entry yet.
    pub fn new(day: NaiveDate, key: [u8; 16]) -> Self {
        Self {
            day,
            key,
            count: 0,
            cases: Vec::new(),
        }
    }

    /// Reads what the browser kept; nothing where it is of another day or not
    /// readable.
    pub fn parse(text: &str, today: NaiveDate) -> Option<Self> {
        let mut parts = text.split('.');
        let day: NaiveDate = parts.next()?.parse().ok()?;
        let key = BASE64URL_NOPAD.decode(parts.next()?.as_bytes()).ok()?;
        let count: u32 = parts.next()?.parse().ok()?;
        let cases = parts.take(CASES).map(|part| {
            let (entry, case) = part.split_once('=')?;
            Some((entry.parse().ok()?, case.parse().ok()?))
        });
        let cases = cases.collect::<Option<Vec<_>>>()?;
        let key = key.try_into().ok()?;
        (day == today && count <= MOST).then_some(Self {
            day,
            key,
            count,
            cases,
        })
    }

    /// For the browser.
    pub fn to_text(&self) -> String {
        use std::fmt::Write as _;
        let key = BASE64URL_NOPAD.encode(&self.key);
        let mut text = format!("{}.{key}.{}", self.day, self.count);
        for (entry, case) in &self.cases {
            let _ = write!(text, ".{entry}={case}");
        }
        text
    }

    /// The key of the page's entry number `number`, from 1.
    pub fn entry(&self, number: u32) -> EntryKey {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("any length is a key");
        mac.update(&number.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        EntryKey::new(key)
    }

    /// The number of the next entry, which is used up by it.
    pub fn draw(&mut self) -> u32 {
        self.count += 1;
        self.count
    }

    /// Whether so many more entries can be made.
    pub fn has_room(&self, more: u32) -> bool {
        self.count + more <= MOST
    }

    /// The numbers of the latest entries, the last one first.
    pub fn latest(&self) -> impl Iterator<Item = u32> {
        let first = self.count.saturating_sub(REMEMBERED - 1).max(1);
        (first..=self.count).rev()
    }

    /// Remembers the case that an entry opened.
    pub fn note_case(&mut self, entry: u32, case: i64) {
        if self.cases.len() >= CASES {
            self.cases.remove(0);
        }
        self.cases.push((entry, case));
    }

    /// The case that an entry opened; it is forgotten.
    pub fn take_case(&mut self, entry: u32) -> Option<i64> {
        let place = self.cases.iter().position(|(of, _)| *of == entry)?;
        Some(self.cases.remove(place).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_browser_keeps_reads_back_on_the_same_day_alone() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let mut memory = PageMemory::new(day, [9; 16]);
        let first = memory.draw();
        memory.note_case(first, 45);
        memory.draw();
        let text = memory.to_text();
        let mut again = PageMemory::parse(&text, day).unwrap();
        assert!(again == memory);
        assert_eq!(again.latest().collect::<Vec<_>>(), [2, 1]);
        assert_eq!(again.entry(2), memory.entry(2));
        assert_ne!(again.entry(2), again.entry(1));
        assert_eq!(again.take_case(1), Some(45));
        assert_eq!(again.take_case(1), None);
        assert!(PageMemory::parse(&text, day.succ_opt().unwrap()).is_none());
        for bad in [
            "",
            "2026-11-24",
            "2026-11-24.AA.1",
            "2026-11-24.x.y",
            &text.replace('=', "-"),
        ] {
            assert!(PageMemory::parse(bad, day).is_none(), "{bad}");
        }
    }
}
