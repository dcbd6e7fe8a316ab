//! Databases of older programs, as their own `dom backup` left them: each is put back and
//! brought up to date, and every cell is what it was.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use dom::clock::Stopwatch;
use dom::storage::Db;
use dom::storage::connect::Place;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::support::program::{Program, block_on};

/// Says of itself what is there.
const OWN: &str = "seaql_migrations";

fn kept() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/databases");
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut zips: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "zip"))
        .collect();
    zips.sort();
    zips
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// Over the kind of database that a file is of.
fn program_for(path: &Path) -> Program {
    if name(path).contains(".sqlite.") {
        Program::on_sqlite()
    } else {
        Program::on_postgres()
    }
}

async fn texts(db: &Db, sql: &str) -> Vec<String> {
    let kind = db.read().get_database_backend();
    let rows = db.read().query_all_raw(Statement::from_string(kind, sql));
    let rows = rows.await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect()
}

/// Columns by table.
async fn columns(db: &Db) -> BTreeMap<String, Vec<String>> {
    let sql = match db.read().get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT m.name || ' ' || c.name FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1"
        }
        _ => {
            "SELECT table_name || ' ' || column_name FROM information_schema.columns \
             WHERE table_schema = current_schema() ORDER BY 1"
        }
    };
    let mut all = BTreeMap::<String, Vec<String>>::new();
    for line in texts(db, sql).await {
        let (table, column) = line.split_once(' ').unwrap();
        let of = all.entry(table.to_owned()).or_default();
        of.push(column.to_owned());
    }
    all.remove(OWN);
    all
}

/// Every cell of these columns, a row a text.
async fn cells(db: &Db, columns: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for (table, columns) in columns {
        let cell = |column: &String| match db.read().get_database_backend() {
            DbBackend::Sqlite => format!("quote(\"{column}\")"),
            _ => format!("coalesce(\"{column}\"::text, 'NULL')"),
        };
        let cells: Vec<String> = columns.iter().map(cell).collect();
        let row = cells.join(" || '|' || ");
        let sql = format!("SELECT {row} AS cells FROM \"{table}\"");
        let mut rows = texts(db, &sql).await;
        rows.sort();
        all.insert(table.clone(), rows);
    }
    all
}

#[test]
fn every_older_database_is_brought_up_to_date_with_every_cell_in_its_place() {
    let kept = kept();
    for kind in [".sqlite.", ".postgres."] {
        let one = kept.iter().find(|path| name(path).contains(kind));
        assert!(one.is_some(), "none of {kind}");
    }
    for path in kept {
        let program = program_for(&path);
        let file = path.to_str().unwrap();
        program.ok(&["restore", file]);
        // As it was: the test's own way to open a database would migrate it.
        let look = async |place: &Place, of: Option<&BTreeMap<String, Vec<String>>>| {
            let db = Db::open(place, 1).await.unwrap();
            let columns = match of {
                Some(columns) => columns.clone(),
                None => columns(&db).await,
            };
            let cells = cells(&db, &columns).await;
            db.close().await.unwrap();
            (columns, cells)
        };
        let place = program.place();
        let (columns, before) = block_on(look(&place, None));
        assert!(before["workers"].len() >= 60, "{file}");
        assert!(!before["sheets"].is_empty() && before["accesses"].len() >= 100);
        program.ok(&["migrate"]);
        program.ok(&["doctor"]);
        let (_, after) = block_on(look(&place, Some(&columns)));
        let nameless = async {
            let db = Db::open(&place, 1).await.unwrap();
            let sql = "SELECT code FROM workers WHERE id NOT IN (SELECT worker_id FROM worker_names) \
                UNION ALL SELECT code FROM families WHERE id NOT IN (SELECT family_id FROM family_names)";
            let codes = texts(&db, sql).await;
            db.close().await.unwrap();
            codes
        };
        assert_eq!(block_on(nameless), [""; 0], "{file}: found however spelt");
        for (table, rows) in &before {
            assert_eq!(&after[table], rows, "{file}: {table}");
        }
        // It works on.
        for export in program.exports() {
            assert!(export.lines().count() > 1, "{export}");
        }
        let issue = ["sheet", "issue", "R-000002", "W-000003"];
        let more = ["--as", "ada@prova.example", "--out", "next.pdf"];
        let told = program.ok(&[&issue[..], &more].concat());
        assert!(told.starts_with("GR-"), "{told}");
    }
}

#[test]
fn every_released_version_has_left_its_databases_here() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let changes = fs::read_to_string(root.join("CHANGELOG.md")).unwrap();
    let headings = changes.lines().filter_map(|line| line.strip_prefix("## "));
    let headings: Vec<&str> = headings.collect();
    assert_eq!(headings.first(), Some(&"Unreleased"));
    let kept: Vec<String> = kept().iter().map(|path| name(path)).collect();
    let versions = headings.iter().skip(1).map(|heading| {
        let version = heading.trim_start_matches('[');
        version.split([']', ' ']).next().unwrap()
    });
    // Before the first release there is one of the program as it is written.
    for version in versions.chain(["0.1.0"]) {
        for kind in ["sqlite", "postgres"] {
            let of_it = |name: &&String| {
                name.starts_with(&format!("{version}-")) && name.ends_with(&format!(".{kind}.zip"))
            };
            assert!(
                kept.iter().any(|name| of_it(&name)),
                "{version} {kind}: {kept:?}"
            );
        }
    }
}

/// Programs that are killed while they change a schema, of each kind of database.
const KILLS: u32 = 5;

#[test]
fn a_program_killed_while_the_schema_changes_leaves_what_the_next_one_ends() {
    for path in kept() {
        let program = program_for(&path);
        program.ok(&["restore", path.to_str().unwrap()]);
        let count = async || {
            let db = Db::open(&program.place(), 1).await.unwrap();
            let codes = texts(&db, "SELECT code FROM workers ORDER BY 1").await;
            db.close().await.unwrap();
            codes
        };
        let before = block_on(count());
        let saved = program.path().join("saved.sqlite");
        let file = match program.place() {
            Place::Sqlite(file) => Some(file),
            Place::Postgres(_) => None,
        };
        if let Some(file) = &file {
            fs::copy(file, &saved).unwrap();
        }
        let as_it_was = || {
            let Some(file) = &file else { return };
            for beside in ["-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{beside}", file.display()));
            }
            fs::copy(&saved, file).unwrap();
        };
        let watch = Stopwatch::start();
        if file.is_some() {
            program.ok(&["migrate"]);
        }
        // Of a server each change is kept as it is done, so the dead pass the work on.
        let took = watch.elapsed().max(Duration::from_millis(300));
        let mut killed = 0;
        for kill in 1..=KILLS {
            as_it_was();
            let moment = took.mul_f64(f64::from(kill) / f64::from(KILLS + 1));
            let ended = program.start(&["migrate"]).end_within(moment);
            killed += u32::from(ended.is_none());
            if file.is_some() {
                program.ok(&["migrate"]);
                assert_eq!(block_on(count()), before);
            }
        }
        println!("{}: {killed} of {KILLS} were killed", name(&path));
        program.ok(&["migrate"]);
        assert_eq!(block_on(count()), before);
        program.ok(&["doctor"]);
        assert!(killed > 0, "nobody was killed in the middle: {took:?}");
    }
}
