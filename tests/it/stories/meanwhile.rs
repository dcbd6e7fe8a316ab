//! What changes while a sheet is printed. The transaction that keeps it asks everything
//! once more, and each thing that hinders by then is told in its own words; what is
//! merely not as it was printed makes the paper stale. Nothing of the sheet is left.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dom::catalogue::Words;
use dom::clock::{Clock, Randomness, SystemClock, SystemRandomness};
use dom::domain::diffusion::Ground;
use dom::domain::ids::{FamilyCode, RequestCode, WorkerCode};
use dom::domain::money::Cents;
use dom::domain::permit::PermitType;
use dom::domain::person::{Accreditation, Sex};
use dom::domain::request::{CareRequest, RequestStatus};
use dom::domain::safeguarding::Word;
use dom::domain::worker::{Worker, WorkerStatus};
use dom::services::registering::Form;
use dom::services::safeguarding::{Proposed, Spoken, propose, speak};
use dom::services::sheets::{Issued, issue};
use dom::services::{Context, ServiceError};
use dom::storage::blocks::NewBlock;
use dom::storage::diffusion::{Named, NewLimit};
use dom::storage::entity::sheet;
use dom::storage::merges::People;
use dom::storage::{self, Db, Write};
use sea_orm::EntityTrait;

use super::races::{actor, order};
use crate::support::cast::{Cast, today};
use crate::support::ledger::{self, sha256};
use crate::support::program::{Program, block_on};

/// A family and its request, which public money pays and whose level has a minimum, for
/// everything that may happen meanwhile; two who fit each.
fn desk(program: &Program) {
    let mut cast = Cast::on(today());
    for (at, _) in Meanwhile::ALL.iter().enumerate() {
        let [family, request, first, second] = codes(at);
        if at > 0 {
            cast = cast.family(&family, &[]);
        }
        let cells = [
            ("family", family.as_str()),
            ("public_contribution", "yes"),
            ("ccnl_level", "CS"),
            ("max_pay_hour", "20.00"),
        ];
        cast = cast.request(&request, &cells);
        for worker in [first, second] {
            cast = cast.worker(&worker, &[("accreditation", "yes")]);
        }
    }
    program.store(&cast);
    program.operator("ada@prova.example", "grosseto");
}

/// Family, request and workers of one of them.
fn codes(at: usize) -> [String; 4] {
    let n = at + 1;
    [
        format!("F-{n}"),
        format!("R-{n}"),
        format!("W-{n}1"),
        format!("W-{n}2"),
    ]
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

/// Issues the request of `at` with both workers while `meanwhile` happens in the middle.
fn interrupted(
    program: &Program,
    at: usize,
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
        let [_, request, first, second] = codes(at);
        let order = order(&request, &[&first, &second]);
        issue(&context, &actor, Words::default(), &order).await
    })
}

async fn change(db: Db, change: impl AsyncFnOnce(&Write)) {
    let write = db.write().await.unwrap();
    change(&write).await;
    write.commit().await.unwrap();
    db.close().await.unwrap();
}

async fn change_worker(write: &Write, at: usize, change: impl FnOnce(&mut Worker)) {
    let code = WorkerCode::parse(&codes(at)[3]).unwrap();
    let found = storage::workers::find(&**write, &code).await.unwrap();
    let mut worker = found.unwrap();
    change(&mut worker.value);
    storage::workers::update(&**write, &worker).await.unwrap();
}

async fn change_request(write: &Write, at: usize, change: impl FnOnce(&mut CareRequest)) {
    let code = RequestCode::parse(&codes(at)[1]).unwrap();
    let found = storage::requests::find(&**write, &code).await.unwrap();
    let mut request = found.unwrap();
    change(&mut request.value);
    storage::requests::update(&**write, &request).await.unwrap();
}

/// Holds somebody back, as the first of two operators does.
async fn hold_back(write: &Write, people: People, code: &str) {
    let new = NewBlock {
        reason: "violence",
        words: "",
        review_on: today(),
    };
    let said = (1, SystemClock.now());
    storage::blocks::insert(&**write, people, code, &new, said)
        .await
        .unwrap();
}

/// The second worker must not stand on a sheet for the family any more.
async fn keep_away(write: &Write, at: usize, ground: Ground) {
    let [family, _, _, worker] = codes(at);
    let worker = WorkerCode::parse(&worker).unwrap();
    let worker = storage::workers::find(&**write, &worker).await.unwrap();
    let family = FamilyCode::parse(&family).unwrap();
    let family = storage::families::find(&**write, &family).await.unwrap();
    let new = NewLimit {
        worker_id: worker.unwrap().id,
        named: Named::Family(family.unwrap().id),
        ground,
        since: today(),
        account_id: None,
        proposal_id: None,
    };
    assert!(storage::diffusion::insert(&**write, &new).await.unwrap());
}

/// What hinders by the time the sheet is kept, with the key of its words.
#[derive(Debug, Clone, Copy)]
enum Meanwhile {
    Withdrawn,
    AuthorisationTakenBack,
    PermitEnded,
    AccreditationLost,
    WorkerHeldBack,
    FamilyHeldBack,
    Wish,
    No,
    OfferLowered,
    RequestClosed,
    SexAsked,
}

impl Meanwhile {
    const ALL: [(Self, &str); 11] = [
        (Self::Withdrawn, "obstacle-inactive"),
        (Self::AuthorisationTakenBack, "obstacle-no-authorisation"),
        (Self::PermitEnded, "obstacle-permit"),
        (Self::AccreditationLost, "obstacle-accreditation"),
        (Self::WorkerHeldBack, "obstacle-held-back"),
        (Self::FamilyHeldBack, "refused-family-held"),
        (Self::Wish, "obstacle-left-out"),
        (Self::No, "obstacle-declined"),
        (Self::OfferLowered, "refused-below-minimum"),
        (Self::RequestClosed, "refused-request-not-open"),
        (Self::SexAsked, "refused-sex-not-confirmed"),
    ];

    async fn happen(self, write: &Write, at: usize) {
        let yesterday = today().pred_opt();
        match self {
            Self::Withdrawn => {
                change_worker(write, at, |worker| worker.status = WorkerStatus::Withdrawn).await;
            }
            Self::AuthorisationTakenBack => {
                change_worker(write, at, |worker| worker.consent_on = None).await;
            }
            Self::PermitEnded => {
                change_worker(write, at, |worker| {
                    worker.permit_type = PermitType::by_code("employment");
                    worker.permit_until = yesterday;
                })
                .await;
            }
            Self::AccreditationLost => {
                change_worker(write, at, |worker| {
                    worker.accreditation = Accreditation::None;
                })
                .await;
            }
            Self::WorkerHeldBack => hold_back(write, People::Workers, &codes(at)[3]).await,
            Self::FamilyHeldBack => hold_back(write, People::Families, &codes(at)[0]).await,
            Self::Wish => keep_away(write, at, Ground::Wish).await,
            Self::No => keep_away(write, at, Ground::Declined).await,
            Self::OfferLowered => {
                change_request(write, at, |request| request.max_pay_hour = Cents::new(100)).await;
            }
            Self::RequestClosed => {
                change_request(write, at, |request| request.status = RequestStatus::Closed).await;
            }
            Self::SexAsked => {
                change_request(write, at, |request| {
                    request.worker_sex = Some(Sex::Female);
                    request.worker_sex_asked_by = Some(1);
                })
                .await;
            }
        }
    }
}

/// The key of a refusal's words; of one that is about a worker, only about that one.
fn refused(outcome: Result<Issued, ServiceError>, worker: &str) -> &'static str {
    match outcome {
        Err(ServiceError::Invalid(invalid)) => match invalid.0.as_slice() {
            [problem] if problem.value == worker => problem.why.key,
            other => panic!("{other:?}"),
        },
        Err(ServiceError::Refused(why)) => why.key,
        other => panic!("{other:?}"),
    }
}

#[test]
fn whatever_hinders_while_the_sheet_is_printed_is_told_in_its_own_words() {
    for program in Program::on_both() {
        desk(&program);
        for (at, (meanwhile, expected)) in Meanwhile::ALL.into_iter().enumerate() {
            let outcome = interrupted(&program, at, async move |db| {
                change(db, async |write| meanwhile.happen(write, at).await).await;
            });
            let key = refused(outcome, &codes(at)[3]);
            assert_eq!(key, expected, "{meanwhile:?}");
            program.with_db(async |db| assert_eq!(ledger::read(db, 1).await, []));
        }
        // No number was drawn: the next sheet has the first.
        let number = program.ok(&[
            "sheet",
            "issue",
            "R-1",
            "W-11",
            "--as",
            "ada@prova.example",
            "--out",
            "one.pdf",
        ]);
        assert!(number.ends_with("-0001\n"), "{number}");
        program.with_db(async |db| assert_eq!(ledger::read(db, 1).await.len(), 1));
    }
}

/// The second draw of an issue is the Message-ID of a mail, in the transaction that keeps
/// the sheet, after everything was asked once more: there something else begins.
struct InTheMidst {
    draws: AtomicU32,
    begin: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl Randomness for InTheMidst {
    fn fill(&self, bytes: &mut [u8]) {
        if self.draws.fetch_add(1, Ordering::Relaxed) == 1 {
            let begin = self.begin.lock().unwrap().take();
            begin.unwrap()();
        }
        SystemRandomness.fill(bytes);
    }
}

/// Two people hold the family back.
async fn two_hold_back(db: Db) {
    let context = Context::new(
        db,
        Arc::new(SystemClock),
        Arc::new(SystemRandomness),
        "http://127.0.0.1:8080".to_owned(),
    );
    let (ada, bea) = (
        actor(&context, "ada@prova.example").await,
        actor(&context, "bea@prova.example").await,
    );
    let review = (today() + chrono::TimeDelta::days(60)).to_string();
    let proposed = Proposed {
        reason: "violence",
        words: "",
        review_on: &review,
    };
    propose(&context, &ada, Form::Family, "F-1", proposed)
        .await
        .unwrap();
    let blocks = storage::blocks::of(context.db.read(), People::Families, "F-1").await;
    let block = blocks.unwrap().remove(0);
    let spoken = Spoken {
        block: block.id,
        version: block.version,
        word: Word::Confirm,
        words: "Parole inventate.",
        review_on: "",
    };
    speak(&context, &bea, Form::Family, "F-1", spoken)
        .await
        .unwrap();
    context.db.close().await.unwrap();
}

#[test]
fn a_family_held_back_while_its_sheet_is_kept_has_no_sheet_in_force() {
    let program = Program::on_postgres();
    let cast = Cast::on(today())
        .worker("W-1", &[("email", "zoe@prova.example")])
        .request("R-1", &[]);
    program.store(&cast);
    program.operator("ada@prova.example", "grosseto");
    program.operator("bea@prova.example", "follonica");
    let place = program.place();
    let holding = Arc::new(Mutex::new(None));
    let begun = holding.clone();
    let begin = move || {
        let (done, ended) = channel();
        let two = move || {
            block_on(async { two_hold_back(Db::open(&place, 1).await.unwrap()).await });
            let _ = done.send(());
        };
        *begun.lock().unwrap() = Some(std::thread::spawn(two));
        // They wait for the sheet, or, where nothing kept them, are done by now.
        let _ = ended.recv_timeout(Duration::from_secs(1));
    };
    program.with_db(async |db| {
        let context = Context::new(
            db.clone(),
            Arc::new(SystemClock),
            Arc::new(InTheMidst {
                draws: AtomicU32::new(0),
                begin: Mutex::new(Some(Box::new(begin))),
            }),
            "http://127.0.0.1:8080".to_owned(),
        );
        let ada = actor(&context, "ada@prova.example").await;
        let order = order("R-1", &["W-1"]);
        issue(&context, &ada, Words::default(), &order)
            .await
            .unwrap();
        let two = holding.lock().unwrap().take().unwrap();
        two.join().unwrap();
        let sheets = sheet::Entity::find().all(db.read()).await.unwrap();
        let in_force = sheets.iter().filter(|one| one.revoked_at.is_none());
        assert_eq!((sheets.len(), in_force.count()), (1, 0));
    });
}

#[test]
fn a_phone_corrected_while_the_sheet_is_printed_does_not_go_out_wrong() {
    for program in Program::on_both() {
        desk(&program);
        let outcome = interrupted(&program, 0, async |db| {
            change(db, async |write| {
                change_worker(write, 0, |worker| worker.phone = None).await;
            })
            .await;
        });
        assert!(matches!(outcome, Err(ServiceError::Stale)), "{outcome:?}");
        program.with_db(async |db| assert_eq!(ledger::read(db, 1).await, []));
    }
}

#[test]
fn a_number_taken_while_the_sheet_is_printed_is_not_used_twice() {
    for program in Program::on_both() {
        desk(&program);
        let issued = interrupted(&program, 0, async |db| {
            let context = Context::new(
                db,
                Arc::new(SystemClock),
                Arc::new(SystemRandomness),
                "http://127.0.0.1:8080".to_owned(),
            );
            let actor = actor(&context, "ada@prova.example").await;
            let order = order("R-2", &["W-21"]);
            issue(&context, &actor, Words::default(), &order)
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
        assert_eq!(books[1].workers, ["W-11", "W-12"]);
    }
}
