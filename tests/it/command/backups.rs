//! `dom backup` and `dom restore`: whole or not at all, checked on both ways, and
//! nothing is overwritten.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use dom::migrations::Migrator;
use dom::storage::{Connection as _, Db};
use sea_orm_migration::MigratorTrait as _;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::stories::disk_full::short_of_room;
use crate::support::cast::{Cast, today};
use crate::support::program::{Program, block_on};

/// Forty people, a request, a sheet and an operator.
fn house(program: &Program) {
    let mut cast = Cast::on(today()).request("R-1", &[]);
    for worker in 0..40 {
        cast = cast.worker(
            &format!("W-{worker:02}"),
            &[("notes", "=1+1; \"due\"\nrighe")],
        );
    }
    program.store(&cast);
    program.operator("ada@prova.example", "grosseto");
    let issue = ["sheet", "issue", "R-1", "W-07", "--as", "ada@prova.example"];
    let out = ["--out", "sheet.pdf"];
    program.ok(&[&issue[..], &out].concat());
}

fn left_behind(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !["data", "sheet.pdf"].contains(&name.as_str()))
        .collect();
    names.sort();
    names
}

#[test]
fn what_was_copied_comes_back_as_it_was() {
    for (program, empty) in Program::on_both().into_iter().zip(Program::on_both()) {
        house(&program);
        let told = program.ok(&["backup", "night.zip"]);
        assert!(told.starts_with("made: "), "{told}");
        assert_eq!(left_behind(program.path()), ["night.zip"]);
        let file = program.path().join("night.zip");
        let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "it is its owner's to pass on");

        let file = file.to_str().unwrap();
        let told = empty.ok(&["restore", file]);
        assert!(told.starts_with("restored: "), "{told}");
        assert_eq!(empty.exports(), program.exports());
        // The accounts came along, and what was disclosed.
        let said = empty.ok(&["user", "list"]);
        assert!(said.contains("ada@prova.example"), "{said}");
        empty.ok(&["doctor"]);
    }
}

#[test]
fn the_manifest_says_what_is_in_it() {
    let program = Program::on_sqlite();
    house(&program);
    let said = program.ok(&["backup", "night.zip", "--json"]);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["kind"], "sqlite");
    assert_eq!(said["format"], 1);
    assert_eq!(said["rows"]["workers"], 40);
    assert_eq!(said["rows"]["introductions"], 1);
    assert_eq!(said["sha256"].as_str().unwrap().len(), 64);
    let read = program.ok(&["restore", "--check", "night.zip", "--json"]);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&read).unwrap(),
        said
    );
}

#[test]
fn a_copy_made_while_others_write_is_of_one_instant() {
    for (program, empty) in Program::on_both().into_iter().zip(Program::on_both()) {
        house(&program);
        let written = program.with_db(async |db| {
            let write = async |n: u32| {
                // Two rows that belong together: one without the other would show.
                let write = db.write().await.unwrap();
                for half in ["a", "b"] {
                    let row = format!(
                        "INSERT INTO searches (id, account_id, list, words, created_at) \
                         SELECT '{n}{half}', MIN(id), 'workers', 'x', '2026-01-01 00:00:00+00:00' FROM accounts"
                    );
                    write.execute_unprepared(&row).await.unwrap();
                }
                write.commit().await.unwrap();
            };
            let backup = program.start(&["backup", "night.zip"]);
            let ended = tokio::task::spawn_blocking(|| backup.end());
            let mut written = 0;
            while !ended.is_finished() {
                write(written).await;
                written += 1;
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            let ran = ended.await.unwrap();
            assert_eq!(ran.code, Some(0), "{ran:?}");
            written
        });
        println!("{written} writes while a copy was made");
        assert!(written > 0);
        let file = program.path().join("night.zip");
        empty.ok(&["restore", file.to_str().unwrap()]);
        let (copied, odd) = empty.with_db(async |db| {
            let halves = async |half: char| {
                let sql = format!("SELECT COUNT(*) AS n FROM searches WHERE id LIKE '%{half}'");
                let kind = db.read().get_database_backend();
                let row = db
                    .read()
                    .query_one_raw(sea_orm::Statement::from_string(kind, sql));
                let row = row.await.unwrap().unwrap();
                row.try_get::<i64>("", "n").unwrap()
            };
            let (a, b) = (halves('a').await, halves('b').await);
            (a, a - b)
        });
        assert_eq!(odd, 0, "{copied} copied");
    }
}

#[test]
fn nothing_is_overwritten_by_either() {
    for program in Program::on_both() {
        house(&program);
        program.ok(&["backup", "night.zip"]);
        let before = fs::read(program.path().join("night.zip")).unwrap();
        let line = program.refused(&["backup", "night.zip"]);
        assert!(line.contains("night.zip"), "{line}");
        assert_eq!(fs::read(program.path().join("night.zip")).unwrap(), before);
        let records = program.exports();
        let line = program.refused(&["restore", "night.zip"]);
        assert!(line.contains("not empty"), "{line}");
        assert_eq!(program.exports(), records);
    }
}

#[test]
fn a_backup_that_was_cut_or_changed_restores_nothing() {
    for (program, empty) in Program::on_both().into_iter().zip(Program::on_both()) {
        house(&program);
        program.ok(&["backup", "night.zip"]);
        let whole = fs::read(program.path().join("night.zip")).unwrap();
        let half = whole[..whole.len() / 2].to_vec();
        let mut other = whole.clone();
        let middle = whole.len() / 3;
        other[middle] ^= 1;
        for (name, bytes) in [
            ("half.zip", half),
            ("other.zip", other),
            ("none.zip", Vec::new()),
        ] {
            let file = empty.path().join(name);
            fs::write(&file, bytes).unwrap();
            let file = file.to_str().unwrap();
            for verb in [&["restore", file][..], &["restore", "--check", file]] {
                empty.refused(verb);
            }
            fs::remove_file(file).unwrap();
        }
        empty.refused(&["restore", "absent.zip"]);
        assert_eq!(left_behind(empty.path()), [] as [&str; 0]);
        // The place is still empty: the whole one goes in.
        let file = program.path().join("night.zip");
        empty.ok(&["restore", file.to_str().unwrap()]);
    }
}

#[test]
fn a_backup_of_the_other_kind_is_refused_with_the_way_to_go() {
    let [file, server] = Program::on_both();
    house(&file);
    house(&server);
    let [empty_file, empty_server] = Program::on_both();
    for (from, to) in [(&file, &empty_server), (&server, &empty_file)] {
        from.ok(&["backup", "night.zip"]);
        let path = from.path().join("night.zip");
        let line = to.refused(&["restore", path.to_str().unwrap()]);
        assert!(line.contains("dom move"), "{line}");
    }
}

/// A ZIP that says of itself what no program of today says.
fn forged(path: &Path, manifest: &str) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    for (name, text) in [("dom.sqlite", "nothing"), ("manifest.json", manifest)] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn a_backup_of_a_newer_program_is_refused_by_its_schema_and_by_its_format() {
    let program = Program::on_sqlite();
    let file = program.path().join("later.zip");
    let manifest = |format: u32| {
        format!(
            r#"{{"format":{format},"program":"9.0.0","kind":"sqlite","schema":"m20990101_000001_later",
            "made_at":"2099-01-01T00:00:00Z","bytes":7,"sha256":"","rows":{{}}}}"#
        )
    };
    for format in [1, 2] {
        forged(&file, &manifest(format));
        let line = program.refused(&["restore", "later.zip"]);
        assert!(line.contains("newer program"), "{line}");
    }
    forged(&file, "{}");
    let line = program.refused(&["restore", "later.zip"]);
    assert!(line.contains("no backup"), "{line}");
}

#[test]
fn a_full_disk_leaves_no_backup_and_nothing_beside_it() {
    let program = Program::on_sqlite();
    house(&program);
    let ran = short_of_room(&program, 60, &["backup", "night.zip"]).end();
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    assert_eq!(left_behind(program.path()), [] as [&str; 0]);
    program.ok(&["backup", "night.zip"]);
}

#[test]
fn a_program_killed_while_it_copies_leaves_nothing_under_the_name() {
    for program in Program::on_both() {
        house(&program);
        let mut killed = 0;
        for wait in [0, 5, 20, 40, 80, 160] {
            let name = format!("night-{wait}.zip");
            let backup = program.start(&["backup", &name]);
            let ended = backup.end_within(Duration::from_millis(wait));
            killed += u32::from(ended.is_none());
            if program.path().join(&name).exists() {
                program.ok(&["restore", "--check", &name]);
            }
        }
        println!("{killed} killed");
        assert!(killed > 0, "at least the first is killed at once");
    }
}

#[test]
fn an_empty_database_has_nothing_to_copy() {
    for program in Program::on_both() {
        let line = program.refused(&["backup", "night.zip"]);
        assert!(line.contains("empty"), "{line}");
    }
}

#[test]
fn an_older_database_is_copied_before_its_schema_changes() {
    for program in Program::on_both() {
        let first = Migrator::migrations()[10].name().to_owned();
        block_on(async {
            fs::create_dir(program.data()).unwrap();
            let db = Db::open(&program.place(), 1).await.unwrap();
            Migrator::up(db.read(), Some(10)).await.unwrap();
            db.close().await.unwrap();
        });
        program.ok(&["migrate"]);
        let copy = program.data().join(format!("before-{first}.zip"));
        let said = program.ok(&["restore", "--check", "--json", copy.to_str().unwrap()]);
        let said: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert_eq!(said["schema"], Migrator::migrations()[9].name());
        let before = fs::metadata(&copy).unwrap().modified().unwrap();
        // What is up to date needs no copy, and the first one stays.
        program.ok(&["migrate"]);
        assert_eq!(fs::metadata(&copy).unwrap().modified().unwrap(), before);
        let zips = fs::read_dir(program.data()).unwrap().filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            name.to_string_lossy().ends_with(".zip")
        });
        assert_eq!(zips.count(), 1);
    }
}

#[test]
fn a_database_of_a_newer_program_is_left_alone() {
    for program in Program::on_both() {
        house(&program);
        program.with_db(async |db| {
            let write = db.write().await.unwrap();
            let future = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20990101_000001_later', 0)";
            write.execute_unprepared(future).await.unwrap();
            write.commit().await.unwrap();
        });
        for verb in [&["migrate"][..], &["user", "list"], &["serve"]] {
            let ran = program.run(verb);
            assert_eq!(ran.code, Some(1), "{verb:?} {ran:?}");
            assert!(ran.err.contains("newer program"), "{ran:?}");
        }
        let ran = program.run(&["doctor"]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
    }
}
