//! The ratios that have to be reached, against a report.

use serde_json::Value;

use crate::size_name;

const DATABASES: [&str; 3] = ["sqlite", "postgres", "duckdb"];
/// The desk of a hundred is measured in every run.
const SIZES: [&str; 3] = ["1e4", "1e5", "1e6"];

/// Where in the report, and the least that must stand there.
const LEAST: [(&str, f64); 20] = [
    ("/top20/sqlite/1e4", 12.0),
    ("/top20/sqlite/1e5", 25.0),
    ("/top20/sqlite/1e6", 25.0),
    ("/top20/postgres/1e4", 15.0),
    ("/top20/postgres/1e5", 30.0),
    ("/top20/postgres/1e6", 60.0),
    ("/top20/duckdb/1e4", 300.0),
    ("/top20/duckdb/1e5", 100.0),
    ("/top20/duckdb/1e6", 60.0),
    ("/top20/scan/1e4", 6.0),
    ("/top20/scan/1e5", 12.0),
    ("/top20/scan/1e6", 20.0),
    ("/near_misses/sqlite/1e4", 30.0),
    ("/near_misses/sqlite/1e5", 30.0),
    ("/near_misses/sqlite/1e6", 30.0),
    ("/near_misses/postgres/1e4", 50.0),
    ("/near_misses/postgres/1e5", 50.0),
    ("/near_misses/postgres/1e6", 60.0),
    ("/teams/pairs_1e3", 10.0),
    ("/teams/pairs_1e4", 100.0),
];

/// The most that may stand there.
const MOST: [(&str, f64); 5] = [
    ("/over_limit/1e6", 8.0),
    ("/bytes_per_worker", 112.0),
    ("/start/1e6/over_rows", 2.0),
    ("/page/1e5/engine_and_template_over_row", 1.3),
    ("/page/1e2/page_us", 5_000.0),
];

/// How a report stands to all of these.
#[derive(Debug, Default)]
pub struct Verdict {
    /// A line for each that is not reached, or was asked for and is not there.
    pub missed: Vec<String>,
    /// Of sizes and peers that nobody asked for.
    pub not_looked_at: Vec<&'static str>,
}

/// Of a report on these sizes; `alone`, where no database was asked for.
pub fn verdict(report: &Value, sizes: &[usize], alone: bool) -> Verdict {
    let low = LEAST.iter().map(|(place, least)| (*place, *least, "least"));
    let high = MOST.iter().map(|(place, most)| (*place, *most, "most"));
    let mut verdict = Verdict::default();
    for (place, bound, kind) in low.chain(high) {
        match report.pointer(place).and_then(Value::as_f64) {
            Some(found) if kind == "least" && found >= bound => {}
            Some(found) if kind == "most" && found <= bound => {}
            Some(found) => (verdict.missed).push(format!(
                "{place} is {found}, at {kind} {bound} is asked for"
            )),
            None if asked_for(place, sizes, alone) => (verdict.missed).push(format!(
                "{place} is not there, at {kind} {bound} is asked for"
            )),
            None => verdict.not_looked_at.push(place),
        }
    }
    verdict
}

/// Whether a run over these sizes has to say what stands there.
fn asked_for(place: &str, sizes: &[usize], alone: bool) -> bool {
    let mut parts = place.split('/');
    let database = parts.clone().any(|part| DATABASES.contains(&part));
    let of_a_size = parts.find(|part| SIZES.contains(part));
    let measured = |name: &str| sizes.iter().any(|size| size_name(*size) == name);
    !(alone && database) && of_a_size.is_none_or(measured)
}
