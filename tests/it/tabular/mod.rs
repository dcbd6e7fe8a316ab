//! CSV and XLSX in and out, from outside: what each good and each bad file gets.

mod csv;
mod hostile;
mod round_trip;
pub mod xlsx;

use std::io::Cursor;

use dom::tabular::{self, FileError, ReadError, Row, Sheet};

fn sheet(bytes: impl Into<Vec<u8>>) -> Sheet {
    opened(bytes).expect("the file opens")
}

fn opened(bytes: impl Into<Vec<u8>>) -> Result<Sheet, FileError> {
    tabular::read(Cursor::new(bytes.into()))
}

fn refused(bytes: impl Into<Vec<u8>>) -> FileError {
    opened(bytes).err().expect("the file is refused")
}

fn all(sheet: &mut Sheet) -> Vec<Result<Row, ReadError>> {
    sheet.rows().expect("the rows start").collect()
}

/// Number and texts of every row, of a file that is wholly good.
fn texts(sheet: &mut Sheet) -> Vec<(u32, Vec<String>)> {
    all(sheet)
        .into_iter()
        .map(|row| row.expect("a good row"))
        .map(|row| {
            let cells = row.cells.iter().map(|cell| cell.text().to_owned());
            (row.number, cells.collect())
        })
        .collect()
}

fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
    (number, cells.iter().map(|&cell| cell.to_owned()).collect())
}
