//! Lying bars, a label above each pair: this year solid, the year before hatched
//! beneath, each with its number.

use super::paper::{NOW, Paper, Picture, WIDTH, real};

/// One label and its two numbers; none where a number is withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    pub now: Option<u64>,
    pub before: Option<u64>,
}

const TOP: f64 = 20.0;
const EACH: f64 = 44.0;
/// Left free at the right for the longest number.
const NUMBERS: f64 = 60.0;

/// `years`: the words of the two; `write`: a number in the reader's language;
/// `withheld`: what stands in place of one.
pub fn bars(
    id: &str,
    (title, summary): (&str, &str),
    bars: &[Bar],
    years: (&str, &str),
    write: impl Fn(u64) -> String,
    withheld: &str,
) -> Picture {
    let mut paper = Paper::new(id);
    paper.key(0.0, years.0, years.1);
    let largest = bars
        .iter()
        .flat_map(|bar| [bar.now, bar.before])
        .flatten()
        .max();
    let largest = real(largest.unwrap_or(1).max(1));
    let hatched = paper.before();
    let mut y = TOP;
    for bar in bars {
        paper.text((0.0, y + 13.0), 13.0, "start", &bar.label);
        let pair = [
            (bar.now, NOW, y + 17.0),
            (bar.before, hatched.as_str(), y + 29.0),
        ];
        for (value, fill, y) in pair {
            let Some(value) = value else {
                paper.text((4.0, y + 10.0), 11.0, "start", withheld);
                continue;
            };
            let wide = (WIDTH - NUMBERS) * real(value) / largest;
            if value > 0 {
                paper.rect((0.0, y), (wide, 10.0), fill);
            }
            paper.text((wide + 4.0, y + 9.5), 12.0, "start", &write(value));
        }
        y += EACH;
    }
    paper.finish(y, title, summary)
}
