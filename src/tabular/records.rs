//! Hands the bytes of a CSV on one record at a time, so that whoever parses
//! them can ask which row it has before it. Parses nothing itself: it counts
//! rows, blank ones too, and sees quotes that never close.

use std::io::{self, BufRead, Read};

use super::error::{FileError, Limit};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A reader whose every `read` stays within one record.
pub(super) struct Records<R> {
    inner: R,
    watch: Watch,
}

impl<R: BufRead> Records<R> {
    /// `inner` stands at the start of the file.
    pub(super) fn new(mut inner: R, delimiter: u8, record_bytes: usize) -> io::Result<Self> {
        if inner.fill_buf()?.starts_with(BYTE_ORDER_MARK) {
            inner.consume(BYTE_ORDER_MARK.len());
        }
        Ok(Self {
            inner,
            watch: Watch {
                delimiter,
                record_bytes,
                state: State::Between,
                row: 0,
                bytes: 0,
                after_return: false,
                stray_quotes: 0,
                problem: None,
            },
        })
    }

    /// The row of the record handed on last.
    pub(super) fn row(&self) -> u32 {
        self.watch.row
    }

    /// Quotes inside plain fields, so far: many where the separator is wrong.
    pub(super) fn stray_quotes(&self) -> usize {
        self.watch.stray_quotes
    }

    /// Why the bytes ended before the file did.
    pub(super) fn problem(&self) -> Option<&FileError> {
        self.watch.problem.as_ref()
    }
}

impl<R: BufRead> Read for Records<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if out.is_empty() || self.watch.problem.is_some() {
                return Ok(0);
            }
            let input = self.inner.fill_buf()?;
            if input.is_empty() {
                self.watch.end();
                return Ok(0);
            }
            let (consumed, given) = self.watch.pass(input, out);
            self.inner.consume(consumed);
            if given > 0 {
                return Ok(given);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing of the next record seen.
    Between,
    FieldStart,
    Plain,
    Quoted,
    /// After a quote inside a quoted field: it closes, or is doubled.
    QuoteSeen,
}

struct Watch {
    delimiter: u8,
    record_bytes: usize,
    state: State,
    row: u32,
    bytes: usize,
    after_return: bool,
    stray_quotes: usize,
    problem: Option<FileError>,
}

impl Watch {
    /// Copies from `input` up to the end of a record: bytes consumed, given.
    fn pass(&mut self, input: &[u8], out: &mut [u8]) -> (usize, usize) {
        let mut given = 0;
        for (at, &byte) in input.iter().enumerate() {
            if given == out.len() {
                return (at, given);
            }
            if self.state == State::Between {
                if byte == b'\n' && std::mem::take(&mut self.after_return) {
                    continue;
                }
                self.after_return = byte == b'\r';
                self.row = self.row.saturating_add(1);
                if matches!(byte, b'\r' | b'\n') {
                    continue;
                }
                self.state = State::FieldStart;
                self.bytes = 0;
            }
            out[given] = byte;
            given += 1;
            self.bytes += 1;
            self.stray_quotes += usize::from(self.state == State::Plain && byte == b'"');
            self.state = self.next(byte);
            if self.state == State::Between {
                self.after_return = byte == b'\r';
                return (at + 1, given);
            }
            if self.bytes > self.record_bytes {
                self.problem = Some(self.endless());
                return (at + 1, given);
            }
        }
        (input.len(), given)
    }

    fn next(&self, byte: u8) -> State {
        match (self.state, byte) {
            (State::Quoted, b'"') => State::QuoteSeen,
            (State::Quoted, _) | (State::QuoteSeen | State::FieldStart | State::Between, b'"') => {
                State::Quoted
            }
            (_, b'\r' | b'\n') => State::Between,
            (_, byte) if byte == self.delimiter => State::FieldStart,
            _ => State::Plain,
        }
    }

    fn end(&mut self) {
        if self.state == State::Quoted {
            self.problem = Some(FileError::UnclosedQuote { row: self.row });
        }
    }

    fn endless(&self) -> FileError {
        if self.state == State::Quoted {
            FileError::UnclosedQuote { row: self.row }
        } else {
            FileError::TooLarge(Limit::RecordBytes {
                row: self.row,
                limit: self.record_bytes,
            })
        }
    }
}
