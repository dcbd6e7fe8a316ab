//! Two programs over one database in a storm of writes: every page that they show
//! names the state that it stands on, and says what the slow implementation of the
//! rules says of that state. One of the two is held still for a while and goes on.
//!
//! Every state is kept by triggers of the test's own. A worker's telephone number
//! says which of the made-up people the row was written from.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use chrono::Days;
use dom::clock::Stopwatch;
use dom::domain::introduction::Introduction;
use dom::domain::request::CareRequest;
use dom::domain::worker::Worker;
use dom::services::accounts;
use dom::storage::{self, Db, Write};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::matching::dice::Dice;
use crate::matching::random;
use crate::matching::rows::{Row, World, cell, changes};
use crate::matching::second::{self, Tables};
use crate::support::browser::Page;
use crate::support::cast::{Cast, today};
use crate::support::people::introduction;
use crate::support::program::{Program, block_on};
use crate::support::served::{Served, Session};
use crate::support::site::PASSWORD;

const WORKERS: usize = 36;
const REQUESTS: usize = 8;
/// Whom rows are written from.
const PEOPLE: usize = 400;
const WRITERS: usize = 3;
const READERS: usize = 2;
/// A storm has more transactions than these, and pages on more states.
const WRITES: u32 = 20;
const STATES: usize = 10;
/// How much longer it may take to become one.
const PATIENCE: Duration = Duration::from_secs(40);
const ADA: &str = "ada@prova.example";

/// How long each storm lasts; `STORM_TEST_SECONDS` asks for more.
fn lasts() -> Duration {
    let asked = std::env::var("STORM_TEST_SECONDS").ok();
    Duration::from_secs(asked.map_or(6, |text| text.parse().unwrap()))
}

#[test]
fn in_a_storm_every_page_is_true_to_the_state_it_names() {
    let tables = Tables::load();
    for program in Program::on_both() {
        let people = people();
        let storm = Storm::over(&program, &people);
        storm.blow();
        storm.judge(&tables);
    }
}

/// Made-up people of many random worlds, each with a number of their own, and
/// requests that some of them fit.
struct People {
    workers: Vec<Worker>,
    requests: Vec<CareRequest>,
}

fn people() -> People {
    let mut cast = Cast::on(today());
    for seed in 1.. {
        let world = random::world(seed);
        for row in world.workers {
            let phone = phone(cast.workers.len());
            let mut cells = changes(&row);
            cells.push(("phone", &phone));
            if cast.workers.len() < PEOPLE {
                cast = cast.worker("W-000000", &cells);
            }
        }
        for row in world.requests {
            let has_ground = cell(&row, "worker_sex").is_empty();
            let has_week = !cell(&row, "schedule").is_empty();
            if has_ground && has_week && cast.requests.len() < REQUESTS {
                let code = format!("R-{:06}", cast.requests.len());
                cast = cast.request(&code, &changes(&row));
            }
        }
        if cast.workers.len() == PEOPLE && cast.requests.len() == REQUESTS {
            break;
        }
    }
    People {
        workers: cast.workers,
        requests: cast.requests,
    }
}

fn phone(number: usize) -> String {
    format!("+39056421{number:04}")
}

fn code(number: usize) -> String {
    format!("W-{number:06}")
}

/// One of the people under a code.
fn as_code(worker: &Worker, code: &str) -> Worker {
    Worker {
        code: dom::domain::ids::WorkerCode::parse(code).ok(),
        ..worker.clone()
    }
}

/// A page, and what it was asked for.
struct Seen {
    request: usize,
    /// What was committed before it was asked.
    at_least: i64,
    revision: i64,
    fits: Vec<String>,
    near: Vec<String>,
    introduced: Vec<String>,
}

struct Storm<'a> {
    program: &'a Program,
    people: &'a People,
    served: [Served; 2],
    session: Session,
    over: AtomicBool,
    writes: AtomicU32,
    seen: Mutex<Vec<Seen>>,
}

impl<'a> Storm<'a> {
    fn over(program: &'a Program, people: &'a People) -> Self {
        let link = program.account(ADA, "operator", &["--desk", "grosseto"]);
        let token = link.trim().rsplit('/').next().unwrap().to_owned();
        program.with_context(async |context| {
            accounts::set_password(context, &token, PASSWORD)
                .await
                .unwrap();
        });
        let served = [Served::start(program), Served::start(program)];
        // After their first jobs, which would ask everybody for a word.
        let mut cast = Cast::on(today());
        cast.requests.clone_from(&people.requests);
        let first = people.workers.iter().take(WORKERS).enumerate();
        cast.workers = first.map(|(n, one)| as_code(one, &code(n))).collect();
        program.store(&cast);
        program.with_db(keep_every_state);
        let session = served[0].sign_in(ADA, PASSWORD);
        Self {
            program,
            people,
            served,
            session,
            over: AtomicBool::new(false),
            writes: AtomicU32::new(0),
            seen: Mutex::default(),
        }
    }

    fn blow(&self) {
        let watch = Stopwatch::start();
        thread::scope(|scope| {
            for n in 0..WRITERS {
                scope.spawn(move || self.write(n));
            }
            for n in 0..READERS {
                scope.spawn(move || self.read(n));
            }
            // A pause in the middle: what went on meanwhile is known at once.
            thread::sleep(lasts() / 3);
            self.served[1].signal("-STOP");
            thread::sleep((lasts() / 6).min(Duration::from_secs(2)));
            self.served[1].signal("-CONT");
            // On a machine that has no time for it, as long as it takes to be one.
            let latest = lasts() + PATIENCE;
            while watch.elapsed() < lasts() || (!self.is_one() && watch.elapsed() < latest) {
                thread::sleep(Duration::from_millis(100));
            }
            self.over.store(true, Ordering::Relaxed);
        });
    }

    /// Whether enough was written, and seen in enough states.
    fn is_one(&self) -> bool {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let revisions: BTreeSet<i64> = seen.iter().map(|one| one.revision).collect();
        self.writes.load(Ordering::Relaxed) > WRITES && revisions.len() > STATES
    }

    fn goes_on(&self) -> bool {
        !self.over.load(Ordering::Relaxed)
    }

    /// Asks either program, all the time.
    fn read(&self, n: usize) {
        let mut dice = Dice::new(7_000 + n as u64);
        block_on(async {
            let db = Db::open(&self.program.place(), 1).await.unwrap();
            while self.goes_on() {
                self.ask(&mut dice, &db).await;
            }
            db.close().await.unwrap();
        });
    }

    async fn ask(&self, dice: &mut Dice, db: &Db) {
        let request = dice.below(REQUESTS);
        let path = format!("/requests/R-{request:06}/match?all=1");
        let at_least = storage::pool_changes::revision(db.read()).await.unwrap();
        let page = self.served[dice.below(2)].get(&path, &self.session);
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        let seen = Seen::on(&page, request, at_least);
        let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(seen);
    }

    /// Changes the workers whose number is its own, and looks at what became of it.
    fn write(&self, n: usize) {
        let mut dice = Dice::new(9_000 + n as u64);
        block_on(async {
            let db = Db::open(&self.program.place(), 1).await.unwrap();
            let account: i64 = {
                let ask = "SELECT id FROM accounts";
                let row = db.read().query_one_raw(Statement::from_string(
                    db.read().get_database_backend(),
                    ask,
                ));
                row.await.unwrap().unwrap().try_get("", "id").unwrap()
            };
            while self.goes_on() {
                let write = db.write().await.unwrap();
                for _ in 0..dice.between(1, 3) {
                    let worker = dice.below(WORKERS / WRITERS) * WRITERS + n;
                    self.change(&write, &mut dice, &code(worker), account).await;
                }
                if dice.chance(15) {
                    drop(write);
                } else {
                    write.commit().await.unwrap();
                    self.writes.fetch_add(1, Ordering::Relaxed);
                }
                if dice.chance(30) {
                    self.ask(&mut dice, &db).await;
                }
            }
            db.close().await.unwrap();
        });
    }

    async fn change(&self, write: &Write, dice: &mut Dice, code: &str, account: i64) {
        let run = async |statement: String| {
            write.execute_unprepared(&statement).await.unwrap();
        };
        let parsed = dom::domain::ids::WorkerCode::parse(code).unwrap();
        let there = storage::workers::find(&**write, &parsed).await.unwrap();
        let other = as_code(&self.people.workers[dice.below(PEOPLE)], code);
        let Some(mut there) = there else {
            storage::workers::insert_many(&**write, &[other])
                .await
                .unwrap();
            return;
        };
        match dice.below(10) {
            0 => {
                let id = there.id;
                run(format!("DELETE FROM introductions WHERE worker_id = {id}")).await;
                run(format!(
                    "DELETE FROM worker_statistics WHERE worker_id = {id}"
                ))
                .await;
                run(format!("DELETE FROM workers WHERE id = {id}")).await;
            }
            1 => {
                run(format!(
                    "INSERT INTO blocks (kind, record, reason, words, review_on, proposed_by, proposed_at, version) \
                     VALUES ('worker', '{code}', 'other', '', '2030-01-01', {account}, '2026-11-23 12:00:00+00:00', 1)"
                ))
                .await;
            }
            2 => {
                run(format!(
                    "UPDATE blocks SET ended_at = '2026-11-23 12:00:00+00:00' WHERE record = '{code}'"
                ))
                .await;
            }
            3 => {
                let days = Days::new(dice.below(120) as u64);
                let day = (today() + Days::new(1) - days).to_string();
                let request = format!("R-{:06}", dice.below(REQUESTS));
                let name = format!("I-{}", dice.roll());
                let new: [Introduction; 1] = [introduction(&name, &request, code, &day)];
                storage::introductions::insert_many(&**write, &new, None, None)
                    .await
                    .unwrap();
            }
            _ => {
                there.value = other;
                storage::workers::update(&**write, &there).await.unwrap();
            }
        }
    }

    /// Holds every page against the slow implementation.
    fn judge(self, tables: &Tables) {
        let writes = self.writes.into_inner();
        let mut seen = self.seen.into_inner().unwrap();
        drop(self.served);
        seen.sort_by_key(|one| one.revision);
        let states = self.program.with_db(states);
        let mut now: BTreeMap<&str, &State> = BTreeMap::new();
        let mut next = states.iter().peekable();
        let (mut asked, mut fits, mut near, mut introduced) = (HashMap::new(), 0, 0, 0);
        for one in &seen {
            assert!(
                one.revision >= one.at_least,
                "a page of {} was asked for after {} was committed",
                one.revision,
                one.at_least
            );
            while let Some(state) = next.next_if(|state| state.revision <= one.revision) {
                now.insert(&state.worker, state);
            }
            let key = (one.revision, one.request);
            let expected = asked.entry(key).or_insert_with(|| {
                let world = self.people.world(now.values().copied());
                let row = &world.requests[one.request];
                second::answer(tables, &world, row)
                    .unwrap()
                    .json_without_teams
            });
            let expected: serde_json::Value = serde_json::from_str(expected).unwrap();
            let listed = |list: &str| -> Vec<String> {
                let list = expected[list].as_array().unwrap().iter();
                list.map(|one| one["worker"].as_str().unwrap().to_owned())
                    .collect()
            };
            let at = format!("revision {}, request {}", one.revision, one.request);
            assert_eq!(one.fits, listed("fits"), "{at}");
            assert_eq!(one.near, listed("near_misses"), "{at}");
            assert_eq!(one.introduced, listed("introduced"), "{at}");
            fits += one.fits.len();
            near += one.near.len();
            introduced += one.introduced.len();
        }
        let revisions: BTreeSet<i64> = seen.iter().map(|one| one.revision).collect();
        println!(
            "{writes} transactions, {} states kept, {} pages on {} of them: {fits} fits, \
             {near} near misses, {introduced} introduced",
            states.len(),
            seen.len(),
            revisions.len(),
        );
        let met = [
            writes > WRITES,
            revisions.len() > STATES,
            fits > 0,
            near > 0,
            introduced > 0,
        ];
        assert!(met.iter().all(|met| *met), "too little of a storm: {met:?}");
    }
}

impl Seen {
    fn on(page: &Page, request: usize, at_least: i64) -> Self {
        let chosen = |id: &str| page.attributes(&format!("input[id^='{id}-']"), "value");
        let said = page.texts("#revision").join("");
        let introduced = page.attributes("form ~ details a", "href");
        Self {
            request,
            at_least,
            revision: said.rsplit_once(' ').unwrap().1.parse().unwrap(),
            fits: chosen("choose"),
            near: chosen("near"),
            introduced: introduced
                .iter()
                .map(|link| link.trim_start_matches("/workers/").to_owned())
                .collect(),
        }
    }
}

/// How a worker stood from a revision on.
struct State {
    revision: i64,
    worker: String,
    /// Of whom the row was written; none where there was no row.
    phone: Option<String>,
    status: Option<String>,
    is_blocked: bool,
    /// Request and day of each introduction.
    introductions: String,
}

impl People {
    /// What the slow implementation reads.
    fn world<'s>(&self, states: impl Iterator<Item = &'s State>) -> World {
        let row = |columns: &[&str], cells: Vec<String>| -> Row {
            let columns = columns.iter().map(|column| (*column).to_owned());
            columns.zip(cells).collect()
        };
        let mut world = World {
            today: today().to_string(),
            ..World::default()
        };
        for request in &self.requests {
            world
                .requests
                .push(row(&CareRequest::COLUMNS, request.cells()));
        }
        for state in states {
            let Some(phone) = &state.phone else { continue };
            for one in state.introductions.split('|').filter(|one| !one.is_empty()) {
                let (request, day) = one.split_once(' ').unwrap();
                let cells = [
                    ("worker", state.worker.as_str()),
                    ("request", request),
                    ("issued_on", day),
                ];
                let cells = cells.map(|(column, cell)| (column.to_owned(), cell.to_owned()));
                world.introductions.push(cells.into_iter().collect());
            }
            if state.is_blocked {
                continue;
            }
            let number: usize = phone[9..].parse().unwrap();
            let worker = as_code(&self.workers[number], &state.worker);
            let mut cells = row(&Worker::COLUMNS, worker.cells());
            // The programs' own jobs may wake somebody.
            let status = state.status.clone().unwrap_or_default();
            cells.insert("status".to_owned(), status);
            world.workers.push(cells);
        }
        world
    }
}

/// How a worker stands, by their code, as columns of the table of states.
fn standing(worker: &str, join: &str) -> String {
    format!(
        "{worker}, (SELECT phone FROM workers WHERE code = {worker}), \
         (SELECT status FROM workers WHERE code = {worker}), \
         (SELECT count(*) FROM blocks WHERE record = {worker} AND ended_at IS NULL), \
         (SELECT {join} FROM introductions i, workers w, requests r \
          WHERE w.id = i.worker_id AND r.id = i.request_id AND w.code = {worker})"
    )
}

/// From now on how everybody stands is kept with every revision.
async fn keep_every_state(db: &Db) {
    let table = "CREATE TABLE storm (revision bigint, worker text, phone text, status text, blocks bigint, seen text)";
    let is_postgres = db.read().get_database_backend() == DbBackend::Postgres;
    let statements = if is_postgres {
        let join = "string_agg(r.code || ' ' || i.issued_on::text, '|')";
        vec![
            table.to_owned(),
            format!(
                "INSERT INTO storm SELECT 0, {} FROM workers x",
                standing("x.code", join)
            ),
            format!(
                "CREATE FUNCTION storm() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                     INSERT INTO storm SELECT (SELECT revision FROM pool_revisions WHERE batch = NEW.batch), {} \
                     FROM (SELECT DISTINCT worker FROM pool_changes WHERE batch = NEW.batch) c; \
                     RETURN NULL; END $$",
                standing("c.worker", join)
            ),
            // After the number is there: triggers go by their names.
            "CREATE CONSTRAINT TRIGGER storm AFTER INSERT ON pool_revisions \
                 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION storm()"
                .to_owned(),
        ]
    } else {
        let join = "group_concat(r.code || ' ' || i.issued_on, '|')";
        vec![
            table.to_owned(),
            format!(
                "INSERT INTO storm SELECT 0, {} FROM workers x",
                standing("x.code", join)
            ),
            format!(
                "CREATE TRIGGER storm AFTER INSERT ON pool_changes BEGIN \
                     INSERT INTO storm SELECT NEW.batch, {}; END",
                standing("NEW.worker", join)
            ),
        ]
    };
    for statement in statements {
        db.read().execute_unprepared(&statement).await.unwrap();
    }
}

async fn states(db: &Db) -> Vec<State> {
    let ask = "SELECT revision, worker, phone, status, blocks, seen FROM storm ORDER BY revision";
    let kind = db.read().get_database_backend();
    let rows = db.read().query_all_raw(Statement::from_string(kind, ask));
    let state = |row: &sea_orm::QueryResult| State {
        revision: row.try_get("", "revision").unwrap(),
        worker: row.try_get("", "worker").unwrap(),
        phone: row.try_get("", "phone").unwrap(),
        status: row.try_get("", "status").unwrap(),
        is_blocked: row.try_get::<i64>("", "blocks").unwrap() > 0,
        introductions: row
            .try_get::<Option<String>>("", "seen")
            .unwrap()
            .unwrap_or_default(),
    };
    rows.await.unwrap().iter().map(state).collect()
}
