//! The table of accesses: known by the hash of another program's reference, or
//! by nothing at all. What goes out never tells which reference came in.

use chrono::{Datelike, NaiveDate};

use super::{Codes, Log, Table, World};
use crate::clock::random_bytes;
use crate::domain::access::{Access, EntryKey, Known, RefHash};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::reading::{Fields, Parsed};
use crate::storage::{self, Connection, StorageError, Stored};

pub struct Accesses;

impl Table for Accesses {
    type Record = Access;
    type Code = RefHash;
    type Cursor = NaiveDate;

    const COLUMNS: &'static [&'static str] = &Access::COLUMNS;
    const DEFAULTED: &'static [&'static str] = &["accompaniment"];
    const KEY: &'static str = "ref";
    const NOT_COMPARED: &'static [&'static str] = &["ref"];
    const ABSENT_IS_EMPTY: bool = true;
    const CODES: Option<Codes> = None;

    fn parse_code(_text: &str) -> Option<RefHash> {
        None
    }

    fn named(text: &str, world: &World) -> Option<RefHash> {
        log(world).refs.hash(text)
    }

    fn code_text(code: &RefHash) -> &str {
        code.as_str()
    }

    fn code(record: &Access) -> Option<&RefHash> {
        record.reference.as_ref()
    }

    fn set_code(record: &mut Access, code: RefHash) {
        record.reference = Some(code);
    }

    fn cursor(stored: &Stored<Access>) -> Option<NaiveDate> {
        Some(stored.value.date)
    }

    fn cells(record: &Access) -> Vec<String> {
        record.cells()
    }

    fn read(
        fields: &dyn Fields,
        before: Option<&Access>,
        world: &World,
    ) -> Result<Parsed<Access>, Invalid> {
        let known = Known {
            today: world.today,
            desks: &world.desks,
            vocabulary: &log(world).vocabulary,
            key: &log(world).refs,
        };
        let parsed = Access::read(fields, before, known)?;
        let access = &parsed.value;
        let mut problems = Vec::new();
        if world
            .only_desk
            .as_ref()
            .is_some_and(|desk| *desk != access.desk)
        {
            problems.push(Problem {
                field: "desk",
                value: access.desk.to_string(),
                why: Why::new("problem-desk-not-yours"),
            });
        }
        if let Some(year) = world.only_year.filter(|year| *year != access.date.year()) {
            problems.push(Problem {
                field: "date",
                value: access.date.to_string(),
                why: Why::new("problem-other-year").with("year", year),
            });
        }
        if problems.is_empty() {
            Ok(parsed)
        } else {
            Err(Invalid(problems))
        }
    }

    async fn find_many(
        db: &impl Connection,
        codes: &[RefHash],
    ) -> Result<Vec<Stored<Access>>, StorageError> {
        let entries = storage::accesses::find_by_refs(db, codes).await?;
        Ok(entries
            .into_iter()
            .map(|(_, value)| nameless(value))
            .collect())
    }

    async fn after(
        db: &impl Connection,
        after: Option<&NaiveDate>,
        year: Option<i32>,
        limit: u64,
    ) -> Result<Vec<Stored<Access>>, StorageError> {
        let accesses = storage::accesses::after(db, after, year, limit).await?;
        Ok(accesses.into_iter().map(nameless).collect())
    }

    async fn insert_many(
        db: &impl Connection,
        new: &[Access],
        world: &World,
    ) -> Result<(), StorageError> {
        let fresh = |one: &Access| {
            let key = EntryKey::new(random_bytes(&*world.randomness));
            (key, one.clone())
        };
        let entries: Vec<_> = new.iter().map(fresh).collect();
        storage::accesses::insert_many(db, &entries).await
    }

    async fn update_many(
        db: &impl Connection,
        saved: &[Stored<Access>],
    ) -> Result<(), StorageError> {
        let refs = saved.iter().filter_map(|one| one.value.reference.clone());
        let refs: Vec<_> = refs.collect();
        let before = storage::accesses::find_by_refs(db, &refs).await?;
        let keys: Vec<_> = before.iter().map(|(key, _)| key.clone()).collect();
        storage::accesses::remove_many(db, &keys).await?;
        let of_ref = |access: &Access| {
            let found = before
                .iter()
                .find(|(_, old)| old.reference == access.reference);
            found.map(|(key, _)| (key.clone(), access.clone()))
        };
        let after: Vec<_> = saved.iter().filter_map(|one| of_ref(&one.value)).collect();
        storage::accesses::insert_many(db, &after).await
    }
}

fn log(world: &World) -> &Log {
    world.log.as_ref().expect("whoever reads accesses loads it")
}

/// An entry has no number, and its key is nobody's business here.
fn nameless(value: Access) -> Stored<Access> {
    Stored {
        id: 0,
        version: 1,
        value,
    }
}
