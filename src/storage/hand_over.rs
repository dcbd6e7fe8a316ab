//! What goes from one account to another when somebody hands their work over: the
//! requests, and with each what waits about it (proposals, calls, contradictions).

use chrono::NaiveDate;
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use super::entity::{introduction, invitation, proposal, request, sheet, sheet_task};
use super::error::StorageError;
use super::invitations::contradicted;
use super::job_changes::to_do;
use super::rows::CHUNK;
use crate::domain::job::JobEvent;
use crate::domain::proposal::{ProposalState, telling};
use crate::domain::request::RequestStatus;

/// Puts what `from` is in charge of into the charge of `to`: the requests that are not
/// over, and those over about which somebody still has to phone, look or decide.
/// `jobs_since`: what was said of a job before that day waits for nobody. Code and version
/// of every request that went, by code.
pub async fn hand_over(
    db: &impl ConnectionTrait,
    (from, to): (i64, i64),
    today: NaiveDate,
    jobs_since: NaiveDate,
) -> Result<Vec<(String, i32)>, StorageError> {
    let not_over = [RequestStatus::Open, RequestStatus::Paused].map(RequestStatus::code);
    let still = Condition::any()
        .add(request::Column::Status.is_in(not_over))
        .add(request::Column::Id.in_subquery(with_proposals()))
        .add(request::Column::Id.in_subquery(with_word(today, jobs_since)))
        .add(request::Column::Id.in_subquery(with_tasks()));
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

/// Requests with a sheet about which something is to be done.
fn with_tasks() -> SelectStatement {
    let open = sheet_task::Entity::find()
        .select_only()
        .column(sheet_task::Column::SheetId)
        .filter(sheet_task::Column::DoneAt.is_null())
        .into_query();
    sheet::Entity::find()
        .select_only()
        .column(sheet::Column::RequestId)
        .filter(sheet::Column::Id.in_subquery(open))
        .into_query()
}

/// Requests with an introduction of which is still asked, whose job is said to have begun
/// or ended, or of which the sides say different things.
fn with_word(today: NaiveDate, jobs_since: NaiveDate) -> SelectStatement {
    let asked = invitation::Entity::find()
        .select_only()
        .column(invitation::Column::IntroductionId)
        .filter(invitation::Column::Disposition.is_null())
        .filter(invitation::Column::ClosesOn.gt(today))
        .into_query();
    let job = |event| introduction::Column::Id.in_subquery(to_do(event, jobs_since));
    introduction::Entity::find()
        .select_only()
        .column(introduction::Column::RequestId)
        .filter(
            Condition::any()
                .add(introduction::Column::Id.in_subquery(asked))
                .add(job(JobEvent::Begun))
                .add(job(JobEvent::Ended))
                .add(contradicted(today)),
        )
        .into_query()
}
