//! What a no suggests of the worker's own data: cells for the form, to be looked at
//! with the worker. Nothing here changes anything.

use super::lists;
use crate::domain::account::Actor;
use crate::domain::contract::Arrangement;
use crate::domain::money::Cents;
use crate::domain::offer::Offer;
use crate::domain::place::distance_m;
use crate::domain::worker::Worker;
use crate::services::{Context, ServiceError};

/// The columns that a form may begin with after this proposal's no: name and cell.
pub async fn suggested(
    context: &Context,
    actor: &Actor,
    worker: &str,
    proposal: i64,
) -> Result<Vec<(&'static str, String)>, ServiceError> {
    let whole = lists::get(context, actor, proposal).await?;
    if whole.asked.worker.as_str() != worker {
        return Err(ServiceError::not_found("proposal", &proposal));
    }
    let reason = whole.asked.proposal.value.decline_reason;
    Ok(reason
        .map(|reason| changes(reason, &whole.worker.value, &whole.offer))
        .unwrap_or_default())
}

fn changes(reason: &str, worker: &Worker, offer: &Offer) -> Vec<(&'static str, String)> {
    match reason {
        "pay" => {
            let above = |pay: Option<Cents>| pay.and_then(|pay| Cents::new(pay.cents() + 1));
            let raised = |min: Option<Cents>, offer: Option<Cents>| {
                above(offer).filter(|new| min.is_none_or(|min| min < *new))
            };
            let hour = raised(worker.min_pay_hour, offer.pay_hour);
            let month = raised(worker.min_pay_month, offer.pay_month);
            let hour = hour.map(|pay| ("min_pay_hour", pay.to_string()));
            let month = month.map(|pay| ("min_pay_month", pay.to_string()));
            hour.into_iter().chain(month).collect()
        }
        "distance" => distance(worker, offer),
        "hours" if offer.arrangement != Arrangement::LiveIn => {
            let rest = worker.availability.minus(&offer.schedule);
            vec![("availability", rest.to_string())]
        }
        "live_in" => {
            let others = worker.arrangements.iter();
            let others = others.filter(|one| *one != Arrangement::LiveIn);
            let codes: Vec<&str> = others.map(Arrangement::code).collect();
            if codes.is_empty() {
                Vec::new()
            } else {
                vec![("arrangements", codes.join("|"))]
            }
        }
        _ => Vec::new(),
    }
}

/// Whole kilometres that no longer reach there, and no word of the comune itself.
fn distance(worker: &Worker, offer: &Offer) -> Vec<(&'static str, String)> {
    let metres = distance_m(worker.comune, offer.comune);
    let mut changes = Vec::new();
    if metres > 0 && worker.max_km.is_some_and(|km| km * 1000 >= metres) {
        changes.push(("max_km", ((metres - 1) / 1000).to_string()));
    }
    if worker.extra_comuni.contains(&offer.comune) {
        let others = worker.extra_comuni.iter();
        let others = others.filter(|one| **one != offer.comune);
        let codes: Vec<&str> = others.map(|one| one.istat()).collect();
        changes.push(("extra_comuni", codes.join("|")));
    }
    changes
}
