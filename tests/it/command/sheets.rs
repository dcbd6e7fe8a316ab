//! `dom proposal` and `dom sheet`: in an operator's name, with the checks and
//! records of the screen.

use std::fs;

use chrono::{Datelike, Days, NaiveDate};
use dom::catalogue::Words;
use dom::domain::sheet::SheetState;
use dom::services::sheets;
use dom::storage::entity::disclosure;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::Value;

use crate::support::cast::{Cast, today};
use crate::support::ledger::{self, sha256};
use crate::support::program::Program;

const ADA: &str = "ada@prova.example";
/// Has to be asked each time.
const ASKED: (&str, &str) = ("share_without_asking", "no");

/// An operator of Grosseto over these people.
fn desk(cast: &Cast) -> Program {
    let program = Program::on_sqlite();
    program.store(cast);
    program.operator(ADA, "grosseto");
    program
}

fn cast() -> Cast {
    Cast::on(today()).request("R-1", &[])
}

fn issue<'a>(request: &'a str, workers: &[&'a str]) -> Vec<&'a str> {
    let mut args = vec!["sheet", "issue", request];
    args.extend(workers);
    args.extend(["--as", ADA, "--out", "sheet.pdf"]);
    args
}

fn number(prefix: &str, running: u32) -> String {
    format!("{prefix}-{}-{running:04}", today().year())
}

/// Nothing of a sheet is in the books or in the folder.
fn no_sheet(program: &Program) {
    program.with_db(async |db| assert_eq!(ledger::read(db, 1).await, []));
    only_data(program);
}

/// No PDF and no beginning of one is left.
fn only_data(program: &Program) {
    let left: Vec<_> = fs::read_dir(program.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name != "data")
        .collect();
    assert_eq!(left, Vec::<std::ffi::OsString>::new());
}

#[test]
fn a_sheet_prints_its_number_alone_and_the_same_bytes_again() {
    let program = desk(&cast().worker("W-1", &[]).worker("W-2", &[]));
    let told = program.ok(&issue("R-1", &["W-2", "W-1"]));
    assert_eq!(told, number("GR", 1) + "\n");
    let first = fs::read(program.path().join("sheet.pdf")).unwrap();
    assert!(first.starts_with(b"%PDF"));

    let told: Value = serde_json::from_str(&program.ok(&[
        "sheet",
        "print",
        &number("GR", 1),
        "--as",
        ADA,
        "--out",
        "again.pdf",
        "--json",
    ]))
    .unwrap();
    let again = fs::read(program.path().join("again.pdf")).unwrap();
    assert_eq!(first, again);
    assert_eq!(told["number"], number("GR", 1));
    assert_eq!(told["sha256"], sha256(&first));
    let told = told.as_object().unwrap();
    assert_eq!(
        told.keys().collect::<Vec<_>>(),
        ["code", "number", "sha256"]
    );

    let code = told["code"].as_str().unwrap();
    program.with_context(async |context| {
        let books = ledger::read(&context.db, 1).await;
        assert_eq!(
            books[0].workers,
            ["W-2", "W-1"],
            "in the order of the pages"
        );
        let verified = sheets::verify(context, code).await.unwrap().unwrap();
        assert_eq!(verified.number.as_str(), number("GR", 1));
        assert_eq!(verified.state, SheetState::Genuine);
        let printed = disclosure::Entity::find()
            .filter(disclosure::Column::How.eq("printed"))
            .count(context.db.read());
        assert_eq!(
            printed.await.unwrap(),
            2,
            "each worker is told of the print"
        );
    });
}

#[test]
fn issuing_with_json_tells_the_digest_of_the_file() {
    let program = desk(&cast().worker("W-1", &[]));
    let mut args = issue("R-1", &["W-1"]);
    args.push("--json");
    let told: Value = serde_json::from_str(&program.ok(&args)).unwrap();
    let bytes = fs::read(program.path().join("sheet.pdf")).unwrap();
    assert_eq!(told["sha256"], sha256(&bytes));
    assert_eq!(told["number"], number("GR", 1));
}

#[test]
fn a_worker_who_was_not_asked_is_refused_by_name() {
    let program = desk(&cast().worker("W-1", &[]).worker("W-2", &[ASKED]));
    let line = program.refused(&issue("R-1", &["W-1", "W-2"]));
    assert!(
        line.contains("Zoe Inventatac non ha ancora detto sì"),
        "{line}"
    );
    assert!(!line.contains("Zoe Inventatab"), "{line}");
    no_sheet(&program);
}

#[test]
fn availability_confirmed_too_long_ago_means_asking() {
    let confirmed = |days| (today() - Days::new(days)).to_string();
    let program = desk(
        &cast()
            .worker("W-1", &[("confirmed_on", &confirmed(30))])
            .worker("W-2", &[("confirmed_on", &confirmed(31))])
            .worker("W-3", &[("confirmed_on", "")]),
    );
    for stale in ["W-2", "W-3"] {
        program.refused(&issue("R-1", &[stale]));
    }
    no_sheet(&program);
    program.ok(&issue("R-1", &["W-1"]));
}

#[test]
fn a_worker_is_asked_and_says_yes_and_only_then_the_sheet_goes_out() {
    let program = desk(&cast().worker("W-1", &[ASKED]));
    let today = today().to_string();
    let said = |verb: &'static str, more: &[&'static str]| {
        let mut args = vec!["proposal", verb, "R-1", "W-1", "--via", "phone", "--on"];
        args.push(&today);
        args.extend(["--as", ADA]);
        args.extend(more);
        args.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let run = |args: &[String]| {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        program.run(&args)
    };
    run(&said("accept", &[])).one_line("nobody asked yet");
    assert_eq!(
        program.ok(&["proposal", "add", "R-1", "W-1", "--as", ADA]),
        ""
    );
    program.refused(&["proposal", "add", "R-1", "W-1", "--as", ADA]);
    program.refused(&issue("R-1", &["W-1"]));
    no_sheet(&program);
    assert_eq!(run(&said("accept", &[])).code, Some(0));
    run(&said("accept", &[])).one_line("said already");
    run(&said("decline", &["--reason", "pay"])).one_line("said already");
    assert_eq!(program.ok(&issue("R-1", &["W-1"])), number("GR", 1) + "\n");
}

#[test]
fn a_worker_who_said_no_is_refused_although_they_may_be_named_without_asking() {
    let program = desk(&cast().worker("W-1", &[]));
    let today = today().to_string();
    program.ok(&["proposal", "add", "R-1", "W-1", "--as", ADA]);
    program.ok(&[
        "proposal", "decline", "R-1", "W-1", "--via", "desk", "--on", &today, "--reason",
        "distance", "--as", ADA,
    ]);
    let line = program.refused(&issue("R-1", &["W-1"]));
    assert!(line.contains("Zoe Inventatab"), "{line}");
    no_sheet(&program);
    // Asked again they may think better of it.
    program.ok(&[
        "proposal",
        "add",
        "R-1",
        "W-1",
        "--skipped",
        "unreachable",
        "--as",
        ADA,
    ]);
    program.ok(&[
        "proposal", "accept", "R-1", "W-1", "--via", "desk", "--on", &today, "--as", ADA,
    ]);
    program.ok(&issue("R-1", &["W-1"]));
}

#[test]
fn a_word_of_tomorrow_or_of_before_the_question_is_refused() {
    let program = desk(&cast().worker("W-1", &[ASKED]));
    program.ok(&["proposal", "add", "R-1", "W-1", "--as", ADA]);
    for day in [today() + Days::new(1), today() - Days::new(1)] {
        let day = day.to_string();
        program.refused(&[
            "proposal", "accept", "R-1", "W-1", "--via", "phone", "--on", &day, "--as", ADA,
        ]);
    }
}

#[test]
fn proposals_have_their_own_usage() {
    let program = desk(&cast().worker("W-1", &[]));
    let today = today().to_string();
    for args in [
        &["proposal", "add", "R-1", "--as", ADA][..],
        &["proposal", "add", "R-1", "W-1"],
        &[
            "proposal",
            "add",
            "R-1",
            "W-1",
            "--skipped",
            "pay",
            "--as",
            ADA,
        ],
        &[
            "proposal", "accept", "R-1", "W-1", "--on", &today, "--as", ADA,
        ],
        &[
            "proposal", "accept", "R-1", "W-1", "--via", "mail", "--on", &today, "--as", ADA,
        ],
        &[
            "proposal", "accept", "R-1", "W-1", "--via", "desk", "--on", "ieri", "--as", ADA,
        ],
        &[
            "proposal", "decline", "R-1", "W-1", "--via", "desk", "--on", &today, "--as", ADA,
        ],
        &[
            "proposal",
            "decline",
            "R-1",
            "W-1",
            "--via",
            "desk",
            "--on",
            &today,
            "--reason",
            "already_tried",
            "--as",
            ADA,
        ],
    ] {
        program.wrong_usage(args);
    }
    for args in [
        &["proposal", "add", "R-9", "W-1", "--as", ADA][..],
        &["proposal", "add", "R-1", "W-9", "--as", ADA],
        &[
            "proposal",
            "add",
            "R-1",
            "W-1",
            "--as",
            "nessuno@prova.example",
        ],
    ] {
        program.refused(args);
    }
}

#[test]
fn several_are_asked_together_or_nobody_is() {
    let program = desk(
        &cast()
            .worker("W-1", &[ASKED])
            .worker("W-2", &[("status", "withdrawn")]),
    );
    let line = program.refused(&["proposal", "add", "R-1", "W-1", "W-2", "--as", ADA]);
    assert!(line.contains("Zoe Inventatac"), "{line}");
    // Had the first been asked, this would be the second time.
    program.ok(&["proposal", "add", "R-1", "W-1", "--as", ADA]);
}

#[test]
fn only_somebody_at_a_desk_issues() {
    let program = desk(&cast().worker("W-1", &[]));
    program.ok(&[
        "partner",
        "add",
        "pi",
        "--name",
        "PI",
        "--kind",
        "punto_insieme",
    ]);
    program.account("reader@prova.example", "reader", &[]);
    program.account("partner@prova.example", "partner", &["--partner", "pi"]);
    program.account("nowhere@prova.example", "administrator", &[]);
    program.operator("gone@prova.example", "grosseto");
    program.ok(&["user", "disable", "gone@prova.example"]);
    for nobody in ["nessuno", "reader", "partner", "nowhere", "gone"] {
        let email = format!("{nobody}@prova.example");
        for args in [
            &[
                "sheet", "issue", "R-1", "W-1", "--as", &email, "--out", "x.pdf",
            ][..],
            &[
                "sheet",
                "print",
                "GR-2026-0001",
                "--as",
                &email,
                "--out",
                "x.pdf",
            ],
            &[
                "sheet",
                "revoke",
                "GR-2026-0001",
                "--reason",
                "error",
                "--as",
                &email,
            ],
            &["proposal", "add", "R-1", "W-1", "--as", &email],
        ] {
            program.refused(args);
        }
    }
    no_sheet(&program);
    program.account(
        "chief@prova.example",
        "administrator",
        &["--desk", "follonica"],
    );
    let told = program.ok(&[
        "sheet",
        "issue",
        "R-1",
        "W-1",
        "--as",
        "chief@prova.example",
        "--out",
        "x.pdf",
    ]);
    assert_eq!(told, number("FO", 1) + "\n");
}

#[test]
fn a_sheet_names_one_to_eight_workers_each_once() {
    let workers: Vec<String> = (1..=9).map(|n| format!("W-{n}")).collect();
    let people = workers
        .iter()
        .fold(cast(), |cast, code| cast.worker(code, &[]));
    let program = desk(&people);
    let all: Vec<&str> = workers.iter().map(String::as_str).collect();
    program.wrong_usage(&issue("R-1", &[]));
    let said = program.wrong_usage(&issue("R-1", &all));
    assert!(said.contains("da una a 8 persone"), "{said}");
    let line = program.refused(&issue("R-1", &["W-1", "W-2", "W-1"]));
    assert!(line.contains("W-1"), "{line}");
    no_sheet(&program);
    program.ok(&issue("R-1", &all[..8]));
    let books = program.with_db(async |db| ledger::read(db, 1).await);
    assert_eq!(books[0].workers, all[..8]);
}

#[test]
fn whoever_may_not_be_named_is_refused_by_name_all_in_one_line() {
    let day = |distance: i64| (today() + chrono::TimeDelta::days(distance)).to_string();
    let hindered: [&[(&str, &str)]; 8] = [
        &[("status", "withdrawn")],
        &[("status", "paused"), ("pause_reason", "travel")],
        &[("status", "placed")],
        &[("consent_on", "")],
        &[("consent_on", &day(1))],
        &[("permit_type", "employment"), ("permit_until", &day(-1))],
        &[("permit_type", "employment")],
        &[("permit_type", "")],
    ];
    let mut people = cast().worker(
        "W-9",
        &[
            ("permit_type", "employment"),
            ("permit_until", &day(-1)),
            ("renewal_receipt", "yes"),
        ],
    );
    for (n, changes) in hindered.iter().enumerate() {
        people = people.worker(&format!("W-{n}"), changes);
    }
    let program = desk(&people);
    for n in 0..hindered.len() {
        let code = format!("W-{n}");
        let line = program.refused(&issue("R-1", &["W-9", &code]));
        let letter = char::from(b'a' + u8::try_from(n).unwrap());
        assert!(line.contains(&format!("Zoe Inventata{letter}")), "{line}");
    }
    let line = program.refused(&issue("R-1", &["W-0", "W-3"]));
    assert!(
        line.contains("Inventataa") && line.contains("Inventatad"),
        "{line}"
    );
    no_sheet(&program);
    program.ok(&issue("R-1", &["W-9"]));
}

#[test]
fn public_money_needs_an_accredited_worker() {
    let program = desk(
        &Cast::on(today())
            .request("R-1", &[("public_contribution", "yes")])
            .worker("W-1", &[("accreditation", "pending")])
            .worker("W-2", &[("accreditation", "yes")]),
    );
    program.refused(&issue("R-1", &["W-1"]));
    no_sheet(&program);
    program.ok(&issue("R-1", &["W-2"]));
}

#[test]
fn no_sheet_goes_out_on_an_offer_below_the_minimum() {
    let program = desk(
        &Cast::on(today())
            .request("R-1", &[("ccnl_level", "BS"), ("max_pay_hour", "1.00")])
            .request("R-2", &[("ccnl_level", "BS")])
            .worker("W-1", &[]),
    );
    let line = program.refused(&issue("R-1", &["W-1"]));
    assert!(line.contains("BS"), "{line}");
    no_sheet(&program);
    program.ok(&issue("R-2", &["W-1"]));
}

#[test]
fn only_an_open_request_gets_a_sheet() {
    let mut people = cast().worker("W-1", &[]);
    for status in ["paused", "filled", "closed", "withdrawn"] {
        people = people.request(&format!("R-{status}"), &[("status", status)]);
    }
    let program = desk(&people);
    for request in [
        "R-paused",
        "R-filled",
        "R-closed",
        "R-withdrawn",
        "R-nobody",
    ] {
        let line = program.refused(&issue(request, &["W-1"]));
        assert!(line.contains(request), "{line}");
    }
    let line = program.refused(&issue("R-1", &["W-nobody"]));
    assert!(line.contains("W-nobody"), "{line}");
    no_sheet(&program);
}

#[test]
fn a_family_is_not_shown_the_same_worker_twice() {
    let program = desk(&cast().request("R-2", &[]).worker("W-1", &[]));
    program.ok(&issue("R-1", &["W-1"]));
    let line = program.refused(&issue("R-1", &["W-1"]));
    assert!(line.contains("Zoe Inventatab"), "{line}");
    program.ok(&issue("R-2", &["W-1"]));
    let books = program.with_db(async |db| ledger::read(db, 1).await);
    assert_eq!(books.len(), 2);
}

/// Loads introductions of `R-1`; code, worker, number, day.
fn paper(program: &Program, rows: &[(&str, &str, &str, NaiveDate)]) {
    use std::fmt::Write as _;
    let mut text = String::from("code,request,worker,sheet_number,issued_on\n");
    for (code, worker, number, day) in rows {
        writeln!(text, "{code},R-1,{worker},{number},{day}").unwrap();
    }
    fs::write(program.path().join("paper.csv"), text).unwrap();
    program.ok(&["import", "introductions", "paper.csv"]);
}

#[test]
fn numbers_start_above_the_highest_from_paper_of_that_prefix_and_year() {
    for program in Program::on_both() {
        let mut people = cast();
        for n in 1..=8 {
            people = people.worker(&format!("W-{n}"), &[]);
        }
        program.store(&people);
        program.operator(ADA, "grosseto");
        program.operator("bea@prova.example", "follonica");
        let year = today().year();
        let before = today() - Days::new(100);
        let last_year = format!("GR-{}-0900", year - 1);
        let (low, high, foreign) = (number("GR", 12), number("GR", 41), number("XX", 700));
        paper(
            &program,
            &[
                ("I-000001", "W-1", &low, before),
                ("I-000002", "W-2", &high, before),
                ("I-000003", "W-3", &last_year, before),
                ("I-000004", "W-4", "12/bis", before),
                ("I-000005", "W-4", &foreign, before),
            ],
        );
        assert_eq!(program.ok(&issue("R-1", &["W-5"])), number("GR", 42) + "\n");
        let mut args = issue("R-1", &["W-6"]);
        let place = args.iter().position(|arg| *arg == ADA).unwrap();
        args[place] = "bea@prova.example";
        assert_eq!(program.ok(&args), number("FO", 1) + "\n");
        // Lower numbers loaded later change nothing, higher ones do.
        paper(&program, &[("P-1", "W-6", &number("GR", 7), before)]);
        assert_eq!(program.ok(&issue("R-1", &["W-7"])), number("GR", 43) + "\n");
        paper(&program, &[("P-2", "W-6", &number("GR", 60), before)]);
        assert_eq!(program.ok(&issue("R-1", &["W-8"])), number("GR", 61) + "\n");
        let told = program.ok(&["export", "introductions"]);
        let codes: std::collections::BTreeSet<&str> = told
            .lines()
            .skip(1)
            .map(|line| line.split(',').next().unwrap())
            .collect();
        assert_eq!(codes.len(), 11, "{told}");
    }
}

#[test]
fn the_prefix_is_that_of_the_operators_desk() {
    let program = desk(&cast().worker("W-1", &[]).worker("W-2", &[]));
    program.ok(&[
        "desk",
        "add",
        "orbetello",
        "--name",
        "Sportello di Orbetello",
        "--sheet-prefix",
        "ORB",
        "--comune",
        "053018",
    ]);
    program.operator("cia@prova.example", "orbetello");
    let told = program.ok(&[
        "sheet",
        "issue",
        "R-1",
        "W-1",
        "--as",
        "cia@prova.example",
        "--out",
        "x.pdf",
    ]);
    assert_eq!(told, number("ORB", 1) + "\n");
    assert_eq!(program.ok(&issue("R-1", &["W-2"])), number("GR", 1) + "\n");
}

#[test]
fn a_revoked_sheet_is_printed_no_more_and_verifies_as_revoked() {
    let program = desk(&cast().worker("W-1", &[]).worker("W-2", &[]));
    let mut args = issue("R-1", &["W-1"]);
    args.push("--json");
    let told: Value = serde_json::from_str(&program.ok(&args)).unwrap();
    let first = number("GR", 1);
    let revoke = ["sheet", "revoke", &first, "--reason", "placed", "--as", ADA];
    program.wrong_usage(&["sheet", "revoke", &first, "--as", ADA]);
    program.wrong_usage(&["sheet", "revoke", &first, "--reason", "pay", "--as", ADA]);
    assert_eq!(program.ok(&revoke), format!("{first}\n"));
    let line = program.refused(&revoke);
    assert!(line.contains(&first), "{line}");
    program.refused(&["sheet", "print", &first, "--as", ADA, "--out", "again.pdf"]);
    assert!(!program.path().join("again.pdf").exists());
    program.with_context(async |context| {
        let code = told["code"].as_str().unwrap();
        let verified = sheets::verify(context, code).await.unwrap().unwrap();
        assert_eq!(verified.state, SheetState::Revoked);
    });
    // Its number is not given again.
    let mut args = issue("R-1", &["W-2"]);
    args.push("--json");
    let told = program.ok(&args);
    let second = number("GR", 2);
    assert!(told.contains(&second), "{told}");
    let revoke = [
        "sheet", "revoke", &second, "--reason", "placed", "--as", ADA, "--json",
    ];
    assert_eq!(program.ok(&revoke), told, "the same document");
}

#[test]
fn a_sheet_that_nobody_issued_is_neither_printed_nor_revoked() {
    let program = desk(&cast());
    for args in [
        &[
            "sheet",
            "print",
            "GR-1999-0001",
            "--as",
            ADA,
            "--out",
            "x.pdf",
        ][..],
        &[
            "sheet",
            "revoke",
            "GR-1999-0001",
            "--reason",
            "error",
            "--as",
            ADA,
        ],
    ] {
        let line = program.refused(args);
        assert!(line.contains("GR-1999-0001"), "{line}");
    }
    only_data(&program);
}

#[test]
fn bytes_that_were_tampered_with_are_not_printed() {
    use dom::storage::entity::sheet_document;
    use sea_orm::sea_query::Expr;
    let program = desk(&cast().worker("W-1", &[]));
    program.ok(&issue("R-1", &["W-1"]));
    fs::remove_file(program.path().join("sheet.pdf")).unwrap();
    program.with_db(async |db| {
        sheet_document::Entity::update_many()
            .col_expr(sheet_document::Column::Pdf, Expr::value(b"%PDF".to_vec()))
            .exec(db.read())
            .await
            .unwrap();
    });
    let first = number("GR", 1);
    program.refused(&["sheet", "print", &first, "--as", ADA, "--out", "again.pdf"]);
    only_data(&program);
}

#[test]
fn the_sheet_is_in_italian() {
    let program = desk(&cast().worker("W-1", &[]));
    program.ok(&issue("R-1", &["W-1"]));
    program.with_db(async |db| {
        use dom::storage::entity::sheet;
        let all = sheet::Entity::find().all(db.read()).await.unwrap();
        assert_eq!(all[0].language, Words::default().tag());
        assert_eq!(all[0].valid_until, today() + Days::new(30));
    });
}

#[test]
fn what_the_sheet_stands_on_is_kept_with_it() {
    let program = desk(
        &Cast::on(today())
            .family("F-2", &[("contact_language", "ro")])
            .request(
                "R-1",
                &[
                    ("family", "F-2"),
                    ("ccnl_level", "BS"),
                    ("max_pay_hour", "12.00"),
                ],
            )
            .worker("W-1", &[]),
    );
    program.ok(&issue("R-1", &["W-1"]));
    program.with_db(async |db| {
        use dom::storage::entity::sheet;
        let all = sheet::Entity::find().all(db.read()).await.unwrap();
        let weights: Value = serde_json::from_str(&all[0].weights).unwrap();
        assert!(weights["weights"].is_object() || weights["weights"].is_array());
        let minimum = &weights["rules"]["minimum"];
        assert!(minimum["valid_from"].is_string() && minimum["source"].is_string());
        let numbers = ["valid_days", "call_days", "fresh_days"].map(|name| &weights[name]);
        assert_eq!(numbers, [30_i64, 7, 30]);
        assert_eq!(weights["rules"]["duties"][0]["code"], "inps_notice");
        let explained: Value = serde_json::from_str(&all[0].explanation).unwrap();
        let shown = explained[0]["shown"].as_array().unwrap();
        assert!(
            shown
                .iter()
                .any(|one| one.as_str().unwrap().contains("20 ore")),
            "the sentences as printed: {shown:?}"
        );
        let second = &explained[0]["second"];
        assert_eq!(second["language"], "ro");
        let second = second["shown"].as_array().unwrap();
        assert_eq!(second.len(), shown.len());
        assert!(second.iter().zip(shown).all(|(one, other)| one != other));
    });
}

#[test]
fn a_title_of_stay_that_ends_before_the_day_is_refused() {
    let (yesterday, start) = (today() - Days::new(1), today() + Days::new(20));
    let program = desk(
        &Cast::on(today())
            .request("R-1", &[("start_date", &start.to_string())])
            .worker(
                "W-1",
                &[
                    ("permit_type", "employment"),
                    ("permit_until", &yesterday.to_string()),
                ],
            )
            .worker(
                "W-2",
                &[
                    ("permit_type", "employment"),
                    ("permit_until", &(start - Days::new(1)).to_string()),
                ],
            )
            .worker(
                "W-3",
                &[
                    ("permit_type", "employment"),
                    ("permit_until", &(start + Days::new(400)).to_string()),
                ],
            ),
    );
    for worker in ["W-1", "W-2"] {
        let line = program.refused(&issue("R-1", &[worker]));
        assert!(line.contains("titolo di soggiorno"), "{worker}: {line}");
    }
    no_sheet(&program);
    program.ok(&issue("R-1", &["W-3"]));
}

#[test]
fn whoever_a_file_says_has_withdrawn_is_on_no_sheet_in_force() {
    let program = desk(&cast().worker("W-1", &[]).worker("W-2", &[]));
    program.ok(&issue("R-1", &["W-1"]));
    let exported = program.ok(&["export", "workers"]);
    let withdrawn: Vec<String> = exported
        .lines()
        .map(|line| {
            if line.starts_with("W-1,") || line.starts_with("W-1;") {
                line.replace("active", "withdrawn")
            } else {
                line.to_owned()
            }
        })
        .collect();
    fs::write(program.path().join("workers.csv"), withdrawn.join("\r\n")).unwrap();
    program.ok(&["import", "workers", "workers.csv"]);
    program.with_db(async |db| {
        use dom::storage::entity::{sheet, sheet_task};
        let all = sheet::Entity::find().all(db.read()).await.unwrap();
        assert_eq!(all[0].revoke_reason.as_deref(), Some("withdrawn"));
        let tasks = sheet_task::Entity::find().all(db.read()).await.unwrap();
        let open: Vec<&str> = tasks
            .iter()
            .filter(|task| task.done_at.is_none())
            .map(|task| task.kind.as_str())
            .collect();
        assert_eq!(open, ["tell_family"]);
    });
}
