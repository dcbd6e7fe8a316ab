//! `dom doctor`: what is right, what is wrong and how to mend it; looking makes
//! nothing.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use crate::support::program::{Program, Ran, Running};

/// A report that found something wrong: its lines, and the one on standard error.
fn ill(ran: &Ran) -> Vec<&str> {
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.starts_with("dom: "), "{ran:?}");
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    let lines: Vec<&str> = ran.out.lines().collect();
    let wrong = |line: &&&str| line.starts_with("WRONG ");
    assert_ne!(lines.iter().filter(wrong).count(), 0, "{ran:?}");
    for (n, line) in lines.iter().enumerate() {
        if line.starts_with("WRONG ") {
            assert!(lines[n + 1].starts_with("      "), "how to mend: {ran:?}");
        }
    }
    lines
}

#[test]
fn before_the_first_start_all_is_well_and_nothing_is_made() {
    let program = Program::on_sqlite();
    let told = program.ok(&["doctor"]);
    assert!(!told.contains("WRONG"), "{told}");
    assert!(!program.data().exists());
}

#[test]
fn after_it_the_schema_is_known() {
    for program in Program::on_both() {
        program.ok(&["migrate"]);
        let told = program.ok(&["doctor"]);
        assert!(told.contains("ok    database"), "{told}");
        assert!(!told.contains("WRONG"), "{told}");
    }
}

#[test]
fn a_folder_that_others_can_read_is_named_with_its_mending() {
    let program = Program::on_sqlite();
    program.ok(&["migrate"]);
    fs::set_permissions(program.data(), fs::Permissions::from_mode(0o755)).unwrap();
    let ran = program.run(&["doctor"]);
    let lines = ill(&ran);
    assert!(
        lines.iter().any(|line| line.contains("chmod 700")),
        "{ran:?}"
    );
}

#[test]
fn a_folder_that_takes_no_copies_is_named_before_one_is_due() {
    let program = Program::on_sqlite();
    program.ok(&["migrate"]);
    fs::write(program.path().join("file"), "").unwrap();
    for (folder, is_good) in [
        ("to/be/made", true),
        ("file", false),
        ("file/copies", false),
    ] {
        let mut command = program.command(&["doctor"]);
        command.env("DOM_BACKUP_DIR", program.path().join(folder));
        let ran = Running::start(command).end();
        let is_named = |line: &str| line.starts_with("WRONG no copy") && line.contains(folder);
        assert_eq!(ran.out.lines().any(is_named), !is_good, "{ran:?}");
        assert_eq!(ran.code == Some(0), is_good, "{ran:?}");
    }
}

#[test]
fn it_is_told_as_one_document_too() {
    let program = Program::on_sqlite();
    program.ok(&["migrate"]);
    let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let told = read(&program.ok(&["doctor", "--json"]));
    assert!(told["settings"]["DOM_BIND"]["value"].is_string(), "{told}");
    let checks = told["checks"].as_array().unwrap();
    assert!(checks.len() > 3, "{told}");
    assert!(checks.iter().all(|one| one["state"] != "wrong"), "{told}");
    fs::set_permissions(program.data(), fs::Permissions::from_mode(0o755)).unwrap();
    let ran = program.run(&["doctor", "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let told = read(&ran.out);
    let wrong = told["checks"].as_array().unwrap().iter();
    let mends: Vec<&str> = wrong.filter_map(|one| one["mend"].as_str()).collect();
    assert!(
        mends.len() == 1 && mends[0].starts_with("chmod 700"),
        "{told}"
    );
}

#[test]
fn a_database_that_does_not_answer_is_named_without_its_password() {
    let program = Program::on_sqlite();
    let ran = crate::support::program::Running::start({
        let mut command = program.command(&["doctor"]);
        command.env(
            "DOM_DATABASE_URL",
            "postgres://dom:segreto@127.0.0.1:1/dom?sslmode=disable",
        );
        command
    })
    .end();
    let lines = ill(&ran);
    let named = |line: &&str| line.contains("DOM_DATABASE_URL");
    assert!(lines.iter().any(named), "{ran:?}");
    assert!(
        !ran.out.contains("segreto") && !ran.err.contains("segreto"),
        "{ran:?}"
    );
}

#[test]
fn a_mail_server_and_a_provider_that_do_not_answer_are_named_without_their_secrets() {
    let program = Program::on_sqlite();
    let ran = crate::support::program::Running::start({
        let mut command = program.command(&["doctor"]);
        command
            .env("DOM_SMTP_URL", "smtp://dom:segreto@127.0.0.1:1")
            .env("DOM_MAIL_FROM", "dom@prova.example")
            .env("DOM_OIDC_ISSUER", "http://127.0.0.1:1")
            .env("DOM_OIDC_CLIENT_ID", "dom")
            .env("DOM_OIDC_CLIENT_SECRET", "segreto");
        command
    })
    .end();
    let lines = ill(&ran);
    for variable in ["DOM_SMTP_URL", "DOM_OIDC_ISSUER"] {
        let mend = format!("check {variable}");
        let named = lines.iter().any(|line| line.contains(&mend));
        assert!(named, "{variable}: {ran:?}");
    }
    assert!(
        !ran.out.contains("segreto") && !ran.err.contains("segreto"),
        "{ran:?}"
    );
}

#[test]
fn a_file_that_is_no_database_is_named() {
    let program = Program::on_sqlite();
    program.ok(&["migrate"]);
    for extra in ["dom.sqlite-wal", "dom.sqlite-shm"] {
        let _ = fs::remove_file(program.data().join(extra));
    }
    fs::write(program.data().join("dom.sqlite"), "x".repeat(8192)).unwrap();
    ill(&program.run(&["doctor"]));
    program.refused(&["migrate"]);
    program.refused(&["user", "list"]);
}

/// Has the program look from a folder of its own after something was made of that folder.
fn from_folder(program: &Program, made: &str) -> Ran {
    // What is root's may look anywhere: all but the name is taken from it.
    let script = format!(
        "mkdir there && cd there && {made} && \
         case $(id -u) in 0) exec setpriv --bounding-set=-all -- \"$@\";; *) exec \"$@\";; esac"
    );
    let mut command = Command::new("sh");
    command
        .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_dom"), "doctor"])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("DOM_DATA_DIR", program.data())
        .current_dir(program.path());
    let ran = Running::start(command).end();
    let there = program.path().join("there");
    fs::set_permissions(there, fs::Permissions::from_mode(0o700)).unwrap();
    ran
}

#[test]
fn a_folder_that_may_not_be_looked_into_holds_no_settings() {
    // Root's own, from where `runuser` gives a command.
    let ran = from_folder(&Program::on_sqlite(), "chmod 0 .");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // Settings that are there, and may not be read, are no such thing.
    let ran = from_folder(&Program::on_sqlite(), "touch .env && chmod 0 .env");
    assert!(ran.one_line("a file").contains(".env"));
}
