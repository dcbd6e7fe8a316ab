//! The header of a file: which column stands where, and which headers it may
//! not have.

use std::collections::HashMap;

use super::super::tables::Kind;
use super::values::{self, Own};
use crate::domain::forbidden::Forbidden;
use crate::domain::reading::Fields;
use crate::domain::text::fold;
use crate::tabular::Row;

/// A header that cannot be taken.
#[derive(Debug, Clone)]
pub enum ColumnProblem {
    /// No column of the table; `nearest` is one that is written much like it.
    Unknown {
        column: String,
        kind: Kind,
        nearest: Option<&'static str>,
    },
    /// It smells of what no such file may tell.
    Forbidden {
        column: String,
        kind: Kind,
        what: &'static Forbidden,
    },
}

/// The columns of the table that the file has.
pub(super) struct Columns {
    key: &'static str,
    places: HashMap<&'static str, usize>,
    /// What stands in every row of a column that the file lacks.
    filled: HashMap<&'static str, String>,
    /// By what cells may hold words in place of codes; none where they may not.
    own: Option<Own>,
}

/// What the columns of a file with a desk's own headers stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    /// By place; none where a column is not read. No column stands here twice.
    pub columns: Vec<Option<&'static str>>,
    /// What stands in every row of a column that the file lacks.
    pub filled: Vec<(&'static str, String)>,
}

impl Columns {
    /// Every header that is no column is a problem.
    pub fn of(kind: Kind, header: &[String]) -> Result<Self, Vec<ColumnProblem>> {
        let mut places = HashMap::with_capacity(header.len());
        let mut problems = Vec::new();
        for (place, column) in header.iter().enumerate() {
            match kind.columns().iter().find(|known| *known == column) {
                Some(known) => {
                    places.insert(*known, place);
                }
                None => problems.push(problem(kind, column)),
            }
        }
        if problems.is_empty() {
            Ok(Self {
                key: kind.key(),
                places,
                filled: HashMap::new(),
                own: None,
            })
        } else {
            Err(problems)
        }
    }

    /// The columns as somebody said they are.
    pub fn mapped(kind: Kind, mapping: &Mapping, own: Own) -> Self {
        let places: HashMap<_, _> = (mapping.columns.iter().enumerate())
            .filter_map(|(place, column)| Some(((*column)?, place)))
            .collect();
        let filled = mapping.filled.iter();
        Self {
            key: kind.key(),
            filled: filled
                .filter(|(column, _)| !places.contains_key(column))
                .cloned()
                .collect(),
            places,
            own: Some(own),
        }
    }

    pub fn has(&self, column: &str) -> bool {
        self.places.contains_key(column) || self.filled.contains_key(column)
    }

    /// The row, its cells called by column.
    pub fn fields<'a>(&'a self, row: &'a Row) -> RowFields<'a> {
        let meant = |own: &Own| -> HashMap<_, _> {
            let cells = self.places.iter().filter_map(|(column, place)| {
                let cell = row.cells.get(*place)?;
                Some((*column, values::meant(column, cell.text(), own)?))
            });
            cells.collect()
        };
        RowFields {
            columns: self,
            row,
            meant: self.own.as_ref().map(meant).unwrap_or_default(),
        }
    }
}

pub(super) struct RowFields<'a> {
    columns: &'a Columns,
    row: &'a Row,
    /// Cells that say a code by its label.
    meant: HashMap<&'static str, String>,
}

impl Fields for RowFields<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        if let Some(code) = self.meant.get(column) {
            return Some(code.as_str());
        }
        match self.columns.places.get(column) {
            Some(place) => self.row.cells.get(*place).map(crate::tabular::Cell::text),
            None => self.columns.filled.get(column).map(String::as_str),
        }
    }
}

impl RowFields<'_> {
    /// The code that the row brings, where it brings one.
    pub fn code(&self) -> Option<&str> {
        self.get(self.columns.key)
            .map(str::trim)
            .filter(|code| !code.is_empty())
    }
}

fn problem(kind: Kind, column: &str) -> ColumnProblem {
    if let Some(what) = Forbidden::smelled(kind.code(), column) {
        return ColumnProblem::Forbidden {
            column: column.to_owned(),
            kind,
            what,
        };
    }
    let typed = fold(column);
    let nearest = kind
        .columns()
        .iter()
        .map(|known| (strsim::damerau_levenshtein(&typed, &fold(known)), *known))
        .filter(|(distance, known)| *distance <= 2 && distance * 3 <= known.len())
        .min();
    ColumnProblem::Unknown {
        column: column.to_owned(),
        kind,
        nearest: nearest.map(|(_, known)| known),
    }
}
