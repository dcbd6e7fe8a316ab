//! Who was asked together: a mailing belongs to one person and one day, carries
//! invitations, and is opened by links of which only a hash is kept. Here too is
//! who does not want to be asked, and which forms were sent already.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::entity::{invitation, mailing, outbox_mail, spent_form, survey_link, survey_stop};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::contact::{ContactBy, EmailAddress};
use crate::domain::follow_up::{Asked, Disposition};
use crate::domain::language::Language;
use crate::domain::mail::{MailKind, MailState};

const TABLE: Cells = Cells("mailings");

/// Somebody who is asked, by key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Person {
    Family(i64),
    Worker(i64),
}

impl Person {
    /// Which side it is.
    pub fn side(self) -> Asked {
        match self {
            Self::Family(_) => Asked::Family,
            Self::Worker(_) => Asked::Worker,
        }
    }

    pub(super) fn of(family_id: Option<i64>, worker_id: Option<i64>) -> Option<Self> {
        family_id.map(Self::Family).or(worker_id.map(Self::Worker))
    }

    pub(super) fn keys(self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::Family(id) => (Some(id), None),
            Self::Worker(id) => (None, Some(id)),
        }
    }
}

/// How somebody is reached.
#[derive(Debug, Clone)]
pub struct Contact {
    pub person: Person,
    pub code: String,
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<EmailAddress>,
    pub by: Option<ContactBy>,
    pub language: Language,
    pub desk_id: i64,
}

/// What one person is asked on one day.
#[derive(Debug, Clone)]
pub struct Mailing {
    pub id: i64,
    pub person: Person,
    pub opened_on: NaiveDate,
    pub closes_on: NaiveDate,
    /// The first day on which its links don't work any more.
    pub link_until: NaiveDate,
    pub by_mail: bool,
}

/// Adds a mailing; its key comes back.
pub async fn insert(
    db: &impl ConnectionTrait,
    person: Person,
    opened_on: NaiveDate,
    closes_on: NaiveDate,
    link_until: NaiveDate,
    by_mail: bool,
) -> Result<i64, StorageError> {
    let (family_id, worker_id) = person.keys();
    let row = mailing::ActiveModel {
        family_id: Set(family_id),
        worker_id: Set(worker_id),
        opened_on: Set(opened_on),
        closes_on: Set(closes_on),
        link_until: Set(link_until),
        by_mail: Set(by_mail),
        ..Default::default()
    };
    Ok(mailing::Entity::insert(row).exec(db).await?.last_insert_id)
}

/// The mailings of a day of some people, and whether more may still be put into
/// them: no mail of theirs has gone.
pub async fn of_day(
    db: &impl ConnectionTrait,
    people: &[Person],
    day: NaiveDate,
) -> Result<Vec<(Mailing, bool)>, StorageError> {
    let keys = |side| {
        people
            .iter()
            .filter(move |person| person.side() == side)
            .map(|person| match person {
                Person::Family(id) | Person::Worker(id) => *id,
            })
    };
    let theirs = Condition::any()
        .add(mailing::Column::FamilyId.is_in(keys(Asked::Family)))
        .add(mailing::Column::WorkerId.is_in(keys(Asked::Worker)));
    let rows = mailing::Entity::find()
        .filter(mailing::Column::OpenedOn.eq(day))
        .filter(theirs)
        .all(db)
        .await?;
    let gone: HashSet<i64> = outbox_mail::Entity::find()
        .select_only()
        .column(outbox_mail::Column::MailingId)
        .filter(outbox_mail::Column::MailingId.is_in(rows.iter().map(|row| row.id)))
        .filter(outbox_mail::Column::State.ne(MailState::Queued.code()))
        .into_tuple::<Option<i64>>()
        .all(db)
        .await?
        .into_iter()
        .flatten()
        .collect();
    rows.into_iter()
        .map(|row| {
            let takes_more = !gone.contains(&row.id);
            Ok((read(&row)?, takes_more))
        })
        .collect()
}

/// One mailing.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Mailing>, StorageError> {
    let row = mailing::Entity::find_by_id(id).one(db).await?;
    row.as_ref().map(read).transpose()
}

/// A mailing of whose mails some have gone: which kinds, and whether one was given up.
#[derive(Debug, Clone)]
pub struct Reminded {
    pub mailing: Mailing,
    pub kinds: Vec<MailKind>,
    pub first_has_gone: bool,
}

/// Up to `limit` mailings by mail, opened in these days, with an invitation that
/// nobody has settled and that is still open; by key, after `after`.
pub async fn unanswered(
    db: &impl ConnectionTrait,
    days: (NaiveDate, NaiveDate),
    today: NaiveDate,
    after: i64,
    limit: u64,
) -> Result<Vec<Reminded>, StorageError> {
    let open = sea_orm::sea_query::Query::select()
        .column(invitation::Column::MailingId)
        .from(invitation::Entity)
        .and_where(invitation::Column::Disposition.is_null())
        .and_where(invitation::Column::ClosesOn.gt(today))
        .take();
    let rows = mailing::Entity::find()
        .filter(mailing::Column::OpenedOn.between(days.0, days.1))
        .filter(mailing::Column::ByMail.eq(true))
        .filter(mailing::Column::Id.gt(after))
        .filter(mailing::Column::Id.in_subquery(open))
        .order_by_asc(mailing::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    let mails: Vec<(Option<i64>, String, String)> = outbox_mail::Entity::find()
        .select_only()
        .column(outbox_mail::Column::MailingId)
        .column(outbox_mail::Column::Kind)
        .column(outbox_mail::Column::State)
        .filter(outbox_mail::Column::MailingId.is_in(rows.iter().map(|row| row.id)))
        .into_tuple()
        .all(db)
        .await?;
    let outbox = Cells("outbox");
    rows.into_iter()
        .map(|row| {
            let of_it = mails.iter().filter(|(id, ..)| *id == Some(row.id));
            let mut kinds = Vec::new();
            let mut first_has_gone = false;
            for (_, kind, state) in of_it {
                let kind = outbox.read("kind", MailKind::parse(kind))?;
                let state = outbox.read("state", MailState::parse(state))?;
                first_has_gone |=
                    kind == MailKind::Survey && matches!(state, MailState::Sent | MailState::Kept);
                kinds.push(kind);
            }
            Ok(Reminded {
                mailing: read(&row)?,
                kinds,
                first_has_gone,
            })
        })
        .collect()
}

fn read(row: &mailing::Model) -> Result<Mailing, StorageError> {
    Ok(Mailing {
        id: row.id,
        person: TABLE.some("family_id", Person::of(row.family_id, row.worker_id))?,
        opened_on: row.opened_on,
        closes_on: row.closes_on,
        link_until: row.link_until,
        by_mail: row.by_mail,
    })
}

/// Keeps a link's hash.
pub async fn insert_link(
    db: &impl ConnectionTrait,
    token_hash: &str,
    mailing_id: i64,
) -> Result<(), StorageError> {
    let row = survey_link::ActiveModel {
        token_hash: Set(token_hash.to_owned()),
        mailing_id: Set(mailing_id),
    };
    survey_link::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The mailing that a link opens, as long as it works.
pub async fn of_link(
    db: &impl ConnectionTrait,
    token_hash: &str,
    today: NaiveDate,
) -> Result<Option<Mailing>, StorageError> {
    let row = survey_link::Entity::find_by_id(token_hash.to_owned())
        .find_also_related(mailing::Entity)
        .one(db)
        .await?;
    let mailing = row
        .and_then(|(_, mailing)| mailing)
        .as_ref()
        .map(read)
        .transpose()?;
    Ok(mailing.filter(|mailing| today < mailing.link_until))
}

/// Writes down that somebody is not to be asked any more, and how what they would
/// be asked ends. A death is told of also where they had wished no more questions.
pub async fn stop(
    db: &impl ConnectionTrait,
    person: Person,
    disposition: Disposition,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let (family_id, worker_id) = person.keys();
    let column = match person {
        Person::Family(_) => survey_stop::Column::FamilyId,
        Person::Worker(_) => survey_stop::Column::WorkerId,
    };
    let row = survey_stop::ActiveModel {
        family_id: Set(family_id),
        worker_id: Set(worker_id),
        at: Set(now),
        disposition: Set(Some(disposition.code().to_owned())),
        ..Default::default()
    };
    let mut again = OnConflict::column(column);
    if disposition == Disposition::Died {
        again.update_column(survey_stop::Column::Disposition);
    } else {
        again.do_nothing();
    }
    survey_stop::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Who of some people is not to be asked any more, and how their invitations end.
pub async fn stopped(
    db: &impl ConnectionTrait,
    people: &[Person],
) -> Result<HashMap<Person, Disposition>, StorageError> {
    let keys = people.iter().map(|person| person.keys());
    let (families, workers): (Vec<_>, Vec<_>) = keys.unzip();
    let theirs = Condition::any()
        .add(survey_stop::Column::FamilyId.is_in(families.into_iter().flatten()))
        .add(survey_stop::Column::WorkerId.is_in(workers.into_iter().flatten()));
    let rows = survey_stop::Entity::find().filter(theirs).all(db).await?;
    let stops = Cells("survey_stops");
    let mut stopped = HashMap::with_capacity(rows.len());
    for row in rows {
        let person = stops.some("family_id", Person::of(row.family_id, row.worker_id))?;
        let why = stops.optional("disposition", row.disposition, |code| {
            Disposition::parse(&code)
        })?;
        stopped.insert(person, why.unwrap_or(Disposition::Refusal));
    }
    Ok(stopped)
}

/// Notes that a form was sent; whether it is the first time.
pub async fn spend_form(
    db: &impl ConnectionTrait,
    form_hash: &str,
    today: NaiveDate,
) -> Result<bool, StorageError> {
    let row = spent_form::ActiveModel {
        form_hash: Set(form_hash.to_owned()),
        spent_on: Set(today),
    };
    let once = OnConflict::column(spent_form::Column::FormHash)
        .do_nothing()
        .to_owned();
    let added = spent_form::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(added > 0)
}

/// Forgets forms that were sent before `before`.
pub async fn forget_forms(
    db: &impl ConnectionTrait,
    before: NaiveDate,
) -> Result<u64, StorageError> {
    let done = spent_form::Entity::delete_many()
        .filter(spent_form::Column::SpentOn.lt(before))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}
