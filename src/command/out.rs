//! Standard output and standard error, which are written to here alone. Whoever reads them may
//! end before the command does (`dom man | head`), and that is no failure: what is said then is
//! dropped, and the exit code is what the command found; a long answer ends there, with 0.

use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write, stderr, stdout};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

// There is one standard output a program, and so there is of what became of it.
static REFUSED: OnceLock<io::Error> = OnceLock::new();
static LEFT: AtomicBool = AtomicBool::new(false);

/// A line on standard output, written as `println!` takes it.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::command::out::line(format_args!($($words)*))
    };
}

/// A line on standard error, written as `eprintln!` takes it.
macro_rules! aside {
    ($($words:tt)*) => {
        $crate::command::out::aside(format_args!("{}\n", format_args!($($words)*)))
    };
}

/// See `say!`.
pub fn line(words: Arguments<'_>) {
    let mut out = stdout().lock();
    let written = out.write_fmt(words).and_then(|()| out.write_all(b"\n"));
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        // The first says what is wrong; the others say the same.
        let _ = REFUSED.set(error);
    }
}

/// Says something on standard error, without an end of line. What can't be said there can be
/// said nowhere.
pub fn aside(words: Arguments<'_>) {
    let _ = stderr().write_fmt(words);
}

/// Why a line could not be written, where it was not for want of a reader.
pub fn refused() -> Option<&'static io::Error> {
    REFUSED.get()
}

/// Whether an answer was cut short because nobody reads it any more.
pub fn reader_left() -> bool {
    LEFT.load(Ordering::Relaxed)
}

/// A file, or a page, as it is.
pub fn whole(bytes: &[u8]) -> io::Result<()> {
    Long.write_all(bytes)?;
    Long.flush()
}

/// Standard output for answers that may be long: an error where nobody reads it any more.
pub struct Long;

impl Write for Long {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        stdout().write(bytes).inspect_err(note)
    }

    fn flush(&mut self) -> io::Result<()> {
        stdout().flush().inspect_err(note)
    }
}

fn note(error: &io::Error) {
    if error.kind() == ErrorKind::BrokenPipe {
        LEFT.store(true, Ordering::Relaxed);
    }
}
