//! `dom desk` and `dom partner`.

use serde_json::{Value, json};

use crate::support::program::Program;

fn list(program: &Program, what: &str) -> Vec<Value> {
    serde_json::from_str(&program.ok(&[what, "list", "--json"])).unwrap()
}

#[test]
fn a_new_database_starts_with_two_desks() {
    for program in Program::on_both() {
        let desks = list(&program, "desk");
        let told: Vec<_> = desks
            .iter()
            .map(|desk| {
                ["code", "sheet_prefix", "address", "phone"].map(|key| desk[key].as_str().unwrap())
            })
            .collect();
        assert_eq!(
            told,
            [
                ["follonica", "FO", "Via Roma 47", "0566 59009"],
                ["grosseto", "GR", "Via Arno 1/E", "0564 28246"],
            ]
        );
        assert_eq!(list(&program, "partner"), Vec::<Value>::new());
    }
}

#[test]
fn a_desk_is_added_once_with_a_prefix_of_its_own() {
    for program in Program::on_both() {
        let add = |code: &str, prefix: &str| {
            program.run(&[
                "desk",
                "add",
                code,
                "--name",
                "Sportello",
                "--sheet-prefix",
                prefix,
                "--comune",
                "053018",
            ])
        };
        assert_eq!(add("orbetello", "OR").code, Some(0));
        assert_eq!(list(&program, "desk").len(), 3);
        let line = add("orbetello", "OB").one_line("the same code");
        assert!(line.contains("orbetello"), "{line}");
        add("altro", "GR").one_line("the prefix of Grosseto");
        for bad in ["", "or", "GR-", "TROPPOLUNGO", "Ò"] {
            assert_eq!(add("altro", bad).code, Some(2), "{bad}");
        }
        assert_eq!(list(&program, "desk").len(), 3);
        let people = program.ok(&["desk", "list"]);
        assert_eq!(people.lines().count(), 3);
        assert!(people.contains("Orbetello"), "{people}");
    }
}

#[test]
fn a_partner_is_added_once() {
    let program = Program::on_sqlite();
    program.ok(&[
        "partner",
        "add",
        "pi_grosseto",
        "--name",
        "PI Grosseto",
        "--kind",
        "punto_insieme",
    ]);
    let line = program.refused(&[
        "partner",
        "add",
        "pi_grosseto",
        "--name",
        "Altro",
        "--kind",
        "other",
    ]);
    assert!(line.contains("pi_grosseto"), "{line}");
    assert_eq!(
        list(&program, "partner"),
        [json!({"code": "pi_grosseto", "name": "PI Grosseto", "kind": "punto_insieme"})]
    );
}

#[test]
fn places_have_their_own_usage() {
    let program = Program::on_sqlite();
    for args in [
        &["desk"][..],
        &["desk", "add", "a"],
        &[
            "desk",
            "add",
            "a b",
            "--name",
            "N",
            "--sheet-prefix",
            "A",
            "--comune",
            "053018",
        ],
        &[
            "desk",
            "add",
            "a",
            "--name",
            " ",
            "--sheet-prefix",
            "A",
            "--comune",
            "053018",
        ],
        &[
            "desk",
            "add",
            "a",
            "--name",
            "N",
            "--sheet-prefix",
            "A",
            "--comune",
            "999999",
        ],
        &["partner", "add", "a", "--name", "N"],
        &["partner", "add", "a", "--name", "", "--kind", "other"],
        &["partner", "add", "a", "--name", "N", "--kind", "parish"],
    ] {
        program.wrong_usage(args);
    }
}
