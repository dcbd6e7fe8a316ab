//! What changed in a year after it was closed. Whoever keeps the log sees every
//! change; outsiders only a whole new publication in which no number, and no rest
//! of a column, moved by less than its threshold: a change of one would be
//! somebody.

use super::withhold::Sums;
use super::year::{ToldRow, ToldTable, YearTables};

/// One number that is no longer what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Empty for the totals.
    pub table: String,
    pub code: String,
    /// The place among the columns; the last one is all together.
    pub column: usize,
    pub was: Option<u64>,
    pub is: Option<u64>,
}

impl Change {
    fn is_less_than(&self, threshold: u64) -> bool {
        match (self.was, self.is) {
            (Some(was), Some(is)) => was.abs_diff(is) < threshold,
            _ => true,
        }
    }
}

/// Every number that differs; none where the columns are other ones.
pub fn changes(before: &YearTables, now: &YearTables) -> Option<Vec<Change>> {
    if before.columns != now.columns {
        return None;
    }
    let mut found = Vec::new();
    for (column, (was, is)) in before.totals.iter().zip(&now.totals).enumerate() {
        note(&mut found, ("", ""), column, (Some(*was), Some(*is)));
    }
    for table in &now.tables {
        let old = before.table(&table.code);
        for row in codes(old, Some(table)) {
            let width = if table
                .rows
                .iter()
                .chain(&table.groups)
                .any(|row| row.values.len() > 1)
            {
                now.totals.len()
            } else {
                1
            };
            for column in 0..width {
                let of = |table: Option<&ToldTable>| {
                    let row = table?
                        .rows
                        .iter()
                        .chain(&table?.groups)
                        .find(|found| found.code == row)?;
                    row.values.get(column).copied()?
                };
                note(
                    &mut found,
                    (&table.code, &row),
                    column,
                    (of(old), of(Some(table))),
                );
            }
        }
    }
    Some(found)
}

/// Whether a correction may be published: the same numbers are told, and each that
/// changed, like what is left of each column, changed by its threshold or more.
pub fn can_be_told(before: &YearTables, now: &YearTables, least_total: u64) -> bool {
    let Some(changes) = changes(before, now) else {
        return false;
    };
    let threshold = |code: &str| now.table(code).map_or(least_total, |table| table.threshold);
    let small = changes
        .iter()
        .any(|change| change.is_less_than(threshold(&change.table)));
    !small
        && now.tables.iter().all(|table| {
            let Some(old) = before.table(&table.code) else {
                return false;
            };
            same_rows(old, table) && rests_move_enough(before, old, now, table)
        })
}

fn same_rows(old: &ToldTable, new: &ToldTable) -> bool {
    let shape = |rows: &[ToldRow]| -> Vec<(String, Vec<bool>)> {
        let told = |row: &ToldRow| row.values.iter().map(Option::is_some).collect();
        rows.iter()
            .map(|row| (row.code.clone(), told(row)))
            .collect()
    };
    shape(&old.rows) == shape(&new.rows) && shape(&old.groups) == shape(&new.groups)
}

/// What the told numbers leave of each sum: its change is worked out easily.
fn rests_move_enough(
    before: &YearTables,
    old: &ToldTable,
    now: &YearTables,
    new: &ToldTable,
) -> bool {
    let (was, is) = (rests(before, old), rests(now, new));
    let enough = |(was, is): (&i128, &i128)| {
        let change = (is - was).unsigned_abs();
        change == 0 || change >= u128::from(new.threshold)
    };
    was.len() == is.len() && was.iter().zip(&is).all(enough)
}

/// Of each column, of each group in each column, of each row.
fn rests(year: &YearTables, table: &ToldTable) -> Vec<i128> {
    let told = |rows: &mut dyn Iterator<Item = &ToldRow>, column: usize| -> i128 {
        let values = rows.filter_map(|row| row.values.get(column).copied()?);
        values.map(i128::from).sum()
    };
    let mut rests = Vec::new();
    let adds_up = super::table(&table.code).is_some_and(|listed| listed.sums == Sums::Whole);
    if adds_up {
        for (column, total) in year.totals.iter().enumerate() {
            rests.push(i128::from(*total) - told(&mut table.rows.iter(), column));
        }
    }
    for group in &table.groups {
        for (column, sum) in group.values.iter().enumerate() {
            let mut members = table.rows.iter().filter(|row| row.group == group.code);
            let sum = sum.map_or(0, i128::from);
            rests.push(sum - told(&mut members, column));
        }
    }
    for row in table.rows.iter().chain(&table.groups) {
        let [desks @ .., together] = &row.values[..] else {
            continue;
        };
        let desks: i128 = desks.iter().flatten().copied().map(i128::from).sum();
        rests.push(together.map_or(0, i128::from) - desks);
    }
    rests
}

fn codes(old: Option<&ToldTable>, new: Option<&ToldTable>) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for table in [old, new].into_iter().flatten() {
        for row in table.rows.iter().chain(&table.groups) {
            if !codes.contains(&row.code) {
                codes.push(row.code.clone());
            }
        }
    }
    codes
}

fn note(
    found: &mut Vec<Change>,
    (table, code): (&str, &str),
    column: usize,
    (was, is): (Option<u64>, Option<u64>),
) {
    if was != is {
        found.push(Change {
            table: table.to_owned(),
            code: code.to_owned(),
            column,
            was,
            is,
        });
    }
}
