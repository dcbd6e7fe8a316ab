//! How a stored cell becomes a value again: a value that the domain does not
//! know is a corrupt row, named by table and column.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};

use super::error::StorageError;
use crate::domain::money::Cents;
use crate::domain::text::{Name, fold};
use crate::domain::week::WeekGrid;

/// Rows that one statement reads or writes: below the limit on variables of
/// both kinds of database, with the widest table.
pub const CHUNK: usize = 500;

/// Reads the cells of one table.
#[derive(Clone, Copy)]
pub struct Cells(pub &'static str);

impl Cells {
    /// The value, or the corrupt cell by name.
    pub fn read<T, E>(self, column: &'static str, value: Result<T, E>) -> Result<T, StorageError> {
        value.map_err(|_| StorageError::CorruptRow {
            table: self.0,
            column,
        })
    }

    /// The same for a value that may be missing.
    pub fn some<T>(self, column: &'static str, value: Option<T>) -> Result<T, StorageError> {
        value.ok_or(StorageError::CorruptRow {
            table: self.0,
            column,
        })
    }

    /// A cell that may be null.
    pub fn optional<T, R, E>(
        self,
        column: &'static str,
        cell: Option<R>,
        read: impl FnOnce(R) -> Result<T, E>,
    ) -> Result<Option<T>, StorageError> {
        cell.map(|cell| self.read(column, read(cell))).transpose()
    }

    /// A count or an amount.
    pub fn number(self, column: &'static str, cell: i32) -> Result<u32, StorageError> {
        self.read(column, u32::try_from(cell))
    }

    /// An amount that may not be stated.
    pub fn money(
        self,
        column: &'static str,
        cell: Option<i32>,
    ) -> Result<Option<Cents>, StorageError> {
        let Some(cell) = cell else { return Ok(None) };
        self.some(column, Cents::new(self.number(column, cell)?))
            .map(Some)
    }

    /// A week grid.
    pub fn week(self, column: &'static str, cell: &[u8]) -> Result<WeekGrid, StorageError> {
        let (words, rest) = cell.as_chunks::<8>();
        let words: Vec<u64> = words.iter().map(|word| u64::from_le_bytes(*word)).collect();
        let words = self.read(column, <[u64; 6]>::try_from(words))?;
        if rest.is_empty() {
            Ok(WeekGrid::from_words(words))
        } else {
            self.some(column, None)
        }
    }
}

/// The first and the last day of a year.
pub fn days_of_year(year: i32) -> (NaiveDate, NaiveDate) {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MAX);
    (day(1, 1), day(12, 31))
}

/// The cell of a week grid: its six words, little end first.
pub fn week_cell(grid: &WeekGrid) -> Vec<u8> {
    grid.words()
        .iter()
        .flat_map(|word| word.to_le_bytes())
        .collect()
}

/// The cell of a count or an amount; the domain keeps them all below two billion.
pub fn number_cell(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// What lists of people are sorted by: small and capital letters, accents and
/// apostrophes make no difference, on no kind of database.
pub fn sort_name(family_name: &Name, given_name: &Name) -> String {
    let (family_name, given_name) = (fold(family_name.as_str()), fold(given_name.as_str()));
    format!("{family_name} {given_name}")
}

/// Every word stands somewhere in the folded column. Folded words hold no
/// wildcard, so nothing needs escaping.
pub fn has_all_words(column: &SimpleExpr, words: &[String]) -> SimpleExpr {
    let each = words
        .iter()
        .map(|word| column.clone().like(format!("%{word}%")));
    each.reduce(ExprTrait::and)
        .unwrap_or_else(|| Expr::val(true).eq(true))
}
