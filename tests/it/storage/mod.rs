//! The storage contract, the same on both kinds of database.

mod asking;
mod counters;
mod errors;
mod inbox;
mod introductions;
mod lists;
mod migrator;
mod order;
mod outbox;
mod people;
mod pool;
mod pool_changes;
mod proposals;
mod requests;
mod schema;
mod sheets;
mod sqlite;
mod staff;
mod twenty_thousand;

use chrono::{DateTime, TimeZone, Utc};
use dom::domain::account::{Place, Role};
use dom::domain::contact::EmailAddress;
use dom::domain::family::Family;
use dom::domain::ids::{FamilyCode, RequestCode, WorkerCode};
use dom::domain::request::CareRequest;
use dom::domain::worker::Worker;
use dom::storage::{self, Db, Stored, Write};

use crate::support::people::desk;

/// Runs contracts on `SQLite` and on `PostgreSQL`, as a test each.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let test = crate::support::db::sqlite().await;
                super::$name(&test.db).await;
                test.close().await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let test = crate::support::db::postgres().await;
                super::$name(&test.db).await;
                test.close().await;
            })+
        }
    };
}
use on_both;

/// Commits everything that `work` wrote.
pub async fn committed<T>(db: &Db, work: impl AsyncFnOnce(&Write) -> T) -> T {
    let write = db.write().await.unwrap();
    let done = work(&write).await;
    write.commit().await.unwrap();
    done
}

pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap()
}

pub fn worker_code(text: &str) -> WorkerCode {
    WorkerCode::parse(text).unwrap()
}

pub fn family_code(text: &str) -> FamilyCode {
    FamilyCode::parse(text).unwrap()
}

pub fn request_code(text: &str) -> RequestCode {
    RequestCode::parse(text).unwrap()
}

pub async fn add_workers(db: &Db, new: &[Worker]) {
    committed(db, async |write| {
        storage::workers::insert_many(&**write, new).await.unwrap();
    })
    .await;
}

pub async fn add_families(db: &Db, new: &[Family]) {
    committed(db, async |write| {
        storage::families::insert_many(&**write, new).await.unwrap();
    })
    .await;
}

pub async fn add_requests(db: &Db, new: &[CareRequest]) {
    committed(db, async |write| {
        storage::requests::insert_many(&**write, new).await.unwrap();
    })
    .await;
}

pub async fn worker_of(db: &Db, code: &str) -> Stored<Worker> {
    let found = storage::workers::find(db.read(), &worker_code(code)).await;
    found.unwrap().unwrap_or_else(|| panic!("no worker {code}"))
}

pub async fn family_of(db: &Db, code: &str) -> Stored<Family> {
    let found = storage::families::find(db.read(), &family_code(code)).await;
    found.unwrap().unwrap_or_else(|| panic!("no family {code}"))
}

pub async fn request_of(db: &Db, code: &str) -> Stored<CareRequest> {
    let found = storage::requests::find(db.read(), &request_code(code)).await;
    found
        .unwrap()
        .unwrap_or_else(|| panic!("no request {code}"))
}

/// An operator of Grosseto; the key of the account comes back.
pub async fn add_account(db: &Db, email: &str) -> i64 {
    let email = EmailAddress::parse(email).unwrap();
    let place = Place::Desk(desk("grosseto"));
    committed(db, async |write| {
        storage::accounts::insert(
            &**write,
            &email,
            "Ada Prova",
            Role::Operator,
            &place,
            noon(),
        )
        .await
        .unwrap()
    })
    .await
}
