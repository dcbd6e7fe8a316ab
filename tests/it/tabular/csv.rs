//! CSV: separators, marks, quotes, row numbers, and each way to be wrong.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dom::tabular::{
    self, CellProblem, FileError, Format, Limit, Limits, ReadError, RowError, RowProblem,
};

use super::{all, opened, refused, row, sheet, texts};

#[test]
fn commas_and_semicolons_are_told_apart_by_the_whole_start_of_the_file() {
    for text in [
        "code,given_name\nW-1,Ana\n",
        "code;given_name\nW-1;Ana\n",
        "\"code\";\"given_name\"\n\"W-1\";\"Ana\"\n",
    ] {
        let mut sheet = sheet(text);
        assert_eq!(sheet.format(), Format::Csv);
        assert_eq!(sheet.header(), ["code", "given_name"], "{text}");
        assert_eq!(texts(&mut sheet), [row(2, &["W-1", "Ana"])], "{text}");
    }
}

#[test]
fn a_separator_inside_quotes_or_inside_the_other_kind_of_file_misleads_nobody() {
    let mut quoted = sheet("code,\"a;b;c\"\nW-1,\"x;y;z\"\n");
    assert_eq!(texts(&mut quoted), [row(2, &["W-1", "x;y;z"])]);

    let mut prices = sheet("code;pay\nW-1;9,50\nW-2;10,00\n");
    assert_eq!(
        texts(&mut prices),
        [row(2, &["W-1", "9,50"]), row(3, &["W-2", "10,00"])]
    );

    let named = sheet("Cognome, nome;Telefono\nRossi;0564\nVerdi;0566\n");
    assert_eq!(named.header(), ["Cognome, nome", "Telefono"]);

    let mut grids = sheet("code,availability\nW-1,Mon 08:00-12:00; Tue 08:00-12:00\n");
    assert_eq!(
        texts(&mut grids),
        [row(2, &["W-1", "Mon 08:00-12:00; Tue 08:00-12:00"])]
    );
}

#[test]
fn a_byte_order_mark_belongs_to_nobody() {
    let mut sheet = sheet("\u{feff}\"code\",given_name\r\nW-1,Zoë\r\n");
    assert_eq!(sheet.header(), ["code", "given_name"]);
    assert_eq!(texts(&mut sheet), [row(2, &["W-1", "Zoë"])]);
}

#[test]
fn names_of_columns_lose_their_spaces_and_nothing_else() {
    let sheet = sheet(" code , Given_Name\u{a0},,\nW-1,Ana,,\n");
    assert_eq!(sheet.header(), ["code", "Given_Name"]);
}

#[test]
fn cells_are_read_as_they_stand() {
    let mut sheet = sheet("code,note\nW-1,\"  due righe\nqui, \"\"e\"\" qui \"\nW-2,=cmd()\n");
    let rows = texts(&mut sheet);
    assert_eq!(rows[0].1[1], "  due righe\nqui, \"e\" qui ");
    assert_eq!(rows[1].1[1], "=cmd()");
}

#[test]
fn rows_are_counted_as_a_spreadsheet_shows_them_whatever_ends_a_line() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["", "a,b", "1,2", "", "3,\"4\n5\"", "", " , ", "6,7", "8,9"].join(end);
        let mut sheet = sheet(text);
        assert_eq!(
            texts(&mut sheet),
            [
                row(3, &["1", "2"]),
                row(5, &["3", "4\n5"]),
                row(8, &["6", "7"]),
                row(9, &["8", "9"])
            ],
            "{end:?}"
        );
    }
}

#[test]
fn the_rows_can_be_read_a_second_time() {
    let mut sheet = sheet("a,b\n1,2\n");
    assert_eq!(texts(&mut sheet), texts(&mut sheet));
}

#[test]
fn a_ragged_row_is_rejected_by_number_and_the_reading_goes_on() {
    let mut sheet = sheet("a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,, \n1,2,\n");
    let ragged = |row, found| {
        Err(ReadError::Row(RowError {
            row,
            problems: vec![RowProblem::Ragged { expected: 3, found }],
        }))
    };
    let rows = all(&mut sheet);
    assert_eq!(rows.len(), 5);
    assert_eq!(rows[0], ragged(2, 2));
    assert_eq!(rows[2], ragged(4, 4));
    // empty cells after the last column are no data
    for (at, number) in [(1, 3), (3, 5), (4, 6)] {
        assert_eq!(rows[at].as_ref().expect("a good row").number, number);
    }
}

#[test]
fn latin_1_is_refused_with_the_row_it_shows_in() {
    assert_eq!(
        refused(b"code,et\xe0\nW-1,3\n"),
        FileError::NotUtf8 { row: 1 }
    );

    let mut sheet = sheet(b"code,name\nW-1,Ana\n\nW-2,Nicol\xf2\nW-3,Eva\n");
    let rows = all(&mut sheet);
    assert_eq!(rows.len(), 2, "nothing is read after it");
    assert!(rows[0].is_ok());
    assert_eq!(rows[1], Err(ReadError::File(FileError::NotUtf8 { row: 4 })));
}

#[test]
fn utf_16_is_recognised_with_and_without_its_mark() {
    let text = "code,given_name\nW-1,Nicolò\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [
        [b"\xff\xfe".as_slice(), &little].concat(),
        [b"\xfe\xff".as_slice(), &big].concat(),
        little,
        big,
    ] {
        assert_eq!(refused(bytes), FileError::Utf16);
    }
}

#[test]
fn an_empty_file_is_refused_and_a_lone_header_is_an_empty_table() {
    for text in ["", "\u{feff}", "\n\n", " , ,\n", ";\n", "\"\"\n"] {
        assert_eq!(refused(text), FileError::Empty, "{text:?}");
    }
    for text in ["code,given_name", "code,given_name\r\n\r\n"] {
        let mut sheet = sheet(text);
        assert_eq!(sheet.header(), ["code", "given_name"]);
        assert_eq!(texts(&mut sheet), []);
    }
}

#[test]
fn a_column_without_a_name_or_with_anothers_is_refused() {
    assert_eq!(
        refused("code,,desk\nW-1,x,y\n"),
        FileError::UnnamedColumn { column: 2 }
    );
    assert_eq!(
        refused("code,desk, code\n"),
        FileError::DuplicateColumn {
            name: "code".into(),
            first: 1,
            second: 3
        }
    );
}

#[test]
fn a_quote_that_never_closes_is_named_by_the_row_it_opens_in() {
    let mut short = sheet("a,b\n1,2\n3,\"4\n5,6\n");
    let rows = all(&mut short);
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows[1],
        Err(ReadError::File(FileError::UnclosedQuote { row: 3 }))
    );

    // found after one row's measure, not at the end of the file
    let mut long = sheet(format!("a,b\n1,\"2\n{}", "3,4\n".repeat(1 << 20)));
    assert_eq!(
        all(&mut long),
        [Err(ReadError::File(FileError::UnclosedQuote { row: 2 }))]
    );
}

#[test]
fn a_quote_inside_a_word_is_only_a_quote() {
    let mut sheet = sheet("a,b\nla \"Rossa,2\n3,4\n");
    assert_eq!(
        texts(&mut sheet),
        [row(2, &["la \"Rossa", "2"]), row(3, &["3", "4"])]
    );
}

#[test]
fn what_is_no_table_is_refused_by_its_kind() {
    assert_eq!(
        refused(b"%PDF-1.7\x01\x02 stuff\nmore\n"),
        FileError::NotATable
    );
    assert_eq!(refused(b"a\0b,c\n1,2\n"), FileError::NotATable);
    for page in [
        "<!DOCTYPE html>\n<html>a,b</html>\n",
        "\u{feff} <html>\n",
        "%PDF-1.7\n<html>\n",
    ] {
        assert_eq!(refused(page), FileError::NotATable, "{page}");
    }
    assert_eq!(
        refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old .xls"),
        FileError::OldOrProtected
    );
    assert_eq!(
        refused("code\tdesk\nW-1\tgrosseto\n"),
        FileError::TabSeparated
    );
}

#[test]
fn a_cell_longer_than_a_spreadsheets_rejects_its_row() {
    let mut sheet = sheet(format!(
        "code,note\nW-1,{}\nW-2,{}\n",
        "à".repeat(32_767),
        "à".repeat(32_768)
    ));
    let rows = all(&mut sheet);
    assert!(rows[0].is_ok());
    assert_eq!(
        rows[1],
        Err(ReadError::Row(RowError {
            row: 3,
            problems: vec![RowProblem::Cell {
                column: "note".into(),
                value: "à".repeat(60),
                problem: CellProblem::TooLong { limit: 32_767 }
            }]
        }))
    );
}

#[test]
fn limits_of_size_rows_columns_and_row_length_hold() {
    let read = |text: &str, limits| {
        let mut sheet = tabular::read_with(io::Cursor::new(text.as_bytes().to_vec()), limits)?;
        let ended = sheet.rows()?.find_map(Result::err);
        match ended {
            Some(ReadError::File(error)) => Err(error),
            _ => Ok(()),
        }
    };
    let limits = Limits {
        file_bytes: 100,
        rows: 2,
        columns: 3,
        record_bytes: 20,
        ..Limits::default()
    };
    let too_large = |limit| Err(FileError::TooLarge(limit));
    assert_eq!(read("a,b\n1,2\n\n3,4\n", limits), Ok(()));
    assert_eq!(
        read("a,b\n1,2\n3,4\n5,6\n", limits),
        too_large(Limit::Rows(2))
    );
    assert_eq!(read("a,b,c,d\n", limits), too_large(Limit::Columns(3)));
    assert_eq!(
        read(&"a,b\n".repeat(30), limits),
        too_large(Limit::FileBytes(100))
    );
    assert_eq!(
        read("a,b\n1,2222222222222222222222\n", limits),
        too_large(Limit::RecordBytes { row: 2, limit: 20 })
    );
}

#[test]
fn a_missing_file_and_a_folder_say_so() {
    let missing = tabular::open("no-such-file.csv".as_ref()).err();
    assert_eq!(
        missing,
        Some(FileError::Unreadable(io::ErrorKind::NotFound))
    );
    let folder = tabular::open("src".as_ref()).err();
    assert_eq!(
        folder,
        Some(FileError::Unreadable(io::ErrorKind::IsADirectory))
    );
    assert!(opened("a").is_ok());
}

/// A file of many equal rows that lies nowhere, and knows how far it was read.
struct Endless {
    size: u64,
    at: u64,
    read: Arc<AtomicU64>,
}

const HEADER: &[u8] = b"code,given_name,family_name,comune,note\n";
const LINE: &[u8] =
    b"W-000001,Ana,Popescu,053011,\"una riga come tante altre, sempre la stessa\"\n";

impl Endless {
    fn byte(at: u64) -> u8 {
        let at = usize::try_from(at).expect("fits");
        match at.checked_sub(HEADER.len()) {
            None => HEADER[at],
            Some(at) => LINE[at % LINE.len()],
        }
    }
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size - self.at).expect("fits");
        let count = out.len().min(left);
        for byte in &mut out[..count] {
            *byte = Self::byte(self.at);
            self.at += 1;
        }
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(_) => self.size,
            SeekFrom::Current(by) => self.at.checked_add_signed(by).expect("inside"),
        };
        Ok(self.at)
    }
}

#[test]
fn fifty_megabytes_are_read_a_row_at_a_time() {
    let lines = (50 << 20) / LINE.len();
    let read = Arc::new(AtomicU64::new(0));
    let file = Endless {
        size: (HEADER.len() + lines * LINE.len()) as u64,
        at: 0,
        read: Arc::clone(&read),
    };
    let mut sheet = tabular::read(file).expect("it opens");
    let mut rows = sheet.rows().expect("it starts");
    let first = rows.next().expect("a row").expect("a good one");
    assert_eq!(first.cells[3].text(), "053011");
    assert!(
        read.load(Ordering::Relaxed) < 256 << 10,
        "the first row is there before the rest is read"
    );
    let mut last = 0;
    for row in rows {
        last = row.expect("a good row").number;
    }
    assert_eq!(last as usize, lines + 1);
}
