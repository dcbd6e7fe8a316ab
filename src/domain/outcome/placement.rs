//! How many requests became a job: bounds that hold at any date, and estimates
//! over the requests that are old enough.

use std::collections::BTreeMap;

use serde::Serialize;

use super::RequestState;
use super::rate::{down, fixed_half_up, half_up, up, wilson};

/// Rates in per mille; `None` over nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Placement {
    pub lower: Option<u32>,
    pub upper: Option<u32>,
    pub strict_lower: Option<u32>,
    pub strict_upper: Option<u32>,
    pub observed: Option<u32>,
    /// Of `observed`, 95 percent.
    pub wilson: [Option<u32>; 2],
    /// Assumes that inside a cell the silent are like those who answer.
    pub weighted: Option<u32>,
    /// Cells with nothing observed, which borrowed the overall rate.
    pub borrowed_cells: u32,
    pub need_met_lower: Option<u32>,
    pub need_met_upper: Option<u32>,
    /// What the rates were made of, for who decides what is published.
    #[serde(skip)]
    pub made_of: MadeOf,
}

/// Requests behind the rates of a [`Placement`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MadeOf {
    /// Mature ones: filled, known not to be, still open.
    pub mature: [u32; 3],
    pub surely_filled: u32,
    pub surely_not_filled: u32,
}

/// What the figures read of one eligible request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub state: RequestState,
    pub is_mature: bool,
    /// Hired, and both sides or a document say so.
    pub is_surely_filled: bool,
    /// No introduction hired, by a no of both sides or of the desk.
    pub is_surely_not_filled: bool,
}

/// The requests of one group.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub requests: u32,
    pub mature: u32,
    pub states: States,
    surely_filled: u32,
    surely_not_filled: u32,
    /// By desk and arrangement.
    cells: BTreeMap<(String, &'static str), Cell>,
}

/// Requests by state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct States {
    pub filled: u32,
    pub filled_elsewhere: u32,
    pub not_filled: u32,
    pub conflict: u32,
    pub unknown: u32,
}

/// Mature requests of one desk and arrangement.
#[derive(Debug, Default)]
struct Cell {
    all: u32,
    filled: u32,
    /// Filled, filled elsewhere or not filled.
    observed: u32,
}

impl Group {
    pub fn add(&mut self, one: Counted, desk: &str, arrangement: &'static str) {
        self.requests += 1;
        *self.states.of(one.state) += 1;
        self.surely_filled += u32::from(one.is_surely_filled);
        self.surely_not_filled += u32::from(one.is_surely_not_filled);
        if !one.is_mature {
            return;
        }
        self.mature += 1;
        let cell = self
            .cells
            .entry((desk.to_owned(), arrangement))
            .or_default();
        cell.all += 1;
        let is_filled = one.state == RequestState::Filled;
        let is_open = matches!(one.state, RequestState::Conflict | RequestState::Unknown);
        cell.filled += u32::from(is_filled);
        cell.observed += u32::from(!is_open);
    }

    pub fn placement(&self) -> Placement {
        let n = self.requests;
        let states = &self.states;
        let open = states.conflict + states.unknown;
        let met = states.filled + states.filled_elsewhere;
        let filled: u32 = self.cells.values().map(|cell| cell.filled).sum();
        let observed: u32 = self.cells.values().map(|cell| cell.observed).sum();
        let (weighted, borrowed_cells) = self.weighted(filled, observed);
        Placement {
            lower: down(states.filled, n),
            upper: up(states.filled_at_most(), n),
            strict_lower: down(self.surely_filled, n),
            strict_upper: up(n - self.surely_not_filled, n),
            observed: half_up(filled, observed),
            wilson: wilson(filled, observed),
            weighted,
            borrowed_cells,
            need_met_lower: down(met, n),
            need_met_upper: up(met + open, n),
            made_of: MadeOf {
                mature: [filled, observed - filled, self.mature - observed],
                surely_filled: self.surely_filled,
                surely_not_filled: self.surely_not_filled,
            },
        }
    }

    /// The cells' observed rates weighted by their mature requests, and how many
    /// of them borrowed the rate of `filled` in `observed`.
    fn weighted(&self, filled: u32, observed: u32) -> (Option<u32>, u32) {
        if observed == 0 {
            return (None, 0);
        }
        // Expected hires in units of 2^-64: no cell has so many requests that
        // this leaves 128 bits.
        let mut expected = 0;
        let mut borrowed = 0;
        for cell in self.cells.values() {
            let (part, whole) = if cell.observed == 0 {
                borrowed += 1;
                (filled, observed)
            } else {
                (cell.filled, cell.observed)
            };
            let hires = u128::from(cell.all) * u128::from(part);
            expected += (hires << 64).div_ceil(u128::from(whole));
        }
        let rate = fixed_half_up(expected, u128::from(self.mature) << 64);
        (Some(rate), borrowed)
    }
}

impl States {
    pub fn all(&self) -> u32 {
        self.filled_at_most() + self.filled_elsewhere + self.not_filled
    }

    /// Those that are or may turn out to be filled.
    pub fn filled_at_most(&self) -> u32 {
        self.filled + self.conflict + self.unknown
    }

    /// Filled, known not to be, still open.
    pub fn in_three(&self) -> [u32; 3] {
        let no = self.filled_elsewhere + self.not_filled;
        [self.filled, no, self.conflict + self.unknown]
    }

    fn of(&mut self, state: RequestState) -> &mut u32 {
        match state {
            RequestState::Filled => &mut self.filled,
            RequestState::FilledElsewhere => &mut self.filled_elsewhere,
            RequestState::NotFilled => &mut self.not_filled,
            RequestState::Conflict => &mut self.conflict,
            RequestState::Unknown => &mut self.unknown,
        }
    }
}
