//! Accesses and accompaniments as files: what is read, what is refused, and which
//! rows are there already.

use super::{Log, counts};
use crate::support::program::Program;

const HEADER: &str = "ref,date,desk,channel,first_access,sex,age_band,citizenship,comune,permit_type,referred_by,reason,activation,accompaniment,mediation";

fn file(rows: &[&str]) -> String {
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

#[test]
fn labels_and_italian_dates_are_read_and_codes_go_out() {
    for program in Program::on_both() {
        let log = Log::over(program);
        let rows = [
            "x-1,05/03/2024,grosseto,Sportello (accesso diretto),sì,Femmina,31/40,UA,Grosseto,,Accesso spontaneo,Permesso di soggiorno,orientation|information|orientation,opened,no",
            ",2024-03-04,follonica,email,no,,,,other,eu_citizen,,HOUSING,,,",
        ];
        assert_eq!(log.load("accesses", &file(&rows)), [2, 2, 0, 0]);
        let expected = file(&[
            ",2024-03-04,follonica,email,no,,,,other,eu_citizen,,housing,,none,",
            ",2024-03-05,grosseto,front_desk,yes,f,31_40,UA,053011,,none,residence_permit,information|orientation,opened,no",
        ]);
        assert_eq!(log.export("accesses", &[]).replace("\r\n", "\n"), expected);
        assert_eq!(log.load("accesses", &expected), [2, 0, 0, 2]);
        let other_year = log.export("accesses", &["--year", "2023"]);
        assert_eq!(other_year.lines().count(), 1);
    }
}

#[test]
fn equal_rows_count_and_a_second_reading_adds_only_the_surplus() {
    for program in Program::on_both() {
        let log = Log::over(program);
        let row = ",2024-03-04,grosseto,telephone,no,,,,,,,housing,,,";
        assert_eq!(log.load("accesses", &file(&[row, row])), [2, 2, 0, 0]);
        assert_eq!(log.load("accesses", &file(&[row, row])), [2, 0, 0, 2]);
        assert_eq!(log.load("accesses", &file(&[row, row, row])), [3, 1, 0, 2]);
        // Columns in another order, and those absent that were empty.
        let short =
            "reason,first_access,channel,desk,date\nhousing,no,telephone,grosseto,2024-03-04\n";
        assert_eq!(log.load("accesses", short), [1, 0, 0, 1]);
        assert_eq!(log.year(2024, &[])["desks"][1]["total"], 3);
    }
}

#[test]
fn a_reference_names_its_row_and_is_kept_as_a_hash_alone() {
    for program in Program::on_both() {
        let log = Log::over(program);
        let before = "old-7,2024-03-04,grosseto,telephone,no,f,,,,,,housing,,quick,";
        let after = "old-7,2024-04-01,follonica,telephone,no,,,,,,,benefits,,,";
        assert_eq!(log.load("accesses", &file(&[before])), [1, 1, 0, 0]);
        assert_eq!(log.load("accesses", &file(&[before])), [1, 0, 0, 1]);
        assert_eq!(log.load("accesses", &file(&[after])), [1, 0, 1, 0]);
        let out = log.export("accesses", &[]);
        assert!(!out.contains("old-7"));
        // An empty cell clears, but keeps where the column has a default.
        let now = ",2024-04-01,follonica,telephone,no,,,,,,,benefits,,quick,";
        assert!(out.contains(now), "{out}");
        let report = log.year(2024, &[]);
        assert_eq!(report["desks"][0]["total"], 1);
        assert_eq!(report["desks"][1]["total"], 0);
        // Without their references the same rows are found all the same.
        assert_eq!(log.load("accesses", &file(&[now])), [1, 0, 0, 1]);
        let twice = log.report("accesses", &file(&[before, before]), &[]);
        assert_eq!(twice["rejected"][0]["column"], "ref");
        assert_eq!(twice["rejected"][0]["row"], 3);
    }
}

#[test]
fn what_cannot_be_is_rejected_with_its_column_and_nothing_is_written() {
    let log = Log::over(Program::on_sqlite());
    for (row, column) in [
        (",2024-02-30,grosseto,email,no,,,,,,,housing,,,", "date"),
        (",2124-01-01,grosseto,email,no,,,,,,,housing,,,", "date"),
        (",2099-01-01,grosseto,email,no,,,,,,,housing,,,", "date"),
        (",2001-12-31,grosseto,email,no,,,,,,,housing,,,", "date"),
        (
            ",2024-01-01 10:00,grosseto,email,no,,,,,,,housing,,,",
            "date",
        ),
        (",2024-01-01,lucca,email,no,,,,,,,housing,,,", "desk"),
        (",2024-01-01,grosseto,fax,no,,,,,,,housing,,,", "channel"),
        (
            ",2024-01-01,grosseto,email,,,,,,,,housing,,,",
            "first_access",
        ),
        (",2024-01-01,grosseto,email,no,w,,,,,,housing,,,", "sex"),
        (
            ",2024-01-01,grosseto,email,no,,35,,,,,housing,,,",
            "age_band",
        ),
        (
            ",2024-01-01,grosseto,email,no,,,Ucraina,,,,housing,,,",
            "citizenship",
        ),
        (
            ",2024-01-01,grosseto,email,no,,,,Groseto,,,housing,,,",
            "comune",
        ),
        (
            ",2024-01-01,grosseto,email,no,,,,,tourist,,housing,,,",
            "permit_type",
        ),
        (",2024-01-01,grosseto,email,no,,,,,,,,,,", "reason"),
        (
            ",2024-01-01,grosseto,email,no,,,,,,,housing,singing,,",
            "activation",
        ),
        (
            ",2024-01-01,grosseto,email,no,,,,,,,housing,,long,",
            "accompaniment",
        ),
        (
            ",2024-01-01,grosseto,email,no,,,,,,,housing,,,maybe",
            "mediation",
        ),
    ] {
        let good = ",2024-01-01,grosseto,email,no,,,,,,,housing,,,";
        let report = log.report("accesses", &file(&[good, row]), &[]);
        assert_eq!(counts(&report), [2, 0, 0, 0], "{row}");
        let rejected = report["rejected"].as_array().unwrap();
        assert_eq!(rejected.len(), 1, "{report}");
        assert_eq!(rejected[0]["column"], column, "{row}");
        assert_eq!(rejected[0]["row"], 3);
    }
    assert_eq!(log.export("accesses", &[]).lines().count(), 1);
}

#[test]
fn a_comune_that_is_gone_is_told_by_what_became_of_it() {
    let log = Log::over(Program::on_sqlite());
    // Lirio ended in 2026 and is still in the table; Ionadi has another name.
    let row =
        |date: &str, comune: &str| format!(",{date},grosseto,email,no,,,,{comune},,,housing,,,");
    assert_eq!(
        log.load("accesses", &file(&[&row("2024-01-01", "Lirio")])),
        [1, 1, 0, 0]
    );
    let report = log.report("accesses", &file(&[&row("2024-01-01", "Ionadi")]), &[]);
    let why = report["rejected"][0]["why"].as_str().unwrap();
    assert!(why.contains("Jonadi"), "{why}");
}

#[test]
fn a_column_that_would_identify_is_refused_by_name_and_nothing_is_read() {
    let log = Log::over(Program::on_sqlite());
    for column in [
        "name",
        "Nome",
        "cognome",
        "telefono",
        "codice_fiscale",
        "e-mail",
        "data di nascita",
        "indirizzo",
        "note",
        "n. documento",
        "religione",
    ] {
        for kind in ["accesses", "accompaniments"] {
            let line = log.refused(
                kind,
                &format!("date,desk,{column}\n2024-01-01,grosseto,x\n"),
            );
            assert!(line.contains(column), "{line}");
            assert!(line.contains("non è ammessa"), "{line}");
        }
    }
    let line = log.refused("accesses", "date,dsk\n2024-01-01,grosseto\n");
    assert!(line.contains("desk"), "{line}");
}

#[test]
fn cases_are_read_changed_and_counted() {
    for program in Program::on_both() {
        let log = Log::over(program);
        let header = "code,desk,kind,opened_on,closed_on";
        let rows = [
            "A-000001,grosseto,case,2022-05-01,2024-02-01",
            "A-000002,grosseto,case,2023-05-01,",
            "A-000003,grosseto,case,2024-05-01,2024-06-01",
            "A-000004,grosseto,case,2024-12-31,2025-01-01",
            "A-000005,grosseto,case,2022-05-01,2023-12-31",
            "A-000006,grosseto,case,2025-01-01,",
            "x/1,grosseto,quick,2024-02-02,2024-02-02",
            "x/2,follonica,quick,2023-02-02,",
        ];
        let text = format!("{header}\n{}\n", rows.join("\n"));
        assert_eq!(log.load("accompaniments", &text), [8, 8, 0, 0]);
        assert_eq!(log.load("accompaniments", &text), [8, 0, 0, 8]);
        assert_eq!(
            log.export("accompaniments", &[]).replace("\r\n", "\n"),
            text
        );
        let expected = serde_json::json!(
            {"total": 4, "from_before": 2, "closed": 2, "carried_over": 2, "quick": 1}
        );
        assert_eq!(log.year(2024, &[])["desks"][1]["accompaniments"], expected);
        let closed = format!("{header}\nA-000002,,,,2024-07-01\n");
        let report = log.report("accompaniments", &closed, &[]);
        assert_eq!(
            counts(&report),
            [1, 0, 0, 0],
            "an empty desk is no desk: {report}"
        );
        let closed = "code,closed_on\nA-000002,2024-07-01\n";
        assert_eq!(log.load("accompaniments", closed), [1, 0, 1, 0]);
        assert_eq!(
            log.year(2024, &[])["desks"][1]["accompaniments"]["closed"],
            3
        );
        let turned = format!("{header}\ny,grosseto,case,2024-02-02,2024-02-01\n");
        let report = log.report("accompaniments", &turned, &[]);
        assert_eq!(report["rejected"][0]["column"], "closed_on");
        let opened = log.export("accompaniments", &["--year", "2024"]);
        assert_eq!(opened.lines().count(), 4);
    }
}
