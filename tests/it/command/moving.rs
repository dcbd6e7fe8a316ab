//! `dom move`: everything arrives on the other kind of database, is held against what
//! left, and goes on where it was interrupted.

use std::os::unix::fs::DirBuilderExt as _;
use std::time::Duration;

use dom::storage::connect::Place;

use crate::support::cast::{Cast, today};
use crate::support::program::Program;

fn url(program: &Program) -> String {
    match program.place() {
        Place::Sqlite(path) => format!("sqlite://{}", path.display()),
        Place::Postgres(url) => url,
    }
}

fn house(program: &Program) {
    let mut cast = Cast::on(today()).request("R-1", &[]);
    for worker in 0..700 {
        cast = cast.worker(
            &format!("W-{worker:03}"),
            &[("given_name", "Zoë"), ("notes", "è \"così\"\nriga")],
        );
    }
    program.store(&cast);
    program.operator("ada@prova.example", "grosseto");
    let issue = [
        "sheet",
        "issue",
        "R-1",
        "W-007",
        "--as",
        "ada@prova.example",
    ];
    program.ok(&[&issue[..], &["--out", "sheet.pdf"]].concat());
}

/// Made for the move, never opened by the program before it.
fn empty_place(program: &Program) {
    let mut folder = std::fs::DirBuilder::new();
    folder.mode(0o700).create(program.data()).unwrap();
}

/// What the copy and the original number next, and whether references hold: both
/// register the same person.
fn goes_on(program: &Program) -> String {
    program.operator("eva@prova.example", "follonica");
    let issue = [
        "sheet",
        "issue",
        "R-1",
        "W-008",
        "--as",
        "ada@prova.example",
    ];
    program.ok(&[&issue[..], &["--out", "next.pdf"]].concat())
}

#[test]
fn everything_arrives_there_and_comes_back() {
    let [file, server] = Program::on_both();
    house(&file);
    empty_place(&server);
    let said = file.ok(&["move", "--from", &url(&file), "--to", &url(&server)]);
    assert!(said.contains("workers "), "{said}");
    assert_eq!(server.exports(), file.exports());
    server.ok(&["doctor"]);
    let back = Program::on_sqlite();
    empty_place(&back);
    let (from, to) = (url(&server), url(&back));
    let again = file.ok(&["move", "--from", &from, "--to", &to, "--json"]);
    let again: serde_json::Value = serde_json::from_str(&again).expect("one document");
    let tables = again["tables"].as_array().unwrap();
    let rows: u64 = tables.iter().filter_map(|one| one["rows"].as_u64()).sum();
    assert_eq!(again["rows"], rows);
    let line = |one: &serde_json::Value| {
        let text = |key: &str| one[key].as_str().unwrap().to_owned();
        let rows = one["rows"].as_u64().unwrap();
        format!("{:32} {rows:>9} {}", text("table"), text("sha256"))
    };
    let again: String = tables.iter().map(|one| line(one) + "\n").collect();
    // The exports above are in the record of what was done and in the log of who opened
    // what; nothing else moved between the two moves.
    let noted = ["audit_events", "counters", "moved:", "reads"];
    let others = |said: &str| -> Vec<String> {
        let lines = said.lines().filter(|line| {
            let table = line.split_whitespace().next();
            table.is_some_and(|table| !noted.contains(&table))
        });
        lines.map(ToOwned::to_owned).collect()
    };
    assert_eq!(others(&again), others(&said));
    assert!(others(&said).len() > 50, "{said}");
    assert_eq!(back.exports(), server.exports());
    // Numbers go on where they stood, on all three.
    let next = goes_on(&file);
    assert_eq!(goes_on(&server), next);
    assert_eq!(goes_on(&back), next);
}

#[test]
fn what_is_there_is_not_written_over() {
    let [file, server] = Program::on_both();
    house(&file);
    server.operator("ugo@prova.example", "grosseto");
    let line = file.refused(&["move", "--from", &url(&file), "--to", &url(&server)]);
    assert!(line.contains("not empty"), "{line}");
    assert!(server.ok(&["user", "list"]).contains("ugo@prova.example"));
    let other = Program::on_sqlite();
    let line = file.refused(&["move", "--from", &url(&file), "--to", &url(&other)]);
    assert!(line.contains("one kind"), "{line}");
    let line = file.refused(&[
        "move",
        "--from",
        "sqlite:///nowhere/dom.sqlite",
        "--to",
        &url(&server),
    ]);
    assert!(line.contains("not there"), "{line}");
    file.wrong_usage(&["move", "--from", &url(&file)]);
}

#[test]
fn a_move_that_was_killed_goes_on() {
    let [file, server] = Program::on_both();
    house(&file);
    empty_place(&server);
    let verb = ["move", "--from", &url(&file), "--to", &url(&server)];
    let mut killed = 0;
    // Each goes on where the one before was ended, until one comes to its end.
    for round in 1..=100_u64 {
        match file
            .start(&verb)
            .end_within(Duration::from_millis(120 * round))
        {
            None => killed += 1,
            // The one before was killed when it had just come to its end.
            Some(ran) if killed > 0 && ran.err.contains("no move was begun there") => break,
            Some(ran) => {
                assert_eq!(ran.code, Some(0), "{ran:?}");
                assert!(ran.out.contains("moved: "), "{ran:?}");
                break;
            }
        }
    }
    println!("{killed} killed");
    assert!(killed > 0, "the first has not long enough");
    assert_eq!(server.exports(), file.exports());
    assert_eq!(goes_on(&server), goes_on(&file));
}
