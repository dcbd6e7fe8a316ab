//! How failures of the database are named: a rule, a cell, or not available.

use dom::storage::connect::Place;
use dom::storage::{self, Db, StorageError};
use sea_orm::{ConnectionTrait, Statement};

use super::sheets::{a_sheet, people};
use super::{
    add_account, add_families, add_requests, add_workers, committed, family_code, on_both,
    request_code, worker_code,
};
use crate::support::db;
use crate::support::people::{day, family, full_family, full_request, full_worker, worker};
use crate::support::people::{introduction, number, request};

on_both!(
    a_second_record_of_a_code_is_a_conflict,
    what_somebody_else_refers_to_is_not_taken_away,
    a_cell_of_a_worker_that_cannot_be_read_is_named,
    a_cell_of_a_request_or_a_family_that_cannot_be_read_is_named,
    a_cell_of_a_proposal_an_account_or_a_sheet_that_cannot_be_read_is_named,
    a_database_that_was_closed_is_not_available,
    a_statement_that_makes_no_sense_has_failed,
);

async fn a_second_record_of_a_code_is_a_conflict(db: &Db) {
    people(db).await;
    let write = db.write().await.unwrap();
    let refused = storage::workers::insert_many(&*write, &[worker("W-1")]).await;
    assert!(
        matches!(refused, Err(StorageError::Conflict { .. })),
        "{refused:?}"
    );
    drop(write);
    let write = db.write().await.unwrap();
    let refused = storage::families::insert_many(&*write, &[family("F-1")]).await;
    assert!(
        matches!(refused, Err(StorageError::Conflict { .. })),
        "{refused:?}"
    );
    drop(write);
    let write = db.write().await.unwrap();
    let refused = storage::requests::insert_many(&*write, &[request("R-1", "F-1")]).await;
    assert!(
        matches!(refused, Err(StorageError::Conflict { .. })),
        "{refused:?}"
    );
    drop(write);
    let write = db.write().await.unwrap();
    let twice = [0; 2].map(|_| introduction("I-1", "R-1", "W-1", "2026-01-01"));
    let refused = storage::introductions::insert_many(&*write, &twice, None, None).await;
    assert!(
        matches!(refused, Err(StorageError::Conflict { .. })),
        "{refused:?}"
    );
    drop(write);
    // A code in other letters is another one.
    add_workers(db, &[worker("w-1")]).await;
}

async fn what_somebody_else_refers_to_is_not_taken_away(db: &Db) {
    add_workers(db, &[worker("W-1")]).await;
    for delete in ["DELETE FROM workers", "DELETE FROM desks"] {
        let write = db.write().await.unwrap();
        let refused = write.execute_unprepared(delete).await;
        let refused = StorageError::from(refused.unwrap_err());
        assert!(
            matches!(refused, StorageError::Conflict { .. }),
            "{delete}: {refused:?}"
        );
    }
}

/// Spoils cells one at a time; `read` has to name each of them.
async fn spoiled(
    db: &Db,
    table: &str,
    cells: &[(&'static str, &str)],
    read: impl AsyncFn() -> Result<(), StorageError>,
) {
    for (column, value) in cells {
        let (column_of_row, row) = column.split_once('@').unwrap_or((column, "1 = 1"));
        let kept: Result<(), StorageError> = read().await;
        assert!(kept.is_ok(), "{column} begins sound: {kept:?}");
        let hold = format!("CREATE TABLE kept AS SELECT id, {column_of_row} AS cell FROM {table}");
        let spoil = format!("UPDATE {table} SET {column_of_row} = {value} WHERE {row}");
        committed(db, async |write| {
            write.execute_unprepared(&hold).await.unwrap();
            write.execute_unprepared(&spoil).await.unwrap();
        })
        .await;
        let refused = read().await;
        assert!(
            matches!(
                refused,
                Err(StorageError::CorruptRow { table: t, column: c }) if t == table && c == column_of_row
            ),
            "{table}.{column} = {value}: {refused:?}"
        );
        let back = format!(
            "UPDATE {table} SET {column_of_row} = (SELECT cell FROM kept WHERE kept.id = {table}.id)"
        );
        committed(db, async |write| {
            write.execute_unprepared(&back).await.unwrap();
            write.execute_unprepared("DROP TABLE kept").await.unwrap();
        })
        .await;
    }
}

fn blob(db: &Db, hex: &str) -> String {
    match db.read().get_database_backend() {
        sea_orm::DbBackend::Postgres => format!("'\\x{hex}'::bytea"),
        _ => format!("X'{hex}'"),
    }
}

async fn a_cell_of_a_worker_that_cannot_be_read_is_named(db: &Db) {
    add_workers(db, &[full_worker("W-1")]).await;
    let short = blob(db, &"00".repeat(47));
    let cells = [
        ("given_name", "''"),
        ("family_name", "'  '"),
        ("name_own_script", "''"),
        ("sex", "'F'"),
        ("email", "'nobody'"),
        ("contact_language", "'xx'"),
        ("contact_by", "'pigeon'"),
        ("comune", "'999999'"),
        ("max_km", "-1"),
        ("extra_comuni", "'053011|999999'"),
        ("arrangements", "'sometimes'"),
        ("availability", short.as_str()),
        ("skills", "'flying'"),
        ("qualifications", "'none'"),
        ("languages", "'it:Z9'"),
        ("experience_years", "-1"),
        ("min_pay_hour", "-1"),
        ("min_pay_month", "10000001"),
        ("permit_type", "'pass'"),
        ("max_hours_week", "-1"),
        ("accreditation", "'maybe'"),
        ("status", "'asleep'"),
        ("pause_reason", "'whim'"),
        ("code", "''"),
    ];
    spoiled(db, "workers", &cells, async || {
        storage::workers::after(db.read(), None, 1).await.map(drop)
    })
    .await;
    // The pool and the list read some of the same.
    committed(db, async |write| {
        let spoil = "UPDATE workers SET status = 'active', comune = '0'";
        write.execute_unprepared(spoil).await.unwrap();
    })
    .await;
    let all = storage::lists::ListFilter::default();
    for refused in [
        storage::pool::load(db.read()).await.map(drop),
        storage::workers::page(db.read(), &all, 1).await.map(drop),
        storage::workers::find(db.read(), &worker_code("W-1"))
            .await
            .map(drop),
    ] {
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
}

async fn a_cell_of_a_request_or_a_family_that_cannot_be_read_is_named(db: &Db) {
    let partner = storage::places::Partner {
        code: dom::domain::ids::PartnerCode::parse("pi").unwrap(),
        name: "Punto di prova".to_owned(),
        kind: "punto_insieme".to_owned(),
        contract: dom::domain::partner::Contract::default(),
    };
    committed(db, async |write| {
        storage::places::add_partner(&**write, &partner)
            .await
            .unwrap();
    })
    .await;
    add_families(db, &[full_family("F-1", "pi")]).await;
    add_requests(db, &[full_request("R-1", "F-1")]).await;
    let long = blob(db, &"00".repeat(49));
    let cells = [
        ("comune", "'999999'"),
        ("arrangement", "'sometimes'"),
        ("schedule", long.as_str()),
        ("live_in_hours", "40"),
        ("covers", "''"),
        ("min_coverage_permille", "-1"),
        ("required_skills", "'flying'"),
        ("preferred_skills", "'flying'"),
        ("required_qualifications", "'none'"),
        ("required_languages", "'it'"),
        ("max_pay_hour", "-1"),
        ("max_pay_month", "10000001"),
        ("ccnl_level", "'Z'"),
        ("worker_sex", "'y'"),
        ("status", "'OPEN'"),
        ("pause_reason", "'whim'"),
        ("close_reason", "'whim'"),
        ("excluded", "'whim'"),
    ];
    spoiled(db, "requests", &cells, async || {
        storage::requests::find(db.read(), &request_code("R-1"))
            .await
            .map(drop)
    })
    .await;
    let cells = [
        ("given_name", "''"),
        ("family_name", "''"),
        ("relation", "'stranger'"),
        ("email", "'nobody'"),
        ("contact_language", "'xx'"),
        ("contact_by", "'pigeon'"),
        ("comune", "'999999'"),
        ("address", "''"),
    ];
    spoiled(db, "families", &cells, async || {
        storage::families::find(db.read(), &family_code("F-1"))
            .await
            .map(drop)
    })
    .await;
}

async fn a_cell_of_a_proposal_an_account_or_a_sheet_that_cannot_be_read_is_named(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    a_sheet(db, "GR-2026-0001", by).await;
    let (request, worker) = (
        super::request_of(db, "R-1").await.id,
        super::worker_of(db, "W-1").await.id,
    );
    committed(db, async |write| {
        let mut answered = dom::domain::proposal::Proposal::new(day("2026-11-20"), None);
        answered.skipped_reason = Some("unreachable");
        let via = dom::domain::proposal::Via::Phone;
        answered
            .decline(via, day("2026-11-20"), day("2026-11-20"), "pay")
            .unwrap();
        storage::proposals::insert(&**write, request, worker, by, &answered)
            .await
            .unwrap();
    })
    .await;
    let cells = [
        ("state", "'whim'"),
        ("skipped_reason", "'whim'"),
        ("via", "'pigeon'"),
        ("decline_reason", "'whim'"),
    ];
    spoiled(db, "proposals", &cells, async || {
        storage::proposals::latest(db.read(), request, worker)
            .await
            .map(drop)
    })
    .await;
    let cells = [
        ("role", "'king'"),
        ("email", "'nobody'"),
        ("desk_id", "NULL"),
    ];
    spoiled(db, "accounts", &cells, async || {
        storage::accounts::get(db.read(), by).await.map(drop)
    })
    .await;
    spoiled(db, "sheets", &[("number", "''")], async || {
        storage::sheets::find_by_code(db.read(), "code of GR-2026-0001")
            .await
            .map(drop)
    })
    .await;
    spoiled(
        db,
        "desks",
        &[("comune", "'999999'"), ("code", "'%' || id")],
        async || storage::places::desks(db.read()).await.map(drop),
    )
    .await;
    assert!(
        storage::sheets::find(db.read(), &number("GR-2026-0001"))
            .await
            .unwrap()
            .is_some()
    );
}

async fn a_database_that_was_closed_is_not_available(db: &Db) {
    db.clone().close().await.unwrap();
    let refused = storage::families::count(db.read()).await;
    assert!(
        matches!(refused, Err(StorageError::Unavailable(_))),
        "{refused:?}"
    );
    let refused = db.write().await.map(drop);
    assert!(
        matches!(refused, Err(StorageError::Unavailable(_))),
        "{refused:?}"
    );
}

async fn a_statement_that_makes_no_sense_has_failed(db: &Db) {
    let refused = db.read().execute_unprepared("SELECT * FROM nothing").await;
    let refused = StorageError::from(refused.unwrap_err());
    assert!(matches!(refused, StorageError::Failed(_)), "{refused:?}");
}

#[tokio::test]
async fn a_database_that_is_nowhere_is_not_available() {
    let folder = crate::support::program::Folder::new();
    let nowhere = [
        Place::Sqlite(folder.path().join("absent").join("dom.sqlite")),
        Place::Postgres(format!("postgres:///none?host={}", folder.path().display())),
    ];
    for place in nowhere {
        let refused = Db::open(&place, 1).await.map(drop);
        assert!(
            matches!(refused, Err(StorageError::Unavailable(_))),
            "{refused:?}"
        );
        let refused = storage::migrator::migrate(&place).await;
        assert!(
            matches!(refused, Err(StorageError::Unavailable(_))),
            "{refused:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_ends_a_transaction_is_not_available_and_the_next_one_succeeds() {
    let test = db::postgres().await;
    let write = test.db.write().await.unwrap();
    storage::counters::draw(&*write, "number", 1).await.unwrap();
    // What a server does that shuts down.
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    test.db.read().execute_unprepared(end).await.unwrap();
    let refused = storage::counters::draw(&*write, "number", 1).await;
    assert!(
        matches!(refused, Err(StorageError::Unavailable(_))),
        "{refused:?}"
    );
    drop(write);
    let drawn = committed(&test.db, async |write| {
        storage::counters::draw(&**write, "number", 1)
            .await
            .unwrap()
    })
    .await;
    assert_eq!(drawn, 1);
    test.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transaction_that_lost_against_another_may_try_again() {
    let test = db::postgres().await;
    let code = |code: &str| {
        let raise =
            format!("DO $$ BEGIN RAISE EXCEPTION 'made up' USING ERRCODE = '{code}'; END $$");
        Statement::from_string(sea_orm::DbBackend::Postgres, raise)
    };
    for passing in ["40001", "40P01", "53300", "55P03", "57P01", "08006"] {
        let refused = test.db.read().execute_raw(code(passing)).await;
        let refused = StorageError::from(refused.unwrap_err());
        assert!(
            matches!(refused, StorageError::Unavailable(_)),
            "{passing}: {refused:?}"
        );
    }
    for lasting in ["22012", "42P01", "23514", "57014"] {
        let refused = test.db.read().execute_raw(code(lasting)).await;
        let refused = StorageError::from(refused.unwrap_err());
        assert!(
            matches!(refused, StorageError::Failed(_)),
            "{lasting}: {refused:?}"
        );
    }
    test.close().await;
}
