//! A disk that fails now and then: while a sign is there, so many of the program's writes
//! and syncs to files go wrong, with an error of the test's choice. A library before the C
//! library's does it, so the program is the one that is shipped.

use std::path::{Path, PathBuf};
use std::process::Command;

const SOURCE: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static unsigned long calls;

static unsigned long number(const char *name) {
    const char *text = getenv(name);
    return text ? strtoul(text, 0, 10) : 1;
}

/* Only what lies on a disk fails, only while the sign is there, and only some of many. */
static int fails(int file) {
    int before = errno;
    const char *sign = getenv("DISK_SIGN");
    struct stat of;
    int fails = sign && access(sign, F_OK) == 0 && fstat(file, &of) == 0 && S_ISREG(of.st_mode)
        && __sync_fetch_and_add(&calls, 1) % number("DISK_OF") < number("DISK_FAIL");
    errno = fails ? (int)number("DISK_ERROR") : before;
    return fails;
}

#define BEFORE(kind, name, takes, gives)                   \
    kind name takes {                                      \
        static kind(*real) takes;                          \
        if (!real) *(void **)&real = dlsym(RTLD_NEXT, #name); \
        return fails(file) ? -1 : real gives;              \
    }

BEFORE(ssize_t, write, (int file, const void *from, size_t many), (file, from, many))
BEFORE(ssize_t, pwrite, (int file, const void *from, size_t many, off_t at), (file, from, many, at))
BEFORE(ssize_t, pwrite64, (int file, const void *from, size_t many, off64_t at), (file, from, many, at))
BEFORE(int, ftruncate, (int file, off_t at), (file, at))
BEFORE(int, ftruncate64, (int file, off64_t at), (file, at))
BEFORE(int, fsync, (int file), (file))
BEFORE(int, fdatasync, (int file), (file))
"#;

/// What the failing calls say.
#[derive(Debug, Clone, Copy)]
pub enum Fault {
    /// There is no room.
    Full,
    /// The medium does not answer.
    Dying,
}

impl Fault {
    fn errno(self) -> &'static str {
        match self {
            Self::Full => "28",
            Self::Dying => "5",
        }
    }
}

/// See the module's words.
pub struct Disk {
    library: PathBuf,
    sign: PathBuf,
}

impl Disk {
    /// Made in a folder of the test's.
    pub fn made(folder: &Path) -> Self {
        let source = folder.join("disk.c");
        let library = folder.join("disk.so");
        std::fs::write(&source, SOURCE).unwrap();
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([&library, &source])
            .status();
        assert!(made.unwrap().success(), "what links Rust compiles C");
        Self {
            library,
            sign: folder.join("disk.fails"),
        }
    }

    /// A command that writes to this disk: of so many calls the first few fail.
    pub fn under(&self, command: &mut Command, fault: Fault, (fail, of): (usize, usize)) {
        command
            .env("LD_PRELOAD", &self.library)
            .env("DISK_SIGN", &self.sign)
            .env("DISK_ERROR", fault.errno())
            .env("DISK_FAIL", fail.to_string())
            .env("DISK_OF", of.to_string());
    }

    pub fn begins_to_fail(&self) {
        std::fs::write(&self.sign, "").unwrap();
    }

    pub fn is_sound_again(&self) {
        std::fs::remove_file(&self.sign).unwrap();
    }
}
