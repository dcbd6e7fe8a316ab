//! People at work by way of the proxy, all the time: they read, write notes, issue
//! sheets. What was answered is counted; what was acknowledged must be there, once.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use dom::clock::Stopwatch;
use dom::storage::entity::contact_note;
use sea_orm::EntityTrait;

use super::client::Client;
use super::town::{REQUESTS, Town, WORKERS};
use crate::support::browser::Page;
use crate::support::cast::today;
use crate::support::ledger;

const READERS: usize = 3;
/// Who has a form on its way at any moment, at the most.
pub const WRITERS: usize = 3;
/// Nobody types faster.
const PAUSE: Duration = Duration::from_millis(10);

/// For how long at least; `SEVERAL_TEST_SECONDS` asks for more.
pub fn lasts() -> Duration {
    let asked = std::env::var("SEVERAL_TEST_SECONDS").ok();
    Duration::from_secs(asked.map_or(0, |text| text.parse().unwrap()))
}

/// See the module's words.
pub struct Load {
    client: Client,
    over: AtomicBool,
    notes: AtomicUsize,
    sheets: AtomicUsize,
    tally: Mutex<Tally>,
}

/// What came of it.
#[derive(Default)]
pub struct Tally {
    /// How often each status was answered.
    pub statuses: BTreeMap<u16, usize>,
    /// What was no answer, or one that nobody should get.
    pub wrong: Vec<String>,
    slowest: Duration,
    /// Notes that were acknowledged.
    saved: BTreeSet<String>,
    /// Notes of which nobody said whether they were kept.
    unsure: BTreeSet<String>,
    /// Numbers of sheets that were acknowledged.
    issued: BTreeSet<String>,
}

/// Says that it is over, also where the test fails meanwhile.
struct Ends<'a>(&'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Load {
    pub fn on(town: &Town) -> Self {
        Self {
            client: town.operator(),
            over: AtomicBool::new(false),
            notes: AtomicUsize::new(0),
            sheets: AtomicUsize::new(0),
            tally: Mutex::default(),
        }
    }

    /// Everybody works while something is done.
    pub fn during(self, what: impl FnOnce()) -> Tally {
        thread::scope(|scope| {
            let ends = Ends(&self.over);
            for one in 0..READERS {
                let this = &self;
                scope.spawn(move || this.repeat(|this, turn| this.read(one + turn)));
            }
            for _ in 1..WRITERS {
                scope.spawn(|| self.repeat(|this, _| this.write()));
            }
            scope.spawn(|| self.repeat(|this, _| this.issue()));
            what();
            drop(ends);
        });
        self.tally
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn repeat(&self, work: impl Fn(&Self, usize)) {
        let mut turn = 0;
        while !self.over.load(Ordering::Relaxed) {
            work(self, turn);
            turn += 1;
            thread::sleep(PAUSE);
        }
    }

    fn read(&self, turn: usize) {
        let path = match turn % 4 {
            0 => format!("/workers/W-{}", turn % WORKERS),
            1 => format!("/requests/R-{}/match", turn % REQUESTS),
            2 => "/workers".to_owned(),
            _ => "/".to_owned(),
        };
        self.told(&path, || self.client.get(&path), 200);
    }

    fn write(&self) {
        let words = format!("Nota {}", self.notes.fetch_add(1, Ordering::Relaxed));
        let on = today().format("%d/%m/%Y").to_string();
        let fields = [("on", on.as_str()), ("words", words.as_str())];
        let path = "/workers/W-0/diary";
        let page = self.told(path, || self.client.post(path, &fields), 303);
        let mut tally = self.tally();
        match page {
            Some(_) => tally.saved.insert(words),
            None => tally.unsure.insert(words),
        };
    }

    fn issue(&self) {
        let turn = self.sheets.fetch_add(1, Ordering::Relaxed);
        if turn >= REQUESTS * WORKERS {
            return;
        }
        let path = format!("/requests/R-{}/sheet", turn % REQUESTS);
        let worker = format!("W-{}", turn / REQUESTS);
        let post = || self.client.post(&path, &[("worker", worker.as_str())]);
        if let Some(page) = self.told(&path, post, 303) {
            let number = page.location().trim_start_matches("/sheets/");
            let number = number.split('?').next().unwrap().to_owned();
            self.tally().issued.insert(number);
        }
    }

    /// Counts an answer; it comes back where it is what was wanted.
    fn told(
        &self,
        path: &str,
        ask: impl FnOnce() -> io::Result<Page>,
        wanted: u16,
    ) -> Option<Page> {
        let watch = Stopwatch::start();
        let answer = ask();
        let took = watch.elapsed();
        let mut tally = self.tally();
        tally.slowest = tally.slowest.max(took);
        match answer {
            Ok(page) => {
                let status = page.status.as_u16();
                *tally.statuses.entry(status).or_default() += 1;
                if status == wanted {
                    return Some(page);
                }
                if status != 503 || page.header("retry-after").is_empty() {
                    let text = page.main();
                    tally.wrong.push(format!("{path}: {status} {text}"));
                }
            }
            Err(error) => tally.wrong.push(format!("{path}: {error}")),
        }
        None
    }

    fn tally(&self) -> std::sync::MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Tally {
    /// Asserts that nobody noticed anything.
    pub fn is_flawless(&self) {
        assert_eq!(self.wrong, [""; 0]);
        assert_eq!(self.busy(), 0, "{:?}", self.statuses);
    }

    /// How many were asked to come back.
    pub fn busy(&self) -> usize {
        self.statuses.get(&503).copied().unwrap_or_default()
    }

    /// Asserts that what was acknowledged is there and nothing is there twice; tells the
    /// counts.
    pub fn holds(&self, what: &str, town: &Town) {
        let (notes, books) = town.program.with_db(async |db| {
            let notes = contact_note::Entity::find().all(db.read()).await.unwrap();
            (notes, ledger::read(db, 1).await)
        });
        let kept: BTreeSet<String> = notes.iter().map(|note| note.words.clone()).collect();
        assert_eq!(kept.len(), notes.len(), "a note was written twice");
        let lost: Vec<_> = self.saved.difference(&kept).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        let known: BTreeSet<String> = self.saved.union(&self.unsure).cloned().collect();
        assert!(kept.is_subset(&known), "notes that nobody wrote");
        let numbers: BTreeSet<String> = books.into_iter().map(|entry| entry.number).collect();
        let lost: Vec<_> = self.issued.difference(&numbers).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
        println!(
            "{what}: answers by status {:?}, the slowest after {:.2?}; {} notes acknowledged, {} \
             in doubt, {} there; {} sheets acknowledged, {} there without a gap",
            self.statuses,
            self.slowest,
            self.saved.len(),
            self.unsure.len(),
            kept.len(),
            self.issued.len(),
            numbers.len(),
        );
        assert!(self.saved.len() > 5 && !self.issued.is_empty(), "no load");
    }
}
