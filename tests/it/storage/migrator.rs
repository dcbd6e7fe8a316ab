//! Migrating: twice, by several at once, beside a program that works, with a
//! parent rebuilt under its children, and with a reference left broken.

use std::collections::BTreeSet;

use dom::migrations::{Migrator, checked};
use dom::storage::connect::Place;
use dom::storage::migrator::{migrate, migrate_with, pending};
use dom::storage::{Db, StorageError};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use sea_orm_migration::prelude::{DeriveMigrationName, SchemaManager};
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};
use tokio::sync::oneshot;

use super::sheets::people;
use crate::support::db::{self, TestDb};
use crate::support::program::Folder;
use crate::support::server::empty_database;

/// Rebuilds the table of workers as `SQLite` needs it for most changes: a parent
/// of half the tables there are.
#[derive(DeriveMigrationName)]
struct Rebuild;

#[async_trait::async_trait]
impl MigrationTrait for Rebuild {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        if db.get_database_backend() == DbBackend::Sqlite {
            let select = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'workers'";
            let row = db
                .query_one_raw(Statement::from_string(DbBackend::Sqlite, select))
                .await?
                .unwrap();
            let made: String = row.try_get("", "sql")?;
            let (head, columns) = made.split_once('(').unwrap();
            assert!(head.contains("workers"), "{head}");
            let rebuilt = format!("CREATE TABLE workers_new (\"extra\" integer, {columns}");
            db.execute_unprepared(&rebuilt).await?;
            db.execute_unprepared("INSERT INTO workers_new SELECT NULL, * FROM workers")
                .await?;
            db.execute_unprepared("DROP TABLE workers").await?;
            db.execute_unprepared("ALTER TABLE workers_new RENAME TO workers")
                .await?;
        } else {
            db.execute_unprepared("ALTER TABLE workers ADD COLUMN extra integer")
                .await?;
        }
        Ok(())
    }
}

/// Takes parents away under their children, after something that would work.
#[derive(DeriveMigrationName)]
struct Break;

#[async_trait::async_trait]
impl MigrationTrait for Break {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("CREATE TABLE left_behind (id integer)")
            .await?;
        db.execute_unprepared("DELETE FROM families").await?;
        Ok(())
    }
}

struct WithRebuild;

impl MigratorTrait for WithRebuild {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = Migrator::migrations();
        all.push(checked(Rebuild));
        all
    }
}

struct WithBreak;

impl MigratorTrait for WithBreak {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let mut all = Migrator::migrations();
        all.push(checked(Break));
        all
    }
}

async fn texts(db: &Db, query: &str) -> BTreeSet<String> {
    let statement = Statement::from_string(db.read().get_database_backend(), query);
    let rows = db.read().query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect()
}

async fn count(db: &Db, table: &str) -> i64 {
    let query = format!("SELECT CAST(count(*) AS text) FROM {table}");
    texts(db, &query)
        .await
        .pop_first()
        .unwrap()
        .parse()
        .unwrap()
}

async fn both() -> [TestDb; 2] {
    [db::sqlite().await, db::postgres().await]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rebuilt_parent_keeps_its_children() {
    for test in both().await {
        people(&test.db).await;
        migrate_with::<WithRebuild>(&test.place).await.unwrap();
        for (table, rows) in [("workers", 2), ("worker_statistics", 2), ("requests", 2)] {
            assert_eq!(count(&test.db, table).await, rows, "{table}");
        }
        let kept = texts(&test.db, "SELECT code FROM workers WHERE extra IS NULL").await;
        assert_eq!(kept, BTreeSet::from(["W-1".to_owned(), "W-2".to_owned()]));
        // The children still refer to it.
        let refused = test
            .db
            .read()
            .execute_unprepared("DELETE FROM workers")
            .await;
        let refused = StorageError::from(refused.unwrap_err());
        assert!(
            matches!(refused, StorageError::Conflict { .. }),
            "{refused:?}"
        );
        test.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_reference_leaves_everything_as_it_was() {
    for test in both().await {
        people(&test.db).await;
        let refused = migrate_with::<WithBreak>(&test.place).await.unwrap_err();
        match &test.place {
            Place::Sqlite(_) => {
                let text = refused.to_string();
                assert!(text.contains("broken references"), "{text}");
                assert!(text.contains("family_names"), "{text}");
            }
            Place::Postgres(_) => assert!(
                matches!(refused, StorageError::Conflict { .. }),
                "{refused:?}"
            ),
        }
        assert_eq!(count(&test.db, "families").await, 2);
        assert!(pending(&test.db).await.unwrap().is_empty());
        let gone = test
            .db
            .read()
            .execute_unprepared("SELECT * FROM left_behind");
        assert!(gone.await.is_err(), "half a migration stayed");
        // Nothing of the refused one holds up the next.
        migrate_with::<WithRebuild>(&test.place).await.unwrap();
        test.close().await;
    }
}

async fn whole(place: &Place) {
    let db = Db::open(place, 1).await.unwrap();
    assert!(pending(&db).await.unwrap().is_empty());
    assert_eq!(count(&db, "desks").await, 2);
    assert_eq!(count(&db, "weight_rows").await, 1);
    let applied = i64::try_from(Migrator::migrations().len()).unwrap();
    assert_eq!(count(&db, "seaql_migrations").await, applied);
    db.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn several_that_start_together_make_one_database() {
    for round in 0..5 {
        let (folder, url) = (Folder::new(), empty_database());
        let path = folder.path().join("dom.sqlite");
        for place in [Place::Sqlite(path), Place::Postgres(url.to_string())] {
            let mut tasks = tokio::task::JoinSet::new();
            for _ in 0..4 {
                let place = place.clone();
                tasks.spawn(async move { migrate(&place).await });
            }
            for done in tasks.join_all().await {
                assert!(done.is_ok(), "round {round}: {done:?}");
            }
            whole(&place).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn migrating_again_changes_nothing() {
    for test in both().await {
        migrate(&test.place).await.unwrap();
        migrate(&test.place).await.unwrap();
        test.db
            .read()
            .execute_unprepared("DELETE FROM weight_rows")
            .await
            .unwrap();
        migrate(&test.place).await.unwrap();
        assert_eq!(count(&test.db, "weight_rows").await, 0, "nothing ran twice");
        assert_eq!(count(&test.db, "desks").await, 2);
        test.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn migrating_beside_a_writer_waits_for_it() {
    let test = db::sqlite().await;
    people(&test.db).await;
    let write = test.db.write().await.unwrap();
    dom::storage::counters::draw(&*write, "number", 1)
        .await
        .unwrap();
    let (starting, started) = oneshot::channel();
    let migrating = {
        let place = test.place.clone();
        tokio::spawn(async move {
            starting.send(()).unwrap();
            migrate_with::<WithRebuild>(&place).await
        })
    };
    started.await.unwrap();
    for _ in 0..50 {
        assert_eq!(count(&test.db, "workers").await, 2);
        assert!(!migrating.is_finished(), "it waits");
    }
    write.commit().await.unwrap();
    migrating.await.unwrap().unwrap();
    assert_eq!(count(&test.db, "workers").await, 2);
    test.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_is_told_without_making_it() {
    let (folder, url) = (Folder::new(), empty_database());
    let path = folder.path().join("dom.sqlite");
    for place in [Place::Sqlite(path), Place::Postgres(url.to_string())] {
        let db = Db::open(&place, 1).await.unwrap();
        let names: Vec<String> = Migrator::migrations()
            .iter()
            .map(|one| one.name().to_owned())
            .collect();
        assert_eq!(pending(&db).await.unwrap(), names);
        assert_eq!(pending(&db).await.unwrap(), names, "it made nothing");
        db.close().await.unwrap();
    }
}
