//! Answers, which are only ever added, and the tally of what must not be kept of
//! them. An answer to the INPS question other than yes is counted in the
//! transaction that adds the row, and is in no row.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait,
};

use super::Stored;
use super::entity::{answer, answer_tally, family, introduction, request};
use super::error::StorageError;
use super::rows::{Cells, days_of_year, number_cell};
use crate::domain::answer::{Answer, Channel, Notified, Said, Teller, Wave};
use crate::domain::contract::CcnlLevel;
use crate::domain::ids::IntroductionCode;
use crate::domain::outcome::{OtherNotified, Told};
use crate::domain::reading;
use crate::domain::reason::ReasonList;

const TABLE: Cells = Cells("answers");

/// Where a walk over all answers stands: the day and the key of the last one.
pub type Cursor = (NaiveDate, i64);

/// Adds up to [`super::rows::CHUNK`] answers in the order of their arrival.
pub async fn insert_many(db: &impl ConnectionTrait, new: &[Answer]) -> Result<(), StorageError> {
    if new.is_empty() {
        return Ok(());
    }
    let named = introductions(db, new).await?;
    let mut rows = Vec::with_capacity(new.len());
    // In the order of the key, so that two writers never wait for each other crosswise.
    let mut counted = BTreeMap::<(i32, i64, &str), i64>::new();
    for one in new {
        let code = one.introduction.as_str();
        let (introduction_id, desk_id) =
            named
                .get(code)
                .copied()
                .ok_or_else(|| StorageError::Missing {
                    table: "introductions",
                    key: code.to_owned(),
                })?;
        rows.push(to_row(one, introduction_id));
        if let Some(value) = one.notified.filter(|value| *value != Notified::Yes) {
            let key = (one.answered_on.year(), desk_id, value.code());
            *counted.entry(key).or_default() += 1;
        }
    }
    answer::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    tally(db, counted).await
}

async fn tally(
    db: &impl ConnectionTrait,
    counted: BTreeMap<(i32, i64, &str), i64>,
) -> Result<(), StorageError> {
    if counted.is_empty() {
        return Ok(());
    }
    let rows =
        counted.into_iter().map(
            |((year, desk_id, value), count)| answer_tally::ActiveModel {
                year: Set(year),
                desk_id: Set(desk_id),
                value: Set(value.to_owned()),
                count: Set(count),
            },
        );
    let before = Expr::col((answer_tally::Entity, answer_tally::Column::Count));
    let added = Expr::col(("excluded", answer_tally::Column::Count));
    let mut on_conflict = OnConflict::columns([
        answer_tally::Column::Year,
        answer_tally::Column::DeskId,
        answer_tally::Column::Value,
    ]);
    on_conflict.value(answer_tally::Column::Count, before.add(added));
    answer_tally::Entity::insert_many(rows)
        .on_conflict(on_conflict)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// How often each answer that is not kept was given, in some calendar years.
pub async fn other_notified(
    db: &impl ConnectionTrait,
    first_year: i32,
    last_year: i32,
) -> Result<OtherNotified, StorageError> {
    let rows = answer_tally::Entity::find()
        .filter(answer_tally::Column::Year.between(first_year, last_year))
        .all(db)
        .await?;
    let mut tally = OtherNotified::default();
    let cells = Cells("answer_tallies");
    for row in rows {
        let count = cells.read("count", u64::try_from(row.count))?;
        match cells.read("value", Notified::parse(&row.value))? {
            Notified::Yes => return cells.some("value", None),
            Notified::No => tally.no += count,
            Notified::DontKnow => tally.dont_know += count,
            Notified::RatherNotSay => tally.rather_not_say += count,
        }
    }
    Ok(tally)
}

/// Up to `limit` answers that come after `after`, by day, then arrival; where
/// `year` is given, those given in it.
pub async fn after(
    db: &impl ConnectionTrait,
    after: Option<&Cursor>,
    year: Option<i32>,
    limit: u64,
) -> Result<Vec<Stored<Answer>>, StorageError> {
    let mut query = answer::Entity::find()
        .find_also_related(introduction::Entity)
        .order_by_asc(answer::Column::AnsweredOn)
        .order_by_asc(answer::Column::Id)
        .limit(limit);
    if let Some((day, id)) = after {
        let later = Condition::any()
            .add(answer::Column::AnsweredOn.gt(*day))
            .add(
                Condition::all()
                    .add(answer::Column::AnsweredOn.eq(*day))
                    .add(answer::Column::Id.gt(*id)),
            );
        // Beside the alternatives, so that the index is entered at the day.
        query = query
            .filter(answer::Column::AnsweredOn.gte(*day))
            .filter(later);
    }
    if let Some(year) = year {
        let (first, last) = days_of_year(year);
        query = query.filter(answer::Column::AnsweredOn.between(first, last));
    }
    query.all(db).await?.into_iter().map(stored).collect()
}

/// The key of the answer that arrived last; 0 where there is none.
pub async fn newest(db: &impl ConnectionTrait) -> Result<i64, StorageError> {
    let newest: Option<Option<i64>> = answer::Entity::find()
        .select_only()
        .column_as(answer::Column::Id.max(), "newest")
        .into_tuple()
        .one(db)
        .await?;
    Ok(newest.flatten().unwrap_or(0))
}

/// The answers of an introduction, in the order of their days, then arrival.
pub async fn of_introduction(
    db: &impl ConnectionTrait,
    introduction_id: i64,
) -> Result<Vec<Answer>, StorageError> {
    let mut found = of_introductions(db, &[introduction_id]).await?;
    Ok(found.remove(&introduction_id).unwrap_or_default())
}

/// The same of some introductions, by their keys.
pub async fn of_introductions(
    db: &impl ConnectionTrait,
    introductions: &[i64],
) -> Result<HashMap<i64, Vec<Answer>>, StorageError> {
    let rows = answer::Entity::find()
        .find_also_related(introduction::Entity)
        .filter(answer::Column::IntroductionId.is_in(introductions.iter().copied()))
        .order_by_asc(answer::Column::AnsweredOn)
        .order_by_asc(answer::Column::Id)
        .all(db)
        .await?;
    let mut found = HashMap::<i64, Vec<Answer>>::new();
    for (row, introduction) in rows {
        let of = row.introduction_id;
        let answer = stored((row, introduction))?.value;
        found.entry(of).or_default().push(answer);
    }
    Ok(found)
}

/// What was said of some introductions, by their keys, in the order of arrival.
pub async fn told(
    db: &impl ConnectionTrait,
    introductions: &[i64],
) -> Result<HashMap<i64, Vec<Told>>, StorageError> {
    let rows = answer::Entity::find()
        .find_also_related(introduction::Entity)
        .filter(answer::Column::IntroductionId.is_in(introductions.iter().copied()))
        .order_by_asc(answer::Column::Id)
        .all(db)
        .await?;
    let mut told = HashMap::<i64, Vec<Told>>::new();
    for (row, introduction) in rows {
        let of = row.introduction_id;
        let answer = stored((row, introduction))?.value;
        told.entry(of).or_default().push(Told::from(&answer));
    }
    Ok(told)
}

/// Key of each introduction named, and its family's desk.
async fn introductions(
    db: &impl ConnectionTrait,
    of: &[Answer],
) -> Result<HashMap<String, (i64, i64)>, StorageError> {
    use sea_orm::JoinType::InnerJoin;
    let rows: Vec<(String, i64, i64)> = introduction::Entity::find()
        .select_only()
        .column(introduction::Column::Code)
        .column(introduction::Column::Id)
        .column(family::Column::DeskId)
        .join(InnerJoin, introduction::Relation::Request.def())
        .join(InnerJoin, request::Relation::Family.def())
        .filter(introduction::Column::Code.is_in(of.iter().map(|one| one.introduction.as_str())))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(code, id, desk_id)| (code, (id, desk_id)))
        .collect())
}

fn to_row(one: &Answer, introduction_id: i64) -> answer::ActiveModel {
    let text = |code: Option<&str>| Set(code.map(str::to_owned));
    answer::ActiveModel {
        introduction_id: Set(introduction_id),
        side: Set(one.side.code().to_owned()),
        wave: Set(one.wave.code().to_owned()),
        answered_on: Set(one.answered_on),
        via: text(one.via.map(Channel::code)),
        talked: Set(one.talked),
        met: Set(one.met),
        result: text(one.result.map(Said::code)),
        reason: text(one.reason),
        document: text(one.document),
        started_on: Set(one.started_on),
        live_in: Set(one.live_in),
        hours_week: Set(one.hours_week.map(number_cell)),
        ccnl_level: text(one.ccnl_level.map(CcnlLevel::code)),
        notified_yes: Set(one.notified == Some(Notified::Yes)),
        fits: Set(one.fits),
        still_working: Set(one.still_working),
        ended_on: Set(one.ended_on),
        end_reason: text(one.end_reason),
        without_desk: text(one.without_desk),
        ..Default::default()
    }
}

fn stored(
    (row, introduction): (answer::Model, Option<introduction::Model>),
) -> Result<Stored<Answer>, StorageError> {
    let introduction = TABLE.some("introduction_id", introduction)?;
    let listed = |column, list, cell: Option<String>| {
        TABLE.optional(column, cell, |code| reading::reason(list, &code))
    };
    let value = Answer {
        introduction: TABLE.read(
            "introduction_id",
            IntroductionCode::parse(&introduction.code),
        )?,
        side: TABLE.read("side", Teller::parse(&row.side))?,
        wave: TABLE.read("wave", Wave::parse(&row.wave))?,
        answered_on: row.answered_on,
        via: TABLE.optional("via", row.via, |code| Channel::parse(&code))?,
        talked: row.talked,
        met: row.met,
        result: TABLE.optional("result", row.result, |code| Said::parse(&code))?,
        reason: listed("reason", ReasonList::AnswerNo, row.reason)?,
        document: listed("document", ReasonList::Document, row.document)?,
        started_on: row.started_on,
        live_in: row.live_in,
        hours_week: row
            .hours_week
            .map(|hours| TABLE.number("hours_week", hours))
            .transpose()?,
        ccnl_level: TABLE.optional("ccnl_level", row.ccnl_level, |code| {
            CcnlLevel::by_code(&code).ok_or(())
        })?,
        notified: row.notified_yes.then_some(Notified::Yes),
        fits: row.fits,
        still_working: row.still_working,
        ended_on: row.ended_on,
        end_reason: listed("end_reason", ReasonList::EndReason, row.end_reason)?,
        without_desk: listed("without_desk", ReasonList::WithoutDesk, row.without_desk)?,
    };
    Ok(Stored {
        id: row.id,
        version: 1,
        value,
    })
}
