//! What reads what strangers write is given the kept corpus (`tests/corpus`), then changes
//! of it: nothing panics, nothing goes on for ever, and what a target says of good input
//! holds. Whatever came of an input that came of none before is changed further. There is no
//! instrumentation in this, so that the stable toolchain runs it.
//!
//! `FUZZ_TEST_SECONDS`: for how long each; otherwise so many changes as each target says.
//! `FUZZ_TEST_SEED`: another seed gives other changes, the same one the same.

mod addresses;
mod tables;
mod texts;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use dom::clock::Stopwatch;

use crate::matching::dice::Dice;
use crate::support::program::block_on;

/// Longer than any input takes, on a busy machine too.
const HANG: Duration = Duration::from_mins(1);
/// Bytes of an input.
const LARGEST: usize = 16 * 1024;
/// Inputs that are changed further.
const MOST_KEPT: usize = 4_000;

/// What any reader may stumble over.
const ODD: [&str; 30] = [
    "\0",
    "\t",
    "\r\n",
    "\n",
    "\u{feff}",
    "\u{202e}",
    "\u{200b}",
    "e\u{301}",
    "😀",
    "İ",
    "%00",
    "%FF",
    "%",
    "'",
    "\"",
    "\"\"",
    "<",
    "&",
    ";",
    ",",
    "|",
    "=1+1",
    "-1",
    "0",
    "1e309",
    "99999999999999999999",
    "9223372036854775808",
    "2026-02-30",
    "9999-12-31",
    "24:00",
];

/// Something that reads input.
trait Target: Sized + 'static {
    /// The folder of its corpus.
    const NAME: &'static str;
    /// Changes where nobody says for how long.
    const CHANGES: usize;
    /// What its input is made of.
    const WORDS: &'static [&'static str];

    fn begin() -> impl Future<Output = Self>;

    /// Input beside the corpus that only a program can make.
    fn made(&self) -> Vec<Vec<u8>>;

    /// Reads it. What came of it, without what stands in the input: another outcome is
    /// another way through the code.
    fn read(&mut self, input: &[u8]) -> impl Future<Output = String>;
}

/// What is being read, for whoever has to tell of it.
type Current = Mutex<Vec<u8>>;

struct Campaign<'a, T> {
    target: T,
    current: &'a Current,
    tell: &'a Sender<()>,
    outcomes: BTreeSet<String>,
    pool: Vec<Vec<u8>>,
    read: usize,
}

impl<T: Target> Campaign<'_, T> {
    async fn read(&mut self, input: Vec<u8>) {
        self.current.lock().unwrap().clone_from(&input);
        let outcome = self.target.read(&input).await;
        self.read += 1;
        if self.outcomes.insert(outcome) && self.pool.len() < MOST_KEPT {
            self.pool.push(input);
        }
        // Nobody listens any more once it was given up.
        let _ = self.tell.send(());
    }

    async fn run(mut self) -> (usize, usize) {
        let kept = kept(T::NAME);
        assert!(kept.len() > 3, "a corpus for {}", T::NAME);
        for input in kept.into_iter().chain(self.target.made()) {
            self.pool.push(input.clone());
            self.read(input).await;
        }
        let of_corpus = self.outcomes.len();
        assert!(of_corpus > 3, "{}: {:?}", T::NAME, self.outcomes);
        let mut dice = Dice::new(number("FUZZ_TEST_SEED").unwrap_or(9));
        let limit = number("FUZZ_TEST_SECONDS").map(Duration::from_secs);
        let watch = Stopwatch::start();
        let mut left = T::CHANGES;
        while limit.map_or(left > 0, |limit| watch.elapsed() < limit) {
            left = left.saturating_sub(1);
            let input = changed(&mut dice, &self.pool, T::WORDS);
            self.read(input).await;
        }
        (self.read, self.outcomes.len())
    }
}

fn number(variable: &str) -> Option<u64> {
    let set = std::env::var(variable).ok();
    set.map(|set| set.parse().expect("a number"))
}

/// The corpus of a target: each file is one input, but that of `.lines` each line is one.
fn kept(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let files = fs::read_dir(folder.join(name)).expect("a folder of the corpus");
    let mut files: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let bytes = fs::read(&file).unwrap();
        if file.extension().is_some_and(|ending| ending == "lines") {
            all.extend(bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec));
        } else {
            all.push(bytes);
        }
    }
    all
}

/// One of the inputs, changed here and there.
fn changed(dice: &mut Dice, pool: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
    let mut input = pool[dice.below(pool.len())].clone();
    for _ in 0..dice.between(1, 6) {
        let at = dice.below(input.len() + 1);
        let longest = (input.len() - at).min(64);
        let end = at + dice.below(longest + 1);
        let piece = input[at..end].to_vec();
        let put = match dice.below(9) {
            0 => [dice.pick(words).as_bytes(), &piece].concat(),
            1 => dice.pick(words).as_bytes().to_vec(),
            2 => [dice.pick(&ODD).as_bytes(), &piece].concat(),
            3 => dice.pick(&ODD).as_bytes().to_vec(),
            4 => Vec::new(),
            5 => piece.repeat(2),
            6 => piece.repeat(dice.between(3, 300)),
            7 => {
                let other = &pool[dice.below(pool.len())];
                let from = dice.below(other.len() + 1);
                other[from..(from + 64).min(other.len())].to_vec()
            }
            _ => {
                let bit = 1_u8 << dice.below(8);
                piece.iter().map(|byte| byte ^ bit).collect()
            }
        };
        drop(input.splice(at..end, put));
        input.truncate(LARGEST);
    }
    input
}

/// Runs a target, and tells which input it was that it did not survive.
fn fuzz<T: Target>() {
    let current = Arc::new(Current::default());
    let (tell, told) = channel();
    let at = current.clone();
    let worker = thread::spawn(move || {
        block_on(async {
            let campaign = Campaign {
                target: T::begin().await,
                current: &at,
                tell: &tell,
                outcomes: BTreeSet::new(),
                pool: Vec::new(),
                read: 0,
            };
            campaign.run().await
        })
    });
    loop {
        match told.recv_timeout(HANG) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => gives_up(T::NAME, "has not ended", &current),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    match worker.join() {
        Ok((read, outcomes)) => {
            println!("{}: {read} read, {outcomes} outcomes", T::NAME);
        }
        Err(_) => gives_up(T::NAME, "has failed", &current),
    }
}

fn gives_up(name: &str, what: &str, current: &Current) -> ! {
    let input = current.lock().unwrap().clone();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-{name}"));
    fs::write(&file, &input).unwrap();
    let shown = input.escape_ascii().take(400).map(char::from);
    let shown: String = shown.collect();
    panic!("{name} {what} over {}: {shown}", file.display());
}

#[test]
fn week_grids_are_read_or_refused() {
    fuzz::<texts::Weeks>();
}

#[test]
fn tokens_open_what_they_were_made_for_or_nothing() {
    fuzz::<texts::Tokens>();
}

#[test]
fn mails_that_came_back_are_known_or_not() {
    fuzz::<texts::Bounces>();
}

#[test]
fn tables_of_text_are_loaded_or_refused_alike_on_both_databases() {
    fuzz::<tables::Csv>();
}

#[test]
fn workbooks_are_loaded_or_refused_alike_on_both_databases() {
    fuzz::<tables::Xlsx>();
}

#[test]
fn any_address_is_answered_alike_on_both_databases() {
    fuzz::<addresses::Addresses>();
}
