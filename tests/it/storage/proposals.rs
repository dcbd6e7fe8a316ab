//! Proposals: what was asked of whom, and what they said.

use dom::domain::proposal::{Over, PhoneFor, Proposal, ProposalState, Via};
use dom::domain::week::WeekGrid;
use dom::storage::proposals::{insert, latest, of_request, update};
use dom::storage::{Db, StorageError};

use super::sheets::people;
use super::{add_account, committed, on_both, request_of, worker_of};
use crate::support::people::day;

on_both!(
    every_field_of_a_proposal_is_kept,
    the_latest_proposal_counts_and_all_are_listed,
    a_stale_answer_is_refused,
);

async fn asked(db: &Db, worker: &str, new: &Proposal, by: i64) {
    let (request, worker) = (
        request_of(db, "R-1").await.id,
        worker_of(db, worker).await.id,
    );
    committed(db, async |write| {
        insert(&**write, request, worker, by, new).await.unwrap();
    })
    .await;
}

async fn every_field_of_a_proposal_is_kept(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    let bare = Proposal::new(day("2026-11-20"), None);
    asked(db, "W-1", &bare, by).await;
    let (request, worker) = (
        request_of(db, "R-1").await.id,
        worker_of(db, "W-1").await.id,
    );
    let mut stored = latest(db.read(), request, worker).await.unwrap().unwrap();
    assert_eq!((&stored.value, stored.version), (&bare, 1));
    stored.value = Proposal {
        state: ProposalState::Declined,
        proposed_on: day("2026-11-21"),
        expires_on: day("2026-11-26"),
        skipped_reason: Some("unreachable"),
        answered_on: Some(day("2026-11-22")),
        via: Some(Via::Desk),
        decline_reason: Some("pay"),
        told: Some("053011\thourly".to_owned()),
        cancelled: Some(Over::RequestOver),
        phone_for: Some(PhoneFor::Undelivered),
        reviewed_on: Some(day("2026-11-22")),
        part: Some(WeekGrid::parse("Mon 08:00-10:00").unwrap()),
    };
    committed(db, async |write| update(&**write, &stored).await.unwrap()).await;
    let now = latest(db.read(), request, worker).await.unwrap().unwrap();
    assert_eq!(
        (&now.value, now.id, now.version),
        (&stored.value, stored.id, 2)
    );
    stored.version = 2;
    stored.value = bare;
    committed(db, async |write| update(&**write, &stored).await.unwrap()).await;
    let now = latest(db.read(), request, worker).await.unwrap().unwrap();
    assert_eq!((&now.value, now.version), (&stored.value, 3));
}

async fn the_latest_proposal_counts_and_all_are_listed(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    for (worker, on) in [
        ("W-1", "2026-11-20"),
        ("W-2", "2026-11-21"),
        ("W-1", "2026-11-19"),
    ] {
        asked(db, worker, &Proposal::new(day(on), None), by).await;
    }
    let (request, other) = (
        request_of(db, "R-1").await.id,
        request_of(db, "R-2").await.id,
    );
    let one = worker_of(db, "W-1").await.id;
    let found = latest(db.read(), request, one).await.unwrap().unwrap();
    assert_eq!(found.value.proposed_on, day("2026-11-19"));
    assert!(latest(db.read(), other, one).await.unwrap().is_none());
    let lines = of_request(db.read(), request).await.unwrap();
    let lines: Vec<(i64, &str, &str, String)> = lines
        .iter()
        .map(|line| {
            (
                line.worker_id,
                line.worker.as_str(),
                line.worker_name.as_str(),
                line.proposal.value.proposed_on.to_string(),
            )
        })
        .collect();
    let two = worker_of(db, "W-2").await.id;
    let on = str::to_owned;
    assert_eq!(
        lines,
        [
            (one, "W-1", "Zoe Inventata", on("2026-11-19")),
            (two, "W-2", "Zoe Inventata", on("2026-11-21")),
            (one, "W-1", "Zoe Inventata", on("2026-11-20"))
        ]
    );
    assert!(of_request(db.read(), other).await.unwrap().is_empty());
}

async fn a_stale_answer_is_refused(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    let today = day("2026-11-20");
    asked(db, "W-1", &Proposal::new(today, None), by).await;
    let (request, worker) = (
        request_of(db, "R-1").await.id,
        worker_of(db, "W-1").await.id,
    );
    let mut yes = latest(db.read(), request, worker).await.unwrap().unwrap();
    let mut no = yes.clone();
    yes.value.accept(Via::Phone, today, today).unwrap();
    no.value.decline(Via::Phone, today, today, "hours").unwrap();
    committed(db, async |write| update(&**write, &yes).await.unwrap()).await;
    committed(db, async |write| {
        let refused = update(&**write, &no).await;
        assert!(
            matches!(refused, Err(StorageError::Stale { table: "proposals" })),
            "{refused:?}"
        );
    })
    .await;
    let now = latest(db.read(), request, worker).await.unwrap().unwrap();
    assert_eq!(now.value, yes.value);
}
