//! The report as files: a row for each number, with columns that stay. A withheld
//! number is an empty cell and says so; rates are in per mille, also where a page
//! shows counts alone.

use serde_json::{Value, json};

use super::Report;
use super::parts::Cell;
use crate::catalogue::{Language, Words};
use crate::domain::outcome::publish::withheld;
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

    /// The figures as the design has them; groups that are withheld say so, and
    /// where nothing can be told it is `null`.
    pub fn json(&self) -> Vec<u8> {
        let mut document = serde_json::to_value(&self.figures).expect("figures always serialise");
        if self.is_too_small() {
            document = Value::Null;
        } else if !self.whole {
            for (list, name) in [
                ("by_desk", "desk"),
                ("by_arrangement", "arrangement"),
                ("by_partner", "partner"),
            ] {
                if let Some(groups) = document[list].as_array_mut() {
                    hide(groups, name);
                }
            }
        }
        serde_json::to_vec(&document).expect("a document always serialises")
    }
}

fn hide(groups: &mut [Value], name: &str) {
    let size = |group: &Value| {
        group["requests"]
            .as_u64()
            .and_then(|n| u32::try_from(n).ok())
    };
    let sizes: Vec<u32> = groups.iter().map(|one| size(one).unwrap_or(0)).collect();
    for (group, hidden) in groups.iter_mut().zip(withheld(&sizes)) {
        if hidden {
            *group = json!({ name: group[name], "withheld": true });
        }
    }
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
