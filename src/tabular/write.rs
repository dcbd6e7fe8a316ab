//! Writes a table: CSV after RFC 4180 (`,`, lines end in CR LF, UTF-8 without
//! a byte-order mark), a row at a time; XLSX with every cell as text, so that
//! no spreadsheet drops a zero, and with the same bytes for the same rows.
//! Every cell is guarded, see [`guard`]. A row of empty cells is not read back.
//!
//! A workbook is held until its end: each text stands in it once, in a table that is known
//! only then. Texts beside their cells could leave row by row, but a sheet of them is twice
//! as large, so that half as many rows would read back (`limits`).

use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as CellStyle, Workbook, XlsxError};

use super::error::WriteError;
use super::guard::guard;
use super::limits::CELL_CHARS;
use super::sheet::Format;

/// Takes rows one after the other. Dropped without [`Writer::finish`], a CSV
/// may lack its end and an XLSX is not written at all.
pub struct Writer<W: Write> {
    columns: usize,
    /// Of the row to come; the header is row 1.
    row: u32,
    to: To<W>,
}

enum To<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Xlsx { book: Box<Book>, out: W },
}

struct Book {
    made: Workbook,
    text: CellStyle,
    bold: CellStyle,
}

pub fn write_csv<R, W>(
    header: &[&str],
    rows: impl IntoIterator<Item = R>,
    out: W,
) -> Result<W, WriteError>
where
    R: IntoIterator<Item: AsRef<str>>,
    W: Write + Send,
{
    write(Format::Csv, header, rows, out)
}

pub fn write_xlsx<R, W>(
    header: &[&str],
    rows: impl IntoIterator<Item = R>,
    out: W,
) -> Result<W, WriteError>
where
    R: IntoIterator<Item: AsRef<str>>,
    W: Write + Send,
{
    write(Format::Xlsx, header, rows, out)
}

fn write<R, W>(
    format: Format,
    header: &[&str],
    rows: impl IntoIterator<Item = R>,
    out: W,
) -> Result<W, WriteError>
where
    R: IntoIterator<Item: AsRef<str>>,
    W: Write + Send,
{
    let mut writer = Writer::new(format, header, out)?;
    for row in rows {
        writer.row(row)?;
    }
    writer.finish()
}

impl<W: Write + Send> Writer<W> {
    pub fn new(format: Format, header: &[&str], out: W) -> Result<Self, WriteError> {
        let to = match format {
            Format::Csv => To::Csv(Box::new(delimited(out))),
            Format::Xlsx => To::Xlsx {
                book: Box::new(Book::new(header.len())?),
                out,
            },
        };
        let mut writer = Self {
            columns: header.len(),
            row: 1,
            to,
        };
        writer.row(header)?;
        Ok(writer)
    }

    /// More rows of a CSV whose header and first rows were written before; `row` is
    /// the number of the next one, the header's being 1.
    pub fn more_of_csv(columns: usize, row: u32, out: W) -> Self {
        let to = To::Csv(Box::new(delimited(out)));
        Self { columns, row, to }
    }

    /// One cell for each column of the header.
    pub fn row(&mut self, cells: impl IntoIterator<Item: AsRef<str>>) -> Result<(), WriteError> {
        let row = self.row;
        let mut found = 0;
        for cell in cells {
            let text = guard(cell.as_ref());
            if text.encode_utf16().count() > CELL_CHARS {
                let column = found + 1;
                return Err(WriteError::CellTooLong { row, column });
            }
            match &mut self.to {
                To::Csv(csv) => csv.write_field(&text).map_err(unwritten)?,
                To::Xlsx { book, .. } => book.put(row, found, &text)?,
            }
            found += 1;
        }
        if found != self.columns {
            return Err(WriteError::Ragged {
                row,
                expected: self.columns,
                found,
            });
        }
        if let To::Csv(csv) = &mut self.to {
            csv.write_record(None::<&[u8]>).map_err(unwritten)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Writes what is still held back, and gives back where it was written to.
    pub fn finish(self) -> Result<W, WriteError> {
        match self.to {
            To::Csv(csv) => Ok(csv.into_inner().map_err(csv::IntoInnerError::into_error)?),
            To::Xlsx { mut book, mut out } => {
                book.made.save_to_writer(&mut out)?;
                out.flush()?;
                Ok(out)
            }
        }
    }
}

fn delimited<W: Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out)
}

impl Book {
    fn new(columns: usize) -> Result<Self, WriteError> {
        let text = CellStyle::new().set_num_format("@");
        let bold = text.clone().set_bold();
        let mut made = Workbook::new();
        // the day a workbook is made would make equal tables differ
        let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
        made.set_properties(&DocProperties::new().set_creation_datetime(&day));
        let sheet = made.add_worksheet();
        sheet.set_freeze_panes(1, 0)?;
        for column in 0..columns {
            // what is typed into an empty cell stays text too: 053011, +39…
            sheet.set_column_format(column_index(column)?, &text)?;
        }
        Ok(Self { made, text, bold })
    }

    fn put(&mut self, row: u32, column: usize, text: &str) -> Result<(), WriteError> {
        if text.is_empty() {
            return Ok(());
        }
        let style = if row == 1 { &self.bold } else { &self.text };
        self.made
            .worksheet_from_index(0)?
            .write_string_with_format(row - 1, column_index(column)?, text, style)?;
        Ok(())
    }
}

fn column_index(column: usize) -> Result<u16, WriteError> {
    u16::try_from(column).map_err(|_| WriteError::TooLarge)
}

fn unwritten(error: csv::Error) -> WriteError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => WriteError::Io(std::io::Error::other(format!("{other:?}"))),
    }
}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::IoError(error) => error.into(),
            XlsxError::RowColumnLimitError => Self::TooLarge,
            other => Self::Workbook(other.to_string()),
        }
    }
}
