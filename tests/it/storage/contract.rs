//! What every aggregate promises, on both kinds of database.

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use dom::domain::account::{Place, Role, Throttle};
use dom::domain::contact::EmailAddress;
use dom::domain::ids::{DeskCode, FamilyCode, RequestCode, WorkerCode};
use dom::domain::proposal::{Proposal, ProposalState, Via};
use dom::domain::worker::WorkerStatus;
use dom::storage::connect::Db;
use dom::storage::lists::ListFilter;
use dom::storage::{self, StorageError, Stored, counters};
use sea_orm::ConnectionTrait;

use super::{committed, on_both};
use crate::support::cast::{Cast, today};

on_both!(
    a_worker_comes_back_as_it_was_stored,
    a_request_and_its_family_come_back_as_they_were_stored,
    a_stale_save_is_refused_and_changes_nothing,
    records_go_out_by_code_byte_for_byte,
    a_search_finds_parts_of_names_phones_and_codes,
    numbers_have_no_gap_and_no_double,
    the_pool_holds_whom_it_may_and_nobody_else,
    accounts_links_sessions_and_throttles_hold,
    sessions_end_when_old_and_with_their_account,
    a_search_belongs_to_its_account,
    a_proposal_is_saved_over_the_version_read,
    a_second_record_of_a_code_is_a_conflict,
    a_cell_that_cannot_be_read_is_named,
    the_weights_of_the_first_day_hold,
);

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
}

fn worker(code: &str) -> WorkerCode {
    WorkerCode::parse(code).unwrap()
}

/// Every column stated.
const FULL: [(&str, &str); 24] = [
    ("name_own_script", "Олена Коваленко"),
    ("birth_date", "1980-02-29"),
    ("citizenship", "UA"),
    ("email", "olena@prova.example"),
    ("contact_language", "uk"),
    ("contact_by", "phone"),
    ("extra_comuni", "053009|053015"),
    ("relocates", "yes"),
    ("availability", "Mon-Fri 08:00-13:00; Sun 22:00-02:00"),
    ("available_from", "2026-12-01"),
    ("skills", "elderly_care|personal_hygiene"),
    ("qualifications", "oss"),
    ("languages", "it:B1|uk:C2"),
    ("experience_years", "7"),
    ("min_pay_hour", "8.21"),
    ("min_pay_month", "1100.50"),
    ("permit_type", "employment"),
    ("permit_until", "2027-05-31"),
    ("renewal_receipt", "yes"),
    ("work_right_confirmed", "yes"),
    ("max_hours_week", "30"),
    ("accreditation", "pending"),
    ("status", "paused"),
    ("pause_reason", "travel"),
];

async fn a_worker_comes_back_as_it_was_stored(db: &Db) {
    let cast = Cast::on(today()).worker("W-1", &[]).worker("W-2", &FULL);
    cast.store(db).await;
    for one in &cast.workers {
        let code = one.code.clone().unwrap();
        let found = storage::workers::find(db.read(), &code)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(&found.value, one);
        assert_eq!(found.version, 1);
    }
    assert!(
        storage::workers::find(db.read(), &worker("W-9"))
            .await
            .unwrap()
            .is_none()
    );
}

async fn a_request_and_its_family_come_back_as_they_were_stored(db: &Db) {
    let cast = Cast::on(today()).request("R-1", &[]).request(
        "R-2",
        &[
            ("min_coverage_permille", "750"),
            ("end_date", "2030-01-31"),
            ("needed_by", "2026-12-24"),
            ("required_skills", "elderly_care"),
            ("preferred_skills", "cooking_italian"),
            ("required_qualifications", "oss|adb"),
            ("required_languages", "it:A2"),
            ("max_pay_hour", "9.50"),
            ("ccnl_level", "CS"),
            ("public_contribution", "yes"),
            ("self_sufficient", "no"),
            ("worker_sex", "f"),
            ("worker_sex_ground", "personal_hygiene"),
            ("covers", "R-1"),
        ],
    );
    cast.store(db).await;
    for one in &cast.requests {
        let code = one.code.clone().unwrap();
        let found = storage::requests::find(db.read(), &code)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(&found.value, one);
    }
    let family = FamilyCode::parse("F-1").unwrap();
    let found = storage::families::find(db.read(), &family)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.value, cast.families[0]);
    let of_family = storage::requests::of_family(db.read(), found.id)
        .await
        .unwrap();
    assert_eq!(of_family.len(), 2);
}

async fn a_stale_save_is_refused_and_changes_nothing(db: &Db) {
    Cast::on(today()).worker("W-1", &[]).store(db).await;
    let read = storage::workers::find(db.read(), &worker("W-1"))
        .await
        .unwrap()
        .unwrap();
    let mut first = read.clone();
    first.value.status = WorkerStatus::Placed;
    committed(db, async |write| {
        storage::workers::update(&**write, &first).await.unwrap();
    })
    .await;
    let mut second = read;
    second.value.status = WorkerStatus::Withdrawn;
    committed(db, async |write| {
        let refused = storage::workers::update(&**write, &second).await;
        assert!(
            matches!(refused, Err(StorageError::Stale { table: "workers" })),
            "{refused:?}"
        );
    })
    .await;
    let now = storage::workers::find(db.read(), &worker("W-1"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((now.value.status, now.version), (WorkerStatus::Placed, 2));
}

async fn records_go_out_by_code_byte_for_byte(db: &Db) {
    let codes = ["W-2", "W-10", "a-1", "W_1", "W-1", "Z-1"];
    let mut cast = Cast::on(today());
    for code in codes {
        cast = cast.worker(code, &[]);
    }
    cast.store(db).await;
    let mut expected = codes.to_vec();
    expected.sort_unstable();
    let mut out = Vec::new();
    let mut last: Option<WorkerCode> = None;
    loop {
        let piece = storage::workers::after(db.read(), last.as_ref(), 2)
            .await
            .unwrap();
        out.extend(
            piece
                .iter()
                .map(|one| one.value.code.clone().unwrap().to_string()),
        );
        match piece.last() {
            Some(one) => last.clone_from(&one.value.code),
            None => break,
        }
    }
    assert_eq!(out, expected);
}

async fn found(db: &Db, typed: &str) -> Vec<String> {
    let filter = ListFilter {
        words: dom::domain::text::search_words(typed),
        ..ListFilter::default()
    };
    let page = storage::workers::page(db.read(), &filter, 1).await.unwrap();
    page.rows.into_iter().map(|line| line.code).collect()
}

async fn a_search_finds_parts_of_names_phones_and_codes(db: &Db) {
    Cast::on(today())
        .worker(
            "W-000001",
            &[
                ("given_name", "Niccolò"),
                ("family_name", "D'Amico"),
                ("phone", "333 123 45 67"),
            ],
        )
        .worker(
            "W-000002",
            &[
                ("given_name", "Olena"),
                ("family_name", "Kovalenko"),
                ("name_own_script", "Олена"),
            ],
        )
        .store(db)
        .await;
    assert_eq!(found(db, "nicco").await, ["W-000001"]);
    assert_eq!(found(db, "DAMICO niccolo").await, ["W-000001"]);
    assert_eq!(found(db, "333 1234567").await, ["W-000001"]);
    assert_eq!(found(db, "w-000002").await, ["W-000002"]);
    assert_eq!(found(db, "Олена").await, ["W-000002"]);
    assert!(found(db, "impossibile").await.is_empty());
    assert_eq!(found(db, "%").await.len(), 2, "no word is left of it");
    assert!(found(db, "kov%zzz").await.is_empty());
}

async fn numbers_have_no_gap_and_no_double(db: &Db) {
    let mut tasks = tokio::task::JoinSet::new();
    for turn in 0..50 {
        let db = db.clone();
        tasks.spawn(async move {
            let write = db.write().await.unwrap();
            let drawn = counters::draw(&*write, "sheet:XX:2026", 1).await.unwrap();
            // Every fifth changes its mind: its number goes to the next.
            if turn % 5 == 0 {
                return None;
            }
            write.commit().await.unwrap();
            Some(drawn)
        });
    }
    let mut drawn: Vec<i64> = Vec::new();
    while let Some(done) = tasks.join_next().await {
        drawn.extend(done.unwrap());
    }
    drawn.sort_unstable();
    assert_eq!(drawn, (1..=40).collect::<Vec<i64>>());
    committed(db, async |write| {
        counters::raise(&**write, "sheet:XX:2026", 99)
            .await
            .unwrap();
    })
    .await;
    committed(db, async |write| {
        counters::raise(&**write, "sheet:XX:2026", 7).await.unwrap();
    })
    .await;
    committed(db, async |write| {
        assert_eq!(
            counters::draw(&**write, "sheet:XX:2026", 3).await.unwrap(),
            100
        );
    })
    .await;
    assert_eq!(
        counters::last(db.read(), "sheet:XX:2026").await.unwrap(),
        102
    );
}

async fn the_pool_holds_whom_it_may_and_nobody_else(db: &Db) {
    let tomorrow = (today() + TimeDelta::days(1)).to_string();
    let now = today().to_string();
    Cast::on(today())
        .worker("W-1", &[("consent_on", now.as_str())])
        .worker("W-2", &[("consent_on", tomorrow.as_str())])
        .worker("W-3", &[("consent_on", "")])
        .worker("W-4", &[("status", "paused")])
        .worker("W-5", &[("status", "placed")])
        .worker("W-6", &[("status", "withdrawn")])
        .worker("W-7", &FULL[..22])
        .store(db)
        .await;
    let pool = storage::pool::load(db.read(), today()).await.unwrap();
    let codes: Vec<&str> = pool.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["W-1", "W-7"]);
    let stored = storage::workers::find(db.read(), &worker("W-7"))
        .await
        .unwrap()
        .unwrap()
        .value;
    let seen = &pool[1];
    assert_eq!(
        (seen.comune, seen.max_km, seen.availability, seen.skills),
        (
            stored.comune,
            stored.max_km,
            stored.availability,
            stored.skills
        )
    );
    assert_eq!(
        (
            &seen.languages,
            seen.permit_type,
            seen.permit_until,
            seen.min_pay_month
        ),
        (
            &stored.languages,
            stored.permit_type,
            stored.permit_until,
            stored.min_pay_month
        )
    );
}

async fn account(db: &Db, email: &str) -> i64 {
    let email = EmailAddress::parse(email).unwrap();
    let place = Place::of(
        Role::Operator,
        Some(DeskCode::parse("grosseto").unwrap()),
        None,
    )
    .unwrap();
    let write = db.write().await.unwrap();
    let id =
        storage::accounts::insert(&*write, &email, "Ada Prova", Role::Operator, &place, noon())
            .await
            .unwrap();
    write.commit().await.unwrap();
    id
}

async fn accounts_links_sessions_and_throttles_hold(db: &Db) {
    let id = account(db, "Ada@Prova.example").await;
    let other_spelling = EmailAddress::parse("ada@prova.EXAMPLE").unwrap();
    let found = storage::accounts::find(db.read(), &other_spelling)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.actor.account_id, found.disabled, found.password_hash),
        (id, false, None)
    );
    committed(db, async |write| {
        storage::accounts::put_link(&**write, id, "first", noon() + TimeDelta::hours(1))
            .await
            .unwrap();
        storage::accounts::put_link(&**write, id, "second", noon() + TimeDelta::hours(1))
            .await
            .unwrap();
        storage::sessions::insert(&**write, "token", id, noon())
            .await
            .unwrap();
        let throttle = Throttle {
            failures: 3,
            last_failure: noon(),
            wait_until: Some(noon()),
        };
        storage::throttles::put(&**write, "key", &throttle)
            .await
            .unwrap();
        storage::throttles::put(
            &**write,
            "key",
            &Throttle {
                failures: 4,
                ..throttle
            },
        )
        .await
        .unwrap();
    })
    .await;
    let read = db.read();
    assert_eq!(
        storage::accounts::of_link(read, "first", noon())
            .await
            .unwrap(),
        None,
        "a new link ends the old one"
    );
    assert_eq!(
        storage::accounts::of_link(read, "second", noon())
            .await
            .unwrap(),
        Some(id)
    );
    let later = noon() + TimeDelta::hours(1);
    assert_eq!(
        storage::accounts::of_link(read, "second", later)
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        storage::throttles::find(read, "key")
            .await
            .unwrap()
            .unwrap()
            .failures,
        4
    );
    let session = storage::sessions::find(read, "token")
        .await
        .unwrap()
        .unwrap();
    assert_eq!((session.account_id, session.began_at), (id, noon()));
}

async fn sessions_end_when_old_and_with_their_account(db: &Db) {
    let id = account(db, "ada@prova.example").await;
    let later = noon() + TimeDelta::hours(1);
    committed(db, async |write| {
        storage::sessions::insert(&**write, "token", id, noon())
            .await
            .unwrap();
    })
    .await;
    committed(db, async |write| {
        storage::sessions::touch(&**write, "token", later)
            .await
            .unwrap();
        storage::sessions::insert(&**write, "idle", id, noon())
            .await
            .unwrap();
        let dropped =
            storage::sessions::delete_older(&**write, noon() - TimeDelta::hours(1), later)
                .await
                .unwrap();
        assert_eq!(dropped, 1);
        storage::sessions::delete_of(&**write, id).await.unwrap();
        storage::accounts::shut(&**write, id, Some(later))
            .await
            .unwrap();
    })
    .await;
    assert!(
        storage::sessions::find(db.read(), "token")
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        storage::accounts::get(db.read(), id)
            .await
            .unwrap()
            .disabled
    );
}

async fn a_search_belongs_to_its_account(db: &Db) {
    let (ada, bea) = (
        account(db, "ada@prova.example").await,
        account(db, "bea@prova.example").await,
    );
    committed(db, async |write| {
        storage::searches::insert(&**write, "id", ada, "workers", "anna", noon())
            .await
            .unwrap();
    })
    .await;
    let read = db.read();
    assert_eq!(
        storage::searches::find(read, "id", ada, "workers")
            .await
            .unwrap()
            .as_deref(),
        Some("anna")
    );
    assert_eq!(
        storage::searches::find(read, "id", bea, "workers")
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        storage::searches::find(read, "id", ada, "families")
            .await
            .unwrap(),
        None
    );
    committed(db, async |write| {
        assert_eq!(
            storage::searches::delete_older(&**write, noon() + TimeDelta::seconds(1))
                .await
                .unwrap(),
            1
        );
    })
    .await;
}

async fn a_proposal_is_saved_over_the_version_read(db: &Db) {
    Cast::on(today())
        .worker("W-1", &[])
        .request("R-1", &[])
        .store(db)
        .await;
    let by = account(db, "ada@prova.example").await;
    let request = storage::requests::find(db.read(), &RequestCode::parse("R-1").unwrap())
        .await
        .unwrap()
        .unwrap()
        .id;
    let of = storage::workers::find(db.read(), &worker("W-1"))
        .await
        .unwrap()
        .unwrap()
        .id;
    committed(db, async |write| {
        let proposal = Proposal::new(today(), Some("unreachable"));
        storage::proposals::insert(&**write, request, of, by, &proposal)
            .await
            .unwrap();
    })
    .await;
    let read = storage::proposals::latest(db.read(), request, of)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(read.value.skipped_reason, Some("unreachable"));
    let mut answered = read.clone();
    answered
        .value
        .decline(Via::Phone, today(), today(), "pay")
        .unwrap();
    committed(db, async |write| {
        storage::proposals::update(&**write, &answered)
            .await
            .unwrap();
    })
    .await;
    committed(db, async |write| {
        let stale = storage::proposals::update(&**write, &answered).await;
        assert!(
            matches!(stale, Err(StorageError::Stale { .. })),
            "{stale:?}"
        );
    })
    .await;
    let lines = storage::proposals::of_request(db.read(), request)
        .await
        .unwrap();
    assert_eq!(lines.len(), 1);
    let Stored { version, value, .. } = &lines[0].proposal;
    assert_eq!(
        (*version, value.state, value.decline_reason),
        (2, ProposalState::Declined, Some("pay"))
    );
}

async fn a_second_record_of_a_code_is_a_conflict(db: &Db) {
    let cast = Cast::on(today()).worker("W-1", &[]);
    cast.store(db).await;
    let write = db.write().await.unwrap();
    let refused = storage::workers::insert_many(&*write, &cast.workers).await;
    assert!(
        matches!(refused, Err(StorageError::Conflict { .. })),
        "{refused:?}"
    );
}

async fn a_cell_that_cannot_be_read_is_named(db: &Db) {
    Cast::on(today()).worker("W-1", &[]).store(db).await;
    let broken = "UPDATE workers SET comune = '999999'";
    committed(db, async |write| {
        write.execute_unprepared(broken).await.unwrap();
    })
    .await;
    let refused = storage::workers::find(db.read(), &worker("W-1")).await;
    assert!(
        matches!(
            refused,
            Err(StorageError::CorruptRow {
                table: "workers",
                column: "comune"
            })
        ),
        "{refused:?}"
    );
}

async fn the_weights_of_the_first_day_hold(db: &Db) {
    let (since, weights) = storage::policy::weights(db.read(), today()).await.unwrap();
    assert_eq!(since, NaiveDate::from_ymd_opt(2012, 1, 1).unwrap());
    assert_eq!(
        weights
            .parts()
            .in_order()
            .iter()
            .map(|(_, weight)| *weight)
            .collect::<Vec<u32>>(),
        [40, 20, 15, 10, 10, 5]
    );
    let before = NaiveDate::from_ymd_opt(2011, 12, 31).unwrap();
    assert!(matches!(
        storage::policy::weights(db.read(), before).await,
        Err(StorageError::Missing { .. })
    ));
}

mod only_sqlite {
    //! What `SQLite` alone has: switches on every connection, and one writer.

    use std::time::Duration;

    use dom::storage::connect::Db;
    use sea_orm::{ConnectionTrait, Statement};

    use crate::support::cast::{Cast, today};
    use crate::support::program::Program;

    async fn pragma(db: &Db, name: &str) -> String {
        let statement =
            Statement::from_string(db.read().get_database_backend(), format!("PRAGMA {name}"));
        let row = db.read().query_one_raw(statement).await.unwrap().unwrap();
        row.try_get_by_index::<String>(0)
            .or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string()))
            .unwrap()
    }

    #[test]
    fn every_connection_has_the_switches_of_the_house() {
        Program::on_sqlite().with_db(async |db| {
            // As many transactions as connections, so that each is looked at.
            for _ in 0..4 {
                assert_eq!(pragma(db, "journal_mode").await, "wal");
                assert_eq!(pragma(db, "synchronous").await, "2");
                assert_eq!(pragma(db, "foreign_keys").await, "1");
                assert_eq!(pragma(db, "busy_timeout").await, "5000");
            }
        });
    }

    #[test]
    fn writers_take_turns_and_none_is_refused() {
        Program::on_sqlite().with_db(async |db| {
            Cast::on(today()).worker("W-1", &[]).store(db).await;
            let mut tasks = tokio::task::JoinSet::new();
            for _ in 0..8 {
                let db = db.clone();
                tasks.spawn(async move {
                    for _ in 0..25 {
                        let write = db.write().await.unwrap();
                        dom::storage::counters::draw(&*write, "turns", 1)
                            .await
                            .unwrap();
                        write.commit().await.unwrap();
                    }
                });
            }
            while let Some(done) = tasks.join_next().await {
                done.unwrap();
            }
            assert_eq!(
                dom::storage::counters::last(db.read(), "turns")
                    .await
                    .unwrap(),
                200
            );
        });
    }

    #[test]
    fn a_writer_waits_for_another_process() {
        let program = Program::on_sqlite();
        program.with_db(async |db| {
            let other = Db::open(&program.place(), 1).await.unwrap();
            let held = other.write().await.unwrap();
            let (begun, waiting) = tokio::sync::oneshot::channel();
            let db = db.clone();
            let writer = tokio::spawn(async move {
                begun.send(()).unwrap();
                let write = db.write().await.unwrap();
                write.commit().await.unwrap();
            });
            waiting.await.unwrap();
            let still = tokio::time::timeout(Duration::from_millis(200), async {
                while !writer.is_finished() {
                    tokio::task::yield_now().await;
                }
            });
            assert!(still.await.is_err(), "it waits");
            held.commit().await.unwrap();
            writer.await.unwrap();
            other.close().await.unwrap();
        });
    }
}
