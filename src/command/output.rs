//! Files that appear whole or not at all: written beside their place, made
//! lasting, then renamed.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// A file on its way to its place.
pub struct Pending {
    file: File,
    beside: PathBuf,
    place: PathBuf,
}

impl Pending {
    /// Begins beside `place`, so that a folder that can't be written to is
    /// noticed before anything is done.
    pub fn begin(place: &Path) -> anyhow::Result<Self> {
        let name = place
            .file_name()
            .filter(|_| !place.is_dir())
            .with_context(|| format!("{} names no file", place.display()))?;
        let beside = place.with_file_name(format!(
            ".{}.{}.part",
            name.to_string_lossy(),
            std::process::id()
        ));
        // What leaves here tells of persons: it is its owner's to pass on.
        let file = File::options()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside)
            .with_context(|| format!("cannot write {}", place.display()))?;
        Ok(Self {
            file,
            beside,
            place: place.to_owned(),
        })
    }

    /// Puts the file in its place.
    pub fn finish(mut self) -> anyhow::Result<()> {
        self.file.flush()?;
        self.file
            .sync_all()
            .with_context(|| format!("cannot write {}", self.place.display()))?;
        fs::rename(&self.beside, &self.place)
            .with_context(|| format!("cannot write {}", self.place.display()))
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        // Gone already where it was finished.
        let _ = fs::remove_file(&self.beside);
    }
}
