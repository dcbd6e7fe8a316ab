//! Shares between nothing and all that are not known to a point: solid what is
//! certain, hatched what may still be, white what is certainly not; dotted the part
//! of the open that can still be found out, a stroke for the estimate.

use super::paper::{INK, LINE, NOW, Paper, Picture, WIDTH, real};

/// One label and its bounds, in per mille; what is withheld has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub label: String,
    pub bounds: Option<(u32, u32)>,
    /// How much of what is open can still be found out, in per mille.
    pub to_find_out: u32,
    pub estimate: Option<u32>,
}

/// The words of the key.
pub struct SpanWords<'a> {
    pub certain: &'a str,
    pub open: &'a str,
    pub to_find_out: &'a str,
    pub estimate: &'a str,
    pub withheld: &'a str,
}

const EACH: f64 = 40.0;
const TALL: f64 = 14.0;
/// Left free at the right for the second bound.
const END: f64 = WIDTH - 8.0;

fn at(per_mille: u32) -> f64 {
    END * real(u64::from(per_mille)) / 1000.0
}

/// `write`: a rate in the reader's language.
pub fn spans(
    id: &str,
    (title, summary): (&str, &str),
    spans: &[Span],
    words: &SpanWords,
    write: impl Fn(u32) -> String,
) -> Picture {
    let mut paper = Paper::new(id);
    let (hatched, dotted) = (paper.before(), paper.withheld());
    let mut y = 0.0;
    for (fill, text) in [
        (NOW, words.certain),
        (hatched.as_str(), words.open),
        (dotted.as_str(), words.to_find_out),
    ] {
        if fill == dotted && spans.iter().all(|span| span.to_find_out == 0) {
            continue;
        }
        paper.rect((0.0, y), (14.0, 10.0), fill);
        paper.text((19.0, y + 10.0), 12.0, "start", text);
        y += 16.0;
    }
    if spans.iter().any(|span| span.estimate.is_some()) {
        paper.rect((5.0, y - 2.0), (3.0, 14.0), INK);
        paper.text((19.0, y + 10.0), 12.0, "start", words.estimate);
        y += 16.0;
    }
    y += 6.0;
    for span in spans {
        paper.text((0.0, y + 12.0), 13.0, "start", &span.label);
        let top = y + 17.0;
        let Some((lower, upper)) = span.bounds else {
            paper.text((4.0, top + 11.0), 12.0, "start", words.withheld);
            y += EACH;
            continue;
        };
        let said = format!("{} – {}", write(lower), write(upper));
        paper.text((END, y + 12.0), 12.0, "end", &said);
        paper.rect((0.0, top), (END, TALL), "#fff");
        if upper > lower {
            let wide = at(upper) - at(lower);
            paper.rect((at(lower), top), (wide, TALL), &hatched);
            let known = at(lower + span.to_find_out.min(upper - lower)) - at(lower);
            if span.to_find_out > 0 {
                paper.rect((at(lower), top), (known, TALL), &dotted);
            }
        }
        if lower > 0 {
            paper.rect((0.0, top), (at(lower), TALL), NOW);
        }
        if let Some(estimate) = span.estimate {
            paper.rect((at(estimate) - 1.5, top - 3.0), (3.0, TALL + 6.0), INK);
        }
        y += EACH;
    }
    for quarter in 0..=4 {
        let x = at(quarter * 250);
        paper.line((x, y), (x, y + 4.0), LINE);
        let anchor = match quarter {
            0 => "start",
            4 => "end",
            _ => "middle",
        };
        paper.text((x, y + 15.0), 11.0, anchor, &format!("{}%", quarter * 25));
    }
    paper.line((0.0, y), (END, y), LINE);
    paper.finish(y + 18.0, title, summary)
}
