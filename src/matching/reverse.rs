//! The other way round: which of the open requests one worker fits, by the same
//! criteria and score.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use super::criteria::{Criterion, Shortfall};
use super::explain::Explanation;
use super::need::Need;
use super::pool::Pool;
use super::question::Question;
use super::score::{Components, Weights};

/// The JSON of `dom match --worker`, to the letter.
#[derive(Debug, Clone, Serialize)]
pub struct ReverseAnswer {
    pub worker: String,
    pub today: NaiveDate,
    /// By score descending, then request code.
    pub requests: Vec<OpenRequest>,
}

/// A request the worker fits.
#[derive(Debug, Clone, Serialize)]
pub struct OpenRequest {
    pub request: String,
    pub score: u32,
    /// Points.
    pub components: Components,
    pub distance_m: u32,
    pub covered_slots: u32,
    #[serde(skip)]
    pub explanation: Explanation,
}

/// The needs (of open requests, as the caller chose them) that this worker fits.
/// Nobody outside the pool fits any; those they were introduced for are left out, and
/// those that their sheet must not go to.
pub fn reverse<'a>(
    pool: &Pool,
    worker: &str,
    needs: impl IntoIterator<Item = &'a Need>,
    today: NaiveDate,
    weights: &Weights,
) -> ReverseAnswer {
    let mut requests: Vec<OpenRequest> = needs
        .into_iter()
        .filter_map(|need| open_request(pool, worker, need, today, weights))
        .collect();
    requests.sort_by(|a, b| b.score.cmp(&a.score).then(a.request.cmp(&b.request)));
    ReverseAnswer {
        worker: worker.to_owned(),
        today,
        requests,
    }
}

fn open_request(
    pool: &Pool,
    worker: &str,
    need: &Need,
    today: NaiveDate,
    weights: &Weights,
) -> Option<OpenRequest> {
    let question = Question::new(pool, need, today, weights);
    let i = taking_part(&question, worker)?;
    question.failures(i).none().then(|| OpenRequest {
        request: need.request().to_owned(),
        score: question.points(i).sum(),
        components: question.points(i),
        distance_m: question.ground(i).distance_m,
        covered_slots: question.usable(i),
        explanation: question.explanation(i),
    })
}

/// A request the worker does not fit, with all that fails.
#[derive(Debug, Clone)]
pub struct Missed {
    pub request: String,
    /// In the order of the criteria; at least one.
    pub failing: Vec<(Criterion, Shortfall)>,
}

/// Of the needs that this worker does not fit, the `most` that are nearest to it: the
/// fewest failures first, then by score descending, then request code. Left out are the
/// same as in [`reverse`].
pub fn nearest<'a>(
    pool: &Pool,
    worker: &str,
    needs: impl IntoIterator<Item = &'a Need>,
    (today, weights): (NaiveDate, &Weights),
    most: usize,
) -> Vec<Missed> {
    let mut all: Vec<(Reverse<u32>, Missed)> = needs
        .into_iter()
        .filter_map(|need| missed(pool, worker, need, today, weights))
        .collect();
    all.sort_by(|(a_score, a), (b_score, b)| {
        (a.failing.len(), a_score, &a.request).cmp(&(b.failing.len(), b_score, &b.request))
    });
    all.truncate(most);
    all.into_iter().map(|(_, one)| one).collect()
}

fn missed(
    pool: &Pool,
    worker: &str,
    need: &Need,
    today: NaiveDate,
    weights: &Weights,
) -> Option<(Reverse<u32>, Missed)> {
    let question = Question::new(pool, need, today, weights);
    let i = taking_part(&question, worker)?;
    let failing = question.failing(i);
    (!failing.is_empty()).then(|| {
        let missed = Missed {
            request: need.request().to_owned(),
            failing,
        };
        (Reverse(question.points(i).sum()), missed)
    })
}

/// The worker's number, unless they take no part in this need.
fn taking_part(question: &Question, worker: &str) -> Option<usize> {
    let (pool, need) = (question.pool, question.need);
    let i = pool.find(worker).filter(|i| question.authorised(*i))?;
    let introduced = pool.introduced_for(need.request(), question.today);
    let aside = introduced.iter().any(|row| row.0 == i)
        || need.left_out().iter().any(|code| code == worker);
    (!aside).then_some(i)
}
