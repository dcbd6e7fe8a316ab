//! The report as files: the same told numbers as the page, a row for each number,
//! with columns that stay. A withheld number is an empty cell and says so.

use serde::Serialize;

use super::{Report, labels};
use crate::catalogue::{Language, Words};
use crate::domain::publishing::{ToldRow, ToldTable, YearTables};
use crate::services::ServiceError;
use crate::tabular::{self, Figure};

/// The columns, for good: new ones come after.
pub const COLUMNS: [&str; 8] = [
    "year", "desk", "table", "group", "code", "label", "accesses", "withheld",
];

/// What stands in `desk` for all desks together.
pub const TOGETHER: &str = "all";

/// A year's numbers as rows of [`COLUMNS`].
pub fn rows(year: &YearTables, report: &Report) -> Vec<Vec<String>> {
    let words = Words::new(Language::It);
    let mut rows = Vec::new();
    let desk = |at: usize| -> String {
        let column = year.columns.get(at);
        column.map_or_else(|| TOGETHER.to_owned(), |column| column.desks.join("+"))
    };
    let total = words.get("report-total").into_owned();
    for (at, value) in year.totals.iter().enumerate() {
        rows.push(row(
            year.year,
            &desk(at),
            ["total", "", "total", &total],
            Some(*value),
        ));
    }
    let mut add = |table: &ToldTable, kind: &str, found: &ToldRow, label: &str| {
        let together_only = found.values.len() == 1;
        for (at, value) in found.values.iter().enumerate() {
            let desk = if together_only {
                TOGETHER.to_owned()
            } else {
                desk(at)
            };
            let names = [kind, &found.group, &found.code, label];
            let names = [
                if kind.is_empty() {
                    table.code.as_str()
                } else {
                    kind
                },
                names[1],
                names[2],
                names[3],
            ];
            rows.push(row(year.year, &desk, names, *value));
        }
    };
    for table in &year.tables {
        for found in &table.groups {
            add(table, "zone", found, &labels::group(words, &found.code));
        }
        for found in &table.rows {
            let label = labels::row(words, &report.vocabulary, &table.code, &found.code);
            add(table, "", found, &label);
        }
    }
    rows
}

fn row(
    year: i32,
    desk: &str,
    [table, group, code, label]: [&str; 4],
    value: Option<u64>,
) -> Vec<String> {
    let withheld = if value.is_some() { "no" } else { "yes" };
    vec![
        year.to_string(),
        desk.to_owned(),
        table.to_owned(),
        group.to_owned(),
        code.to_owned(),
        label.to_owned(),
        value.map(|value| value.to_string()).unwrap_or_default(),
        withheld.to_owned(),
    ]
}

/// Both years as JSON.
#[derive(Serialize)]
struct Document<'a> {
    year: i32,
    /// Whether nothing is withheld.
    whole: bool,
    this_year: &'a Option<YearTables>,
    year_before: &'a Option<YearTables>,
}

impl Report {
    fn all_rows(&self) -> Vec<Vec<String>> {
        let years = self.before.iter().chain(&self.now);
        years.flat_map(|year| rows(year, self)).collect()
    }

    /// The year before, then the year, as CSV.
    pub fn csv(&self) -> Result<Vec<u8>, ServiceError> {
        tabular::write_csv(&COLUMNS, self.all_rows(), Vec::new()).map_err(|error| broken(&error))
    }

    /// The year alone, as CSV.
    pub fn year_csv(&self) -> Result<Vec<u8>, ServiceError> {
        let rows = self.now.iter().flat_map(|year| rows(year, self));
        tabular::write_csv(&COLUMNS, rows, Vec::new()).map_err(|error| broken(&error))
    }

    /// The year alone, as JSON; `null` where nothing can be told.
    pub fn year_json(&self) -> Vec<u8> {
        serde_json::to_vec(&self.now).expect("texts and numbers always serialise")
    }

    /// The same rows in a workbook, numbers as numbers.
    pub fn xlsx(&self) -> Result<Vec<u8>, ServiceError> {
        let figure = |(column, cell): (usize, String)| {
            let is_number = ["year", "accesses"].contains(&COLUMNS[column]);
            match cell.parse() {
                Ok(number) if is_number => Figure::Number(number),
                _ if cell.is_empty() => Figure::Nothing,
                _ => Figure::Text(cell),
            }
        };
        let rows: Vec<Vec<Figure>> = self
            .all_rows()
            .into_iter()
            .map(|row| row.into_iter().enumerate().map(figure).collect())
            .collect();
        tabular::write_figures(&COLUMNS, &rows, Vec::new()).map_err(|error| broken(&error))
    }

    /// Both years as one JSON document.
    pub fn json(&self) -> Vec<u8> {
        let document = Document {
            year: self.year,
            whole: self.whole,
            this_year: &self.now,
            year_before: &self.before,
        };
        serde_json::to_vec(&document).expect("texts and numbers always serialise")
    }
}

fn broken(error: &tabular::WriteError) -> ServiceError {
    ServiceError::Broken(error.to_string())
}
