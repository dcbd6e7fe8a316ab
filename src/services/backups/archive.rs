//! The file of a backup: a ZIP with a manifest that any program can read, and the
//! copy of the database as its own tools know it. Nothing in it is believed before
//! its digest has been worked out again.

use std::collections::BTreeMap;
use std::io::{Read, Seek, Write};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::{BackupError, Kind};

const MANIFEST: &str = "manifest.json";
/// A manifest of a thousand tables is a tenth of it.
const LARGEST_MANIFEST: u64 = 1024 * 1024;
const FORMAT: u32 = 1;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Of this file; grows when a reader must know something new.
    pub format: u32,
    /// The program that made it.
    pub program: String,
    pub kind: Kind,
    /// The last migration of the database.
    pub schema: Option<String>,
    pub made_at: DateTime<Utc>,
    /// Bytes of the copy.
    pub bytes: u64,
    /// Of the copy, in hexadecimal.
    pub sha256: String,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
}

impl Manifest {
    /// All rows of all tables.
    pub fn total(&self) -> u64 {
        self.rows.values().sum()
    }
}

/// What is known before the copy is read.
pub(super) struct Made {
    pub kind: Kind,
    pub schema: Option<String>,
    pub at: DateTime<Utc>,
    pub rows: BTreeMap<String, u64>,
}

/// Writes the archive: the copy first, since its digest is known when it has been read.
pub(super) fn write(
    out: impl Write + Seek,
    copy: &mut impl Read,
    made: Made,
) -> Result<Manifest, BackupError> {
    let mut zip = ZipWriter::new(out);
    // A database may be larger than what a ZIP could hold once; dumps are packed already.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .large_file(true)
        .unix_permissions(0o600);
    zip.start_file(made.kind.file(), options)?;
    let (bytes, sha256) = digest(copy, &mut zip)?;
    let manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        kind: made.kind,
        schema: made.schema,
        made_at: made.at,
        bytes,
        sha256,
        rows: made.rows,
    };
    zip.start_file(MANIFEST, options)?;
    serde_json::to_writer_pretty(&mut zip, &manifest).map_err(std::io::Error::from)?;
    zip.finish()?;
    Ok(manifest)
}

/// Reads the manifest, and writes the copy to `out` while its digest is worked out.
pub(super) fn read(
    file: impl Read + Seek,
    out: impl FnOnce(&Manifest) -> Result<Box<dyn Write>, BackupError>,
) -> Result<Manifest, BackupError> {
    let mut zip = ZipArchive::new(file).map_err(|_| BackupError::NoBackup)?;
    let manifest = manifest(&mut zip)?;
    let mut out = out(&manifest)?;
    let copy = zip.by_name(manifest.kind.file());
    let copy = copy.map_err(|_| BackupError::Cut)?;
    // One byte more than announced is enough to know that it is another.
    let mut copy = copy.take(manifest.bytes.saturating_add(1));
    let (bytes, sha256) = digest(&mut copy, &mut out).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData
        | std::io::ErrorKind::InvalidInput
        | std::io::ErrorKind::UnexpectedEof
        | std::io::ErrorKind::Other => BackupError::Cut,
        _ => BackupError::File(error),
    })?;
    out.flush()?;
    if bytes != manifest.bytes || sha256 != manifest.sha256 {
        return Err(BackupError::Changed);
    }
    Ok(manifest)
}

/// A later format may say things that this program does not know.
#[derive(Deserialize)]
struct Numbered {
    format: u32,
}

fn manifest(zip: &mut ZipArchive<impl Read + Seek>) -> Result<Manifest, BackupError> {
    let mut text = String::new();
    zip.by_name(MANIFEST)
        .map_err(|_| BackupError::NoBackup)?
        .take(LARGEST_MANIFEST)
        .read_to_string(&mut text)
        .map_err(|_| BackupError::Cut)?;
    let Numbered { format } = serde_json::from_str(&text).map_err(|_| BackupError::NoBackup)?;
    if format > FORMAT {
        return Err(BackupError::Newer(format!("format {format}")));
    }
    serde_json::from_str(&text).map_err(|_| BackupError::NoBackup)
}

fn digest(from: &mut impl Read, to: &mut impl Write) -> std::io::Result<(u64, String)> {
    let mut hash = Sha256::new();
    let mut bytes = 0;
    let mut chunk = vec![0; 256 * 1024];
    loop {
        let read = from.read(&mut chunk)?;
        if read == 0 {
            return Ok((bytes, HEXLOWER.encode(&hash.finalize())));
        }
        hash.update(&chunk[..read]);
        to.write_all(&chunk[..read])?;
        bytes += read as u64;
    }
}
