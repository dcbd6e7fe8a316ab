//! The ratios that have to be reached, against a report.

use serde_json::Value;

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

/// A line for each that is not reached. What was not measured is not told of.
pub fn missed(report: &Value) -> Vec<String> {
    let said = |place: &str| report.pointer(place).and_then(Value::as_f64);
    let low = LEAST.iter().filter_map(|(place, least)| {
        let found = said(place).filter(|found| found < least)?;
        Some(format!("{place} is {found}, at least {least} is asked for"))
    });
    let high = MOST.iter().filter_map(|(place, most)| {
        let found = said(place).filter(|found| found > most)?;
        Some(format!("{place} is {found}, at most {most} is asked for"))
    });
    low.chain(high).collect()
}
