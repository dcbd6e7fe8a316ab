//! The orders in which a page may list those who fit, for whoever asks for another
//! than the dated rules'. They turn a list that stands in its order: who fits, bands,
//! points and turns stay what they are, and nothing else goes by them. Never a name,
//! never what is protected, and not the pay: nobody is to be cheapest first.

use std::cmp::Reverse;

use super::order::Place;
use super::question::Question;
use crate::domain::contract::Arrangement;

/// See the module's words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ListedBy {
    /// The fair order of the dated rules.
    #[default]
    Rules,
    /// The nearest first.
    Near,
    /// The most hours covered first.
    Hours,
    /// Whoever last said that they are available first.
    Confirmed,
    /// Whoever waits longest for an introduction first.
    Turn,
}

impl ListedBy {
    /// All; the rules' own order first.
    pub const ALL: [Self; 5] = [
        Self::Rules,
        Self::Near,
        Self::Hours,
        Self::Confirmed,
        Self::Turn,
    ];

    /// The code, also in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Near => "near",
            Self::Hours => "hours",
            Self::Confirmed => "confirmed",
            Self::Turn => "turn",
        }
    }

    /// The order of a code; the rules' own where it is none.
    pub fn of(code: Option<&str>) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|order| Some(order.code()) == code)
            .unwrap_or_default()
    }

    /// Whether it tells people apart in this kind of work.
    pub fn serves(self, arrangement: Arrangement) -> bool {
        self != Self::Hours || arrangement != Arrangement::LiveIn
    }

    /// Turns a list that stands in the rules' own order; who is level stays in it.
    pub(super) fn sort(self, question: &Question, fits: &mut [Place]) {
        match self {
            Self::Rules => {}
            Self::Near => fits.sort_by_cached_key(|one| question.ground(one.worker).distance_m),
            Self::Hours => fits.sort_by_cached_key(|one| Reverse(question.usable(one.worker))),
            Self::Confirmed => {
                fits.sort_by_key(|one| Reverse(question.pool.week(one.worker).confirmed_on()));
            }
            Self::Turn => fits.sort_by_key(|one| one.past.last_introduced_on),
        }
    }
}
