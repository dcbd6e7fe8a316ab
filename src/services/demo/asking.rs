//! The proposals of the demo that are made today, through the same functions as at
//! the desk: some wait with a mail that can be read, one was taken back, one worker
//! is asked by telephone, and one asked that their sheet does not go somewhere.

use crate::domain::account::Actor;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::services::diffusion::{self, Wish};
use crate::services::proposals::answering;
use crate::services::proposals::asking::{self, Standing, Way};
use crate::services::{Context, ServiceError, matching};

/// Requests that are looked through for somebody to ask.
const REQUESTS: std::ops::RangeInclusive<u32> = 1..=20;
/// How many are asked.
const ASKED: usize = 4;

/// Asks a few workers today, by mail where that goes; the last one is taken back.
pub(super) async fn today(context: &Context, operator: &Actor) -> Result<(), ServiceError> {
    let mut asked = Vec::new();
    for number in REQUESTS {
        let code = format!("R-{number:06}");
        let request = RequestCode::parse(&code).map_err(ServiceError::Refused)?;
        // What matching refuses is no request to ask for.
        let Ok(asked_for) = matching::ask(context, &request, context.today()).await else {
            continue;
        };
        if !asked_for.request.value.is_open() {
            continue;
        }
        let fits = asked_for.search().first_fits(10).into_iter();
        let fits: Vec<WorkerCode> = fits
            .filter_map(|fit| WorkerCode::parse(fit.worker).ok())
            .collect();
        let look = asking::look(context, operator, &request, &fits).await?;
        let mut to_ask: Vec<_> = look
            .candidates
            .into_iter()
            .filter(|one| one.standing == Standing::ToAsk && one.way != Way::Desk)
            .collect();
        to_ask.sort_by_key(|one| one.way != Way::Mail);
        let first = to_ask.into_iter().find_map(|one| one.worker.code);
        if let Some(first) = first {
            asked.extend(asking::add(context, operator, &request, &[first], None).await?);
        }
        if asked.len() >= ASKED {
            break;
        }
    }
    if let Some(last) = asked.last() {
        answering::undo(context, operator, *last).await?;
    }
    Ok(())
}

/// A worker who does not want to be named to a comune.
pub(super) async fn wish(context: &Context, operator: &Actor) -> Result<(), ServiceError> {
    let worker = WorkerCode::parse("W-000003").map_err(ServiceError::Refused)?;
    let wish = Wish {
        kind: "comune",
        whom: "Capalbio",
    };
    diffusion::add(context, operator, &worker, wish).await
}
