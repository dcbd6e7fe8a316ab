//! The yearly report once more, slowly, from the rows of the files: one pass for
//! each figure, by the words of the formats, with nothing of the product's.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// A row of a file by column.
pub type Row = BTreeMap<String, String>;

pub fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let cells = |record: csv::StringRecord| {
        let pairs = header.iter().zip(record.iter());
        pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
    };
    reader
        .records()
        .map(|record| cells(record.unwrap()))
        .collect()
}

fn how_many(rows: &[&Row], column: &str, value: &str) -> usize {
    rows.iter().filter(|row| row[column] == value).count()
}

/// Values and counts: most first, then by code.
fn ranked(rows: &[&Row], column: &str, without: &[&str]) -> Vec<(String, usize)> {
    let mut counts = BTreeMap::<String, usize>::new();
    for row in rows {
        if !row[column].is_empty() && !without.contains(&row[column].as_str()) {
            *counts.entry(row[column].clone()).or_default() += 1;
        }
    }
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    list
}

fn prevailing(rows: &[&Row], column: &str) -> Value {
    match ranked(rows, column, &["unknown"]).first() {
        Some((code, _)) => json!(code),
        None => Value::Null,
    }
}

fn five(rows: &[&Row], column: &str, without: &[&str]) -> Value {
    let list = ranked(rows, column, without);
    json!(list.into_iter().take(5).collect::<Vec<_>>())
}

fn cases(all: &[Row], desk: &str, year: i32) -> Value {
    let (first, last) = (format!("{year}-01-01"), format!("{year}-12-31"));
    let of_desk: Vec<&Row> = all.iter().filter(|row| row["desk"] == desk).collect();
    let case: Vec<&&Row> = of_desk.iter().filter(|row| row["kind"] == "case").collect();
    let in_year = |day: &str| day >= first.as_str() && day <= last.as_str();
    let open_on_first = |row: &&&&Row| {
        row["opened_on"] < first && (row["closed_on"].is_empty() || row["closed_on"] >= first)
    };
    let from_before = case.iter().filter(open_on_first).count();
    let opened = case.iter().filter(|row| in_year(&row["opened_on"])).count();
    let closed = case.iter().filter(|row| in_year(&row["closed_on"])).count();
    let quick = of_desk
        .iter()
        .filter(|row| row["kind"] == "quick" && in_year(&row["opened_on"]))
        .count();
    let total = from_before + opened;
    json!({"total": total, "from_before": from_before, "closed": closed,
           "carried_over": total - closed, "quick": quick})
}

fn desk(rows: &[&Row], all_cases: &[Row], desk: &str, year: i32) -> Value {
    let front_desk = how_many(rows, "channel", "front_desk");
    let telephone = how_many(rows, "channel", "telephone");
    let email = how_many(rows, "channel", "email");
    let month = |month: usize| {
        let begins = format!("{year}-{month:02}-");
        rows.iter()
            .filter(|row| row["date"].starts_with(&begins))
            .count()
    };
    json!({
        "desk": desk, "total": rows.len(), "front_desk": front_desk,
        "phone_email": telephone + email,
        "first_accesses": how_many(rows, "first_access", "yes"),
        "italian_accesses": how_many(rows, "citizenship", "IT"),
        "prevailing_age_band": prevailing(rows, "age_band"),
        "prevailing_sex": prevailing(rows, "sex"),
        "top_reasons": five(rows, "reason", &[]),
        "top_citizenships": five(rows, "citizenship", &["IT"]),
        "by_month": (1..=12).map(month).collect::<Vec<_>>(),
        "by_channel": {"front_desk": front_desk, "telephone": telephone, "email": email},
        "accompaniments": cases(all_cases, desk, year),
    })
}

/// What `dom report access --json` must say, but for the line on DOM.
pub fn report(
    accesses: &[Row],
    all_cases: &[Row],
    zones: &[Row],
    desks: &[&str],
    year: i32,
) -> Value {
    let begins = format!("{year}-");
    let of_year: Vec<&Row> = accesses
        .iter()
        .filter(|row| row["date"].starts_with(&begins) && desks.contains(&row["desk"].as_str()))
        .collect();
    let mut of_desks = Vec::new();
    for code in desks {
        let of_desk: Vec<&Row> = of_year
            .iter()
            .copied()
            .filter(|row| row["desk"] == *code)
            .collect();
        of_desks.push(desk(&of_desk, all_cases, code, year));
    }
    let mut comuni = Vec::new();
    let mut known = Vec::new();
    for zone in zones.iter().filter(|zone| !zone["istat_code"].is_empty()) {
        let code = &zone["istat_code"];
        known.push(code.clone());
        comuni.push((
            how_many(&of_year, "comune", code),
            code.clone(),
            zone["zone_id"].clone(),
        ));
    }
    let elsewhere = of_year
        .iter()
        .filter(|row| !row["comune"].is_empty() && !known.contains(&row["comune"]))
        .count();
    comuni.push((elsewhere, "other".to_owned(), "altri".to_owned()));
    comuni.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let by_comune: Vec<Value> = comuni
        .iter()
        .map(|(count, code, zone)| json!({"zone": zone, "comune": code, "accesses": count}))
        .collect();
    json!({
        "year": year, "desks": of_desks, "by_comune": by_comune,
        "by_comune_total": comuni.iter().map(|one| one.0).sum::<usize>(),
        "front_desk_total": how_many(&of_year, "channel", "front_desk"),
    })
}
