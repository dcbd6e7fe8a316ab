//! In which order records come: the same on both kinds of database, whatever
//! the language of the server.

use dom::domain::family::Family;
use dom::domain::worker::Worker;
use dom::storage::connect::Place;
use dom::storage::lists::ListFilter;
use dom::storage::migrator::migrate;
use dom::storage::{self, Db};

use super::{add_account, add_families, add_requests, add_workers, committed, on_both};
use crate::support::people::{family, introduction, name, request, worker};
use crate::support::server::empty_italian_database;

on_both!(
    records_go_out_by_code_byte_for_byte,
    people_are_listed_by_name_however_it_is_spelled,
    accounts_are_listed_by_address_byte_for_byte,
);

/// Italian puts `a` before `B` and reads over `-` and `_`; bytes do neither.
const CODES: [&str; 7] = ["a-1", "B-1", "b-1", "B_1", "B-10", "B-2", "B.1"];

fn sorted() -> Vec<String> {
    let mut codes = CODES.map(str::to_owned).to_vec();
    codes.sort_unstable();
    codes
}

/// Takes everything out two by two, as an export does.
macro_rules! taken_out {
    ($after:expr) => {{
        let mut out: Vec<String> = Vec::new();
        let mut last = None;
        loop {
            let piece = $after(last.clone()).await.unwrap();
            let Some(one) = piece.last() else { break };
            last.clone_from(&one.value.code);
            out.extend(piece.iter().map(|one| one.value.cells()[0].clone()));
        }
        out
    }};
}

async fn records_go_out_by_code_byte_for_byte(db: &Db) {
    add_workers(db, &CODES.map(worker)).await;
    add_families(db, &CODES.map(family)).await;
    add_requests(db, &CODES.map(|code| request(code, "B-1"))).await;
    let introduced = CODES.map(|code| introduction(code, "B-1", "B-1", "2026-05-05"));
    committed(db, async |write| {
        storage::introductions::insert_many(&**write, &introduced, None, None)
            .await
            .unwrap();
    })
    .await;
    let read = db.read();
    let workers = taken_out!(async |last: Option<_>| {
        storage::workers::after(read, last.as_ref(), 2).await
    });
    let families = taken_out!(async |last: Option<_>| {
        storage::families::after(read, last.as_ref(), 2).await
    });
    let requests = taken_out!(async |last: Option<_>| {
        storage::requests::after(read, last.as_ref(), None, 2).await
    });
    let introductions = taken_out!(async |last: Option<_>| {
        storage::introductions::after(read, last.as_ref(), None, 2).await
    });
    for out in [workers, families, requests, introductions] {
        assert_eq!(out, sorted());
    }
    let pool = storage::pool::load(read).await.unwrap();
    let pool: Vec<String> = pool.into_iter().map(|one| one.code).collect();
    assert_eq!(pool, sorted());
}

/// In the order in which lists show them, but for the codes.
const NAMES: [(&str, &str); 10] = [
    ("Ångström", "Zoe"),
    ("Dal Col", "Ada"),
    ("D'Amico", "Ada"),
    ("DAMICO", "Bea"),
    ("de Luca", "Ada"),
    ("De Luca", "Èlia"),
    ("De Lucà", "Ezio"),
    ("Èvora", "Ada"),
    ("Ewald", "Ada"),
    ("Zorzi", "Ada"),
];

async fn people_are_listed_by_name_however_it_is_spelled(db: &Db) {
    // Stored the other way round, so that no other order comes out right.
    let numbered = NAMES.iter().enumerate().rev();
    let workers: Vec<Worker> = numbered
        .clone()
        .map(|(i, (family_name, given_name))| Worker {
            family_name: name(family_name),
            given_name: name(given_name),
            ..worker(&format!("W-{}", 99 - i))
        })
        .collect();
    let families: Vec<Family> = numbered
        .map(|(i, (family_name, given_name))| Family {
            family_name: name(family_name),
            given_name: name(given_name),
            ..family(&format!("F-{}", 99 - i))
        })
        .collect();
    add_workers(db, &workers).await;
    add_families(db, &families).await;
    let all = ListFilter::default();
    let listed = storage::workers::page(db.read(), &all, 1).await.unwrap();
    let names: Vec<(&str, &str)> = listed
        .rows
        .iter()
        .map(|line| (line.family_name.as_str(), line.given_name.as_str()))
        .collect();
    assert_eq!(names, NAMES);
    let listed = storage::families::page(db.read(), &all, 1).await.unwrap();
    let names: Vec<(&str, &str)> = listed
        .rows
        .iter()
        .map(|line| (line.family_name.as_str(), line.given_name.as_str()))
        .collect();
    assert_eq!(names, NAMES);

    // A name that changes moves.
    let mut zorzi = super::worker_of(db, "W-90").await;
    zorzi.value.family_name = name("Abba");
    committed(db, async |write| {
        storage::workers::update(&**write, &zorzi).await.unwrap();
    })
    .await;
    let listed = storage::workers::page(db.read(), &all, 1).await.unwrap();
    assert_eq!(listed.rows[0].code, "W-90");
}

async fn accounts_are_listed_by_address_byte_for_byte(db: &Db) {
    for email in ["B@prova.example", "a_b@prova.example", "a-c@prova.example"] {
        add_account(db, email).await;
    }
    let listed = storage::accounts::list(db.read()).await.unwrap();
    let emails: Vec<&str> = listed.iter().map(|one| one.actor.email.as_str()).collect();
    assert_eq!(
        emails,
        ["a-c@prova.example", "a_b@prova.example", "B@prova.example"]
    );
}

/// A server of the desks' own country.
async fn italian(contract: impl AsyncFnOnce(&Db)) {
    let url = empty_italian_database();
    let place = Place::Postgres(url.to_string());
    migrate(&place).await.unwrap();
    let db = Db::open(&place, 2).await.unwrap();
    contract(&db).await;
    db.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_speaks_italian_changes_no_order() {
    italian(async |db| records_go_out_by_code_byte_for_byte(db).await).await;
    italian(async |db| people_are_listed_by_name_however_it_is_spelled(db).await).await;
    italian(async |db| accounts_are_listed_by_address_byte_for_byte(db).await).await;
}
