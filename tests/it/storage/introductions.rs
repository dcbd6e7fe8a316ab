//! Introductions: from files and from sheets, as exports, the fair order and the
//! records' pages read them.

use dom::domain::ids::IntroductionCode;
use dom::domain::introduction::Introduction;
use dom::domain::worker::{Worker, WorkerStatus};
use dom::storage::introductions::{
    after, find_many, insert_many, made_by_sheets_among, of_request, of_worker, seen,
    update_loaded, workers_seen_by,
};
use dom::storage::{Db, StorageError};

use super::sheets::{a_sheet, people};
use super::{add_account, add_workers, committed, on_both, request_of, worker_of};
use crate::support::people::{day, introduction, number, worker};

on_both!(
    an_introduction_comes_back_as_it_was_stored,
    what_a_file_brought_is_corrected_and_what_a_sheet_made_never,
    those_of_a_year_go_out_alone,
    the_fair_order_sees_those_who_may_be_matched,
    a_record_shows_its_latest_introductions,
    those_already_introduced_are_known_up_to_a_day,
    an_introduction_of_a_stranger_is_missing_them,
);

fn codes<const N: usize>(texts: [&str; N]) -> [IntroductionCode; N] {
    texts.map(|text| IntroductionCode::parse(text).unwrap())
}

async fn loaded(db: &Db, new: &[Introduction]) {
    committed(db, async |write| {
        insert_many(&**write, new, Some(day("2026-11-23")), None)
            .await
            .unwrap();
    })
    .await;
}

async fn an_introduction_comes_back_as_it_was_stored(db: &Db) {
    people(db).await;
    let new = [
        introduction("I-1", "R-1", "W-1", "2025-12-31"),
        Introduction {
            sheet_number: Some(number("n. 12 bis / 2025")),
            ..introduction("I-2", "R-2", "W-2", "2026-01-01")
        },
    ];
    loaded(db, &new).await;
    let found = find_many(db.read(), &codes(["I-2", "I-9", "I-1"]))
        .await
        .unwrap();
    let values: Vec<&Introduction> = found.iter().map(|one| &one.value).collect();
    assert_eq!(values, [&new[0], &new[1]]);
    committed(db, async |write| {
        insert_many(&**write, &[], None, None).await.unwrap();
        update_loaded(&**write, &[]).await.unwrap();
    })
    .await;
}

async fn what_a_file_brought_is_corrected_and_what_a_sheet_made_never(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    loaded(db, &[introduction("I-1", "R-1", "W-1", "2025-12-31")]).await;
    let sheet = a_sheet(db, "GR-2026-0001", by).await;
    committed(db, async |write| {
        let new = [introduction("I-2", "R-1", "W-2", "2026-11-23")];
        insert_many(&**write, &new, None, Some(sheet))
            .await
            .unwrap();
    })
    .await;
    let mut made = made_by_sheets_among(db.read(), &codes(["I-1", "I-2", "I-9"]))
        .await
        .unwrap();
    assert_eq!(made.pop().as_deref(), Some("I-2"));
    assert!(made.is_empty());

    let mut stored = find_many(db.read(), &codes(["I-1", "I-2"])).await.unwrap();
    let (mut of_sheet, mut of_file) = (stored.pop().unwrap(), stored.pop().unwrap());
    of_file.value = Introduction {
        sheet_number: Some(number("12/2025")),
        ..introduction("I-1", "R-2", "W-2", "2025-11-30")
    };
    committed(db, async |write| {
        update_loaded(&**write, std::slice::from_ref(&of_file))
            .await
            .unwrap();
    })
    .await;
    of_sheet.value.issued_on = day("2020-01-01");
    committed(db, async |write| {
        let refused = update_loaded(&**write, std::slice::from_ref(&of_sheet)).await;
        assert!(
            matches!(
                refused,
                Err(StorageError::Stale {
                    table: "introductions"
                })
            ),
            "{refused:?}"
        );
    })
    .await;
    let now = find_many(db.read(), &codes(["I-1", "I-2"])).await.unwrap();
    assert_eq!(now[0].value, of_file.value);
    assert_eq!(now[1].value.issued_on, day("2026-11-23"));
}

async fn those_of_a_year_go_out_alone(db: &Db) {
    people(db).await;
    let days = ["2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01"];
    let new: Vec<Introduction> = days
        .iter()
        .enumerate()
        .map(|(i, on)| introduction(&format!("I-{i}"), "R-1", "W-1", on))
        .collect();
    loaded(db, &new).await;
    for (year, expected) in [
        (Some(2025), &["I-1", "I-2"][..]),
        (Some(2024), &["I-0"]),
        (Some(1999), &[]),
        (None, &["I-0", "I-1", "I-2", "I-3"]),
    ] {
        let found = after(db.read(), None, year, 10).await.unwrap();
        let found: Vec<String> = found
            .iter()
            .map(|one| one.value.cells()[0].clone())
            .collect();
        assert_eq!(found, expected, "{year:?}");
    }
    let [last] = codes(["I-1"]);
    let rest = after(db.read(), Some(&last), Some(2025), 10).await.unwrap();
    assert_eq!(rest.len(), 1);
}

async fn the_fair_order_sees_those_who_may_be_matched(db: &Db) {
    people(db).await;
    let unseen = |code: &str, change: fn(&mut Worker)| {
        let mut one = worker(code);
        change(&mut one);
        one
    };
    add_workers(
        db,
        &[
            unseen("W-paused", |one| one.status = WorkerStatus::Paused),
            unseen("W-unasked", |one| one.consent_on = None),
            unseen("W-later", |one| one.consent_on = Some(day("2026-11-24"))),
        ],
    )
    .await;
    let new: Vec<Introduction> = ["W-1", "W-2", "W-paused", "W-unasked", "W-later"]
        .iter()
        .enumerate()
        .map(|(i, worker)| introduction(&format!("I-{i}"), "R-1", worker, "2026-11-20"))
        .collect();
    loaded(db, &new).await;
    let mut found = seen(db.read()).await.unwrap();
    found.sort_unstable();
    let row = |worker: &str| ("R-1".to_owned(), worker.to_owned(), day("2026-11-20"));
    // Whose authorisation begins later may be matched from then on.
    assert_eq!(found, [row("W-1"), row("W-2"), row("W-later")]);
}

async fn a_record_shows_its_latest_introductions(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    let sheet = a_sheet(db, "GR-2026-0001", by).await;
    loaded(
        db,
        &[
            introduction("I-1", "R-1", "W-1", "2026-03-01"),
            introduction("I-2", "R-2", "W-1", "2026-01-01"),
            introduction("I-3", "R-1", "W-2", "2026-02-01"),
        ],
    )
    .await;
    committed(db, async |write| {
        let new = [Introduction {
            sheet_number: Some(number("GR-2026-0001")),
            ..introduction("I-4", "R-1", "W-1", "2026-11-23")
        }];
        insert_many(&**write, &new, None, Some(sheet))
            .await
            .unwrap();
    })
    .await;
    let of = worker_of(db, "W-1").await.id;
    let lines = of_worker(db.read(), of).await.unwrap();
    let days: Vec<String> = lines
        .iter()
        .map(|line| line.issued_on.to_string())
        .collect();
    assert_eq!(days, ["2026-11-23", "2026-03-01", "2026-01-01"]);
    let first = &lines[0];
    assert_eq!((first.has_sheet, lines[1].has_sheet), (true, false));
    assert_eq!(first.sheet_number.as_deref(), Some("GR-2026-0001"));
    assert_eq!(
        (
            first.request.as_str(),
            first.worker.as_str(),
            first.worker_name.as_str()
        ),
        ("R-1", "W-1", "Zoe Inventata")
    );
    let of = request_of(db, "R-1").await.id;
    assert_eq!(of_request(db.read(), of).await.unwrap().len(), 3);
    let many: Vec<Introduction> = (10..40)
        .map(|i| introduction(&format!("I-{i}"), "R-1", "W-2", "2026-02-01"))
        .collect();
    loaded(db, &many).await;
    assert_eq!(of_request(db.read(), of).await.unwrap().len(), 25);
}

async fn those_already_introduced_are_known_up_to_a_day(db: &Db) {
    people(db).await;
    loaded(
        db,
        &[
            introduction("I-1", "R-1", "W-1", "2026-11-23"),
            introduction("I-2", "R-1", "W-2", "2026-11-24"),
            introduction("I-3", "R-2", "W-2", "2026-11-01"),
        ],
    )
    .await;
    let request = request_of(db, "R-1").await.id;
    let worker = worker_of(db, "W-1").await.id;
    let known = async |on| workers_seen_by(db.read(), request, day(on)).await.unwrap();
    assert!(known("2026-11-22").await.is_empty());
    assert_eq!(known("2026-11-23").await, [worker]);
    assert_eq!(known("2026-11-24").await.len(), 2);
}

async fn an_introduction_of_a_stranger_is_missing_them(db: &Db) {
    people(db).await;
    let write = db.write().await.unwrap();
    for (new, missing) in [
        (introduction("I-1", "R-9", "W-1", "2026-01-01"), "requests"),
        (introduction("I-1", "R-1", "W-9", "2026-01-01"), "workers"),
    ] {
        let refused = insert_many(&*write, &[new], None, None).await;
        assert!(
            matches!(refused, Err(StorageError::Missing { table, .. }) if table == missing),
            "{refused:?}"
        );
    }
}
