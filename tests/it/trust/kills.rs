//! The program is killed while people write, again and again; now and then its disk is full
//! or dying before that, or its database goes away or the wire to it is cut: whatever was acknowledged is there once,
//! nothing is there in half, numbers have no gap, and the next program begins without a hand.
//! `TRUST_TEST_KILLS`: how often, on each kind of database.

mod writers;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use chrono::Days;
use dom::domain::account::{Place, Role};
use dom::domain::ids::{DeskCode, IntroductionCode, RequestCode, WorkerCode};
use dom::domain::introduction::Introduction;
use dom::services::{Context, accounts};
use dom::storage::entity::{access, answer, answer_note, contact_note, family, invitation, worker};
use dom::storage::{self, Db};
use sea_orm::{ConnectionTrait as _, DbBackend, EntityTrait as _, Statement};

use crate::matching::dice::Dice;
use crate::several::server::Server;
use crate::support::cast::{Cast, today};
use crate::support::disk::{Disk, Fault};
use crate::support::ledger;
use crate::support::program::Program;
use crate::support::served::{Served, Session};
use crate::support::site::{PASSWORD, email};
use crate::support::wire::Wire;
use writers::{Kept, Told, WORK, Writer};

/// Longer than any answer takes.
const LIMIT: Duration = Duration::from_mins(1);
const ADA: &str = "ada@prova.example";
/// Requests that sheets are issued for in turn.
const REQUESTS: usize = 10;
/// What is refused before a disk is sound again.
const REFUSED: usize = 4;
/// How often the wire is cut.
const CUTS: usize = 4;
/// What is acknowledged once a disk or a server is sound again, before the end.
const AFTERWARDS: usize = 4;

fn kills(few: usize) -> usize {
    let set = std::env::var("TRUST_TEST_KILLS").ok();
    set.map_or(few, |set| set.parse().expect("a number"))
}

/// What happens before the program is killed.
#[derive(Debug, Clone, Copy)]
enum Before {
    Nothing,
    /// The disk fails for a while.
    Disk(Fault),
    /// The server of the database dies, and is started again.
    Server,
    /// The wire to the server is slow, and cut a few times.
    Wire,
}

/// What a program stands on, and how it fails.
struct Ground {
    disk: Disk,
    server: Option<(Server, Wire)>,
}

impl Ground {
    /// The database's address by way of the wire.
    fn by_wire(&self, program: &Program) -> String {
        let dom::storage::connect::Place::Postgres(url) = program.place() else {
            panic!("a file has no wire")
        };
        let address = url.split('?').next().unwrap_or_default();
        let name = address.rsplit('/').next().unwrap_or_default();
        let (_, wire) = self.server.as_ref().expect("a server of its own");
        format!("postgres://postgres@127.0.0.1:{}/{name}", wire.port)
    }
}

/// A desk that works through it all.
struct Desk {
    program: Program,
    cookie: String,
    /// Calls whose answers are typed.
    calls: Vec<i64>,
    /// Contacts that were entered, and sheets that were issued: no two are alike.
    turns: [Arc<AtomicUsize>; 2],
    dice: Dice,
    rounds: usize,
    all: Vec<Kept>,
    refused: usize,
}

/// As many sheets as could be issued at the most.
fn cast(kills: usize) -> Cast {
    let mut cast = Cast::on(today()).request("R-900", &[]).worker("W-900", &[]);
    for request in 0..REQUESTS {
        cast = cast.request(&format!("R-{request}"), &[]);
    }
    for worker in 0..8 + kills {
        cast = cast.worker(&format!("W-{worker}"), &[]);
    }
    cast
}

/// Somebody at a desk, who signs in.
async fn ada(context: &Context) {
    let place = Place::Desk(DeskCode::parse("grosseto").unwrap());
    let token = accounts::add(context, &email("ada"), "Ada", Role::Operator, &place)
        .await
        .unwrap();
    accounts::set_password(context, &token, PASSWORD)
        .await
        .unwrap();
}

impl Desk {
    fn over(program: Program, kills: usize) -> Self {
        program.store(&cast(kills));
        let calls = program.with_context(async |context| {
            ada(context).await;
            // Somebody was introduced by a sheet of paper, and both sides are to be phoned.
            let issued_on = today() - Days::new(15);
            let introduction = Introduction {
                code: IntroductionCode::parse("I-900").ok(),
                request: RequestCode::parse("R-900").unwrap(),
                worker: WorkerCode::parse("W-900").unwrap(),
                sheet_number: None,
                issued_on,
            };
            let write = context.db.write().await.unwrap();
            storage::introductions::insert_many(&*write, &[introduction], Some(issued_on), None)
                .await
                .unwrap();
            write.commit().await.unwrap();
            dom::jobs::run_due(context).await.unwrap();
            let invited = invitation::Entity::find().all(context.db.read()).await;
            let invited = invited.unwrap().into_iter().map(|row| row.id);
            invited.collect::<Vec<_>>()
        });
        assert!(!calls.is_empty(), "somebody is to be phoned");
        let cookie = Served::start(&program)
            .sign_in(ADA, PASSWORD)
            .cookie()
            .to_owned();
        Self {
            program,
            cookie,
            calls,
            turns: [Arc::default(), Arc::default()],
            dice: Dice::new(0x00D1_ED00),
            rounds: 0,
            all: Vec::new(),
            refused: 0,
        }
    }

    /// One of each kind of work.
    fn writers(&mut self, served: &Served) -> (Vec<thread::JoinHandle<()>>, Receiver<Told>) {
        let (tell, told) = channel();
        let mut writers = Vec::new();
        for (at, work) in WORK.into_iter().enumerate() {
            let number = self.rounds * WORK.len() + at;
            let digits = [number / 676, number / 26 % 26, number % 26];
            let letters = digits.map(|part| char::from(b'a' + u8::try_from(part % 26).unwrap()));
            let writer = Writer {
                work,
                address: served.address().to_owned(),
                cookie: self.cookie.clone(),
                mark: letters.iter().collect(),
                calls: self.calls.clone(),
                turns: self.turns.clone(),
                tell: tell.clone(),
            };
            writers.push(thread::spawn(move || writer.write()));
        }
        self.rounds += 1;
        (writers, told)
    }

    /// Waits until so much was acknowledged, or refused.
    fn wait(&mut self, told: &Receiver<Told>, acknowledged: usize, refused: usize) {
        let (mut good, mut bad) = (0, 0);
        while good < acknowledged && (refused == 0 || bad < refused) {
            match told.recv_timeout(LIMIT).expect("somebody writes") {
                Told::Kept(kept) => {
                    self.all.push(kept);
                    good += 1;
                }
                Told::Refused => bad += 1,
            }
        }
        self.refused += bad;
    }

    /// A program, until it is killed once so much was acknowledged.
    fn round(&mut self, before: Before, ground: &Ground) {
        let acknowledged = 1 + self.dice.below(30);
        let mut command = self.program.command(&["serve"]);
        if let Before::Disk(fault) = before {
            let of = 5 + self.dice.below(30);
            let fail = 1 + self.dice.below(4);
            ground.disk.under(&mut command, fault, (fail, of));
        }
        if let Before::Wire = before {
            command.env("DOM_DATABASE_URL", ground.by_wire(&self.program));
        }
        let served = Served::by(command);
        let (writers, told) = self.writers(&served);
        self.wait(&told, acknowledged, 0);
        match before {
            Before::Nothing => {}
            Before::Disk(_) => {
                ground.disk.begins_to_fail();
                // What goes well on a disk like this is as good as anything.
                self.wait(&told, 200, REFUSED);
                ground.disk.is_sound_again();
                self.wait(&told, AFTERWARDS, 0);
            }
            Before::Server => {
                let (server, _) = ground.server.as_ref().expect("a server of its own");
                server.restart("immediate");
                self.wait(&told, AFTERWARDS, 0);
            }
            Before::Wire => {
                let (_, wire) = ground.server.as_ref().expect("a server of its own");
                wire.delays(Duration::from_millis(3));
                for _ in 0..CUTS {
                    self.wait(&told, 3, 0);
                    wire.cut();
                }
                wire.delays(Duration::ZERO);
                self.wait(&told, AFTERWARDS, 0);
            }
        }
        // The program is killed in whatever it is doing.
        drop(served);
        for writer in writers {
            writer.join().expect("every answer was a good one");
        }
        for told in told.try_iter() {
            match told {
                Told::Kept(kept) => self.all.push(kept),
                Told::Refused => self.refused += 1,
            }
        }
        self.program
            .with_db(async |db| is_whole(db, &self.all).await);
    }

    fn tells(&self) {
        let mut kinds = BTreeMap::<&str, usize>::new();
        for kept in &self.all {
            *kinds.entry(kept.kind()).or_default() += 1;
        }
        println!(
            "{} kills, {} acknowledged ({kinds:?}), 0 lost, 0 doubled; {} refused",
            self.rounds,
            self.all.len(),
            self.refused
        );
    }
}

/// How often each is there.
fn counted<K: Ord>(all: impl IntoIterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts
}

/// Everything that was written, by what tells it from the others.
struct There {
    notes: BTreeMap<String, usize>,
    families: BTreeMap<(String, String), usize>,
    workers: BTreeMap<(String, String), usize>,
    accesses: BTreeMap<(chrono::NaiveDate, String), usize>,
    answers: BTreeMap<String, usize>,
    sheets: BTreeMap<String, usize>,
}

impl There {
    async fn read(db: &Db) -> Self {
        let read = db.read();
        let notes = contact_note::Entity::find().all(read).await.unwrap();
        let families = family::Entity::find().all(read).await.unwrap();
        let workers = worker::Entity::find().all(read).await.unwrap();
        let accesses = access::Entity::find().all(read).await.unwrap();
        let comments = answer_note::Entity::find().all(read).await.unwrap();
        let answers = answer::Entity::find().all(read).await.unwrap();
        assert_eq!(answers.len(), comments.len(), "an answer in half");
        let codes = counted(families.iter().map(|row| row.code.as_str()));
        assert!(codes.values().all(|count| *count == 1), "{codes:?}");
        let codes = counted(workers.iter().map(|row| row.code.as_str()));
        assert!(codes.values().all(|count| *count == 1), "{codes:?}");
        // The books agree, and the numbers have no gap.
        let sheets = ledger::read(db, 1).await;
        let named = |code: &String, name: &String| (code.clone(), name.clone());
        Self {
            notes: counted(notes.into_iter().map(|row| row.words)),
            families: counted(
                families
                    .iter()
                    .map(|row| named(&row.code, &row.family_name)),
            ),
            workers: counted(workers.iter().map(|row| named(&row.code, &row.family_name))),
            accesses: counted(accesses.into_iter().map(|row| (row.day, row.channel))),
            answers: counted(comments.into_iter().map(|row| row.note)),
            sheets: counted(sheets.into_iter().map(|entry| entry.number)),
        }
    }

    fn holds(&self, kept: &Kept) -> Option<usize> {
        let pair = |code: &String, name: &String| (code.clone(), name.clone());
        match kept {
            Kept::Note(words) => self.notes.get(words),
            Kept::Family(code, name) => self.families.get(&pair(code, name)),
            Kept::Worker(code, name) => self.workers.get(&pair(code, name)),
            Kept::Access(day, channel) => self.accesses.get(&(*day, channel.clone())),
            Kept::Answer(words) => self.answers.get(words),
            Kept::Sheet(number) => self.sheets.get(number),
        }
        .copied()
    }
}

async fn is_whole(db: &Db, all: &[Kept]) {
    let read = db.read();
    if read.get_database_backend() == DbBackend::Sqlite {
        for (check, sound) in [("integrity_check", Some("ok")), ("foreign_key_check", None)] {
            let check = Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {check}"));
            let rows = read.query_all_raw(check).await.unwrap();
            let said: Option<String> = rows.first().map(|row| row.try_get_by_index(0).unwrap());
            assert_eq!(said.as_deref(), sound);
        }
    }
    let there = There::read(db).await;
    for kept in all {
        assert_eq!(there.holds(kept), Some(1), "{kept:?}");
    }
    // Nor is anything there twice that nobody was told of.
    let counts = (there.notes.values())
        .chain(there.accesses.values())
        .chain(there.answers.values());
    assert!(
        counts.copied().all(|count| count == 1),
        "something is there twice"
    );
}

#[test]
fn whatever_was_acknowledged_is_there_once_after_any_kill() {
    let kills = kills(3);
    let program = Program::on_sqlite();
    let ground = Ground {
        disk: Disk::made(program.path()),
        server: None,
    };
    let mut desk = Desk::over(program, kills);
    let some = [
        Before::Nothing,
        Before::Disk(Fault::Full),
        Before::Disk(Fault::Dying),
        Before::Nothing,
    ];
    for round in 0..kills {
        desk.round(some[round % some.len()], &ground);
    }
    assert!(desk.refused >= REFUSED, "the disk never failed");
    desk.tells();
}

#[test]
fn whatever_was_acknowledged_is_there_once_after_the_server_died_too() {
    let kills = kills(2);
    let server = Server::start();
    let program = Program::on_server(&server.url());
    let wire = Wire::to(server.socket());
    let ground = Ground {
        disk: Disk::made(program.path()),
        server: Some((server, wire)),
    };
    // The database goes before its server.
    let mut desk = Desk::over(program, kills);
    for round in 0..kills {
        let before = [Before::Server, Before::Wire, Before::Nothing][round % 3];
        desk.round(before, &ground);
    }
    desk.tells();
}

#[test]
fn on_a_full_disk_reading_goes_on_and_writing_as_soon_as_there_is_room() {
    let program = Program::on_sqlite();
    program.store(&Cast::on(today()).worker("W-1", &[]));
    program.with_context(async |context| ada(context).await);
    let disk = Disk::made(program.path());
    let mut command = program.command(&["serve"]);
    // Not one write goes well.
    disk.under(&mut command, Fault::Full, (1, 1));
    let served = Served::by(command);
    let session = served.sign_in(ADA, PASSWORD);
    let day = today().format("%d/%m/%Y").to_string();
    let note = |words| [("on", day.as_str()), ("words", words)];
    let path = "/workers/W-1/diary";
    disk.begins_to_fail();
    let refused = served.post(path, &note("Sul disco pieno."), &session);
    assert_eq!(refused.status, 503, "{}", refused.main());
    assert!(!refused.header("retry-after").is_empty());
    assert!(!refused.main().contains("disk"), "{}", refused.main());
    for (address, session) in [
        ("/health", &Session::of_nobody()),
        ("/sign-in", &Session::of_nobody()),
        ("/workers/W-1", &session),
        ("/workers", &session),
    ] {
        let page = served.get(address, session);
        assert_eq!(page.status, 200, "{address}: {}", page.main());
    }
    disk.is_sound_again();
    let saved = served.post(path, &note("Di nuovo posto."), &session);
    assert_eq!(saved.status, 303, "{}", saved.main());
    let diary = served.get(path, &session).main();
    assert!(diary.contains("Di nuovo posto."), "{diary}");
    assert!(!diary.contains("Sul disco pieno."), "{diary}");
}
