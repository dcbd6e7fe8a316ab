//! Tables in and out, as CSV and as XLSX: a header, and rows of text.
//! What a column means is not known here, and no word for people is written
//! here: what is wrong with a file or a row leaves as data.
//! Reading streams, and what a file may cost is bounded by [`Limits`]; what
//! [`write_csv`] and [`write_xlsx`] wrote reads back to the same text.

mod delimited;
mod error;
mod figures;
mod guard;
mod limits;
mod package;
mod records;
mod row;
mod sheet;
mod workbook;
mod write;

pub use error::{CellProblem, FileError, Limit, ReadError, RowError, RowProblem, WriteError};
pub use figures::{Figure, write_figures};
pub use guard::{guard, unguard};
pub use limits::Limits;
pub use row::{Cell, Row};
pub use sheet::{Format, Rows, Sheet, open, open_with, read, read_with};
pub use write::{Writer, write_csv, write_xlsx};
