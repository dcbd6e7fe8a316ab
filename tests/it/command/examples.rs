//! The worked examples of matching through the program, to the last digit, on
//! both kinds of database.

use std::fs;

use serde_json::Value;

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
        let first = expected[0]["request"].as_str().unwrap();
        let single = lines(&program.ok(&["match", first, "--today", DAY, "--json"]));
        assert_eq!(
            single[0], answers[0],
            "one request alone is answered the same"
        );
        reversed(&program, &answers);
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
