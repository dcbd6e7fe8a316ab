//! Workers and families: every field comes back, is saved, and never over a
//! version that somebody else has changed.

use dom::domain::ids::PartnerCode;
use dom::domain::partner::Contract;
use dom::domain::week::WeekGrid;
use dom::domain::worker::{Worker, WorkerStatus};
use dom::storage::places::{Desk, Partner};
use dom::storage::rows::{Cells, week_cell};
use dom::storage::{self, Db, StorageError, Stored};

use super::{
    add_families, add_workers, committed, family_code, family_of, on_both, worker_code, worker_of,
};
use crate::support::people::{
    bare_family, bare_worker, comune, desk, family, full_family, full_worker, worker,
};

on_both!(
    a_worker_comes_back_as_it_was_stored,
    every_field_of_a_worker_is_saved,
    a_family_comes_back_as_it_was_stored,
    every_field_of_a_family_is_saved,
    several_are_found_by_code_and_strangers_are_left_out,
    a_stale_save_is_refused_and_changes_nothing,
    one_stale_save_among_many_ends_them_all,
    a_record_of_an_unknown_desk_or_partner_is_missing_it,
    nothing_to_add_or_to_save_is_no_error,
    a_whole_chunk_goes_in_and_comes_out_at_once,
    workers_are_locked_in_the_transaction_of_a_writer,
    desks_and_partners_come_back_by_code,
);

async fn add_partner(db: &Db, code: &str) {
    let partner = Partner {
        code: PartnerCode::parse(code).unwrap(),
        name: "Punto di prova".to_owned(),
        kind: "punto_insieme".to_owned(),
        contract: Contract::default(),
    };
    committed(db, async |write| {
        storage::places::add_partner(&**write, &partner)
            .await
            .unwrap();
    })
    .await;
}

async fn save_worker(db: &Db, saved: &Stored<Worker>) -> Result<(), StorageError> {
    let write = db.write().await.unwrap();
    storage::workers::update(&*write, saved).await?;
    write.commit().await
}

async fn a_worker_comes_back_as_it_was_stored(db: &Db) {
    let workers = [bare_worker("W-1"), worker("W-2"), full_worker("W-3")];
    add_workers(db, &workers).await;
    for (code, stored) in ["W-1", "W-2", "W-3"].iter().zip(&workers) {
        let found = worker_of(db, code).await;
        assert_eq!(&found.value, stored);
        assert_eq!(found.version, 1);
    }
}

async fn every_field_of_a_worker_is_saved(db: &Db) {
    add_workers(db, &[bare_worker("W-1"), worker("W-2")]).await;
    let mut stored = worker_of(db, "W-1").await;
    // There and back: nothing stated becomes all stated, and all becomes nothing.
    for (version, value) in [(2, full_worker("W-9")), (3, bare_worker("W-1"))] {
        stored.value = value;
        save_worker(db, &stored).await.unwrap();
        let code = stored.value.code.clone().unwrap();
        let now = worker_of(db, code.as_str()).await;
        assert_eq!(now.value, stored.value);
        assert_eq!((now.id, now.version), (stored.id, version));
        stored = now;
    }
    assert_eq!(worker_of(db, "W-2").await.value, worker("W-2"));
}

async fn a_family_comes_back_as_it_was_stored(db: &Db) {
    add_partner(db, "pi").await;
    let families = [bare_family("F-1"), family("F-2"), full_family("F-3", "pi")];
    add_families(db, &families).await;
    for (code, stored) in ["F-1", "F-2", "F-3"].iter().zip(&families) {
        let found = family_of(db, code).await;
        assert_eq!(&found.value, stored);
        assert_eq!(found.version, 1);
    }
    assert_eq!(storage::families::count(db.read()).await.unwrap(), 3);
}

async fn every_field_of_a_family_is_saved(db: &Db) {
    add_partner(db, "pi").await;
    add_families(db, &[bare_family("F-1"), family("F-2")]).await;
    let mut stored = family_of(db, "F-1").await;
    for (version, value) in [(2, full_family("F-9", "pi")), (3, bare_family("F-1"))] {
        stored.value = value;
        committed(db, async |write| {
            storage::families::update(&**write, &stored).await.unwrap();
        })
        .await;
        let code = stored.value.code.clone().unwrap();
        let now = family_of(db, code.as_str()).await;
        assert_eq!(now.value, stored.value);
        assert_eq!((now.id, now.version), (stored.id, version));
        stored = now;
    }
    assert_eq!(family_of(db, "F-2").await.value, family("F-2"));
}

async fn several_are_found_by_code_and_strangers_are_left_out(db: &Db) {
    add_workers(db, &["W-b", "W-B", "W-1"].map(worker)).await;
    add_families(db, &["F-2", "F-1"].map(family)).await;
    let asked = ["W-b", "W-9", "W-B", "w-1", "W-1"].map(worker_code);
    let found = storage::workers::find_many(db.read(), &asked)
        .await
        .unwrap();
    let codes: Vec<String> = found
        .iter()
        .map(|one| one.value.cells()[0].clone())
        .collect();
    assert_eq!(codes, ["W-1", "W-B", "W-b"]);
    let mut among = storage::workers::codes_among(db.read(), &asked)
        .await
        .unwrap();
    among.sort_unstable();
    assert_eq!(among, codes);

    let asked = ["F-9", "F-2", "F-1"].map(family_code);
    let found = storage::families::find_many(db.read(), &asked)
        .await
        .unwrap();
    let codes: Vec<String> = found
        .iter()
        .map(|one| one.value.cells()[0].clone())
        .collect();
    assert_eq!(codes, ["F-1", "F-2"]);
    let mut among = storage::families::codes_among(db.read(), &asked)
        .await
        .unwrap();
    among.sort_unstable();
    assert_eq!(among, codes);

    let nobody = storage::workers::find(db.read(), &worker_code("W-9")).await;
    assert!(nobody.unwrap().is_none());
    let nobody = storage::families::find(db.read(), &family_code("F-9")).await;
    assert!(nobody.unwrap().is_none());
}

async fn a_stale_save_is_refused_and_changes_nothing(db: &Db) {
    add_workers(db, &[full_worker("W-1")]).await;
    add_families(db, &[family("F-1")]).await;
    let (read, mut first) = (worker_of(db, "W-1").await, worker_of(db, "W-1").await);
    first.value.status = WorkerStatus::Placed;
    save_worker(db, &first).await.unwrap();
    let mut second = read;
    second.value = bare_worker("W-1");
    // Committed all the same, so that whatever it wrote would stay.
    committed(db, async |write| {
        let refused = storage::workers::update(&**write, &second).await;
        assert!(
            matches!(refused, Err(StorageError::Stale { table: "workers" })),
            "{refused:?}"
        );
    })
    .await;
    let now = worker_of(db, "W-1").await;
    assert_eq!((&now.value, now.version), (&first.value, 2));

    let stale = Stored {
        version: 2,
        ..family_of(db, "F-1").await
    };
    committed(db, async |write| {
        let refused = storage::families::update(&**write, &stale).await;
        assert!(
            matches!(refused, Err(StorageError::Stale { table: "families" })),
            "{refused:?}"
        );
    })
    .await;
    assert_eq!(family_of(db, "F-1").await.version, 1);
}

async fn one_stale_save_among_many_ends_them_all(db: &Db) {
    add_workers(db, &["W-1", "W-2", "W-3"].map(worker)).await;
    let mut saved = Vec::new();
    for code in ["W-1", "W-2", "W-3"] {
        let mut one = worker_of(db, code).await;
        one.value.status = WorkerStatus::Withdrawn;
        saved.push(one);
    }
    let mut between = worker_of(db, "W-2").await;
    between.value.status = WorkerStatus::Placed;
    save_worker(db, &between).await.unwrap();
    let write = db.write().await.unwrap();
    let refused = storage::workers::update_many(&*write, &saved).await;
    assert!(
        matches!(refused, Err(StorageError::Stale { .. })),
        "{refused:?}"
    );
    drop(write);
    assert_eq!(
        worker_of(db, "W-1").await.value.status,
        WorkerStatus::Active
    );
    assert_eq!(worker_of(db, "W-3").await.version, 1);
}

async fn a_record_of_an_unknown_desk_or_partner_is_missing_it(db: &Db) {
    let write = db.write().await.unwrap();
    let stranger = Worker {
        desk: desk("siena"),
        ..worker("W-1")
    };
    let refused = storage::workers::insert_many(&*write, &[stranger]).await;
    assert!(
        matches!(&refused, Err(StorageError::Missing { table: "desks", key }) if key == "siena"),
        "{refused:?}"
    );
    let refused = storage::families::insert_many(&*write, &[full_family("F-1", "pi")]).await;
    assert!(
        matches!(&refused, Err(StorageError::Missing { table: "partners", key }) if key == "pi"),
        "{refused:?}"
    );
}

async fn nothing_to_add_or_to_save_is_no_error(db: &Db) {
    committed(db, async |write| {
        storage::workers::insert_many(&**write, &[]).await.unwrap();
        storage::workers::update_many(&**write, &[]).await.unwrap();
        storage::families::insert_many(&**write, &[]).await.unwrap();
        storage::families::update_many(&**write, &[]).await.unwrap();
    })
    .await;
    assert!(
        storage::workers::find_many(db.read(), &[])
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        storage::families::after(db.read(), None, 10)
            .await
            .unwrap()
            .is_empty()
    );
}

async fn a_whole_chunk_goes_in_and_comes_out_at_once(db: &Db) {
    let workers: Vec<Worker> = (0..storage::rows::CHUNK)
        .map(|i| full_worker(&format!("W-{i:06}")))
        .collect();
    add_workers(db, &workers).await;
    let codes: Vec<_> = workers.iter().filter_map(|one| one.code.clone()).collect();
    let found = storage::workers::find_many(db.read(), &codes)
        .await
        .unwrap();
    assert!(found.iter().map(|one| &one.value).eq(&workers));
}

async fn workers_are_locked_in_the_transaction_of_a_writer(db: &Db) {
    add_workers(db, &["W-1", "W-2"].map(worker)).await;
    let mut one = worker_of(db, "W-1").await;
    let write = db.write().await.unwrap();
    storage::workers::lock(&*write, &[one.id, 0]).await.unwrap();
    one.value.status = WorkerStatus::Placed;
    let other = {
        let (db, one) = (db.clone(), one.clone());
        tokio::spawn(async move { save_worker(&db, &one).await })
    };
    // Whoever holds the lock saves first; the other one finds it stale.
    storage::workers::update(&*write, &one).await.unwrap();
    write.commit().await.unwrap();
    let late = other.await.unwrap();
    assert!(matches!(late, Err(StorageError::Stale { .. })), "{late:?}");
}

async fn desks_and_partners_come_back_by_code(db: &Db) {
    let siena = Desk {
        code: desk("Siena"),
        name: "Sportello di Siena".to_owned(),
        sheet_prefix: "SI".to_owned(),
        comune: comune("052032"),
        address: None,
        phone: None,
    };
    committed(db, async |write| {
        storage::places::add_desk(&**write, &siena).await.unwrap();
    })
    .await;
    for code in ["pi_b", "pi-a", "PI"] {
        add_partner(db, code).await;
    }
    let desks = storage::places::desks(db.read()).await.unwrap();
    let codes: Vec<&str> = desks.iter().map(|(_, desk)| desk.code.as_str()).collect();
    assert_eq!(codes, ["Siena", "follonica", "grosseto"]);
    assert_eq!(desks[0].1, siena);
    assert_eq!(desks[2].1.phone.as_deref(), Some("0564 28246"));
    let partners = storage::places::partners(db.read()).await.unwrap();
    let codes: Vec<&str> = partners.iter().map(|(_, one)| one.code.as_str()).collect();
    assert_eq!(codes, ["PI", "pi-a", "pi_b"]);
    assert_eq!(partners[0].1.kind, "punto_insieme");
}

#[test]
fn the_cell_of_a_week_keeps_every_half_hour() {
    let cells = Cells("workers");
    for slot in 0..336 {
        let week = WeekGrid::from_slots([slot]);
        let back = cells.week("availability", &week_cell(&week)).unwrap();
        assert_eq!(back, week, "slot {slot}");
    }
    let whole = WeekGrid::from_slots(0..336);
    assert_eq!(
        cells.week("availability", &week_cell(&whole)).unwrap(),
        whole
    );
    for length in [0, 8, 47, 49, 56] {
        assert!(cells.week("availability", &vec![0; length]).is_err());
    }
}
