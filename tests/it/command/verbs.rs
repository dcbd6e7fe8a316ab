//! The verbs of the command line: what they print, what they refuse, and with
//! which exit code.

use std::fs;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::cast::{Cast, today};
use crate::support::program::Program;

const ADA: &str = "ada@prova.example";

/// Two workers who need no asking, one who does, one request, an operator.
fn house(program: Program) -> Program {
    let cast = Cast::on(today())
        .worker("W-1", &[])
        .worker("W-2", &[])
        .worker("W-3", &[("share_without_asking", "no")])
        .worker("W-4", &[("status", "withdrawn")])
        .worker("W-5", &[("permit_type", "tourism_visit")])
        .request("R-1", &[])
        .request("R-2", &[("status", "closed")]);
    program.store(&cast);
    program.operator(ADA, "grosseto");
    program
}

#[test]
fn accounts_are_made_by_rule_and_get_one_link() {
    let program = Program::on_sqlite();
    let link = program.account("bea@prova.example", "administrator", &[]);
    assert!(
        link.trim().starts_with("http://127.0.0.1:8080/password/"),
        "{link}"
    );
    assert_eq!(link.lines().count(), 1);
    program.wrong_usage(&["user", "add", "x@prova.example", "--role", "operator"]);
    program.wrong_usage(&["user", "add", "x@prova.example", "--role", "partner"]);
    program.wrong_usage(&[
        "user",
        "add",
        "x@prova.example",
        "--role",
        "reader",
        "--desk",
        "grosseto",
    ]);
    program.wrong_usage(&["user", "add", "no-address", "--role", "reader"]);
    program.wrong_usage(&["user", "add", "x@prova.example", "--role", "king"]);
    program.refused(&[
        "user",
        "add",
        "x@prova.example",
        "--role",
        "operator",
        "--desk",
        "siena",
    ]);
    let twice = program.refused(&["user", "add", "BEA@prova.example", "--role", "reader"]);
    assert!(twice.contains("C’è già un accesso"), "{twice}");
    program.ok(&["user", "disable", "bea@prova.example"]);
    let list: Value = serde_json::from_str(&program.ok(&["user", "list", "--json"])).unwrap();
    assert_eq!(list[0]["disabled"], true);
    assert_eq!(list[0]["has_password"], false);
    assert!(
        program
            .ok(&["user", "reset", "bea@prova.example"])
            .contains("/password/")
    );
    program.refused(&["user", "reset", "nessuno@prova.example"]);
}

#[test]
fn desks_and_partners_are_added_once() {
    let program = Program::on_sqlite();
    assert_eq!(program.ok(&["desk", "list"]).lines().count(), 2);
    program.ok(&[
        "desk",
        "add",
        "orbetello",
        "--name",
        "Sportello di Orbetello",
        "--sheet-prefix",
        "OR",
        "--comune",
        "Orbetello",
    ]);
    program.refused(&[
        "desk",
        "add",
        "altro",
        "--name",
        "Altro",
        "--sheet-prefix",
        "OR",
        "--comune",
        "053011",
    ]);
    program.wrong_usage(&[
        "desk",
        "add",
        "altro",
        "--name",
        "Altro",
        "--sheet-prefix",
        "or-1",
        "--comune",
        "053011",
    ]);
    program.wrong_usage(&[
        "desk",
        "add",
        "altro",
        "--name",
        "Altro",
        "--sheet-prefix",
        "AL",
        "--comune",
        "Atlantide",
    ]);
    program.ok(&[
        "partner",
        "add",
        "pi",
        "--name",
        "Punto di prova",
        "--kind",
        "punto_insieme",
    ]);
    program.refused(&[
        "partner",
        "add",
        "pi",
        "--name",
        "Punto di prova",
        "--kind",
        "other",
    ]);
    program.wrong_usage(&["partner", "add", "px", "--name", "Punto", "--kind", "club"]);
    assert!(program.ok(&["partner", "list"]).contains("punto_insieme"));
}

#[test]
fn a_sheet_is_issued_printed_and_revoked_in_an_operators_name() {
    for program in Program::on_both() {
        let program = house(program);
        let year = today().format("%Y");
        let number = program.ok(&[
            "sheet", "issue", "R-1", "W-1", "--as", ADA, "--out", "one.pdf",
        ]);
        assert_eq!(number, format!("GR-{year}-0001\n"), "the number alone");
        let told: Value = serde_json::from_str(&program.ok(&[
            "sheet",
            "print",
            number.trim(),
            "--as",
            ADA,
            "--out",
            "again.pdf",
            "--json",
        ]))
        .unwrap();
        let read = |name: &str| fs::read(program.path().join(name)).unwrap();
        assert_eq!(read("one.pdf"), read("again.pdf"));
        let digest: String = Sha256::digest(read("one.pdf"))
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(told["sha256"], digest);
        assert_eq!(told["number"], number.trim());
        assert!(told["code"].as_str().unwrap().len() >= 16);
        program.ok(&[
            "sheet",
            "revoke",
            number.trim(),
            "--reason",
            "error",
            "--as",
            ADA,
        ]);
        program.refused(&[
            "sheet",
            "print",
            number.trim(),
            "--as",
            ADA,
            "--out",
            "late.pdf",
        ]);
        assert!(!program.path().join("late.pdf").exists());
        program.refused(&[
            "sheet",
            "revoke",
            number.trim(),
            "--reason",
            "error",
            "--as",
            ADA,
        ]);
        program.wrong_usage(&[
            "sheet",
            "revoke",
            number.trim(),
            "--reason",
            "whim",
            "--as",
            ADA,
        ]);
    }
}

#[test]
fn who_cannot_be_named_is_refused_by_name_and_nothing_is_written() {
    let program = house(Program::on_sqlite());
    program.account("leo@prova.example", "reader", &[]);
    let issue = |workers: &[&str], who: &str| {
        let mut args = vec!["sheet", "issue", "R-1"];
        args.extend(workers);
        args.extend(["--as", who, "--out", "sheet.pdf"]);
        program.refused(&args)
    };
    assert!(issue(&["W-1", "W-3"], ADA).contains("non ha ancora detto sì"));
    assert!(issue(&["W-4"], ADA).contains("non cerca più lavoro"));
    assert!(issue(&["W-5"], ADA).contains("titolo di soggiorno"));
    assert!(issue(&["W-1", "W-1"], ADA).contains("due volte"));
    assert!(issue(&["W-9"], ADA).contains("W-9"));
    assert!(issue(&["W-1"], "leo@prova.example").contains("sportello"));
    assert!(issue(&["W-1"], "nessuno@prova.example").contains("non esiste"));
    let nine = [
        "W-1", "W-2", "W-3", "W-4", "W-5", "W-6", "W-7", "W-8", "W-9",
    ];
    assert!(issue(&nine, ADA).contains('8'));
    let closed = program.refused(&[
        "sheet",
        "issue",
        "R-2",
        "W-1",
        "--as",
        ADA,
        "--out",
        "sheet.pdf",
    ]);
    assert!(closed.contains("non è aperta"), "{closed}");
    program.refused(&[
        "sheet",
        "issue",
        "R-1",
        "W-1",
        "--as",
        ADA,
        "--out",
        "no/such/folder/sheet.pdf",
    ]);
    program.wrong_usage(&["sheet", "issue", "R-1", "--as", ADA, "--out", "sheet.pdf"]);
    assert!(!program.path().join("sheet.pdf").exists());
    assert_eq!(program.ok(&["export", "introductions"]).lines().count(), 1);
    let left: Vec<_> = fs::read_dir(program.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert!(
        left.iter()
            .all(|name| !name.to_string_lossy().ends_with(".part")),
        "{left:?}"
    );
}

#[test]
fn a_workers_word_opens_or_shuts_the_sheet() {
    let program = house(Program::on_sqlite());
    let day = today().to_string();
    let accept = [
        "proposal", "accept", "R-1", "W-3", "--via", "phone", "--on", &day, "--as", ADA,
    ];
    assert!(
        program
            .refused(&accept)
            .contains("non è stata interpellata")
    );
    program.ok(&[
        "proposal",
        "add",
        "R-1",
        "W-3",
        "--skipped",
        "unreachable",
        "--as",
        ADA,
    ]);
    program.refused(&["proposal", "add", "R-1", "W-3", "--as", ADA]);
    program.wrong_usage(&[
        "proposal",
        "add",
        "R-1",
        "W-1",
        "--skipped",
        "whim",
        "--as",
        ADA,
    ]);
    program.wrong_usage(&[
        "proposal", "decline", "R-1", "W-3", "--via", "phone", "--on", &day, "--as", ADA,
    ]);
    program.refused(&[
        "proposal",
        "accept",
        "R-1",
        "W-3",
        "--via",
        "phone",
        "--on",
        "2099-01-01",
        "--as",
        ADA,
    ]);
    program.ok(&accept);
    assert!(program.refused(&accept).contains("non aspetta più"));
    program.ok(&[
        "sheet",
        "issue",
        "R-1",
        "W-3",
        "--as",
        ADA,
        "--out",
        "sheet.pdf",
    ]);
    program.ok(&["proposal", "add", "R-1", "W-2", "--as", ADA]);
    program.ok(&[
        "proposal", "decline", "R-1", "W-2", "--via", "desk", "--on", &day, "--reason", "hours",
        "--as", ADA,
    ]);
    let declined = program.refused(&[
        "sheet", "issue", "R-1", "W-2", "--as", ADA, "--out", "no.pdf",
    ]);
    assert!(declined.contains("ha detto no"), "{declined}");
}

#[test]
fn numbers_start_above_what_was_loaded_from_paper() {
    let program = house(Program::on_sqlite());
    let year = today().format("%Y");
    let paper = format!(
        "code,request,worker,sheet_number,issued_on\nI-000007,R-2,W-1,GR-{year}-0041,{year}-01-02\n,R-2,W-2,FO-{year}-0099,{year}-01-02\n"
    );
    let file = program.path().join("paper.csv");
    fs::write(&file, paper).unwrap();
    program.ok(&["import", "introductions", &file.display().to_string()]);
    let mut numbers = Vec::new();
    for worker in ["W-1", "W-2"] {
        numbers.push(program.ok(&[
            "sheet",
            "issue",
            "R-1",
            worker,
            "--as",
            ADA,
            "--out",
            "sheet.pdf",
        ]));
    }
    assert_eq!(
        numbers,
        [format!("GR-{year}-0042\n"), format!("GR-{year}-0043\n")]
    );
}

#[test]
fn usage_is_told_and_help_is_there() {
    let program = Program::on_sqlite();
    for verb in [
        "serve", "demo", "migrate", "import", "export", "match", "proposal", "sheet", "user",
        "desk", "partner", "doctor",
    ] {
        assert!(program.ok(&[verb, "--help"]).contains("Usage"), "{verb}");
    }
    program.wrong_usage(&["fly"]);
    program.wrong_usage(&["match"]);
    program.wrong_usage(&["match", "R-1", "--all", "--json"]);
    program.wrong_usage(&["match", "--all"]);
    program.wrong_usage(&["match", "R-1", "--today", "ieri"]);
    program.wrong_usage(&["export", "workers", "--year", "2025"]);
    program.refused(&["match", "R-9"]);
    assert!(!program.data().join("elsewhere").exists());
}

#[test]
fn the_doctor_says_what_is_well_and_what_is_not() {
    let program = Program::on_sqlite();
    let well = program.ok(&["doctor"]);
    assert!(!well.contains("WRONG"), "{well}");
    assert!(!program.data().exists(), "looking makes nothing");
    let ill = program.run(&[
        "doctor",
        "--database-url",
        "postgres://nobody:secret@127.0.0.1:9/dom",
    ]);
    assert_eq!(ill.code, Some(1));
    assert!(
        ill.out.contains("WRONG") && ill.out.contains("DOM_DATABASE_URL"),
        "{}",
        ill.out
    );
    assert!(!ill.out.contains("secret"), "secrets are masked");
    let mail = program.run(&[
        "doctor",
        "--smtp-url",
        "smtp://127.0.0.1:9",
        "--mail-from",
        "dom@prova.example",
    ]);
    assert_eq!(mail.code, Some(1));
    assert!(mail.out.contains("DOM_SMTP_URL"), "{}", mail.out);
}

#[test]
fn a_match_for_people_is_in_words() {
    let program = house(Program::on_sqlite());
    let said = program.ok(&["match", "R-1"]);
    assert!(said.contains("W-1") && said.contains("fascia 1"), "{said}");
    assert!(!said.contains('⟦'), "{said}");
    let limited: Value =
        serde_json::from_str(&program.ok(&["match", "R-1", "--json", "--limit", "1"])).unwrap();
    assert_eq!(limited["fits"].as_array().unwrap().len(), 1);
}
