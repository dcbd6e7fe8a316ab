//! Many sheets at the same time: numbers without gap and without double, each
//! sheet whole, on both kinds of database, in one process and in several.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::Mutex;

use dom::catalogue::Words;
use dom::clock::{Randomness, SystemClock, SystemRandomness};
use dom::domain::account::Actor;
use dom::domain::contact::EmailAddress;
use dom::domain::ids::{RequestCode, WorkerCode};
use dom::domain::worker::WorkerStatus;
use dom::services::sheets::{Issued, Order, Way, issue};
use dom::services::{Context, ServiceError, accounts};
use dom::storage::{self, Db};
use tokio::task::JoinSet;

use crate::support::cast::{Cast, today};
use crate::support::ledger::{self, sha256};
use crate::support::program::{Program, Running, block_on};

/// How many sheets are issued at once.
const MANY: usize = 50;

fn order(request: &str, workers: &[&str]) -> Order {
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

async fn actor(context: &Context, email: &str) -> Actor {
    let email = EmailAddress::parse(email).unwrap();
    accounts::actor_named(context, &email).await.unwrap()
}

/// Ten requests, as many workers as sheets, an operator at each desk.
fn house(program: &Program) {
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

/// Every fifth by the other desk, ten requests in turn.
async fn fifty_at_once(context: &Context) -> Vec<Issued> {
    let ada = Arc::new(actor(context, "ada@prova.example").await);
    let bea = Arc::new(actor(context, "bea@prova.example").await);
    let mut tasks = JoinSet::new();
    for sheet in 0..MANY {
        let context = context.clone();
        let actor = if sheet % 5 == 0 { &bea } else { &ada }.clone();
        tasks.spawn(async move {
            let order = order(&format!("R-{}", sheet % 10), &[&format!("W-{sheet}")]);
            issue(&context, &actor, Words::default(), &order).await
        });
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        all.push(done.unwrap().unwrap());
    }
    all
}

fn fifty_parallel_issues(program: &Program) {
    house(program);
    program.with_context(async |context| {
        let issued = fifty_at_once(context).await;
        let books = ledger::read(&context.db, 1).await;
        assert_eq!(books.len(), MANY);
        let codes: BTreeSet<&str> = issued
            .iter()
            .map(|one| one.verification_code.as_str())
            .collect();
        assert_eq!(codes.len(), MANY);
        for one in &issued {
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

/// The last thing before a sheet is printed is to draw its verification code:
/// there, in the middle of issuing, somebody else does something, once.
struct Interrupted(Mutex<Option<Box<dyn FnOnce() + Send>>>);

impl Randomness for Interrupted {
    fn fill(&self, bytes: &mut [u8]) {
        let meanwhile = self.0.lock().unwrap().take();
        if let Some(meanwhile) = meanwhile {
            // Somebody else is another thread with its own runtime.
            std::thread::spawn(meanwhile).join().unwrap();
        }
        SystemRandomness.fill(bytes);
    }
}

/// Issues `R-1` with two workers while `meanwhile` happens in the middle.
fn interrupted(
    program: &Program,
    meanwhile: impl AsyncFnOnce(Db) + Send + 'static,
) -> Result<Issued, ServiceError> {
    let place = program.place();
    let other = move || block_on(async { meanwhile(Db::open(&place, 1).await.unwrap()).await });
    program.with_db(async |db| {
        let context = Context::new(
            db.clone(),
            Arc::new(SystemClock),
            Arc::new(Interrupted(Mutex::new(Some(Box::new(other))))),
            "http://127.0.0.1:8080".to_owned(),
        );
        let actor = actor(&context, "ada@prova.example").await;
        let order = order("R-1", &["W-1", "W-2"]);
        issue(&context, &actor, Words::default(), &order).await
    })
}

/// Whom a refusal names, and why.
fn hindered(outcome: Result<Issued, ServiceError>) -> (String, &'static str) {
    match outcome {
        Err(ServiceError::Invalid(invalid)) => {
            let [problem] = invalid.0.as_slice() else {
                panic!("{invalid:?}")
            };
            (problem.value.clone(), problem.why.key)
        }
        other => panic!("{other:?}"),
    }
}

async fn change(db: Db, change: impl FnOnce(&mut dom::domain::worker::Worker)) {
    let write = db.write().await.unwrap();
    let code = WorkerCode::parse("W-2").unwrap();
    let mut worker = storage::workers::find(&*write, &code)
        .await
        .unwrap()
        .unwrap();
    change(&mut worker.value);
    storage::workers::update(&*write, &worker).await.unwrap();
    write.commit().await.unwrap();
    db.close().await.unwrap();
}

#[test]
fn a_worker_who_withdraws_while_the_sheet_is_printed_is_not_on_it() {
    for program in Program::on_both() {
        house(&program);
        let outcome = interrupted(&program, async |db| {
            change(db, |worker| worker.status = WorkerStatus::Withdrawn).await;
        });
        assert_eq!(hindered(outcome), ("W-2".to_owned(), "obstacle-inactive"));
        program.with_db(async |db| assert_eq!(ledger::read(db, 1).await, []));
        // The number was never drawn: the next sheet has it.
        let number = program.ok(&[
            "sheet",
            "issue",
            "R-1",
            "W-1",
            "--as",
            "ada@prova.example",
            "--out",
            "one.pdf",
        ]);
        assert!(number.ends_with("-0001\n"), "{number}");
        program.with_db(async |db| assert_eq!(ledger::read(db, 1).await.len(), 1));
    }
}

#[test]
fn an_authorisation_taken_back_while_the_sheet_is_printed_stops_it() {
    for program in Program::on_both() {
        house(&program);
        let outcome = interrupted(&program, async |db| {
            change(db, |worker| worker.consent_on = None).await;
        });
        let hindered = hindered(outcome);
        assert_eq!(hindered, ("W-2".to_owned(), "obstacle-no-authorisation"));
        program.with_db(async |db| assert_eq!(ledger::read(db, 1).await, []));
    }
}

#[test]
fn a_phone_corrected_while_the_sheet_is_printed_does_not_go_out_wrong() {
    for program in Program::on_both() {
        house(&program);
        let outcome = interrupted(&program, async |db| {
            change(db, |worker| worker.phone = None).await;
        });
        assert!(matches!(outcome, Err(ServiceError::Stale)), "{outcome:?}");
        program.with_db(async |db| assert_eq!(ledger::read(db, 1).await, []));
    }
}

#[test]
fn a_request_closed_while_the_sheet_is_printed_stops_it() {
    for program in Program::on_both() {
        house(&program);
        let outcome = interrupted(&program, async |db| {
            let write = db.write().await.unwrap();
            let code = RequestCode::parse("R-1").unwrap();
            let found = storage::requests::find(&*write, &code).await.unwrap();
            let mut request = found.unwrap();
            request.value.status = dom::domain::request::RequestStatus::Closed;
            storage::requests::update(&*write, &request).await.unwrap();
            write.commit().await.unwrap();
            db.close().await.unwrap();
        });
        match outcome {
            Err(ServiceError::Refused(why)) => assert_eq!(why.key, "refused-request-not-open"),
            other => panic!("{other:?}"),
        }
        program.with_db(async |db| assert_eq!(ledger::read(db, 1).await, []));
    }
}

#[test]
fn a_number_taken_while_the_sheet_is_printed_is_not_used_twice() {
    for program in Program::on_both() {
        house(&program);
        let issued = interrupted(&program, async |db| {
            let context = Context::new(
                db,
                Arc::new(SystemClock),
                Arc::new(SystemRandomness),
                "http://127.0.0.1:8080".to_owned(),
            );
            let actor = actor(&context, "ada@prova.example").await;
            issue(&context, &actor, Words::default(), &order("R-2", &["W-3"]))
                .await
                .unwrap();
            context.db.close().await.unwrap();
        });
        let issued = issued.unwrap();
        assert!(
            issued.number.as_str().ends_with("-0002"),
            "{}",
            issued.number
        );
        let books = program.with_db(async |db| ledger::read(db, 1).await);
        assert_eq!(books.len(), 2);
        assert_eq!(books[1].sha256, sha256(&issued.pdf));
        assert_eq!(books[1].workers, ["W-1", "W-2"]);
    }
}
