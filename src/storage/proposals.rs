//! Proposals: the workers asked for a request, and what they said.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::Stored;
use super::entity::{proposal, worker};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::proposal::{Proposal, ProposalState, Via};
use crate::domain::reading;
use crate::domain::reason::ReasonList;

const TABLE: Cells = Cells("proposals");

/// A proposal of a request, and whom it is about.
#[derive(Debug, Clone)]
pub struct ProposalLine {
    pub worker_id: i64,
    pub worker: String,
    pub worker_name: String,
    pub proposal: Stored<Proposal>,
}

/// The proposals of a request, the latest first.
pub async fn of_request(
    db: &impl ConnectionTrait,
    request_id: i64,
) -> Result<Vec<ProposalLine>, StorageError> {
    let rows = proposal::Entity::find()
        .find_also_related(worker::Entity)
        .filter(proposal::Column::RequestId.eq(request_id))
        .order_by_desc(proposal::Column::Id)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, worker)| {
            let worker = TABLE.some("worker_id", worker)?;
            Ok(ProposalLine {
                worker_id: worker.id,
                worker_name: format!("{} {}", worker.given_name, worker.family_name),
                worker: worker.code,
                proposal: stored(row)?,
            })
        })
        .collect()
}

/// The latest proposal of a worker for a request.
pub async fn latest(
    db: &impl ConnectionTrait,
    request_id: i64,
    worker_id: i64,
) -> Result<Option<Stored<Proposal>>, StorageError> {
    let row = proposal::Entity::find()
        .filter(proposal::Column::RequestId.eq(request_id))
        .filter(proposal::Column::WorkerId.eq(worker_id))
        .order_by_desc(proposal::Column::Id)
        .one(db)
        .await?;
    row.map(stored).transpose()
}

/// Adds a proposal.
pub async fn insert(
    db: &impl ConnectionTrait,
    request_id: i64,
    worker_id: i64,
    by: i64,
    new: &Proposal,
) -> Result<(), StorageError> {
    let mut row = to_row(new);
    row.request_id = Set(request_id);
    row.worker_id = Set(worker_id);
    row.proposed_by_id = Set(by);
    row.version = Set(1);
    proposal::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Saves a proposal over the version that was read.
pub async fn update(
    db: &impl ConnectionTrait,
    saved: &Stored<Proposal>,
) -> Result<(), StorageError> {
    let mut row = to_row(&saved.value);
    row.version = Set(saved.version + 1);
    let done = proposal::Entity::update_many()
        .set(row)
        .filter(proposal::Column::Id.eq(saved.id))
        .filter(proposal::Column::Version.eq(saved.version))
        .exec(db)
        .await?;
    if done.rows_affected == 0 {
        Err(StorageError::Stale { table: "proposals" })
    } else {
        Ok(())
    }
}

fn to_row(proposal: &Proposal) -> proposal::ActiveModel {
    proposal::ActiveModel {
        state: Set(proposal.state.code().to_owned()),
        proposed_on: Set(proposal.proposed_on),
        skipped_reason: Set(proposal.skipped_reason.map(str::to_owned)),
        answered_on: Set(proposal.answered_on),
        via: Set(proposal.via.map(|via| via.code().to_owned())),
        decline_reason: Set(proposal.decline_reason.map(str::to_owned)),
        ..Default::default()
    }
}

fn stored(row: proposal::Model) -> Result<Stored<Proposal>, StorageError> {
    let value = Proposal {
        state: TABLE.read("state", ProposalState::parse(&row.state))?,
        proposed_on: row.proposed_on,
        skipped_reason: TABLE.optional("skipped_reason", row.skipped_reason, |code| {
            reading::reason(ReasonList::BandSkipped, &code)
        })?,
        answered_on: row.answered_on,
        via: TABLE.optional("via", row.via, |code| Via::parse(&code))?,
        decline_reason: TABLE.optional("decline_reason", row.decline_reason, |code| {
            reading::reason(ReasonList::ProposalDeclined, &code)
        })?,
    };
    Ok(Stored {
        id: row.id,
        version: row.version,
        value,
    })
}
