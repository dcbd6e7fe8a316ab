//! The worked examples, straight from their files: what the engine answers, to
//! the digit.

use std::collections::BTreeMap;

use dom::domain::week::WeekGrid;
use dom::matching::{Weights, answer};
use serde_json::Value;

use super::rows::{World, cell, need, read};

fn answers_as_expected(world: &World, expected: &str) {
    let pool = world.pool();
    let mut expected = expected.lines();
    let mut requests: BTreeMap<&str, _> = BTreeMap::new();
    for row in &world.requests {
        if matches!(cell(row, "status"), "" | "open") {
            requests.insert(cell(row, "code"), row);
        }
    }
    for (code, row) in requests {
        let Ok(need) = need(row) else { continue };
        let answer = answer(&pool, &need, world.today(), &Weights::default(), None);
        let mut ours = serde_json::to_value(&answer).unwrap();
        let theirs: Value = serde_json::from_str(expected.next().unwrap()).unwrap();
        let their_teams = theirs["teams"].as_array().unwrap();
        let our_teams = ours["teams"].as_array_mut().unwrap();
        assert_eq!(our_teams.len(), their_teams.len(), "teams of {code}");
        for (team, theirs) in our_teams.iter_mut().zip(their_teams) {
            let team = team.as_object_mut().unwrap();
            let assignment = team.remove("assignment").unwrap();
            let slots = assignment.as_object().unwrap().values().map(|grid| {
                let grid = WeekGrid::parse(grid.as_str().unwrap()).unwrap();
                u64::from(grid.count())
            });
            assert_eq!(slots.sum::<u64>(), team["covered_slots"], "{code}");
            if theirs.get("crumbs").is_none() {
                team.remove("crumbs");
                team.remove("handovers");
            }
        }
        assert_eq!(ours, theirs, "{code}");
    }
    assert_eq!(expected.next(), None, "a line too many is expected");
}

#[test]
fn the_ordinary_example_comes_out_to_the_digit() {
    let world = World {
        workers: read(include_str!("../../examples/match-ordinary/workers.csv")),
        requests: read(include_str!("../../examples/match-ordinary/requests.csv")),
        introductions: read(include_str!(
            "../../examples/match-ordinary/introductions.csv"
        )),
        ..World::default()
    };
    answers_as_expected(
        &world,
        include_str!("../../examples/match-ordinary/expected.jsonl"),
    );
}

#[test]
fn the_crowded_example_comes_out_to_the_digit() {
    let world = World {
        workers: read(include_str!("../../examples/match-crowded/workers.csv")),
        requests: read(include_str!("../../examples/match-crowded/requests.csv")),
        introductions: read(include_str!(
            "../../examples/match-crowded/introductions.csv"
        )),
        ..World::default()
    };
    answers_as_expected(
        &world,
        include_str!("../../examples/match-crowded/expected.jsonl"),
    );
}
