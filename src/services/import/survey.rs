//! The first reading of a file: every problem of every row, against the records
//! as they stand, and what the second reading must know. Writes nothing.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::super::tables::{Table, World};
use super::columns::{Columns, RowFields};
use super::multiset::Multiset;
use super::suggest::Suggestions;
use super::{ImportError, LikelyRow, Progress, RowProblem, next_chunk};
use crate::domain::invalid::{Problem, Why};
use crate::domain::likeness::{Traits, reasons};
use crate::storage::{Connection, StorageError, Stored};
use crate::tabular::{CellProblem, Row, RowError, RowProblem as FileRowProblem, Sheet};

/// Longer cells are cut in reports.
const SHOWN_CHARS: usize = 200;

#[derive(Default)]
pub(super) struct Survey {
    pub read: u64,
    /// By row.
    pub problems: Vec<RowProblem>,
    pub warnings: Vec<RowProblem>,
    /// Rows with a problem.
    pub rejected: BTreeSet<u32>,
    /// Rows whose code names a record that has it all already.
    pub unchanged: u64,
    /// Whether any good row brings a code.
    pub has_codes: bool,
    /// The good rows that bring none.
    pub without_code: Multiset,
    /// New people who may be there already.
    pub likely: Vec<LikelyRow>,
    /// Rows that somebody said not to load.
    pub left_out: u64,
}

/// What else the first reading looks for, and leaves out.
pub(super) struct Wishes<'a> {
    pub likely: bool,
    pub leave_out: &'a BTreeSet<u32>,
    pub progress: &'a Progress,
}

/// A good row, so far.
struct Read<R> {
    row: u32,
    record: R,
    is_unchanged: bool,
    is_new: bool,
}

/// A row that names another of its own table.
struct Link {
    row: u32,
    own: Option<String>,
    column: &'static str,
    to: String,
    is_unchanged: bool,
    /// Whether the record named is stored, and one that may be named.
    stored: bool,
}

struct Surveyor<'a, C> {
    db: &'a C,
    columns: &'a Columns,
    world: &'a World,
    wishes: Wishes<'a>,
    survey: Survey,
    suggestions: Suggestions,
    /// Each code of the file and its first row.
    seen: HashMap<String, u32>,
    links: Vec<Link>,
    /// Codes of good rows, and whether other rows may name them.
    good: HashMap<String, bool>,
}

impl Survey {
    pub async fn of<T: Table>(
        db: &impl Connection,
        sheet: &mut Sheet,
        columns: &Columns,
        world: &World,
        wishes: Wishes<'_>,
    ) -> Result<Self, ImportError> {
        let mut surveyor = Surveyor {
            db,
            columns,
            world,
            wishes,
            survey: Self::default(),
            suggestions: Suggestions::default(),
            seen: HashMap::new(),
            links: Vec::new(),
            good: HashMap::new(),
        };
        let mut rows = sheet.rows()?;
        loop {
            let chunk = next_chunk(&mut rows)?;
            if chunk.is_empty() {
                break;
            }
            surveyor.chunk::<T>(chunk).await?;
        }
        surveyor.follow_links();
        let mut survey = surveyor.survey;
        survey.problems.sort_by_key(|problem| problem.row);
        Ok(survey)
    }
}

impl<C: Connection> Surveyor<'_, C> {
    async fn chunk<T: Table>(
        &mut self,
        chunk: Vec<Result<Row, RowError>>,
    ) -> Result<(), ImportError> {
        let mut rows = Vec::with_capacity(chunk.len());
        self.wishes.progress.add(chunk.len());
        for row in chunk {
            self.survey.read += 1;
            let number = match &row {
                Ok(row) => row.number,
                Err(error) => error.row,
            };
            if self.wishes.leave_out.contains(&number) {
                self.survey.left_out += 1;
                self.survey.rejected.insert(number);
                continue;
            }
            match row {
                Ok(row) => rows.push(row),
                Err(error) => self.unreadable(error),
            }
        }
        let columns = self.columns;
        let codes = rows
            .iter()
            .filter_map(|row| code::<T>(columns, self.world, row));
        let before = lookup::<T>(self.db, codes.collect()).await?;
        let fixed = fixed::<T>(self.db, &before).await?;
        let mut good = Vec::with_capacity(rows.len());
        for row in &rows {
            good.extend(self.row::<T>(row, &before, &fixed));
        }
        if self.wishes.likely {
            self.look_for_likely::<T>(&good).await?;
        }
        self.references::<T>(good).await?;
        Ok(())
    }

    /// Notes the new people of a chunk who may be there already.
    async fn look_for_likely<T: Table>(
        &mut self,
        read: &[Read<T::Record>],
    ) -> Result<(), StorageError> {
        let new: Vec<(u32, Traits)> = read
            .iter()
            .filter(|one| one.is_new)
            .filter_map(|one| Some((one.row, T::traits(&one.record)?)))
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let sought: Vec<Traits> = new.iter().map(|(_, traits)| traits.clone()).collect();
        let candidates = T::likely_among(self.db, &sought).await?;
        for (row, traits) in new {
            let found = candidates.iter().find_map(|one| {
                let reasons = reasons(&traits, &one.traits);
                (!reasons.is_empty()).then_some((one, reasons))
            });
            if let Some((one, reasons)) = found {
                self.survey.likely.push(LikelyRow {
                    row,
                    name: format!("{} {}", traits.given_name, traits.family_name),
                    code: one.code.clone(),
                    there: format!("{} {}", one.traits.given_name, one.traits.family_name),
                    reasons,
                });
            }
        }
        Ok(())
    }

    /// Reads one row; nothing where it has a problem.
    fn row<T: Table>(
        &mut self,
        row: &Row,
        before: &Before<T>,
        fixed: &HashSet<String>,
    ) -> Option<Read<T::Record>> {
        let fields = self.columns.fields(row);
        let old = code::<T>(self.columns, self.world, row).and_then(|code| before.get(&code));
        let twice = self.notes_code_twice::<T>(row.number, &fields);
        let read = T::read_of_file(&fields, old.map(|old| &old.value), self.world);
        let parsed = match read {
            Ok(parsed) => parsed,
            Err(invalid) => {
                for problem in invalid.0 {
                    self.reject(row.number, problem);
                }
                return None;
            }
        };
        for doubt in parsed.warnings {
            let doubt = self.row_problem(row.number, doubt);
            self.survey.warnings.push(doubt);
        }
        if twice {
            return None;
        }
        let is_unchanged = old.is_some_and(|old| old.value == parsed.value);
        if let Some(code) = T::code(&parsed.value) {
            let code = T::code_text(code);
            if !is_unchanged && fixed.contains(code) {
                let problem = Problem {
                    field: T::KEY,
                    value: code.to_owned(),
                    why: Why::new("problem-made-by-sheet"),
                };
                self.reject(row.number, problem);
                return None;
            }
        } else {
            let without_code = &mut self.survey.without_code;
            without_code.note::<T>(self.columns, &fields, &parsed.value);
        }
        Some(Read {
            row: row.number,
            record: parsed.value,
            is_unchanged,
            is_new: old.is_none(),
        })
    }

    fn notes_code_twice<T: Table>(&mut self, row: u32, fields: &RowFields) -> bool {
        let Some(code) = fields.code() else {
            return false;
        };
        if let Some(first) = self.seen.get(code) {
            let problem = Problem {
                field: T::KEY,
                value: code.to_owned(),
                // A row's number is read aloud like a code, without separators.
                why: Why::new("problem-code-twice").with("row", first),
            };
            self.reject(row, problem);
            return true;
        }
        self.seen.insert(code.to_owned(), row);
        false
    }

    /// Looks up what the good rows of a chunk name, and notes those that stay good.
    async fn references<T: Table>(
        &mut self,
        read: Vec<Read<T::Record>>,
    ) -> Result<(), StorageError> {
        let records: Vec<&T::Record> = read.iter().map(|one| &one.record).collect();
        let dangling = T::dangling(self.db, &records).await?;
        let named: Vec<T::Code> = records
            .iter()
            .filter_map(|record| T::sibling(record).map(|(_, code)| code.clone()))
            .collect();
        let nameable: HashSet<String> = if named.is_empty() {
            HashSet::new()
        } else {
            let found = T::nameable_among(self.db, &named).await?;
            found.into_iter().collect()
        };
        for (one, problems) in read.iter().zip(dangling) {
            if !problems.is_empty() {
                for problem in problems {
                    self.reject(one.row, problem);
                }
                continue;
            }
            self.keep::<T>(one, &nameable);
        }
        Ok(())
    }

    fn keep<T: Table>(&mut self, read: &Read<T::Record>, nameable: &HashSet<String>) {
        let own = T::code(&read.record).map(|code| T::code_text(code).to_owned());
        if let Some((column, to)) = T::sibling(&read.record) {
            let to = T::code_text(to).to_owned();
            self.links.push(Link {
                row: read.row,
                own: own.clone(),
                column,
                is_unchanged: read.is_unchanged,
                stored: nameable.contains(&to),
                to,
            });
        }
        if let Some(own) = own {
            self.good.insert(own, T::may_be_named(&read.record));
            self.survey.has_codes = true;
        }
        self.survey.unchanged += u64::from(read.is_unchanged);
    }

    /// Rejects rows that name one of their own table that is not there, is of
    /// the wrong kind, or was itself rejected; and so on, until none is left.
    fn follow_links(&mut self) {
        loop {
            let (sound, broken): (Vec<Link>, Vec<Link>) = std::mem::take(&mut self.links)
                .into_iter()
                .partition(|link| {
                    let is_self = link.own.as_ref() == Some(&link.to);
                    !is_self && self.good.get(&link.to).copied().unwrap_or(link.stored)
                });
            self.links = sound;
            if broken.is_empty() {
                return;
            }
            for link in broken {
                self.survey.unchanged -= u64::from(link.is_unchanged);
                if let Some(own) = link.own {
                    self.good.remove(&own);
                }
                let problem = Problem {
                    field: link.column,
                    value: link.to.clone(),
                    why: Why::new("problem-not-live-in").with("code", link.to),
                };
                self.reject(link.row, problem);
            }
        }
    }

    fn reject(&mut self, row: u32, problem: Problem) {
        let problem = self.row_problem(row, problem);
        self.survey.rejected.insert(row);
        self.survey.problems.push(problem);
    }

    fn row_problem(&mut self, row: u32, problem: Problem) -> RowProblem {
        RowProblem {
            row,
            column: problem.field.to_owned(),
            value: shown(&problem.value),
            why: self.suggestions.improve(problem.why),
        }
    }

    fn unreadable(&mut self, error: RowError) {
        self.survey.rejected.insert(error.row);
        for problem in error.problems {
            let (column, value, why) = match problem {
                FileRowProblem::Ragged { expected, found } => {
                    let why = Why::new("problem-row-ragged")
                        .with("expected", expected)
                        .with("found", found);
                    (String::new(), String::new(), why)
                }
                FileRowProblem::Cell {
                    column,
                    value,
                    problem,
                } => (column, shown(&value), cell_why(problem)),
            };
            self.survey.problems.push(RowProblem {
                row: error.row,
                column,
                value,
                why,
            });
        }
    }
}

fn cell_why(problem: CellProblem) -> Why {
    match problem {
        CellProblem::FormulaWithoutResult => Why::new("problem-cell-formula"),
        CellProblem::ErrorValue => Why::new("problem-cell-error"),
        CellProblem::NotADate => Why::new("problem-no-such-date"),
        CellProblem::TooLong { limit } => Why::new("problem-too-long").with("longest", limit),
    }
}

fn shown(value: &str) -> String {
    match value.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

/// Stored records by code.
pub(super) type Before<T> = HashMap<<T as Table>::Code, Stored<<T as Table>::Record>>;

/// The code that a row brings, where it is one.
pub(super) fn code<T: Table>(columns: &Columns, world: &World, row: &Row) -> Option<T::Code> {
    let fields = columns.fields(row);
    T::named(fields.code()?, world)
}

/// The records of a chunk's codes that are stored.
pub(super) async fn lookup<T: Table>(
    db: &impl Connection,
    codes: Vec<T::Code>,
) -> Result<Before<T>, StorageError> {
    if codes.is_empty() {
        return Ok(HashMap::new());
    }
    let stored = T::find_many(db, &codes).await?;
    Ok(stored
        .into_iter()
        .filter_map(|one| Some((T::code(&one.value)?.clone(), one)))
        .collect())
}

async fn fixed<T: Table>(
    db: &impl Connection,
    before: &Before<T>,
) -> Result<HashSet<String>, StorageError> {
    if before.is_empty() {
        return Ok(HashSet::new());
    }
    let codes: Vec<T::Code> = before.keys().cloned().collect();
    Ok(T::fixed_among(db, &codes).await?.into_iter().collect())
}
