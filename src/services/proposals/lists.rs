//! Proposals as the desk sees them: a page of a list, and one with all that can be
//! done about it.

use super::answering;
use super::asking::Way;
use super::{find_request, find_worker};
use crate::domain::account::Actor;
use crate::domain::offer::Offer;
use crate::domain::proposal::ProposalState;
use crate::domain::request::CareRequest;
use crate::domain::worker::Worker;
use crate::services::error::require_desk;
use crate::services::waiting::{Scope, whose};
use crate::services::{Context, ServiceError};
use crate::storage::asked::{self, Asked, Show};
use crate::storage::lists::At;
use crate::storage::proposal_words::WordLine;
use crate::storage::{Page, Stored, introductions, proposal_words};

/// A page of a list.
pub async fn page(
    context: &Context,
    actor: &Actor,
    scope: Scope,
    show: Show,
    at: &At,
) -> Result<Page<Asked>, ServiceError> {
    require_desk(actor)?;
    let whose = whose(actor, scope)?;
    Ok(asked::page_at(context.db.read(), &whose, show, at).await?)
}

/// One proposal, and what stands around it.
pub struct Whole {
    pub asked: Asked,
    pub request: Stored<CareRequest>,
    pub worker: Stored<Worker>,
    pub offer: Offer,
    pub way: Way,
    /// As it stands today.
    pub state: ProposalState,
    /// Something of what was told is another by now.
    pub offer_changed: bool,
    pub is_introduced: bool,
    /// What was written down of the worker's words, the latest first.
    pub words: Vec<WordLine>,
}

impl Whole {
    /// Whether a sheet can be issued on this yes.
    pub fn is_to_issue(&self) -> bool {
        self.is_yes_to_come() && !self.offer_changed
    }

    /// Whether the worker said yes and is on no sheet yet.
    pub fn is_yes_to_come(&self) -> bool {
        self.state == ProposalState::Accepted && !self.is_introduced && self.request.value.is_open()
    }

    /// Whether what was written down of the worker's word can be corrected.
    pub fn is_correctable(&self) -> bool {
        let said = matches!(
            self.state,
            ProposalState::Accepted | ProposalState::Declined
        );
        said && !self.is_introduced
    }
}

/// One proposal.
pub async fn get(context: &Context, actor: &Actor, id: i64) -> Result<Whole, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let asked = answering::get(db, id).await?;
    let request = find_request(db, &asked.request).await?;
    let worker = find_worker(db, &asked.worker).await?;
    let proposal = &asked.proposal.value;
    let today = context.today();
    let bound = introductions::workers_bound_by(db, request.id, today).await?;
    Ok(Whole {
        offer: proposal.offer(&request.value),
        offer_changed: !proposal.holds_for(&request.value),
        is_introduced: bound.contains(&asked.worker_id),
        words: proposal_words::of_proposal(db, id).await?,
        way: Way::of(&worker.value),
        state: asked.standing(today),
        asked,
        request,
        worker,
    })
}
