//! A program that has little: it is slower, goes on, and is itself again afterwards.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dom::clock::Stopwatch;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::support::cast::{Cast, today};
use crate::support::program::{Program, Running, block_on};
use crate::support::served::{Served, Session};
use crate::support::site::Site;

/// Longer than anything here takes.
const LONG: Duration = Duration::from_mins(1);
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

/// A request on a connection of its own; what comes back until the server hangs up.
fn sent(served: &Served, head: &str, pieces: impl IntoIterator<Item = Vec<u8>>) -> String {
    let mut stream = TcpStream::connect(served.address()).unwrap();
    stream.set_read_timeout(Some(LONG)).unwrap();
    let head = format!(
        "{head}\r\nHost: {}\r\nConnection: close\r\n\r\n",
        served.address()
    );
    stream.write_all(head.as_bytes()).unwrap();
    for piece in pieces {
        // The server may hang up before it has read everything.
        if stream.write_all(&piece).is_err() {
            break;
        }
    }
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The status of an answer; none where the server only hung up.
fn status(answer: &str) -> Option<u16> {
    answer.split(' ').nth(1)?.parse().ok()
}

const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

#[test]
fn greedy_and_slow_bodies_cost_little_and_hold_up_no_stop() {
    let program = Program::on_sqlite();
    program.ok(&["migrate"]);
    let mut served = Served::start(&program);
    let nobody = Session::of_nobody();
    served.get("/sign-in", &nobody);
    let before = served.memory();
    // Each begins a form, and goes on with it hardly ever.
    let mut slow: Vec<TcpStream> = (0..40)
        .map(|_| {
            let mut stream = TcpStream::connect(served.address()).unwrap();
            let head = format!(
                "POST /sign-in HTTP/1.1\r\nHost: {}\r\n{FORM}\r\nContent-Length: 200000\r\n\r\nemail=",
                served.address()
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    let huge = "POST /sign-in HTTP/1.1\r\nTransfer-Encoding: chunked";
    let chunk = format!("10000\r\n{}\r\n", "a".repeat(0x1_0000)).into_bytes();
    let deep = "[".repeat(100_000).into_bytes();
    let many = "a=1&".repeat(60_000).into_bytes();
    let post = |kind: &str, length: usize| {
        format!("POST /sign-in HTTP/1.1\r\n{kind}\r\nContent-Length: {length}")
    };
    let json = "Content-Type: application/json";
    let parts = "Content-Type: multipart/form-data; boundary=e";
    let part = b"--e\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n".repeat(4_000);
    for _ in 0..3 {
        for stream in &mut slow {
            // Whoever was too slow by then has been hung up on.
            let _ = stream.write_all(b"a");
        }
        // A body that never ends, and one that says that it is larger than anything.
        let endless = std::iter::repeat_n(chunk.clone(), 200);
        for answer in [
            sent(&served, &format!("{huge}\r\n{FORM}"), endless),
            sent(&served, &post(FORM, usize::MAX >> 1), [many.repeat(2)]),
            sent(&served, &post(json, deep.len()), [deep.clone()]),
            sent(&served, &post(FORM, many.len()), [many.clone()]),
            sent(&served, &post(parts, part.len()), [part.clone()]),
        ] {
            let refused = status(&answer).is_none_or(|status| (400..500).contains(&status));
            assert!(refused, "{answer:.300}");
        }
        let watch = Stopwatch::start();
        assert_eq!(served.get("/health", &nobody).status, 200);
        assert!(watch.elapsed() < Duration::from_secs(5));
    }
    let more = served.memory().saturating_sub(before) >> 20;
    println!("{more} MB more beside {} slow forms", slow.len());
    assert!(more < 120, "{more} MB");
    if std::env::var_os("TRUST_TEST_SLOW").is_some() {
        // Half a minute is all that a request may take.
        for stream in &mut slow {
            stream.set_read_timeout(Some(LONG)).unwrap();
            let mut answer = String::new();
            let _ = stream.read_to_string(&mut answer);
            assert_eq!(status(&answer), Some(504), "{answer:.300}");
            assert!(answer.contains("durato troppo"), "{answer}");
        }
    }
    let watch = Stopwatch::start();
    served.signal("-TERM");
    let ended = served.ended_within(LONG).expect("a stop ends");
    assert!(ended.success(), "{ended}");
    println!("it stopped in {:.2?}", watch.elapsed());
    assert!(watch.elapsed() < Duration::from_secs(15));
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
        // As many as there are desks ask for pages meanwhile. The first of them waits for no
        // more than the papers that are being printed: not for those that stand in line.
        for turn in 0..5 {
            assert_eq!(operator.clone().get("/health").await.status, 200);
            assert_eq!(operator.clone().get("/accesses").await.status, 200);
            let before = printed.load(Ordering::Relaxed);
            assert!(
                turn > 0 || before < CROWD,
                "answered before the papers were"
            );
        }
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
