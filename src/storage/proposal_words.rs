//! What workers said of a proposal, each word as it was written down. Rows are
//! only ever added: a correction is a further row.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::entity::{account, proposal_word};
use super::error::StorageError;
use super::rows::Cells;
use super::waiting::MOST;
use crate::domain::proposal::{Proposal, ProposalState, Via};
use crate::domain::reading;
use crate::domain::reason::ReasonList;

const TABLE: Cells = Cells("proposal_words");

/// A word as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordLine {
    pub at: DateTime<Utc>,
    /// The account's name; none where the worker wrote it by link.
    pub by: Option<String>,
    /// Accepted or declined.
    pub state: ProposalState,
    pub reason: Option<&'static str>,
    pub via: Via,
    pub said_on: NaiveDate,
}

/// Adds the word that a proposal now holds; nothing where it holds none.
pub async fn insert(
    db: &impl ConnectionTrait,
    proposal_id: i64,
    said: &Proposal,
    at: DateTime<Utc>,
    by: Option<i64>,
) -> Result<(), StorageError> {
    let (Some(via), Some(said_on)) = (said.via, said.answered_on) else {
        return Ok(());
    };
    let row = proposal_word::ActiveModel {
        proposal_id: Set(proposal_id),
        at: Set(at),
        account_id: Set(by),
        state: Set(said.state.code().to_owned()),
        reason: Set(said.decline_reason.map(str::to_owned)),
        via: Set(via.code().to_owned()),
        said_on: Set(said_on),
        ..Default::default()
    };
    proposal_word::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The latest words of a proposal, the latest first.
pub async fn of_proposal(
    db: &impl ConnectionTrait,
    proposal_id: i64,
) -> Result<Vec<WordLine>, StorageError> {
    let rows = proposal_word::Entity::find()
        .find_also_related(account::Entity)
        .filter(proposal_word::Column::ProposalId.eq(proposal_id))
        .order_by_desc(proposal_word::Column::Id)
        .limit(MOST)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, account)| {
            Ok(WordLine {
                at: row.at,
                by: account.map(|account| account.name),
                state: TABLE.read("state", ProposalState::parse(&row.state))?,
                reason: TABLE.optional("reason", row.reason, |code| {
                    reading::reason(ReasonList::ProposalDeclined, &code)
                })?,
                via: TABLE.read("via", Via::parse(&row.via))?,
                said_on: row.said_on,
            })
        })
        .collect()
}
