//! XLSX: what stands in a cell comes out as the text that a person sees there.

use std::io::{Cursor, Write};

use dom::tabular::{CellProblem, FileError, Format, Limit, ReadError, RowError, RowProblem};
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;

use super::{all, refused, row, sheet, texts};

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("the fixture is made")
}

/// A workbook put together by hand around one sheet's rows.
pub(super) fn by_hand(rows: &str) -> Vec<u8> {
    package(&[(
        "xl/worksheets/sheet1.xml",
        format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <sheetData>{rows}</sheetData></worksheet>"
        )
        .as_bytes(),
    )])
}

/// A workbook of one sheet; `parts` add to what is needed, or replace it.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org";
    let types = format!("<Types xmlns=\"{MAIN}/package/2006/content-types\"/>");
    let root = format!(
        "<Relationships xmlns=\"{MAIN}/package/2006/relationships\"><Relationship Id=\"r\" \
         Type=\"{MAIN}/officeDocument/2006/relationships/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let sheets = format!(
        "<Relationships xmlns=\"{MAIN}/package/2006/relationships\"><Relationship Id=\"s\" \
         Type=\"{MAIN}/officeDocument/2006/relationships/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let book = format!(
        "<workbook xmlns=\"{MAIN}/spreadsheetml/2006/main\" \
         xmlns:r=\"{MAIN}/officeDocument/2006/relationships\"><workbookPr/>\
         <sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"
    );
    let needed = [
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", root.as_bytes()),
        ("xl/_rels/workbook.xml.rels", sheets.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let kept = needed
        .iter()
        .filter(|(name, _)| !parts.iter().any(|(other, _)| other == name));
    for (name, bytes) in kept.chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a part begins");
        zip.write_all(bytes).expect("a part is written");
    }
    zip.finish().expect("the zip ends").into_inner()
}

fn rejected(row: u32, column: &str, value: &str, problem: CellProblem) -> ReadError {
    ReadError::Row(RowError {
        row,
        problems: vec![RowProblem::Cell {
            column: column.into(),
            value: value.into(),
            problem,
        }],
    })
}

#[test]
fn the_kind_is_told_by_what_is_in_the_file() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "code").expect("cell");
    });
    assert_eq!(sheet(bytes).format(), Format::Xlsx);
    assert_eq!(sheet("PK,code\n").format(), Format::Csv);
}

#[test]
fn rows_have_the_numbers_that_the_spreadsheet_shows() {
    let bytes = workbook(|sheet| {
        for (row, text) in [(1, "code"), (3, "W-1"), (4, " "), (9, "W-2")] {
            sheet.write(row, 0, text).expect("cell");
        }
        sheet.write(1, 1, "desk").expect("cell");
        sheet.write(9, 1, "follonica").expect("cell");
    });
    let mut sheet = sheet(bytes);
    assert_eq!(sheet.header(), ["code", "desk"]);
    let expected = [row(4, &["W-1", ""]), row(10, &["W-2", "follonica"])];
    assert_eq!(texts(&mut sheet), expected);
    assert_eq!(texts(&mut sheet), expected, "and again");
}

#[test]
fn numbers_come_without_a_point_or_an_exponent() {
    let numbers = [
        (393_331_234_567.0, "393331234567"),
        (53_011.0, "53011"),
        (25.0, "25"),
        (9.5, "9.5"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (1e15, "1000000000000000"),
        (-12.25, "-12.25"),
    ];
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "n").expect("cell");
        for (row, (number, _)) in (1..).zip(numbers) {
            sheet.write(row, 0, number).expect("cell");
        }
    });
    let read: Vec<_> = texts(&mut sheet(bytes))
        .into_iter()
        .flat_map(|row| row.1)
        .collect();
    assert_eq!(read, numbers.map(|(_, text)| text));
}

#[test]
fn yes_and_no_are_read_from_true_and_false() {
    let bytes = workbook(|sheet| {
        sheet.write_row(0, 0, ["a", "b"]).expect("header");
        sheet.write(1, 0, true).expect("cell");
        sheet.write(1, 1, false).expect("cell");
    });
    assert_eq!(texts(&mut sheet(bytes)), [row(2, &["yes", "no"])]);
}

#[test]
fn dates_kept_as_numbers_come_as_dates() {
    let day = Style::new().set_num_format("dd/mm/yyyy");
    let clock = Style::new().set_num_format("hh:mm");
    let length = Style::new().set_num_format("[h]:mm");
    let bytes = workbook(|sheet| {
        sheet
            .write_row(0, 0, ["date", "moment", "time", "length", "bare"])
            .expect("header");
        let date = ExcelDateTime::from_ymd(2026, 11, 23).expect("date");
        let moment = ExcelDateTime::from_ymd(2026, 11, 23)
            .and_then(|day| day.and_hms(14, 30, 0))
            .expect("moment");
        sheet.write_with_format(1, 0, &date, &day).expect("cell");
        sheet.write_with_format(1, 1, &moment, &day).expect("cell");
        sheet
            .write_with_format(1, 2, 8.5 / 24.0, &clock)
            .expect("cell");
        sheet
            .write_with_format(1, 3, 37.75 / 24.0, &length)
            .expect("cell");
        // a date without a date's format is only a number
        sheet.write(1, 4, 46_349.0).expect("cell");
    });
    assert_eq!(
        texts(&mut sheet(bytes)),
        [row(
            2,
            &[
                "2026-11-23",
                "2026-11-23T14:30:00",
                "08:30:00",
                "37:45",
                "46349"
            ]
        )]
    );
}

const DATE_STYLE: &[u8] =
    b"<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
    <cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";

fn dated(workbook_properties: &str, serial: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org";
    let book = format!(
        "<workbook xmlns=\"{MAIN}/spreadsheetml/2006/main\" \
         xmlns:r=\"{MAIN}/officeDocument/2006/relationships\">{workbook_properties}\
         <sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"s\"/></sheets></workbook>"
    );
    let rows = format!(
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>date</t></is></c>\
         </row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>{serial}</v></c></row></sheetData></worksheet>"
    );
    package(&[
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/styles.xml", DATE_STYLE),
        ("xl/worksheets/sheet1.xml", rows.as_bytes()),
    ])
}

#[test]
fn both_ways_of_counting_days_give_the_same_day() {
    let from_1900 = dated("<workbookPr/>", "46349");
    let from_1904 = dated("<workbookPr date1904=\"1\"/>", "44887");
    for bytes in [from_1900, from_1904] {
        assert_eq!(texts(&mut sheet(bytes)), [row(2, &["2026-11-23"])]);
    }
    // a whisker below midnight, as sums of fractions leave it
    let nearly = dated("<workbookPr/>", "46348.999999999");
    assert_eq!(texts(&mut sheet(nearly)), [row(2, &["2026-11-23"])]);
}

#[test]
fn a_number_shown_as_a_date_that_is_none_rejects_its_row() {
    for serial in ["-1", "60", "2958466"] {
        assert_eq!(
            all(&mut sheet(dated("<workbookPr/>", serial))),
            [Err(rejected(2, "date", serial, CellProblem::NotADate))]
        );
    }
}

#[test]
fn a_formula_counts_by_the_result_that_is_stored_with_it() {
    let bytes = workbook(|sheet| {
        sheet.write_row(0, 0, ["text", "number"]).expect("header");
        let text = Formula::new("A1&\"x\"").set_result("W-000123");
        let sum = Formula::new("SUM(1,2)").set_result("3");
        sheet.write(1, 0, text).expect("cell");
        sheet.write(1, 1, sum).expect("cell");
    });
    assert_eq!(texts(&mut sheet(bytes)), [row(2, &["W-000123", "3"])]);

    let empty_text = by_hand(
        "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c><c r=\"B1\" t=\"str\"><v>b</v></c></row>\
         <row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" t=\"str\"><f>IF(1,\"\",2)</f><v></v></c></row>",
    );
    assert_eq!(texts(&mut sheet(empty_text)), [row(2, &["1", ""])]);
}

#[test]
fn a_formula_without_a_result_rejects_its_row_and_is_never_silently_empty() {
    for cell in [
        "<c r=\"B2\"><f>A2+1</f></c>",
        "<c r=\"B2\"><f>A2+1</f><v></v></c>",
        "<c r=\"B2\"><f>A2+1</f><v/></c>",
        "<c r=\"B2\"><f t=\"shared\" si=\"0\"/></c>",
    ] {
        let rows = format!(
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c><c r=\"B1\" t=\"str\"><v>b</v></c></row>\
             <row r=\"2\"><c r=\"A2\"><v>1</v></c>{cell}</row><row r=\"3\"><c r=\"A3\"><v>2</v></c></row>"
        );
        let rows = all(&mut sheet(by_hand(&rows)));
        assert_eq!(rows.len(), 2, "{cell}");
        assert_eq!(
            rows[0],
            Err(rejected(2, "b", "", CellProblem::FormulaWithoutResult)),
            "{cell}"
        );
        assert_eq!(rows[1].as_ref().expect("the next row is good").number, 3);
    }
}

#[test]
fn an_error_value_rejects_its_row_with_the_column_and_the_value() {
    for value in [
        "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!",
    ] {
        let rows = format!(
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c><c r=\"B1\" t=\"str\"><v>b</v></c></row>\
             <row r=\"5\"><c r=\"A5\"><v>1</v></c><c r=\"B5\" t=\"e\"><f>X</f><v>{value}</v></c></row>"
        );
        assert_eq!(
            all(&mut sheet(by_hand(&rows))),
            [Err(rejected(5, "b", value, CellProblem::ErrorValue))]
        );
    }
}

#[test]
fn an_error_value_of_a_newer_spreadsheet_stops_the_reading_by_name() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>\
                <row r=\"2\"><c r=\"A2\"><v>1</v></c></row>\
                <row r=\"3\"><c r=\"A3\" t=\"e\"><v>#SPILL!</v></c></row>";
    let rows = all(&mut sheet(by_hand(rows)));
    let expected = FileError::ErrorValue {
        after_row: 2,
        value: "#SPILL!".into(),
    };
    assert_eq!(rows.last(), Some(&Err(ReadError::File(expected))));
}

#[test]
fn all_bad_cells_of_a_row_are_named() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c><c r=\"B1\" t=\"str\"><v>b</v></c></row>\
                <row r=\"2\"><c r=\"A2\"><f>B2</f></c><c r=\"B2\" t=\"e\"><v>#REF!</v></c></row>";
    match &all(&mut sheet(by_hand(rows)))[..] {
        [Err(ReadError::Row(error))] => assert_eq!(error.problems.len(), 2),
        other => panic!("one rejected row, not {other:?}"),
    }
}

#[test]
fn a_value_beside_the_table_is_ragged_and_a_short_row_is_not() {
    let bytes = workbook(|sheet| {
        sheet.write_row(0, 0, ["a", "b"]).expect("header");
        sheet.write(1, 0, "1").expect("cell");
        sheet.write(2, 0, "1").expect("cell");
        sheet.write(2, 16_383, "far away").expect("cell");
    });
    let rows = all(&mut sheet(bytes));
    assert!(rows[0].is_ok());
    assert_eq!(
        rows[1],
        Err(ReadError::Row(RowError {
            row: 3,
            problems: vec![RowProblem::Ragged {
                expected: 2,
                found: 16_384
            }]
        }))
    );
}

#[test]
fn only_the_first_sheet_that_can_be_seen_is_read() {
    let mut book = Workbook::new();
    let hidden = book.add_worksheet();
    hidden.write(0, 0, "hidden").expect("cell");
    hidden.set_hidden(true);
    let seen = book.add_worksheet();
    seen.write(0, 0, "seen").expect("cell");
    seen.set_active(true);
    book.add_worksheet().write(0, 0, "second").expect("cell");
    let bytes = book.save_to_buffer().expect("the fixture is made");
    assert_eq!(sheet(bytes).header(), ["seen"]);
}

#[test]
fn an_empty_sheet_a_nameless_and_a_double_column_are_refused_like_in_csv() {
    assert_eq!(refused(workbook(|_| ())), FileError::Empty);
    let nameless = workbook(|sheet| {
        sheet.write(0, 0, "a").expect("cell");
        sheet.write(0, 2, "c").expect("cell");
    });
    assert_eq!(refused(nameless), FileError::UnnamedColumn { column: 2 });
    let double = workbook(|sheet| {
        sheet.write_row(0, 0, ["a", " a "]).expect("header");
    });
    assert_eq!(
        refused(double),
        FileError::DuplicateColumn {
            name: "a".into(),
            first: 1,
            second: 2
        }
    );
    let wide = workbook(|sheet| {
        for column in 0..257 {
            sheet.write(0, column, format!("c{column}")).expect("cell");
        }
    });
    assert_eq!(refused(wide), FileError::TooLarge(Limit::Columns(256)));
}
