//! Opens a file, tells CSV from XLSX by what is in it (its name says nothing),
//! reads the header and gives the rows, from the start as often as asked.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::delimited::{Delimited, DelimitedRows};
use super::error::{FileError, Limit, ReadError};
use super::limits::Limits;
use super::row::{RawRow, Row};
use super::workbook::{Workbook, WorkbookRows};

/// What a file is read from.
pub(super) trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}
pub(super) type Stream = Box<dyn Source>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Csv,
    Xlsx,
}

/// A file whose header is known: the first row with anything in it.
pub struct Sheet {
    header: Vec<String>,
    header_row: u32,
    contents: Contents,
    limits: Limits,
}

enum Contents {
    Csv(Delimited),
    Xlsx(Box<Workbook>),
}

/// Opens a file on the disk.
pub fn open(path: &Path) -> Result<Sheet, FileError> {
    open_with(path, Limits::default())
}

pub fn open_with(path: &Path, limits: Limits) -> Result<Sheet, FileError> {
    let file = File::open(path)?;
    // a folder opens, and would only fail later and less clearly
    if file.metadata()?.is_dir() {
        return Err(FileError::Unreadable(std::io::ErrorKind::IsADirectory));
    }
    read_with(file, limits)
}

/// Opens what was uploaded; `Cursor<Vec<u8>>` is such a source.
pub fn read(source: impl Read + Seek + Send + 'static) -> Result<Sheet, FileError> {
    read_with(source, Limits::default())
}

pub fn read_with(
    source: impl Read + Seek + Send + 'static,
    limits: Limits,
) -> Result<Sheet, FileError> {
    let mut stream: Stream = Box::new(source);
    if stream.seek(SeekFrom::End(0))? > limits.file_bytes {
        return Err(FileError::TooLarge(Limit::FileBytes(limits.file_bytes)));
    }
    let mut start = Vec::new();
    stream.rewind()?;
    stream.by_ref().take(8).read_to_end(&mut start)?;
    let contents = if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
        Contents::Xlsx(Box::new(Workbook::open(stream, limits)?))
    } else if start.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(FileError::OldOrProtected);
    } else if is_document(&start) {
        return Err(FileError::NotATable);
    } else {
        Contents::Csv(Delimited::open(stream, limits)?)
    };
    Sheet::with_header(contents, limits)
}

/// Pages and printed documents are text too, and no table whatever they are called.
fn is_document(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    let start = start.trim_ascii_start();
    start.starts_with(b"<") || start.starts_with(b"%PDF-")
}

impl Sheet {
    fn with_header(mut contents: Contents, limits: Limits) -> Result<Self, FileError> {
        let mut rows = RawRows::start(&mut contents)?;
        let first = loop {
            match rows.next_row()? {
                Some(row) if row.is_blank() => {}
                Some(row) => break row,
                None => return Err(FileError::Empty),
            }
        };
        let header_row = first.number;
        let header = header(first, &limits)?;
        drop(rows);
        Ok(Self {
            header,
            header_row,
            contents,
            limits,
        })
    }

    /// The columns' names: spaces around them and a byte-order mark are gone,
    /// nothing else is changed; none is empty, none stands twice.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    pub fn format(&self) -> Format {
        match self.contents {
            Contents::Csv(_) => Format::Csv,
            Contents::Xlsx(_) => Format::Xlsx,
        }
    }

    /// The rows under the header, from the first.
    pub fn rows(&mut self) -> Result<Rows<'_>, FileError> {
        Ok(Rows {
            header: &self.header,
            header_row: self.header_row,
            limits: self.limits,
            raw: RawRows::start(&mut self.contents)?,
            given: 0,
            over: false,
        })
    }
}

/// A row, or why it cannot be taken; after [`ReadError::File`] there is no more.
pub struct Rows<'a> {
    header: &'a [String],
    header_row: u32,
    limits: Limits,
    raw: RawRows<'a>,
    given: u32,
    over: bool,
}

impl Rows<'_> {
    fn next_filled(&mut self) -> Result<Option<RawRow>, FileError> {
        while let Some(row) = self.raw.next_row()? {
            if row.number <= self.header_row || row.is_blank() {
                continue;
            }
            if self.given == self.limits.rows {
                return Err(FileError::TooLarge(Limit::Rows(self.limits.rows)));
            }
            self.given += 1;
            return Ok(Some(row));
        }
        Ok(None)
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        match self.next_filled() {
            Ok(Some(row)) => Some(
                row.into_row(self.header, self.limits.cell_chars)
                    .map_err(ReadError::from),
            ),
            Ok(None) => {
                self.over = true;
                None
            }
            Err(error) => {
                self.over = true;
                Some(Err(error.into()))
            }
        }
    }
}

enum RawRows<'a> {
    Csv(Box<DelimitedRows<'a>>),
    Xlsx(Box<WorkbookRows<'a>>),
}

impl<'a> RawRows<'a> {
    fn start(contents: &'a mut Contents) -> Result<Self, FileError> {
        Ok(match contents {
            Contents::Csv(file) => Self::Csv(Box::new(file.rows()?)),
            Contents::Xlsx(book) => Self::Xlsx(Box::new(book.rows()?)),
        })
    }

    fn next_row(&mut self) -> Result<Option<RawRow>, FileError> {
        match self {
            Self::Csv(rows) => rows.next_row(),
            Self::Xlsx(rows) => rows.next_row(),
        }
    }
}

fn header(first: RawRow, limits: &Limits) -> Result<Vec<String>, FileError> {
    if first.width > limits.columns {
        return Err(FileError::TooLarge(Limit::Columns(limits.columns)));
    }
    let mut names: Vec<String> = Vec::with_capacity(first.width);
    for (at, cell) in first.cells.into_iter().take(first.width).enumerate() {
        let column = at + 1;
        // a formula without a result names nothing
        let text = cell.map_err(|_| FileError::UnnamedColumn { column })?;
        let name = super::unguard(text.trim());
        if name.is_empty() {
            return Err(FileError::UnnamedColumn { column });
        }
        if name.chars().any(|c| c.is_control() && !c.is_whitespace()) {
            return Err(FileError::NotATable);
        }
        if let Some(first) = names.iter().position(|other| *other == name) {
            return Err(FileError::DuplicateColumn {
                name,
                first: first + 1,
                second: column,
            });
        }
        names.push(name);
    }
    Ok(names)
}
