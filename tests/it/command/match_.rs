//! `dom match` for people, its limits, and its usage. The answers themselves are
//! held to the digit in `examples`.

use serde_json::Value;

use crate::support::cast::{Cast, today};
use crate::support::program::Program;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// 25 who fit, one who lives too far, one who could not start, one who withdrew.
fn house() -> Program {
    let soon = (today() + chrono::Days::new(10)).to_string();
    let mut cast = Cast::on(today())
        .request("R-1", &[])
        .request("R-2", &[("status", "paused")])
        .request("R-3", &[("schedule", "Sun 02:00-04:00")]);
    for n in 1..=25 {
        cast = cast.worker(&format!("W-{n}"), &[]);
    }
    let cast = cast
        .worker("W-91", &[("available_from", &soon)])
        .worker("W-92", &[("status", "withdrawn")])
        .worker("W-93", &[("consent_on", "")]);
    let program = Program::on_sqlite();
    program.store(&cast);
    program
}

#[test]
fn people_read_twenty_fits_and_what_limits_the_search() {
    let program = house();
    let told = program.ok(&["match", "R-1"]);
    assert!(told.starts_with("R-1"), "{told}");
    assert!(!told.contains('⟦'), "{told}");
    let shown = told
        .lines()
        .filter(|line| line.starts_with("  W-") && line.ends_with(" km"));
    assert_eq!(shown.count(), 20, "{told}");
    assert!(told.contains("25"), "all who fit are counted: {told}");
    assert!(told.contains("W-91"), "the near miss: {told}");
    assert!(!told.contains("W-92") && !told.contains("W-93"), "{told}");
}

#[test]
fn a_limit_bounds_the_fits_and_nothing_else() {
    let program = house();
    let all = json(&program.ok(&["match", "R-1", "--json"]));
    assert_eq!(all["fits"].as_array().unwrap().len(), 25);
    assert_eq!(all["pool"], 26);
    let mut few = json(&program.ok(&["match", "R-1", "--limit", "3", "--json"]));
    let fits = few["fits"].take();
    assert_eq!(
        fits.as_array().unwrap()[..],
        all["fits"].as_array().unwrap()[..3]
    );
    few["fits"] = all["fits"].clone();
    assert_eq!(few, all);
    let told = program.ok(&["match", "R-1", "--limit", "2"]);
    assert_eq!(told.lines().filter(|line| line.ends_with(" km")).count(), 2);
}

#[test]
fn any_request_is_answered_but_all_are_the_open_ones() {
    let program = house();
    assert_eq!(
        json(&program.ok(&["match", "R-2", "--json"]))["request"],
        "R-2"
    );
    let all = program.ok(&["match", "--all", "--json"]);
    let requests: Vec<Value> = all
        .lines()
        .map(|line| json(line)["request"].clone())
        .collect();
    assert_eq!(requests, ["R-1", "R-3"]);
}

#[test]
fn a_worker_outside_the_pool_fits_nothing() {
    let program = house();
    for (worker, requests) in [("W-1", 1), ("W-91", 0), ("W-92", 0), ("W-93", 0)] {
        let told = json(&program.ok(&["match", "--worker", worker, "--json"]));
        assert_eq!(told["worker"], worker);
        assert_eq!(
            told["requests"].as_array().unwrap().len(),
            requests,
            "{worker}"
        );
    }
    let told = program.ok(&["match", "--worker", "W-1"]);
    assert!(told.contains("R-1") && !told.contains("R-2"), "{told}");
}

#[test]
fn whoever_was_introduced_is_listed_apart_and_not_offered_again() {
    let program = house();
    program.operator("ada@prova.example", "grosseto");
    program.ok(&[
        "sheet",
        "issue",
        "R-1",
        "W-7",
        "--as",
        "ada@prova.example",
        "--out",
        "x.pdf",
    ]);
    let told = json(&program.ok(&["match", "R-1", "--json"]));
    assert_eq!(told["introduced"][0]["worker"], "W-7");
    let fits = told["fits"].as_array().unwrap();
    assert_eq!(fits.len(), 24);
    assert!(fits.iter().all(|fit| fit["worker"] != "W-7"));
    let reverse = json(&program.ok(&["match", "--worker", "W-7", "--json"]));
    assert_eq!(reverse["requests"], Value::Array(Vec::new()));
}

#[test]
fn the_day_may_be_set() {
    let program = house();
    let later = (today() + chrono::Days::new(10)).to_string();
    let told = json(&program.ok(&["match", "R-1", "--today", &later, "--json"]));
    assert_eq!(told["today"], later);
    assert_eq!(
        told["fits"].as_array().unwrap().len(),
        26,
        "everybody can start"
    );
    let early = json(&program.ok(&["match", "R-1", "--today", "01/01/2026", "--json"]));
    assert_eq!(early["pool"], 26, "the authorisation is of that day");
    let before = json(&program.ok(&["match", "R-1", "--today", "2025-12-31", "--json"]));
    assert_eq!(before["pool"], 0);
}

#[test]
fn what_is_not_there_is_named() {
    let program = house();
    let line = program.refused(&["match", "R-9", "--json"]);
    assert!(line.contains("R-9"), "{line}");
    let line = program.refused(&["match", "--worker", "W-999", "--json"]);
    assert!(line.contains("W-999"), "{line}");
}

#[test]
fn wrong_questions_are_wrong_usage() {
    let program = Program::on_sqlite();
    for args in [
        &["match"][..],
        &["match", "--json"],
        &["match", "--all"],
        &["match", "R-1", "R-2"],
        &["match", "R-1", "--all", "--json"],
        &["match", "R-1", "--worker", "W-1"],
        &["match", "--all", "--worker", "W-1", "--json"],
        &["match", "--worker", "W-1", "--limit", "3"],
        &["match", "R-1", "--limit", "many"],
        &["match", "R-1", "--limit", "-1"],
        &["match", "R-1", "--today", "2026-02-30"],
        &["match", "R-1", "--today", "tomorrow"],
        &["match", "<R>"],
    ] {
        program.wrong_usage(args);
    }
}
