//! What is written reads back: the guard, both formats, any text at all.

use std::io::Cursor;

use dom::tabular::{Format, WriteError, Writer, guard, unguard, write_csv, write_xlsx};

use super::{sheet, texts};

/// A small generator of its own: the same sequence in every run.
struct Sequence(u64);

impl Sequence {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("fits")
    }

    /// Mostly the characters that formats and guards stumble over.
    fn text(&mut self) -> String {
        const HARD: &[char] = &[
            '=', '+', '-', '@', '\t', '\r', '\n', '\0', '\'', '"', ',', ';', '|', ' ', '_', 'x',
            '0', '5', 'F', '<', '>', '&', '#', '\u{feff}', '\u{a0}', '\u{202e}', '\u{1b}',
            '\u{7f}', '\u{85}', '\u{2028}', '\u{fffe}', '＝', '＋', '－', '＠', 'à', 'Ж', 'م', '𝔘',
        ];
        let length = self.below(12);
        (0..length)
            .map(|_| match self.below(20) {
                0 => char::from_u32(u32::try_from(self.below(0x11_0000)).expect("fits"))
                    .unwrap_or('?'),
                _ => HARD[self.below(HARD.len())],
            })
            .collect()
    }
}

const STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\0'];

#[test]
fn the_guard_comes_off_again_from_any_text() {
    let mut sequence = Sequence(2026);
    for _ in 0..200_000 {
        let text = sequence.text();
        let guarded = guard(&text);
        assert_eq!(unguard(&guarded), text, "{text:?} {guarded:?}");
        assert!(!guarded.starts_with(STARTS), "{guarded:?}");
        for part in guarded.split([';', '\n', '\r', '\t']).skip(1) {
            assert!(!part.starts_with(['=', '+', '-', '@']), "{guarded:?}");
        }
    }
}

#[test]
fn the_guard_is_one_apostrophe_and_only_where_needed() {
    for (text, guarded) in [
        ("+39 0564 28246", "'+39 0564 28246"),
        ("-", "'-"),
        ("-12.50", "'-12.50"),
        ("=cmd()", "'=cmd()"),
        ("'=cmd()", "''=cmd()"),
        ("''@x", "'''@x"),
        ("via Roma;=cmd()", "via Roma;'=cmd()"),
        ("riga\n-riga", "riga\n'-riga"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("D'Angelo", "D'Angelo"),
        (
            "Mon-Fri 08:00-13:00; Sat 09:00-12:00",
            "Mon-Fri 08:00-13:00; Sat 09:00-12:00",
        ),
        ("a@b.example", "a@b.example"),
        ("", ""),
    ] {
        assert_eq!(guard(text), guarded);
        assert_eq!(unguard(guarded), text);
    }
}

#[test]
fn what_was_never_guarded_is_read_as_it_stands() {
    for text in ["+39 0564 28246", "=cmd()", "-", "'", "'x", "''"] {
        assert_eq!(unguard(text), text);
    }
}

#[test]
fn any_text_comes_back_from_both_formats() {
    let mut sequence = Sequence(11);
    let rows: Vec<Vec<String>> = (0..3_000)
        .map(|row| vec![format!("W-{row}"), sequence.text(), sequence.text()])
        .collect();
    let expected: Vec<(u32, Vec<String>)> = (2..).zip(rows.clone()).collect();
    let header = ["code", "a", "b"];
    let csv = write_csv(&header, &rows, Vec::new()).expect("written");
    let xlsx = write_xlsx(&header, &rows, Vec::new()).expect("written");
    for bytes in [csv, xlsx] {
        let mut sheet = sheet(bytes);
        let read = texts(&mut sheet);
        assert_eq!(read.len(), expected.len());
        for (read, expected) in read.iter().zip(&expected) {
            assert_eq!(read, expected, "{:?}", sheet.format());
        }
    }
}

#[test]
fn csv_is_written_with_commas_crlf_and_quotes_where_needed() {
    let rows = [["W-1", "+39 0564", "a \"b\", c"], ["W-2", "", "due\nrighe"]];
    let bytes = write_csv(&["code", "phone", "note"], rows, Vec::new()).expect("written");
    assert_eq!(
        String::from_utf8(bytes).expect("UTF-8"),
        "code,phone,note\r\nW-1,'+39 0564,\"a \"\"b\"\", c\"\r\nW-2,,\"due\nrighe\"\r\n"
    );
}

#[test]
fn the_same_rows_give_the_same_bytes() {
    let rows = [["W-1", "Ana"], ["W-2", "Eva"]];
    let made = || write_xlsx(&["code", "given_name"], rows, Vec::new()).expect("written");
    assert_eq!(made(), made());
    let archive = zip::ZipArchive::new(Cursor::new(made())).expect("a zip");
    assert!(archive.len() > 5);
}

#[test]
fn codes_with_zeroes_in_front_and_phones_survive_as_text() {
    let xlsx = write_xlsx(&["comune", "phone"], [["053011", "+390564"]], Vec::new());
    let rows = texts(&mut sheet(xlsx.expect("written")));
    assert_eq!(rows[0].1, ["053011", "+390564"]);
}

#[test]
fn a_row_that_does_not_fit_its_header_or_a_cell_is_not_written() {
    for format in [Format::Csv, Format::Xlsx] {
        let mut writer = Writer::new(format, &["a", "b"], Vec::new()).expect("begun");
        assert!(matches!(
            writer.row(["1"]),
            Err(WriteError::Ragged {
                row: 2,
                expected: 2,
                found: 1
            })
        ));
        let mut writer = Writer::new(format, &["a", "b"], Vec::new()).expect("begun");
        let long = "x".repeat(32_768);
        assert!(matches!(
            writer.row(["1", &long]),
            Err(WriteError::CellTooLong { row: 2, column: 2 })
        ));
    }
}

#[test]
fn thousands_of_rows_pass_through_both_formats() {
    let header: Vec<String> = (0..30).map(|column| format!("column_{column}")).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let cells = |row: usize| (0..30).map(move |column| format!("{row}-{column}"));
    for (format, rows) in [(Format::Csv, 20_000), (Format::Xlsx, 2_000)] {
        let mut writer = Writer::new(format, &header, Vec::new()).expect("begun");
        for row in 0..rows {
            writer.row(cells(row)).expect("a row");
        }
        let mut sheet = sheet(writer.finish().expect("ended"));
        let mut count = 0;
        for (at, row) in sheet.rows().expect("rows").enumerate() {
            let row = row.expect("a good row");
            assert_eq!(row.cells[29].text(), format!("{at}-29"));
            count += 1;
        }
        assert_eq!(count, rows, "{format:?}");
    }
}
