//! The table of answers: without codes, so that no file changes one.

use super::{Codes, Table, World, found, missing};
use crate::domain::answer::Answer;
use crate::domain::invalid::{Invalid, Problem};
use crate::domain::reading::{Fields, Parsed};
use crate::storage::{self, Connection, StorageError, Stored};

/// Answers have no code: no file changes one, and rows count as a multiset.
pub struct Answers;

/// The code of a record that has none: there is no such value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NoCode {}

impl Table for Answers {
    type Record = Answer;
    type Code = NoCode;
    type Cursor = storage::answers::Cursor;

    const COLUMNS: &'static [&'static str] = &Answer::COLUMNS;
    const DEFAULTED: &'static [&'static str] = &[];
    // What was not kept cannot be compared.
    const NOT_COMPARED: &'static [&'static str] = &["notified"];
    const ABSENT_IS_EMPTY: bool = true;
    const CODES: Option<Codes> = None;

    fn parse_code(_text: &str) -> Option<NoCode> {
        None
    }

    fn code_text(code: &NoCode) -> &str {
        match *code {}
    }

    fn code(_record: &Answer) -> Option<&NoCode> {
        None
    }

    fn set_code(_record: &mut Answer, code: NoCode) {
        match code {}
    }

    fn cursor(stored: &Stored<Answer>) -> Option<Self::Cursor> {
        Some((stored.value.answered_on, stored.id))
    }

    fn cells(record: &Answer) -> Vec<String> {
        record.cells()
    }

    fn read(
        fields: &dyn Fields,
        _before: Option<&Answer>,
        _world: &World,
    ) -> Result<Parsed<Answer>, Invalid> {
        Answer::read(fields)
    }

    async fn find_many(
        _db: &impl Connection,
        _codes: &[NoCode],
    ) -> Result<Vec<Stored<Answer>>, StorageError> {
        Ok(Vec::new())
    }

    async fn after(
        db: &impl Connection,
        after: Option<&Self::Cursor>,
        year: Option<i32>,
        limit: u64,
    ) -> Result<Vec<Stored<Answer>>, StorageError> {
        storage::answers::after(db, after, year, limit).await
    }

    async fn insert_many(
        db: &impl Connection,
        new: &[Answer],
        _world: &World,
    ) -> Result<(), StorageError> {
        storage::answers::insert_many(db, new).await
    }

    async fn update_many(
        _db: &impl Connection,
        _saved: &[Stored<Answer>],
    ) -> Result<(), StorageError> {
        Ok(())
    }

    async fn dangling(
        db: &impl Connection,
        records: &[&Answer],
    ) -> Result<Vec<Vec<Problem>>, StorageError> {
        let codes: Vec<_> = records.iter().map(|one| one.introduction.clone()).collect();
        let known = found(storage::introductions::codes_among(db, &codes).await?);
        let of = |one: &&Answer| {
            let code = one.introduction.as_str();
            missing(&known, "introduction", code, "introductions")
        };
        Ok(records
            .iter()
            .map(|one| of(one).into_iter().collect())
            .collect())
    }
}
