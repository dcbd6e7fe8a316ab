//! What comes of a file beyond its cells: second readings, rows without a code,
//! codes and numbers that the program makes, what a row names, and the record
//! that an import leaves. Through the use case itself, on both databases.

use std::fs;
use std::io::{Cursor, Write};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveTime};
use dom::clock::{ManualClock, SystemRandomness};
use dom::domain::ids::WorkerCode;
use dom::services::Context;
use dom::services::export::{self, Wanted};
use dom::services::import::{self, ImportError, Options, Report};
use dom::services::tables::Kind;
use dom::storage::authorisations::Authorisation;
use dom::storage::connect::Place;
use dom::storage::entity::{audit_event, counter};
use dom::storage::rows::CHUNK;
use dom::storage::{self, Db};
use dom::tabular;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use crate::support::cast::{Cast, today};
use crate::support::program::{Program, block_on};

const WORKERS: &str = "given_name,family_name,sex,phone,comune,max_km,arrangements,desk";
const ANNA: &str = "Anna,Prova,f,056428246,Grosseto,20,hourly,grosseto";
const BEA: &str = "Bea,Prova,f,056428246,Grosseto,20,hourly,grosseto";
const FAMILIES: &str =
    "code,given_name,family_name,comune,desk\nF-1,Elsa,Provolini,Grosseto,grosseto\n";
fn keep_good() -> Options {
    Options {
        keep_good: true,
        ..Options::default()
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn try_load(
    db: &Db,
    today: NaiveDate,
    kind: Kind,
    text: &str,
    options: Options,
) -> Result<Report, ImportError> {
    let mut sheet = tabular::read(Cursor::new(text.as_bytes().to_vec())).unwrap();
    let clock = ManualClock::at(today.and_time(NaiveTime::MIN).and_utc());
    let randomness = Arc::new(SystemRandomness);
    let context = Context::new(db.clone(), Arc::new(clock), randomness, String::new());
    let work = import::run(&context, kind, &mut sheet, options);
    // A page will want to wait for this among others.
    let work: std::pin::Pin<Box<dyn Future<Output = _> + Send>> = Box::pin(work);
    work.await
}

async fn load(db: &Db, kind: Kind, text: &str) -> Report {
    let report = try_load(db, today(), kind, text, Options::default()).await;
    report.unwrap()
}

fn counts(report: &Report) -> [u64; 4] {
    [report.read, report.added, report.updated, report.unchanged]
}

/// Row, column and message of every problem.
fn rejected(report: &Report) -> Vec<(u32, &str, &str)> {
    let problems = report.rejected.iter();
    problems
        .map(|problem| (problem.row, problem.column.as_str(), problem.why.key))
        .collect()
}

async fn worker_codes(db: &Db) -> Vec<String> {
    let all = storage::workers::after(db.read(), None, 500).await.unwrap();
    all.into_iter()
        .map(|one| one.value.code.unwrap().to_string())
        .collect()
}

async fn last(db: &Db, counter: &str) -> i64 {
    storage::counters::last(db.read(), counter).await.unwrap()
}

/// On each kind of database, each empty.
fn on_both(work: &impl AsyncFn(&Db)) {
    for program in Program::on_both() {
        program.with_db(async |db| work(db).await);
    }
}

#[test]
fn a_second_reading_on_another_day_adds_nothing_although_defaults_move() {
    on_both(&async |db| {
        let text = format!("{WORKERS}\n{ANNA}\n");
        for (on, expected) in [("2026-11-01", [1, 1, 0, 0]), ("2026-11-20", [1, 0, 0, 1])] {
            let options = Options::default();
            let report = try_load(db, day(on), Kind::Workers, &text, options).await;
            assert_eq!(counts(&report.unwrap()), expected, "{on}");
        }
        // The day of registration, once stated, tells two rows apart.
        let stated = format!("{WORKERS},registered_on\n{ANNA},2026-10-01\n");
        assert_eq!(
            counts(&load(db, Kind::Workers, &stated).await),
            [1, 1, 0, 0]
        );
    });
}

#[test]
fn rows_without_code_are_compared_with_all_that_is_stored() {
    on_both(&async |db| {
        let coded = format!("code,{WORKERS}\nX/1,{ANNA}\nX/2,{BEA}\n");
        load(db, Kind::Workers, &coded).await;
        let same = format!("{WORKERS}\n{BEA}\n{ANNA}\n");
        assert_eq!(counts(&load(db, Kind::Workers, &same).await), [2, 0, 0, 2]);
        let surplus = format!("{WORKERS}\n{BEA}\n{ANNA}\n{BEA}\n");
        assert_eq!(
            counts(&load(db, Kind::Workers, &surplus).await),
            [3, 1, 0, 2]
        );
        assert_eq!(worker_codes(db).await, ["W-000001", "X/1", "X/2"]);
    });
}

#[test]
fn rows_with_and_without_code_in_one_file_are_found_again() {
    on_both(&async |db| {
        load(db, Kind::Workers, &format!("code,{WORKERS}\nX/1,{ANNA}\n")).await;
        // The coded row takes away the likeness that the other one had.
        let mixed = format!("code,{WORKERS}\n,{ANNA}\nX/1,{BEA}\nX/2,{ANNA}\n");
        assert_eq!(counts(&load(db, Kind::Workers, &mixed).await), [3, 2, 1, 0]);
        assert_eq!(counts(&load(db, Kind::Workers, &mixed).await), [3, 0, 0, 3]);
        assert_eq!(worker_codes(db).await, ["W-000001", "X/1", "X/2"]);
    });
}

#[test]
fn an_empty_cell_of_a_row_without_code_says_that_nothing_is_there() {
    on_both(&async |db| {
        history(db).await;
        let header = "request,worker,sheet_number,issued_on";
        let first = format!("{header}\nR-1,W-1,12/bis,2026-01-02\n");
        assert_eq!(counts(&load(db, Kind::Introductions, &first).await)[1], 1);
        let second = format!("{header}\nR-1,W-1,12/bis,2026-01-02\nR-1,W-1,,2026-01-02\n");
        assert_eq!(
            counts(&load(db, Kind::Introductions, &second).await),
            [2, 1, 0, 1]
        );
        assert_eq!(
            counts(&load(db, Kind::Introductions, &second).await),
            [2, 0, 0, 2]
        );
    });
}

/// One family, one request, one worker.
async fn history(db: &Db) {
    load(db, Kind::Families, FAMILIES).await;
    let worker = format!("code,{WORKERS}\nW-1,{ANNA}\n");
    load(db, Kind::Workers, &worker).await;
    let request = "code,family,comune,arrangement,schedule,start_date\n\
        R-1,F-1,Grosseto,hourly,Mon 08:00-09:00,2026-12-01\n";
    load(db, Kind::Requests, request).await;
}

#[test]
fn made_codes_pass_over_those_that_are_there() {
    on_both(&async |db| {
        // In one file, in either order; a code of another shape moves nothing.
        let text = format!("code,{WORKERS}\n,{ANNA}\nW-000007,{BEA}\nW-99,{BEA}\n");
        assert_eq!(counts(&load(db, Kind::Workers, &text).await)[1], 3);
        assert_eq!(worker_codes(db).await, ["W-000007", "W-000008", "W-99"]);
        // One that came in without the counter.
        let cast = Cast::on(today()).worker("W-000009", &[]);
        let write = db.write().await.unwrap();
        storage::workers::insert_many(&*write, &cast.workers)
            .await
            .unwrap();
        write.commit().await.unwrap();
        let more = format!("{WORKERS}\n{ANNA}\n{ANNA}\n{ANNA}\n");
        assert_eq!(counts(&load(db, Kind::Workers, &more).await), [3, 2, 0, 1]);
        assert_eq!(
            worker_codes(db).await,
            [
                "W-000007", "W-000008", "W-000009", "W-000010", "W-000011", "W-99"
            ]
        );
        // An absurd one is kept, and does not use the counter up.
        let absurd = format!("code,{WORKERS}\nW-9223372036854775807,{BEA}\n");
        load(db, Kind::Workers, &absurd).await;
        assert_eq!(last(db, "worker").await, 11);
    });
}

#[test]
fn numbers_on_paper_raise_the_programs_own() {
    on_both(&async |db| {
        history(db).await;
        let text = "code,request,worker,sheet_number,issued_on\n\
            I-000003,R-1,W-1,GR-2026-0030,2026-01-02\n\
            I-000002,R-1,W-1,GR-2026-0007,2026-01-03\n\
            ,R-1,W-1,FO-2025-0004,2025-01-03\n\
            ,R-1,W-1,12/bis,2025-01-04\n";
        let report = load(db, Kind::Introductions, text).await;
        assert_eq!(counts(&report), [4, 4, 0, 0], "{report:?}");
        let counters = counter::Entity::find()
            .order_by_asc(counter::Column::Name)
            .all(db.read())
            .await
            .unwrap();
        let counters: Vec<(&str, i64)> = counters
            .iter()
            .map(|row| (row.name.as_str(), row.last))
            // The state of what matching reads is on no paper.
            .filter(|(name, last)| *last > 0 && *name != "pool")
            .collect();
        assert_eq!(
            counters,
            [
                ("introduction", 5),
                ("sheet:FO:2025", 4),
                ("sheet:GR:2026", 30)
            ]
        );
    });
}

#[test]
fn a_sheet_is_numbered_above_what_paper_brought_and_no_file_changes_it() {
    let program = Program::on_sqlite();
    program.store(&Cast::on(today()).request("R-1", &[]).worker("W-1", &[]));
    program.operator("ada@prova.example", "grosseto");
    let year = today().year();
    let paper = format!(
        "code,request,worker,sheet_number,issued_on\nI-1,R-1,W-1,GR-{year}-0041,{year}-01-02\n"
    );
    fs::write(program.path().join("paper.csv"), &paper).unwrap();
    program.ok(&["import", "introductions", "paper.csv"]);
    // Another worker, since W-1 was introduced for this request already.
    program.with_db(async |db| {
        let other = Cast::on(today()).worker("W-2", &[]);
        let write = db.write().await.unwrap();
        storage::workers::insert_many(&*write, &other.workers)
            .await
            .unwrap();
        write.commit().await.unwrap();
    });
    let issued = program.ok(&[
        "sheet",
        "issue",
        "R-1",
        "W-2",
        "--as",
        "ada@prova.example",
        "--out",
        "sheet.pdf",
    ]);
    assert_eq!(issued, format!("GR-{year}-0042\n"));

    let out = program.ok(&["export", "introductions"]);
    assert!(out.contains("0042"), "{out}");
    program.with_db(async |db| {
        let again = load(db, Kind::Introductions, &out).await;
        assert_eq!(counts(&again), [2, 0, 0, 2], "{again:?}");
        let changed = out.replace("-0042,", "-0043,");
        let report = load(db, Kind::Introductions, &changed).await;
        assert_eq!(
            rejected(&report),
            [(2, "code", "problem-made-by-sheet")],
            "{out}"
        );
        // What a file had brought may be corrected by a file.
        let corrected = paper.replace("-0041,", "-0040,");
        let report = load(db, Kind::Introductions, &corrected).await;
        assert_eq!(counts(&report), [1, 0, 1, 0]);
    });
}

#[test]
fn a_request_that_covers_a_rejected_one_is_rejected_with_it() {
    on_both(&async |db| {
        load(db, Kind::Families, FAMILIES).await;
        let text = "code,family,comune,arrangement,schedule,start_date,covers\n\
            R-1,F-1,Grosseto,live_in,,2026-12-01,R-2\n\
            R-2,F-1,Grosseto,live_in,,2026-12-01,R-3\n\
            R-3,F-1,Groseto,live_in,,2026-12-01,\n\
            R-4,F-1,Grosseto,hourly,Sun 08:00-12:00,2026-12-01,R-6\n\
            R-5,F-1,Grosseto,live_in,,2026-12-01,R-5\n\
            R-6,F-1,Grosseto,hourly,Sun 08:00-12:00,2026-12-01,\n\
            R-7,F-1,Grosseto,live_in,,2026-12-01,\n\
            R-8,F-1,Grosseto,hourly,Sun 08:00-12:00,2026-12-01,R-7\n";
        let report = try_load(db, today(), Kind::Requests, text, keep_good())
            .await
            .unwrap();
        assert_eq!(
            rejected(&report),
            [
                (2, "covers", "problem-not-live-in"),
                (3, "covers", "problem-not-live-in"),
                (4, "comune", "problem-comune-unknown-near"),
                (5, "covers", "problem-not-live-in"),
                (6, "covers", "problem-not-live-in"),
            ]
        );
        assert_eq!(counts(&report), [8, 3, 0, 0]);
        // One that is stored may be named, too.
        let later = "code,family,comune,arrangement,schedule,start_date,covers\n\
            R-9,F-1,Grosseto,hourly,Sun 08:00-12:00,2026-12-01,R-7\n";
        assert_eq!(counts(&load(db, Kind::Requests, later).await)[1], 1);
    });
}

#[test]
fn every_problem_of_a_row_is_told_and_nothing_is_written() {
    on_both(&async |db| {
        let text = format!(
            "code,{WORKERS}\nW-1,{ANNA}\nW-2,Олена,Prova,z,,Groseto,-1,,siena\nW-3,too,short\n"
        );
        let report = load(db, Kind::Workers, &text).await;
        assert_eq!(
            rejected(&report),
            [
                (3, "given_name", "problem-latin-letters"),
                (3, "sex", "problem-one-of"),
                (3, "comune", "problem-comune-unknown-near"),
                (3, "max_km", "problem-whole-number"),
                (3, "arrangements", "problem-required"),
                (3, "desk", "problem-unknown-code"),
                (3, "phone", "problem-unreachable"),
                (4, "", "problem-row-ragged"),
            ]
        );
        assert_eq!(report.rejected_rows(), 2);
        assert_eq!(counts(&report), [3, 0, 0, 0]);
        assert_eq!(worker_codes(db).await, [""; 0]);
    });
}

#[test]
fn a_row_that_only_some_databases_would_refuse_is_rejected_by_us() {
    on_both(&async |db| {
        let text = format!(
            "{WORKERS}\n{}\n",
            ANNA.replace("056428246", "0564\u{0}28246")
        );
        let report = load(db, Kind::Workers, &text).await;
        assert_eq!(
            rejected(&report),
            [(2, "phone", "problem-control-characters")]
        );
    });
}

#[test]
fn an_import_leaves_one_record_that_names_nobody_and_a_dry_run_none() {
    on_both(&async |db| {
        let text = format!("code,{WORKERS}\nW-1,{ANNA}\nW-2,{ANNA}x\n");
        let dry = Options {
            dry_run: true,
            ..keep_good()
        };
        for options in [Options::default(), dry, keep_good()] {
            let report = try_load(db, today(), Kind::Workers, &text, options).await;
            assert_eq!(report.unwrap().rejected_rows(), 1);
        }
        let written = audit_event::Entity::find()
            .filter(audit_event::Column::Action.eq("import.workers"))
            .all(db.read())
            .await
            .unwrap();
        assert_eq!(written.len(), 1, "only the one that wrote");
        let detail = written[0].detail.as_deref().unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(detail).unwrap(),
            serde_json::json!({"read": 2, "added": 1, "updated": 0, "unchanged": 0, "rejected": 1})
        );
    });
}

#[test]
fn the_worked_examples_load_and_twice_add_nothing() {
    let people = [
        Kind::Workers,
        Kind::Families,
        Kind::Requests,
        Kind::Introductions,
    ];
    for (example, partners, more) in [
        ("match-ordinary", false, None),
        ("match-crowded", false, None),
        ("outcomes", true, Some(Kind::Answers)),
    ] {
        for program in Program::on_both() {
            if partners {
                for (code, kind) in [
                    ("pi_grosseto", "punto_insieme"),
                    ("ss_follonica", "social_services"),
                ] {
                    program.ok(&["partner", "add", code, "--name", code, "--kind", kind]);
                }
            }
            program.with_db(async |db| {
                for kind in people.into_iter().chain(more) {
                    let file = format!(
                        "{}/tests/examples/{example}/{}.csv",
                        env!("CARGO_MANIFEST_DIR"),
                        kind.code()
                    );
                    let text = fs::read_to_string(file).unwrap();
                    let first = load(db, kind, &text).await;
                    assert_eq!(first.rejected, [], "{example}");
                    assert_eq!(counts(&first), [first.read, first.read, 0, 0]);
                    let second = load(db, kind, &text).await;
                    assert_eq!(counts(&second), [first.read, 0, 0, first.read]);
                    // The codes taken away, every row is still found.
                    if kind == Kind::Answers {
                        continue;
                    }
                    let without = without_codes(&text);
                    let third = load(db, kind, &without).await;
                    assert_eq!(counts(&third), [first.read, 0, 0, first.read]);
                }
            });
        }
    }
}

fn without_codes(text: &str) -> String {
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(rows.headers().unwrap().iter().skip(1))
        .unwrap();
    for row in rows.records() {
        out.write_record(row.unwrap().iter().skip(1)).unwrap();
    }
    String::from_utf8(out.into_inner().unwrap()).unwrap()
}

#[test]
fn doubts_are_told_on_the_side_and_stop_nothing() {
    let program = Program::on_sqlite();
    let text = format!("code,{WORKERS}\nW-1,Anna,Prova,f,12,Lirio,20,hourly,grosseto\n");
    fs::write(program.path().join("doubts.csv"), text).unwrap();
    let ran = program.run(&["import", "workers", "doubts.csv", "--json"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(
        ran.out,
        "{\"read\":1,\"added\":1,\"updated\":0,\"unchanged\":0,\"rejected\":[]}\n"
    );
    let doubts: Vec<&str> = ran.err.lines().collect();
    assert_eq!(doubts.len(), 2, "{ran:?}");
    assert!(doubts[0].starts_with("riga 2, phone «12»: "), "{ran:?}");
    assert!(
        doubts[1].starts_with("riga 2, comune «Lirio»: ") && doubts[1].contains("2026-01-31"),
        "{ran:?}"
    );
    let stated: Vec<String> = program
        .ok(&["export", "workers"])
        .lines()
        .map(str::to_owned)
        .collect();
    assert!(
        stated[1].contains(",12,"),
        "a doubtful number stays as it is"
    );
}

#[test]
fn a_person_reads_each_rejected_row_and_the_counts() {
    let program = Program::on_sqlite();
    let text =
        format!("code,{WORKERS}\nW-1,{ANNA}\nW-2,Anna,Prova,z,12,Groseto,20,hourly,grosseto\n");
    fs::write(program.path().join("rows.csv"), text).unwrap();
    let ran = program.run(&["import", "workers", "rows.csv"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 3, "{ran:?}");
    assert!(lines[0].starts_with("riga 3, sex «z»: "), "{ran:?}");
    assert!(
        lines[1].starts_with("riga 3, comune «Groseto»: ") && lines[1].contains("Grosseto?"),
        "{ran:?}"
    );
    assert!(lines[2].contains("Lette 2") && lines[2].contains("rifiutate 1"));
    assert!(ran.err.starts_with("dom: "), "{ran:?}");
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
}

#[test]
fn a_workbook_as_spreadsheets_keep_it_is_read() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let header = format!("code,{WORKERS},birth_date");
    for (column, name) in (0..).zip(header.split(',')) {
        page.write_string(0, column, name).unwrap();
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for row in 1..=2 {
        for (column, cell) in (1..).zip(ANNA.split(',')) {
            page.write_string(row, column, cell).unwrap();
        }
        page.write_string(row, 0, format!("W-{row}")).unwrap();
        // Numbers as a spreadsheet makes them of 053011 and 20.
        page.write_number(row, 5, 53011.0).unwrap();
        page.write_number(row, 6, 20.0).unwrap();
        let birth = ExcelDateTime::from_ymd(1980, 5, 1).unwrap();
        page.write_datetime_with_format(row, 9, &birth, &day)
            .unwrap();
    }
    // A result is read; an error is not.
    page.write_formula(1, 1, Formula::new("=\"An\"&\"na\"").set_result("Anna"))
        .unwrap();
    page.write_formula(2, 9, Formula::new("=1/0").set_result("#DIV/0!"))
        .unwrap();
    let program = Program::on_sqlite();
    let place = program.path().join("workers.xlsx");
    book.save(&place).unwrap();
    let ran = program.run(&["import", "workers", "workers.xlsx", "--keep-good", "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(report["added"], 1, "{report}");
    assert_eq!(report["rejected"].as_array().unwrap().len(), 1, "{report}");
    assert_eq!(report["rejected"][0]["row"], 3);
    assert_eq!(report["rejected"][0]["column"], "birth_date");
    let out = program.ok(&["export", "workers"]);
    assert!(
        out.contains("W-1,Anna,") && out.contains("1980-05-01") && out.contains(",053011,20,"),
        "{out}"
    );
}

#[test]
fn only_the_introductions_of_the_year_asked_for_go_out() {
    let program = Program::on_sqlite();
    program.with_db(async |db| {
        history(db).await;
        let text = "code,request,worker,issued_on\nI-1,R-1,W-1,2024-12-31\n\
            I-2,R-1,W-1,2025-01-01\nI-3,R-1,W-1,2025-12-31\nI-4,R-1,W-1,2026-01-01\n";
        load(db, Kind::Introductions, text).await;
        let text = "code,family,comune,arrangement,schedule,start_date,opened_on\n\
            R-2,F-1,Grosseto,hourly,Mon 08:00-09:00,2026-12-01,2025-12-31\n";
        load(db, Kind::Requests, text).await;
    });
    let out = program.ok(&["export", "introductions", "--year", "2025"]);
    let codes: Vec<&str> = out
        .lines()
        .skip(1)
        .map(|line| line.split(',').next().unwrap())
        .collect();
    assert_eq!(codes, ["I-2", "I-3"]);
    let out = program.ok(&["export", "requests", "--year", "2025"]);
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(out.contains("\nR-2,"), "{out}");
    let said = program.wrong_usage(&["export", "workers", "--year", "2025"]);
    assert!(said.contains("workers"), "{said}");
}

#[test]
fn a_file_that_takes_the_authorisation_away_ends_what_was_signed_for_it() {
    for program in Program::on_both() {
        program.operator("ada@prova.example", "grosseto");
        program.with_db(async |db| {
            let text =
                format!("code,{WORKERS},consent_on\nW-1,{ANNA},2026-01-02\nW-2,{BEA},2026-01-02\n");
            load(db, Kind::Workers, &text).await;
            let cells = [1, 2].map(|n| WorkerCode::parse(&format!("W-{n}")).unwrap());
            let mut ids = Vec::new();
            for code in &cells {
                let found = storage::workers::find(db.read(), code).await.unwrap();
                ids.push(found.unwrap().id);
            }
            let accounts = storage::accounts::list(db.read()).await.unwrap();
            let by = accounts[0].actor.account_id;
            let write = db.write().await.unwrap();
            for id in &ids {
                let signed = Authorisation {
                    given_on: day("2026-01-02"),
                    notice_version: "earlier".to_owned(),
                    how: "screen".to_owned(),
                    folder: None,
                };
                let at = day("2026-01-02").and_time(NaiveTime::MIN).and_utc();
                storage::authorisations::insert(&*write, *id, by, at, &signed)
                    .await
                    .unwrap();
            }
            write.commit().await.unwrap();
            // Of one it is empty now; of the other it stays as it was.
            let bea = BEA.replace(",20,", ",10,");
            let text = format!("code,{WORKERS},consent_on\nW-1,{ANNA},\nW-2,{bea},2026-01-02\n");
            assert_eq!(counts(&load(db, Kind::Workers, &text).await), [2, 0, 2, 0]);
            let ended = async |id| {
                let latest = storage::authorisations::latest(db.read(), id).await;
                latest.unwrap().unwrap().withdrawn_on
            };
            assert_eq!(ended(ids[0]).await, Some(today()));
            assert_eq!(ended(ids[1]).await, None);
        });
    }
}

/// Takes what is written, and has somebody registered at its first bytes.
struct Meanwhile {
    place: Option<Place>,
    taken: Vec<u8>,
}

impl Write for Meanwhile {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if let Some(place) = self.place.take() {
            // By another: this thread is the file's.
            let other = std::thread::spawn(move || block_on(register(&place, "Z-1")));
            other.join().unwrap();
        }
        self.taken.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

async fn register(place: &Place, code: &str) {
    let db = Db::open(place, 2).await.unwrap();
    let cast = Cast::on(today()).worker(code, &[]);
    let write = db.write().await.unwrap();
    storage::workers::insert_many(&*write, &cast.workers)
        .await
        .unwrap();
    write.commit().await.unwrap();
    db.close().await.unwrap();
}

#[test]
fn a_file_that_leaves_is_of_one_instant() {
    for program in Program::on_both() {
        let mut cast = Cast::on(today());
        // One more than is read at once.
        for n in 0..=CHUNK {
            cast = cast.worker(&format!("W-{n:04}"), &[]);
        }
        program.with_db(async |db| {
            let write = db.write().await.unwrap();
            for some in cast.workers.chunks(CHUNK) {
                storage::workers::insert_many(&*write, some).await.unwrap();
            }
            write.commit().await.unwrap();
            let wanted = Wanted {
                kind: Kind::Workers,
                year: None,
                format: tabular::Format::Csv,
                by: None,
            };
            let out = Meanwhile {
                place: Some(program.place()),
                taken: Vec::new(),
            };
            let now = today().and_time(NaiveTime::MIN).and_utc();
            let (out, count) = export::run(db, now, wanted, out).await.unwrap();
            assert!(out.place.is_none(), "somebody came meanwhile");
            assert_eq!(count, CHUNK as u64 + 1);
            assert!(!String::from_utf8(out.taken).unwrap().contains("Z-1"));
            let found = WorkerCode::parse("Z-1").unwrap();
            let found = storage::workers::find(db.read(), &found).await.unwrap();
            assert!(found.is_some());
        });
    }
}
