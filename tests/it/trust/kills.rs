//! The program is killed while people write, again and again: whatever was acknowledged is
//! there once, nothing is there in half, and the next program begins without a hand.
//! `TRUST_TEST_KILLS`: how often, on each kind of database.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::Duration;

use dom::domain::account::{Place, Role};
use dom::domain::ids::DeskCode;
use dom::services::accounts;
use dom::storage::Db;
use dom::storage::entity::{contact_note, family};
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _, Statement};

use crate::matching::dice::Dice;
use crate::support::browser::encoded;
use crate::support::cast::{Cast, today};
use crate::support::program::Program;
use crate::support::served::{Served, page};
use crate::support::site::{PASSWORD, email};

/// Longer than any answer takes.
const LIMIT: Duration = Duration::from_mins(1);
const WRITERS: usize = 3;
const NOTES: &str = "/workers/W-1/diary";
const FAMILIES: &str = "/families/new";

fn kills() -> usize {
    let set = std::env::var("TRUST_TEST_KILLS").ok();
    set.map_or(2, |set| set.parse().expect("a number"))
}

/// Something that was acknowledged.
enum Kept {
    Note(String),
    /// Code and name.
    Family(String, String),
}

/// Somebody who writes until nobody answers.
struct Writer {
    address: String,
    cookie: String,
    /// In letters, since names hold no digits.
    mark: String,
    tell: Sender<Kept>,
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

    fn write(&self) {
        for n in 0_u8.. {
            let letters = [n / 26, n % 26].map(|part| char::from(b'a' + part));
            let name = format!("Finta{}{}{}", self.mark, letters[0], letters[1]);
            let day = today().format("%d/%m/%Y").to_string();
            let note = [("on", day.as_str()), ("words", &name)];
            match self.send("POST", NOTES, &note) {
                Some((303, _, _)) => self.say(Kept::Note(name.clone())),
                Some((status, _, text)) => panic!("{status}: {text}"),
                None => return,
            }
            let Some((_, _, form)) = self.send("GET", FAMILIES, &[]) else {
                return;
            };
            let draft = form.split("name=\"draft\" value=\"").nth(1);
            let draft = draft.and_then(|rest| rest.split('"').next());
            let family = [
                ("draft", draft.unwrap_or_default()),
                ("given_name", "Ada"),
                ("family_name", &name),
                ("contact_by", "desk"),
                ("comune", "Grosseto"),
                ("another", "yes"),
                ("desk", "grosseto"),
            ];
            match self.send("POST", FAMILIES, &family) {
                Some((303, location, _)) => {
                    let code = location.split(['/', '?']).nth(2).unwrap_or_default();
                    self.say(Kept::Family(code.to_owned(), name));
                }
                Some((status, _, text)) => panic!("{status}: {text}"),
                None => return,
            }
        }
    }

    fn say(&self, kept: Kept) {
        // Nobody listens any more once the program is killed.
        let _ = self.tell.send(kept);
    }
}

/// One program, killed once so much was acknowledged.
fn until_killed(program: &Program, cookie: &str, round: usize, acknowledged: usize) -> Vec<Kept> {
    let served = Served::start(program);
    let (tell, told) = channel();
    let mut writers = Vec::new();
    for at in 0..WRITERS {
        let number = round * WRITERS + at;
        let digits = [number / 676, number / 26 % 26, number % 26];
        let letters = digits.map(|part| char::from(b'a' + u8::try_from(part % 26).unwrap()));
        let writer = Writer {
            address: served.address().to_owned(),
            cookie: cookie.to_owned(),
            mark: letters.iter().collect(),
            tell: tell.clone(),
        };
        writers.push(thread::spawn(move || writer.write()));
    }
    drop(tell);
    let mut all: Vec<Kept> = (0..acknowledged)
        .map(|_| told.recv_timeout(LIMIT).expect("somebody writes"))
        .collect();
    // The program is killed in whatever it is doing.
    drop(served);
    for writer in writers {
        writer.join().expect("every answer was a good one");
    }
    all.extend(told.try_iter());
    all
}

async fn is_whole(db: &Db, all: &[Kept]) {
    let read = db.read();
    if read.get_database_backend() == DbBackend::Sqlite {
        let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check");
        let rows = read.query_all_raw(check).await.unwrap();
        let said: String = rows[0].try_get_by_index(0).unwrap();
        assert_eq!((rows.len(), said.as_str()), (1, "ok"));
    }
    let mut notes = BTreeMap::<String, usize>::new();
    for row in contact_note::Entity::find().all(read).await.unwrap() {
        *notes.entry(row.words).or_default() += 1;
    }
    let mut families = BTreeMap::new();
    for row in family::Entity::find().all(read).await.unwrap() {
        let before = families.insert(row.code.clone(), row.family_name.clone());
        assert_eq!(before, None, "{} twice", row.code);
    }
    for kept in all {
        match kept {
            Kept::Note(words) => assert_eq!(notes.get(words), Some(&1), "{words}"),
            Kept::Family(code, name) => assert_eq!(families.get(code), Some(name), "{code}"),
        }
    }
    // Nor is anything there twice that nobody was told of.
    let twice: Vec<_> = notes.iter().filter(|(_, count)| **count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn whatever_was_acknowledged_is_there_once_after_any_kill() {
    for program in Program::on_both() {
        program.store(&Cast::on(today()).worker("W-1", &[]));
        program.with_context(async |context| {
            let place = Place::Desk(DeskCode::parse("grosseto").unwrap());
            let address = email("ada");
            let token = accounts::add(context, &address, "Ada", Role::Operator, &place);
            let token = token.await.unwrap();
            accounts::set_password(context, &token, PASSWORD)
                .await
                .unwrap();
        });
        let cookie = Served::start(&program)
            .sign_in("ada@prova.example", PASSWORD)
            .cookie()
            .to_owned();
        let mut dice = Dice::new(0x00D1_ED00);
        let mut all = Vec::new();
        for round in 0..kills() {
            let acknowledged = 1 + dice.below(40);
            all.extend(until_killed(&program, &cookie, round, acknowledged));
            program.with_db(async |db| is_whole(db, &all).await);
        }
        println!(
            "{} kills, {} acknowledged, 0 lost, 0 doubled",
            kills(),
            all.len()
        );
    }
}
