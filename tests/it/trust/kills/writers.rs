//! People who write until nobody answers, and tell what was acknowledged.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use chrono::{Days, NaiveDate};

use super::{LIMIT, REQUESTS};
use crate::support::browser::encoded;
use crate::support::cast::today;
use crate::support::served::page;

/// Nobody tries again faster.
const PAUSE: Duration = Duration::from_millis(10);
/// Days of the past that contacts are entered for, one after the other.
const DAYS: usize = 4_000;

/// Something that was acknowledged, by what it is known by.
#[derive(Debug)]
pub enum Kept {
    Note(String),
    /// Code and name.
    Family(String, String),
    /// Code and name.
    Worker(String, String),
    Access(NaiveDate, String),
    Answer(String),
    Sheet(String),
}

impl Kept {
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Note(_) => "notes",
            Self::Family(..) => "families",
            Self::Worker(..) => "workers",
            Self::Access(..) => "accesses",
            Self::Answer(_) => "answers",
            Self::Sheet(_) => "sheets",
        }
    }
}

/// What a writer tells of.
pub enum Told {
    Kept(Kept),
    /// The program said that it cannot, now.
    Refused,
}

/// What somebody does all the time.
#[derive(Clone, Copy)]
pub enum Work {
    People,
    Contacts,
    Sheets,
}

pub const WORK: [Work; 3] = [Work::People, Work::Contacts, Work::Sheets];

/// See the module's words.
pub struct Writer {
    pub work: Work,
    pub address: String,
    pub cookie: String,
    /// In letters, since names hold no digits.
    pub mark: String,
    pub calls: Vec<i64>,
    /// Contacts that were entered, and sheets that were issued.
    pub turns: [Arc<AtomicUsize>; 2],
    pub tell: Sender<Told>,
}

/// The code in an address that leads to a record.
fn code_in(location: &str) -> String {
    let code = location.split(['/', '?']).nth(2);
    code.unwrap_or_default().to_owned()
}

impl Writer {
    /// Nothing where the program went away before it had answered.
    fn send(
        &self,
        method: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Option<(u16, String, String)> {
        let body = encoded(fields);
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(LIMIT)).ok()?;
        let head = format!(
            "{method} {path} HTTP/1.0\r\nhost: {}\r\ncookie: {}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            self.cookie,
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let page = page(&bytes)?;
        let location = page.location().to_owned();
        Some((page.status.as_u16(), location, page.text()))
    }

    fn say(&self, told: Told) {
        // Nobody listens any more once the program is killed.
        let _ = self.tell.send(told);
    }

    fn refused(&self) {
        self.say(Told::Refused);
        thread::sleep(PAUSE);
    }

    /// Sends a form; nothing where the program went away.
    fn save(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        kept: impl FnOnce(&str) -> Kept,
    ) -> Option<()> {
        match self.send("POST", path, fields)? {
            // Who is sent to sign in was not told that anything is kept.
            (303, location, _) if location.starts_with("/sign-in") => self.refused(),
            (303, location, _) => self.say(Told::Kept(kept(&location))),
            (401 | 503, ..) => self.refused(),
            (status, _, text) => panic!("{path}: {status}: {text}"),
        }
        Some(())
    }

    /// The same with a form that names itself, so that it is saved once.
    fn register(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        kept: impl FnOnce(&str) -> Kept,
    ) -> Option<()> {
        let (status, _, form) = self.send("GET", path, &[])?;
        let draft = form.split("name=\"draft\" value=\"").nth(1);
        let Some(draft) = draft.and_then(|rest| rest.split('"').next()) else {
            assert!([200, 503].contains(&status), "{path}: {status}: {form}");
            self.refused();
            return Some(());
        };
        let all: Vec<(&str, &str)> = [("draft", draft)]
            .into_iter()
            .chain(fields.iter().copied())
            .collect();
        self.save(path, &all, kept)
    }

    fn people(&self, name: &str) -> Option<()> {
        let of_both = [
            ("given_name", "Ada"),
            ("family_name", name),
            ("contact_by", "desk"),
            ("comune", "Grosseto"),
            ("another", "yes"),
            ("desk", "grosseto"),
        ];
        let worker = [
            ("sex", "f"),
            ("arrangements", "hourly"),
            ("max_km", "20"),
            ("permit_type", "eu_citizen"),
        ];
        let worker: Vec<(&str, &str)> = of_both.into_iter().chain(worker).collect();
        self.register("/families/new", &of_both, |location| {
            Kept::Family(code_in(location), name.to_owned())
        })?;
        self.register("/workers/new", &worker, |location| {
            Kept::Worker(code_in(location), name.to_owned())
        })
    }

    fn contacts(&self, name: &str) -> Option<()> {
        let day = today().format("%d/%m/%Y").to_string();
        let note = [("on", day.as_str()), ("words", name)];
        self.save("/workers/W-0/diary", &note, |_| Kept::Note(name.to_owned()))?;
        let turn = self.turns[0].fetch_add(1, Ordering::Relaxed);
        let back = u64::try_from(turn % DAYS).unwrap();
        let day = today() - Days::new(back);
        let channel = ["front_desk", "telephone", "email"][turn / DAYS % 3];
        let typed = day.format("%d/%m/%Y").to_string();
        let receipt = format!("ricevuta-{turn}");
        let access = [
            ("date", typed.as_str()),
            ("channel", channel),
            ("first_access", "no"),
            ("reason", "housing"),
            ("accompaniment", "none"),
            ("receipt", receipt.as_str()),
        ];
        self.save("/accesses", &access, |_| {
            Kept::Access(day, channel.to_owned())
        })
    }

    fn sheets(&self, name: &str, round: usize) -> Option<()> {
        let call = self.calls[round % self.calls.len()];
        let form = format!("modulo-{name}-0123456789");
        let answer = [
            ("form", form.as_str()),
            ("result", "deciding"),
            ("contact", "talked"),
            ("comment", name),
        ];
        self.save(&format!("/calls/{call}/answer"), &answer, |_| {
            Kept::Answer(name.to_owned())
        })?;
        // A sheet takes as long as all the rest together.
        if !round.is_multiple_of(6) {
            return Some(());
        }
        let pair = self.turns[1].fetch_add(1, Ordering::Relaxed);
        let worker = format!("W-{}", pair / REQUESTS);
        let path = format!("/requests/R-{}/sheet", pair % REQUESTS);
        self.save(&path, &[("worker", &worker)], |location| {
            Kept::Sheet(code_in(location))
        })
    }

    /// Until nobody answers.
    pub fn write(&self) {
        for round in 0_usize.. {
            let digits = [round / 676, round / 26 % 26, round % 26];
            let letters = digits.map(|part| char::from(b'a' + u8::try_from(part % 26).unwrap()));
            let letters: String = letters.iter().collect();
            let name = format!("Finta{}{letters}", self.mark);
            let went_on = match self.work {
                Work::People => self.people(&name),
                Work::Contacts => self.contacts(&name),
                Work::Sheets => self.sheets(&name, round),
            };
            if went_on.is_none() {
                return;
            }
        }
    }
}
