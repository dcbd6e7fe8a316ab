//! Tries by telephone and what they came to, and the notes that stand beside
//! answers. Both are read by operators only, and never searched.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::entity::{account, answer_note, invitation, phone_try};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::answer::{Teller, Wave};
use crate::domain::follow_up::Disposition;

const TRIES: Cells = Cells("phone_tries");
const NOTES: Cells = Cells("answer_notes");

/// A try as a page shows it.
#[derive(Debug, Clone)]
pub struct Try {
    pub at: DateTime<Utc>,
    pub by: String,
    pub disposition: Disposition,
}

/// Adds a try and counts it.
pub async fn insert(
    db: &impl ConnectionTrait,
    invitation_id: i64,
    account_id: i64,
    disposition: Disposition,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = phone_try::ActiveModel {
        invitation_id: Set(invitation_id),
        at: Set(now),
        account_id: Set(account_id),
        disposition: Set(disposition.code().to_owned()),
        ..Default::default()
    };
    phone_try::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    invitation::Entity::update_many()
        .col_expr(
            invitation::Column::Tries,
            Expr::col(invitation::Column::Tries).add(1),
        )
        .col_expr(invitation::Column::LastTryAt, Expr::val(now))
        .filter(invitation::Column::Id.eq(invitation_id))
        .exec(db)
        .await?;
    Ok(())
}

/// What the last try of each invitation came to.
pub async fn last_of(
    db: &impl ConnectionTrait,
    invitations: &[i64],
) -> Result<HashMap<i64, Disposition>, StorageError> {
    let rows: Vec<(i64, String)> = phone_try::Entity::find()
        .select_only()
        .column(phone_try::Column::InvitationId)
        .column(phone_try::Column::Disposition)
        .filter(phone_try::Column::InvitationId.is_in(invitations.iter().copied()))
        .order_by_asc(phone_try::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(id, code)| Ok((id, TRIES.read("disposition", Disposition::parse(&code))?)))
        .collect()
}

/// The tries of an invitation, the first first.
pub async fn of_invitation(
    db: &impl ConnectionTrait,
    invitation_id: i64,
) -> Result<Vec<Try>, StorageError> {
    let rows = phone_try::Entity::find()
        .find_also_related(account::Entity)
        .filter(phone_try::Column::InvitationId.eq(invitation_id))
        .order_by_asc(phone_try::Column::Id)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, account)| {
            Ok(Try {
                at: row.at,
                by: account.map(|account| account.name).unwrap_or_default(),
                disposition: TRIES.read("disposition", Disposition::parse(&row.disposition))?,
            })
        })
        .collect()
}

/// A note beside an answer.
#[derive(Debug, Clone)]
pub struct Note {
    pub side: Teller,
    pub wave: Wave,
    pub written_on: NaiveDate,
    pub text: String,
}

/// Adds a note; `account_id` of whoever typed it, none where the person did.
pub async fn insert_note(
    db: &impl ConnectionTrait,
    introduction_id: i64,
    account_id: Option<i64>,
    note: &Note,
) -> Result<(), StorageError> {
    let row = answer_note::ActiveModel {
        introduction_id: Set(introduction_id),
        side: Set(note.side.code().to_owned()),
        wave: Set(note.wave.code().to_owned()),
        written_on: Set(note.written_on),
        account_id: Set(account_id),
        note: Set(note.text.clone()),
        ..Default::default()
    };
    answer_note::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The notes of an introduction, the first first.
pub async fn notes(
    db: &impl ConnectionTrait,
    introduction_id: i64,
) -> Result<Vec<Note>, StorageError> {
    let rows = answer_note::Entity::find()
        .filter(answer_note::Column::IntroductionId.eq(introduction_id))
        .order_by_asc(answer_note::Column::Id)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Note {
                side: NOTES.read("side", Teller::parse(&row.side))?,
                wave: NOTES.read("wave", Wave::parse(&row.wave))?,
                written_on: row.written_on,
                text: row.note,
            })
        })
        .collect()
}
