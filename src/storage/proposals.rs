//! Proposals: the workers asked for a request, and what they said; the links that
//! let them say it, of which only a hash is kept, and the mails that carry these.

use chrono::{NaiveDate, TimeDelta};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait,
};

use super::Stored;
use super::entity::{proposal, proposal_link, proposal_mail, worker};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::proposal::{Over, PROPOSAL_DAYS, PhoneFor, Proposal, ProposalState, Via};
use crate::domain::reading;
use crate::domain::reason::ReasonList;
use crate::domain::week::WeekGrid;

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

/// Codes of the workers whom an account asked for a request on a day, and who were not heard
/// yet.
pub async fn asked_by(
    db: &impl ConnectionTrait,
    request_id: i64,
    account_id: i64,
    day: NaiveDate,
) -> Result<Vec<String>, StorageError> {
    Ok(proposal::Entity::find()
        .select_only()
        .column(worker::Column::Code)
        .join(JoinType::InnerJoin, proposal::Relation::Worker.def())
        .filter(proposal::Column::RequestId.eq(request_id))
        .filter(proposal::Column::ProposedById.eq(account_id))
        .filter(proposal::Column::ProposedOn.eq(day))
        .filter(proposal::Column::State.eq(ProposalState::Proposed.code()))
        .into_tuple()
        .all(db)
        .await?)
}

/// Adds a proposal; its key comes back.
pub async fn insert(
    db: &impl ConnectionTrait,
    request_id: i64,
    worker_id: i64,
    by: i64,
    new: &Proposal,
) -> Result<i64, StorageError> {
    let mut row = to_row(new);
    row.request_id = Set(request_id);
    row.worker_id = Set(worker_id);
    row.proposed_by_id = Set(by);
    row.version = Set(1);
    Ok(proposal::Entity::insert(row).exec(db).await?.last_insert_id)
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

/// One proposal, held against others until the transaction ends, where there is one.
pub async fn hold(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<Stored<Proposal>>, StorageError> {
    let row = proposal::Entity::find_by_id(id)
        .lock_exclusive()
        .one(db)
        .await?;
    row.map(stored).transpose()
}

/// Ends, a piece at a time, those that nobody answered in time; how many.
pub async fn expire(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    limit: u64,
) -> Result<u64, StorageError> {
    use proposal::Column;
    let before_policy = Condition::all()
        .add(Column::ExpiresOn.is_null())
        .add(Column::ProposedOn.lt(today - TimeDelta::days(PROPOSAL_DAYS)));
    let ids: Vec<i64> = proposal::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.eq(ProposalState::Proposed.code()))
        .filter(
            Condition::any()
                .add(Column::ExpiresOn.lt(today))
                .add(before_policy),
        )
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    let done = proposal::Entity::update_many()
        .col_expr(Column::State, Expr::val(ProposalState::Expired.code()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.is_in(ids))
        .filter(Column::State.eq(ProposalState::Proposed.code()))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Keeps a link's hash.
pub async fn insert_link(
    db: &impl ConnectionTrait,
    token_hash: &str,
    proposal_id: i64,
) -> Result<(), StorageError> {
    let row = proposal_link::ActiveModel {
        token_hash: Set(token_hash.to_owned()),
        proposal_id: Set(proposal_id),
    };
    proposal_link::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The proposal that a link leads to, whether or not it may still be answered.
pub async fn of_link(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<i64>, StorageError> {
    let row = proposal_link::Entity::find_by_id(token_hash.to_owned())
        .one(db)
        .await?;
    Ok(row.map(|row| row.proposal_id))
}

/// Notes which mail is about a proposal.
pub async fn insert_mail(
    db: &impl ConnectionTrait,
    message_id: &str,
    proposal_id: i64,
) -> Result<(), StorageError> {
    let row = proposal_mail::ActiveModel {
        message_id: Set(message_id.to_owned()),
        proposal_id: Set(proposal_id),
    };
    proposal_mail::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The proposal that a mail is about.
pub async fn of_mail(
    db: &impl ConnectionTrait,
    message_id: &str,
) -> Result<Option<i64>, StorageError> {
    let row = proposal_mail::Entity::find_by_id(message_id.to_owned())
        .one(db)
        .await?;
    Ok(row.map(|row| row.proposal_id))
}

fn to_row(proposal: &Proposal) -> proposal::ActiveModel {
    proposal::ActiveModel {
        state: Set(proposal.state.code().to_owned()),
        proposed_on: Set(proposal.proposed_on),
        expires_on: Set(Some(proposal.expires_on)),
        skipped_reason: Set(proposal.skipped_reason.map(str::to_owned)),
        answered_on: Set(proposal.answered_on),
        via: Set(proposal.via.map(|via| via.code().to_owned())),
        decline_reason: Set(proposal.decline_reason.map(str::to_owned)),
        told: Set(proposal.told.clone()),
        cancelled: Set(proposal.cancelled.map(|over| over.code().to_owned())),
        phone_for: Set(proposal.phone_for.map(|why| why.code().to_owned())),
        reviewed_on: Set(proposal.reviewed_on),
        part: Set(proposal.part.map(|part| part.to_string())),
        ..Default::default()
    }
}

pub(super) fn stored(row: proposal::Model) -> Result<Stored<Proposal>, StorageError> {
    let value = Proposal {
        state: TABLE.read("state", ProposalState::parse(&row.state))?,
        proposed_on: row.proposed_on,
        expires_on: row
            .expires_on
            .unwrap_or(row.proposed_on + TimeDelta::days(PROPOSAL_DAYS)),
        skipped_reason: TABLE.optional("skipped_reason", row.skipped_reason, |code| {
            reading::reason(ReasonList::BandSkipped, &code)
        })?,
        answered_on: row.answered_on,
        via: TABLE.optional("via", row.via, |code| Via::parse(&code))?,
        decline_reason: TABLE.optional("decline_reason", row.decline_reason, |code| {
            reading::reason(ReasonList::ProposalDeclined, &code)
        })?,
        told: row.told,
        cancelled: TABLE.optional("cancelled", row.cancelled, |code| Over::parse(&code))?,
        phone_for: TABLE.optional("phone_for", row.phone_for, |code| PhoneFor::parse(&code))?,
        reviewed_on: row.reviewed_on,
        part: TABLE.optional("part", row.part, |part| WeekGrid::parse(&part))?,
    };
    Ok(Stored {
        id: row.id,
        version: row.version,
        value,
    })
}
