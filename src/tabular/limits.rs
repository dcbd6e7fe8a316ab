//! What a file may cost before it is refused. Sizes are those really met while
//! reading, never those that a file declares of itself.

/// The most characters in a cell: what a cell of a spreadsheet can hold, so
/// that nothing can be written that another program could not keep.
pub(super) const CELL_CHARS: usize = 32_767;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it lies on the disk.
    pub file_bytes: u64,
    /// Bytes of everything inside an XLSX, unpacked.
    pub unpacked_bytes: u64,
    /// How many times larger than its packed form a part of an XLSX may be;
    /// looked at only past [`Limits::ratio_free_bytes`].
    pub ratio: u64,
    pub ratio_free_bytes: u64,
    /// Parts inside an XLSX.
    pub parts: usize,
    /// Rows with anything in them, without the header.
    pub rows: u32,
    pub columns: usize,
    /// Characters of one cell.
    pub cell_chars: usize,
    /// Bytes of one row of a CSV; a quote that never closes ends here.
    pub record_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 64 << 20,
            unpacked_bytes: 200 << 20,
            ratio: 100,
            ratio_free_bytes: 8 << 20,
            parts: 2_000,
            rows: 1_000_000,
            columns: 256,
            cell_chars: CELL_CHARS,
            record_bytes: 1 << 20,
        }
    }
}

impl Limits {
    /// For whoever has the machine before them: a CSV is held one record at a time, so its
    /// length costs nothing but time, and what a country exports reads back. What an XLSX
    /// unpacks to is bounded as ever.
    pub fn at_the_machine() -> Self {
        Self {
            file_bytes: u64::MAX,
            rows: u32::MAX,
            ..Self::default()
        }
    }
}
