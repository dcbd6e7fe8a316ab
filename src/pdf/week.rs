//! A week of half-hours as the documents draw it: the worker's availability
//! against the family's need. Reckoning with weeks is the domain's matter.

use serde::Serialize;

/// Half-hours of a day.
const DAY: usize = 48;

/// Which of the 336 half-hours of a week are set; slot 0 is Monday 00:00–00:30.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week([bool; 7 * DAY]);

impl Week {
    /// The week whose slot `s` is set where `contains(s)`.
    pub fn from_slots(contains: impl FnMut(usize) -> bool) -> Self {
        Self(std::array::from_fn(contains))
    }

    fn contains(&self, slot: usize) -> bool {
        self.0[slot]
    }
}

/// The words that a drawn week needs, localised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekWords {
    /// Monday first, in full.
    pub days: [String; 7],
    /// Legend: needed, and the worker is free.
    pub covered: String,
    /// Legend: needed, but the worker is not free.
    pub missing: String,
    /// Legend: free, but not needed.
    pub spare: String,
    /// Legend where the request names no hours: free.
    pub free: String,
    /// Instead of hours where there are none.
    pub none: String,
    /// Instead of the whole week where neither side names hours.
    pub unstated: String,
}

/// What a half-hour is to family and worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Covered,
    Missing,
    Spare,
    Free,
}

/// A run of half-hours in one state, `from` and `to` counted from midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Piece {
    state: State,
    from: usize,
    to: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct LegendEntry {
    state: State,
    label: String,
}

/// A week ready for the template, with its alternative in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Drawing {
    days: Vec<Vec<Piece>>,
    legend: Vec<LegendEntry>,
    alternative: String,
}

impl Drawing {
    pub(super) fn of(need: Option<&Week>, free: &Week, words: &WeekWords) -> Self {
        let days: Vec<Vec<Piece>> = (0..7).map(|day| pieces(need, free, day)).collect();
        let states: &[State] = if need.is_some() {
            &[State::Covered, State::Missing, State::Spare]
        } else {
            &[State::Free]
        };
        let legend: Vec<LegendEntry> = states
            .iter()
            .map(|state| LegendEntry {
                state: *state,
                label: label(*state, words).to_owned(),
            })
            .collect();
        let alternative = legend
            .iter()
            .map(|entry| format!("{}: {}.", entry.label, hours(&days, entry.state, words)))
            .collect::<Vec<String>>()
            .join(" ");
        Self {
            days,
            legend,
            alternative,
        }
    }
}

fn label(state: State, words: &WeekWords) -> &str {
    match state {
        State::Covered => &words.covered,
        State::Missing => &words.missing,
        State::Spare => &words.spare,
        State::Free => &words.free,
    }
}

fn pieces(need: Option<&Week>, free: &Week, day: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for at in 0..DAY {
        let slot = day * DAY + at;
        let needed = need.map(|need| need.contains(slot));
        let state = match (needed, free.contains(slot)) {
            (Some(true), true) => State::Covered,
            (Some(true), false) => State::Missing,
            (Some(false), true) => State::Spare,
            (None, true) => State::Free,
            (Some(false) | None, false) => continue,
        };
        match pieces.last_mut() {
            Some(last) if last.state == state && last.to == at => last.to = at + 1,
            _ => pieces.push(Piece {
                state,
                from: at,
                to: at + 1,
            }),
        }
    }
    pieces
}

/// `Monday, Tuesday 8:00–12:00, 14:00–16:00; Friday …`, or the word for none.
fn hours(days: &[Vec<Piece>], state: State, words: &WeekWords) -> String {
    // days of the same hours are told together: the list is heard, not seen
    let mut told: Vec<(String, Vec<&str>)> = Vec::new();
    for (pieces, name) in days.iter().zip(&words.days) {
        let times: Vec<String> = pieces
            .iter()
            .filter(|piece| piece.state == state)
            .map(|piece| format!("{}–{}", clock(piece.from), clock(piece.to)))
            .collect();
        let times = times.join(", ");
        match told.iter_mut().find(|(known, _)| *known == times) {
            _ if times.is_empty() => {}
            Some((_, names)) => names.push(name),
            None => told.push((times, vec![name])),
        }
    }
    if told.is_empty() {
        return words.none.clone();
    }
    told.into_iter()
        .map(|(times, names)| format!("{} {times}", names.join(", ")))
        .collect::<Vec<String>>()
        .join("; ")
}

fn clock(half_hours: usize) -> String {
    format!("{}:{:02}", half_hours / 2, half_hours % 2 * 30)
}
