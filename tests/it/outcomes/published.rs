//! What those see who only read: of random histories, no number of few in any
//! form of the report but those of its one sentence, and the same in every form.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader as _, Xlsx, open_workbook_from_rs};
use chrono::NaiveDate;
use dom::domain::outcome::{Exposure, Figures, Ledger, Period, Steps};
use dom::services::outcome_report::Report;
use serde_json::Value;

use super::random::{histories, tally, world};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn figures(seed: u64, most: usize) -> Figures {
    let world = world(seed, most);
    let period = Period {
        from: day("2026-01-01"),
        to: day("2026-12-31"),
        today: day(["2027-01-10", "2027-03-01", "2028-01-01"][usize::try_from(seed % 3).unwrap()]),
    };
    let mut ledger = Ledger::new(period);
    for history in histories(&world) {
        ledger.add(&history);
    }
    ledger.figures(tally(&world, period.from, period.to))
}

fn report(figures: Figures, whole: bool) -> Report {
    Report {
        figures,
        whole,
        rules: (None, 3),
        waves_from: None,
        desks: Vec::new(),
        partners: Vec::new(),
    }
}

/// Value, unit and whether it is withheld, by table, row and column.
type Numbers = BTreeMap<[String; 3], [String; 3]>;

fn numbers(report: &Report) -> Numbers {
    let bytes = report.csv().unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let rows = reader.deserialize::<BTreeMap<String, String>>();
    rows.map(Result::unwrap)
        .map(|row| {
            // A cell that could pass for a formula bears a mark: days before the opening.
            let cell = |column: &str| row[column].trim_start_matches('\'').to_owned();
            let of = |columns: [&str; 3]| columns.map(cell);
            (
                of(["table", "code", "figure"]),
                of(["value", "unit", "withheld"]),
            )
        })
        .collect()
}

/// Every number of a document with its place; of a list of pairs the first names
/// the place.
fn leaves(value: &Value, place: &str, out: &mut BTreeMap<String, i64>) {
    match value {
        Value::Number(number) => {
            out.insert(place.to_owned(), number.as_i64().unwrap());
        }
        Value::Array(list) => {
            for (at, one) in list.iter().enumerate() {
                let named = ["desk", "arrangement", "partner"]
                    .iter()
                    .find_map(|name| one.get(name))
                    .or_else(|| one.get(0));
                let name = named.and_then(Value::as_str);
                let name = name.map_or_else(|| at.to_string(), str::to_owned);
                leaves(one, &format!("{place}/{name}"), out);
            }
        }
        Value::Object(map) => {
            for (name, one) in map {
                leaves(one, &format!("{place}/{name}"), out);
            }
        }
        _ => {}
    }
}

fn json(report: &Report) -> (Value, BTreeMap<String, i64>) {
    let document: Value = serde_json::from_slice(&report.json()).unwrap();
    let mut found = BTreeMap::new();
    leaves(&document, "", &mut found);
    (document, found)
}

/// What the sentence tells, and what it is made of; cells are no people.
const OF_THE_SENTENCE: [[&str; 2]; 6] = [
    ["placement", "lower"],
    ["placement", "upper"],
    ["placement", "need_met_lower"],
    ["placement", "need_met_upper"],
    ["placement", "borrowed_cells"],
    ["states", "filled"],
];

#[test]
fn of_random_histories_nothing_of_few_is_told_in_any_form() {
    let (mut told, mut withheld) = (0, 0);
    for seed in 0..400 {
        let figures = figures(seed, 8 + usize::try_from(seed % 60).unwrap());
        if figures.requests < 5 {
            let few = report(figures, false);
            assert!(few.is_too_small());
            assert!(numbers(&few).is_empty());
            assert_eq!(few.json(), b"null");
            continue;
        }
        let operator = report(figures.clone(), true);
        let printed = serde_json::to_vec(&figures).unwrap();
        assert_eq!(operator.json(), printed, "{seed}: what the command prints");
        let whole = numbers(&operator);
        let reader = report(figures, false);
        let published = numbers(&reader);
        assert_eq!(published.len(), whole.len(), "{seed}: rows stay");
        for (key, [value, unit, is_withheld]) in &published {
            if is_withheld == "yes" {
                assert_eq!(value, "", "{seed}: {key:?}");
                withheld += 1;
                continue;
            }
            told += 1;
            assert_eq!(value, &whole[key][0], "{seed}: {key:?}");
            let [table, row, _] = key.each_ref().map(String::as_str);
            let filled = ["states", "filled", "number"].map(str::to_owned);
            // As many as became a job tell nothing that the sentence does not.
            let is_of_sentence = OF_THE_SENTENCE.contains(&[table, row])
                || (table == "funnel" && value == &whole[&filled][0]);
            // A rate beside a number that is withheld would tell it.
            if unit == "per_mille" && !is_of_sentence && !table.starts_with("by_") {
                let beside = published.iter().filter(|(other, _)| other[..2] == key[..2]);
                let mut numbers = beside.filter(|(_, [_, unit, _])| unit != "per_mille");
                let all_told = numbers.all(|(_, [.., withheld])| withheld == "no");
                assert!(all_told, "{seed}: {key:?}");
            }
            if unit == "count" && !is_of_sentence {
                let number: u64 = value.parse().unwrap();
                assert!(number == 0 || number > 2, "{seed}: {key:?} {number}");
            }
        }
        same_in_workbook(&reader, &published);
        same_in_json(seed, &reader, &published);
    }
    assert!(told > 2_000 && withheld > 2_000, "{told} {withheld}");
}

fn same_in_workbook(reader: &Report, published: &Numbers) {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(reader.xlsx().unwrap())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    for row in sheet.rows().skip(1) {
        let key = [3, 4, 6].map(|column: usize| row[column].to_string());
        assert_eq!(row[7].to_string(), published[&key][0], "{key:?}");
        assert_eq!(row[9].to_string(), published[&key][2], "{key:?}");
    }
}

/// Where the numbers of the tables stand in the JSON.
fn place_of([table, row, column]: [&str; 3]) -> Option<String> {
    let of_row = |prefix: &str| Some(format!("/{prefix}/{row}"));
    match (table, column) {
        ("states", _) => of_row("requests_by_state"),
        ("requests", _) if ["died", "residential_care", "moved", "duplicate"].contains(&row) => {
            of_row("excluded")
        }
        ("requests", _) if !["looked", "nobody"].contains(&row) => Some(format!("/{row}")),
        ("placement", "rate") => Some(match row {
            "wilson_low" => "/placement/wilson/0".to_owned(),
            "wilson_high" => "/placement/wilson/1".to_owned(),
            _ => format!("/placement/{row}"),
        }),
        ("time", _) if row == "to_hire" => Some(format!("/days_to_hire/{column}")),
        ("time", _) => Some(format!("/days_to_first_sheet/{column}")),
        ("retention", "hires") => (row == "after_90").then(|| "/retention/n".to_owned()),
        ("retention", _) => {
            let (_, days) = row.split_once('_').unwrap();
            Some(format!("/retention/{days}/{column}"))
        }
        ("regular", "rate") => Some("/regular/lower".to_owned()),
        ("regular", _) => Some(match row {
            "hired" => "/regular/hired".to_owned(),
            "notified" => "/regular/yes".to_owned(),
            _ => format!("/regular/tally/{}", row.strip_prefix("tally_").unwrap()),
        }),
        ("answered", _) if row == "introductions" => Some("/introductions".to_owned()),
        ("answered", _) => Some(format!(
            "/answered/{}",
            row.strip_prefix("answered_").unwrap()
        )),
        ("response", "rr1" | "rr2") if !row.contains('-') => {
            Some(format!("/response/{row}/{column}"))
        }
        ("agreement", _) => Some(match row.strip_prefix("fit_") {
            Some(fit) => format!("/fit/{fit}"),
            None => format!("/agreement/{row}"),
        }),
        ("reasons", "number") => Some(format!("/reasons/{row}/1")),
        ("by_desk" | "by_arrangement" | "by_partner", "requests") => {
            Some(format!("/{table}/{row}/requests"))
        }
        (
            "by_desk" | "by_arrangement" | "by_partner",
            "lower" | "upper" | "observed" | "weighted",
        ) => Some(format!("/{table}/{row}/placement/{column}")),
        _ => None,
    }
}

/// The JSON tells what the tables tell and nothing else.
fn same_in_json(seed: u64, reader: &Report, published: &Numbers) {
    let (document, mut found) = json(reader);
    for (key, [value, _, is_withheld]) in published {
        let Some(place) = place_of(key.each_ref().map(String::as_str)) else {
            continue;
        };
        let in_json = found.remove(&place).map(|number| number.to_string());
        if is_withheld == "yes" {
            assert_eq!(in_json, None, "{seed}: {place}: {document}");
        } else {
            assert_eq!(&in_json.unwrap_or_default(), value, "{seed}: {place}");
        }
    }
    found.retain(|place, _| !place.ends_with("/borrowed_cells"));
    assert!(
        found.is_empty(),
        "{seed}: told by the JSON alone: {found:?}"
    );
}

#[test]
fn shares_are_rounded_half_up() {
    let mut figures = figures(0, 8);
    figures.requests = 3;
    figures.beside.steps = Steps {
        talked: 2,
        ..Steps::default()
    };
    figures.beside.exposure = Some(Exposure::of(vec![1, 2, 0]));
    let numbers = numbers(&report(figures, true));
    for key in [
        ["funnel", "talked", "share"],
        ["exposure", "introduced_once", "rate"],
    ] {
        let of_thousand = ["667", "per_mille"];
        assert_eq!(
            numbers[&key.map(str::to_owned)][..2],
            of_thousand,
            "{key:?}"
        );
    }
}
