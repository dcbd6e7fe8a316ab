//! Small texts: week grids, what links, cookies and pages carry, mails that came back.

use std::collections::BTreeSet;
use std::future::ready;
use std::net::SocketAddr;
use std::sync::Arc;

use chrono::{DateTime, TimeZone as _, Utc};
use dom::clock::{ManualClock, SystemRandomness};
use dom::domain::access::page::PageMemory;
use dom::domain::carried::{Carried, CarriedKey, LOT, Opened};
use dom::domain::contact::EmailAddress;
use dom::domain::factor::Secret;
use dom::domain::ids::SheetNumber;
use dom::domain::private_link::{Purpose, Seal, VISIT};
use dom::domain::week::WeekGrid;
use dom::services::Context;
use dom::services::follow_up::bounce::{self, Bounce};
use dom::services::follow_up::outbox::queue_test;

use super::Target;
use crate::support::browser::percent;
use crate::support::cast::Cast;
use crate::support::db::{self, TestDb};
use crate::support::site::Site;

/// The noon that everything was made at.
fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
}

/// A kind of error, without the text that it carries.
pub fn kind_of(error: &impl std::fmt::Debug) -> String {
    let told = format!("{error:?}");
    told.split(['(', '{'])
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

pub struct Weeks;

impl Target for Weeks {
    const NAME: &'static str = "week";
    const CHANGES: usize = 4_000;
    const WORDS: &'static [&'static str] = &[
        "Mon", "Sun", "lun", "DOM", "-", ",", ";", ":", "00", "30", "24:00", " ", "Sat-Mon",
        "20:00",
    ];

    fn begin() -> impl Future<Output = Self> {
        ready(Self)
    }

    fn made(&self) -> Vec<Vec<u8>> {
        Vec::new()
    }

    fn read(&mut self, input: &[u8]) -> impl Future<Output = String> {
        ready(week(&String::from_utf8_lossy(input)))
    }
}

fn week(text: &str) -> String {
    let grid = match WeekGrid::parse(text) {
        Ok(grid) => grid,
        Err(error) => return kind_of(&error),
    };
    let told = grid.to_string();
    let again = WeekGrid::parse(&told).expect("what is written back is read");
    assert_eq!(again, grid, "{told}");
    assert_eq!(again.to_string(), told);
    assert_eq!(WeekGrid::from_words(*grid.words()), grid);
    let count = usize::try_from(grid.count()).unwrap();
    assert_eq!(grid.slots().count(), count);
    format!("{} runs", grid.runs().len())
}

/// Whom a sealed visit is of.
const WHOSE: &str = "one:hash";

pub struct Tokens {
    site: Site,
    seal: Seal,
    sealed: String,
    key: CarriedKey,
    carried: Carried,
    looked_at: u32,
    seen: BTreeSet<String>,
}

impl Tokens {
    /// What each reader makes of it.
    fn opens(&self, text: &str) -> Vec<&'static str> {
        let mut opens = Vec::new();
        if self.seal.holds(Purpose::Visit, WHOSE, text, noon(), VISIT) {
            let parts = |text: &str| {
                let (until, mac) = text.split_once('.').expect("a seal has two parts");
                (until.parse::<i64>().expect("a moment"), mac.to_owned())
            };
            assert_eq!(parts(text), parts(&self.sealed), "{text}");
            opens.push("seal");
        }
        match self.key.open(&self.carried.kind, text, noon()) {
            Opened::Good(carried) | Opened::Old(carried) => {
                assert_eq!(carried, self.carried, "{text}");
                opens.push("carried");
            }
            Opened::Broken => {}
        }
        if let Some(memory) = PageMemory::parse(text, noon().date_naive()) {
            let again = PageMemory::parse(&memory.to_text(), noon().date_naive());
            assert!(again == Some(memory), "{text}");
            opens.push("memory");
        }
        if let Some(secret) = Secret::from_text(text) {
            assert_eq!(secret.to_text(), text);
            opens.push("secret");
        }
        if let Ok(number) = SheetNumber::from_paper(text) {
            let parts = number.parts();
            if let Some((prefix, year, running)) = parts.filter(|parts| parts.1 >= 1000) {
                let again = SheetNumber::new(prefix, year, running);
                assert_eq!(again.parts(), parts, "{text}");
            }
            opens.push(if parts.is_some() { "number" } else { "paper" });
        }
        let keys = [
            Seal::from_text(text).map(|key| key.to_text()),
            CarriedKey::from_text(text).map(|key| key.to_text()),
        ];
        for key in keys.into_iter().flatten() {
            assert_eq!(key, text);
            opens.push("key");
        }
        opens
    }

    /// The same where links, codes and cookies are taken.
    async fn asked(&mut self, text: &str) -> Vec<u16> {
        let token: String = text.chars().take(500).collect();
        let token = percent(&token);
        let mut statuses = Vec::new();
        for door in ["s", "l", "f", "p", "v", "mine"] {
            // Each from a network of its own: guessing is slowed down.
            self.looked_at += 1;
            let mut browser = self.site.browser();
            let [.., high, low] = self.looked_at.to_be_bytes();
            browser.address = SocketAddr::from(([10, high, low, 1], 4000));
            let page = browser.get(&format!("/{door}/{token}")).await;
            assert!(
                page.status.as_u16() < 500,
                "/{door}/{token}: {}",
                page.status
            );
            statuses.push(page.status.as_u16());
        }
        let plain = text.bytes().all(|byte| (0x20..0x7F).contains(&byte));
        if plain {
            let mut browser = self.site.browser();
            for name in ["dom", "dom-accesses", "dom-password-link", "dom-sheet-open"] {
                browser.cookies.insert(name.to_owned(), text.to_owned());
            }
            for address in ["/workers", "/password", "/f"] {
                let page = browser.get(address).await;
                assert!(page.status.as_u16() < 500, "{address}: {}", page.status);
                assert!(!page.text().contains("Provolini"), "{address}: {text}");
                statuses.push(page.status.as_u16());
            }
        }
        statuses
    }
}

impl Target for Tokens {
    const NAME: &'static str = "tokens";
    const CHANGES: usize = 1_500;
    const WORDS: &'static [&'static str] = &[
        ".",
        "=",
        "-",
        "_",
        "A",
        "0",
        "f",
        "GR-2026-",
        "2026-11-23.",
        "+",
    ];

    async fn begin() -> Self {
        let seal = Seal::new([7; 32]);
        let key = CarriedKey::new([7; 32]);
        let mut carried = Carried {
            form: "one".to_owned(),
            kind: "family".to_owned(),
            begun_at: noon(),
            language: "it".to_owned(),
            notice: Some(("1".to_owned(), noon())),
            answers: Vec::new(),
        };
        carried.set("given_name", ["Elsa"].into_iter());
        Self {
            site: Site::of(&Cast::on(noon().date_naive())).await,
            sealed: seal.seal(Purpose::Visit, WHOSE, noon() + VISIT),
            seal,
            key,
            carried,
            looked_at: 0,
            seen: BTreeSet::new(),
        }
    }

    fn made(&self) -> Vec<Vec<u8>> {
        let mut memory = PageMemory::new(noon().date_naive(), [7; 16]);
        let first = memory.draw();
        memory.note_case(first, 4);
        vec![
            self.sealed.clone().into_bytes(),
            self.key.seal(&self.carried, [1; LOT]).into_bytes(),
            memory.to_text().into_bytes(),
            Secret::new([7; 20]).to_text().into_bytes(),
            self.seal.to_text().into_bytes(),
        ]
    }

    async fn read(&mut self, input: &[u8]) -> String {
        let text = String::from_utf8_lossy(input);
        let opens = format!("{:?}", self.opens(&text));
        // Short ones of every kind, and whatever opened something new.
        let shape = format!("{opens} {}", input.len().min(40) / 10);
        if self.seen.insert(shape.clone()) {
            return format!("{shape} {:?}", self.asked(&text).await);
        }
        shape
    }
}

pub struct Bounces {
    /// A program over each kind of database, and the Message-ID that it gave.
    both: [(Context, String); 2],
    _dbs: [TestDb; 2],
}

/// Stands in the corpus for what only a program can know.
const ID: &str = "{ID}";

impl Target for Bounces {
    const NAME: &'static str = "bounces";
    const CHANGES: usize = 200;
    const WORDS: &'static [&'static str] = &[
        ID,
        "<",
        ">",
        "<{ID}>",
        "Status: ",
        "Status: 5.1.1\r\n",
        "Status: 4.2.2\r\n",
        "Action: failed\r\n",
        "Message-ID: ",
        "@localhost>",
        "\r\n\r\n",
        "--edge\r\n",
    ];

    async fn begin() -> Self {
        let dbs = [db::sqlite().await, db::postgres().await];
        let with = async |db: &TestDb| {
            let clock = Arc::new(ManualClock::at(noon()));
            let url = "http://dom.example".to_owned();
            let context = Context::new(db.db.clone(), clock, Arc::new(SystemRandomness), url);
            let to = EmailAddress::parse("nessuno@prova.example").unwrap();
            let id = queue_test(&context, to).await.unwrap();
            (context, id)
        };
        let both = [with(&dbs[0]).await, with(&dbs[1]).await];
        Self { both, _dbs: dbs }
    }

    fn made(&self) -> Vec<Vec<u8>> {
        Vec::new()
    }

    async fn read(&mut self, input: &[u8]) -> String {
        let report = String::from_utf8_lossy(input);
        let mut said = Vec::new();
        for (context, id) in &self.both {
            let report = report.replace(ID, id);
            let bounce = bounce::take(context, &report).await.expect("an answer");
            let known = bounce != Bounce::Unknown;
            assert!(!known || report.contains(&format!("<{id}>")), "{report}");
            said.push(bounce);
        }
        assert_eq!(said[0], said[1], "not alike: {report}");
        let lines = report.lines().count().min(20);
        format!("{:?} {lines}", said[0])
    }
}
