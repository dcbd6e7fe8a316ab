//! Many sheets at the same time: numbers without gap and without double, each
//! sheet whole, on both kinds of database, in one process and in several.

#![allow(
    clippy::disallowed_methods,
    reason = "how long somebody waits is a matter of the machine's time"
)]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use dom::catalogue::Words;
use dom::domain::account::Actor;
use dom::domain::contact::EmailAddress;
use dom::domain::ids::{RequestCode, WorkerCode};
use dom::services::sheets::{Issued, Order, Way, issue};
use dom::services::{Context, accounts};
use dom::storage::Db;
use dom::storage::connect::PATIENCE;
use tokio::task::JoinSet;

use crate::support::cast::{Cast, today};
use crate::support::ledger::{self, sha256};
use crate::support::program::{Program, Running};

/// How many sheets are issued at once.
const MANY: usize = 50;

pub(super) fn order(request: &str, workers: &[&str]) -> Order {
    Order {
        request: RequestCode::parse(request).unwrap(),
        workers: workers
            .iter()
            .map(|code| WorkerCode::parse(code).unwrap())
            .collect(),
        asked: Vec::new(),
        skipped: None,
        way: Way::Paper,
    }
}

pub(super) async fn actor(context: &Context, email: &str) -> Actor {
    let email = EmailAddress::parse(email).unwrap();
    accounts::actor_named(context, &email).await.unwrap()
}

/// Ten requests, as many workers as sheets, an operator at each desk.
pub(super) fn house(program: &Program) {
    let mut cast = Cast::on(today());
    for request in 0..10 {
        cast = cast.request(&format!("R-{request}"), &[]);
    }
    for worker in 0..MANY {
        cast = cast.worker(&format!("W-{worker}"), &[]);
    }
    program.store(&cast);
    program.operator("ada@prova.example", "grosseto");
    program.operator("bea@prova.example", "follonica");
}

/// One issue among many, and how long it took with its place in line.
struct Took {
    issued: Issued,
    whole: Duration,
}

/// Every fifth by the other desk, ten requests in turn.
async fn fifty_at_once(context: &Context) -> Vec<Took> {
    let ada = Arc::new(actor(context, "ada@prova.example").await);
    let bea = Arc::new(actor(context, "bea@prova.example").await);
    let mut tasks = JoinSet::new();
    for sheet in 0..MANY {
        let context = context.clone();
        let actor = if sheet % 5 == 0 { &bea } else { &ada }.clone();
        tasks.spawn(async move {
            let order = order(&format!("R-{}", sheet % 10), &[&format!("W-{sheet}")]);
            let began = Instant::now();
            let issued = issue(&context, &actor, Words::default(), &order).await;
            Took {
                issued: issued.unwrap(),
                whole: began.elapsed(),
            }
        });
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        all.push(done.unwrap());
    }
    all
}

/// Somebody else's program writes all the while; its longest wait.
async fn another_writer(db: Db, over: Arc<AtomicBool>) -> (u32, Duration) {
    let (mut writes, mut longest) = (0, Duration::ZERO);
    while !over.load(Ordering::Relaxed) {
        let began = Instant::now();
        let write = db.write().await.unwrap();
        dom::storage::counters::draw(&*write, "somebody-else", 1)
            .await
            .unwrap();
        write.commit().await.unwrap();
        longest = longest.max(began.elapsed());
        writes += 1;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    db.close().await.unwrap();
    (writes, longest)
}

fn fifty_parallel_issues(program: &Program) {
    house(program);
    let place = program.place();
    program.with_context(async |context| {
        let over = Arc::new(AtomicBool::new(false));
        let other = Db::open(&place, 1).await.unwrap();
        let other = tokio::spawn(another_writer(other, over.clone()));
        let began = Instant::now();
        let all = fifty_at_once(context).await;
        let took = began.elapsed();
        over.store(true, Ordering::Relaxed);
        let (writes, waited) = other.await.unwrap();

        let last = all.iter().map(|one| one.whole).max().unwrap();
        println!(
            "{MANY} sheets in {took:?}; whoever was last in line had theirs after {last:?}; \
             another program wrote {writes} times meanwhile and waited {waited:?} at most; \
             the limit is {PATIENCE:?}"
        );
        // Whoever waits past the limit is refused, so none of the fifty did; and a writer
        // of another program, who stands in no line, came through at any moment.
        assert!(writes > 0);
        assert!(waited < PATIENCE, "another program waited {waited:?}");

        let books = ledger::read(&context.db, 1).await;
        assert_eq!(books.len(), MANY);
        let codes: BTreeSet<&str> = all
            .iter()
            .map(|one| one.issued.verification_code.as_str())
            .collect();
        assert_eq!(codes.len(), MANY);
        for Took { issued: one, .. } in &all {
            assert_eq!(sha256(&one.pdf), one.sha256);
            let entry = books
                .iter()
                .find(|entry| entry.number == one.number.as_str())
                .unwrap();
            assert_eq!(entry.sha256, one.sha256);
        }
        let of_follonica = books.iter().filter(|entry| entry.number.starts_with("FO-"));
        assert_eq!(of_follonica.count(), MANY / 5);
    });
}

#[test]
fn fifty_parallel_issues_leave_no_gap_on_sqlite() {
    fifty_parallel_issues(&Program::on_sqlite());
}

#[test]
fn fifty_parallel_issues_leave_no_gap_on_postgres() {
    fifty_parallel_issues(&Program::on_postgres());
}

/// Eight copies of the program, three times each, all for the same counter.
fn eight_programs_issue_at_once(program: &Program) {
    const PROGRAMS: usize = 8;
    const SHEETS_EACH: usize = 3;
    house(program);
    let numbers: BTreeSet<String> = std::thread::scope(|scope| {
        let programs: Vec<_> = (0..PROGRAMS)
            .map(|one| {
                scope.spawn(move || {
                    let sheet = |nth: usize| {
                        let worker = format!("W-{}", one * SHEETS_EACH + nth);
                        let request = format!("R-{nth}");
                        let file = format!("{worker}.pdf");
                        let number = program.ok(&[
                            "sheet",
                            "issue",
                            &request,
                            &worker,
                            "--as",
                            "ada@prova.example",
                            "--out",
                            &file,
                        ]);
                        (number.trim().to_owned(), file)
                    };
                    (0..SHEETS_EACH).map(sheet).collect::<Vec<_>>()
                })
            })
            .collect();
        let all = programs.into_iter().flat_map(|one| one.join().unwrap());
        let all: Vec<(String, String)> = all.collect();
        program.with_db(async |db| {
            let books = ledger::read(db, 1).await;
            assert_eq!(books.len(), PROGRAMS * SHEETS_EACH);
            for (number, file) in &all {
                let entry = books.iter().find(|entry| entry.number == *number).unwrap();
                let bytes = std::fs::read(program.path().join(file)).unwrap();
                assert_eq!(sha256(&bytes), entry.sha256, "{number}");
                assert_eq!(format!("{}.pdf", entry.workers[0]), *file);
            }
        });
        all.into_iter().map(|(number, _)| number).collect()
    });
    assert_eq!(numbers.len(), PROGRAMS * SHEETS_EACH);
}

#[test]
fn eight_programs_at_once_leave_no_gap_on_sqlite() {
    eight_programs_issue_at_once(&Program::on_sqlite());
}

#[test]
fn eight_programs_at_once_leave_no_gap_on_postgres() {
    eight_programs_issue_at_once(&Program::on_postgres());
}

/// Four copies of the program name the same worker for the same request.
fn the_same_worker_for_the_same_request(program: &Program) {
    house(program);
    let running: Vec<Running> = ["a", "b", "c", "d"]
        .into_iter()
        .map(|file| {
            program.start(&[
                "sheet",
                "issue",
                "R-1",
                "W-1",
                "--as",
                "ada@prova.example",
                "--out",
                file,
            ])
        })
        .collect();
    let ended: Vec<_> = running.into_iter().map(Running::end).collect();
    let (issued, refused): (Vec<_>, Vec<_>) =
        ended.into_iter().partition(|ran| ran.code == Some(0));
    assert_eq!(issued.len(), 1, "{issued:?} {refused:?}");
    for ran in refused {
        let line = ran.one_line("the second sheet");
        assert!(line.contains("Zoe Inventatab"), "{line}");
    }
    let books = program.with_db(async |db| ledger::read(db, 1).await);
    assert_eq!(books.len(), 1);
    let files = ["a", "b", "c", "d"].map(|file| program.path().join(file));
    assert_eq!(files.iter().filter(|file| file.exists()).count(), 1);
}

#[test]
fn two_sheets_at_once_for_the_same_worker_and_request_are_one() {
    for program in Program::on_both() {
        the_same_worker_for_the_same_request(&program);
    }
}
