//! The report as files: a row for each number, with columns that stay. A withheld
//! number is an empty cell and says so; rates are in per mille, also where a page
//! shows counts alone.

use serde_json::{Value, json};

use super::Report;
use super::parts::{Cell, Part};
use super::withholding::IN_JSON;
use crate::catalogue::{Language, Words};
use crate::services::ServiceError;
use crate::tabular::{self, Figure};

/// The columns, for good: new ones come after.
pub const COLUMNS: [&str; 10] = [
    "from", "to", "today", "table", "code", "label", "figure", "value", "unit", "withheld",
];

const VALUE: usize = 7;

impl Report {
    fn rows(&self) -> Vec<Vec<String>> {
        if self.is_too_small() {
            return Vec::new();
        }
        let words = Words::new(Language::It);
        let figures = &self.figures;
        let days = [figures.from, figures.to, figures.today].map(|day| day.to_string());
        let mut rows = Vec::new();
        for part in self.parts() {
            for row in &part.rows {
                let label = self.label(words, &part, row);
                for (column, cell) in part.columns.iter().zip(&row.cells) {
                    let Some((value, unit)) = written(*cell) else {
                        continue;
                    };
                    let is_withheld = if *cell == Cell::Withheld { "yes" } else { "no" };
                    let named = [
                        part.code,
                        &row.code,
                        &label,
                        column,
                        &value,
                        unit,
                        is_withheld,
                    ];
                    let cells = days.iter().map(String::as_str).chain(named);
                    rows.push(cells.map(str::to_owned).collect());
                }
            }
        }
        rows
    }

    /// As CSV.
    pub fn csv(&self) -> Result<Vec<u8>, ServiceError> {
        tabular::write_csv(&COLUMNS, self.rows(), Vec::new()).map_err(|error| broken(&error))
    }

    /// The same rows in a workbook, numbers as numbers.
    pub fn xlsx(&self) -> Result<Vec<u8>, ServiceError> {
        let figure = |(column, cell): (usize, String)| match cell.parse() {
            Ok(number) if column == VALUE => Figure::Signed(number),
            _ if cell.is_empty() => Figure::Nothing,
            _ => Figure::Text(cell),
        };
        let rows: Vec<Vec<Figure>> = self
            .rows()
            .into_iter()
            .map(|row| row.into_iter().enumerate().map(figure).collect())
            .collect();
        tabular::write_figures(&COLUMNS, &rows, Vec::new()).map_err(|error| broken(&error))
    }

    /// The figures as the design has them; in the place of what is withheld stands
    /// `{"withheld":true}`, and where nothing can be told it is `null`.
    pub fn json(&self) -> Vec<u8> {
        if self.whole {
            // To the letter what the command prints, in the order of the design.
            return serde_json::to_vec(&self.figures).expect("figures always serialise");
        }
        let mut document = serde_json::to_value(&self.figures).expect("figures always serialise");
        if self.is_too_small() {
            document = Value::Null;
        } else {
            cross_out(&mut document, &self.parts());
        }
        serde_json::to_vec(&document).expect("a document always serialises")
    }
}

/// Crosses out of the document what is withheld in the tables.
fn cross_out(document: &mut Value, parts: &[Part]) {
    let is_withheld = |table: &str, row: &str, column: &str| {
        let part = parts.iter().find(|part| part.code == table);
        part.is_some_and(|part| part.cell(row, column) == Some(Cell::Withheld))
    };
    for (place, table, numbers) in IN_JSON {
        for (name, row, column) in numbers {
            if !is_withheld(table, row, column) {
                continue;
            }
            if let Some(number) = document.pointer_mut(&format!("{place}/{name}")) {
                *number = withheld();
            }
        }
    }
    for reason in document["reasons"].as_array_mut().into_iter().flatten() {
        if is_withheld("reasons", reason[0].as_str().unwrap_or_default(), "number") {
            reason[1] = withheld();
        }
    }
    for (list, name) in [
        ("by_desk", "desk"),
        ("by_arrangement", "arrangement"),
        ("by_partner", "partner"),
    ] {
        for group in document[list].as_array_mut().into_iter().flatten() {
            let code = group[name].as_str().unwrap_or_default().to_owned();
            if is_withheld(list, &code, "requests") {
                *group = json!({ name: code, "withheld": true });
            } else if is_withheld(list, &code, "lower") {
                group["placement"] = withheld();
            } else {
                let rates = group["placement"].as_object_mut().into_iter().flatten();
                // What the tables tell of a group, and nothing that they don't.
                for (rate, number) in rates {
                    let is_column = GROUP_RATES.contains(&rate.as_str());
                    if !is_column || is_withheld(list, &code, rate) {
                        *number = withheld();
                    }
                }
            }
        }
    }
}

/// The rates that a table of groups has.
const GROUP_RATES: [&str; 4] = ["lower", "upper", "observed", "weighted"];

fn withheld() -> Value {
    json!({ "withheld": true })
}

fn written(cell: Cell) -> Option<(String, &'static str)> {
    let text = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    match cell {
        Cell::Count(number) => Some((number.to_string(), "count")),
        Cell::Rate(rate, _) => Some((text(rate.map(i64::from)), "per_mille")),
        Cell::Days(days) => Some((text(days), "days")),
        Cell::Kappa(kappa, _) => Some((text(kappa), "per_mille")),
        Cell::Withheld => Some((String::new(), "")),
        Cell::Nothing => None,
    }
}

fn broken(error: &tabular::WriteError) -> ServiceError {
    ServiceError::Broken(error.to_string())
}
