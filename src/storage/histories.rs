//! Requests with their introductions and all that was said of them, as the
//! figures read them: the columns they need and no name. What of it counts is
//! decided by `domain::outcome`; here the rows are only narrowed, and read a
//! chunk of requests at a time.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, IntoCondition};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait,
};

use super::entity::{answer, family, introduction, invitation, request};
use super::error::StorageError;
use super::places::Names;
use super::rows::{CHUNK, Cells};
use crate::domain::answer::{Channel, Said, Teller, Wave};
use crate::domain::contract::Arrangement;
use crate::domain::follow_up::{Asked, Disposition};
use crate::domain::ids::{DeskCode, PartnerCode};
use crate::domain::outcome::{EndOfNeed, History, Introduced, Invited, Period, Told};
use crate::domain::reading;
use crate::domain::reason::ReasonList;
use crate::domain::request::Exclusion;

const TABLE: Cells = Cells("requests");
const FAMILIES: Cells = Cells("families");
const ANSWERS: Cells = Cells("answers");
const INVITATIONS: Cells = Cells("invitations");

/// Calls `each` with every request that was opened in the period or whose first
/// sheet was issued in it: two statements, and two for each [`CHUNK`] of requests.
pub async fn each(
    db: &impl ConnectionTrait,
    period: Period,
    mut each: impl FnMut(&History),
) -> Result<(), StorageError> {
    let names = Names::load(db).await?;
    let desks: HashMap<i64, DeskCode> = names.desks().collect();
    let partners: HashMap<i64, PartnerCode> = names.partners().collect();
    for chunk in concerned(db, period).await?.chunks(CHUNK) {
        let mut introduced = introductions(db, period.today, chunk).await?;
        for row in chunk {
            let partner = row.referred_by_id.map(|id| partners.get(&id).cloned());
            each(&History {
                desk: FAMILIES.some("desk_id", desks.get(&row.desk_id).cloned())?,
                partner: partner
                    .map(|partner| FAMILIES.some("referred_by_id", partner))
                    .transpose()?,
                arrangement: TABLE.some("arrangement", Arrangement::parse(&row.arrangement))?,
                opened_on: row.opened_on,
                exclusion: exclusion(row)?,
                introductions: introduced.remove(&row.id).unwrap_or_default(),
            });
        }
    }
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct RequestRow {
    id: i64,
    arrangement: String,
    opened_on: NaiveDate,
    excluded: Option<String>,
    excluded_on: Option<NaiveDate>,
    desk_id: i64,
    referred_by_id: Option<i64>,
}

/// By key, each once.
async fn concerned(
    db: &impl ConnectionTrait,
    period: Period,
) -> Result<Vec<RequestRow>, StorageError> {
    let query = || {
        request::Entity::find()
            .select_only()
            .columns([
                request::Column::Id,
                request::Column::Arrangement,
                request::Column::OpenedOn,
                request::Column::Excluded,
                request::Column::ExcludedOn,
            ])
            .columns([family::Column::DeskId, family::Column::ReferredById])
            .join(JoinType::InnerJoin, request::Relation::Family.def())
            .filter(request::Column::OpenedOn.lte(period.today))
    };
    let first_sheet = Expr::col(introduction::Column::IssuedOn).min();
    let introduced = introduction::Entity::find()
        .select_only()
        .column(introduction::Column::RequestId)
        .filter(introduction::Column::IssuedOn.lte(period.today))
        .group_by(introduction::Column::RequestId)
        .having(first_sheet.between(period.from, period.to))
        .into_query();
    // Two statements and no alternative in one: that would keep the server from
    // joining, and have it look through the whole list for every request.
    let opened = query().filter(request::Column::OpenedOn.between(period.from, period.to));
    let introduced = query().filter(request::Column::Id.in_subquery(introduced));
    let mut rows: Vec<RequestRow> = opened.into_model().all(db).await?;
    rows.extend(introduced.into_model().all(db).await?);
    rows.sort_unstable_by_key(|row: &RequestRow| row.id);
    rows.dedup_by_key(|row| row.id);
    Ok(rows)
}

fn exclusion(row: &RequestRow) -> Result<Option<EndOfNeed>, StorageError> {
    let why = row.excluded.as_deref().map(Exclusion::parse);
    let why = why.map(|why| TABLE.read("excluded", why)).transpose()?;
    Ok(why.map(|why| EndOfNeed {
        why,
        on: row.excluded_on,
    }))
}

#[derive(Debug, FromQueryResult)]
struct ToldRow {
    request_id: i64,
    introduction_id: i64,
    issued_on: NaiveDate,
    side: Option<String>,
    wave: Option<String>,
    answered_on: Option<NaiveDate>,
    via: Option<String>,
    talked: Option<bool>,
    met: Option<bool>,
    result: Option<String>,
    reason: Option<String>,
    document: Option<String>,
    started_on: Option<NaiveDate>,
    notified_yes: Option<bool>,
    fits: Option<bool>,
    still_working: Option<bool>,
    ended_on: Option<NaiveDate>,
}

/// What is known of the introductions of some requests, by request.
async fn introductions(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    of: &[RequestRow],
) -> Result<HashMap<i64, Vec<Introduced>>, StorageError> {
    let answers = answer::Relation::Introduction
        .def()
        .rev()
        .on_condition(move |_, right| {
            let answered_on = Expr::col((right, answer::Column::AnsweredOn));
            answered_on.lte(today).into_condition()
        });
    let rows: Vec<ToldRow> = introduction::Entity::find()
        .select_only()
        .column(introduction::Column::RequestId)
        .column_as(introduction::Column::Id, "introduction_id")
        .column(introduction::Column::IssuedOn)
        .columns([
            answer::Column::Side,
            answer::Column::Wave,
            answer::Column::AnsweredOn,
            answer::Column::Via,
            answer::Column::Talked,
            answer::Column::Met,
            answer::Column::Result,
            answer::Column::Reason,
            answer::Column::Document,
            answer::Column::StartedOn,
            answer::Column::NotifiedYes,
            answer::Column::Fits,
            answer::Column::StillWorking,
            answer::Column::EndedOn,
        ])
        .join(JoinType::LeftJoin, answers)
        .filter(introduction::Column::RequestId.is_in(of.iter().map(|row| row.id)))
        .filter(introduction::Column::IssuedOn.lte(today))
        .order_by_asc(introduction::Column::Id)
        .order_by_asc(answer::Column::Id)
        .into_model()
        .all(db)
        .await?;
    let mut invited = invited(db, of).await?;
    let mut by_request = HashMap::<i64, Vec<Introduced>>::new();
    let mut last = None;
    for row in rows {
        let of_request = by_request.entry(row.request_id).or_default();
        if last != Some(row.introduction_id) {
            last = Some(row.introduction_id);
            of_request.push(Introduced {
                issued_on: row.issued_on,
                told: Vec::new(),
                invited: invited.remove(&row.introduction_id).unwrap_or_default(),
            });
        }
        if let (Some(told), Some(one)) = (told(row)?, of_request.last_mut()) {
            one.told.push(told);
        }
    }
    Ok(by_request)
}

#[derive(Debug, FromQueryResult)]
struct InvitedRow {
    introduction_id: i64,
    side: String,
    wave: String,
    closes_on: NaiveDate,
    phone_from: Option<NaiveDate>,
    tries: i32,
    disposition: Option<String>,
}

/// Who was asked about the introductions of some requests, by introduction.
async fn invited(
    db: &impl ConnectionTrait,
    of: &[RequestRow],
) -> Result<HashMap<i64, Vec<Invited>>, StorageError> {
    let rows: Vec<InvitedRow> = invitation::Entity::find()
        .select_only()
        .columns([
            invitation::Column::IntroductionId,
            invitation::Column::Side,
            invitation::Column::Wave,
            invitation::Column::ClosesOn,
            invitation::Column::PhoneFrom,
            invitation::Column::Tries,
            invitation::Column::Disposition,
        ])
        .join(
            JoinType::InnerJoin,
            invitation::Relation::Introduction.def(),
        )
        .filter(introduction::Column::RequestId.is_in(of.iter().map(|row| row.id)))
        .into_model()
        .all(db)
        .await?;
    let mut by_introduction = HashMap::<i64, Vec<Invited>>::new();
    for row in rows {
        let invited = Invited {
            side: INVITATIONS.read("side", Asked::parse(&row.side))?,
            wave: INVITATIONS.read("wave", Wave::parse(&row.wave))?,
            closes_on: row.closes_on,
            phone_from: row.phone_from,
            tries: INVITATIONS.number("tries", row.tries)?,
            disposition: INVITATIONS.optional("disposition", row.disposition, |code| {
                Disposition::parse(&code)
            })?,
        };
        let of = by_introduction.entry(row.introduction_id).or_default();
        of.push(invited);
    }
    Ok(by_introduction)
}

/// Nothing where nobody answered.
fn told(row: ToldRow) -> Result<Option<Told>, StorageError> {
    let Some(answered_on) = row.answered_on else {
        return Ok(None);
    };
    let side = ANSWERS.some("side", row.side)?;
    let wave = ANSWERS.some("wave", row.wave)?;
    Ok(Some(Told {
        side: ANSWERS.read("side", Teller::parse(&side))?,
        wave: ANSWERS.read("wave", Wave::parse(&wave))?,
        answered_on,
        via: ANSWERS.optional("via", row.via, |code| Channel::parse(&code))?,
        talked: row.talked,
        met: row.met,
        result: ANSWERS.optional("result", row.result, |code| Said::parse(&code))?,
        reason: ANSWERS.optional("reason", row.reason, |code| {
            reading::reason(ReasonList::AnswerNo, &code)
        })?,
        document: ANSWERS.optional("document", row.document, |code| {
            reading::reason(ReasonList::Document, &code)
        })?,
        started_on: row.started_on,
        notified_yes: ANSWERS.some("notified_yes", row.notified_yes)?,
        fits: row.fits,
        still_working: row.still_working,
        ended_on: row.ended_on,
    }))
}
