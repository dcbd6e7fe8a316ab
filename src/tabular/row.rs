//! Rows as they leave the readers: as many cells as the header, each of them
//! text, the guard taken off. Blank rows are passed over but counted.

use super::error::{CellProblem, RowError, RowProblem};
use super::guard::unguard;

/// How much of a cell that is too long an error carries.
const SHOWN_CHARS: usize = 60;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As a person counts rows in the file: the header is row 1, blank rows
    /// count, a cell with line breaks does not.
    pub number: u32,
    /// One for each column of the header, in its order.
    pub cells: Vec<Cell>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell(String);

impl Cell {
    /// The text as it was written, spaces and control characters included.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The text without the spaces around it: what most columns mean.
    pub fn trimmed(&self) -> &str {
        self.0.trim()
    }

    /// Nothing, or only spaces: not stated.
    pub fn is_empty(&self) -> bool {
        self.trimmed().is_empty()
    }
}

/// What a file holds in a cell, and why it cannot be taken.
#[derive(Clone, Debug)]
pub(super) struct Bad {
    pub value: String,
    pub problem: CellProblem,
}

/// A row as a file holds it.
#[derive(Debug)]
pub(super) struct RawRow {
    pub number: u32,
    pub cells: Vec<Result<String, Bad>>,
    /// Cells up to the last with more than spaces, also those not in `cells`.
    pub width: usize,
    /// Whether missing cells at the end are a fault (CSV) or simply empty.
    pub may_be_short: bool,
}

impl RawRow {
    pub(super) fn is_blank(&self) -> bool {
        self.width == 0
    }

    pub(super) fn into_row(self, header: &[String], cell_chars: usize) -> Result<Row, RowError> {
        let expected = header.len();
        let too_short = self.cells.len() < expected && !self.may_be_short;
        if self.width > expected || too_short {
            let found = self.width.max(self.cells.len().min(expected));
            let problems = vec![RowProblem::Ragged { expected, found }];
            return Err(RowError {
                row: self.number,
                problems,
            });
        }
        let mut cells = Vec::with_capacity(expected);
        let mut problems = Vec::new();
        for (raw, column) in self.cells.into_iter().zip(header) {
            match raw.and_then(|text| within(unguard(&text), cell_chars)) {
                Ok(text) => cells.push(Cell(text)),
                Err(Bad { value, problem }) => problems.push(RowProblem::Cell {
                    column: column.clone(),
                    value,
                    problem,
                }),
            }
        }
        if !problems.is_empty() {
            return Err(RowError {
                row: self.number,
                problems,
            });
        }
        cells.resize(expected, Cell(String::new()));
        Ok(Row {
            number: self.number,
            cells,
        })
    }
}

fn within(text: String, limit: usize) -> Result<String, Bad> {
    // bytes are never fewer than characters, and counting bytes costs nothing
    if text.len() <= limit || text.chars().count() <= limit {
        return Ok(text);
    }
    Err(Bad {
        value: text.chars().take(SHOWN_CHARS).collect(),
        problem: CellProblem::TooLong { limit },
    })
}
