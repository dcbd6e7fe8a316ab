//! What an outsider can work out: every published number of a table becomes an
//! equation over the unknown ones, and a linear solver finds how small and how
//! large each withheld number may be. Written from the published rows alone; it
//! shares no line with the product's own reasoning.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};

/// A published table, as an outsider copies it down.
#[derive(Debug, Clone, Default)]
pub struct Copied {
    /// Whether each access stands in exactly one row.
    pub adds_up: bool,
    /// The published totals, a column each and all together; none where there are
    /// none for this table.
    pub totals: Option<Vec<u64>>,
    pub rows: Vec<CopiedRow>,
    /// Published sums of groups, by the group.
    pub groups: BTreeMap<String, Vec<Option<u64>>>,
    /// Rows of the vocabulary that the table does not list.
    pub unlisted: usize,
}

#[derive(Debug, Clone)]
pub struct CopiedRow {
    pub code: String,
    pub group: String,
    /// A column each, then together.
    pub values: Vec<Option<u64>>,
}

/// How small and how large a number that is not published may be.
#[derive(Debug, Clone)]
pub struct Doubt {
    /// None: any of the rows that are not listed.
    pub code: Option<String>,
    pub column: usize,
    pub least: f64,
    pub most: f64,
}

impl Doubt {
    pub fn width(&self) -> f64 {
        self.most - self.least
    }
}

/// A sum of variables.
type Sum = Vec<(usize, usize)>;

impl Copied {
    fn columns(&self) -> usize {
        self.rows.first().map_or_else(
            || self.totals.as_ref().map_or(0, |totals| totals.len() - 1),
            |row| row.values.len() - 1,
        )
    }

    /// Every number that is not published, with what is possible for it.
    pub fn doubts(&self) -> Vec<Doubt> {
        let columns = self.columns();
        let mut rows = self.rows.clone();
        for _ in 0..self.unlisted {
            rows.push(CopiedRow {
                code: String::new(),
                group: String::new(),
                values: vec![None; columns + 1],
            });
        }
        let mut asked: Vec<(Option<String>, usize, Sum)> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            // the rows that are not listed are all alike
            if at > self.rows.len() {
                break;
            }
            let listed = at < self.rows.len();
            for column in 0..=columns {
                if row.values[column].is_none() {
                    let code = listed.then(|| row.code.clone());
                    asked.push((code, column, sum_of(at..=at, column, columns)));
                }
            }
        }
        for (group, values) in &self.groups {
            for (column, value) in values.iter().enumerate() {
                if value.is_none() {
                    let members = members(&rows, group);
                    let sum = members
                        .iter()
                        .flat_map(|at| sum_of(*at..=*at, column, columns));
                    asked.push((Some(format!("group {group}")), column, sum.collect()));
                }
            }
        }
        asked
            .into_iter()
            .map(|(code, column, sum)| Doubt {
                least: self.extreme(&rows, &sum, OptimizationDirection::Minimize),
                most: self.extreme(&rows, &sum, OptimizationDirection::Maximize),
                code,
                column,
            })
            .collect()
    }

    fn extreme(&self, rows: &[CopiedRow], sum: &Sum, direction: OptimizationDirection) -> f64 {
        let columns = self.columns();
        let mut problem = Problem::new(direction);
        let mut cells: Vec<Vec<Variable>> = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let variables = (0..columns).map(|column| {
                let weight = if sum.contains(&(at, column)) {
                    1.0
                } else {
                    0.0
                };
                let most = match &self.totals {
                    Some(totals) => number(totals[column]),
                    None => 1e6,
                };
                let bounds = match row.values[column] {
                    Some(value) => (number(value), number(value)),
                    None => (0.0, most),
                };
                problem.add_var(weight, bounds)
            });
            cells.push(variables.collect());
        }
        let mut equal = |terms: Vec<Variable>, value: u64| {
            let terms: Vec<(Variable, f64)> = terms.into_iter().map(|term| (term, 1.0)).collect();
            problem.add_constraint(terms, ComparisonOp::Eq, number(value));
        };
        for (at, row) in rows.iter().enumerate() {
            if let Some(value) = row.values[columns] {
                equal(cells[at].clone(), value);
            }
        }
        for (group, values) in &self.groups {
            let members = members(rows, group);
            for (column, value) in values.iter().enumerate() {
                let Some(value) = value else { continue };
                let of = |at: &usize| -> Vec<Variable> {
                    if column == columns {
                        cells[*at].clone()
                    } else {
                        vec![cells[*at][column]]
                    }
                };
                equal(members.iter().flat_map(of).collect(), *value);
            }
        }
        if let (true, Some(totals)) = (self.adds_up, &self.totals) {
            for column in 0..columns {
                equal(
                    cells.iter().map(|row| row[column]).collect(),
                    totals[column],
                );
            }
        }
        match problem.solve().expect("the truth is a solution") {
            SolveOutcome::Solution(solution) => solution.objective(),
            SolveOutcome::Interrupted(_) => panic!("nothing limits the solver"),
        }
    }
}

fn members(rows: &[CopiedRow], group: &str) -> Vec<usize> {
    let of = |(_, row): &(usize, &CopiedRow)| row.group == group;
    rows.iter()
        .enumerate()
        .filter(of)
        .map(|(at, _)| at)
        .collect()
}

fn sum_of(rows: std::ops::RangeInclusive<usize>, column: usize, columns: usize) -> Sum {
    rows.flat_map(|row| {
        let of_row = if column == columns {
            0..columns
        } else {
            column..column + 1
        };
        of_row.map(move |column| (row, column))
    })
    .collect()
}

fn number(value: u64) -> f64 {
    f64::from(u32::try_from(value).unwrap())
}
