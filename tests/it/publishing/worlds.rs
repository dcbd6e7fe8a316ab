//! Small made-up years: so few accesses that most numbers are delicate.

use std::collections::BTreeMap;

use dom::domain::publishing::withhold::Sums;
use dom::domain::publishing::{DeskTotal, Numbers, TABLES, TableRow};

use crate::matching::dice::Dice;

/// A year of one to four desks, from almost nobody to a few hundred.
pub fn year(dice: &mut Dice) -> Numbers {
    const SIZES: [usize; 9] = [0, 1, 3, 5, 9, 20, 45, 90, 200];
    let desks: Vec<DeskTotal> = (0..dice.between(1, 4))
        .map(|desk| DeskTotal {
            code: format!("desk_{desk}"),
            accesses: SIZES[dice.below(SIZES.len())] as u64,
        })
        .collect();
    let mut tables = BTreeMap::new();
    for listed in TABLES {
        let rows = match listed.code {
            "comune" => dice.between(3, 9),
            "dom" => 2,
            _ => dice.between(2, 8),
        };
        let columns = if listed.together_only { 1 } else { desks.len() };
        let mut cells = vec![vec![0; columns]; rows];
        // some codes are common, some almost never met
        let skew = dice.between(1, 4);
        for column in 0..columns {
            let accesses = if listed.of_accesses {
                desks[column].accesses
            } else {
                SIZES[dice.below(SIZES.len())] as u64
            };
            for _ in 0..accesses {
                let times = match listed.sums {
                    Sums::Whole => 1,
                    Sums::Loose => dice.below(3),
                };
                let mut said = Vec::new();
                for _ in 0..times {
                    let row = (0..skew).map(|_| dice.below(rows)).min().unwrap();
                    if !said.contains(&row) {
                        cells[row][column] += 1;
                        said.push(row);
                    }
                }
            }
        }
        let row = |(at, cells): (usize, Vec<u64>)| TableRow {
            code: match (listed.code, at) {
                ("citizenship", 0) => "IT".to_owned(),
                ("permit_type", 1) => "italian_citizen".to_owned(),
                _ => format!("code_{at}"),
            },
            group: match listed.code {
                "comune" => format!("zone_{}", at / 3),
                _ => String::new(),
            },
            cells,
        };
        let rows = cells.into_iter().enumerate().map(row).collect();
        tables.insert(listed.code.to_owned(), rows);
    }
    Numbers {
        year: 2024,
        desks,
        tables,
    }
}
