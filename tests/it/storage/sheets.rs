//! Sheets, their bytes, and the record of whom they told of whom.

use chrono::TimeDelta;
use dom::domain::delivery::Purpose;
use dom::storage::disclosures::{self, How};
use dom::storage::sheets::{
    NewSheet, count, find, find_by_code, insert, page, pdf, revoke, workers,
};
use dom::storage::{Db, StorageError};

use super::{
    add_account, add_families, add_requests, add_workers, committed, family_of, noon, on_both,
    request_of, worker_of,
};
use crate::support::people::{day, desk, family, number, request, worker};

on_both!(
    a_sheet_comes_back_by_its_number_and_by_its_code,
    the_bytes_of_a_sheet_come_back_to_the_last,
    a_sheet_is_revoked_once,
    sheets_are_listed_the_newest_first,
    a_sheet_names_its_workers_in_their_order,
    who_was_told_of_whom_stays_on_record,
    two_sheets_never_share_a_number_or_a_code,
);

/// Two workers, and a request of each of two families.
pub async fn people(db: &Db) {
    add_workers(db, &["W-1", "W-2"].map(worker)).await;
    add_families(db, &["F-1", "F-2"].map(family)).await;
    add_requests(db, &[request("R-1", "F-1"), request("R-2", "F-2")]).await;
}

async fn new_sheet(db: &Db, of: &str, by: i64) -> NewSheet {
    NewSheet {
        number: number(of),
        verification_code: format!("code of {of}"),
        request_id: request_of(db, "R-1").await.id,
        desk: desk("grosseto"),
        issued_by: by,
        issued_on: day("2026-11-23"),
        valid_until: day("2026-12-23"),
        language: "it".to_owned(),
        weights: "{\"coverage\":40}".to_owned(),
        explanation: "[\"perché così\"]".to_owned(),
        sha256: "ab".repeat(32),
        pdf: b"%PDF".to_vec(),
    }
}

/// A sheet of Grosseto for `R-1`; its key comes back.
pub async fn a_sheet(db: &Db, of: &str, by: i64) -> i64 {
    let new = new_sheet(db, of, by).await;
    committed(db, async |write| insert(&**write, new).await.unwrap()).await
}

async fn a_sheet_comes_back_by_its_number_and_by_its_code(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    let id = a_sheet(db, "GR-2026-0001", by).await;
    a_sheet(db, "GR-2026-0002", by).await;
    let sheet = find(db.read(), &number("GR-2026-0001"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (
            sheet.id,
            sheet.issued_by,
            sheet.version,
            sheet.desk.as_str()
        ),
        (id, by, 1, "grosseto")
    );
    assert_eq!(
        (sheet.request.as_str(), sheet.request_id, sheet.family_id),
        (
            "R-1",
            request_of(db, "R-1").await.id,
            family_of(db, "F-1").await.id
        )
    );
    assert_eq!(
        (sheet.issued_on, sheet.valid_until),
        (day("2026-11-23"), day("2026-12-23"))
    );
    assert_eq!((sheet.revoked_at, sheet.revoke_reason), (None, None));
    assert_eq!(sheet.sha256, "ab".repeat(32));
    let (same, desk) = find_by_code(db.read(), "code of GR-2026-0001")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (same.id, same.number.as_str(), desk.as_str()),
        (id, "GR-2026-0001", "Sportello di Grosseto")
    );
    for unknown in ["", "code of GR-2026-000", "CODE OF GR-2026-0001", "%"] {
        let none = find_by_code(db.read(), unknown).await.unwrap();
        assert!(none.is_none(), "{unknown}");
    }
    let none = find(db.read(), &number("GR-2026-0003")).await.unwrap();
    assert!(none.is_none());
    assert_eq!(count(db.read()).await.unwrap(), 2);
}

async fn the_bytes_of_a_sheet_come_back_to_the_last(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    // Every byte there is, many times: as long as a long sheet.
    let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(300_001).collect();
    let new = NewSheet {
        pdf: bytes.clone(),
        ..new_sheet(db, "GR-2026-0001", by).await
    };
    let id = committed(db, async |write| insert(&**write, new).await.unwrap()).await;
    assert_eq!(pdf(db.read(), id).await.unwrap(), bytes);
    let missing = pdf(db.read(), id + 1).await;
    assert!(
        matches!(
            missing,
            Err(StorageError::Missing {
                table: "sheet_documents",
                ..
            })
        ),
        "{missing:?}"
    );
}

async fn a_sheet_is_revoked_once(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    let id = a_sheet(db, "GR-2026-0001", by).await;
    a_sheet(db, "GR-2026-0002", by).await;
    committed(db, async |write| {
        revoke(&**write, id, noon(), "wrong family").await.unwrap();
    })
    .await;
    committed(db, async |write| {
        let again = revoke(&**write, id, noon() + TimeDelta::hours(1), "other").await;
        assert!(
            matches!(again, Err(StorageError::Stale { table: "sheets" })),
            "{again:?}"
        );
    })
    .await;
    let sheet = find(db.read(), &number("GR-2026-0001")).await.unwrap();
    let sheet = sheet.unwrap();
    assert_eq!(sheet.revoked_at, Some(noon()));
    assert_eq!(sheet.revoke_reason.as_deref(), Some("wrong family"));
    let other = find(db.read(), &number("GR-2026-0002")).await.unwrap();
    assert_eq!(other.unwrap().revoked_at, None);
}

async fn sheets_are_listed_the_newest_first(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    for (of, on) in [
        ("GR-2026-0001", "2026-11-23"),
        ("GR-2026-0002", "2026-11-22"),
        ("GR-2026-0003", "2026-11-23"),
    ] {
        let new = NewSheet {
            issued_on: day(on),
            ..new_sheet(db, of, by).await
        };
        let id = committed(db, async |write| insert(&**write, new).await.unwrap()).await;
        if of == "GR-2026-0002" {
            committed(db, async |write| {
                revoke(&**write, id, noon(), "lost").await.unwrap();
            })
            .await;
        }
    }
    let listed = page(db.read(), 1).await.unwrap();
    let numbers: Vec<(&str, bool)> = listed
        .rows
        .iter()
        .map(|line| (line.number.as_str(), line.revoked))
        .collect();
    assert_eq!(
        numbers,
        [
            ("GR-2026-0003", false),
            ("GR-2026-0001", false),
            ("GR-2026-0002", true)
        ]
    );
    assert_eq!(listed.total, 3);
    assert!(listed.rows.iter().all(|line| line.request == "R-1"));
}

async fn a_sheet_names_its_workers_in_their_order(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    let id = a_sheet(db, "GR-2026-0001", by).await;
    committed(db, async |write| {
        let told = [worker_of(db, "W-2").await.id, worker_of(db, "W-1").await.id];
        let new = disclosures::New {
            sheet_id: id,
            family_id: family_of(db, "F-1").await.id,
            how: How::Issued,
            fields: "given_name|phone",
            at: noon(),
            by,
            purpose: Purpose::Request,
        };
        disclosures::insert_many(&**write, &new, &told)
            .await
            .unwrap();
        // A second print names nobody twice.
        let again = disclosures::New {
            how: How::Printed,
            ..new
        };
        disclosures::insert_many(&**write, &again, &told)
            .await
            .unwrap();
    })
    .await;
    let named = workers(db.read(), id).await.unwrap();
    let named: Vec<(i64, &str, &str)> = named
        .iter()
        .map(|(id, name, code)| (*id, name.as_str(), code.as_str()))
        .collect();
    assert_eq!(
        named,
        [
            (worker_of(db, "W-2").await.id, "Zoe Inventata", "W-2"),
            (worker_of(db, "W-1").await.id, "Zoe Inventata", "W-1")
        ]
    );
}

async fn who_was_told_of_whom_stays_on_record(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    let (one, other) = (
        a_sheet(db, "GR-2026-0001", by).await,
        a_sheet(db, "GR-2026-0002", by).await,
    );
    let told = [worker_of(db, "W-1").await.id, worker_of(db, "W-2").await.id];
    let family = family_of(db, "F-1").await.id;
    for (sheet, how, hours, workers) in [
        (one, How::Issued, 0, &told[..]),
        (one, How::Printed, 2, &told[..1]),
        (other, How::Issued, 1, &told[..1]),
    ] {
        let new = disclosures::New {
            sheet_id: sheet,
            family_id: family,
            how,
            fields: "given_name|phone",
            at: noon() + TimeDelta::hours(hours),
            by,
            purpose: Purpose::Request,
        };
        committed(db, async |write| {
            disclosures::insert_many(&**write, &new, workers)
                .await
                .unwrap();
        })
        .await;
    }
    let of_worker = disclosures::of_worker(db.read(), told[0]).await.unwrap();
    let lines: Vec<(&str, &str, i64)> = of_worker
        .iter()
        .map(|line| {
            (
                line.sheet_number.as_str(),
                line.how.as_str(),
                (line.at - noon()).num_hours(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("GR-2026-0001", "printed", 2),
            ("GR-2026-0002", "issued", 1),
            ("GR-2026-0001", "issued", 0)
        ]
    );
    let first = &of_worker[0];
    assert_eq!(
        (
            first.family.as_str(),
            first.by.as_str(),
            first.fields.as_str()
        ),
        ("Elsa Provolini", "Ada Prova", "given_name|phone")
    );
    let of_sheet = disclosures::of_sheet(db.read(), one).await.unwrap();
    assert_eq!(of_sheet.len(), 3);
    let of_other = disclosures::of_worker(db.read(), told[1]).await.unwrap();
    assert_eq!(of_other.len(), 1);
}

async fn two_sheets_never_share_a_number_or_a_code(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    a_sheet(db, "GR-2026-0001", by).await;
    let of_the_number = NewSheet {
        verification_code: "another".to_owned(),
        ..new_sheet(db, "GR-2026-0001", by).await
    };
    let of_the_code = NewSheet {
        number: number("GR-2026-0002"),
        ..new_sheet(db, "GR-2026-0001", by).await
    };
    for new in [of_the_number, of_the_code] {
        let write = db.write().await.unwrap();
        let refused = insert(&*write, new).await;
        assert!(
            matches!(refused, Err(StorageError::Conflict { .. })),
            "{refused:?}"
        );
    }
}
