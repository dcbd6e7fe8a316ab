//! The fair order: equally suited people get equal chances. Bands of close
//! scores, and inside a band those who had fewer chances first, then the lot,
//! so that nobody is first for ever. Never a name or the order of registration.

use sha2::{Digest, Sha256};

use super::pool::Past;
use super::question::Question;
use super::scan::Scored;

/// Points within which two workers count as equally suited.
pub(super) const BAND: u32 = 3_000;

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
    pub past: Past,
}

/// The first `most` of these workers in fair order.
pub(super) fn fair_order(question: &Question, mut rest: Vec<Scored>, most: usize) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    if most >= rest.len() {
        rest.sort_unstable_by_key(|one| std::cmp::Reverse(one.score));
    }
    let mut rest = rest.as_mut_slice();
    for band in 1.. {
        let Some(best) = rest.iter().map(|one| one.score).max() else {
            break;
        };
        if places.len() >= most {
            break;
        }
        let length = to_the_front(rest, |one| best - one.score <= BAND);
        let (members, others) = rest.split_at_mut(length);
        let start = places.len();
        places.extend(members.iter().map(|one| Place {
            worker: one.worker,
            score: one.score,
            band,
            past: question.pool.past(one.worker, question.today),
        }));
        draw(question, &mut places[start..], most - start);
        rest = others;
    }
    places.truncate(most);
    places
}

/// Puts the members of a band in turn, as far as the first `shown`: a lot costs a
/// hash, and is drawn only where nothing else decides about what is shown.
fn draw(question: &Question, members: &mut [Place], shown: usize) {
    members.sort_unstable_by_key(|place| place.past);
    let mut from = 0;
    while from < members.len().min(shown) {
        let past = members[from].past;
        let length = members[from..].partition_point(|place| place.past == past);
        if length > 1 {
            let lot =
                |place: &Place| lot(question.need.request(), question.pool.code(place.worker));
            members[from..from + length].sort_by_cached_key(lot);
        }
        from += length;
    }
}

/// Moves those who belong to the front; gives back how many they are.
fn to_the_front<T>(all: &mut [T], belongs: impl Fn(&T) -> bool) -> usize {
    let mut front = 0;
    for i in 0..all.len() {
        if belongs(&all[i]) {
            all.swap(i, front);
            front += 1;
        }
    }
    front
}
