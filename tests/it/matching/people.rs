//! A worker and a request that suit each other, to be changed cell by cell.

use dom::matching::{Answer, Weights, answer};

use super::rows::{Row, World, need};

fn with(mut row: Row, cells: &[(&str, &str)]) -> Row {
    for (column, cell) in cells {
        row.insert((*column).to_owned(), (*cell).to_owned());
    }
    row
}

pub fn worker(code: &str, cells: &[(&str, &str)]) -> Row {
    let usual = [
        ("code", code),
        ("sex", "f"),
        ("comune", "Grosseto"),
        ("max_km", "15"),
        ("arrangements", "hourly|night|live_in"),
        ("availability", "Mon-Sun 00:00-24:00"),
        ("permit_type", "eu_citizen"),
        ("consent_on", "2026-01-01"),
    ];
    with(with(Row::new(), &usual), cells)
}

pub fn request(cells: &[(&str, &str)]) -> Row {
    let usual = [
        ("code", "R-000001"),
        ("comune", "Grosseto"),
        ("arrangement", "hourly"),
        ("schedule", "Mon-Fri 08:00-12:00"),
        ("start_date", "2026-12-01"),
    ];
    with(with(Row::new(), &usual), cells)
}

pub fn asked(workers: Vec<Row>, request: &Row) -> Answer {
    let world = World {
        workers,
        ..World::default()
    };
    let need = need(request).unwrap();
    answer(
        &world.pool(),
        &need,
        world.today(),
        &Weights::default(),
        None,
    )
}
