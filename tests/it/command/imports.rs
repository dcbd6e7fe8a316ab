//! `dom import` and `dom export` as the desks use them: what each bad cell and
//! file gets, that nothing is half-written, and that what goes out comes back.

use std::fs;

use serde_json::Value;

use crate::support::program::{Program, Ran};

const WORKER: &str =
    "code,given_name,family_name,sex,birth_date,phone,comune,max_km,arrangements,availability,desk";

/// A good row of [`WORKER`], with some cells changed.
fn worker_row(changes: &[(&str, &str)]) -> String {
    let good = [
        ("code", "W-1"),
        ("given_name", "Anna"),
        ("family_name", "Prova"),
        ("sex", "f"),
        ("birth_date", "1980-05-01"),
        ("phone", "0564 28246"),
        ("comune", "Grosseto"),
        ("max_km", "20"),
        ("arrangements", "hourly"),
        ("availability", "Mon-Fri 08:00-13:00"),
        ("desk", "grosseto"),
    ];
    let cell = |(column, cell): &(&str, &str)| {
        let changed = changes.iter().find(|(name, _)| name == column);
        let text = changed.map_or(*cell, |(_, cell)| *cell);
        format!("\"{}\"", text.replace('"', "\"\""))
    };
    good.iter().map(cell).collect::<Vec<_>>().join(",")
}

struct Desk(Program);

impl Desk {
    fn new() -> Self {
        Self(Program::on_sqlite())
    }

    fn file(&self, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.path().join("file");
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    fn import(&self, kind: &str, bytes: impl AsRef<[u8]>, more: &[&str]) -> Ran {
        let file = self.file(bytes);
        let mut args = vec!["import", kind, &file];
        args.extend(more);
        self.0.run(&args)
    }

    /// The report of an import that may have rejected rows.
    fn report(&self, kind: &str, text: &str, more: &[&str]) -> Value {
        let mut args = vec!["--json"];
        args.extend(more);
        let ran = self.import(kind, text, &args);
        let report: Value = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"));
        let rejected = report["rejected"].as_array().unwrap().len();
        assert_eq!(ran.code, Some(i32::from(rejected > 0)), "{ran:?}");
        report
    }

    fn export(&self, kind: &str) -> String {
        self.0.ok(&["export", kind])
    }

    /// How many records there are.
    fn count(&self, kind: &str) -> usize {
        self.export(kind).lines().count() - 1
    }
}

fn counts(report: &Value) -> [u64; 4] {
    ["read", "added", "updated", "unchanged"].map(|name| report[name].as_u64().unwrap())
}

#[test]
fn each_bad_cell_is_named_with_row_column_value_and_reason() {
    let desk = Desk::new();
    let cases: [(&str, &str, &str); 25] = [
        ("availability", "Mon 08:15-09:00", "mezz’ora"),
        ("availability", "Mon 08:00-08:00", "stessa ora"),
        ("availability", "Mer-Foo 08:00-09:00", "non è un giorno"),
        ("availability", "sempre", "non ha la forma"),
        ("birth_date", "1980-02-30", "non esiste"),
        ("birth_date", "2080-02-01", "futuro"),
        ("birth_date", "ieri", "2026-11-23"),
        ("comune", "Groseto", "Forse Grosseto"),
        ("comune", "Castro", "provincia"),
        ("comune", "090047", "Olbia (113017)"),
        ("comune", "Ionadi", "Jonadi"),
        ("arrangements", "daily", "hourly"),
        ("sex", "donna", "f, m, x"),
        ("max_km", "venti", "numero intero"),
        ("max_km", "", "chilometri"),
        ("phone", "non ce l'ha", "telefono"),
        ("given_name", "Олена", "lettere latine"),
        ("given_name", "فاطمة", "lettere latine"),
        ("given_name", "", "obbligatoria"),
        ("family_name", "123", "almeno una lettera"),
        ("family_name", &"x".repeat(121), "120"),
        ("desk", "siena", "elenco"),
        ("code", "W 1", "codice"),
        ("sex", "", "obbligatoria"),
        ("given_name", "An\nna", "controllo"),
    ];
    for (column, value, reason) in cases {
        let text = format!("{WORKER}\n{}\n", worker_row(&[(column, value)]));
        let report = desk.report("workers", &text, &[]);
        let rejected = report["rejected"].as_array().unwrap();
        let found = rejected.iter().find(|one| one["column"] == column);
        let found = found.unwrap_or_else(|| panic!("{column} {value}: {report}"));
        assert_eq!(found["row"], 2, "{column} {value}");
        assert_eq!(
            found["value"].as_str().unwrap().trim(),
            value.trim(),
            "{column}"
        );
        let why = found["why"].as_str().unwrap();
        assert!(why.contains(reason), "{column} {value}: {why}");
        assert_eq!(counts(&report), [1, 0, 0, 0]);
        assert_eq!(desk.count("workers"), 0, "{column} {value} wrote something");
    }
}

#[test]
fn cells_of_further_columns_are_named_too() {
    let desk = Desk::new();
    let cases: [(&str, &str, &str); 12] = [
        ("email", "anna.example.org", "e-mail"),
        ("min_pay_hour", "-8", "negativo"),
        ("min_pay_hour", "999999999", "virgola"),
        ("min_pay_month", "1.200,00", "migliaia"),
        ("skills", "flying", "flying"),
        ("qualifications", "doctor", "doctor"),
        ("languages", "it:Z9", "Z9"),
        ("languages", "italiano", "it:B1"),
        ("permit_type", "residence", "permit_types"),
        ("accreditation", "maybe", "pending"),
        ("pause_reason", "bored", "pause"),
        ("contact_by", "fax", "phone"),
    ];
    for (column, value, reason) in cases {
        let text = format!("{WORKER},{column}\n{},\"{value}\"\n", worker_row(&[]));
        let report = desk.report("workers", &text, &[]);
        let rejected = &report["rejected"][0];
        assert_eq!(rejected["column"], column, "{report}");
        let why = rejected["why"].as_str().unwrap();
        assert!(why.contains(reason), "{column} {value}: {why}");
    }
    assert_eq!(desk.count("workers"), 0);
}

#[test]
fn names_as_people_bear_them_come_back_letter_by_letter() {
    let desk = Desk::new();
    let names = [
        "O",
        "D'Amico",
        "<script>alert(1)</script>",
        "=cmd()",
        "@SUM(A1)",
        "Müller-Lüdenscheidt",
        "-Anna",
        "+Anna",
        &"x".repeat(100),
    ];
    let rows: Vec<String> = (1..)
        .zip(names)
        .map(|(n, name)| worker_row(&[("code", &format!("W-{n}")), ("family_name", name)]))
        .collect();
    let report = desk.report("workers", &format!("{WORKER}\n{}\n", rows.join("\n")), &[]);
    assert_eq!(counts(&report), [9, 9, 0, 0], "{report}");
    let out = desk.export("workers");
    assert!(out.contains("'=cmd()"), "a formula is guarded");
    let mut read = csv::Reader::from_reader(out.as_bytes());
    let back: Vec<String> = read
        .records()
        .map(|row| dom::tabular::unguard(row.unwrap().get(2).unwrap()))
        .collect();
    assert_eq!(back, names);
    let again = desk.report("workers", &out, &[]);
    assert_eq!(counts(&again), [9, 0, 0, 9]);
}

#[test]
fn a_bad_row_stops_everything_unless_the_good_ones_are_kept() {
    let desk = Desk::new();
    let text = format!(
        "{WORKER}\n{}\n{}\n{}\n",
        worker_row(&[]),
        worker_row(&[("code", "W-2"), ("comune", "Groseto")]),
        worker_row(&[("code", "W-3")]),
    );
    let report = desk.report("workers", &text, &[]);
    assert_eq!(report["rejected"][0]["row"], 3);
    assert_eq!(desk.count("workers"), 0);
    let report = desk.report("workers", &text, &["--keep-good", "--dry-run"]);
    assert_eq!(counts(&report)[1], 2);
    assert_eq!(desk.count("workers"), 0, "a dry run writes nothing");
    let report = desk.report("workers", &text, &["--keep-good"]);
    assert_eq!(counts(&report), [3, 2, 0, 0]);
    assert_eq!(desk.count("workers"), 2);
}

#[test]
fn a_code_twice_in_a_file_is_rejected_with_the_first_row_named() {
    let desk = Desk::new();
    let text = format!(
        "{WORKER}\n{}\n{}\n",
        worker_row(&[]),
        worker_row(&[("given_name", "Bea")])
    );
    let report = desk.report("workers", &text, &[]);
    assert_eq!(report["rejected"][0]["row"], 3);
    assert_eq!(report["rejected"][0]["column"], "code");
    assert!(
        report["rejected"][0]["why"]
            .as_str()
            .unwrap()
            .contains("riga 2")
    );
}

#[test]
fn an_absent_column_keeps_and_an_empty_cell_clears_unless_it_has_a_default() {
    let desk = Desk::new();
    let first = format!(
        "{WORKER},email,status,registered_on\n{},a@example.org,placed,2020-01-01\n",
        worker_row(&[])
    );
    desk.report("workers", &first, &[]);
    // No e-mail column; the status and the day have defaults and stay as they are.
    let second = format!(
        "{WORKER},status,registered_on\n{},,\n",
        worker_row(&[("given_name", "Bea")])
    );
    let report = desk.report("workers", &second, &[]);
    assert_eq!(counts(&report), [1, 0, 1, 0]);
    let out = desk.export("workers");
    assert!(
        out.contains("Bea")
            && out.contains("a@example.org")
            && out.contains("placed")
            && out.contains("2020-01-01"),
        "{out}"
    );
    let third = format!(
        "{WORKER},email\n{},\n",
        worker_row(&[("given_name", "Bea")])
    );
    desk.report("workers", &third, &[]);
    assert!(
        !desk.export("workers").contains("a@example.org"),
        "an empty cell clears"
    );
}

#[test]
fn rows_without_code_count_as_a_multiset() {
    let desk = Desk::new();
    let row = worker_row(&[("code", "")]);
    let text = format!("{WORKER}\n{row}\n{row}\n");
    assert_eq!(counts(&desk.report("workers", &text, &[])), [2, 2, 0, 0]);
    assert_eq!(counts(&desk.report("workers", &text, &[])), [2, 0, 0, 2]);
    let more = format!("{text}{row}\n");
    assert_eq!(counts(&desk.report("workers", &more, &[])), [3, 1, 0, 2]);
    let out = desk.export("workers");
    for code in ["W-000001", "W-000002", "W-000003"] {
        assert!(out.contains(code), "{code} was made");
    }
}

#[test]
fn columns_that_do_not_exist_or_smell_are_refused_by_name() {
    let desk = Desk::new();
    let unknown = desk
        .import("workers", format!("{WORKER},shoe_size\n"), &[])
        .one_line("an unknown column");
    assert!(unknown.contains("shoe_size"), "{unknown}");
    let near = desk
        .import("workers", "cod,given_name\n", &[])
        .one_line("a typing mistake");
    assert!(near.contains("cod") && near.contains("code"), "{near}");
    let requests = "code,family,comune,arrangement,schedule,start_date";
    for smelling in [
        "nationality",
        "Nazionalità",
        "religione",
        "età",
        "stato civile",
        "figli",
        "sesso",
    ] {
        let line = desk
            .import("requests", format!("{requests},{smelling}\n"), &[])
            .one_line(smelling);
        assert!(
            line.contains(smelling) && line.contains("non è ammessa"),
            "{line}"
        );
    }
}

fn family() -> &'static str {
    "code,given_name,family_name,comune,desk\nF-1,Elsa,Provolini,Grosseto,grosseto\n"
}

#[test]
fn a_request_must_name_a_family_a_slot_and_a_ground() {
    let desk = Desk::new();
    desk.report("families", family(), &[]);
    let header = "code,family,comune,arrangement,schedule,start_date,end_date,covers,worker_sex,worker_sex_ground";
    let cases = [
        (
            "R-1,F-9,Grosseto,hourly,Mon 08:00-09:00,2026-12-01,,,,",
            "family",
            "F-9",
        ),
        (
            "R-1,F-1,Grosseto,hourly,-,2026-12-01,,,,",
            "schedule",
            "mezz’ora",
        ),
        (
            "R-1,F-1,Grosseto,night,,2026-12-01,,,,",
            "schedule",
            "obbligatoria",
        ),
        (
            "R-1,F-1,Grosseto,hourly,Mon 08:00-09:00,2026-12-01,,,f,",
            "worker_sex",
            "motivo",
        ),
        (
            "R-1,F-1,Grosseto,hourly,Mon 08:00-09:00,2026-12-01,,,,personal_hygiene",
            "worker_sex_ground",
            "motivo",
        ),
        (
            "R-1,F-1,Grosseto,hourly,Mon 08:00-09:00,2026-12-01,2026-11-01,,,",
            "end_date",
            "prima",
        ),
        (
            "R-1,F-1,Grosseto,hourly,Mon 08:00-09:00,2026-12-01,,R-7,,",
            "covers",
            "R-7",
        ),
    ];
    for (row, column, reason) in cases {
        let report = desk.report("requests", &format!("{header}\n{row}\n"), &[]);
        assert_eq!(report["rejected"][0]["column"], column, "{row}: {report}");
        let why = report["rejected"][0]["why"].as_str().unwrap();
        assert!(why.contains(reason), "{row}: {why}");
    }
    assert_eq!(desk.count("requests"), 0);
    // A request may cover one that stands further down.
    let both = format!(
        "{header}\nR-1,F-1,Grosseto,hourly,Sun 08:00-12:00,2026-12-01,,R-2,,\nR-2,F-1,Grosseto,live_in,,2026-12-01,,,,\n"
    );
    assert_eq!(counts(&desk.report("requests", &both, &[])), [2, 2, 0, 0]);
    // A sex that a file brings with its ground waits for nobody's second word.
    let asked = format!(
        "{header}\nR-3,F-1,Grosseto,hourly,Sun 08:00-12:00,2026-12-01,,,f,personal_hygiene\n"
    );
    assert_eq!(counts(&desk.report("requests", &asked, &[])), [1, 1, 0, 0]);
    let answer: Value = serde_json::from_str(&desk.0.ok(&["match", "R-3", "--json"])).unwrap();
    assert_eq!(answer["request"], "R-3");
}

#[test]
fn history_is_taken_as_it_stands() {
    let desk = Desk::new();
    desk.report("families", family(), &[]);
    desk.report(
        "workers",
        &format!("{WORKER},status\n{},paused\n", worker_row(&[])),
        &[],
    );
    desk.report("requests", "code,family,comune,arrangement,schedule,start_date,opened_on\nR-1,F-1,Grosseto,hourly,Mon 08:00-09:00,2026-12-01,2026-11-01\n", &[]);
    let introductions = "code,request,worker,sheet_number,issued_on\nI-1,R-1,W-1,XX-1999-0007,2020-01-01\nI-2,R-1,W-1,12/bis,2020-01-02\n";
    assert_eq!(
        counts(&desk.report("introductions", introductions, &[])),
        [2, 2, 0, 0]
    );
    let missing = desk.report(
        "introductions",
        "code,request,worker,issued_on\nI-3,R-1,W-9,2020-01-01\n",
        &[],
    );
    assert_eq!(missing["rejected"][0]["column"], "worker");
}

#[test]
fn files_that_are_none_are_refused_in_one_line() {
    let desk = Desk::new();
    let latin_1 = [WORKER.as_bytes(), b"\nW-1,Niccol\xf2,Prova\n"].concat();
    let cases: [(&[u8], &str); 4] = [
        (&latin_1, "UTF-8"),
        (b"", "vuoto"),
        (b"%PDF-1.7 and so on", "non è una tabella"),
        (&[0xFF, 0xFE, b'a', 0], "UTF-16"),
    ];
    for (bytes, reason) in cases {
        let line = desk.import("workers", bytes, &[]).one_line(reason);
        assert!(line.contains(reason), "{line}");
    }
    let line = desk.0.refused(&["import", "workers", "no-such-file.csv"]);
    assert!(line.contains("non c’è"), "{line}");
    desk.0.wrong_usage(&["import", "pets", "file.csv"]);
    // As long as a country's export: it is read, up to a row without an end.
    let long = desk.file(format!("{WORKER}\n"));
    let file = fs::OpenOptions::new().write(true).open(&long).unwrap();
    file.set_len(100 << 20).unwrap();
    let line = desk.0.refused(&["import", "workers", &long]);
    assert!(line.contains("La riga 2 è troppo lunga"), "{line}");
    let ragged = format!("{WORKER}\n{},too,many\n", worker_row(&[]));
    let report = desk.report("workers", &ragged, &[]);
    assert!(
        report["rejected"][0]["why"]
            .as_str()
            .unwrap()
            .contains("13"),
        "{report}"
    );
    let bom = format!(
        "\u{FEFF}{}\n{}\n",
        WORKER.replace(',', ";"),
        worker_row(&[]).replace(',', ";")
    );
    assert_eq!(
        counts(&desk.report("workers", &bom, &[])),
        [1, 1, 0, 0],
        "a mark and semicolons are fine"
    );
}

#[test]
fn what_goes_out_comes_back_the_same_in_both_formats() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/examples/match-crowded");
    let first = Desk::new();
    for kind in ["workers", "families", "requests", "introductions"] {
        first
            .0
            .ok(&["import", kind, &format!("{example}/{kind}.csv")]);
    }
    for format in ["csv", "xlsx"] {
        let second = Desk::new();
        for kind in ["workers", "families", "requests", "introductions"] {
            let file = second.0.path().join(kind).display().to_string();
            first
                .0
                .ok(&["export", kind, "--format", format, "--out", &file]);
            second.0.ok(&["import", kind, &file]);
            assert_eq!(second.export(kind), first.export(kind), "{kind} {format}");
        }
    }
}

#[test]
fn twenty_thousand_workers_are_loaded_in_one_go() {
    let desk = Desk::new();
    let rows: Vec<String> = (1..=20_000)
        .map(|n| worker_row(&[("code", &format!("W-{n:06}")), ("phone", "")]) + ",desk")
        .collect();
    let text = format!("{WORKER},contact_by\n{}\n", rows.join("\n"));
    assert_eq!(
        counts(&desk.report("workers", &text, &[])),
        [20_000, 20_000, 0, 0]
    );
    assert_eq!(desk.count("workers"), 20_000);
}
