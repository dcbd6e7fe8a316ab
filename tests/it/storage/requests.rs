//! Requests: every field, the family they are of, those that are open.

use dom::domain::contract::Arrangement;
use dom::domain::request::{CareRequest, RequestStatus};
use dom::storage::{self, Db, StorageError, Stored};

use super::{add_families, add_requests, committed, family_of, on_both, request_code, request_of};
use crate::support::people::{bare_request, day, family, full_request, request};

on_both!(
    a_request_comes_back_as_it_was_stored,
    every_field_of_a_request_is_saved,
    a_stale_save_of_a_request_is_refused,
    a_request_of_an_unknown_family_is_missing_it,
    those_that_are_open_go_out_by_code,
    a_familys_requests_come_newest_first_and_never_more_than_a_page,
    those_who_live_in_are_told_from_the_others,
);

async fn a_request_comes_back_as_it_was_stored(db: &Db) {
    add_families(db, &["F-1", "F-2"].map(family)).await;
    let requests = [
        bare_request("R-1", "F-1"),
        request("R-2", "F-2"),
        full_request("R-3", "F-2"),
    ];
    add_requests(db, &requests).await;
    for (code, stored) in ["R-1", "R-2", "R-3"].iter().zip(&requests) {
        let found = request_of(db, code).await;
        assert_eq!(&found.value, stored);
        assert_eq!(found.version, 1);
    }
    let asked = ["R-3", "R-9", "R-1"].map(request_code);
    let found = storage::requests::find_many(db.read(), &asked)
        .await
        .unwrap();
    let values: Vec<&CareRequest> = found.iter().map(|one| &one.value).collect();
    assert_eq!(values, [&requests[0], &requests[2]]);
    let mut among = storage::requests::codes_among(db.read(), &asked)
        .await
        .unwrap();
    among.sort_unstable();
    assert_eq!(among, ["R-1", "R-3"]);
    let none = storage::requests::find(db.read(), &request_code("r-1")).await;
    assert!(none.unwrap().is_none());
}

async fn every_field_of_a_request_is_saved(db: &Db) {
    add_families(db, &["F-1", "F-2"].map(family)).await;
    add_requests(db, &[bare_request("R-1", "F-1"), request("R-2", "F-1")]).await;
    let mut stored = request_of(db, "R-1").await;
    let changes = [
        (2, full_request("R-9", "F-2")),
        (3, bare_request("R-1", "F-1")),
    ];
    for (version, value) in changes {
        stored.value = value;
        committed(db, async |write| {
            storage::requests::update(&**write, &stored).await.unwrap();
        })
        .await;
        let code = stored.value.code.clone().unwrap();
        let now = request_of(db, code.as_str()).await;
        assert_eq!(now.value, stored.value);
        assert_eq!((now.id, now.version), (stored.id, version));
        stored = now;
    }
    assert_eq!(request_of(db, "R-2").await.value, request("R-2", "F-1"));
}

async fn a_stale_save_of_a_request_is_refused(db: &Db) {
    add_families(db, &[family("F-1")]).await;
    add_requests(db, &[request("R-1", "F-1"), request("R-2", "F-1")]).await;
    let stale = Stored {
        version: 0,
        value: full_request("R-2", "F-1"),
        ..request_of(db, "R-2").await
    };
    let saved = [request_of(db, "R-1").await, stale];
    let write = db.write().await.unwrap();
    let refused = storage::requests::update_many(&*write, &saved).await;
    assert!(
        matches!(refused, Err(StorageError::Stale { table: "requests" })),
        "{refused:?}"
    );
    drop(write);
    for code in ["R-1", "R-2"] {
        let now = request_of(db, code).await;
        assert_eq!((now.value, now.version), (request(code, "F-1"), 1));
    }
}

async fn a_request_of_an_unknown_family_is_missing_it(db: &Db) {
    let write = db.write().await.unwrap();
    let refused = storage::requests::insert_many(&*write, &[request("R-1", "F-9")]).await;
    assert!(
        matches!(&refused, Err(StorageError::Missing { table: "families", key }) if key == "F-9"),
        "{refused:?}"
    );
    storage::requests::insert_many(&*write, &[]).await.unwrap();
    storage::requests::update_many(&*write, &[]).await.unwrap();
}

async fn those_that_are_open_go_out_by_code(db: &Db) {
    add_families(db, &[family("F-1")]).await;
    let with = |code: &str, status| CareRequest {
        status,
        ..request(code, "F-1")
    };
    let all = RequestStatus::ALL.map(|status| with(&format!("R-{}", status.code()), status));
    add_requests(db, &all).await;
    add_requests(
        db,
        &[
            with("R-a", RequestStatus::Open),
            with("R-Z", RequestStatus::Open),
        ],
    )
    .await;
    let mut open = Vec::new();
    let mut last = None;
    loop {
        let piece = storage::requests::open_after(db.read(), last.as_ref(), 2)
            .await
            .unwrap();
        let Some(one) = piece.last() else { break };
        last.clone_from(&one.value.code);
        open.extend(piece.iter().map(|one| one.value.cells()[0].clone()));
    }
    assert_eq!(open, ["R-Z", "R-a", "R-open"]);
    for (status, expected) in RequestStatus::ALL.iter().zip([3, 1, 1, 1, 1]) {
        let count = storage::requests::count(db.read(), *status).await.unwrap();
        assert_eq!(count, expected, "{status:?}");
    }
}

async fn a_familys_requests_come_newest_first_and_never_more_than_a_page(db: &Db) {
    add_families(db, &["F-1", "F-2"].map(family)).await;
    let opened = |code: &str, on: &str| CareRequest {
        opened_on: day(on),
        ..request(code, "F-1")
    };
    add_requests(
        db,
        &[
            opened("R-1", "2026-01-01"),
            opened("R-2", "2026-03-01"),
            opened("R-3", "2026-03-01"),
            request("R-4", "F-2"),
        ],
    )
    .await;
    let id = family_of(db, "F-1").await.id;
    let of_family = storage::requests::of_family(db.read(), id).await.unwrap();
    let codes: Vec<String> = of_family
        .iter()
        .map(|one| one.value.cells()[0].clone())
        .collect();
    assert_eq!(codes, ["R-3", "R-2", "R-1"]);
    let more: Vec<CareRequest> = (10..40)
        .map(|i| opened(&format!("R-{i}"), "2026-02-01"))
        .collect();
    add_requests(db, &more).await;
    let of_family = storage::requests::of_family(db.read(), id).await.unwrap();
    assert_eq!(of_family.len(), 25);
}

async fn those_who_live_in_are_told_from_the_others(db: &Db) {
    add_families(db, &[family("F-1")]).await;
    let all = Arrangement::ALL.map(|arrangement| CareRequest {
        arrangement,
        ..request(&format!("R-{arrangement}"), "F-1")
    });
    add_requests(db, &all).await;
    let asked = ["R-hourly", "R-live_in", "R-night", "R-9"].map(request_code);
    let live_in = storage::requests::live_in_among(db.read(), &asked)
        .await
        .unwrap();
    assert_eq!(live_in, ["R-live_in"]);
}
