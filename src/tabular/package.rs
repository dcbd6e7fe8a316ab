//! Looks into an XLSX before it is read: it is a zip of XML parts, and what
//! they unpack to is counted here while it is thrown away, so that a small
//! file cannot become a large one in memory. Also refuses what the reading
//! library would believe without asking.

use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::error::{FileError, Limit};
use super::limits::Limits;
use super::sheet::Stream;

const CHUNK: usize = 64 << 10;
/// Enough of a part's last chunk to see a word that lies across two.
const OVERLAP: usize = 64;
/// Each becomes a string in memory.
const STRING_TAGS: usize = 8_000_000;
/// Styles, sheets and relations, which become larger things in memory; a
/// workbook of Excel has at most 64,000 styles.
const OTHER_TAGS: usize = 500_000;

/// Refuses a package that is too large, hostile, or no workbook.
pub(super) fn inspect(stream: &mut Stream, limits: &Limits) -> Result<(), FileError> {
    count_parts(stream, limits)?;
    stream.rewind()?;
    let mut archive = ZipArchive::new(&mut *stream).map_err(damaged)?;
    // what is announced is never believed to be small, but may well be large
    if archive
        .decompressed_size()
        .is_some_and(|size| size > u128::from(limits.unpacked_bytes))
    {
        let limit = Limit::UnpackedBytes(limits.unpacked_bytes);
        return Err(FileError::TooLarge(limit));
    }
    let mut unpacked = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        let packed = part.compressed_size();
        Inspection::of(&name, packed, limits, &mut unpacked).run(&mut part)?;
    }
    if archive.index_for_name("[Content_Types].xml").is_none() {
        return Err(FileError::NotXlsx);
    }
    Ok(())
}

pub(super) fn damaged(error: zip::result::ZipError) -> FileError {
    match error {
        zip::result::ZipError::Io(error) => error.into(),
        _ => FileError::Damaged { row: None },
    }
}

/// The archive's own count, read before the library makes room for so many.
/// Every record that may be the last one is held to the limit.
fn count_parts(stream: &mut Stream, limits: &Limits) -> Result<(), FileError> {
    const SIGNATURE: &[u8] = b"PK\x05\x06";
    const COUNT_AT: usize = 10;
    let mut tail = Vec::new();
    let length = stream.seek(SeekFrom::End(0))?;
    let longest = u64::from(u16::MAX) + 22;
    stream.seek(SeekFrom::Start(length.saturating_sub(longest)))?;
    stream.by_ref().take(longest).read_to_end(&mut tail)?;
    let counts = tail
        .windows(COUNT_AT + 2)
        .filter(|record| record.starts_with(SIGNATURE))
        .map(|record| u16::from_le_bytes([record[COUNT_AT], record[COUNT_AT + 1]]));
    match counts.max() {
        None => Err(FileError::Damaged { row: None }),
        Some(count) if usize::from(count) > limits.parts => {
            Err(FileError::TooLarge(Limit::Parts(limits.parts)))
        }
        Some(_) => Ok(()),
    }
}

/// One part on its way through.
struct Inspection<'a> {
    is_xml: bool,
    /// `usize::MAX` for a sheet, which is streamed and costs nothing.
    tags_left: usize,
    tag_limit: usize,
    packed: u64,
    part_bytes: u64,
    total_bytes: &'a mut u64,
    limits: &'a Limits,
}

impl<'a> Inspection<'a> {
    fn of(name: &str, packed: u64, limits: &'a Limits, total_bytes: &'a mut u64) -> Self {
        let is_xml = [".xml", ".rels", ".vml"]
            .iter()
            .any(|ending| name.ends_with(ending));
        let tag_limit = if name.ends_with("sharedstrings.xml") {
            STRING_TAGS
        } else if is_xml && !name.contains("worksheets/") {
            OTHER_TAGS
        } else {
            usize::MAX
        };
        Self {
            is_xml,
            tags_left: tag_limit,
            tag_limit,
            packed,
            part_bytes: 0,
            total_bytes,
            limits,
        }
    }

    fn run(mut self, part: &mut impl Read) -> Result<(), FileError> {
        let mut window = vec![0; OVERLAP + CHUNK];
        let mut kept = 0;
        loop {
            let fresh = part.read(&mut window[kept..])?;
            if fresh == 0 {
                return Ok(());
            }
            self.count(fresh)?;
            let filled = kept + fresh;
            if self.is_xml {
                self.look(&window[..filled], kept)?;
            }
            kept = filled.min(OVERLAP);
            window.copy_within(filled - kept..filled, 0);
        }
    }

    fn count(&mut self, fresh: usize) -> Result<(), FileError> {
        let fresh = fresh as u64;
        self.part_bytes += fresh;
        *self.total_bytes += fresh;
        let limits = self.limits;
        if *self.total_bytes > limits.unpacked_bytes {
            let limit = Limit::UnpackedBytes(limits.unpacked_bytes);
            return Err(FileError::TooLarge(limit));
        }
        if self.part_bytes > limits.ratio_free_bytes
            && self.part_bytes / self.packed.max(1) > limits.ratio
        {
            return Err(FileError::TooLarge(Limit::Ratio(limits.ratio)));
        }
        Ok(())
    }

    /// `window`: what was looked at before, `kept` bytes of it, then what is new.
    fn look(&mut self, window: &[u8], kept: usize) -> Result<(), FileError> {
        // UTF-16 would hide the words looked for; no spreadsheet writes it
        if self.part_bytes == window.len() as u64
            && window.iter().take(4).any(|&b| b == 0 || b >= 0xfe)
        {
            return Err(FileError::Damaged { row: None });
        }
        let tags = window[kept..].split(|&byte| byte == b'<').count() - 1;
        self.tags_left = match self.tags_left.checked_sub(tags) {
            Some(left) => left,
            None => return Err(FileError::TooLarge(Limit::Tags(self.tag_limit))),
        };
        if find(window, b"<!DOCTYPE").is_some() || find(window, b"<!ENTITY").is_some() {
            return Err(FileError::DocumentType);
        }
        if self.tag_limit == STRING_TAGS && declares_too_many(window) {
            return Err(FileError::TooLarge(Limit::Tags(STRING_TAGS)));
        }
        Ok(())
    }
}

/// The reading library makes room for as many strings as the part says it has.
fn declares_too_many(window: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    let Some(at) = find(window, COUNT) else {
        return false;
    };
    let digits = window[at + COUNT.len()..]
        .iter()
        .skip_while(|byte| !byte.is_ascii_digit())
        .take_while(|byte| byte.is_ascii_digit());
    let count = digits.fold(0usize, |count, digit| {
        count
            .saturating_mul(10)
            .saturating_add(usize::from(digit - b'0'))
    });
    count > STRING_TAGS
}

fn find(window: &[u8], word: &[u8]) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = window[from..].iter().position(|&byte| byte == word[0]) {
        if window[from + at..].starts_with(word) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}
