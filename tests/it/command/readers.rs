//! Who reads what the program says, and stops before its end: no command fails for that, and
//! no server.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;

use crate::support::cast::{Cast, today};
use crate::support::program::{Program, Ran};

/// Runs it for a reader that has gone; `wholly`: from both.
fn unheard(program: &Program, args: &[&str], wholly: bool) -> Ran {
    let (reader, nobody) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = program.command(args);
    if wholly {
        command.stderr(nobody.try_clone().unwrap());
    }
    let ended = command.stdout(nobody).output().unwrap();
    Ran {
        code: ended.status.code(),
        out: String::new(),
        err: String::from_utf8(ended.stderr).unwrap(),
    }
}

#[test]
fn a_command_that_nobody_hears_ends_as_it_would_have() {
    let program = Program::on_sqlite();
    program.store(&Cast::on(today()).request("R-1", &[]).worker("W-1", &[]));
    for args in [
        &["man"][..],
        &["completions", "bash"],
        &["routes"],
        &["desk", "list"],
        &["user", "list", "--json"],
        &["export", "workers"],
        &["match", "R-1"],
        &["match", "--all", "--json"],
        &["report", "access", "--year", "2025"],
        &[
            "report",
            "outcomes",
            "--from",
            "2025-01-01",
            "--to",
            "2025-12-31",
        ],
        &["retention"],
        &["privacy", "register"],
        &["audit", "verify"],
        &["doctor"],
        &["person", "export", "W-1"],
        &["person", "erase", "W-1", "--dry-run"],
    ] {
        let ran = unheard(&program, args, false);
        assert_eq!(ran.code, Some(0), "{args:?}: {ran:?}");
        assert_eq!(ran.err, "", "{args:?}");
    }
    // What it found is told by the exit code all the same.
    fs::write(program.path().join("w.csv"), "given_name\r\nAda\r\n").unwrap();
    for wholly in [false, true] {
        let ran = unheard(&program, &["import", "workers", "w.csv"], wholly);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(!ran.err.contains("panicked"), "{ran:?}");
    }
}

#[test]
fn what_a_full_disk_does_not_take_is_one_line() {
    let program = Program::on_sqlite();
    for args in [&["man"][..], &["routes"], &["export", "workers"]] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let ended = program.command(args).stdout(full).output().unwrap();
        let ran = Ran {
            code: ended.status.code(),
            out: String::new(),
            err: String::from_utf8(ended.stderr).unwrap(),
        };
        ran.one_line(&format!("{args:?}"));
    }
}

fn health(address: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let asked = "GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    stream.write_all(asked.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_server_outlives_whoever_read_its_log() {
    let program = Program::on_sqlite();
    let mut command = program.command(&["serve"]);
    command
        .env("DOM_BIND", "127.0.0.1:0")
        .env("DOM_LOG", "info,dom=debug")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let address = loop {
        let mut line = String::new();
        assert_ne!(log.read_line(&mut line).unwrap(), 0, "it ended");
        let said: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
        if said["message"] == "listening" {
            break said["address"].as_str().unwrap().to_owned();
        }
    };
    drop(log);
    for _ in 0..3 {
        let answer = health(&address);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    assert!(child.try_wait().unwrap().is_none(), "it serves on");
    child.kill().unwrap();
    child.wait().unwrap();
}
