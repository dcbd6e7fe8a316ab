//! Columns by month: this year solid, the year before hatched beside it.

use super::paper::{LINE, NOW, Paper, Picture, WIDTH, real, round_up};

const LEFT: f64 = 44.0;
const TOP: f64 = 26.0;
const TALL: f64 = 150.0;

/// `names`: the labels of the months; `now` and `before`: as many numbers, none
/// where a number is withheld; `years`: the words of the two; `write`: a number in
/// the reader's language.
pub fn months(
    id: &str,
    (title, summary): (&str, &str),
    names: &[String],
    (now, before): (&[Option<u64>], &[Option<u64>]),
    years: (&str, &str),
    write: impl Fn(u64) -> String,
) -> Picture {
    let mut paper = Paper::new(id);
    paper.key(0.0, years.0, years.1);
    let largest = now.iter().chain(before).flatten().max().copied();
    let end = round_up(largest.unwrap_or(1).max(1));
    let height = |value: u64| TALL * real(value) / real(end);
    for quarter in 0..=4 {
        let value = end * quarter / 4;
        let y = TOP + TALL - height(value);
        paper.line((LEFT, y), (WIDTH, y), LINE);
        paper.text((LEFT - 5.0, y + 4.0), 12.0, "end", &write(value));
    }
    let count = u32::try_from(names.len().max(1)).unwrap_or(1);
    let room = (WIDTH - LEFT) / f64::from(count);
    let wide = room * 0.38;
    let hatched = paper.before();
    let mut left = LEFT;
    for (at, name) in names.iter().enumerate() {
        let start = left + room * 0.12;
        let pair = [(now.get(at), NOW), (before.get(at), hatched.as_str())];
        for (side, (value, fill)) in (0u8..).zip(pair) {
            let x = start + f64::from(side) * wide;
            // a month or a week that is still to come has no number at all
            let Some(value) = value else { continue };
            match *value {
                Some(0) => {}
                Some(value) => {
                    let tall = height(value);
                    paper.rect((x, TOP + TALL - tall), (wide, tall), fill);
                }
                None => paper.text((x + wide / 2.0, TOP + TALL - 3.0), 12.0, "middle", "–"),
            }
        }
        paper.text((left + room / 2.0, TOP + TALL + 15.0), 11.0, "middle", name);
        left += room;
    }
    paper.line((LEFT, TOP + TALL), (WIDTH, TOP + TALL), "#1a1a1a");
    paper.finish(TOP + TALL + 20.0, title, summary)
}
