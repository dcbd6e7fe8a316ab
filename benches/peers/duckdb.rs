//! `DuckDB` as a child process, one thread, everybody scanned: it is made for
//! reports, and told so by the figures. See `matching_duckdb.py`.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::market::Market;
use crate::plain::{Found, Person};
use crate::sql::{COLUMNS, Dialect, Given, KINDS, Statement, Way, What, land, row};

/// What the child says of one statement.
#[derive(Deserialize)]
pub struct Said {
    /// The best of its rounds.
    pub micros: f64,
    rows: Vec<[i64; 4]>,
}

impl Said {
    pub fn found(&self) -> Vec<Found> {
        let found = self.rows.iter().map(|[score, number, recent, last]| Found {
            number: usize::try_from(*number).expect("numbers from 0"),
            score: u32::try_from(*score).expect("a score"),
            past: (
                u32::try_from(*recent).expect("a count"),
                i32::try_from(*last).ok().filter(|day| *day > 0),
            ),
        });
        found.collect()
    }
}

pub fn text(given: &Given, kind: usize, what: What) -> String {
    let statement = Statement {
        dialect: Dialect::Duckdb,
        way: Way::Scan,
        what,
        kind: KINDS[kind],
    };
    let mut text = statement.text();
    for (i, one) in given.place.iter().enumerate() {
        text = text.replace(&format!("{{{}}}", i + 1), &format!("{one:e}"));
    }
    for (i, one) in given.week.iter().enumerate() {
        text = text.replace(&format!("{{w{i}}}"), &one.to_string());
    }
    for (i, one) in given.numbers.iter().enumerate() {
        let literal = if [9, 10, 14].contains(&(i + 5)) {
            format!("CAST({one} AS BIGINT)")
        } else {
            format!("({one})")
        };
        text = text.replace(&format!("{{{}}}", i + 5), &literal);
    }
    text
}

/// Writes the market for the child.
fn write(market: &Market, people: &[Person], folder: &Path) {
    let mut rows = format!("{},w0,w1,w2,w3,w4,w5,x,y,z\n", COLUMNS.join(","));
    let mut named = "comune,id\n".to_owned();
    for (i, (one, stated)) in people.iter().zip(&market.workers).enumerate() {
        let numbers = row(i, one, stated, land(one.comune)).map(|number| number.to_string());
        let week = one.week.words().map(|word| word.to_string());
        let [x, y, z] = one.comune.direction();
        let (numbers, week) = (numbers.join(","), week.join(","));
        writeln!(rows, "{numbers},{week},{x},{y},{z}").expect("a text grows");
        for comune in &one.aside.extra_comuni {
            writeln!(named, "{},{i}", comune.index()).expect("a text grows");
        }
    }
    std::fs::write(folder.join("w.csv"), rows).expect("a file of rows");
    std::fs::write(folder.join("extra.csv"), named).expect("a file of rows");
}

/// Gives the child the market, once a folder, and the statements, and waits for what it
/// says.
pub fn ask(market: &Market, people: &[Person], statements: &[String], folder: &Path) -> Vec<Said> {
    if !folder.join("w.csv").exists() {
        write(market, people, folder);
    }
    let text = serde_json::to_string(statements).expect("texts");
    std::fs::write(folder.join("statements.json"), text).expect("a file of texts");
    let python = std::env::var("BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/benches/peers/matching_duckdb.py"
    );
    let ran = Command::new(python).arg(script).arg(folder).output();
    let ran = ran.expect("Python with duckdb: see scripts/bench");
    let errors = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{errors}");
    serde_json::from_slice(&ran.stdout).expect("an answer for each statement")
}
