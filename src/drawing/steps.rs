//! Lying bars, one a label, each with its number: how many came so far.

use super::paper::{NOW, Paper, Picture, WIDTH, real};

/// One label and its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub label: String,
    pub value: u64,
}

const EACH: f64 = 34.0;
/// Left free at the right for the longest number.
const NUMBERS: f64 = 60.0;

/// `write`: a number in the reader's language.
pub fn steps(
    id: &str,
    (title, summary): (&str, &str),
    steps: &[Step],
    write: impl Fn(u64) -> String,
) -> Picture {
    let mut paper = Paper::new(id);
    let largest = steps.iter().map(|step| step.value).max();
    let largest = real(largest.unwrap_or(1).max(1));
    let mut y = 0.0;
    for step in steps {
        paper.text((0.0, y + 13.0), 13.0, "start", &step.label);
        let wide = (WIDTH - NUMBERS) * real(step.value) / largest;
        if step.value > 0 {
            paper.rect((0.0, y + 17.0), (wide, 11.0), NOW);
        }
        paper.text((wide + 4.0, y + 27.0), 12.0, "start", &write(step.value));
        y += EACH;
    }
    paper.finish(y, title, summary)
}
