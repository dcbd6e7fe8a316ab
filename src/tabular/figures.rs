//! Writes a table of figures: a workbook in which numbers are numbers, so that a
//! spreadsheet can add them up. The same rows give the same bytes.

use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as CellStyle, Workbook};

use super::error::WriteError;
use super::guard::guard;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    Text(String),
    Number(u32),
    /// One that may be below zero.
    Signed(i32),
    Nothing,
}

/// One sheet, its header in bold and kept in sight.
pub fn write_figures<W: Write + Send>(
    header: &[&str],
    rows: &[Vec<Figure>],
    mut out: W,
) -> Result<W, WriteError> {
    let (text, bold) = (
        CellStyle::new().set_num_format("@"),
        CellStyle::new().set_bold(),
    );
    let mut made = Workbook::new();
    // the day a workbook is made would make equal tables differ
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    made.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let sheet = made.add_worksheet();
    sheet.set_freeze_panes(1, 0)?;
    for (column, name) in (0..).zip(header) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
        sheet.set_column_width(column, 16)?;
    }
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Figure::Text(words) => {
                    sheet.write_string_with_format(row, column, guard(words), &text)?;
                }
                Figure::Number(number) => {
                    sheet.write_number(row, column, *number)?;
                }
                Figure::Signed(number) => {
                    sheet.write_number(row, column, *number)?;
                }
                Figure::Nothing => {}
            }
        }
    }
    made.save_to_writer(&mut out)?;
    out.flush()?;
    Ok(out)
}
