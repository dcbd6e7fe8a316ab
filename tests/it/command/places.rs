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
fn a_name_that_no_sheet_can_print_is_refused_where_it_is_typed() {
    for program in Program::on_both() {
        let place = ["--sheet-prefix", "OR", "--comune", "053018"];
        for (name, more) in [
            ("Sportello 王", &[][..]),
            ("Sportello", &["--address", "☎ 1"]),
        ] {
            let add = ["desk", "add", "orbetello", "--name", name];
            let line = program.refused(&[&add[..], &place[..], more].concat());
            assert!(line.contains("non si può stampare"), "{line}");
        }
        let add = ["user", "add", "ada@prova.example", "--role", "operator"];
        let who = ["--desk", "grosseto", "--name", "Ada 王"];
        let line = program.refused(&[&add[..], &who[..]].concat());
        assert!(line.contains('王'), "{line}");
        assert!(program.ok(&["user", "list", "--json"]).trim().len() < 3);

        // People's names: in a file, the row is rejected, with the character.
        let rows = "given_name,family_name,sex,phone,comune,max_km,arrangements,desk\n\
                    Anna☎,Prova,f,056428246,Grosseto,20,hourly,grosseto\n";
        std::fs::write(program.path().join("workers.csv"), rows).unwrap();
        let ran = program.run(&["import", "workers", "workers.csv", "--json"]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(
            ran.out.contains('☎') && ran.out.contains("given_name"),
            "{ran:?}"
        );
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
        [json!({
            "code": "pi_grosseto", "name": "PI Grosseto", "kind": "punto_insieme",
            "contract_from": null, "contract_until": null,
        })]
    );
    let bounded = [
        "partner",
        "contract",
        "pi_grosseto",
        "--until",
        "2027-12-31",
    ];
    program.ok(&bounded);
    let known = list(&program, "partner").remove(0);
    assert_eq!(known["contract_until"], "2027-12-31");
    let backwards = ["partner", "contract", "pi_grosseto", "--from", "2028-01-01"];
    program.refused(&[&backwards[..], &["--until", "2027-01-01"]].concat());
    let known = list(&program, "partner").remove(0);
    assert_eq!(known["contract_until"], "2027-12-31", "it stays");
    let unknown = ["partner", "contract", "nobody", "--until", "2027-12-31"];
    program.refused(&unknown);
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
