//! A week as the pages draw it: bars for the eye, words for everybody.

use std::sync::{Arc, LazyLock};

use crate::catalogue::Words;
use crate::domain::week::{SLOTS_A_DAY, WeekGrid};
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
    pub name: Arc<str>,
    pub need: Arc<str>,
    pub offer: String,
    pub need_bars: Arc<[Bar]>,
    pub offer_bars: Vec<Bar>,
    pub missing_bars: Vec<Bar>,
}

/// The seven days of a need, drawn once for all whose offers are laid over it.
pub struct Need {
    grid: WeekGrid,
    days: Vec<NeedDay>,
}

struct NeedDay {
    name: Arc<str>,
    times: Arc<str>,
    bars: Arc<[Bar]>,
}

impl Need {
    pub fn of(words: Words, grid: &WeekGrid) -> Self {
        let day = |day: usize| {
            let bars = bars(grid, day);
            NeedDay {
                name: sentences::day(words, day).into(),
                times: times(&bars).into(),
                bars: bars.into(),
            }
        };
        Self {
            grid: *grid,
            days: (0..7).map(day).collect(),
        }
    }

    /// With somebody's offer over it.
    pub fn with(&self, offer: &WeekGrid) -> Vec<Day> {
        let missing = self.grid.minus(offer);
        let days = self.days.iter().enumerate();
        days.map(|(day, need)| {
            let offer_bars = bars(offer, day);
            Day {
                name: Arc::clone(&need.name),
                need: Arc::clone(&need.times),
                offer: times(&offer_bars),
                need_bars: Arc::clone(&need.bars),
                offer_bars,
                missing_bars: bars(&missing, day),
            }
        })
        .collect()
    }
}

/// The seven days of a need, with somebody's offer over it.
pub fn days(words: Words, need: &WeekGrid, offer: &WeekGrid) -> Vec<Day> {
    Need::of(words, need).with(offer)
}

fn bars(grid: &WeekGrid, day: usize) -> Vec<Bar> {
    let bar = |(from, to)| Bar {
        start: from,
        length: to - from,
    };
    grid.day_runs(day).into_iter().map(bar).collect()
}

fn times(bars: &[Bar]) -> String {
    static TIMES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let time = |slot: usize| format!("{:02}:{:02}", slot / 2, 30 * (slot % 2));
        (0..=SLOTS_A_DAY).map(time).collect()
    });
    let mut text = String::with_capacity("00:00–24:00, ".len() * bars.len());
    for bar in bars {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&TIMES[bar.start]);
        text.push('–');
        text.push_str(&TIMES[bar.start + bar.length]);
    }
    text
}
