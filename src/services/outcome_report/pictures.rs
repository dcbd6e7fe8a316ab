//! The pictures of the report: how far requests came, what is certain and what is
//! still open, the reasons for no. Each stands beside its table.

use super::Report;
use super::parts::{Cell, Part, Row};
use super::view::FEWEST;
use crate::catalogue::Words;
use crate::drawing::{Bar, Picture, Span, SpanWords, Step, bars, spans, steps};

/// The longest list that is drawn.
const MOST_BARS: usize = 10;

pub(super) fn of(report: &Report, words: Words, part: &Part) -> Option<Picture> {
    match part.code {
        "funnel" => Some(funnel(report, words, part)),
        "placement" => interval(report, words, part),
        "reasons" => Some(reasons(report, words, part)),
        "by_desk" | "by_arrangement" | "by_partner" => groups(report, words, part),
        _ => None,
    }
}

fn number(cell: Option<&Cell>) -> u64 {
    match cell {
        Some(Cell::Count(number)) => *number,
        _ => 0,
    }
}

fn funnel(report: &Report, words: Words, part: &Part) -> Picture {
    let drawn: Vec<Step> = part
        .rows
        .iter()
        .filter(|row| row.code != "opened")
        .map(|row| Step {
            label: report.label(words, part, row),
            value: number(row.cells.first()),
        })
        .collect();
    let title = words.code("outcome-part", part.code);
    let told: Vec<String> = drawn
        .iter()
        .map(|step| format!("{} {}", step.label, words.number(step.value)))
        .collect();
    let summary = format!("{}.", told.join("; "));
    steps("funnel", (&title, &summary), &drawn, |number| {
        words.number(number)
    })
}

fn drawn(report: &Report, words: Words, part: &Part, list: &[Span]) -> Picture {
    let get = |key: &str| words.get(key).into_owned();
    let [certain, open, calls, estimate, withheld] = [
        "outcomes-key-certain",
        "outcomes-key-open",
        "outcomes-key-calls",
        "outcomes-key-estimate",
        "report-withheld-long",
    ]
    .map(get);
    let title = words.code("outcome-part", part.code);
    let told: Vec<String> = list
        .iter()
        .filter_map(|span| {
            let (lower, upper) = span.bounds?;
            let told = words.with(
                "outcomes-between",
                &[
                    ("name", &span.label),
                    ("lower", &words.per_cent(lower)),
                    ("upper", &words.per_cent(upper)),
                ],
            );
            Some(told)
        })
        .collect();
    let mut summary = format!("{}.", told.join("; "));
    if part.code == "placement" {
        let calls = words.count("outcomes-open-calls", report.figures.beside.open_calls);
        summary = format!("{summary} {calls}");
    }
    let spoken = SpanWords {
        certain: &certain,
        open: &open,
        to_find_out: &calls,
        estimate: &estimate,
        withheld: &withheld,
    };
    spans(part.code, (&title, &summary), list, &spoken, |rate| {
        words.per_cent(rate)
    })
}

fn interval(report: &Report, words: Words, part: &Part) -> Option<Picture> {
    let (n, rates) = (report.figures.requests, &report.figures.placement);
    if n < FEWEST {
        return None;
    }
    let bounds = |lower: Option<u32>, upper: Option<u32>| Some((lower?, upper?));
    let span = |label: &str, bounds, to_find_out, estimate| Span {
        label: words.get(label).into_owned(),
        bounds,
        to_find_out,
        estimate,
    };
    let calls = 1000 * report.figures.beside.open_calls / n;
    let list = [
        span(
            "outcomes-span-job",
            bounds(rates.lower, rates.upper),
            calls,
            rates.weighted,
        ),
        span(
            "outcomes-span-strict",
            bounds(rates.strict_lower, rates.strict_upper),
            0,
            None,
        ),
        span(
            "outcomes-span-need",
            bounds(rates.need_met_lower, rates.need_met_upper),
            0,
            None,
        ),
    ];
    Some(drawn(report, words, part, &list))
}

/// The bounds of each group; of one with fewer than ten requests none.
fn groups(report: &Report, words: Words, part: &Part) -> Option<Picture> {
    let span = |row: &Row| {
        let [
            _,
            _,
            _,
            Cell::Rate(lower, of),
            Cell::Rate(upper, _),
            _,
            Cell::Rate(weighted, _),
        ] = row.cells[..]
        else {
            return None;
        };
        (of >= FEWEST).then(|| Span {
            label: report.label(words, part, row),
            bounds: lower.zip(upper),
            to_find_out: 0,
            estimate: weighted,
        })
    };
    let list: Vec<Span> = part.rows.iter().filter_map(span).take(MOST_BARS).collect();
    (list.len() > 1).then(|| drawn(report, words, part, &list))
}

fn reasons(report: &Report, words: Words, part: &Part) -> Picture {
    let list: Vec<Bar> = part
        .rows
        .iter()
        .take(MOST_BARS)
        .map(|row| Bar {
            label: report.label(words, part, row),
            now: Some(number(row.cells.first())),
            before: Some(number(row.cells.get(1))),
        })
        .collect();
    let title = words.code("outcome-part", part.code);
    let told: Vec<String> = list
        .iter()
        .take(3)
        .map(|bar| {
            let all = bar.now.unwrap_or_default() + bar.before.unwrap_or_default();
            format!("{} {}", bar.label, words.number(all))
        })
        .collect();
    let sides = ["family", "worker"].map(|side| words.code("outcome-column", side));
    bars(
        "reasons",
        (&title, &format!("{}.", told.join("; "))),
        &list,
        (&sides[0], &sides[1]),
        |number| words.number(number),
        &words.get("report-withheld"),
    )
}
