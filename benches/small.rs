//! The smallest machine: the built program on one core, over 5,000 workers, with ten
//! operators at once who never pause. How long pages take, how much memory it takes, how
//! long a start takes; and of 100 workers the processor's time of a match page.
//!
//!     cargo bench --bench small -- [SECONDS] [WORKERS]
//!
//! The program runs on core 0 (`taskset`), whoever asks on the others: what else the
//! machine does is in the figures. Memory is measured, not limited: a machine of 512 MB
//! limits no addresses, which is all that a shell can limit. Needs `taskset` of util-linux.

#![allow(
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark measures the machine's time, in figures that are small"
)]

#[path = "small/browser.rs"]
mod browser;
#[path = "small/people.rs"]
mod people;
#[path = "small/program.rs"]
mod program;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use browser::Browser;
use program::{Folder, Program};

const OPERATORS: usize = 10;
const STARTS: usize = 15;
const MATCHES: u32 = 400;

/// What is asked over and over; the last is sent, the others are opened.
const PAGES: [&str; 10] = [
    "/",
    "/workers",
    "/workers?page=3",
    "/workers/W-000123",
    "/families",
    "/requests",
    "/requests/R-000003",
    "/requests/R-000003/match",
    "/accesses",
    "/tasks",
];
const NOTED: &str = "/workers/W-000123/diary";

fn main() {
    let numbers: Vec<usize> = std::env::args()
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let seconds = numbers.first().copied().unwrap_or(30);
    let workers = numbers.get(1).copied().unwrap_or(5000);
    let folder = Folder::new("dom-bench-small");
    people::load(&folder, workers, OPERATORS);
    println!("figure, measured, floor");
    starts(&folder);
    load(&folder, Duration::from_secs(seconds as u64), workers);
    drop(folder);
    let folder = Folder::new("dom-bench-hundred");
    people::load(&folder, 100, 1);
    matches(&folder);
}

/// From the program's start to its first answers.
fn starts(folder: &Folder) {
    let mut took: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    let mut memory = 0;
    for _ in 0..STARTS {
        let begun = Instant::now();
        let program = Program::start(folder);
        for path in ["/health", "/ready"] {
            program.until_answered(path);
            took.entry(path).or_default().push(begun.elapsed());
        }
        memory = memory.max(program.memory("VmRSS"));
        program.stop();
    }
    println!("memory after a start, most {}, 150 MB", megabytes(memory));
    for (path, mut took) in took {
        took.sort();
        let (half, most) = (took[took.len() / 2], took[took.len() - 1]);
        println!(
            "start to {path}, median {} of {STARTS}; worst {}, 150 ms",
            milliseconds(half),
            milliseconds(most)
        );
    }
}

/// Ten at once, without a pause, for a bounded time.
fn load(folder: &Folder, lasts: Duration, workers: usize) {
    let program = Program::start(folder);
    program.until_answered("/ready");
    let before = program.processor();
    let signing = Instant::now();
    let mut browsers: Vec<Browser> = std::thread::scope(|scope| {
        let sign_in = |operator| {
            let mut browser = Browser::new(program.address());
            browser.sign_in(&people::email(operator), people::PASSWORD);
            browser
        };
        let all: Vec<_> = (0..OPERATORS)
            .map(|operator| scope.spawn(move || sign_in(operator)))
            .collect();
        all.into_iter()
            .map(|one| one.join().expect("signed in"))
            .collect()
    });
    println!(
        "ten sign in at once, {}, -",
        milliseconds(signing.elapsed())
    );
    println!(
        "highest memory of the sign-ins, {}, 150 MB",
        megabytes(program.memory("VmHWM"))
    );
    let begun = Instant::now();
    let took: Vec<(&str, Duration)> = std::thread::scope(|scope| {
        let all: Vec<_> = browsers
            .iter_mut()
            .enumerate()
            .map(|(operator, browser)| scope.spawn(move || work(browser, operator, begun, lasts)))
            .collect();
        all.into_iter()
            .flat_map(|one| one.join().expect("an operator works to the end"))
            .collect()
    });
    let elapsed = begun.elapsed();
    told(&took, elapsed, workers);
    println!(
        "processor's time of a page, {:.1} ms, -",
        program.processor().saturating_sub(before).as_secs_f64() * 1000.0 / took.len() as f64
    );
    for (what, name) in [
        ("highest memory", "VmHWM"),
        ("memory at the end", "VmRSS"),
        ("of it, of its own", "RssAnon"),
    ] {
        let floor = if name == "RssAnon" { "-" } else { "150 MB" };
        println!("{what}, {}, {floor}", megabytes(program.memory(name)));
    }
    program.stop();
}

/// One operator's pages in an order of their own; every eleventh is a note in a diary.
fn work(
    browser: &mut Browser,
    operator: usize,
    begun: Instant,
    lasts: Duration,
) -> Vec<(&'static str, Duration)> {
    let mut took = Vec::new();
    for step in operator * 3.. {
        if begun.elapsed() >= lasts {
            break;
        }
        let asked = Instant::now();
        let path = if let Some(path) = PAGES.get(step % (PAGES.len() + 1)) {
            let status = browser.get(path);
            assert_eq!(status, 200, "{path}");
            path
        } else {
            let words = format!("nota {step} di {operator}");
            let status = browser.post(NOTED, &[("on", &people::today()), ("words", &words)]);
            assert_eq!(status, 303, "{NOTED}");
            NOTED
        };
        took.push((path, asked.elapsed()));
    }
    took
}

fn told(took: &[(&str, Duration)], elapsed: Duration, workers: usize) {
    let mut of: BTreeMap<&str, Vec<Duration>> = BTreeMap::new();
    for (path, one) in took {
        of.entry(path).or_default().push(*one);
        of.entry("all pages").or_default().push(*one);
    }
    for (path, mut took) in of {
        took.sort();
        let at = |share: f64| {
            let place = (took.len() as f64 * share) as usize;
            milliseconds(took[place.min(took.len() - 1)])
        };
        let floor = if path == "all pages" {
            "p99 200 ms"
        } else {
            "-"
        };
        println!(
            "{path}, {} asked: p50 {} p99 {} most {}, {floor}",
            took.len(),
            at(0.5),
            at(0.99),
            at(1.0)
        );
    }
    println!(
        "pages a second with {OPERATORS} operators and {workers} workers, {:.0}, -",
        took.len() as f64 / elapsed.as_secs_f64()
    );
}

/// The processor's time of a match page, one after the other.
fn matches(folder: &Folder) {
    let program = Program::start(folder);
    program.until_answered("/ready");
    let mut browser = Browser::new(program.address());
    browser.sign_in(&people::email(0), people::PASSWORD);
    for _ in 0..20 {
        assert_eq!(browser.get("/requests/R-000003/match"), 200);
    }
    let before = program.processor();
    for _ in 0..MATCHES {
        assert_eq!(browser.get("/requests/R-000003/match"), 200);
    }
    let took = program.processor().saturating_sub(before) / MATCHES;
    println!(
        "processor's time of a match page among 100 workers, {}, 5 ms",
        milliseconds(took)
    );
    program.stop();
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

fn megabytes(kilobytes: u64) -> String {
    format!("{} MB", kilobytes.div_ceil(1024))
}
