//! The engine beside its peers on the same market in the same run: a plain scan,
//! the best hand-written `SQLite` and `PostgreSQL`, `DuckDB` as a child process.
//! Every list is compared with every other before a time counts. `scripts/bench
//! matching` brings what it needs.
//!
//!     cargo bench --bench matching -- 10000 100000 1000000
//!
//! `BENCH_PYTHON`: a Python with the package duckdb. `BENCH_POSTGRES_URL`: a server
//! on which a database `dom_bench` may be made. Without one of them that peer is left
//! out, and its floors are missed. Ends with 1 where a floor is missed, or stands on a
//! size or a peer that was asked for and is not there; tells which were not looked at.
//! Prints the JSON of `docs/bench.json`; `BENCH_OUT` names a folder to write it
//! into, with a chart. `BENCH_RUNS` repeats the timing, 3 unless told. `BENCH_ALONE`
//! leaves all databases out, where only the engine and the plain scan are of interest.
//! `BENCH_STATE` names a folder that keeps each size as soon as it is measured, so that
//! a run that was cut goes on there.

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark measures the machine's time"
)]

#[path = "matching/chart.rs"]
mod chart;
#[path = "../tests/it/matching/dice.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod dice;
#[path = "peers/duckdb.rs"]
mod duckdb;
#[path = "matching/floors.rs"]
mod floors;
#[path = "matching/market.rs"]
mod market;
#[path = "matching/parts.rs"]
mod parts;
#[path = "peers/plain.rs"]
mod plain;
#[path = "peers/postgres.rs"]
mod postgres_peer;
#[path = "matching/site.rs"]
mod site;
#[path = "peers/sql.rs"]
mod sql;
#[path = "peers/sqlite.rs"]
mod sqlite;
#[path = "matching/teams.rs"]
mod teams;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use dom::domain::place::distance_m;
use dom::matching::{Pool, Ranked, Search, Weights};
use serde_json::{Map, Value, json};

use market::{Market, market};
use parts::Part;
use plain::{Asked, Found, Person, fair_order, people};
use sql::{Given, Way, What};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub const FITS: usize = 20;
pub const NEAR: usize = 10;

type List = Vec<(String, u32)>;

/// Engine, list and size to its median in each run, in µs.
type Medians = BTreeMap<(&'static str, What, usize), Vec<f64>>;

pub fn median(times: &[f64]) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

pub fn micros(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64() * 1e6
}

pub fn rounded(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

pub fn size_name(size: usize) -> String {
    format!("1e{}", size.ilog10())
}

fn main() {
    let sizes = std::env::args()
        .skip(1)
        .filter_map(|word| word.parse().ok());
    let mut sizes: Vec<usize> = sizes.collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000];
    }
    let mut medians = Medians::new();
    let mut measured = Measured::default();
    for size in &sizes {
        let part = Part::kept(*size).unwrap_or_else(|| {
            let part = part(*size);
            part.keep(*size);
            part
        });
        medians.extend(part.medians);
        let name = size_name(*size);
        measured.facts.insert(name.clone(), part.facts);
        measured.start.insert(name.clone(), part.start);
        measured.page.insert(name, part.page);
    }
    let folder = temporary();
    let (_, small) = site::measure(100, &folder);
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    measured.page.insert(size_name(100), small);
    for (name, size) in [("pairs_1e3", 1_000), ("pairs_1e4", 10_000)] {
        let (candidates, ours, naive) = teams::pairs(size);
        let ratio = json!(rounded(naive / ours));
        measured.teams.insert(name.to_owned(), ratio);
        let times = json!({"candidates": candidates, "ours_us": rounded(ours), "all_pairs_us": rounded(naive)});
        measured.team_times.insert(name.to_owned(), times);
    }
    let mut report = report(&medians, &measured);
    let alone = std::env::var_os("BENCH_ALONE").is_some();
    let verdict = floors::verdict(&report, &sizes, alone);
    report["floors"] = json!({"missed": verdict.missed, "not_looked_at": verdict.not_looked_at});
    println!(
        "{}",
        serde_json::to_string_pretty(&report).expect("a report")
    );
    for line in &verdict.missed {
        println!("# missed: {line}");
    }
    if !verdict.not_looked_at.is_empty() {
        println!("# not looked at: {}", verdict.not_looked_at.join(", "));
    }
    if let Ok(folder) = std::env::var("BENCH_OUT") {
        let folder = PathBuf::from(folder);
        let text = serde_json::to_string_pretty(&report).expect("a report");
        std::fs::write(folder.join("bench.json"), text + "\n").expect("bench.json is written");
        std::fs::write(folder.join("bench.svg"), chart::draw(&medians))
            .expect("the chart is written");
    }
    parts::forget();
    if !verdict.missed.is_empty() {
        std::process::exit(1);
    }
}

/// Beside the times, by size or case.
#[derive(Default)]
struct Measured {
    facts: Map<String, Value>,
    start: Map<String, Value>,
    page: Map<String, Value>,
    teams: Map<String, Value>,
    team_times: Map<String, Value>,
}

fn temporary() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("dom-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for files");
    folder
}

/// Measures one size.
fn part(size: usize) -> Part {
    let needs = if size > 300_000 { 40 } else { 200 };
    let market = market(size, needs, 7);
    let mut medians = Medians::new();
    let facts = Run::new(&market).all(&mut medians);
    drop(market);
    let folder = temporary();
    let (start, page) = site::measure(size, &folder);
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    println!("# {} start {start}", size_name(size));
    println!("# {} page {page}", size_name(size));
    Part {
        medians,
        facts,
        start,
        page,
    }
}

/// The JSON that the documentation keeps.
fn report(medians: &Medians, measured: &Measured) -> Value {
    let facts = &measured.facts;
    let middle = |engine, what, size| medians.get(&(engine, what, size)).map(|runs| median(runs));
    let sizes: Vec<usize> = (medians.keys())
        .filter(|key| key.0 == "ours" && key.1 == What::Fits)
        .map(|key| key.2)
        .collect();
    let ratios = |what| {
        let of = |engine| {
            let of_size = |size: &usize| {
                let ratio = middle(engine, what, *size)? / middle("ours", what, *size)?;
                Some((size_name(*size), json!(rounded(ratio))))
            };
            sizes
                .iter()
                .filter_map(of_size)
                .collect::<Map<String, Value>>()
        };
        json!({"sqlite": of("sqlite"), "postgres": of("postgres"), "duckdb": of("duckdb"), "scan": of("scan")})
    };
    let ours: Map<String, Value> = (sizes.iter())
        .filter_map(|size| {
            Some((
                size_name(*size),
                json!(rounded(middle("ours", What::Fits, *size)?)),
            ))
        })
        .collect();
    let over = |name: &str| {
        facts
            .get(name)
            .and_then(|facts| facts.get("over_limit"))
            .cloned()
    };
    let over: Map<String, Value> = ["1e6"]
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), over(name)?)))
        .collect();
    let bytes = facts
        .values()
        .next_back()
        .and_then(|facts| facts.get("bytes_per_worker"))
        .cloned();
    let name = |engine: &str, what: What, size: usize| {
        let list = if what == What::Fits {
            "top20"
        } else {
            "near_misses"
        };
        format!("{engine} {list} {}", size_name(size))
    };
    let runs: Map<String, Value> = (medians.iter())
        .map(|((engine, what, size), runs)| {
            let runs: Vec<f64> = runs.iter().copied().map(rounded).collect();
            (name(engine, *what, *size), json!(runs))
        })
        .collect();
    // Those of one run stand at the same place.
    let spread: Map<String, Value> = (medians.iter().filter(|(key, _)| key.0 != "ours"))
        .filter_map(|((engine, what, size), theirs)| {
            let ours = medians.get(&("ours", *what, *size))?;
            let ratios = theirs.iter().zip(ours).map(|(theirs, ours)| theirs / ours);
            let ratios: Vec<f64> = ratios.map(rounded).collect();
            Some((name(engine, *what, *size), json!(ratios)))
        })
        .collect();
    json!({
        "commit": commit(),
        "machine": machine(),
        "top20": ratios(What::Fits),
        "near_misses": ratios(What::NearMisses),
        "ours_us": ours,
        "over_limit": over,
        "bytes_per_worker": bytes,
        "teams": measured.teams,
        "start": measured.start,
        "page": measured.page,
        "samples": {"medians_us_of_each_run": runs, "ratios_of_each_run": spread, "markets": facts, "teams": measured.team_times},
    })
}

pub fn commit() -> String {
    let folder = env!("CARGO_MANIFEST_DIR");
    said("git", &["-C", folder, "rev-parse", "--short", "HEAD"])
}

fn said(program: &str, words: &[&str]) -> String {
    let ran = Command::new(program).args(words).output();
    ran.map_or_else(
        |_| String::new(),
        |ran| String::from_utf8_lossy(&ran.stdout).trim().to_owned(),
    )
}

fn machine() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model.map_or("", |line| line.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{model}, {cores} cores, {}", std::env::consts::OS)
}

/// How fast this machine reads memory that no cache holds, in bytes a µs.
fn bandwidth() -> f64 {
    let words = vec![1u64; 1 << 26];
    let read = || {
        micros(|| {
            black_box(words.iter().copied().fold(0u64, u64::wrapping_add));
        })
    };
    let best = (0..5).map(|_| read()).fold(f64::MAX, f64::min);
    f64::from(1u32 << 29) / best
}

/// What every engine has to answer.
struct Lists {
    what: What,
    expected: Vec<List>,
}

/// The databases with the market in them, and what they are asked.
struct Peers {
    given: Vec<(usize, Given)>,
    sqlite: Option<sqlite::Sqlite>,
    postgres: Option<postgres_peer::Postgres>,
    folder: PathBuf,
}

/// One market, all engines.
struct Run<'a> {
    market: &'a Market,
    pool: Pool,
    people: Vec<Person>,
    weights: Weights,
    runs: usize,
    built_ms: f64,
}

impl<'a> Run<'a> {
    fn new(market: &'a Market) -> Self {
        let (workers, introductions) = (market.workers.clone(), market.introductions.clone());
        let start = Instant::now();
        let pool = Pool::new(workers, introductions);
        let built_ms = start.elapsed().as_secs_f64() * 1e3;
        let runs = std::env::var("BENCH_RUNS")
            .ok()
            .and_then(|runs| runs.parse().ok());
        Self {
            market,
            pool,
            people: people(market),
            weights: Weights::default(),
            runs: runs.unwrap_or(3),
            built_ms,
        }
    }

    fn size(&self) -> usize {
        self.people.len()
    }

    fn ours(&self, i: usize, what: What) -> Vec<Ranked<'_>> {
        let search = Search {
            pool: &self.pool,
            need: &self.market.needs[i],
            today: self.market.today,
            weights: &self.weights,
        };
        match what {
            What::Fits => search.first_fits(FITS),
            What::NearMisses => search.first_near_misses(NEAR),
        }
    }

    fn asked(&self, i: usize) -> Asked<'_> {
        Asked::new(&self.market.needs[i], self.market.today)
    }

    fn order(&self, i: usize, what: What, found: Vec<Found>) -> List {
        let most = if what == What::Fits { FITS } else { NEAR };
        fair_order(self.market.needs[i].request(), &self.people, found, most)
    }

    fn scan(&self, i: usize, what: What) -> Vec<Found> {
        let asked = self.asked(i);
        let found = match what {
            What::Fits => asked.fits(&self.people),
            What::NearMisses => asked.near_misses(&self.people),
        };
        let found = found.into_iter().map(|(number, score)| Found {
            number,
            score,
            past: self.people[number].past,
        });
        found.collect()
    }

    /// Times every request, the best of some rounds each; keeps the median.
    fn time(&self, mut work: impl FnMut(usize)) -> f64 {
        // The same number for all engines: the best of more is better.
        let rounds = if self.size() > 300_000 { 2 } else { 3 };
        let mut best = vec![f64::MAX; self.market.needs.len()];
        for _ in 0..rounds {
            for (i, best) in best.iter_mut().enumerate() {
                *best = best.min(micros(|| work(i)));
            }
        }
        median(&best)
    }

    /// Compares a peer's lists with the expected ones, then times it.
    fn peer(&self, list: &Lists, mut ask: impl FnMut(usize) -> Vec<Found>) -> f64 {
        let Lists { what, expected } = list;
        for (i, expected) in expected.iter().enumerate() {
            assert_eq!(&self.order(i, *what, ask(i)), expected, "request {i}");
        }
        self.time(|i| {
            black_box(self.order(i, *what, ask(i)));
        })
    }

    fn all(&self, medians: &mut Medians) -> Value {
        let folder = temporary();
        let given = (0..self.market.needs.len()).map(|i| {
            let need = &self.market.needs[i];
            let kind = need.fields().arrangement as usize;
            (kind, Given::new(need, &self.asked(i)))
        });
        let alone = std::env::var_os("BENCH_ALONE").is_some();
        let url = std::env::var("BENCH_POSTGRES_URL").ok().filter(|_| !alone);
        let file = (!alone).then(|| folder.join("bench.sqlite"));
        let mut peers = Peers {
            given: given.collect(),
            sqlite: file.map(|file| sqlite::Sqlite::new(self.market, &self.people, &file)),
            postgres: url.map(|url| postgres_peer::Postgres::new(self.market, &self.people, &url)),
            folder: folder.clone(),
        };
        for what in [What::Fits, What::NearMisses] {
            let list = |i| {
                let ranked = self.ours(i, what);
                let row = |one: &Ranked| (one.worker.to_owned(), one.score);
                ranked.iter().map(row).collect()
            };
            let expected: Vec<List> = (0..self.market.needs.len()).map(list).collect();
            let lists = Lists { what, expected };
            for _ in 0..self.runs {
                for (engine, time) in self.once(&lists, &mut peers) {
                    let key = (engine, what, self.size());
                    medians.entry(key).or_default().push(time);
                    let list = if what == What::Fits { "top20" } else { "near" };
                    println!("# {} {list} {engine}: {time:.1} µs", size_name(self.size()));
                }
            }
        }
        std::fs::remove_dir_all(&folder).expect("the folder is ours");
        self.facts(median(&medians[&("ours", What::Fits, self.size())]))
    }

    /// Each engine's time for a list; of several ways the best.
    fn once(&self, lists: &Lists, peers: &mut Peers) -> Vec<(&'static str, f64)> {
        let what = lists.what;
        let ours = self.time(|i| {
            black_box(self.ours(i, what));
        });
        let scan = self.peer(lists, |i| self.scan(i, what));
        let ways = if what == What::Fits {
            &[Way::Boxes, Way::Comuni][..]
        } else {
            &[Way::Comuni]
        };
        let given = &peers.given;
        let mut times = vec![("ours", ours), ("scan", scan)];
        if let Some(sqlite) = &peers.sqlite {
            let of_ways = ways.iter().map(|way| {
                let mut asker = sqlite.asker(*way, what);
                self.peer(lists, |i| asker.ask(given[i].0, &given[i].1))
            });
            times.push(("sqlite", of_ways.fold(f64::MAX, f64::min)));
        }
        if let Some(postgres) = &mut peers.postgres {
            let of_ways = ways.iter().map(|way| {
                let mut asker = postgres.asker(*way, what);
                self.peer(lists, |i| asker.ask(given[i].0, &given[i].1))
            });
            times.push(("postgres", of_ways.fold(f64::MAX, f64::min)));
        }
        if peers.sqlite.is_some() && std::env::var_os("BENCH_PYTHON").is_some() {
            let text = |(kind, given): &(usize, Given)| duckdb::text(given, *kind, what);
            let statements: Vec<String> = given.iter().map(text).collect();
            let said = duckdb::ask(self.market, &self.people, &statements, &peers.folder);
            for (i, (said, expected)) in said.iter().zip(&lists.expected).enumerate() {
                assert_eq!(&self.order(i, what, said.found()), expected, "request {i}");
            }
            let micros: Vec<f64> = said.iter().map(|said| said.micros).collect();
            times.push(("duckdb", median(&micros)));
        }
        times
    }

    /// What the market is like, and what the engine costs beside time.
    #[expect(clippy::cast_precision_loss, reason = "counts of people")]
    fn facts(&self, ours: f64) -> Value {
        let needs = 0..self.market.needs.len();
        let reached: Vec<f64> = needs
            .clone()
            .map(|i| {
                let to = self.market.needs[i].fields().comune;
                let reaches = |one: &&Person| {
                    distance_m(one.comune, to) <= one.reach_m
                        && one.comune.landmass() == to.landmass()
                };
                self.people.iter().filter(reaches).count() as f64
            })
            .collect();
        let fits: usize = needs.map(|i| self.asked(i).fits(&self.people).len()).sum();
        let size = self.size() as f64;
        let bandwidth = bandwidth();
        // The half line of everybody in reach has to be read.
        let limit = median(&reached) * 32.0 / bandwidth;
        json!({
            "bytes_per_worker": self.pool.bytes() / self.size(),
            "built_ms": rounded(self.built_ms),
            "in_reach_percent": rounded(median(&reached) * 100.0 / size),
            "fit_permille": rounded(fits as f64 * 1000.0 / size / self.market.needs.len() as f64),
            "read_gb_a_second": rounded(bandwidth / 1e3),
            "limit_us": rounded(limit),
            "over_limit": rounded(ours / limit),
        })
    }
}
