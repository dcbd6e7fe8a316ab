//! The worked examples of matching through the program, to the last digit, on
//! both kinds of database.

use std::fs;

use dom::domain::week::WeekGrid;
use serde_json::Value;

use crate::matching::rows::{Row, cell, read};
use crate::support::program::Program;

const DAY: &str = "2026-11-23";

fn load(program: &Program, example: &str) {
    for kind in ["workers", "families", "requests", "introductions"] {
        let file = format!(
            "{}/tests/examples/{example}/{kind}.csv",
            env!("CARGO_MANIFEST_DIR")
        );
        program.ok(&["import", kind, &file]);
    }
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Of a team only what has one answer: a pair's best numbers, a triple's members.
fn comparable(mut answer: Value) -> Value {
    for team in answer["teams"].as_array_mut().unwrap() {
        let team = team.as_object_mut().unwrap();
        team.remove("assignment");
        if team["workers"].as_array().unwrap().len() == 3 {
            team.remove("crumbs");
            team.remove("handovers");
        }
    }
    answer
}

fn holds(example: &str) {
    let file = format!(
        "{}/tests/examples/{example}/expected.jsonl",
        env!("CARGO_MANIFEST_DIR")
    );
    let expected = lines(&fs::read_to_string(file).unwrap());
    for program in Program::on_both() {
        load(&program, example);
        let answers = lines(&program.ok(&["match", "--all", "--today", DAY, "--json"]));
        assert_eq!(answers.len(), expected.len());
        for (answer, expected) in answers.iter().zip(&expected) {
            assert_eq!(comparable(answer.clone()), comparable(expected.clone()));
        }
        let (workers, requests) = (rows(example, "workers"), rows(example, "requests"));
        for (answer, expected) in answers.iter().zip(&expected) {
            assignments(&workers, &requests, answer, expected);
            let alone = answer["request"].as_str().unwrap();
            let alone = program.ok(&["match", alone, "--today", DAY, "--json"]);
            assert_eq!(lines(&alone)[0], *answer);
        }
        reversed(&program, &answers);
    }
}

fn rows(example: &str, kind: &str) -> Vec<Row> {
    let file = format!(
        "{}/tests/examples/{example}/{kind}.csv",
        env!("CARGO_MANIFEST_DIR")
    );
    read(&fs::read_to_string(file).unwrap())
}

/// Each team's assignment gives as many half-hours as it says, none twice, each to
/// somebody who is free then and wants that many; a pair's has the best crumbs
/// and handovers, which it tells itself.
fn assignments(workers: &[Row], requests: &[Row], answer: &Value, expected: &Value) {
    let request = requests.iter().find(|row| answer["request"] == row["code"]);
    let need = WeekGrid::parse(cell(request.unwrap(), "schedule")).unwrap();
    let teams = answer["teams"].as_array().unwrap();
    let best = expected["teams"].as_array().unwrap();
    for (team, best) in teams.iter().zip(best) {
        let assignment = team["assignment"].as_object().unwrap();
        let members = team["workers"].as_array().unwrap();
        assert!(
            assignment
                .keys()
                .eq(members.iter().map(|code| code.as_str().unwrap()))
        );
        let mut given = WeekGrid::EMPTY;
        for (code, grid) in assignment {
            let grid = WeekGrid::parse(grid.as_str().unwrap()).unwrap();
            let worker = workers.iter().find(|row| row["code"] == *code).unwrap();
            let free = WeekGrid::parse(cell(worker, "availability")).unwrap();
            assert_eq!(grid.minus(&need), WeekGrid::EMPTY, "not asked: {team}");
            assert_eq!(grid.minus(&free), WeekGrid::EMPTY, "{code} is busy: {team}");
            assert_eq!(grid.and(&given), WeekGrid::EMPTY, "given twice: {team}");
            if let Ok(hours) = cell(worker, "max_hours_week").parse::<u32>() {
                assert!(grid.count() <= 2 * hours, "more than {code} wants: {team}");
            }
            given = given.or(&grid);
        }
        assert_eq!(u64::from(given.count()), team["covered_slots"], "{team}");
        if members.len() == 2 {
            assert_eq!(team["crumbs"], best["crumbs"]);
            assert_eq!(team["handovers"], best["handovers"]);
        }
    }
}

/// The other way round: exactly the requests whose fits name the worker.
fn reversed(program: &Program, answers: &[Value]) {
    let fits = |answer: &Value, worker: &str| {
        let fits = answer["fits"].as_array().unwrap().iter();
        fits.filter(|fit| fit["worker"] == worker)
            .map(|fit| fit["score"].clone())
            .next()
    };
    let some_fit = answers
        .iter()
        .find_map(|answer| answer["fits"][0]["worker"].as_str());
    let worker = some_fit.expect("somebody fits");
    let reversed: Value =
        serde_json::from_str(&program.ok(&["match", "--worker", worker, "--today", DAY, "--json"]))
            .unwrap();
    let found: Vec<(String, Value)> = reversed["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["request"].as_str().unwrap().to_owned(),
                one["score"].clone(),
            )
        })
        .collect();
    let mut expected: Vec<(String, Value)> = answers
        .iter()
        .filter_map(|answer| {
            Some((
                answer["request"].as_str().unwrap().to_owned(),
                fits(answer, worker)?,
            ))
        })
        .collect();
    expected.sort_by(|a, b| b.1.as_u64().cmp(&a.1.as_u64()).then(a.0.cmp(&b.0)));
    assert_eq!(found, expected);
}

#[test]
fn the_ordinary_example_holds_to_the_digit() {
    holds("match-ordinary");
}

#[test]
fn the_crowded_example_holds_to_the_digit() {
    holds("match-crowded");
}
