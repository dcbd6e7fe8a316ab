//! The drill: a desk's database is copied while others write, then wrecked, then put
//! back, and goes on where it stood. What leaves it is the same as before.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use dom::storage::connect::Place;
use dom::storage::{Connection as _, Db};

use crate::support::cast::{Cast, today};
use crate::support::program::{EXPORTED, Program};
use crate::support::served::Served;

const WORKERS: usize = 120;

fn house(program: &Program) {
    let mut cast = Cast::on(today()).request("R-1", &[]);
    for worker in 0..WORKERS {
        cast = cast.worker(
            &format!("W-{worker:03}"),
            &[("notes", "=1+1; \"due\"\nrighe, è così")],
        );
    }
    program.store(&cast);
    program.operator("ada@prova.example", "grosseto");
    issue(program, "W-007");
}

/// The number of the sheet.
fn issue(program: &Program, worker: &str) -> String {
    let out = format!("{worker}.pdf");
    let args = [
        "sheet",
        "issue",
        "R-1",
        worker,
        "--as",
        "ada@prova.example",
        "--out",
        &out,
    ];
    let told = program.ok(&args);
    told.lines().next().unwrap().to_owned()
}

/// Two people's years of experience, always the same, written anew until `done`.
async fn write_until(db: &Db, done: impl Fn() -> bool) -> u32 {
    let mut written = 0;
    while !done() {
        let write = db.write().await.unwrap();
        for code in ["W-000", "W-001"] {
            let years = written % 40;
            let note =
                format!("UPDATE workers SET experience_years = {years} WHERE code = '{code}'");
            write.execute_unprepared(&note).await.unwrap();
        }
        write.commit().await.unwrap();
        written += 1;
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    written
}

/// The rows of a table, and of two people their years apart from the rest.
fn apart(csv: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let of = |name: &str| header.iter().position(|column| column == name);
    let (code, years) = (of("code").unwrap(), of("experience_years").unwrap());
    let mut moving = Vec::new();
    let rows = reader.records().map(|row| {
        let mut row: Vec<String> = row.unwrap().iter().map(ToOwned::to_owned).collect();
        if ["W-000", "W-001"].contains(&row[code].as_str()) {
            moving.push(std::mem::take(&mut row[years]));
        }
        row
    });
    let rows = rows.collect();
    (rows, moving)
}

/// What a broken disk or a wrong hand leaves: bytes that no program reads.
fn wreck(program: &Program) {
    match program.place() {
        Place::Sqlite(path) => {
            let whole = fs::read(&path).unwrap();
            let mut half = whole[..whole.len() / 2].to_vec();
            for byte in half.iter_mut().skip(100).step_by(3) {
                *byte ^= 0x55;
            }
            fs::write(&path, half).unwrap();
            // It is no database any more, and the program says so.
            assert_eq!(program.run(&["export", "workers"]).code, Some(1));
            for ending in ["", "-wal", "-shm"] {
                let mut file = path.clone().into_os_string();
                file.push(ending);
                let _ = fs::remove_file(PathBuf::from(file));
            }
        }
        Place::Postgres(_) => {
            program.with_db(async |db| {
                for statement in ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"] {
                    db.read().execute_unprepared(statement).await.unwrap();
                }
            });
        }
    }
}

fn drill(program: &Program) {
    house(program);
    let before = program.exports();
    // The program serves, somebody writes, and a copy is made.
    let served = Served::start(program);
    let written = program.with_db(async |db| {
        let backup = program.start(&["backup"]);
        let ended = tokio::task::spawn_blocking(|| backup.end());
        let written = write_until(db, || ended.is_finished()).await;
        let ran = ended.await.unwrap();
        assert_eq!(ran.code, Some(0), "{ran:?}");
        written
    });
    println!("{written} writes while a copy was made");
    assert!(written > 1);
    drop(served);
    let kept = fs::read_dir(program.data().join("backups")).unwrap();
    let file = kept.map(|entry| entry.unwrap().path()).next().unwrap();
    let safe = program.path().join("elsewhere.zip");
    fs::rename(file, &safe).unwrap();
    let next = issue(program, "W-008");
    wreck(program);
    let told = program.ok(&["restore", safe.to_str().unwrap()]);
    assert!(told.starts_with("restored: "), "{told}");
    program.with_db(async |db| {
        let runs = dom::storage::backups::latest(db.read(), 9).await.unwrap();
        assert!(
            !runs.is_empty(),
            "it remembers the copy that it was put back from"
        );
        let nameless = runs.iter().all(|run| run.file.is_none());
        assert!(nameless, "and takes no file away: {runs:?}");
    });
    program.ok(&["doctor"]);
    let after = program.exports();
    for ((kind, before), after) in EXPORTED.iter().zip(&before).zip(&after) {
        if *kind == "workers" {
            let ((rows, _), (back, moving)) = (apart(before), apart(after));
            assert_eq!(back.len(), WORKERS);
            assert_eq!(back, rows);
            assert_eq!(moving.len(), 2);
            assert_eq!(moving[0], moving[1], "the copy is of one instant");
        } else {
            assert_eq!(after, before, "{kind}");
        }
    }
    // It is served again, and the numbers go on where the copy stood.
    let served = Served::start(program);
    assert_eq!(issue(program, "W-008"), next);
    drop(served);
}

#[test]
fn a_wrecked_file_comes_back_as_it_was_copied_beside_writers() {
    drill(&Program::on_sqlite());
}

#[test]
fn a_wrecked_server_comes_back_as_it_was_copied_beside_writers() {
    drill(&Program::on_postgres());
}
