//! Migrating: twice, by two at once, with a parent rebuilt under its children,
//! and with a reference left broken.

use dom::migrations::{Migrator, checked};
use dom::storage::Db;
use dom::storage::connect::Place;
use dom::storage::migrator::{migrate, migrate_with, pending};
use sea_orm::{ConnectionTrait, DbErr, Statement};
use sea_orm_migration::prelude::{DeriveMigrationName, SchemaManager};
use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

use crate::support::cast::{Cast, today};
use crate::support::program::{Program, block_on};

/// Rebuilds the table of desks as `SQLite` needs it for most changes.
#[derive(DeriveMigrationName)]
struct Rebuild;

#[async_trait::async_trait]
impl MigrationTrait for Rebuild {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared("CREATE TABLE desks_new AS SELECT * FROM desks")
            .await?;
        db.execute_unprepared("DROP TABLE desks").await?;
        db.execute_unprepared(
            "CREATE TABLE desks (id integer PRIMARY KEY AUTOINCREMENT, code varchar NOT NULL UNIQUE, name varchar NOT NULL, \
             sheet_prefix varchar NOT NULL UNIQUE, comune varchar NOT NULL, address varchar, phone varchar)",
        )
        .await?;
        db.execute_unprepared("INSERT INTO desks SELECT * FROM desks_new")
            .await?;
        db.execute_unprepared("DROP TABLE desks_new").await?;
        Ok(())
    }
}

/// Takes a parent away under its children.
#[derive(DeriveMigrationName)]
struct Break;

#[async_trait::async_trait]
impl MigrationTrait for Break {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared("DELETE FROM desks")
            .await?;
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

async fn count(db: &Db, table: &str) -> i64 {
    let statement = Statement::from_string(
        db.read().get_database_backend(),
        format!("SELECT count(*) AS n FROM {table}"),
    );
    let row = db.read().query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "n").unwrap()
}

fn house() -> Program {
    let program = Program::on_sqlite();
    program.store(&Cast::on(today()).worker("W-1", &[]).request("R-1", &[]));
    program
}

#[test]
fn a_rebuilt_parent_keeps_its_children() {
    let program = house();
    let place = program.place();
    block_on(migrate_with::<WithRebuild>(&place)).unwrap();
    block_on(async {
        let db = Db::open(&place, 1).await.unwrap();
        assert_eq!(count(&db, "workers").await, 1);
        assert_eq!(count(&db, "families").await, 1);
        assert_eq!(count(&db, "desks").await, 2);
    });
}

#[test]
fn a_broken_reference_leaves_everything_as_it_was() {
    let program = house();
    let place = program.place();
    let error = block_on(migrate_with::<WithBreak>(&place)).unwrap_err();
    assert!(error.to_string().contains("broken references"), "{error}");
    program.with_db(async |db| {
        assert_eq!(count(db, "desks").await, 2);
        assert!(pending(db).await.unwrap().is_empty());
    });
}

#[test]
fn migrating_twice_changes_nothing_and_two_at_once_take_turns() {
    for program in Program::on_both() {
        program.with_db(async |_| ());
        let place: Place = program.place();
        block_on(async {
            let (one, two) = tokio::join!(migrate(&place), migrate(&place));
            one.unwrap();
            two.unwrap();
            let db = Db::open(&place, 1).await.unwrap();
            assert_eq!(count(&db, "desks").await, 2);
            assert_eq!(count(&db, "weight_rows").await, 1);
        });
    }
}
