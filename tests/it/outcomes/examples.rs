//! The worked examples of the outcome report through the program, to the last
//! character but white space, on both kinds of database.

use std::fs;

use crate::support::program::Program;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/examples/outcomes");
const DAYS: [&str; 3] = ["2025-07-01", "2025-12-31", "2026-11-23"];

/// The partners that send families in the examples.
pub fn partners(program: &Program) {
    for (code, name, kind) in [
        ("pi_grosseto", "PI Grosseto", "punto_insieme"),
        ("ss_follonica", "SS Follonica", "social_services"),
    ] {
        program.ok(&["partner", "add", code, "--name", name, "--kind", kind]);
    }
}

pub fn load(program: &Program) {
    partners(program);
    for kind in [
        "workers",
        "families",
        "requests",
        "introductions",
        "answers",
    ] {
        program.ok(&["import", kind, &format!("{FOLDER}/{kind}.csv")]);
    }
}

fn report(program: &Program, today: &str) -> String {
    program.ok(&[
        "report",
        "outcomes",
        "--from",
        "2025-01-01",
        "--to",
        "2025-12-31",
        "--today",
        today,
        "--json",
    ])
}

/// No text of the report holds a space.
fn without_white_space(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn the_worked_examples_hold_to_the_last_digit() {
    for program in Program::on_both() {
        load(&program);
        for today in DAYS {
            let expected = fs::read_to_string(format!("{FOLDER}/expected-{today}.json")).unwrap();
            let printed = report(&program, today);
            assert_eq!(
                without_white_space(&printed),
                without_white_space(&expected),
                "{today}"
            );
        }
    }
}

#[test]
fn a_second_reading_and_a_way_through_a_file_change_nothing() {
    let [first, second] = Program::on_both();
    load(&first);
    let again = first.ok(&[
        "import",
        "answers",
        &format!("{FOLDER}/answers.csv"),
        "--json",
    ]);
    assert!(
        again.contains("\"added\":0") && again.contains("\"unchanged\":745"),
        "{again}"
    );
    partners(&second);
    for kind in [
        "workers",
        "families",
        "requests",
        "introductions",
        "answers",
    ] {
        let file = second.path().join(kind).display().to_string();
        first.ok(&["export", kind, "--format", "xlsx", "--out", &file]);
        second.ok(&["import", kind, &file]);
        let both = [&first, &second].map(|program| program.ok(&["export", kind]));
        assert_eq!(both[0], both[1], "{kind}");
    }
    // All figures but the tally, which belongs to nobody and is in no file.
    for today in DAYS {
        let [mut before, mut after] = [&first, &second].map(|program| {
            serde_json::from_str::<serde_json::Value>(&report(program, today)).unwrap()
        });
        assert_eq!(after["regular"]["tally"]["no"], 0);
        before["regular"]["tally"] = serde_json::Value::Null;
        after["regular"]["tally"] = serde_json::Value::Null;
        assert_eq!(before, after, "{today}");
    }
}

#[test]
fn people_are_told_the_sentence_first_and_no_word_is_missing() {
    let program = Program::on_sqlite();
    load(&program);
    let told = |from: &str, to: &str, today: &str| {
        let text = program.ok(&[
            "report", "outcomes", "--from", from, "--to", to, "--today", today,
        ]);
        assert!(!text.contains('⟦'), "{text}");
        text
    };
    let text = told("2025-01-01", "2025-12-31", "2026-11-23");
    let sentence = text.lines().next().unwrap();
    assert_eq!(
        sentence,
        "Delle 70 richieste che hanno ricevuto schede, la parte diventata un lavoro è almeno \
         77,1% e al massimo 84,3%; fra quelle che hanno avuto abbastanza tempo, la stima migliore \
         è 83,0%."
    );
    for figure in [
        "95% secondo Wilson: da 72,2% a 90,3%",
        "Kaplan-Meier 76,4%",
        "kappa di Cohen 0,745",
        "non so 16",
        "Non più disponibile: 13",
        "  convivenza: richieste 19, fra 84,2% e 89,5%",
    ] {
        assert!(text.contains(figure), "{figure}: {text}");
    }
    // Few requests are told as counts, none as such.
    let few = told("2025-01-20", "2025-02-02", "2026-11-23");
    assert!(!few.lines().next().unwrap().contains('%'), "{few}");
    let none = told("2012-01-01", "2012-12-31", "2026-11-23");
    assert!(none.starts_with("In questo periodo nessuna"), "{none}");
    // An early day: nothing is old enough.
    let early = told("2025-01-01", "2025-12-31", "2025-03-15");
    assert!(early.contains("non si sa ancora abbastanza"), "{early}");
    program.wrong_usage(&[
        "report",
        "outcomes",
        "--from",
        "2025-01-02",
        "--to",
        "2025-01-01",
    ]);
    program.wrong_usage(&["report", "outcomes", "--from", "2025-01-02"]);
}
