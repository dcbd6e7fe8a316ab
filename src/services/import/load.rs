//! The second reading of a file: the good rows become records, in the caller's
//! transaction. First the rows with a code, then the others against what is
//! stored by then, so that a second reading of the file finds all of it there.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Utc};

use super::super::tables::{Codes, Table, World};
use super::columns::Columns;
use super::multiset::Untaken;
use super::survey::{Before, Survey, code, lookup};
use super::{ImportError, Progress, next_chunk};
use crate::storage::changes::Change;
use crate::storage::{self, Connection, StorageError, Stored, Write, counters};
use crate::tabular::{Row, Sheet};

#[derive(Debug, Default)]
pub(super) struct Counts {
    pub added: u64,
    pub updated: u64,
    pub unchanged: u64,
}

/// What the history of the records that a file changes says besides the columns.
#[derive(Clone, Copy)]
pub(super) struct Told {
    /// `worker`, `family` or `request`; none where the records have no history.
    pub kind: Option<&'static str>,
    pub at: DateTime<Utc>,
    pub by: Option<i64>,
}

struct Loader<'a> {
    write: &'a Write,
    told: Told,
    columns: &'a Columns,
    world: &'a World,
    survey: &'a Survey,
    progress: &'a Progress,
    counts: Counts,
    /// Codes of records that this file added.
    added: HashSet<String>,
    /// The highest number of each counter that the file brings.
    numbers: BTreeMap<String, i64>,
}

pub(super) async fn load<T: Table>(
    write: &Write,
    sheet: &mut Sheet,
    columns: &Columns,
    world: &World,
    survey: &Survey,
    (progress, told): (&Progress, Told),
) -> Result<Counts, ImportError> {
    let mut loader = Loader {
        write,
        told,
        columns,
        world,
        survey,
        progress,
        counts: Counts::default(),
        added: HashSet::new(),
        numbers: BTreeMap::new(),
    };
    if survey.has_codes {
        let mut rows = sheet.rows()?;
        while let Some(chunk) = loader.next(&mut rows)? {
            loader.with_code::<T>(&chunk).await?;
        }
    }
    // Before any code is made: none may be one that the file brings.
    loader.raise_counters().await?;
    if !survey.without_code.is_empty() {
        let stored = &survey.without_code;
        let mut untaken = stored.count_stored::<T>(&**write, &loader.added).await?;
        let mut rows = sheet.rows()?;
        while let Some(chunk) = loader.next(&mut rows)? {
            loader.without_code::<T>(&chunk, &mut untaken).await?;
        }
        loader.raise_counters().await?;
    }
    Ok(loader.counts)
}

impl Loader<'_> {
    /// The good ones of the next rows; nothing after the last.
    fn next(&self, rows: &mut crate::tabular::Rows<'_>) -> Result<Option<Vec<Row>>, ImportError> {
        let chunk = next_chunk(rows)?;
        if chunk.is_empty() {
            return Ok(None);
        }
        self.progress.add(chunk.len());
        let good = |row: &Row| !self.survey.rejected.contains(&row.number);
        Ok(Some(chunk.into_iter().flatten().filter(good).collect()))
    }

    async fn with_code<T: Table>(&mut self, rows: &[Row]) -> Result<(), ImportError> {
        let codes = rows
            .iter()
            .filter_map(|row| code::<T>(self.columns, self.world, row));
        let before = lookup::<T>(&**self.write, codes.collect()).await?;
        let mut new = Vec::new();
        let mut changed = Vec::new();
        for row in rows {
            let Some(code) = code::<T>(self.columns, self.world, row) else {
                continue;
            };
            let old = before.get(&code);
            let record = self.read::<T>(row, old)?;
            self.note_numbers::<T>(&record);
            match old {
                None => {
                    self.added.insert(T::code_text(&code).to_owned());
                    new.push(record);
                }
                Some(old) if old.value == record => self.counts.unchanged += 1,
                Some(old) => changed.push(Stored {
                    id: old.id,
                    version: old.version,
                    value: record,
                }),
            }
        }
        self.still_free::<T>(&new, &changed).await?;
        self.counts.added += count(new.len());
        self.counts.updated += count(changed.len());
        T::update_many(&**self.write, &changed).await?;
        self.end_authorisations::<T>(&before, &changed).await?;
        self.tell::<T>(&before, &changed).await?;
        T::insert_many(&**self.write, &new, self.world).await?;
        Ok(())
    }

    /// Nobody was erased, and no record went into another, since the file was surveyed.
    async fn still_free<T: Table>(
        &self,
        new: &[T::Record],
        changed: &[Stored<T::Record>],
    ) -> Result<(), ImportError> {
        let changed = changed.iter().map(|one| &one.value);
        let records: Vec<&T::Record> = new.iter().chain(changed).collect();
        if self.told.kind.is_none() || records.is_empty() {
            return Ok(());
        }
        let problems = T::dangling(&**self.write, &records).await?;
        if problems.iter().all(Vec::is_empty) {
            Ok(())
        } else {
            Err(ImportError::Changed)
        }
    }

    /// What was signed for holds no longer where the file says so, as by a form.
    async fn end_authorisations<T: Table>(
        &self,
        before: &Before<T>,
        changed: &[Stored<T::Record>],
    ) -> Result<(), StorageError> {
        let has_ended = |now: &&Stored<T::Record>| {
            let old = T::code(&now.value).and_then(|code| before.get(code));
            old.is_some_and(|old| T::ends_authorisation(&now.value, &old.value))
        };
        let ended: Vec<i64> = changed.iter().filter(has_ended).map(|one| one.id).collect();
        storage::authorisations::withdraw(&**self.write, &ended, self.world.today).await
    }

    /// What the file changed stands in the records' histories, as what a form changes.
    async fn tell<T: Table>(
        &self,
        before: &Before<T>,
        changed: &[Stored<T::Record>],
    ) -> Result<(), StorageError> {
        let Some(kind) = self.told.kind else {
            return Ok(());
        };
        let changes: Vec<Change<'_>> = changed
            .iter()
            .filter_map(|now| {
                let code = T::code(&now.value)?;
                let old = before.get(code)?;
                let cells = T::cells(&old.value).into_iter().zip(T::cells(&now.value));
                let columns = T::COLUMNS.iter().zip(cells);
                let differ = columns.filter(|(_, (old, now))| old != now);
                Some(Change {
                    kind,
                    record: T::code_text(code),
                    version: now.version + 1,
                    action: "changed",
                    fields: differ
                        .map(|(column, (old, now))| ((*column).to_owned(), old, now))
                        .collect(),
                })
            })
            .collect();
        let (at, by) = (self.told.at, self.told.by);
        storage::changes::insert_each(&**self.write, at, by, &changes).await
    }

    async fn without_code<T: Table>(
        &mut self,
        rows: &[Row],
        untaken: &mut Untaken,
    ) -> Result<(), ImportError> {
        let mut new = Vec::new();
        for row in rows {
            let fields = self.columns.fields(row);
            if fields.code().is_some() {
                continue;
            }
            let record = self.read::<T>(row, None)?;
            if untaken.take::<T>(self.columns, &fields, &record) {
                self.counts.unchanged += 1;
            } else {
                self.note_numbers::<T>(&record);
                new.push(record);
            }
        }
        if let Some(codes) = T::CODES {
            let fresh = fresh_codes::<T>(&**self.write, codes, new.len()).await?;
            for (record, code) in new.iter_mut().zip(fresh) {
                T::set_code(record, code);
            }
        }
        self.counts.added += count(new.len());
        T::insert_many(&**self.write, &new, self.world).await?;
        Ok(())
    }

    /// Reads a row again, over what is stored now.
    fn read<T: Table>(
        &self,
        row: &Row,
        old: Option<&Stored<T::Record>>,
    ) -> Result<T::Record, ImportError> {
        let fields = self.columns.fields(row);
        T::read_of_file(&fields, old.map(|old| &old.value), self.world)
            .map(|parsed| parsed.value)
            .map_err(|_| ImportError::Changed)
    }

    fn note_numbers<T: Table>(&mut self, record: &T::Record) {
        let own = T::number(record).into_iter();
        for (counter, number) in own.chain(T::number_elsewhere(record)) {
            let highest = self.numbers.entry(counter).or_insert(0);
            *highest = number.max(*highest);
        }
    }

    async fn raise_counters(&mut self) -> Result<(), StorageError> {
        for (counter, number) in std::mem::take(&mut self.numbers) {
            counters::raise(&**self.write, &counter, number).await?;
        }
        Ok(())
    }
}

/// New codes that no record has.
pub(in crate::services) async fn fresh_codes<T: Table>(
    db: &impl Connection,
    codes: Codes,
    count: usize,
) -> Result<Vec<T::Code>, StorageError> {
    let mut fresh = Vec::with_capacity(count);
    while fresh.len() < count {
        let wanted = u32::try_from(count - fresh.len()).expect("a chunk is short");
        let first = counters::draw(db, codes.counter, wanted).await?;
        let drawn: Vec<T::Code> = (first..first + i64::from(wanted))
            .map(|number| T::made_code(codes, number))
            .collect();
        // A record may have come in without the counter knowing of it.
        let taken: Before<T> = lookup::<T>(db, drawn.clone()).await?;
        fresh.extend(drawn.into_iter().filter(|code| !taken.contains_key(code)));
    }
    Ok(fresh)
}

fn count(length: usize) -> u64 {
    u64::try_from(length).expect("a chunk is short")
}
