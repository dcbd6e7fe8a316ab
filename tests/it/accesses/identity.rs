//! Nothing in the log leads to a person, an account or an instant, nor tells in
//! which order entries came: from the schema, from `SELECT *` and from the places
//! where the rows lie.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use dom::clock::{ManualClock, SeededRandomness};
use dom::domain::access::EntryKey;
use dom::services::{Context, accesses};
use dom::storage;
use dom::storage::Db;
use dom::storage::entity::{access, access_receipt, audit_event};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable, Statement,
};

use sha2::Digest;

use super::Log;
use crate::support::program::Program;

const FILE: &str = "ref,date,desk,channel,first_access,reason\n";

async fn texts(db: &Db, statement: &str) -> Vec<String> {
    let backend = db.read().get_database_backend();
    let statement = Statement::from_string(backend, statement);
    let rows = db.read().query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get("", "text").unwrap())
        .collect()
}

fn rows(count: usize) -> String {
    let mut text = FILE.to_owned();
    for row in 0..count {
        let day = row % 9 + 1;
        writeln!(
            text,
            "secret-{row},2024-01-0{day},grosseto,email,no,housing"
        )
        .unwrap();
    }
    text
}

#[test]
fn the_schema_has_no_column_that_could_join_an_entry_to_anybody() {
    let columns: BTreeSet<String> = access::Column::iter()
        .map(|one| one.as_str().to_owned())
        .collect();
    let expected = [
        "id",
        "day",
        "desk_id",
        "channel",
        "first_access",
        "sex",
        "age_band",
        "citizenship",
        "comune",
        "permit_type",
        "referred_by",
        "reason",
        "activation",
        "accompaniment",
        "mediation",
        "ref_hash",
    ];
    assert_eq!(columns, expected.map(str::to_owned).into());
    for column in access::Column::iter() {
        let kind = format!("{:?}", column.def().get_column_type());
        assert!(
            !kind.to_lowercase().contains("time"),
            "{}: {kind}",
            column.as_str()
        );
    }
    let receipts: Vec<_> = access_receipt::Column::iter()
        .map(|one| one.as_str().to_owned())
        .collect();
    assert_eq!(receipts, ["id"]);
    for program in Program::on_both() {
        Log::over(program).0.with_db(async |db| {
            // Only the desk is named, and nothing names an entry.
            let statement = match db.read().get_database_backend() {
                DbBackend::Postgres => "SELECT conrelid::regclass || ' ' || confrelid::regclass AS text FROM pg_constraint \
                    WHERE contype = 'f' AND (conrelid::regclass::text LIKE 'access%' OR confrelid::regclass::text LIKE 'access%')",
                _ => "SELECT m.name || ' ' || f.\"table\" AS text FROM sqlite_master m, pragma_foreign_key_list(m.name) f \
                    WHERE m.type = 'table' AND (m.name LIKE 'access%' OR f.\"table\" LIKE 'access%')",
            };
            let found: BTreeSet<String> = texts(db, statement).await.into_iter().collect();
            let desks = ["access_counts desks", "access_months desks", "accesses desks"];
            assert_eq!(found, desks.map(str::to_owned).into());
        });
    }
}

#[test]
fn a_loaded_reference_is_nowhere_but_as_a_keyed_hash() {
    for program in Program::on_both() {
        let log = Log::over(program);
        log.load("accesses", &rows(50));
        log.0.with_db(async |db| {
            let stored = access::Entity::find().all(db.read()).await.unwrap();
            assert_eq!(stored.len(), 50);
            let plain = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(b"secret-0"));
            for row in &stored {
                let hash = row.ref_hash.as_ref().unwrap();
                assert_eq!(hash.len(), 64);
                assert_ne!(*hash, plain, "a hash without a key can be guessed");
                assert!(!format!("{row:?}").contains("secret"));
            }
        });
        // Nobody's list of what was done tells of the log.
        log.0.with_db(async |db| {
            let audit = audit_event::Entity::find().all(db.read()).await.unwrap();
            let told: Vec<_> = audit
                .iter()
                .filter(|row| row.action.contains("access"))
                .collect();
            assert!(told.is_empty(), "{told:?}");
        });
    }
}

#[test]
fn two_installations_keep_different_hashes_of_the_same_reference() {
    let hashes = [Program::on_sqlite(), Program::on_sqlite()].map(|program| {
        let log = Log::over(program);
        log.load("accesses", &rows(1));
        let mut found = None;
        log.0.with_db(async |db| {
            let row = access::Entity::find()
                .one(db.read())
                .await
                .unwrap()
                .unwrap();
            found = row.ref_hash;
        });
        found.unwrap()
    });
    assert_ne!(hashes[0], hashes[1]);
}

/// How many neighbours of the list came one right after the other.
fn in_order(list: &[String]) -> usize {
    list.windows(2).filter(|pair| pair[0] < pair[1]).count()
}

#[test]
fn no_order_of_entry_can_be_read_from_keys_places_or_a_dump() {
    for program in Program::on_both() {
        let log = Log::over(program);
        // One day, one file a row, so that each is a transaction of its own; what
        // was entered when is told by the reason alone.
        let reasons = [
            "benefits",
            "discrimination",
            "flow_decree",
            "housing",
            "job_search",
            "legal_info",
            "mediation",
            "other",
            "residence_permit",
            "visa_invitation",
        ];
        for _ in 0..2 {
            for reason in reasons {
                let text = format!(
                    "date,desk,channel,first_access,reason\n2024-01-01,grosseto,email,no,{reason}\n2024-01-01,grosseto,email,yes,{reason}\n"
                );
                log.report("accesses", &text, &[]);
            }
        }
        log.0.with_db(async |db| {
            let context = Context::new(
                db.clone(),
                std::sync::Arc::new(ManualClock::at(chrono::DateTime::UNIX_EPOCH)),
                std::sync::Arc::new(SeededRandomness::new(1)),
                String::new(),
            );
            assert!(accesses::tidy_nightly(&context).await.unwrap());
            assert!(!accesses::tidy_nightly(&context).await.unwrap(), "once a night");
            let by_key = texts(db, "SELECT id AS text FROM accesses ORDER BY id").await;
            let as_they_lie = texts(db, "SELECT id AS text FROM accesses").await;
            assert_eq!(by_key.len(), 20);
            assert_eq!(as_they_lie, by_key, "the rows lie by their random keys");
            let entered = texts(db, "SELECT reason AS text FROM accesses").await;
            assert!(in_order(&entered) < 19, "{entered:?}");
            if db.read().get_database_backend() == DbBackend::Postgres {
                    for table in ["accesses", "access_counts"] {
                        let statement = format!("SELECT DISTINCT xmin::text AS text FROM {table}");
                        let transactions = texts(db, &statement).await;
                        assert_eq!(transactions.len(), 1, "{table}: one transaction wrote them all");
                    }
            } else {
                    let tables = texts(db, "SELECT sql AS text FROM sqlite_master WHERE name IN ('accesses', 'access_counts', 'access_months', 'access_receipts') ORDER BY name").await;
                    assert_eq!(tables.len(), 4);
                    for table in tables {
                        assert!(table.to_uppercase().contains("WITHOUT ROWID"), "{table}");
                    }
            }
        });
    }
}

#[test]
fn a_night_lays_anew_the_months_that_were_touched_and_no_other() {
    for program in Program::on_both() {
        let log = Log::over(program);
        let entry = |day: &str, reason: &str| {
            let text = format!(
                "date,desk,channel,first_access,reason\n{day},grosseto,email,no,{reason}\n"
            );
            log.report("accesses", &text, &[]);
        };
        for day in ["2023-05-02", "2024-01-09", "2024-02-01", "2024-02-20"] {
            entry(day, "housing");
        }
        let night = |nights: i64| {
            log.0.with_db(async |db| {
                let at = chrono::DateTime::UNIX_EPOCH + chrono::TimeDelta::days(nights);
                let context = Context::new(
                    db.clone(),
                    std::sync::Arc::new(ManualClock::at(at)),
                    std::sync::Arc::new(SeededRandomness::new(1)),
                    String::new(),
                );
                assert!(accesses::tidy_nightly(&context).await.unwrap());
                assert!(
                    texts(db, "SELECT month AS text FROM access_months")
                        .await
                        .is_empty()
                );
                if db.read().get_database_backend() != DbBackend::Postgres {
                    return Vec::new();
                }
                // Who wrote each, by the month.
                let wrote = "SELECT left(day::text, 7) || ' ' || xmin::text AS text FROM accesses
                    UNION ALL SELECT DISTINCT year::text || ' ' || xmin::text FROM access_counts
                    ORDER BY text";
                texts(db, wrote).await
            })
        };
        let first = night(1);
        assert_eq!(night(2), first, "nothing came: nothing is laid anew");
        // One comes late into a month that was laid, beside those that were there.
        entry("2024-02-11", "job_search");
        let second = night(3);
        let of = |month: &str, all: &[String]| -> Vec<String> {
            let of_month = all
                .iter()
                .filter(|one| one.starts_with(&format!("{month} ")));
            of_month.cloned().collect()
        };
        for untouched in ["2023-05", "2023", "2024-01"] {
            assert_eq!(of(untouched, &first), of(untouched, &second), "{untouched}");
        }
        for touched in ["2024-02", "2024"] {
            let mut writers = of(touched, &second);
            assert!(!writers.iter().any(|one| first.contains(one)), "{touched}");
            writers.dedup();
            assert!(writers.len() < 2, "which of them came late: {writers:?}");
        }
        if !second.is_empty() {
            assert_eq!(of("2024-02", &second).len(), 3);
        }
        let report = log.year(2024, &[]).to_string();
        assert!(report.contains("job_search"), "{report}");
    }
}

/// What leaves a database by its own tools: `pg_dump`, or the files as they lie.
fn dumped(program: &Program, db: &dom::storage::connect::Place) -> Vec<u8> {
    match db {
        dom::storage::connect::Place::Postgres(url) => {
            let folders = std::fs::read_dir("/usr/lib/postgresql").unwrap();
            let mut tools: Vec<_> = folders
                .map(|folder| folder.unwrap().path().join("bin/pg_dump"))
                .filter(|tool| tool.exists())
                .collect();
            tools.sort();
            let tool = tools.last().expect("PostgreSQL is installed with pg_dump");
            let ran = std::process::Command::new(tool)
                .args(["--data-only", "--table=access*", "--dbname", url])
                .output()
                .unwrap();
            assert!(
                ran.status.success(),
                "{}",
                String::from_utf8_lossy(&ran.stderr)
            );
            ran.stdout
        }
        dom::storage::connect::Place::Sqlite(path) => {
            let mut bytes = std::fs::read(path).unwrap();
            let journal = path.with_extension("sqlite-wal");
            bytes.extend(std::fs::read(journal).unwrap_or_default());
            assert!(program.data().join("dom.sqlite").exists());
            bytes
        }
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[test]
fn a_dump_tells_no_reference_no_receipt_no_entry_taken_back_and_no_order() {
    for program in Program::on_both() {
        let log = Log::over(program);
        log.load("accesses", &rows(30));
        let mut keys = Vec::new();
        log.0.with_db(async |db| {
            let stored = access::Entity::find().all(db.read()).await.unwrap();
            let gone: Vec<_> = stored[..5]
                .iter()
                .map(|row| EntryKey::from_stored(row.id.clone()))
                .collect();
            let write = db.write().await.unwrap();
            assert!(
                storage::accesses::take_receipt(&*write, "receipt-of-a-page")
                    .await
                    .unwrap()
            );
            storage::accesses::remove_many(&*write, &gone)
                .await
                .unwrap();
            write.commit().await.unwrap();
            let context = Context::new(
                db.clone(),
                std::sync::Arc::new(ManualClock::at(chrono::DateTime::UNIX_EPOCH)),
                std::sync::Arc::new(SeededRandomness::new(1)),
                String::new(),
            );
            accesses::tidy_nightly(&context).await.unwrap();
            keys = gone;
        });
        let dump = dumped(&log.0, &log.0.place());
        assert!(holds(&dump, "housing"), "the log is in it");
        for text in [
            "secret-",
            "receipt-of-a-page",
            keys[0].as_str(),
            keys[4].as_str(),
        ] {
            assert!(!holds(&dump, text), "{text}");
        }
        if let dom::storage::connect::Place::Postgres(_) = log.0.place() {
            let text = String::from_utf8(dump).unwrap();
            let (_, copied) = text.split_once("COPY public.accesses ").unwrap();
            let ids: Vec<&str> = copied
                .lines()
                .skip(1)
                .take_while(|line| *line != "\\.")
                .map(|line| line.split('\t').next().unwrap())
                .collect();
            assert_eq!(ids.len(), 25);
            assert!(ids.is_sorted(), "by their random keys: {ids:?}");
        }
    }
}
