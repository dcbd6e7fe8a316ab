//! XLSX made to harm: each is refused before it can.

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use dom::tabular::{self, FileError, Limit, Limits, ReadError};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use super::xlsx::{by_hand, package};
use super::{all, opened, refused, sheet};

const ROWS: &str = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>code</v></c></row>";

/// A gigabyte of spaces in one part, written by hand because packing so much
/// would take the test longer than everything else: one space, then copies of
/// the 258 before, each 13 bits of a fixed-code block.
fn bomb(announced: u32) -> Vec<u8> {
    const NAME: &[u8] = b"xl/worksheets/sheet1.xml";
    const COPIES: usize = (1 << 30) / 258;
    let bits = |text: &str| -> Vec<u8> {
        let bits: Vec<u8> = text.bytes().map(|bit| bit - b'0').collect();
        let bytes = bits.chunks(8).map(|byte| {
            let places = byte.iter().enumerate();
            places.fold(0, |sum, (place, bit)| sum | bit << place)
        });
        bytes.collect()
    };
    let (last_fixed_block, space, copy) = ("110", "01010000", "1100010100000");
    let mut packed = bits(&[last_fixed_block, space, copy].concat());
    packed.extend(bits(&copy.repeat(8)).repeat(COPIES / 8));
    packed.push(0);

    let size = u32::try_from(packed.len()).expect("a small file");
    let name_length = u16::try_from(NAME.len()).expect("a short name");
    let mut described = Vec::new();
    described.extend(20u16.to_le_bytes());
    described.extend([0, 0, 8, 0, 0, 0, 0x21, 0]);
    described.extend(0u32.to_le_bytes());
    described.extend(size.to_le_bytes());
    described.extend(announced.to_le_bytes());
    described.extend(name_length.to_le_bytes());
    let mut file = [b"PK\x03\x04", described.as_slice(), &[0; 2], NAME, &packed].concat();
    let directory = u32::try_from(file.len()).expect("a small file");
    file.extend([b"PK\x01\x02\x14\0", described.as_slice(), &[0; 16], NAME].concat());
    let directory_size = u32::try_from(file.len()).expect("a small file") - directory;
    file.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    file.extend(directory_size.to_le_bytes());
    file.extend(directory.to_le_bytes());
    file.extend([0; 2]);
    file
}

#[expect(clippy::disallowed_methods, reason = "how long it takes is the point")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let done = work();
    (done, started.elapsed())
}

#[test]
fn a_zip_bomb_is_refused_at_once() {
    let bytes = bomb(1 << 30);
    assert!(bytes.len() < 8 << 20, "{}", bytes.len());
    let (error, took) = timed(|| refused(bytes));
    assert_eq!(error, FileError::TooLarge(Limit::UnpackedBytes(200 << 20)));
    assert!(took < Duration::from_secs(2));
}

#[test]
fn a_zip_bomb_that_announces_little_is_refused_where_it_passes_that() {
    let (error, took) = timed(|| refused(bomb(10)));
    assert_eq!(error, FileError::Damaged { row: None });
    assert!(took < Duration::from_secs(2));
}

#[test]
fn what_unpacks_to_many_times_its_size_is_refused_on_the_way() {
    let limits = Limits {
        ratio: 2,
        unpacked_bytes: 2 << 30,
        ..Limits::default()
    };
    assert_eq!(
        tabular::read_with(Cursor::new(bomb(1 << 30)), limits).err(),
        Some(FileError::TooLarge(Limit::Ratio(2)))
    );
}

#[test]
fn many_parts_of_harmless_size_are_refused_by_their_sum() {
    let limits = Limits {
        unpacked_bytes: 1 << 20,
        ..Limits::default()
    };
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for part in 0..20 {
        zip.start_file(format!("xl/media/{part}.bin"), SimpleFileOptions::default())
            .expect("a part begins");
        zip.write_all(&vec![b'x'; 100_000]).expect("written");
    }
    let bytes = zip.finish().expect("the zip ends").into_inner();
    assert_eq!(
        tabular::read_with(Cursor::new(bytes), limits).err(),
        Some(FileError::TooLarge(Limit::UnpackedBytes(1 << 20)))
    );
}

#[test]
fn thousands_of_parts_are_refused_before_they_are_listed() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for part in 0..2_001 {
        zip.start_file(format!("{part}"), stored).expect("a part");
    }
    let bytes = zip.finish().expect("the zip ends").into_inner();
    assert_eq!(refused(bytes), FileError::TooLarge(Limit::Parts(2_000)));
}

#[test]
fn a_document_type_is_refused_wherever_it_stands() {
    let sheet = "<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\
                 <worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>&x;</v></c></row>\
                 </sheetData></worksheet>";
    let bytes = package(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())]);
    assert_eq!(refused(bytes), FileError::DocumentType);

    // also across the edge of what is looked at in one go
    for shift in 0..12 {
        let hidden = format!(
            "<worksheet>{}<!DOCTYPE x>",
            " ".repeat((64 << 10) + 64 - 11 - shift)
        );
        let bytes = package(&[("xl/worksheets/sheet1.xml", hidden.as_bytes())]);
        assert_eq!(refused(bytes), FileError::DocumentType, "{shift}");
    }
}

#[test]
fn a_part_in_utf_16_cannot_hide_one() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE x><worksheet/>";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xff\xfe".as_slice(), &wide].concat();
    for part in [wide, marked] {
        let bytes = package(&[("xl/worksheets/sheet1.xml", &part)]);
        assert_eq!(refused(bytes), FileError::Damaged { row: None });
    }
}

#[test]
fn no_room_is_made_for_strings_that_are_only_announced() {
    let strings = b"<sst uniqueCount=\"99999999999999\"><si><t>a</t></si></sst>";
    let bytes = package(&[("xl/sharedStrings.xml", strings.as_slice())]);
    assert_eq!(refused(bytes), FileError::TooLarge(Limit::Tags(8_000_000)));
}

#[test]
fn a_cell_at_the_far_corner_costs_nothing() {
    let far = format!("{ROWS}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    let mut sheet = sheet(by_hand(&far));
    match &all(&mut sheet)[..] {
        [Err(ReadError::Row(error))] => assert_eq!(error.row, 1_048_576),
        other => panic!("one rejected row, not {other:?}"),
    }
}

#[test]
fn nonsense_inside_is_a_damaged_file_and_no_panic() {
    let outside =
        format!("{ROWS}<row r=\"2\"><c r=\"AAAAAAAAAAAAA99999999999\"><v>1</v></c></row>");
    let backwards = format!("{ROWS}<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    let cut = format!("{ROWS}<row r=\"2\"><c r=\"A2\"><v>1");
    let string = format!("{ROWS}<row r=\"2\"><c r=\"A2\" t=\"s\"><v>77</v></c></row>");
    for rows in [outside, cut, string] {
        assert_eq!(
            end_of(by_hand(&rows)),
            Some(FileError::Damaged { row: Some(1) }),
            "{rows}"
        );
    }
    // the header's own row goes on in a second element: no harm
    assert!(opened(by_hand(&backwards)).is_ok());
    let mixed = format!(
        "{ROWS}<row r=\"9\"><c r=\"A9\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><v>1</v></c></row>"
    );
    assert_eq!(
        end_of(by_hand(&mixed)),
        Some(FileError::Damaged { row: Some(9) })
    );
}

/// What ended the reading before the file did.
fn end_of(bytes: Vec<u8>) -> Option<FileError> {
    let mut sheet = match opened(bytes) {
        Ok(sheet) => sheet,
        Err(error) => return Some(error),
    };
    match all(&mut sheet).pop() {
        Some(Err(ReadError::File(error))) => Some(error),
        _ => None,
    }
}

#[test]
fn a_cut_off_or_foreign_zip_is_refused_by_its_kind() {
    let whole = by_hand(ROWS);
    for length in [4, 22, 100, whole.len() / 2, whole.len() - 1] {
        let error = refused(&whole[..length]);
        assert_eq!(error, FileError::Damaged { row: None }, "{length}");
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("mimetype", SimpleFileOptions::default())
        .expect("a part begins");
    zip.write_all(b"application/vnd.oasis.opendocument.spreadsheet")
        .expect("written");
    let ods = zip.finish().expect("the zip ends").into_inner();
    assert_eq!(refused(ods), FileError::NotXlsx);
    // an empty zip
    assert_eq!(
        refused([b"PK\x05\x06".as_slice(), &[0; 18]].concat()),
        FileError::NotXlsx
    );
}

#[test]
fn any_single_damaged_byte_gives_an_answer_and_no_panic() {
    let whole = by_hand(
        "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c></row>",
    );
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        if let Ok(mut sheet) = opened(bytes)
            && let Ok(rows) = sheet.rows()
        {
            assert!(rows.count() <= 2);
        }
    }
}
