//! The yearly report against the second computation, over made-up logs, and the
//! counts kept beside the rows against the rows.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use dom::clock::SeededRandomness;
use dom::domain::access::figures::Counts;
use dom::domain::access::{EntryKey, RefHash};
use dom::storage::{self, Db};
use serde_json::{Value, json};

use super::{Log, second};
use crate::support::program::Program;

const ZONES: &str = include_str!("../../../data/zones.csv");

fn pick<'a>(seed: &SeededRandomness, from: &[&'a str]) -> &'a str {
    let place = seed.below(u64::try_from(from.len()).unwrap());
    from[usize::try_from(place).unwrap()]
}

fn day(seed: &SeededRandomness, days: u64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2022, 11, 1).unwrap();
    first + Days::new(seed.below(days))
}

/// A made-up log of about two and a half years.
fn accesses(seed: &SeededRandomness, rows: usize) -> String {
    let mut text = "date,desk,channel,first_access,sex,age_band,citizenship,comune,\
                    permit_type,referred_by,reason,activation,accompaniment,mediation\n"
        .to_owned();
    for _ in 0..rows {
        let cells = [
            day(seed, 900).to_string(),
            pick(seed, &["grosseto", "grosseto", "follonica"]).to_owned(),
            pick(seed, &["front_desk", "front_desk", "telephone", "email"]).to_owned(),
            pick(seed, &["yes", "no"]).to_owned(),
            pick(seed, &["", "f", "m", "unknown", "unknown"]).to_owned(),
            pick(seed, &["", "21_30", "31_40", "unknown"]).to_owned(),
            pick(seed, &["", "IT", "IT", "AL", "UA", "MA", "RO", "PE", "SN"]).to_owned(),
            pick(seed, &["", "053011", "053009", "049012", "048017", "other"]).to_owned(),
            pick(seed, &["", "eu_citizen"]).to_owned(),
            pick(seed, &["", "none", "school"]).to_owned(),
            pick(
                seed,
                &[
                    "housing",
                    "benefits",
                    "other",
                    "visa_invitation",
                    "housing",
                    "job_search",
                    "legal_info",
                ],
            )
            .to_owned(),
            pick(seed, &["", "information", "information|mediator"]).to_owned(),
            pick(seed, &["none", "quick", "opened"]).to_owned(),
            pick(seed, &["", "yes", "no"]).to_owned(),
        ];
        writeln!(text, "{}", cells.join(",")).unwrap();
    }
    text
}

fn cases(seed: &SeededRandomness, rows: usize) -> String {
    let mut text = "code,desk,kind,opened_on,closed_on\n".to_owned();
    for row in 0..rows {
        let opened = day(seed, 900);
        let closed = match seed.below(3) {
            0 => String::new(),
            _ => (opened + Days::new(seed.below(400))).to_string(),
        };
        let desk = pick(seed, &["grosseto", "follonica"]);
        let kind = pick(seed, &["case", "case", "quick"]);
        writeln!(text, "K-{row},{desk},{kind},{opened},{closed}").unwrap();
    }
    text
}

#[test]
fn the_report_is_what_the_rows_add_up_to() {
    let zones = second::rows(ZONES);
    for (seed, size) in [(1, 0), (2, 1), (3, 40), (4, 3_000)] {
        let random = SeededRandomness::new(seed);
        let (log_text, case_text) = (accesses(&random, size), cases(&random, size / 10));
        let (rows, case_rows) = (second::rows(&log_text), second::rows(&case_text));
        for program in Program::on_both() {
            let log = Log::over(program);
            log.load("accesses", &log_text);
            log.load("accompaniments", &case_text);
            for year in [2021, 2022, 2023, 2024, 2025] {
                for desks in [&["follonica", "grosseto"][..], &["grosseto"]] {
                    let more: &[&str] = if desks.len() == 1 {
                        &["--desk", "grosseto"]
                    } else {
                        &[]
                    };
                    let mut told = log.year(year, more);
                    let dom = told.as_object_mut().unwrap().remove("dom");
                    assert_eq!(
                        dom,
                        Some(json!({"workers_registered": 0, "families_with_sheets": 0}))
                    );
                    let expected = second::report(&rows, &case_rows, &zones, desks, year);
                    assert_eq!(told, expected, "seed {seed}, {year}, {desks:?}");
                }
            }
        }
    }
}

#[test]
fn the_line_on_dom_counts_workers_and_families_of_the_year() {
    for program in Program::on_both() {
        let log = Log::over(program);
        log.load("workers", "code,given_name,family_name,sex,contact_by,comune,max_km,arrangements,desk,registered_on\n\
            W-1,Zoe,Inventata,f,desk,053011,20,hourly,grosseto,2024-01-01\n\
            W-2,Ada,Inventata,f,desk,053011,20,hourly,follonica,2024-12-31\n\
            W-3,Pia,Inventata,f,desk,053011,20,hourly,grosseto,2025-01-01\n");
        log.load(
            "families",
            "code,given_name,family_name,contact_by,comune,desk\n\
            F-1,Elsa,Provolini,desk,053011,grosseto\nF-2,Anna,Provolini,desk,053009,follonica\n",
        );
        log.load(
            "requests",
            "code,family,comune,arrangement,schedule,start_date,opened_on\n\
            R-1,F-1,053011,hourly,Mon 08:00-09:00,2026-01-01,2024-01-01\n\
            R-2,F-1,053011,hourly,Mon 08:00-09:00,2026-01-01,2024-01-01\n\
            R-3,F-2,053009,hourly,Mon 08:00-09:00,2026-01-01,2024-01-01\n",
        );
        log.load("introductions", "code,request,worker,issued_on\n\
            I-1,R-1,W-1,2024-02-01\nI-2,R-2,W-2,2024-03-01\nI-3,R-3,W-1,2024-04-01\nI-4,R-3,W-2,2025-04-01\n");
        let line = |year, more: &[&str]| {
            let dom = log.year(year, more)["dom"].clone();
            [
                dom["workers_registered"].clone(),
                dom["families_with_sheets"].clone(),
            ]
        };
        assert_eq!(line(2024, &[]), [2, 2].map(Value::from));
        assert_eq!(line(2024, &["--desk", "grosseto"]), [1, 1].map(Value::from));
        assert_eq!(line(2025, &[]), [1, 1].map(Value::from));
        assert_eq!(line(2023, &[]), [0, 0].map(Value::from));
        let line = log
            .0
            .refused(&["report", "access", "--year", "2024", "--desk", "nowhere"]);
        assert!(line.contains("nowhere"), "{line}");
        log.0.wrong_usage(&["report", "access"]);
        log.0.wrong_usage(&["report", "access", "--year", "last"]);
    }
}

/// All rows counted, against the counts of every year.
async fn counts_equal_the_rows(db: &Db) {
    let rows = storage::accesses::after(db.read(), None, None, 100_000)
        .await
        .unwrap();
    for year in [2022, 2023, 2024, 2025] {
        let mut slow = Counts::default();
        for row in rows
            .iter()
            .filter(|row| row.date.format("%Y").to_string() == year.to_string())
        {
            slow.note(row);
        }
        let kept = storage::accesses::counts(db.read(), year, None)
            .await
            .unwrap();
        assert_eq!(kept, slow, "{year}");
    }
}

#[test]
fn whatever_is_added_changed_or_taken_out_the_counts_equal_the_rows() {
    for program in Program::on_both() {
        let log = Log::over(program);
        let random = SeededRandomness::new(9);
        log.load("accesses", &accesses(&random, 600));
        log.0.with_db(async |db| {
            counts_equal_the_rows(db).await;
            let mut rows = storage::accesses::after(db.read(), None, None, 100_000)
                .await
                .unwrap();
            let keyed: Vec<_> = rows
                .drain(..)
                .enumerate()
                .map(|(place, mut access)| {
                    let mut bytes = [7; 16];
                    bytes[0] = u8::try_from(place % 256).unwrap();
                    bytes[1] = u8::try_from(place / 256).unwrap();
                    access.reference = Some(RefHash::from_stored(format!("{place}")));
                    (EntryKey::new(bytes), access)
                })
                .collect();
            for chunk in keyed.chunks(100) {
                let write = db.write().await.unwrap();
                storage::accesses::insert_many(&*write, chunk)
                    .await
                    .unwrap();
                write.commit().await.unwrap();
            }
            counts_equal_the_rows(db).await;
            for chunk in keyed[50..550].chunks(77) {
                let keys: Vec<_> = chunk.iter().map(|(key, _)| key.clone()).collect();
                let write = db.write().await.unwrap();
                let gone = storage::accesses::remove_many(&*write, &keys)
                    .await
                    .unwrap();
                assert_eq!(gone.len(), chunk.len());
                write.commit().await.unwrap();
            }
            counts_equal_the_rows(db).await;
            // One that is rolled back leaves nothing.
            let write = db.write().await.unwrap();
            let keys = [keyed[0].0.clone()];
            storage::accesses::remove_many(&*write, &keys)
                .await
                .unwrap();
            drop(write);
            counts_equal_the_rows(db).await;
        });
    }
}
