//! Files that appear whole or not at all: written beside their place, made
//! lasting, then renamed. What stands there and is no file, as a device or a pipe, is
//! written to as it is.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// A file on its way to its place.
pub struct Pending {
    file: File,
    /// Its name until it is finished; nothing where it goes straight to its place.
    beside: Option<PathBuf>,
    place: PathBuf,
}

impl Pending {
    /// Begins beside `place`, so that a folder that can't be written to is
    /// noticed before anything is done.
    pub fn begin(place: &Path) -> Result<Self, Unwritten> {
        let unwritten = |error| Unwritten::new(place, error);
        let there = fs::metadata(place).ok();
        if there.is_some_and(|there| !there.is_file() && !there.is_dir()) {
            // A file in the place of `/dev/stdout` or `/dev/null` would be their end.
            let file = File::options().write(true).open(place).map_err(unwritten)?;
            return Ok(Self {
                file,
                beside: None,
                place: place.to_owned(),
            });
        }
        // A link stays one: what it leads to is replaced.
        let target = place.is_symlink().then(|| fs::canonicalize(place).ok());
        let target = target.flatten();
        let place = target.as_deref().unwrap_or(place);
        let name = place
            .file_name()
            .filter(|_| !place.is_dir())
            .ok_or_else(|| Unwritten::NoFile(place.to_owned()))?;
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
            .map_err(unwritten)?;
        Ok(Self {
            file,
            beside: Some(beside),
            place: place.to_owned(),
        })
    }

    /// Puts the file in its place.
    pub fn finish(mut self) -> Result<(), Unwritten> {
        let mut finish = || {
            self.file.flush()?;
            match &self.beside {
                Some(beside) => put_in_place(beside, &self.place),
                None => Ok(()),
            }
        };
        finish().map_err(|error| Unwritten::new(&self.place, error))
    }

    /// Where it is until it is finished.
    pub fn beside(&self) -> &Path {
        self.beside.as_deref().unwrap_or(&self.place)
    }
}

/// Makes a file lasting, then gives it its name in the same folder.
pub fn put_in_place(beside: &Path, place: &Path) -> std::io::Result<()> {
    File::open(beside)?.sync_all()?;
    fs::rename(beside, place)?;
    // The name lasts when the folder does.
    let folder = place.parent().filter(|path| *path != Path::new(""));
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Why a file is not in its place.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    #[error("{} names no file", .0.display())]
    NoFile(PathBuf),
    #[error("cannot write {}: {error}", path.display())]
    Failed {
        path: PathBuf,
        error: std::io::Error,
    },
}

impl Unwritten {
    fn new(path: &Path, error: std::io::Error) -> Self {
        let path = path.to_owned();
        Self::Failed { path, error }
    }
}

impl Seek for Pending {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
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
        if let Some(beside) = &self.beside {
            // Gone already where it was finished.
            let _ = fs::remove_file(beside);
        }
    }
}
