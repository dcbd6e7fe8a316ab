//! What `SQLite` alone has: switches on every connection, and one writer.

use std::collections::BTreeSet;
use std::path::Path;

use dom::storage::connect::Place;
use dom::storage::counters::{draw, last, raise};
use dom::storage::migrator::migrate;
use dom::storage::{self, Db, StorageError};
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::committed;
use crate::support::db::{self, CONNECTIONS};
use crate::support::program::Folder;

async fn asked(db: &impl ConnectionTrait, pragma: &str) -> String {
    let statement = Statement::from_string(db.get_database_backend(), format!("PRAGMA {pragma}"));
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get_by_index::<String>(0)
        .or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string()))
        .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_connection_has_the_switches_of_the_house() {
    let test = db::sqlite().await;
    // Transactions that are open at once have a connection each.
    let mut open = Vec::new();
    for _ in 0..CONNECTIONS {
        open.push(test.db.read().begin().await.unwrap());
    }
    for transaction in &open {
        for (pragma, expected) in [
            ("journal_mode", "wal"),
            ("synchronous", "2"),
            ("foreign_keys", "1"),
            ("busy_timeout", "5000"),
        ] {
            assert_eq!(asked(transaction, pragma).await, expected, "{pragma}");
        }
    }
    drop(open);
    test.close().await;
}

/// Reads, then writes what it read: lost where two do it at once.
async fn raise_by_one(db: &Db) -> Result<(), StorageError> {
    let write = db.write().await?;
    let before = last(&*write, "turns").await?;
    tokio::task::yield_now().await;
    raise(&*write, "turns", before + 1).await?;
    write.commit().await
}

async fn two_hundred_turns(dbs: &[&Db]) -> i64 {
    let mut tasks = JoinSet::new();
    for task in 0..8 {
        let db = dbs[task % dbs.len()].clone();
        tasks.spawn(async move {
            for _ in 0..25 {
                raise_by_one(&db).await.unwrap();
            }
        });
    }
    tasks.join_all().await;
    last(dbs[0].read(), "turns").await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_of_one_program_take_turns_and_none_is_refused() {
    let test = db::sqlite().await;
    assert_eq!(two_hundred_turns(&[&test.db]).await, 200);
    test.close().await;
}

// Nothing but the file tells these two of each other, as with two programs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_of_two_programs_take_turns_and_none_is_refused() {
    let test = db::sqlite().await;
    let other = Db::open(&test.place, CONNECTIONS).await.unwrap();
    assert_eq!(two_hundred_turns(&[&test.db, &other]).await, 200);
    other.close().await.unwrap();
    test.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_writer_waits_for_whoever_has_the_file_and_readers_do_not() {
    let test = db::sqlite().await;
    let other = Db::open(&test.place, 1).await.unwrap();
    let (held, holding) = oneshot::channel();
    let (go, gone) = oneshot::channel::<()>();
    let holder = tokio::spawn(async move {
        let connection = other.read();
        // On the only connection that there is.
        connection
            .execute_unprepared("BEGIN EXCLUSIVE")
            .await
            .unwrap();
        connection
            .execute_unprepared("INSERT INTO counters VALUES ('number', 41)")
            .await
            .unwrap();
        held.send(()).unwrap();
        gone.await.unwrap();
        connection.execute_unprepared("COMMIT").await.unwrap();
        other.close().await.unwrap();
    });
    holding.await.unwrap();
    let (asking, asks) = oneshot::channel();
    let writer = {
        let db = test.db.clone();
        tokio::spawn(async move {
            asking.send(()).unwrap();
            committed(&db, async |write| {
                draw(&**write, "number", 1).await.unwrap()
            })
            .await
        })
    };
    asks.await.unwrap();
    // Many reads, in which a writer that does not wait would have failed.
    for _ in 0..200 {
        assert_eq!(last(test.db.read(), "number").await.unwrap(), 0);
        assert!(!writer.is_finished(), "it waits");
    }
    go.send(()).unwrap();
    assert_eq!(writer.await.unwrap(), 42, "it sees what was written before");
    holder.await.unwrap();
    test.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_committed_leaves_nothing_and_holds_nobody_up() {
    let test = db::sqlite().await;
    for _ in 0..20 {
        let write = test.db.write().await.unwrap();
        draw(&*write, "number", 1).await.unwrap();
        drop(write);
    }
    let drawn = committed(&test.db, async |write| {
        draw(&**write, "number", 1).await.unwrap()
    });
    assert_eq!(drawn.await, 1);
    test.close().await;
}

async fn opened_at(path: &Path) {
    let place = Place::Sqlite(path.to_owned());
    migrate(&place).await.unwrap();
    let db = Db::open(&place, 1).await.unwrap();
    assert_eq!(storage::places::desks(db.read()).await.unwrap().len(), 2);
    db.close().await.unwrap();
}

#[tokio::test]
async fn a_file_is_made_exactly_where_it_was_asked_for() {
    let folder = Folder::new();
    for name in ["a b", "qualità", "50%", "%41", "a?mode=ro", "a#b", "Олена"] {
        let inner = folder.path().join(name);
        std::fs::create_dir(&inner).unwrap();
        opened_at(&inner.join("dom.sqlite")).await;
        let files: BTreeSet<String> = std::fs::read_dir(&inner)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(files, BTreeSet::from(["dom.sqlite".to_owned()]), "{name}");
    }
}
