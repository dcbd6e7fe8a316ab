//! Rows without a code. Such a row is already there when reading it over a
//! stored record would change nothing: compared are the columns that it states,
//! not the defaults that it leaves to the program (they move with the day); where
//! nothing is left to the program, all. The n-th of equal rows needs an n-th such
//! record.

use std::collections::{BTreeSet, HashMap, HashSet};

use sha2::{Digest, Sha256};

use super::super::tables::Table;
use super::columns::Columns;
use crate::domain::reading::Fields;
use crate::storage::rows::CHUNK;
use crate::storage::{Connection, StorageError};

/// One bit for each column of the table that a row states.
type Stated = u64;
type Key = [u8; 16];

#[derive(Default)]
pub(super) struct Multiset {
    shapes: BTreeSet<Stated>,
    /// Of each key that the file has, the stored records that are not yet taken.
    stored: HashMap<Key, u64>,
}

impl Multiset {
    /// Notes a row without a code.
    pub fn note<T: Table>(&mut self, columns: &Columns, fields: &dyn Fields, record: &T::Record) {
        let stated = stated::<T>(columns, fields);
        self.shapes.insert(stated);
        let cells = T::cells(record);
        self.stored.entry(key(stated, &cells)).or_insert(0);
    }

    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// Counts the stored records, but for those that this file has just added.
    pub async fn count_stored<T: Table>(
        &self,
        db: &impl Connection,
        added: &HashSet<String>,
    ) -> Result<Untaken, StorageError> {
        let mut stored = self.stored.clone();
        let mut last = None;
        loop {
            let limit = u64::try_from(CHUNK).unwrap_or(u64::MAX);
            let records = T::after(db, last.as_ref(), None, limit).await?;
            let Some(end) = records.last() else { break };
            last = T::cursor(end);
            for one in &records {
                let is_new = T::code(&one.value).is_some_and(|c| added.contains(T::code_text(c)));
                if is_new {
                    continue;
                }
                let cells = T::cells(&one.value);
                for stated in &self.shapes {
                    if let Some(count) = stored.get_mut(&key(*stated, &cells)) {
                        *count += 1;
                    }
                }
            }
        }
        Ok(Untaken(stored))
    }
}

/// Stored records that no row of the file was matched with yet.
pub(super) struct Untaken(HashMap<Key, u64>);

impl Untaken {
    /// Takes one that has all a row states; false where there is none left.
    pub fn take<T: Table>(
        &mut self,
        columns: &Columns,
        fields: &dyn Fields,
        record: &T::Record,
    ) -> bool {
        let key = key(stated::<T>(columns, fields), &T::cells(record));
        match self.0.get_mut(&key) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

fn stated<T: Table>(columns: &Columns, fields: &dyn Fields) -> Stated {
    let mut stated = 0;
    for (bit, column) in T::COLUMNS.iter().enumerate() {
        if T::NOT_COMPARED.contains(column) {
            continue;
        }
        let is_empty = || fields.get(column).is_none_or(|cell| cell.trim().is_empty());
        let leaves_default = || T::DEFAULTED.contains(column) && is_empty();
        if T::ABSENT_IS_EMPTY || (columns.has(column) && !leaves_default()) {
            stated |= 1 << bit;
        }
    }
    stated
}

fn key(stated: Stated, cells: &[String]) -> Key {
    let mut hash = Sha256::new().chain_update(stated.to_le_bytes());
    for (bit, cell) in cells.iter().enumerate() {
        if stated & (1 << bit) != 0 {
            hash.update(cell.len().to_le_bytes());
            hash.update(cell);
        }
    }
    let digest = hash.finalize();
    let mut key = Key::default();
    key.copy_from_slice(&digest[..16]);
    key
}
