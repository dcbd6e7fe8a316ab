//! Asking workers: before it is sent (`propose`), the list (`list`), and one
//! proposal with what can be done about it (`record`).

pub mod list;
pub mod propose;
pub mod record;

use crate::domain::proposal::{Proposal, ProposalState};

/// What there is to do about a proposal, as a code of the catalogue.
pub fn next_act(proposal: &Proposal, state: ProposalState) -> &'static str {
    match state {
        _ if proposal.phone_for.is_some() => "phone",
        ProposalState::Proposed => "wait",
        ProposalState::Accepted => "issue",
        ProposalState::Declined if proposal.is_to_review() => "review",
        ProposalState::Expired => "again",
        ProposalState::Declined | ProposalState::Cancelled => "nothing",
    }
}
