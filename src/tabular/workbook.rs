//! XLSX: the first sheet that a person sees, row by row; a cell is the text of
//! what the spreadsheet shows in it. Inspected by `package` before anything of
//! it is believed; the strings that cells share are held in memory, the rows
//! are not.

use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    DataRef, ExcelDateTime, ExcelDateTimeType, Reader, SheetType, SheetVisible, Xlsx,
    XlsxCellFormulaMetadataRecord, XlsxCellReader, XlsxError,
};

use super::error::{CellProblem, FileError};
use super::limits::Limits;
use super::package;
use super::row::{Bad, RawRow};
use super::sheet::Stream;

type Book = Xlsx<BufReader<Stream>>;

pub(super) struct Workbook {
    book: Book,
    sheet: String,
    columns: usize,
}

impl Workbook {
    pub(super) fn open(mut stream: Stream, limits: Limits) -> Result<Self, FileError> {
        package::inspect(&mut stream, &limits)?;
        let book: Book = guarded(0, || Xlsx::new(BufReader::new(stream)))?;
        let sheets = || {
            let sheets = book.sheets_metadata().iter();
            sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet)
        };
        let sheet = sheets()
            .find(|sheet| sheet.visible == SheetVisible::Visible)
            .or_else(|| sheets().next())
            .map(|sheet| sheet.name.clone())
            .ok_or(FileError::NotXlsx)?;
        Ok(Self {
            book,
            sheet,
            columns: limits.columns,
        })
    }

    /// All rows with anything in them, the header the first.
    pub(super) fn rows(&mut self) -> Result<WorkbookRows<'_>, FileError> {
        let (book, sheet) = (&mut self.book, &self.sheet);
        let is_1904 = book.has_1904_epoch();
        Ok(WorkbookRows {
            cells: guarded(0, || book.worksheet_cells_reader(sheet))?,
            ahead: None,
            columns: self.columns,
            is_1904,
            row: 0,
            over: false,
        })
    }
}

pub(super) struct WorkbookRows<'a> {
    cells: XlsxCellReader<'a, BufReader<Stream>>,
    /// The first cell of the next row.
    ahead: Option<XlsxCellFormulaMetadataRecord<'a>>,
    columns: usize,
    /// Whether days are counted from 1904, as old Excel for the Mac does.
    is_1904: bool,
    /// The last row begun, counted from 1.
    row: u32,
    /// Asked once more after its end, the library would read on.
    over: bool,
}

impl<'a> WorkbookRows<'a> {
    pub(super) fn next_row(&mut self) -> Result<Option<RawRow>, FileError> {
        let first = match self.ahead.take() {
            Some(cell) => cell,
            None => match self.next_cell()? {
                Some(cell) => cell,
                None => return Ok(None),
            },
        };
        let number = first.pos.0.saturating_add(1);
        if number <= self.row {
            // rows out of order have no number that a person could look up
            return Err(FileError::Damaged {
                row: Some(self.row),
            });
        }
        self.row = number;
        let mut row = RawRow {
            number,
            cells: Vec::new(),
            width: 0,
            may_be_short: true,
        };
        let mut cell = Some(first);
        while let Some(at) = cell {
            if at.pos.0 + 1 != number {
                self.ahead = Some(at);
                break;
            }
            self.put(&mut row, &at);
            cell = self.next_cell()?;
        }
        Ok(Some(row))
    }

    fn put(&self, row: &mut RawRow, cell: &XlsxCellFormulaMetadataRecord<'_>) {
        let column = usize::try_from(cell.pos.1).unwrap_or(usize::MAX);
        let text = text(&cell.value, cell.formula.is_some(), self.is_1904);
        if text.as_ref().is_ok_and(String::is_empty) {
            return;
        }
        if text.as_ref().map_or(true, |text| !text.trim().is_empty()) {
            row.width = row.width.max(column.saturating_add(1));
        }
        if column < self.columns {
            if row.cells.len() <= column {
                row.cells.resize_with(column + 1, || Ok(String::new()));
            }
            row.cells[column] = text;
        }
    }

    fn next_cell(&mut self) -> Result<Option<XlsxCellFormulaMetadataRecord<'a>>, FileError> {
        if self.over {
            return Ok(None);
        }
        let cells = &mut self.cells;
        let cell = guarded(self.row, || cells.next_cell_with_formula_metadata())?;
        self.over = cell.is_none();
        Ok(cell)
    }
}

/// Runs the reading library, which reckons with well-formed files: on others
/// its sums can overflow. A panic there is a damaged file, not our end.
fn guarded<T>(row: u32, read: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, FileError> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(refused(error, row)),
        Err(_) => Err(FileError::Damaged { row: Some(row) }),
    }
}

fn refused(error: XlsxError, row: u32) -> FileError {
    match error {
        XlsxError::Io(error) => error.into(),
        XlsxError::Zip(error) => package::damaged(error),
        XlsxError::Password => FileError::OldOrProtected,
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => FileError::NotXlsx,
        XlsxError::CellError(value) => FileError::ErrorValue {
            after_row: row,
            value,
        },
        _ => FileError::Damaged { row: Some(row) },
    }
}

fn text(value: &DataRef<'_>, is_formula: bool, is_1904: bool) -> Result<String, Bad> {
    let bad = |value: String, problem| Err(Bad { value, problem });
    match value {
        DataRef::Empty if is_formula => bad(String::new(), CellProblem::FormulaWithoutResult),
        DataRef::Empty => Ok(String::new()),
        DataRef::String(text) | DataRef::DurationIso(text) => Ok(text.clone()),
        DataRef::SharedString(text) => Ok((*text).to_owned()),
        DataRef::Int(number) => Ok(number.to_string()),
        DataRef::Float(number) if number.is_finite() => Ok(shown(*number)),
        DataRef::Float(number) => bad(number.to_string(), CellProblem::ErrorValue),
        DataRef::Bool(yes) => Ok(if *yes { "yes" } else { "no" }.to_owned()),
        DataRef::Error(error) => bad(error.to_string(), CellProblem::ErrorValue),
        DataRef::DateTime(moment) if moment.is_duration() => Ok(hours(moment.as_f64())),
        DataRef::DateTime(moment) => date(moment.as_f64(), is_1904).ok_or_else(|| Bad {
            value: shown(moment.as_f64()),
            problem: CellProblem::NotADate,
        }),
        DataRef::DateTimeIso(text) => Ok(text.strip_suffix("T00:00:00").unwrap_or(text).to_owned()),
    }
}

/// A number as a spreadsheet shows it: 15 digits, so that 0.1 + 0.2 is 0.3,
/// never an exponent, no `.0`.
fn shown(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // zero has no sign
    (rounded + 0.0).to_string()
}

const DAY_SECONDS: f64 = 86_400.0;
/// The day after 9999-12-31 in the system that counts from 1900.
const END_OF_DATES: f64 = 2_958_466.0;
/// 29 February 1900, which Excel has and the calendar has not.
const NO_DAY: f64 = 60.0;

/// `2026-11-23`; with a time that is not midnight `2026-11-23T14:30:00`; a time
/// without a date `14:30:00`.
fn date(serial: f64, is_1904: bool) -> Option<String> {
    let seconds = (serial * DAY_SECONDS).round();
    let day = (seconds / DAY_SECONDS).floor();
    if !(0.0..END_OF_DATES).contains(&day) || (day == NO_DAY && !is_1904) {
        return None;
    }
    let exact = ExcelDateTime::new(seconds / DAY_SECONDS, ExcelDateTimeType::DateTime, is_1904);
    let (year, month, day_of_month, hour, minute, second, _) = exact.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if day == 0.0 && !is_1904 {
        return Some(time);
    }
    let date = format!("{year:04}-{month:02}-{day_of_month:02}");
    let is_midnight = time == "00:00:00";
    Some(if is_midnight {
        date
    } else {
        format!("{date}T{time}")
    })
}

/// A duration, as `[h]:mm` shows it.
fn hours(days: f64) -> String {
    let minutes = (days.abs() * 1440.0).round();
    let sign = if days < 0.0 && minutes > 0.0 { "-" } else { "" };
    let hours = (minutes / 60.0).floor();
    format!("{sign}{hours}:{:02}", minutes - hours * 60.0)
}
