//! The storage contract, the same on both kinds of database.

mod contract;
mod migrator;
mod schema;

use dom::storage::Db;

use crate::support::program::Program;

/// Runs a contract on `SQLite` and on `PostgreSQL`, as two tests.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $name() {
                crate::support::program::Program::on_sqlite().with_db(async |db| super::$name(db).await);
            })+
        }
        mod postgres {
            $(#[test]
            fn $name() {
                crate::support::program::Program::on_postgres().with_db(async |db| super::$name(db).await);
            })+
        }
    };
}
use on_both;

/// Two databases of a kind, to be compared.
pub fn two_of_each() -> [[Program; 2]; 2] {
    [
        [Program::on_sqlite(), Program::on_sqlite()],
        [Program::on_postgres(), Program::on_postgres()],
    ]
}

/// Asserts that everything written by `work` is there, and nothing else is.
pub async fn committed(db: &Db, work: impl AsyncFnOnce(&dom::storage::Write)) {
    let write = db.write().await.unwrap();
    work(&write).await;
    write.commit().await.unwrap();
}
