//! A week as the pages draw it: bars for the eye, words for everybody.

use crate::catalogue::Words;
use crate::domain::week::WeekGrid;
use crate::services::sentences;

/// A stretch of a day, in half-hours from midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    pub start: usize,
    pub length: usize,
}

/// One day, for `templates/parts/week.html`.
#[derive(Debug, Clone)]
pub struct Day {
    pub name: String,
    pub need: String,
    pub offer: String,
    pub need_bars: Vec<Bar>,
    pub offer_bars: Vec<Bar>,
    pub missing_bars: Vec<Bar>,
}

/// The seven days of a need, with somebody's offer over it.
pub fn days(words: Words, need: &WeekGrid, offer: &WeekGrid) -> Vec<Day> {
    let missing = need.minus(offer);
    (0..7)
        .map(|day| Day {
            name: sentences::day(words, day),
            need: times(need, day),
            offer: times(offer, day),
            need_bars: bars(need, day),
            offer_bars: bars(offer, day),
            missing_bars: bars(&missing, day),
        })
        .collect()
}

fn bars(grid: &WeekGrid, day: usize) -> Vec<Bar> {
    let bar = |(from, to)| Bar {
        start: from,
        length: to - from,
    };
    grid.day_runs(day).into_iter().map(bar).collect()
}

fn times(grid: &WeekGrid, day: usize) -> String {
    let time = |half_hours: usize| format!("{:02}:{:02}", half_hours / 2, 30 * (half_hours % 2));
    let of_bar = |bar: Bar| format!("{}–{}", time(bar.start), time(bar.start + bar.length));
    bars(grid, day)
        .into_iter()
        .map(of_bar)
        .collect::<Vec<_>>()
        .join(", ")
}
