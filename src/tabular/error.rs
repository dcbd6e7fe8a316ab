//! What can be wrong with a file, with one row of it, or with one cell. The
//! `Display` texts are for logs; people read words from the catalogues, which
//! these values choose and fill.

use std::io;

use thiserror::Error;

/// Ends the reading: nothing more can be had from the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileError {
    #[error("the file cannot be read: {0}")]
    Unreadable(io::ErrorKind),
    /// No header: nothing at all, or only blank rows.
    #[error("the file is empty")]
    Empty,
    #[error("the file passes a limit: {0:?}")]
    TooLarge(Limit),
    /// Most often Latin-1, as older spreadsheets save CSV.
    #[error("row {row} is not UTF-8")]
    NotUtf8 { row: u32 },
    #[error("the file is UTF-16")]
    Utf16,
    /// A picture, a PDF or the like.
    #[error("the file is neither CSV nor XLSX")]
    NotATable,
    /// Excel 97 (`.xls`), or an XLSX under a password, which looks the same.
    #[error("the file is an old or a protected spreadsheet")]
    OldOrProtected,
    /// A zip that holds no Excel workbook: ODS, DOCX, plain zip.
    #[error("the packed file is no XLSX")]
    NotXlsx,
    /// A part of the XLSX carries a document type, where entities are declared.
    #[error("the XLSX carries a document type")]
    DocumentType,
    /// `row`: the last one that could be read.
    #[error("the file is damaged, after row {row:?}")]
    Damaged { row: Option<u32> },
    /// An error value that the reading library does not know (`#SPILL!`), so
    /// that its cell cannot be told: somewhere after `after_row`.
    #[error("an error value {value} after row {after_row}")]
    ErrorValue { after_row: u32, value: String },
    /// `row`: where the quote opens.
    #[error("a quote opens in row {row} and never closes")]
    UnclosedQuote { row: u32 },
    /// Columns are counted from 1.
    #[error("column {column} has no name")]
    UnnamedColumn { column: usize },
    #[error("columns {first} and {second} are both named {name}")]
    DuplicateColumn {
        name: String,
        first: usize,
        second: usize,
    },
    /// Tabs between the columns, not `,` or `;`.
    #[error("columns are separated by tabs")]
    TabSeparated,
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                Self::Damaged { row: None }
            }
            kind => Self::Unreadable(kind),
        }
    }
}

/// Which of [`super::Limits`] was passed, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    FileBytes(u64),
    UnpackedBytes(u64),
    /// A part of the XLSX unpacks to more than this many times its size.
    Ratio(u64),
    Parts(usize),
    /// More strings, styles or sheets than a person's workbook has.
    Tags(usize),
    Rows(u32),
    Columns(usize),
    RecordBytes {
        row: u32,
        limit: usize,
    },
}

/// One row that cannot be taken; the reading goes on after it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("row {row}: {problems:?}")]
pub struct RowError {
    /// As a person counts rows in the file: the header is row 1.
    pub row: u32,
    pub problems: Vec<RowProblem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowProblem {
    /// Fewer or more cells than the header has.
    Ragged { expected: usize, found: usize },
    Cell {
        /// The header of the column.
        column: String,
        /// What stands in the cell; empty where nothing does.
        value: String,
        problem: CellProblem,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellProblem {
    /// A formula that no spreadsheet has reckoned yet.
    FormulaWithoutResult,
    /// `#REF!`, `#N/A` and their like.
    ErrorValue,
    /// A number shown as a date that is no date.
    NotADate,
    /// The value is cut to its first characters.
    TooLong { limit: usize },
}

/// What a row iterator gives instead of a row.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The next row can still be read.
    #[error(transparent)]
    Row(#[from] RowError),
    /// The reading is over.
    #[error(transparent)]
    File(#[from] FileError),
}

#[derive(Debug, Error)]
pub enum WriteError {
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A cell that no spreadsheet could hold. Columns are counted from 1.
    #[error("row {row}, column {column}: longer than a spreadsheet's cell")]
    CellTooLong { row: u32, column: usize },
    #[error("row {row}: {found} cells under a header of {expected}")]
    Ragged {
        row: u32,
        expected: usize,
        found: usize,
    },
    /// More rows or columns than a sheet has.
    #[error("the table is larger than a sheet")]
    TooLarge,
    #[error("the workbook cannot be made: {0}")]
    Workbook(String),
}
