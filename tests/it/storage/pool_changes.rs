//! The revisions of what matching reads: nothing that is committed lacks one,
//! whatever wrote it, and they come without a gap in the order of the commits.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use dom::storage::entity::worker;
use dom::storage::pool_changes::{Changes, Since, forget, revision, since};
use dom::storage::{self, Db};
use sea_orm::{ConnectionTrait, DbBackend, IdenStatic, Iterable, Statement};

use super::{add_families, add_requests, add_workers, committed, on_both};
use crate::support::db;
use crate::support::people::{family, introduction, request, worker};

on_both!(
    a_change_of_any_column_of_a_worker_is_told,
    every_kind_of_change_is_told,
    what_matching_reads_has_a_trigger_for_every_change,
    nothing_is_told_before_its_commit_and_never_what_was_not_committed,
    revisions_have_no_gap_and_come_in_the_order_of_the_commits,
    what_is_forgotten_is_missed_by_whoever_had_not_seen_it,
);

async fn run(db: &Db, statement: &str) {
    committed(db, async |write| {
        let done = write.execute_unprepared(statement).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    })
    .await;
}

/// What one statement, committed, is told as.
async fn told(db: &Db, statement: &str) -> Changes {
    let before = revision(db.read()).await.unwrap();
    run(db, statement).await;
    match since(db.read(), before).await.unwrap() {
        Since::Changed(changes) => changes,
        other => panic!("{statement}: {other:?}"),
    }
}

fn codes(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    let owned = |(worker, request): &(&str, &str)| ((*worker).to_owned(), (*request).to_owned());
    pairs.iter().map(owned).collect()
}

async fn two_workers_and_an_introduction(db: &Db) {
    add_workers(db, &[worker("W-1"), worker("W-2")]).await;
    add_families(db, &[family("F-1")]).await;
    add_requests(db, &[request("R-1", "F-1"), request("R-2", "F-1")]).await;
    let introduction = introduction("I-1", "R-1", "W-1", "2026-11-20");
    committed(db, async |write| {
        storage::introductions::insert_many(&**write, &[introduction], None, None)
            .await
            .unwrap();
    })
    .await;
}

async fn a_change_of_any_column_of_a_worker_is_told(db: &Db) {
    two_workers_and_an_introduction(db).await;
    for column in worker::Column::iter().map(|column| column.as_str()) {
        let changes = told(
            db,
            &format!("UPDATE workers SET {column} = {column} WHERE code = 'W-1'"),
        )
        .await;
        assert_eq!(changes.workers, codes(&["W-1"]), "{column}");
        assert!(changes.introductions.is_empty() && !changes.others);
    }
}

async fn every_kind_of_change_is_told(db: &Db) {
    two_workers_and_an_introduction(db).await;
    let account = super::add_account(db, "ada@prova.example").await;
    let change = told(db, "UPDATE workers SET code = 'W-3' WHERE code = 'W-2'").await;
    assert_eq!(change.workers, codes(&["W-2", "W-3"]));
    let moved = "UPDATE introductions SET worker_id = (SELECT id FROM workers WHERE code = 'W-3')";
    let change = told(db, moved).await;
    assert_eq!(
        change.introductions,
        pairs(&[("W-1", "R-1"), ("W-3", "R-1")])
    );
    let dated = "UPDATE introductions SET issued_on = '2026-11-21'";
    let change = told(db, dated).await;
    assert_eq!(change.introductions, pairs(&[("W-3", "R-1")]));
    let named = "UPDATE requests SET code = 'R-9' WHERE code = 'R-1'";
    let change = told(db, named).await;
    assert_eq!(
        change.introductions,
        pairs(&[("W-3", "R-1"), ("W-3", "R-9")])
    );
    let change = told(db, "DELETE FROM introductions").await;
    assert_eq!(change.introductions, pairs(&[("W-3", "R-9")]));
    run(db, "DELETE FROM worker_statistics").await;
    let change = told(db, "DELETE FROM workers WHERE code = 'W-3'").await;
    assert_eq!(change.workers, codes(&["W-3"]));
    let block = |kind: &str, record: &str| {
        format!(
            "INSERT INTO blocks (kind, record, reason, words, review_on, proposed_by, proposed_at, version) \
             VALUES ('{kind}', '{record}', 'violence', '', '2027-01-01', {account}, '2026-11-23 12:00:00+00:00', 1)"
        )
    };
    let change = told(db, &block("worker", "W-1")).await;
    assert_eq!(change.workers, codes(&["W-1"]));
    let change = told(db, "UPDATE blocks SET ended_by = proposed_by").await;
    assert_eq!(change.workers, codes(&["W-1"]));
    let change = told(db, "DELETE FROM blocks").await;
    assert_eq!(change.workers, codes(&["W-1"]));
    let family = block("family", "F-1");
    let weights = db::weights("2026-06-01", "50, 10, 15, 10, 10, 5");
    for other in [
        family.as_str(),
        "UPDATE blocks SET ended_by = proposed_by",
        weights.as_str(),
        "UPDATE weight_rows SET coverage = 40, distance = 25 WHERE valid_from = '2026-06-01'",
        "DELETE FROM weight_rows WHERE valid_from = '2026-06-01'",
    ] {
        let change = told(db, other).await;
        assert!(change.others && change.workers.is_empty(), "{other}");
    }
    // What matching does not read takes no revision.
    let before = revision(db.read()).await.unwrap();
    run(db, "UPDATE families SET phone = NULL").await;
    run(db, "UPDATE requests SET status = 'closed'").await;
    assert_eq!(since(db.read(), before).await.unwrap(), Since::Nothing);
}

async fn what_matching_reads_has_a_trigger_for_every_change(db: &Db) {
    let read = Arc::new(Mutex::new(Vec::new()));
    let seen = read.clone();
    let watched = db
        .clone()
        .watched(move |sql| seen.lock().unwrap().push(sql.to_owned()));
    storage::pool::load(watched.read()).await.unwrap();
    storage::introductions::seen(watched.read()).await.unwrap();
    storage::policy::weight_rows(watched.read()).await.unwrap();
    let families = storage::merges::People::Families;
    storage::blocks::all_held(watched.read(), families)
        .await
        .unwrap();
    let mut tables = BTreeSet::new();
    for statement in read.lock().unwrap().iter() {
        for word in ["FROM \"", "JOIN \""] {
            let named = statement.split(word).skip(1);
            tables.extend(named.filter_map(|rest| rest.split('"').next().map(str::to_owned)));
        }
    }
    let expected = [
        "blocks",
        "introductions",
        "requests",
        "restrictions",
        "weight_rows",
        "workers",
    ];
    assert_eq!(tables, codes(&expected));
    let of_database = match db.read().get_database_backend() {
        DbBackend::Postgres => "SELECT tgname::text AS name FROM pg_trigger",
        _ => "SELECT lower(name) AS name FROM sqlite_master WHERE type = 'trigger'",
    };
    let statement = Statement::from_string(db.read().get_database_backend(), of_database);
    let rows = db.read().query_all_raw(statement).await.unwrap();
    let triggers: BTreeSet<String> = rows
        .iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect();
    for table in tables {
        // A request with introductions can't go, and one without is not read.
        let events: &[&str] = match table.as_str() {
            "requests" => &["update"],
            _ => &["insert", "update", "delete"],
        };
        for event in events {
            let name = format!("pool_{table}_{event}");
            assert!(triggers.contains(&name), "{name} of {triggers:?}");
        }
    }
}

async fn nothing_is_told_before_its_commit_and_never_what_was_not_committed(db: &Db) {
    two_workers_and_an_introduction(db).await;
    let before = revision(db.read()).await.unwrap();
    let touch = "UPDATE workers SET phone = NULL WHERE code = 'W-1'";
    let write = db.write().await.unwrap();
    write.execute_unprepared(touch).await.unwrap();
    assert_eq!(since(db.read(), before).await.unwrap(), Since::Nothing);
    drop(write);
    assert_eq!(since(db.read(), before).await.unwrap(), Since::Nothing);
    let change = told(db, touch).await;
    assert_eq!(
        change.revision,
        before + 1,
        "what was rolled back left a gap"
    );
    // Many rows of one transaction are told together.
    let change = told(db, "UPDATE workers SET phone = NULL").await;
    assert_eq!(change.workers, codes(&["W-1", "W-2"]));
}

async fn revisions_have_no_gap_and_come_in_the_order_of_the_commits(db: &Db) {
    const WRITERS: usize = 4;
    const WRITES: u32 = 20;
    let workers: Vec<_> = (0..WRITERS).map(|n| worker(&format!("W-{n}"))).collect();
    add_workers(db, &workers).await;
    let began = revision(db.read()).await.unwrap();
    let over = Arc::new(AtomicBool::new(false));
    // Looks all the time, from the last revision that it saw.
    let looking = tokio::spawn({
        let (db, over) = (db.clone(), over.clone());
        async move {
            let (mut known, mut looks) = (began, 0);
            let mut values: [u32; WRITERS] = [0; WRITERS];
            loop {
                let last = over.load(Ordering::Relaxed);
                let snapshot = db.snapshot().await.unwrap();
                match since(&snapshot, known).await.unwrap() {
                    Since::Nothing if last => return (known, looks, values),
                    Since::Nothing => {}
                    Since::TooMuch { .. } => panic!("a revision is missing after {known}"),
                    Since::Changed(changes) => {
                        assert!(changes.revision > known);
                        known = changes.revision;
                        looks += 1;
                        let workers: Vec<String> = changes.workers.into_iter().collect();
                        for worker in storage::pool::of(&snapshot, &workers).await.unwrap() {
                            let n: usize = worker.code[2..].parse().unwrap();
                            let value = worker.max_hours_week.unwrap();
                            assert!(value > values[n], "{n} went from {} to {value}", values[n]);
                            values[n] = value;
                        }
                    }
                }
                tokio::task::yield_now().await;
            }
        }
    });
    let mut writers = Vec::new();
    for n in 0..WRITERS {
        let db = db.clone();
        writers.push(tokio::spawn(async move {
            for value in 1..=WRITES {
                let write = db.write().await.unwrap();
                let set =
                    format!("UPDATE workers SET max_hours_week = {value} WHERE code = 'W-{n}'");
                write.execute_unprepared(&set).await.unwrap();
                tokio::task::yield_now().await;
                write.commit().await.unwrap();
                // And one that comes to nothing.
                let write = db.write().await.unwrap();
                let nothing =
                    format!("UPDATE workers SET max_hours_week = 99 WHERE code = 'W-{n}'");
                write.execute_unprepared(&nothing).await.unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    over.store(true, Ordering::Relaxed);
    let (known, looks, values) = looking.await.unwrap();
    assert_eq!(known - began, i64::from(WRITES) * 4);
    assert_eq!(values, [WRITES; WRITERS]);
    assert!(looks > 1, "nothing was seen on the way");
}

async fn what_is_forgotten_is_missed_by_whoever_had_not_seen_it(db: &Db) {
    add_workers(db, &[worker("W-1")]).await;
    let began = revision(db.read()).await.unwrap();
    for _ in 0..10 {
        run(db, "UPDATE workers SET phone = NULL").await;
    }
    let forgotten = async |kept, most| {
        committed(db, async |write| {
            forget(&**write, kept, most).await.unwrap()
        })
        .await
    };
    assert_eq!(forgotten(4, 3).await, 3, "no more than it may at once");
    assert_eq!(forgotten(4, 100).await, u64::try_from(began).unwrap() + 3);
    assert_eq!(forgotten(4, 100).await, 0);
    let now = began + 10;
    for known in began - 1..=now {
        let seen = since(db.read(), known).await.unwrap();
        let expected = match known {
            _ if known == now => Since::Nothing,
            _ if known >= now - 4 => Since::Changed(Changes {
                revision: now,
                workers: codes(&["W-1"]),
                ..Changes::default()
            }),
            _ => Since::TooMuch { revision: now },
        };
        assert_eq!(seen, expected, "{known} of {now}");
    }
    // A database that was put back is not what somebody knew.
    let ahead = since(db.read(), now + 5).await.unwrap();
    assert_eq!(ahead, Since::TooMuch { revision: now });
    assert_eq!(forgotten(0, 100).await, 4);
    assert_eq!(since(db.read(), now).await.unwrap(), Since::Nothing);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_began_earlier_and_commits_later_comes_later() {
    let test = db::postgres().await;
    let db = &test.db;
    add_workers(db, &[worker("W-1"), worker("W-2")]).await;
    let began = revision(db.read()).await.unwrap();
    let first = db.write().await.unwrap();
    let touch = |code: &str| format!("UPDATE workers SET phone = NULL WHERE code = '{code}'");
    first.execute_unprepared(&touch("W-1")).await.unwrap();
    let changes = told(db, &touch("W-2")).await;
    assert_eq!(
        (changes.revision, changes.workers),
        (began + 1, codes(&["W-2"]))
    );
    first.commit().await.unwrap();
    let Since::Changed(changes) = since(db.read(), began + 1).await.unwrap() else {
        panic!("what was committed late is told");
    };
    assert_eq!(
        (changes.revision, changes.workers),
        (began + 2, codes(&["W-1"]))
    );
    test.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_writer_that_is_killed_before_its_commit_leaves_no_revision() {
    let test = db::postgres().await;
    let db = &test.db;
    add_workers(db, &[worker("W-1")]).await;
    let began = revision(db.read()).await.unwrap();
    let write = db.write().await.unwrap();
    let touch = "UPDATE workers SET phone = NULL WHERE code = 'W-1'";
    write.execute_unprepared(touch).await.unwrap();
    let pid = Statement::from_string(DbBackend::Postgres, "SELECT pg_backend_pid() AS pid");
    let pid: i32 = write
        .query_one_raw(pid)
        .await
        .unwrap()
        .unwrap()
        .try_get("", "pid")
        .unwrap();
    let kill = format!("SELECT pg_terminate_backend({pid})");
    db.read().execute_unprepared(&kill).await.unwrap();
    assert!(write.commit().await.is_err());
    assert_eq!(since(db.read(), began).await.unwrap(), Since::Nothing);
    let changes = told(db, touch).await;
    assert_eq!(changes.revision, began + 1);
    test.close().await;
}
