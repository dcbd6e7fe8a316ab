//! What every verb owes: help, wrong usage, one line where it fails, files that
//! appear whole or not at all.

use std::fs;

use crate::support::cast::{Cast, today};
use crate::support::ledger;
use crate::support::program::{Program, Running};

const VERBS: [&[&str]; 27] = [
    &[],
    &["serve"],
    &["demo"],
    &["migrate"],
    &["import"],
    &["export"],
    &["match"],
    &["proposal"],
    &["proposal", "add"],
    &["proposal", "accept"],
    &["proposal", "decline"],
    &["sheet"],
    &["sheet", "issue"],
    &["sheet", "print"],
    &["sheet", "revoke"],
    &["user"],
    &["user", "add"],
    &["user", "list"],
    &["user", "disable"],
    &["user", "reset"],
    &["desk"],
    &["desk", "add"],
    &["desk", "list"],
    &["partner"],
    &["partner", "add"],
    &["partner", "list"],
    &["doctor"],
];

#[test]
fn every_verb_helps_and_knows_no_foreign_flag() {
    let program = Program::on_sqlite();
    for verb in VERBS {
        let mut args = verb.to_vec();
        args.push("--help");
        let ran = program.run(&args);
        assert_eq!(ran.code, Some(0), "{args:?}: {ran:?}");
        assert!(ran.out.contains("Usage: dom"), "{args:?}: {ran:?}");
        assert_eq!(ran.err, "", "{args:?}");
        let mut args = verb.to_vec();
        args.push("--frobnicate");
        program.wrong_usage(&args);
    }
    for args in [
        &[][..],
        &["frobnicate"],
        &["sheet", "frobnicate"],
        &["help", "frobnicate"],
    ] {
        program.wrong_usage(args);
    }
    assert_eq!(
        program.ok(&["--version"]),
        format!("dom {}\n", env!("CARGO_PKG_VERSION"))
    );
    assert!(!program.data().exists(), "asking for help makes nothing");
}

#[test]
fn wrong_usage_makes_nothing() {
    let program = Program::on_sqlite();
    for args in [
        &["user", "add", "ada@prova.example", "--role", "operator"][..],
        &["match", "--all"],
        &[
            "sheet",
            "issue",
            "R-1",
            "--as",
            "ada@prova.example",
            "--out",
            "x",
        ],
        &["import", "houses", "x.csv"],
        &["export", "workers", "--year", "2025"],
    ] {
        program.wrong_usage(args);
    }
    assert!(!program.data().exists());
}

#[test]
fn a_setting_that_is_not_known_stops_every_verb_before_anything_is_made() {
    let program = Program::on_sqlite();
    for verb in [
        &["migrate"][..],
        &["serve"],
        &["doctor"],
        &["user", "list"],
        &["desk", "list"],
    ] {
        let mut command = program.command(verb);
        command.env("DOM_DATABSE_URL", "sqlite://x.sqlite");
        let line = Running::start(command).end().one_line("a misspelt setting");
        assert!(line.contains("DOM_DATABSE_URL"), "{line}");
        let left = fs::read_dir(program.path()).unwrap().count();
        assert_eq!(left, 0, "{verb:?}");
    }
}

#[test]
fn a_database_that_is_out_of_reach_is_one_line() {
    let program = Program::on_sqlite();
    for verb in [
        &["migrate"][..],
        &["user", "list"],
        &["match", "--all", "--json"],
    ] {
        let mut command = program.command(verb);
        command.env("DOM_DATABASE_URL", "postgres://dom:segreto@127.0.0.1:1/dom");
        let line = Running::start(command).end().one_line("no server");
        assert!(!line.contains("segreto"), "{line}");
    }
}

/// A desk where one sheet can be issued.
fn desk() -> Program {
    let program = Program::on_sqlite();
    program.store(&Cast::on(today()).request("R-1", &[]).worker("W-1", &[]));
    program.operator("ada@prova.example", "grosseto");
    program
}

fn issue<'a>(worker: &'a str, out: &'a str) -> [&'a str; 8] {
    [
        "sheet",
        "issue",
        "R-1",
        worker,
        "--as",
        "ada@prova.example",
        "--out",
        out,
    ]
}

#[test]
fn a_file_that_cannot_be_written_draws_no_number() {
    let program = desk();
    fs::create_dir(program.path().join("folder")).unwrap();
    for place in ["nowhere/sheet.pdf", "folder", "..", "/dev/full/x", ""] {
        let ran = program.run(&issue("W-1", place));
        assert!(matches!(ran.code, Some(1 | 2)), "{place}: {ran:?}");
        assert_eq!(ran.out, "", "{place}");
    }
    program.with_db(async |db| assert_eq!(ledger::read(db, 1).await, []));
    assert_eq!(
        fs::read_dir(program.path().join("folder")).unwrap().count(),
        0
    );
}

#[test]
fn a_file_that_was_there_is_replaced_by_a_sheet_and_kept_by_a_refusal() {
    let program = desk();
    let file = program.path().join("sheet.pdf");
    fs::write(&file, "before").unwrap();
    program.refused(&issue("W-9", "sheet.pdf"));
    assert_eq!(fs::read(&file).unwrap(), b"before");
    program.ok(&issue("W-1", "sheet.pdf"));
    assert!(fs::read(&file).unwrap().starts_with(b"%PDF"));
    let left = fs::read_dir(program.path()).unwrap().count();
    assert_eq!(left, 2, "the data and the sheet");
}

#[test]
fn a_sheet_can_be_read_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let program = desk();
    program.ok(&issue("W-1", "sheet.pdf"));
    let mode = fs::metadata(program.path().join("sheet.pdf"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

#[test]
fn what_is_no_file_is_written_to_and_stays_what_it_is() {
    use std::os::unix::fs::{FileTypeExt as _, symlink};
    let program = Program::on_sqlite();
    program.ok(&["migrate"]);
    let expected = program.ok(&["export", "workers"]);
    assert_eq!(
        program.ok(&["export", "workers", "--out", "/dev/stdout"]),
        expected
    );
    let pipe = program.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let reader = {
        let pipe = pipe.clone();
        std::thread::spawn(move || fs::read_to_string(pipe).unwrap())
    };
    program.ok(&["export", "workers", "--out", "pipe"]);
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    assert_eq!(reader.join().unwrap(), expected);
    fs::write(program.path().join("file"), "before").unwrap();
    symlink("file", program.path().join("link")).unwrap();
    program.ok(&["export", "workers", "--out", "link"]);
    assert!(program.path().join("link").is_symlink());
    let written = fs::read_to_string(program.path().join("file")).unwrap();
    assert_eq!(written, expected);
}

#[test]
fn a_new_database_can_be_read_by_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let program = Program::on_sqlite();
    program.ok(&["migrate"]);
    for found in fs::read_dir(program.data()).unwrap() {
        let found = found.unwrap();
        let mode = found.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?} {mode:o}", found.path());
    }
    assert!(program.data().join("dom.sqlite").exists());
}

#[test]
fn the_manual_and_the_completions_know_every_verb() {
    let program = Program::on_sqlite();
    let help = program.ok(&["--help"]);
    let verbs = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|verb| *verb != "help");
    let verbs: Vec<&str> = verbs.collect();
    assert!(verbs.contains(&"backup") && verbs.len() > 15, "{verbs:?}");
    let manual = program.ok(&["man"]);
    for verb in &verbs {
        assert!(manual.contains(&format!(".SH \"dom {verb}\"")), "{verb}");
    }
    for shell in ["bash", "zsh", "fish"] {
        let script = program.ok(&["completions", shell]);
        for verb in &verbs {
            assert!(script.contains(verb), "{shell} {verb}");
        }
    }
    program.wrong_usage(&["completions", "none"]);
    assert!(!program.data().exists(), "nothing is made by asking");
}
