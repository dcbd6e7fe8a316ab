//! Random small years: everything published of each is handed to a linear solver,
//! which says what is possible for each number that is not.

use dom::domain::publishing::withhold::Sums;
use dom::domain::publishing::{Numbers, Rule, TABLES, ToldTable, YearTables, table};

use super::solver::{Copied, CopiedRow, Doubt};
use super::worlds;
use crate::matching::dice::Dice;

const WORLDS: u64 = 600;

/// What an outsider copies down of a table.
fn copied(year: &YearTables, published: &ToldTable, vocabulary: usize) -> Copied {
    let listed = table(&published.code).unwrap();
    let of_accesses = listed.of_accesses.then(|| year.totals.clone());
    Copied {
        adds_up: listed.sums == Sums::Whole,
        totals: of_accesses,
        rows: published
            .rows
            .iter()
            .map(|row| CopiedRow {
                code: row.code.clone(),
                group: row.group.clone(),
                values: if listed.together_only {
                    vec![row.values[0], row.values[0]]
                } else {
                    row.values.clone()
                },
            })
            .collect(),
        groups: published
            .groups
            .iter()
            .map(|row| (row.code.clone(), row.values.clone()))
            .collect(),
        unlisted: vocabulary - published.rows.len(),
    }
}

/// The true number behind a published place, columns put together as the year's.
fn truth(numbers: &Numbers, year: &YearTables, code: &str, row: &str, column: usize) -> u64 {
    let row = numbers.tables[code]
        .iter()
        .find(|found| found.code == row)
        .unwrap();
    if row.cells.len() == 1 || column == year.columns.len() {
        return row.cells.iter().sum();
    }
    let desks = &year.columns[column].desks;
    let of = |(desk, value): (&dom::domain::publishing::DeskTotal, &u64)| {
        if desks.contains(&desk.code) {
            *value
        } else {
            0
        }
    };
    numbers.desks.iter().zip(&row.cells).map(of).sum()
}

/// The doubts that are too narrow, of numbers that are somebody.
fn worked_out(numbers: &Numbers, year: &YearTables, told: &mut Tally) -> Vec<(String, Doubt)> {
    let mut found = Vec::new();
    for published in &year.tables {
        let vocabulary = &numbers.tables[&published.code];
        let copied = copied(year, published, vocabulary.len());
        told.published += published
            .rows
            .iter()
            .flat_map(|row| &row.values)
            .flatten()
            .count();
        for doubt in copied.doubts() {
            told.withheld += 1;
            #[allow(clippy::cast_precision_loss, reason = "thresholds are small")]
            let threshold = published.threshold as f64;
            let width = doubt.width() / threshold;
            if width > 1.0 - 1e-6 {
                told.narrowest = told.narrowest.min(width);
                continue;
            }
            let nobody = doubt.code.is_none()
                && vocabulary
                    .iter()
                    .filter(|row| published.rows.iter().all(|listed| listed.code != row.code))
                    .all(|row| truth(numbers, year, &published.code, &row.code, doubt.column) == 0);
            if !nobody {
                told.narrowest = told.narrowest.min(width);
                found.push((published.code.clone(), doubt));
            }
        }
    }
    found
}

#[derive(Default)]
struct Tally {
    years: usize,
    nothing: usize,
    published: usize,
    withheld: usize,
    narrowest: f64,
}

#[test]
fn no_withheld_number_can_be_worked_out_from_all_that_is_published() {
    let mut told = Tally {
        narrowest: f64::INFINITY,
        ..Tally::default()
    };
    for seed in 0..WORLDS {
        let numbers = worlds::year(&mut Dice::new(seed));
        let Some(year) = YearTables::published(&numbers, Rule::Enough) else {
            told.nothing += 1;
            continue;
        };
        told.years += 1;
        for published in &year.tables {
            for row in &published.rows {
                for (column, value) in row.values.iter().enumerate() {
                    let Some(value) = value else { continue };
                    let true_value = truth(&numbers, &year, &published.code, &row.code, column);
                    assert_eq!(*value, true_value, "world {seed}, {}", published.code);
                    assert!(
                        *value == 0 || *value >= published.threshold,
                        "world {seed}: {} tells {value} of {}",
                        published.code,
                        row.code
                    );
                }
            }
        }
        let found = worked_out(&numbers, &year, &mut told);
        assert!(found.is_empty(), "world {seed}: {found:?} of {numbers:?}");
    }
    println!(
        "{} years published and {} too small for it; {} numbers published, {} withheld and solved for; \
         the narrowest interval is {:.2} times its threshold",
        told.years, told.nothing, told.published, told.withheld, told.narrowest
    );
    assert!(told.years > 400 && told.withheld > 1000 && told.published > told.withheld);
}

#[test]
fn withholding_only_what_is_small_is_found_out() {
    let mut caught = 0;
    let mut delicate = 0;
    for seed in 0..30 {
        let numbers = worlds::year(&mut Dice::new(seed));
        let Some(year) = YearTables::published(&numbers, Rule::TooLittle) else {
            continue;
        };
        let mut told = Tally::default();
        let found = worked_out(&numbers, &year, &mut told);
        delicate += usize::from(told.withheld > 0);
        caught += usize::from(!found.is_empty());
    }
    println!("of {delicate} years with withheld numbers, the weak rule is found out in {caught}");
    assert!(caught * 10 > delicate * 9, "{caught} of {delicate}");
}

#[test]
fn the_same_year_is_published_the_same_way_every_time() {
    for seed in 0..20 {
        let numbers = worlds::year(&mut Dice::new(seed));
        let once = YearTables::published(&numbers, Rule::Enough);
        assert_eq!(once, YearTables::published(&numbers, Rule::Enough));
    }
}

#[test]
fn every_table_of_the_list_has_a_code_of_its_own_and_a_threshold() {
    let mut codes: Vec<&str> = TABLES.iter().map(|table| table.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), TABLES.len());
    for code in ["citizenship", "permit_type"] {
        assert_eq!(table(code).unwrap().threshold, 5, "{code}");
    }
    assert!(TABLES.iter().all(|table| table.threshold >= 3));
}
