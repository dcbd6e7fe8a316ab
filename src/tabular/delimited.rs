//! CSV after RFC 4180, with `,` or `;`, in UTF-8. Holds one record at a time.

use std::cmp::Reverse;
use std::io::{BufReader, Read, Seek};

use super::error::FileError;
use super::limits::Limits;
use super::records::Records;
use super::row::RawRow;
use super::sheet::Stream;

/// How much of the file is looked at to tell its separator.
const SAMPLE_BYTES: u64 = 64 << 10;
const SAMPLE_RECORDS: usize = 50;

/// Reads a CSV from its start, as often as asked.
pub(super) struct Delimited {
    stream: Stream,
    delimiter: u8,
    limits: Limits,
}

impl Delimited {
    pub(super) fn open(mut stream: Stream, limits: Limits) -> Result<Self, FileError> {
        let mut sample = Vec::new();
        stream.rewind()?;
        stream
            .by_ref()
            .take(SAMPLE_BYTES)
            .read_to_end(&mut sample)?;
        if looks_like_utf16(&sample) {
            return Err(FileError::Utf16);
        }
        Ok(Self {
            delimiter: separator(&sample, &limits)?,
            stream,
            limits,
        })
    }

    /// All rows, the header the first of them.
    pub(super) fn rows(&mut self) -> Result<DelimitedRows<'_>, FileError> {
        self.stream.rewind()?;
        let input = BufReader::new(&mut self.stream);
        DelimitedRows::new(input, self.delimiter, &self.limits)
    }
}

pub(super) struct DelimitedRows<'a> {
    reader: csv::Reader<Records<BufReader<&'a mut Stream>>>,
    record: csv::ByteRecord,
    columns: usize,
}

impl<'a> DelimitedRows<'a> {
    fn new(
        input: BufReader<&'a mut Stream>,
        delimiter: u8,
        limits: &Limits,
    ) -> Result<Self, FileError> {
        Ok(Self {
            reader: parser(
                Records::new(input, delimiter, limits.record_bytes)?,
                delimiter,
            ),
            record: csv::ByteRecord::new(),
            columns: limits.columns,
        })
    }

    pub(super) fn next_row(&mut self) -> Result<Option<RawRow>, FileError> {
        let found = self
            .reader
            .read_byte_record(&mut self.record)
            .map_err(unreadable)?;
        let records = self.reader.get_ref();
        if let Some(problem) = records.problem() {
            return Err(problem.clone());
        }
        if !found {
            return Ok(None);
        }
        let number = records.row();
        let mut width = 0;
        let mut cells = Vec::with_capacity(self.record.len().min(self.columns));
        for (at, bytes) in self.record.iter().enumerate() {
            let text = str::from_utf8(bytes).map_err(|_| FileError::NotUtf8 { row: number })?;
            if !text.trim().is_empty() {
                width = at + 1;
            }
            if at < self.columns {
                cells.push(Ok(text.to_owned()));
            }
        }
        Ok(Some(RawRow {
            number,
            cells,
            width,
            may_be_short: false,
        }))
    }
}

fn parser<R: Read>(records: R, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(records)
}

fn unreadable(error: csv::Error) -> FileError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        _ => FileError::Damaged { row: None },
    }
}

/// Without a mark at its start, UTF-16 shows by the zero in every other byte of
/// plain letters.
fn looks_like_utf16(sample: &[u8]) -> bool {
    let pairs = sample.chunks_exact(2).take(32);
    let half = pairs.len() / 2;
    let zeroes_at = |side: usize| pairs.clone().filter(|pair| pair[side] == 0).count();
    let lone = pairs.clone().all(|pair| pair != [0, 0]);
    sample.starts_with(b"\xff\xfe")
        || sample.starts_with(b"\xfe\xff")
        || (lone && half > 0 && (zeroes_at(0) > half || zeroes_at(1) > half))
}

/// The separator that cuts through no quotes, under which most records have as
/// many fields as the header, and the header most fields.
fn separator(sample: &[u8], limits: &Limits) -> Result<u8, FileError> {
    let comma = Shape::under(sample, b',', limits)?;
    let semicolon = Shape::under(sample, b';', limits)?;
    if comma.fields <= 1 && semicolon.fields <= 1 && comma.has_tabs {
        return Err(FileError::TabSeparated);
    }
    Ok(if semicolon.rank() > comma.rank() {
        b';'
    } else {
        b','
    })
}

/// How a sample looks when it is split at one separator.
struct Shape {
    fields: usize,
    stray_quotes: usize,
    regular_permille: usize,
    has_tabs: bool,
}

impl Shape {
    fn under(sample: &[u8], delimiter: u8, limits: &Limits) -> Result<Self, FileError> {
        let records = Records::new(sample, delimiter, limits.record_bytes)?;
        let mut reader = parser(records, delimiter);
        let mut record = csv::ByteRecord::new();
        let mut fields = 0;
        let mut has_tabs = false;
        let mut seen = 0;
        let mut regular = 0;
        while seen < SAMPLE_RECORDS && reader.read_byte_record(&mut record).map_err(unreadable)? {
            if seen == 0 {
                fields = record.len();
                has_tabs = record.iter().any(|field| field.contains(&b'\t'));
            }
            seen += 1;
            regular += usize::from(record.len() == fields);
        }
        Ok(Self {
            fields,
            stray_quotes: reader.get_ref().stray_quotes(),
            regular_permille: (regular * 1000).checked_div(seen).unwrap_or(0),
            has_tabs,
        })
    }

    fn rank(&self) -> (bool, Reverse<usize>, usize, usize) {
        let is_cut = self.fields > 1;
        let stray = Reverse(self.stray_quotes);
        (is_cut, stray, self.regular_permille, self.fields)
    }
}
