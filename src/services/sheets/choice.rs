//! Looking at a choice of workers before a sheet is ordered: how each stands, and
//! whether somebody of a better band was passed over.

use chrono::NaiveDate;

use super::Order;
use super::checks::{check_order, load_workers};
use crate::domain::account::Actor;
use crate::domain::family::Family;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::domain::proposal::{Proposal, ProposalState};
use crate::domain::request::CareRequest;
use crate::domain::setting::Setting;
use crate::domain::sheet;
use crate::domain::worker::Worker;
use crate::services::error::require_desk;
use crate::services::policy::numbers;
use crate::services::proposals::skipping::skips;
use crate::services::{Context, ServiceError, matching};
use crate::storage;

/// How a chosen worker stands before the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    NeedsNoAsking,
    Accepted,
    Declined,
    /// Said yes to other terms than those that are offered now.
    TermsChanged,
    ToAsk,
}

impl Standing {
    /// The code, also of the catalogue's message.
    pub fn code(self) -> &'static str {
        match self {
            Self::NeedsNoAsking => "needs_no_asking",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::TermsChanged => "terms_changed",
            Self::ToAsk => "to_ask",
        }
    }

    /// Whether the worker's word is still missing.
    pub fn is_to_ask(self) -> bool {
        matches!(self, Self::ToAsk | Self::Declined | Self::TermsChanged)
    }

    pub(super) fn of(
        worker: &Worker,
        latest: Option<&Proposal>,
        request: &CareRequest,
        (today, fresh_days): (NaiveDate, i64),
    ) -> Self {
        let state = latest.map(|latest| latest.state_on(today));
        let holds = latest.is_some_and(|latest| latest.holds_for(request));
        match state {
            Some(ProposalState::Accepted) if holds => Self::Accepted,
            Some(ProposalState::Declined) => Self::Declined,
            _ if worker.needs_no_asking(fresh_days, today) => Self::NeedsNoAsking,
            Some(ProposalState::Accepted) => Self::TermsChanged,
            _ => Self::ToAsk,
        }
    }
}

/// A worker who was chosen for a sheet.
pub struct ChosenWorker {
    pub worker: Worker,
    pub standing: Standing,
}

/// What the operator sees before issuing.
pub struct Chosen {
    pub request: CareRequest,
    pub family: Family,
    pub workers: Vec<ChosenWorker>,
    pub skips_a_better_band: bool,
}

/// Looks at a choice before a sheet is ordered.
pub async fn chosen(
    context: &Context,
    actor: &Actor,
    request: &RequestCode,
    workers: &[WorkerCode],
) -> Result<Chosen, ServiceError> {
    require_desk(actor)?;
    let order = Order {
        request: request.clone(),
        workers: workers.to_vec(),
        asked: Vec::new(),
        skipped: None,
        way: super::Way::Paper,
    };
    check_order(&order)?;
    let today = context.today();
    let db = context.db.read();
    let asked = matching::ask(context, request, today).await?;
    let family = storage::families::find(db, &asked.request.value.family).await?;
    let family =
        family.ok_or_else(|| ServiceError::not_found("family", &asked.request.value.family))?;
    let words = storage::proposals::of_request(db, asked.request.id).await?;
    let seen = storage::introductions::workers_seen_by(db, asked.request.id, today).await?;
    let bound = storage::introductions::workers_bound_by(db, asked.request.id, today).await?;
    let loaded = load_workers(db, &order).await?;
    let fresh_days = numbers::days(context, Setting::Fresh).await?;
    // Whoever can't be named at all is told of first; the band is another matter.
    let hindered = loaded.iter().any(|worker| {
        bound.contains(&worker.id) || sheet::obstacle_of(&worker.value, today).is_some()
    });
    // Who stood on a sheet that was wrong was chosen then already.
    let again = loaded.iter().any(|worker| seen.contains(&worker.id));
    let request = &asked.request.value;
    let workers = loaded.into_iter().map(|worker| {
        let latest = words
            .iter()
            .find(|line| line.worker_id == worker.id)
            .map(|line| &line.proposal.value);
        ChosenWorker {
            standing: Standing::of(&worker.value, latest, request, (today, fresh_days)),
            worker: worker.value,
        }
    });
    let workers: Vec<ChosenWorker> = workers.collect();
    Ok(Chosen {
        workers,
        family: family.value,
        skips_a_better_band: !hindered
            && !again
            && skips(&asked.search().fits_by_band(), &order.workers, &words),
        request: asked.request.value,
    })
}
