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
use crate::storage::{Page, Stored};

/// A page of a list.
pub async fn page(
    context: &Context,
    actor: &Actor,
    scope: Scope,
    show: Show,
    number: u64,
) -> Result<Page<Asked>, ServiceError> {
    require_desk(actor)?;
    let whose = whose(actor, scope)?;
    Ok(asked::page(context.db.read(), &whose, show, number).await?)
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
}

impl Whole {
    /// Whether a sheet can be issued on this yes.
    pub fn is_to_issue(&self) -> bool {
        self.state == ProposalState::Accepted && !self.is_introduced && self.request.value.is_open()
    }
}

/// One proposal.
pub async fn get(context: &Context, actor: &Actor, id: i64) -> Result<Whole, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let asked = answering::get(db, id).await?;
    let request = find_request(db, &asked.request).await?;
    let worker = find_worker(db, &asked.worker).await?;
    let offer = Offer::of(&request.value);
    let told = asked.proposal.value.told.as_deref();
    Ok(Whole {
        offer_changed: told.is_some_and(|told| told != offer.line()),
        is_introduced: asked::is_introduced(db, &asked).await?,
        way: Way::of(&worker.value),
        state: asked.proposal.value.state_on(context.today()),
        asked,
        request,
        worker,
        offer,
    })
}
