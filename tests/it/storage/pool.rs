//! What matching is given: those who may be matched, as they are stored, and
//! the weights in force.

use dom::domain::worker::{Worker, WorkerStatus};
use dom::matching::PoolWorker;
use dom::storage::{self, Db, StorageError};
use sea_orm::ConnectionTrait;

use super::{add_workers, committed, on_both};
use crate::support::db::weights;
use crate::support::people::{bare_worker, day, full_worker, worker};

on_both!(
    the_pool_is_what_the_workers_hold,
    the_pool_holds_nobody_who_may_not_be_matched,
    the_weights_of_a_day_are_the_last_before_it,
    weights_that_make_no_hundred_are_a_corrupt_row,
);

fn seen(stored: &Worker) -> PoolWorker {
    let stored = stored.clone();
    PoolWorker {
        code: stored.code.unwrap().to_string(),
        authorised_on: stored.consent_on.unwrap(),
        comune: stored.comune,
        max_km: stored.max_km,
        extra_comuni: stored.extra_comuni,
        relocates: stored.relocates,
        arrangements: stored.arrangements,
        availability: stored.availability,
        available_from: stored.available_from,
        confirmed_on: stored.confirmed_on,
        skills: stored.skills,
        qualifications: stored.qualifications,
        languages: stored.languages,
        experience_years: stored.experience_years,
        min_pay_hour: stored.min_pay_hour,
        min_pay_month: stored.min_pay_month,
        permit_type: stored.permit_type,
        permit_until: stored.permit_until,
        renewal_receipt: stored.renewal_receipt,
        work_right_confirmed: stored.work_right_confirmed,
        max_hours_week: stored.max_hours_week,
        accreditation: stored.accreditation,
        sex: stored.sex,
    }
}

async fn the_pool_is_what_the_workers_hold(db: &Db) {
    let today = day("2026-11-23");
    let workers = [
        Worker {
            consent_on: Some(today),
            ..bare_worker("W-1")
        },
        worker("W-2"),
        Worker {
            status: WorkerStatus::Active,
            ..full_worker("W-3")
        },
    ];
    add_workers(db, &workers).await;
    let pool = storage::pool::load(db.read()).await.unwrap();
    let expected: Vec<PoolWorker> = workers.iter().map(seen).collect();
    assert_eq!(format!("{pool:#?}"), format!("{expected:#?}"));
}

async fn the_pool_holds_nobody_who_may_not_be_matched(db: &Db) {
    let today = day("2026-11-23");
    let with = |code: &str, change: &dyn Fn(&mut Worker)| {
        let mut one = worker(code);
        change(&mut one);
        one
    };
    let workers = [
        with("W-today", &|one| one.consent_on = Some(today)),
        with("W-tomorrow", &|one| {
            one.consent_on = Some(day("2026-11-24"));
        }),
        with("W-never", &|one| one.consent_on = None),
        with("W-paused", &|one| one.status = WorkerStatus::Paused),
        with("W-placed", &|one| one.status = WorkerStatus::Placed),
        with("W-withdrawn", &|one| one.status = WorkerStatus::Withdrawn),
    ];
    add_workers(db, &workers).await;
    for on in ["2026-11-22", "2026-11-23", "2026-11-24", "2027-11-24"] {
        let pool = storage::pool::load(db.read()).await.unwrap();
        let pool: Vec<&str> = pool
            .iter()
            .filter(|one| one.authorised_on <= day(on))
            .map(|one| one.code.as_str())
            .collect();
        let expected: Vec<&str> = workers
            .iter()
            .filter(|one| one.is_in_pool(day(on)))
            .map(|one| one.code.as_ref().unwrap().as_str())
            .collect();
        assert_eq!(pool, expected, "on {on}");
    }
    // Whose authorisation begins tomorrow is there already.
    let pool = storage::pool::load(db.read()).await.unwrap();
    assert_eq!(pool.len(), 2);
}

async fn weights_on(db: &Db, on: &str) -> Result<(String, Vec<u32>), StorageError> {
    let (since, held) = storage::policy::weight_rows(db.read()).await?.on(day(on))?;
    let parts = held.parts().in_order();
    Ok((since.to_string(), parts.map(|(_, weight)| weight).to_vec()))
}

async fn the_weights_of_a_day_are_the_last_before_it(db: &Db) {
    committed(db, async |write| {
        for row in [
            weights("2026-06-01", "50, 10, 15, 10, 10, 5"),
            weights("2027-01-01", "0, 0, 0, 0, 0, 100"),
        ] {
            write.execute_unprepared(&row).await.unwrap();
        }
    })
    .await;
    let first = ("2012-01-01".to_owned(), vec![40, 20, 15, 10, 10, 5]);
    let second = ("2026-06-01".to_owned(), vec![50, 10, 15, 10, 10, 5]);
    assert_eq!(weights_on(db, "2012-01-01").await.unwrap(), first);
    assert_eq!(weights_on(db, "2026-05-31").await.unwrap(), first);
    assert_eq!(weights_on(db, "2026-06-01").await.unwrap(), second);
    assert_eq!(weights_on(db, "2026-12-31").await.unwrap(), second);
    assert_eq!(weights_on(db, "2027-01-01").await.unwrap().1[5], 100);
    let before = weights_on(db, "2011-12-31").await;
    assert!(
        matches!(
            before,
            Err(StorageError::Missing {
                table: "weight_rows",
                ..
            })
        ),
        "{before:?}"
    );
}

async fn weights_that_make_no_hundred_are_a_corrupt_row(db: &Db) {
    for (from, six, expected) in [
        ("2026-06-01", "41, 20, 15, 10, 10, 5", "coverage"),
        ("2026-07-01", "40, 20, -15, 40, 10, 5", "distance"),
    ] {
        committed(db, async |write| {
            let insert = weights(from, six);
            write.execute_unprepared(&insert).await.unwrap();
        })
        .await;
        let refused = weights_on(db, "2026-11-23").await;
        assert!(
            matches!(
                refused,
                Err(StorageError::CorruptRow { table: "weight_rows", column }) if column == expected
            ),
            "{refused:?}"
        );
    }
}
