//! Time over the number of workers, both on scales of tens: a picture of one run.

use std::fmt::Write as _;

use crate::sql::What;
use crate::{Medians, median};

const ENGINES: [(&str, &str, &str); 5] = [
    ("ours", "#0066cc", ""),
    ("scan", "#5c6f82", "6 3"),
    ("sqlite", "#008758", "2 3"),
    ("postgres", "#a66300", "9 3 2 3"),
    ("duckdb", "#cc334d", "1 4"),
];
/// Powers of ten of µs from the lower edge to the upper.
const DECADES: [f64; 2] = [0.0, 6.0];

fn across(size: f64, left: f64) -> f64 {
    left + 60.0 + (size.log10() - 4.0) * 130.0
}

fn down(micros: f64) -> f64 {
    let share = (micros.log10() - DECADES[0]) / (DECADES[1] - DECADES[0]);
    330.0 - share * 280.0
}

#[expect(clippy::cast_precision_loss, reason = "a million at the most")]
fn panel(
    svg: &mut String,
    medians: &Medians,
    what: What,
    title: &str,
    left: f64,
) -> std::fmt::Result {
    writeln!(
        svg,
        "<text x='{:.0}' y='30' font-weight='bold'>{title}</text>",
        left + 60.0
    )?;
    for (power, name) in ["1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s"]
        .iter()
        .enumerate()
    {
        let y = down(10f64.powi(i32::try_from(power).unwrap_or(0)));
        writeln!(
            svg,
            "<path d='M{:.0} {y:.0}h290' stroke='#d9dadb'/>",
            left + 50.0
        )?;
        writeln!(
            svg,
            "<text x='{:.0}' y='{:.0}' text-anchor='end'>{name}</text>",
            left + 45.0,
            y + 4.0
        )?;
    }
    for (size, name) in [(1e4, "10 000"), (1e5, "100 000"), (1e6, "1 000 000")] {
        writeln!(
            svg,
            "<text x='{:.0}' y='350' text-anchor='middle'>{name}</text>",
            across(size, left)
        )?;
    }
    for (engine, colour, dashes) in ENGINES {
        let of = medians
            .iter()
            .filter(|(key, _)| key.0 == engine && key.1 == what);
        let points: Vec<(f64, f64)> = of
            .map(|(key, runs)| (across(key.2 as f64, left), down(median(runs))))
            .collect();
        let line: Vec<String> = points
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        writeln!(
            svg,
            "<polyline points='{}' fill='none' stroke='{colour}' stroke-width='2' stroke-dasharray='{dashes}'/>",
            line.join(" ")
        )?;
        for (x, y) in &points {
            writeln!(
                svg,
                "<circle cx='{x:.1}' cy='{y:.1}' r='3' fill='{colour}'/>"
            )?;
        }
        if let Some((x, y)) = points.last() {
            writeln!(
                svg,
                "<text x='{:.0}' y='{:.0}' fill='{colour}'>{engine}</text>",
                x + 7.0,
                y + 4.0
            )?;
        }
    }
    Ok(())
}

/// Both lists side by side.
pub fn draw(medians: &Medians) -> String {
    let mut svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 840 365' font-family='sans-serif' font-size='12'>\n\
         <title>Time of a match over the number of workers</title>\n\
         <rect width='840' height='365' fill='#fff'/>\n".to_owned();
    panel(&mut svg, medians, What::Fits, "The first 20 who fit", 0.0).expect("a text grows");
    panel(
        &mut svg,
        medians,
        What::NearMisses,
        "The first 10 who nearly fit",
        420.0,
    )
    .expect("a text grows");
    svg + "</svg>\n"
}
