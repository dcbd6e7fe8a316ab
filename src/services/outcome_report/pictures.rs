//! The pictures of the report: how far requests came, what is certain and what is
//! still open, the reasons for no. Each stands beside its table.

use super::Report;
use super::parts::{Part, Row};
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

fn funnel(report: &Report, words: Words, part: &Part) -> Picture {
    let drawn: Vec<Step> = part
        .rows
        .iter()
        .filter(|row| row.code != "opened")
        .filter_map(|row| {
            Some(Step {
                label: report.label(words, part, row),
                value: part.number(&row.code, "number")?,
            })
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

fn drawn(words: Words, part: &Part, list: &[Span]) -> Picture {
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
    if let Some(calls) = part.number("open_calls", "number") {
        let calls = words.count("outcomes-open-calls", calls);
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
    let n = u64::from(report.figures.requests);
    if n < u64::from(FEWEST) {
        return None;
    }
    let rate = |row: &str| part.rate(row, "rate");
    let bounds = |lower: &str, upper: &str| rate(lower).zip(rate(upper));
    let span = |label: &str, bounds, to_find_out, estimate| Span {
        label: words.get(label).into_owned(),
        bounds,
        to_find_out,
        estimate,
    };
    let calls = part.number("open_calls", "number").unwrap_or_default();
    let calls = u32::try_from(1000 * calls / n).unwrap_or(1000);
    let list = [
        span(
            "outcomes-span-job",
            bounds("lower", "upper"),
            calls,
            rate("weighted"),
        ),
        span(
            "outcomes-span-strict",
            bounds("strict_lower", "strict_upper"),
            0,
            None,
        ),
        span(
            "outcomes-span-need",
            bounds("need_met_lower", "need_met_upper"),
            0,
            None,
        ),
    ];
    Some(drawn(words, part, &list))
}

/// The bounds of each group; of one with fewer than ten requests none.
fn groups(report: &Report, words: Words, part: &Part) -> Option<Picture> {
    let span = |row: &Row| {
        let rate = |column: &str| part.rate(&row.code, column);
        let of = part.number(&row.code, "requests")?;
        (of >= u64::from(FEWEST)).then(|| Span {
            label: report.label(words, part, row),
            bounds: rate("lower").zip(rate("upper")),
            to_find_out: 0,
            estimate: rate("weighted"),
        })
    };
    let list: Vec<Span> = part.rows.iter().filter_map(span).take(MOST_BARS).collect();
    (list.len() > 1).then(|| drawn(words, part, &list))
}

fn reasons(report: &Report, words: Words, part: &Part) -> Picture {
    let list: Vec<Bar> = part
        .rows
        .iter()
        .take(MOST_BARS)
        .map(|row| Bar {
            label: report.label(words, part, row),
            now: part.number(&row.code, "family"),
            before: part.number(&row.code, "worker"),
        })
        .collect();
    let title = words.code("outcome-part", part.code);
    let told: Vec<String> = list
        .iter()
        .take(3)
        .filter_map(|bar| {
            let all = bar.now? + bar.before?;
            Some(format!("{} {}", bar.label, words.number(all)))
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
