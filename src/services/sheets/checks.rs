//! What must hold for a sheet to go out, asked before it is printed and once more
//! in the transaction that keeps it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Order, Standing};
use crate::domain::contract::{self, Minimum, Unit};
use crate::domain::diffusion::Ground;
use crate::domain::ids::WorkerCode;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::request::CareRequest;
use crate::domain::setting::Setting;
use crate::domain::sheet::{self, MOST_WORKERS, Obstacle};
use crate::domain::worker::Worker;
use crate::matching::{self, Criterion, Explanation, Pool, Weights};
use crate::services::matching::need_of;
use crate::services::merging::missing;
use crate::services::safeguarding::check_family;
use crate::services::{Context, ServiceError, diffusion};
use crate::storage::merges::People;
use crate::storage::{self, Connection, Stored};

/// A sheet names 1 to 8 workers.
pub fn check_number(workers: &[WorkerCode]) -> Result<(), Why> {
    if (1..=MOST_WORKERS).contains(&workers.len()) {
        Ok(())
    } else {
        Err(Why::new("refused-number-of-workers").with("most", MOST_WORKERS))
    }
}

/// 1 to 8 workers, each once.
pub(super) fn check_order(order: &Order) -> Result<(), ServiceError> {
    check_number(&order.workers).map_err(ServiceError::Refused)?;
    let mut seen = BTreeSet::new();
    let twice = order.workers.iter().find(|code| !seen.insert(*code));
    match twice {
        Some(code) => Err(ServiceError::Refused(
            Why::new(Obstacle::Duplicate.key()).with("worker", code),
        )),
        None => Ok(()),
    }
}

/// The workers of an order, in its order.
pub(super) async fn load_workers(
    db: &impl Connection,
    order: &Order,
) -> Result<Vec<Stored<Worker>>, ServiceError> {
    let mut found = storage::workers::find_many(db, &order.workers).await?;
    let mut ordered = Vec::with_capacity(order.workers.len());
    for code in &order.workers {
        let place = found
            .iter()
            .position(|worker| worker.value.code.as_ref() == Some(code));
        let Some(place) = place else {
            return Err(missing(db, "worker", code.as_str()).await?);
        };
        ordered.push(found.swap_remove(place));
    }
    Ok(ordered)
}

/// Status, authorisation, the worker's word, and that they are new to the family.
pub(super) async fn check_workers(
    db: &impl Connection,
    today: NaiveDate,
    request: &Stored<CareRequest>,
    workers: &[Stored<Worker>],
    order: &Order,
) -> Result<(), ServiceError> {
    let seen = storage::introductions::workers_bound_by(db, request.id, today).await?;
    let words = storage::proposals::of_request(db, request.id).await?;
    let numbers = storage::policy::numbers(db).await?;
    let day = (today, numbers.days(Setting::Fresh, today));
    check_family(db, request.value.family.as_str()).await?;
    let codes = order.workers.iter().map(WorkerCode::as_str);
    let held = storage::blocks::held_among(db, People::Workers, codes).await?;
    let left_out = diffusion::left_out(db, &order.request).await?;
    let mut problems = Vec::new();
    for worker in workers {
        let asked = order
            .asked
            .iter()
            .any(|(code, _)| worker.value.code.as_ref() == Some(code));
        let latest = words
            .iter()
            .find(|line| line.worker_id == worker.id)
            .map(|line| &line.proposal.value);
        let code = worker.value.code.as_ref().map(WorkerCode::as_str);
        let is_held = code.is_some_and(|code| held.contains(code));
        let obstacle = sheet::obstacle_of(&worker.value, today).or(if is_held {
            Some(Obstacle::HeldBack)
        } else if seen.contains(&worker.id) {
            Some(Obstacle::AlreadyIntroduced)
        } else if let Some(kept) = left_out.iter().find(|one| one.worker_id == worker.id)
            // A yes on the telephone lifts a no of before, never a wish.
            && (kept.ground == Ground::Wish || !asked)
        {
            Some(match kept.ground {
                Ground::Wish => Obstacle::LeftOut,
                Ground::Declined => Obstacle::Declined,
            })
        } else if asked {
            None
        } else {
            match Standing::of(&worker.value, latest, &request.value, day) {
                Standing::Accepted | Standing::NeedsNoAsking => None,
                Standing::TermsChanged => Some(Obstacle::TermsChanged),
                Standing::Declined => Some(Obstacle::Declined),
                Standing::ToAsk => Some(Obstacle::NotAsked),
            }
        });
        problems.extend(obstacle.map(|obstacle| problem(&worker.value, obstacle)));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Invalid(Invalid(problems)))
    }
}

/// What the engine finds of each worker, where none of it hinders. It reads them as they
/// stand for this connection, and nobody else of the pool: what it says of one does not
/// hang on the others.
pub(super) async fn explained(
    db: &impl Connection,
    today: NaiveDate,
    request: &CareRequest,
    workers: &[Stored<Worker>],
    weights: &Weights,
) -> Result<Vec<Explanation>, ServiceError> {
    let need = need_of(request).map_err(ServiceError::Refused)?;
    let codes: Vec<String> = workers
        .iter()
        .filter_map(|worker| worker.value.code.as_ref())
        .map(ToString::to_string)
        .collect();
    let pool = storage::pool::of(db, &codes).await?;
    let pool = Pool::new(pool, Vec::new());
    let mut problems = Vec::new();
    let mut explained = Vec::with_capacity(workers.len());
    for worker in workers {
        let code = worker.value.code.as_ref().map_or("", WorkerCode::as_str);
        match matching::explain(&pool, code, &need, today, weights) {
            Some(explanation) => {
                let obstacles = hindering(&explanation);
                problems.extend(obstacles.map(|obstacle| problem(&worker.value, obstacle)));
                explained.push(explanation);
            }
            None => problems.push(problem(&worker.value, Obstacle::Inactive)),
        }
    }
    if problems.is_empty() {
        Ok(explained)
    } else {
        Err(ServiceError::Invalid(Invalid(problems)))
    }
}

/// What hinders in the engine's own findings: the title of stay, and the
/// accreditation where public money pays.
fn hindering(explanation: &Explanation) -> impl Iterator<Item = Obstacle> {
    explanation
        .criteria
        .iter()
        .filter(|(_, shortfall)| shortfall.is_some())
        .filter_map(|(criterion, _)| match criterion {
            Criterion::Permit => Some(Obstacle::Permit),
            Criterion::Accreditation => Some(Obstacle::Accreditation),
            _ => None,
        })
}

/// That no sheet may go out on a request's offer, before anybody chooses for it.
pub async fn offer_too_low(
    context: &Context,
    request: &CareRequest,
) -> Result<Option<Why>, ServiceError> {
    match check_offer(context.db.read(), request, context.today()).await {
        Ok(()) => Ok(None),
        Err(ServiceError::Refused(why)) => Ok(Some(why)),
        Err(error) => Err(error),
    }
}

fn problem(worker: &Worker, obstacle: Obstacle) -> Problem {
    let code = worker
        .code
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    Problem {
        field: "workers",
        value: code,
        why: Why::new(obstacle.key()).with("worker", worker.full_name()),
    }
}

/// The dated minimum that a request's offer is held against.
pub(super) fn minimum_of(request: &CareRequest, today: NaiveDate) -> Option<&'static Minimum> {
    contract::minimum(
        request.day(today),
        request.ccnl_level?,
        request.arrangement,
        request.live_in_hours,
        request.covers.is_some(),
    )
}

/// An offer below the dated minimum of its level lets no sheet out, unless the row of the
/// minimum is marked as wrong.
pub(super) async fn check_offer(
    db: &impl Connection,
    request: &CareRequest,
    today: NaiveDate,
) -> Result<(), ServiceError> {
    let row = minimum_of(request, today);
    let (Some(row), Some(level)) = (row, request.ccnl_level) else {
        return Ok(());
    };
    let offer = match row.unit {
        Unit::Hour => request.max_pay_hour,
        Unit::Month => request.max_pay_month,
        Unit::Day => None,
    };
    let Some(offer) = offer.filter(|offer| *offer < row.amount) else {
        return Ok(());
    };
    match storage::minimum_rules::why_wrong(db, row, today).await? {
        None => Err(ServiceError::Refused(
            Why::new("refused-below-minimum")
                .with("offer", offer)
                .with("minimum", row.amount)
                .with("level", level.code())
                .with("since", row.valid_from)
                .with("source", row.source),
        )),
        Some(_) => Ok(()),
    }
}
