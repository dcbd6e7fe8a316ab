//! A year's tables with what a reader may be told of each number: everything at
//! a desk, what can be published outside. A number that is withheld has no value
//! here, so that no page, chart or file made from it can show one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::list::{LEAST_COLUMN, Listed, SAME, TABLES};
use super::withhold::{Row, Shown, Table, decide, too_little};

/// The true numbers of a year.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    pub year: i32,
    pub desks: Vec<DeskTotal>,
    /// By the code of the table, its whole vocabulary in its order.
    pub tables: BTreeMap<String, Vec<TableRow>>,
}

/// A desk and its accesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskTotal {
    pub code: String,
    pub accesses: u64,
}

/// One code of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    pub code: String,
    /// What it belongs to where a table has sums between the rows and the total;
    /// equal groups stand together.
    pub group: String,
    /// One number for each desk of [`Numbers::desks`]; for a table of all desks
    /// together, one number.
    pub cells: Vec<u64>,
}

/// What is withheld: [`Rule::Enough`] everywhere but in the tests that show that
/// less would be found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    Enough,
    /// Only what is under the threshold.
    TooLittle,
}

/// See the module's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearTables {
    pub year: i32,
    pub columns: Vec<Column>,
    /// Of each column, then of all together.
    pub totals: Vec<u64>,
    pub tables: Vec<ToldTable>,
}

/// A desk, or several that are too small to be told apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub desks: Vec<String>,
}

/// What is published of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldTable {
    pub code: String,
    pub threshold: u64,
    pub rows: Vec<ToldRow>,
    /// The sums of the groups, where it has any.
    pub groups: Vec<ToldRow>,
}

/// A row: a value for each column, then for all together; a withheld one is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldRow {
    pub code: String,
    pub group: String,
    pub values: Vec<Option<u64>>,
}

impl ToldTable {
    /// The numbers that are told of a column (the last one: together), by code.
    pub fn told(&self, column: usize) -> impl Iterator<Item = (&str, u64)> {
        self.rows
            .iter()
            .filter_map(move |row| Some((row.code.as_str(), row.values.get(column).copied()??)))
    }

    /// A number; none where it is withheld or the row is not listed.
    pub fn one(&self, code: &str, column: usize) -> Option<u64> {
        let row = self.rows.iter().find(|row| row.code == code)?;
        row.values.get(column).copied()?
    }

    /// Whether anything of it is withheld in a column (the last one: together).
    pub fn withholds(&self, column: usize) -> bool {
        let mut rows = self.rows.iter().chain(&self.groups);
        rows.any(|row| row.values.get(column).is_some_and(Option::is_none))
    }
}

impl YearTables {
    /// What is published of a year; none where there are too few accesses for
    /// anything to be told. The same numbers give the same year.
    pub fn published(numbers: &Numbers, rule: Rule) -> Option<Self> {
        let total: u64 = numbers.desks.iter().map(|desk| desk.accesses).sum();
        if total < LEAST_COLUMN {
            return None;
        }
        let columns = columns(&numbers.desks);
        let sum = |cells: &[u64]| -> Vec<u64> {
            let of = |column: &Vec<usize>| column.iter().map(|desk| cells[*desk]).sum();
            columns.iter().map(of).collect()
        };
        let accesses: Vec<u64> = numbers.desks.iter().map(|desk| desk.accesses).collect();
        let mut totals = sum(&accesses);
        let drafts: Vec<Draft> = TABLES
            .iter()
            .filter_map(|listed| {
                let rows = numbers.tables.get(listed.code)?;
                Some(Draft::new(listed, rows, &totals, &sum))
            })
            .collect();
        let shown = settle(drafts, rule);
        totals.push(total);
        let names = |column: &Vec<usize>| Column {
            desks: column
                .iter()
                .map(|desk| numbers.desks[*desk].code.clone())
                .collect(),
        };
        Some(Self {
            year: numbers.year,
            columns: columns.iter().map(names).collect(),
            totals,
            tables: shown
                .iter()
                .map(|(draft, shown)| draft.published(shown))
                .collect(),
        })
    }

    /// Everything, for those who keep the log.
    pub fn whole(numbers: &Numbers) -> Self {
        let mut totals: Vec<u64> = numbers.desks.iter().map(|desk| desk.accesses).collect();
        let columns = numbers.desks.iter().map(|desk| Column {
            desks: vec![desk.code.clone()],
        });
        let drafts = TABLES.iter().filter_map(|listed| {
            let rows = numbers.tables.get(listed.code)?;
            Some(Draft::new(listed, rows, &totals, &<[u64]>::to_vec))
        });
        let tables = drafts.map(|draft| draft.published(&draft.all())).collect();
        let columns = columns.collect();
        totals.push(totals.iter().sum());
        Self {
            year: numbers.year,
            columns,
            totals,
            tables,
        }
    }

    /// The table of a code.
    pub fn table(&self, code: &str) -> Option<&ToldTable> {
        self.tables.iter().find(|table| table.code == code)
    }

    /// The column of a desk; none where it is not told apart.
    pub fn column(&self, desk: &str) -> Option<usize> {
        let alone = |column: &Column| column.desks.len() == 1 && column.desks[0] == desk;
        self.columns.iter().position(alone)
    }
}

/// The desks of each column, as places in the list: small ones are put together,
/// with the smallest of the others where they are too few still.
fn columns(desks: &[DeskTotal]) -> Vec<Vec<usize>> {
    let small = |desk: &DeskTotal| desk.accesses > 0 && desk.accesses < LEAST_COLUMN;
    let (mut few, alone): (Vec<usize>, Vec<usize>) =
        (0..desks.len()).partition(|desk| small(&desks[*desk]));
    let mut alone: Vec<usize> = alone;
    let mut by_size: Vec<usize> = alone
        .iter()
        .copied()
        .filter(|desk| desks[*desk].accesses > 0)
        .collect();
    by_size.sort_by_key(|desk| (desks[*desk].accesses, *desk));
    let mut larger = by_size.into_iter();
    while !few.is_empty()
        && few.iter().map(|desk| desks[*desk].accesses).sum::<u64>() < LEAST_COLUMN
    {
        let Some(next) = larger.next() else { break };
        alone.retain(|desk| *desk != next);
        few.push(next);
    }
    few.sort_unstable();
    let mut columns: Vec<Vec<usize>> = alone.into_iter().map(|desk| vec![desk]).collect();
    if !few.is_empty() {
        columns.push(few);
    }
    columns
}

/// A table on its way to be published.
struct Draft<'a> {
    listed: &'static Listed,
    rows: &'a [TableRow],
    groups: Vec<&'a str>,
    table: Table,
}

impl<'a> Draft<'a> {
    fn new(
        listed: &'static Listed,
        rows: &'a [TableRow],
        totals: &[u64],
        sum: &impl Fn(&[u64]) -> Vec<u64>,
    ) -> Self {
        let mut groups: Vec<&str> = Vec::new();
        for row in rows {
            if !groups.contains(&row.group.as_str()) {
                groups.push(&row.group);
            }
        }
        let place = |row: &TableRow| groups.iter().position(|group| *group == row.group);
        let table = Table {
            sums: listed.sums,
            threshold: listed.threshold,
            totals: listed.of_accesses.then(|| totals.to_vec()),
            rows: rows
                .iter()
                .map(|row| Row {
                    group: place(row).unwrap_or_default(),
                    cells: if listed.together_only {
                        row.cells.clone()
                    } else {
                        sum(&row.cells)
                    },
                    withheld: Vec::new(),
                })
                .collect(),
            groups: groups.len().max(1),
        };
        Self {
            listed,
            rows,
            groups,
            table,
        }
    }

    /// Nothing withheld.
    fn all(&self) -> Shown {
        let width = self.table.rows.first().map_or(0, |row| row.cells.len()) + 1;
        let groups = if self.table.groups > 1 {
            self.table.groups
        } else {
            0
        };
        Shown {
            rows: vec![vec![true; width]; self.table.rows.len()],
            groups: vec![vec![true; width]; groups],
        }
    }

    fn published(&self, shown: &Shown) -> ToldTable {
        let values = |cells: &[u64], shown: &[bool]| -> Vec<Option<u64>> {
            let together = cells.iter().sum();
            let mut values: Vec<Option<u64>> = cells
                .iter()
                .chain([&together])
                .zip(shown)
                .map(|(value, shown)| shown.then_some(*value))
                .collect();
            if self.listed.together_only {
                values.remove(0);
            }
            values
        };
        let rows = self.rows.iter().zip(&self.table.rows).zip(&shown.rows);
        let rows = rows.map(|((row, numbers), shown)| ToldRow {
            code: row.code.clone(),
            group: row.group.clone(),
            values: values(&numbers.cells, shown),
        });
        let told = |row: &ToldRow| {
            !self.listed.open || row.values.iter().any(|value| value.is_some_and(|n| n > 0))
        };
        let groups = self.groups.iter().zip(&shown.groups).enumerate();
        let groups = groups.map(|(place, (group, shown))| {
            let columns = self.table.rows.first().map_or(0, |row| row.cells.len());
            let of = |column: usize| -> u64 {
                let rows = self.table.rows.iter().filter(|row| row.group == place);
                rows.map(|row| row.cells[column]).sum()
            };
            let cells: Vec<u64> = (0..columns).map(of).collect();
            ToldRow {
                code: (*group).to_owned(),
                group: String::new(),
                values: values(&cells, shown),
            }
        });
        ToldTable {
            code: self.listed.code.to_owned(),
            threshold: self.listed.threshold,
            rows: rows.filter(told).collect(),
            groups: groups.collect(),
        }
    }
}

/// Decides each table, and again where a code that says the same as another's is
/// withheld there: until no table asks for more.
fn settle(mut drafts: Vec<Draft>, rule: Rule) -> Vec<(Draft, Shown)> {
    let decide = match rule {
        Rule::Enough => decide,
        Rule::TooLittle => too_little,
    };
    let mut shown: Vec<Shown> = drafts.iter().map(|draft| decide(&draft.table)).collect();
    loop {
        let mut again = Vec::new();
        for pair in SAME {
            for (one, other) in [(pair[0], pair[1]), (pair[1], pair[0])] {
                let Some(from) = place(&drafts, one) else {
                    continue;
                };
                let Some(to) = place(&drafts, other) else {
                    continue;
                };
                let hidden = &shown[from.0].rows[from.1];
                let hidden = hidden.iter().enumerate().filter(|(_, shown)| !**shown);
                for (column, _) in hidden {
                    let row = &mut drafts[to.0].table.rows[to.1];
                    let value = row.cells.get(column).copied();
                    let value = value.unwrap_or_else(|| row.cells.iter().sum());
                    if value > 0 && shown[to.0].rows[to.1][column] {
                        row.withheld.push(column);
                        again.push(to.0);
                    }
                }
            }
        }
        if again.is_empty() || rule == Rule::TooLittle {
            return drafts.into_iter().zip(shown).collect();
        }
        again.dedup();
        for table in again {
            shown[table] = decide(&drafts[table].table);
        }
    }
}

fn place(drafts: &[Draft], (table, code): (&str, &str)) -> Option<(usize, usize)> {
    let at = drafts.iter().position(|draft| draft.listed.code == table)?;
    let row = drafts[at].rows.iter().position(|row| row.code == code)?;
    Some((at, row))
}
