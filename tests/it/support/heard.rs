//! What the tests' programs let others see: lines of their logs, where they lead browsers,
//! pages of failures, figures, subjects of mails. Everything is kept in a folder as the suite
//! runs, and `scripts/test heard` looks there afterwards for what was planted
//! (`tests/canaries.txt`). What one test logs can be read at once, too.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::thread;

/// What is kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Log,
    /// Where an answer leads.
    Location,
    /// A page that says that something failed or is refused.
    Failure,
    Figures,
    Subject,
}

impl Sort {
    fn file(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Location => "location",
            Self::Failure => "failure",
            Self::Figures => "figures",
            Self::Subject => "subject",
        }
    }
}

/// Keeps it, each line with the test that it is of.
pub fn keep(sort: Sort, text: &str) {
    static FILES: Mutex<BTreeMap<Sort, File>> = Mutex::new(BTreeMap::new());
    // A test that failed while it held this has written whole lines.
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    let file = files.entry(sort).or_insert_with(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("heard");
        std::fs::create_dir_all(&folder).unwrap();
        let name = format!("{}-{}", sort.file(), std::process::id());
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(folder.join(name))
            .unwrap()
    });
    let own = thread::current();
    let test = own.name().unwrap_or_default();
    let lines: String = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .flat_map(|line| [test, "\t", line, "\n"])
        .collect();
    file.write_all(lines.as_bytes()).unwrap();
}

/// What was logged on this thread.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

thread_local! {
    static HERE: RefCell<Option<Log>> = const { RefCell::new(None) };
}

/// Takes what a thread logs.
struct Here;

impl io::Write for Here {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        HERE.with_borrow(|log| {
            if let Some(log) = log {
                log.0.lock().unwrap().extend(bytes);
            }
        });
        keep(Sort::Log, &String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// From now on whatever is logged in this process is heard, written as the program writes
/// it. One subscriber serves all threads: what one has switched off is off for the others.
pub fn listen() {
    static ONE: Once = Once::new();
    ONE.call_once(|| {
        let lines = tracing_subscriber::fmt()
            // A slow statement is quoted, and those of the tests themselves hold their values.
            .with_env_filter(tracing_subscriber::EnvFilter::new(
                "info,dom=debug,sqlx=error",
            ))
            .with_writer(|| Here)
            .json()
            .flatten_event(true)
            .finish();
        tracing::subscriber::set_global_default(lines).expect("no test has another");
    });
}

/// Until it is dropped, this thread's log is kept for its test.
pub struct Kept;

impl Drop for Kept {
    fn drop(&mut self) {
        HERE.set(None);
    }
}

impl Log {
    /// Everything that this thread logs goes here.
    pub fn begin(&self) -> Kept {
        listen();
        HERE.set(Some(self.clone()));
        Kept
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}
