//! The fair order: equally suited people get equal chances. Bands of close
//! scores, and inside a band those who had fewer chances first, then the lot,
//! so that nobody is first for ever. Never a name or the order of registration.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::question::Question;

/// Points within which two workers count as equally suited.
pub(super) const BAND: u32 = 3_000;

/// What decides inside a band; the smaller comes first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn {
    pub requests_introduced_90d: u32,
    /// None, never introduced, comes before any date.
    pub last_introduced_on: Option<NaiveDate>,
    lot: [u8; 32],
}

impl Question<'_> {
    pub fn turn(&self, i: usize) -> Turn {
        let (pool, today) = (self.pool, self.today);
        Turn {
            requests_introduced_90d: pool.requests_introduced_90d(i, today),
            last_introduced_on: pool.last_introduced_on(i, today),
            lot: lot(self.need.request(), pool.code(i)),
        }
    }
}

/// SHA-256 of `REQUEST:WHO`; bytes compare as their hexadecimal digits do.
pub(super) fn lot(request: &str, who: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(request)
        .chain_update(":")
        .chain_update(who)
        .finalize()
        .into()
}

/// Somebody's place in the list.
#[derive(Debug)]
pub(super) struct Place {
    pub worker: usize,
    pub score: u32,
    /// From 1.
    pub band: u32,
    pub turn: Turn,
}

/// The first `most` of these workers in fair order.
pub(super) fn fair_order(question: &Question, workers: &[usize], most: usize) -> Vec<Place> {
    let mut scored: Vec<(u32, usize)> = workers.iter().map(|i| (question.score(*i), *i)).collect();
    scored.sort_unstable_by(|a, b| b.cmp(a));
    let mut places: Vec<Place> = Vec::new();
    let mut rest = scored.as_slice();
    for band in 1.. {
        let Some((best, _)) = rest.first() else { break };
        if places.len() >= most {
            break;
        }
        let length = rest.partition_point(|(score, _)| best - score <= BAND);
        let (members, others) = rest.split_at(length);
        let start = places.len();
        places.extend(members.iter().map(|(score, worker)| Place {
            worker: *worker,
            score: *score,
            band,
            turn: question.turn(*worker),
        }));
        places[start..].sort_unstable_by(|a, b| a.turn.cmp(&b.turn));
        rest = others;
    }
    places.truncate(most);
    places
}
