//! What goes from one account to another when somebody hands their work over: the
//! requests, and with each what waits about it (proposals, calls, contradictions).

use chrono::NaiveDate;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use super::entity::{answer, introduction, invitation, proposal, request};
use super::error::StorageError;
use super::invitations::contradicted;
use super::rows::CHUNK;
use crate::domain::proposal::{ProposalState, telling};
use crate::domain::request::RequestStatus;

/// Puts what `from` is in charge of into the charge of `to`: the requests that are not
/// over, and those over about which somebody still has to phone, look or decide.
/// `answered_since`: what was said before that day waits for nobody. Code and version
/// of every request that went, by code.
pub async fn hand_over(
    db: &impl ConnectionTrait,
    (from, to): (i64, i64),
    today: NaiveDate,
    answered_since: NaiveDate,
) -> Result<Vec<(String, i32)>, StorageError> {
    let not_over = [RequestStatus::Open, RequestStatus::Paused].map(RequestStatus::code);
    let still = Condition::any()
        .add(request::Column::Status.is_in(not_over))
        .add(request::Column::Id.in_subquery(with_proposals()))
        .add(request::Column::Id.in_subquery(with_word(today, answered_since)));
    let went: Vec<(i64, String, i32)> = request::Entity::find()
        .select_only()
        .column(request::Column::Id)
        .column(request::Column::Code)
        .column(request::Column::Version)
        .filter(request::Column::InChargeId.eq(from))
        .filter(still)
        .order_by_asc(request::Column::Code)
        .lock_exclusive()
        .into_tuple()
        .all(db)
        .await?;
    for piece in went.chunks(CHUNK) {
        request::Entity::update_many()
            .set(request::ActiveModel {
                in_charge_id: Set(Some(to)),
                ..Default::default()
            })
            .filter(request::Column::Id.is_in(piece.iter().map(|(id, ..)| *id)))
            .exec(db)
            .await?;
    }
    let line = |(_, code, version)| (code, version);
    Ok(went.into_iter().map(line).collect())
}

/// Requests with a proposal that is to be phoned about or looked at.
fn with_proposals() -> SelectStatement {
    let to_review = Condition::all()
        .add(proposal::Column::State.eq(ProposalState::Declined.code()))
        .add(proposal::Column::ReviewedOn.is_null())
        .add(proposal::Column::DeclineReason.is_in(telling()));
    proposal::Entity::find()
        .select_only()
        .column(proposal::Column::RequestId)
        .filter(
            Condition::any()
                .add(proposal::Column::PhoneFor.is_not_null())
                .add(to_review),
        )
        .into_query()
}

/// Requests with an introduction of which is still asked, of which something was said
/// lately, or of which the sides say different things.
fn with_word(today: NaiveDate, answered_since: NaiveDate) -> SelectStatement {
    let asked = invitation::Entity::find()
        .select_only()
        .column(invitation::Column::IntroductionId)
        .filter(invitation::Column::Disposition.is_null())
        .filter(invitation::Column::ClosesOn.gt(today))
        .into_query();
    let told = answer::Entity::find()
        .select_only()
        .column(answer::Column::IntroductionId)
        .filter(answer::Column::AnsweredOn.gte(answered_since))
        .into_query();
    introduction::Entity::find()
        .select_only()
        .column(introduction::Column::RequestId)
        .filter(
            Condition::any()
                .add(introduction::Column::Id.in_subquery(asked))
                .add(introduction::Column::Id.in_subquery(told))
                .add(contradicted()),
        )
        .into_query()
}
