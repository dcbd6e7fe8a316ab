//! The demo: what it is filled with, that it repeats, and that the product's own
//! rules hold in it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate, TimeZone, Utc};
use dom::clock::{ManualClock, SeededRandomness};
use dom::domain::contact::Phone;
use dom::domain::contract::{self, Unit};
use dom::domain::family::Family;
use dom::domain::ids::{RequestCode, SheetNumber, WorkerCode};
use dom::domain::introduction::Introduction;
use dom::domain::permit::PermitType;
use dom::domain::person::Accreditation;
use dom::domain::proposal::ProposalState;
use dom::domain::request::{CareRequest, RequestStatus};
use dom::domain::worker::{Worker, WorkerStatus};
use dom::matching::{Answer, Criterion};
use dom::services::demo::{self, Demo};
use dom::services::{Context, ServiceError, accounts, matching};
use dom::storage::connect::{Db, Place};
use dom::storage::migrator::migrate;
use dom::storage::{self, Stored};

/// The one open request that nobody fits, so that the page for it can be seen.
const NOBODY: &str = "R-000011";

/// A migrated database that goes with the test.
struct House {
    folder: PathBuf,
    context: Context,
}

impl House {
    async fn new(test: &str, day: (i32, u32, u32)) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("demo-{test}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let place = Place::Sqlite(folder.join("dom.sqlite"));
        migrate(&place).await.unwrap();
        let noon = Utc.with_ymd_and_hms(day.0, day.1, day.2, 11, 0, 0).unwrap();
        let context = Context::new(
            Db::open(&place, 4).await.unwrap(),
            Arc::new(ManualClock::at(noon)),
            Arc::new(SeededRandomness::new(7)),
            "https://dom.example.org".to_owned(),
        );
        Self { folder, context }
    }

    async fn filled(test: &str, day: (i32, u32, u32), seed: u64) -> (Self, Demo) {
        let house = Self::new(test, day).await;
        let demo = demo::fill(&house.context, seed).await.unwrap();
        (house, demo)
    }

    async fn workers(&self) -> Vec<Stored<Worker>> {
        let db = self.context.db.read();
        storage::workers::after(db, None, 500).await.unwrap()
    }

    async fn families(&self) -> Vec<Stored<Family>> {
        let db = self.context.db.read();
        storage::families::after(db, None, 500).await.unwrap()
    }

    async fn requests(&self) -> Vec<Stored<CareRequest>> {
        let db = self.context.db.read();
        storage::requests::after(db, None, None, 500).await.unwrap()
    }

    async fn introductions(&self) -> Vec<Introduction> {
        let db = self.context.db.read();
        let all = storage::introductions::after(db, None, None, 500).await;
        all.unwrap().into_iter().map(|one| one.value).collect()
    }

    /// Every record as an export writes it.
    async fn cells(&self) -> Vec<Vec<String>> {
        let mut all: Vec<_> = self
            .workers()
            .await
            .iter()
            .map(|w| w.value.cells())
            .collect();
        all.extend(self.families().await.iter().map(|f| f.value.cells()));
        all.extend(self.requests().await.iter().map(|r| r.value.cells()));
        all.extend(self.introductions().await.iter().map(Introduction::cells));
        all
    }

    async fn answer(&self, request: &RequestCode) -> Answer {
        let today = self.context.today();
        let matched = matching::answer(&self.context, request, today, None).await;
        matched.unwrap().answer
    }

    /// The answers to the open requests, by code.
    async fn answers(&self) -> BTreeMap<String, Answer> {
        let mut answers = BTreeMap::new();
        for request in self.requests().await.iter().filter(|r| r.value.is_open()) {
            let code = request.value.code.clone().unwrap();
            answers.insert(code.to_string(), self.answer(&code).await);
        }
        answers
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

const AUTUMN: (i32, u32, u32) = (2026, 11, 24);

#[tokio::test]
async fn the_demo_holds_sixty_workers_and_a_case_of_every_kind() {
    let (house, _) = House::filled("kinds", AUTUMN, demo::SEED).await;
    let today = house.context.today();
    let workers: Vec<Worker> = house.workers().await.into_iter().map(|w| w.value).collect();
    let how_many = |is: &dyn Fn(&Worker) -> bool| workers.iter().filter(|w| is(w)).count();
    assert_eq!(workers.len(), 60);
    assert_eq!(workers[0].code.as_ref().unwrap().as_str(), "W-000001");
    for (status, least) in [
        (WorkerStatus::Active, 50),
        (WorkerStatus::Paused, 3),
        (WorkerStatus::Placed, 2),
        (WorkerStatus::Withdrawn, 2),
    ] {
        assert!(how_many(&|w| w.status == status) >= least, "{status:?}");
    }
    let paused = |w: &Worker| w.status == WorkerStatus::Paused;
    assert!(
        (workers.iter().filter(|w| paused(w)))
            .all(|w| w.paused_until > Some(today) && w.pause_reason.is_some())
    );
    let soon = today + Days::new(60);
    assert!(
        how_many(&|w| w
            .permit_until
            .is_some_and(|day| day >= today && day <= soon))
            >= 1
    );
    let needs_confirming = |permit: PermitType| permit.allows().needs_confirmation();
    assert!(
        how_many(&|w| w.permit_type.is_some_and(needs_confirming) && !w.work_right_confirmed) >= 1
    );
    assert!(how_many(&|w| w.is_in_pool(today) && w.needs_no_asking(30, today)) >= 3);
    for state in Accreditation::ALL {
        assert!(how_many(&|w| w.accreditation == state) >= 3, "{state:?}");
    }
    assert_eq!(how_many(&|w| w.name_own_script.is_some()), 2);
    assert_eq!(house.families().await.len(), 25);
    let referred = house.families().await;
    assert!(
        referred
            .iter()
            .filter(|f| f.value.referred_by.is_some())
            .count()
            >= 3
    );

    let requests: Vec<CareRequest> = (house.requests().await.into_iter())
        .map(|r| r.value)
        .collect();
    let how_many = |is: &dyn Fn(&CareRequest) -> bool| requests.iter().filter(|r| is(r)).count();
    assert_eq!(requests.len(), 30);
    for status in RequestStatus::ALL {
        assert!(how_many(&|r| r.status == status) >= 3, "{status:?}");
    }
    assert!(how_many(&|r| r.is_open() && r.needed_by.is_some_and(|day| day >= today)) >= 1);
    assert!(how_many(&|r| r.is_open() && r.public_contribution) >= 1);
    assert!(how_many(&|r| r.is_open() && r.covers.is_some()) == 1);
    assert!(how_many(&|r| r.is_open() && r.worker_sex.is_some()) == 1);
    for hours in [30, 54] {
        assert!(how_many(&|r| r.is_open() && r.live_in_hours.hours() == hours) >= 1);
    }
}

#[tokio::test]
async fn every_open_request_but_one_has_somebody_who_fits() {
    for (at, day) in [AUTUMN, (2026, 12, 30), (2027, 3, 1)]
        .into_iter()
        .enumerate()
    {
        let (house, _) = House::filled(&format!("fits-{at}"), day, demo::SEED).await;
        let answers = house.answers().await;
        for (code, answer) in &answers {
            assert_eq!(answer.fits.is_empty(), code == NOBODY, "{code}");
        }
        assert!(answers[NOBODY].near_misses.len() >= 3);
        assert!(answers.values().any(|answer| !answer.teams.is_empty()));
        for code in ["R-000001", "R-000002"] {
            let answer = &answers[code];
            let first_band = answer.fits.iter().filter(|fit| fit.band == 1).count();
            assert!(first_band >= 4, "{code}: {first_band} in the first band");
            assert!(answer.near_misses.len() >= 2, "{code}");
        }
        let criteria: BTreeSet<Criterion> = (answers.values())
            .flat_map(|answer| answer.near_misses.iter().map(|miss| miss.criterion))
            .collect();
        assert!(criteria.len() >= 8, "{criteria:?}");
    }
}

#[tokio::test]
async fn the_same_seed_on_the_same_day_makes_the_same_people() {
    let (one, first) = House::filled("same-1", AUTUMN, 5).await;
    let (two, second) = House::filled("same-2", AUTUMN, 5).await;
    assert_eq!(one.cells().await, two.cells().await);
    assert_eq!(first.sheets, second.sheets);
    let (other, _) = House::filled("same-3", AUTUMN, 6).await;
    assert_ne!(one.cells().await, other.cells().await);
}

#[tokio::test]
async fn nobody_in_the_demo_can_be_taken_for_somebody_real() {
    let (house, demo) = House::filled("made-up", AUTUMN, demo::SEED).await;
    let workers = house.workers().await;
    let families = house.families().await;
    let of_workers = workers.iter().map(|w| (&w.value.phone, &w.value.email));
    let of_families = families.iter().map(|f| (&f.value.phone, &f.value.email));
    let mut reached = BTreeSet::new();
    for (phone, email) in of_workers.chain(of_families) {
        if let Some(phone) = phone {
            assert!(phone.as_str().starts_with("+39399000"), "{phone}");
            assert!(!Phone::is_doubtful(phone));
            assert!(reached.insert(phone.to_string()), "{phone} twice");
        }
        if let Some(email) = email {
            assert!(email.as_str().ends_with("@example.org"), "{email}");
            assert!(reached.insert(email.to_string()), "{email} twice");
        }
    }
    for family in &families {
        let address = family.value.address.as_ref().unwrap();
        assert!(address.as_str().starts_with("Via di Prova "), "{address}");
    }
    let zones: BTreeSet<&str> = include_str!("../../../data/zones.csv")
        .lines()
        .filter_map(|line| line.split(',').nth(2))
        .collect();
    for worker in &workers {
        assert!(zones.contains(worker.value.comune.istat()));
    }
    assert!(
        demo.accounts
            .iter()
            .all(|one| one.email.ends_with("@example.org"))
    );
}

#[tokio::test]
async fn no_open_offer_lies_below_the_dated_minimum() {
    for (at, day) in [AUTUMN, (2027, 1, 2)].into_iter().enumerate() {
        let (house, _) = House::filled(&format!("offer-{at}"), day, demo::SEED).await;
        let today = house.context.today();
        for request in house.requests().await.iter().filter(|r| r.value.is_open()) {
            let request = &request.value;
            let minimum = contract::minimum(
                request.day(today),
                request.ccnl_level.unwrap(),
                request.arrangement,
                request.live_in_hours,
                request.covers.is_some(),
            )
            .unwrap();
            let offer = match minimum.unit {
                Unit::Hour => request.max_pay_hour,
                Unit::Month | Unit::Day => request.max_pay_month,
            };
            assert!(offer.unwrap() >= minimum.amount, "{:?}", request.code);
        }
    }
}

#[tokio::test]
async fn the_past_is_in_order_and_the_numbers_of_this_year_are_the_demos_own() {
    for (at, day) in [AUTUMN, (2027, 1, 2)].into_iter().enumerate() {
        let (house, demo) = House::filled(&format!("past-{at}"), day, demo::SEED).await;
        let today = house.context.today();
        let expected: Vec<SheetNumber> = (1..=3)
            .map(|running| SheetNumber::new("GR", today.year(), running))
            .collect();
        assert_eq!(demo.sheets, expected);
        let db = house.context.db.read();
        for number in &demo.sheets {
            let sheet = storage::sheets::find(db, number).await.unwrap().unwrap();
            let pdf = storage::sheets::pdf(db, sheet.id).await.unwrap();
            assert!(pdf.starts_with(b"%PDF"));
        }
        let introductions = house.introductions().await;
        let loaded = introductions.iter().filter(|one| {
            let number = one.sheet_number.as_ref();
            !number.is_some_and(|number| demo.sheets.contains(number))
        });
        let oldest = introductions.iter().map(|one| one.issued_on).min().unwrap();
        assert!((500..=548).contains(&(today - oldest).num_days()));
        assert!(loaded.clone().count() >= 30);
        for one in loaded {
            let parts = one.sheet_number.as_ref().and_then(SheetNumber::parts);
            assert!(parts.is_none_or(|(prefix, year, _)| prefix == "FO" || year < today.year()));
        }
        let workers = house.workers().await;
        let requests = house.requests().await;
        for one in &introductions {
            let worker = workers
                .iter()
                .find(|w| w.value.code.as_ref() == Some(&one.worker));
            let worker = &worker.unwrap().value;
            let request = requests
                .iter()
                .find(|r| r.value.code.as_ref() == Some(&one.request));
            let request = &request.unwrap().value;
            assert!(worker.consent_on.unwrap() <= one.issued_on, "{one:?}");
            assert!(request.opened_on <= one.issued_on, "{one:?}");
            assert!(worker.arrangements.contains(request.arrangement), "{one:?}");
            assert!(one.issued_on <= today);
        }
    }
}

#[tokio::test]
async fn proposals_of_every_state_agree_with_the_people_they_are_about() {
    let (house, _) = House::filled("proposals", AUTUMN, demo::SEED).await;
    let today: NaiveDate = house.context.today();
    let db = house.context.db.read();
    let mut states = BTreeSet::new();
    for request in house.requests().await {
        let introduced = storage::introductions::workers_seen_by(db, request.id, today).await;
        let introduced = introduced.unwrap();
        let answer = house.answer(request.value.code.as_ref().unwrap()).await;
        for line in storage::proposals::of_request(db, request.id)
            .await
            .unwrap()
        {
            let proposal = &line.proposal.value;
            let state = proposal.state_on(today);
            states.insert(state);
            assert!(request.value.opened_on <= proposal.proposed_on, "{line:?}");
            assert!(proposal.proposed_on <= today);
            assert_eq!(
                proposal.decline_reason.is_some(),
                state == ProposalState::Declined
            );
            let code = WorkerCode::parse(&line.worker).unwrap();
            let worker = storage::workers::find(db, &code)
                .await
                .unwrap()
                .unwrap()
                .value;
            assert!(worker.is_in_pool(today), "{code}");
            if state == ProposalState::Proposed {
                assert!(request.value.is_open() && !introduced.contains(&line.worker_id));
            }
            let fits = answer.fits.iter().any(|fit| fit.worker == line.worker);
            let aside = answer.left_out.contains(&line.worker);
            assert!(
                fits || aside || introduced.contains(&line.worker_id),
                "{line:?}"
            );
        }
    }
    assert_eq!(states.len(), ProposalState::ALL.len(), "{states:?}");
}

#[tokio::test]
async fn each_role_signs_in_with_the_passphrase_of_this_demo() {
    let (house, demo) = House::filled("roles", AUTUMN, demo::SEED).await;
    let roles: Vec<&str> = demo.accounts.iter().map(|one| one.role).collect();
    assert_eq!(
        roles,
        ["administrator", "operator", "operator", "partner", "reader"]
    );
    let mut phrases = BTreeSet::new();
    for one in &demo.accounts {
        assert!(one.password.len() >= 16 && !one.password.contains(' '));
        assert!(phrases.insert(&one.password));
        let session =
            accounts::sign_in(&house.context, &one.email, &one.password, "here", "").await;
        let actor = accounts::actor_of_session(&house.context, &session.unwrap().token).await;
        assert_eq!(actor.unwrap().unwrap().role.code(), one.role);
    }
}

#[tokio::test]
async fn a_database_that_holds_a_worker_is_not_filled_again() {
    let (house, _) = House::filled("twice", AUTUMN, demo::SEED).await;
    let before = house.cells().await;
    match demo::fill(&house.context, demo::SEED).await {
        Err(ServiceError::Refused(why)) => assert_eq!(why.key, "refused-demo-not-empty"),
        other => panic!("{other:?}"),
    }
    assert_eq!(house.cells().await, before);
}
