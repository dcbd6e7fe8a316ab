//! The pictures beside the tables: of all desks together (or of the one asked
//! for), from the told numbers.

use super::labels;
use super::view::{Number, Reading};
use crate::catalogue::Words;
use crate::domain::publishing::{NOT_STATED, ToldTable};
use crate::drawing::{Bar, CLASSES, MapWords, Picture, bars, map, months};

/// The longest list that is drawn.
const MOST_BARS: usize = 10;

pub(super) fn of(reading: &Reading, table: &ToldTable) -> Vec<Picture> {
    match table.code.as_str() {
        "month" => vec![by_month(reading, table)],
        "channel" | "reason" | "citizenship" | "age_band" | "sex" => vec![by_bars(reading, table)],
        "comune" => vec![shaded(reading, table)],
        _ => Vec::new(),
    }
}

fn told(number: Number) -> Option<u64> {
    match number {
        Number::Told(value) => Some(value),
        Number::Withheld | Number::Absent => None,
    }
}

fn title(words: Words, table: &str, year: &str) -> String {
    let name = words.code("report-table", table);
    words.with("report-picture-title", &[("table", &name), ("year", &year)])
}

/// The largest and the smallest of what is drawn, in a sentence.
fn summary(words: Words, bars: &[(String, Option<u64>)]) -> String {
    let known = || {
        bars.iter()
            .filter_map(|(label, value)| Some((label, (*value)?)))
    };
    let Some((most, high)) = known().reduce(|a, b| if b.1 > a.1 { b } else { a }) else {
        return words.get("report-picture-nothing").into_owned();
    };
    let (least, low) = known()
        .reduce(|a, b| if b.1 < a.1 { b } else { a })
        .unwrap_or((most, high));
    words.with(
        "report-picture-summary",
        &[
            ("most", most),
            ("high", &high),
            ("least", least),
            ("low", &low),
        ],
    )
}

fn by_month(reading: &Reading, table: &ToldTable) -> Picture {
    let words = reading.words;
    let last = reading.now.columns.len();
    let now: Vec<Option<u64>> = table.rows.iter().map(|row| row.values[last]).collect();
    let before = |code: &str| told(reading.before("month", code, false, last));
    let before: Vec<Option<u64>> = table.rows.iter().map(|row| before(&row.code)).collect();
    let short = |code: &str| words.code("month-short", code).into_owned();
    let names: Vec<String> = table.rows.iter().map(|row| short(&row.code)).collect();
    let label = |code: &str| words.code("month", code).into_owned();
    let said: Vec<_> = table
        .rows
        .iter()
        .map(|row| label(&row.code))
        .zip(now.iter().copied())
        .collect();
    let [year, before_it] = reading.report.years_in(words);
    months(
        "months",
        (&title(words, "month", &year), &summary(words, &said)),
        &names,
        (&now, &before),
        (&year, &before_it),
        |number| words.number(number),
    )
}

fn by_bars(reading: &Reading, table: &ToldTable) -> Picture {
    let words = reading.words;
    let last = reading.now.columns.len();
    let rows = Reading::in_order(table).into_iter();
    let rows = rows.filter(|row| row.code != NOT_STATED).take(MOST_BARS);
    let drawn: Vec<Bar> = rows
        .map(|row| Bar {
            label: labels::row(words, &reading.report.vocabulary, &table.code, &row.code),
            now: row.values[last],
            before: told(reading.before(&table.code, &row.code, false, last)),
        })
        .collect();
    let said: Vec<_> = drawn
        .iter()
        .map(|bar| (bar.label.clone(), bar.now))
        .collect();
    let [year, before_it] = reading.report.years_in(words);
    bars(
        &format!("bars-{}", table.code),
        (&title(words, &table.code, &year), &summary(words, &said)),
        &drawn,
        (&year, &before_it),
        |number| words.number(number),
        &words.get("report-withheld"),
    )
}

fn shaded(reading: &Reading, table: &ToldTable) -> Picture {
    let words = reading.words;
    let last = reading.now.columns.len();
    let numbers = table
        .rows
        .iter()
        .map(|row| (row.code.clone(), row.values[last]))
        .collect();
    let comuni = table
        .rows
        .iter()
        .filter(|row| row.code.starts_with(|c: char| c.is_ascii_digit()));
    let label = |code: &str| labels::row(words, &reading.report.vocabulary, "comune", code);
    let said: Vec<_> = comuni
        .map(|row| (label(&row.code), row.values[last]))
        .collect();
    let least = CLASSES.iter().map(|(least, _)| *least);
    let classes = least.clone().zip(least.skip(1).map(Some).chain([None]));
    let class = |(from, next): (u64, Option<u64>)| match next {
        Some(next) if next - 1 == from => words.number(from),
        Some(next) => format!("{}–{}", words.number(from), words.number(next - 1)),
        None => words.with("report-class-more", &[("from", &from)]),
    };
    let spoken = MapWords {
        title: title(words, "comune", &reading.report.years_in(words)[0]),
        summary: summary(words, &said),
        classes: classes.map(class).collect(),
        withheld: words.get("report-withheld-long").into_owned(),
    };
    map("map", &spoken, &numbers, |number| words.number(number))
}
