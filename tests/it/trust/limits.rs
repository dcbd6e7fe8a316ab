//! A program that has little: it is slower, goes on, and is itself again afterwards.

use std::net::TcpStream;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::support::cast::{Cast, today};
use crate::support::program::{Program, Running, block_on};
use crate::support::served::{Served, Session};
use crate::support::site::Site;

/// Fewer than the clients that come, more than the database needs.
const FILES: &str = "ulimit -n 80; exec \"$0\" serve";

#[test]
fn a_program_with_few_files_answers_beside_silent_clients_and_recovers() {
    let program = Program::on_sqlite();
    program.store(&Cast::on(today()).worker("W-1", &[]));
    let own = program.command(&["serve"]);
    let mut command = Command::new("sh");
    command
        .args(["-c", FILES, env!("CARGO_BIN_EXE_dom")])
        .env_clear()
        .current_dir(program.path());
    for (name, value) in own.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    let served = Served::by(command);
    let nobody = Session::of_nobody();
    let mut silent = Vec::new();
    for _ in 0..150 {
        silent.push(TcpStream::connect(served.address()).unwrap());
    }
    for _ in 0..3 {
        assert_eq!(served.get("/health", &nobody).status, 200);
    }
    drop(silent);
    assert_eq!(served.get("/ready", &nobody).status, 200);
    assert_eq!(served.get("/sign-in", &nobody).status, 200);
    drop(served);
    let workers = program.ok(&["export", "workers"]);
    assert!(workers.contains("W-1"), "{workers}");
}

#[test]
fn whoever_works_is_answered_beside_a_crowd_that_asks_for_papers() {
    const CROWD: usize = 6;
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let operator = site.signed_in("operator").await;
        let printed = Arc::new(AtomicUsize::new(0));
        let mut crowd = tokio::task::JoinSet::new();
        for _ in 0..CROWD {
            let (mut one, printed) = (operator.clone(), printed.clone());
            crowd.spawn(async move {
                let page = one.get("/reports/outcomes/pdf").await;
                printed.fetch_add(1, Ordering::Relaxed);
                page
            });
        }
        // As many as there are desks ask for pages meanwhile.
        for _ in 0..5 {
            assert_eq!(operator.clone().get("/health").await.status, 200);
            assert_eq!(operator.clone().get("/accesses").await.status, 200);
        }
        let before = printed.load(Ordering::Relaxed);
        assert!(before < CROWD, "they were answered before the papers were");
        for page in crowd.join_all().await {
            assert!(page.bytes.starts_with(b"%PDF"), "{}", page.main());
        }
    });
}

/// Every sync from the n-th on fails, as on a disk that dies; the ones before cost nothing.
const DYING_DISK: &str = r#"
#include <errno.h>
#include <stdlib.h>
static int calls;
static int fails(void) {
    const char *from = getenv("FAIL_FROM");
    if (!from || __sync_add_and_fetch(&calls, 1) < atoi(from)) return 0;
    errno = EIO;
    return -1;
}
int fsync(int file) { (void)file; return fails(); }
int fdatasync(int file) { (void)file; return fails(); }
"#;

#[test]
fn nothing_is_acknowledged_that_the_disk_did_not_take() {
    let program = Program::on_sqlite();
    program.ok(&["migrate"]);
    let (source, library) = (
        program.path().join("disk.c"),
        program.path().join("disk.so"),
    );
    std::fs::write(&source, DYING_DISK).unwrap();
    let made = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .args([&library, &source])
        .status();
    assert!(made.unwrap().success(), "what links Rust compiles C");
    let mut refused = 0;
    for from in 1..=8 {
        let address = format!("a{from}@prova.example");
        let mut command = program.command(&["user", "add", &address, "--role", "reader"]);
        command
            .env("LD_PRELOAD", &library)
            .env("FAIL_FROM", from.to_string());
        let ran = Running::start(command).end();
        let there = program.ok(&["user", "list"]).contains(&address);
        if ran.code == Some(0) {
            assert!(there, "from {from} on: it was told and is not there");
        } else {
            assert_eq!(ran.code, Some(1), "{ran:?}");
            assert!(ran.err.starts_with("dom: "), "{ran:?}");
            refused += 1;
        }
        if from == 1 {
            assert_eq!(refused, 1, "nothing was synced, and it was told: {ran:?}");
        }
    }
    let sound = program.with_db(async |db| {
        let check = Statement::from_string(DbBackend::Sqlite, "PRAGMA integrity_check");
        let rows = db.read().query_all_raw(check).await.unwrap();
        rows[0].try_get_by_index::<String>(0).unwrap()
    });
    assert_eq!(sound, "ok");
    println!("{refused} of 8 were refused");
}
