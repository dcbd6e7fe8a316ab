//! Made-up people: those of the ordinary example of matching over and over, under codes
//! and telephone numbers of their own, loaded by the program's own import; and operators.

use std::process::Command;

use crate::browser::Browser;
use crate::program::{Folder, Program, run};

pub const PASSWORD: &str = "una frase inventata per prova";

pub fn email(operator: usize) -> String {
    format!("operatrice{operator}@prova.example")
}

/// As a form has it.
pub fn today() -> String {
    let said = Command::new("date").arg("+%d/%m/%Y").output();
    let said = said.expect("date is there").stdout;
    String::from_utf8_lossy(&said).trim().to_owned()
}

/// Loads so many workers, with the families and requests of the example, and signs
/// operators up.
pub fn load(folder: &Folder, workers: usize, operators: usize) {
    run(folder, &["migrate"]);
    let many = folder.path().join("workers.csv");
    std::fs::write(&many, repeated(&example("workers"), workers)).expect("a file");
    let file = many.to_str().expect("a plain path");
    run(folder, &["import", "workers", file]);
    for kind in ["families", "requests"] {
        run(folder, &["import", kind, &path(kind)]);
    }
    let links: Vec<String> = (0..operators)
        .map(|operator| {
            let told = run(
                folder,
                &[
                    "user",
                    "add",
                    &email(operator),
                    "--role",
                    "operator",
                    "--desk",
                    "grosseto",
                ],
            );
            let (_, link) = told.split_once("/password/").expect("a link");
            format!("/password/{}", link.trim())
        })
        .collect();
    let program = Program::start(folder);
    program.until_answered("/ready");
    for link in links {
        Browser::new(program.address()).choose(&link, PASSWORD);
    }
    program.stop();
}

fn path(kind: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    format!("{root}/tests/examples/match-ordinary/{kind}.csv")
}

fn example(kind: &str) -> String {
    std::fs::read_to_string(path(kind)).expect("the example")
}

/// Code, names, telephone and address are the only cells that change, and none of them
/// is quoted.
fn repeated(example: &str, workers: usize) -> String {
    let mut lines = example.lines();
    let header = lines.next().expect("a header");
    let columns: Vec<&str> = header.split(',').collect();
    let at = |name: &str| columns.iter().position(|column| *column == name);
    let [given, family, phone, email] = ["given_name", "family_name", "phone", "email"]
        .map(|name| at(name).expect("a column of the format"));
    let rows: Vec<&str> = lines.collect();
    let mut text = format!("{header}\n");
    for (number, row) in (1..=workers).zip(rows.iter().cycle()) {
        let mut cells: Vec<String> = row.split(',').map(ToOwned::to_owned).collect();
        cells[0] = format!("W-{number:06}");
        cells[given] = format!("{}{}", cells[given], number % 97);
        cells[family] = format!("{}{number}", cells[family]);
        cells[phone] = format!("+393331{number:06}");
        cells[email] = format!("w{number}@prova.example");
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}
