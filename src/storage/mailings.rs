//! Who was asked together: a mailing belongs to one person and one day, carries
//! invitations, and is opened by links of which only a hash is kept. Here too is
//! who does not want to be asked, and which forms were sent already.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, RelationTrait,
};

use super::entity::{
    answer, introduction, invitation, mailing, outbox_mail, phone_try, request, spent_form,
    survey_link, survey_stop,
};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::contact::{ContactBy, EmailAddress};
use crate::domain::follow_up::{Asked, Disposition};
use crate::domain::language::Language;
use crate::domain::mail::{MailKind, MailState};
use crate::domain::request::Exclusion;
use crate::domain::survey::DIED;

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
    let rows = mailing::Entity::find()
        .filter(mailing::Column::OpenedOn.eq(day))
        .filter(theirs(people))
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

/// The mailings of some people.
pub(super) fn theirs(people: &[Person]) -> Condition {
    let (families, workers): (Vec<_>, Vec<_>) = people.iter().map(|one| one.keys()).unzip();
    let families: Vec<i64> = families.into_iter().flatten().collect();
    let workers: Vec<i64> = workers.into_iter().flatten().collect();
    // An empty list beside the other would keep the index from being used.
    match (families.is_empty(), workers.is_empty()) {
        (_, true) => Condition::all().add(mailing::Column::FamilyId.is_in(families)),
        (true, false) => Condition::all().add(mailing::Column::WorkerId.is_in(workers)),
        (false, false) => Condition::any()
            .add(mailing::Column::FamilyId.is_in(families))
            .add(mailing::Column::WorkerId.is_in(workers)),
    }
}

/// To whom of some people a mail of a mailing waits, or went at `since` or later.
/// `opened_from`: older mailings have no mail left.
pub async fn written_to(
    db: &impl ConnectionTrait,
    people: &[Person],
    since: DateTime<Utc>,
    opened_from: NaiveDate,
) -> Result<HashSet<Person>, StorageError> {
    use outbox_mail::Column;
    let waits = [MailState::Queued, MailState::Sending].map(MailState::code);
    let went = [MailState::Sent, MailState::Kept].map(MailState::code);
    let lately = Condition::all()
        .add(Column::State.is_in(went))
        .add(Column::FinishedAt.gte(since));
    let rows: Vec<(Option<i64>, Option<i64>)> = outbox_mail::Entity::find()
        .select_only()
        .column(mailing::Column::FamilyId)
        .column(mailing::Column::WorkerId)
        .join(JoinType::InnerJoin, outbox_mail::Relation::Mailing.def())
        .filter(mailing::Column::OpenedOn.gte(opened_from))
        .filter(theirs(people))
        .filter(Condition::any().add(Column::State.is_in(waits)).add(lately))
        .into_tuple()
        .all(db)
        .await?;
    let person = |(family, worker)| Person::of(family, worker);
    Ok(rows.into_iter().filter_map(person).collect())
}

/// One mailing.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Mailing>, StorageError> {
    let row = mailing::Entity::find_by_id(id).one(db).await?;
    row.as_ref().map(read).transpose()
}

/// A mailing with the kinds of its mails, and when the first one went.
#[derive(Debug, Clone)]
pub struct Reminded {
    pub mailing: Mailing,
    pub kinds: Vec<MailKind>,
    pub first_went_at: Option<DateTime<Utc>>,
}

/// What a reader of `outbox` finds of a mail: mailing, kind, state, when it was done with.
type MailRow = (Option<i64>, String, String, Option<DateTime<Utc>>);

/// Up to `limit` mailings by mail, opened in these days, with an invitation that
/// nobody has settled and that is still open; by key, after `after`.
pub async fn unanswered(
    db: &impl ConnectionTrait,
    days: (NaiveDate, NaiveDate),
    today: NaiveDate,
    after: i64,
    limit: u64,
) -> Result<Vec<Reminded>, StorageError> {
    let open = Query::select()
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
    let mails: Vec<MailRow> = outbox_mail::Entity::find()
        .select_only()
        .column(outbox_mail::Column::MailingId)
        .column(outbox_mail::Column::Kind)
        .column(outbox_mail::Column::State)
        .column(outbox_mail::Column::FinishedAt)
        .filter(outbox_mail::Column::MailingId.is_in(rows.iter().map(|row| row.id)))
        .into_tuple()
        .all(db)
        .await?;
    let outbox = Cells("outbox");
    rows.into_iter()
        .map(|row| {
            let of_it = mails.iter().filter(|(id, ..)| *id == Some(row.id));
            let mut kinds = Vec::new();
            let mut first_went_at = None;
            for (_, kind, state, finished_at) in of_it {
                let kind = outbox.read("kind", MailKind::parse(kind))?;
                let state = outbox.read("state", MailState::parse(state))?;
                if kind == MailKind::Survey && matches!(state, MailState::Sent | MailState::Kept) {
                    first_went_at = *finished_at;
                }
                kinds.push(kind);
            }
            Ok(Reminded {
                mailing: read(&row)?,
                kinds,
                first_went_at,
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

/// What a person was asked and may still answer or correct: mailing, and the day on which it
/// was opened; newest first.
pub async fn answerable(
    db: &impl ConnectionTrait,
    person: Person,
    today: NaiveDate,
) -> Result<Vec<(i64, NaiveDate)>, StorageError> {
    use invitation::Column;
    let over = [
        Disposition::Refusal,
        Disposition::Died,
        Disposition::Unable,
        Disposition::NotEligible,
    ];
    let lives = Condition::any()
        .add(Column::Disposition.is_null())
        .add(Column::Disposition.is_not_in(over.map(Disposition::code)));
    let asked = Query::select()
        .expr(Expr::val(1))
        .from(invitation::Entity)
        .and_where(
            Expr::col((invitation::Entity, Column::MailingId))
                .eq(Expr::col((mailing::Entity, mailing::Column::Id))),
        )
        .cond_where(lives)
        .take();
    let theirs = match person {
        Person::Family(id) => mailing::Column::FamilyId.eq(id),
        Person::Worker(id) => mailing::Column::WorkerId.eq(id),
    };
    Ok(mailing::Entity::find()
        .select_only()
        .column(mailing::Column::Id)
        .column(mailing::Column::OpenedOn)
        .filter(theirs)
        .filter(mailing::Column::LinkUntil.gt(today))
        .filter(Expr::exists(asked))
        .order_by_desc(mailing::Column::OpenedOn)
        .order_by_desc(mailing::Column::Id)
        .into_tuple()
        .all(db)
        .await?)
}

/// Writes down that somebody is not to be asked any more, and how what they would
/// be asked ends. A death is told of also where they had wished no more questions.
pub async fn stop(
    db: &impl ConnectionTrait,
    person: Person,
    disposition: Disposition,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    stop_all(db, &[person], disposition, now).await
}

/// The same of up to [`super::rows::CHUNK`] people of one side.
pub async fn stop_all(
    db: &impl ConnectionTrait,
    people: &[Person],
    disposition: Disposition,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    use survey_stop::Column;
    let column = match people.first() {
        None => return Ok(()),
        Some(Person::Family(_)) => Column::FamilyId,
        Some(Person::Worker(_)) => Column::WorkerId,
    };
    let rows = people.iter().map(|person| {
        let (family_id, worker_id) = person.keys();
        survey_stop::ActiveModel {
            family_id: Set(family_id),
            worker_id: Set(worker_id),
            at: Set(now),
            disposition: Set(Some(disposition.code().to_owned())),
            ..Default::default()
        }
    });
    let mut again = OnConflict::column(column);
    if disposition == Disposition::Died {
        again.update_columns([Column::At, Column::Disposition]);
    } else {
        again.do_nothing();
    }
    survey_stop::Entity::insert_many(rows)
        .on_conflict(again)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The same side said something at the same wave since.
fn said_since() -> SelectStatement {
    use answer::Column as C;
    let later = |column: C| Expr::col(("later", column));
    let own = |column: C| Expr::col((answer::Entity, column));
    let same = |column: C| later(column).eq(own(column));
    let same_day = same(C::AnsweredOn).and(later(C::Id).gt(own(C::Id)));
    Query::select()
        .expr(Expr::val(1))
        .from_as(answer::Entity, "later")
        .and_where(same(C::IntroductionId))
        .and_where(same(C::Side))
        .and_where(same(C::Wave))
        .and_where(later(C::AnsweredOn).gt(own(C::AnsweredOn)).or(same_day))
        .take()
}

/// That somebody died, by what is recorded of a request, or is the last that a side said at a
/// wave of the end of a job.
fn says_died() -> Condition {
    let told = Query::select()
        .column(answer::Column::IntroductionId)
        .from(answer::Entity)
        .and_where(answer::Column::EndReason.eq(DIED))
        .and_where(Expr::exists(said_since()).not())
        .cond_where(
            Condition::any()
                .add(answer::Column::StillWorking.is_null())
                .add(answer::Column::StillWorking.eq(false)),
        )
        .take();
    let ended = Query::select()
        .column(introduction::Column::RequestId)
        .from(introduction::Entity)
        .and_where(introduction::Column::Id.in_subquery(told))
        .take();
    Condition::any()
        .add(request::Column::Excluded.eq(Exclusion::Died.code()))
        .add(request::Column::Id.in_subquery(ended))
}

/// Whether anything that stands says that somebody died in a family: a request of theirs, an
/// answer, or a desk's call.
pub async fn is_bereaved(db: &impl ConnectionTrait, family_id: i64) -> Result<bool, StorageError> {
    let told = request::Entity::find()
        .filter(request::Column::FamilyId.eq(family_id))
        .filter(says_died())
        .count(db)
        .await?;
    if told > 0 {
        return Ok(true);
    }
    let calls = phone_try::Entity::find()
        .join(JoinType::InnerJoin, phone_try::Relation::Invitation.def())
        .join(
            JoinType::InnerJoin,
            invitation::Relation::Introduction.def(),
        )
        .join(JoinType::InnerJoin, introduction::Relation::Request.def())
        .filter(phone_try::Column::Disposition.eq(Disposition::Died.code()))
        .filter(request::Column::FamilyId.eq(family_id))
        .count(db)
        .await?;
    Ok(calls > 0)
}

/// Nobody died in a family after all: they are asked again, and what had ended with it is
/// open. Who had refused a question before stays unasked: a death is written over the wish
/// for no more questions, and a wish is not to be lost by somebody's slip.
pub async fn lift_death(
    db: &impl ConnectionTrait,
    family_id: i64,
    today: NaiveDate,
) -> Result<(), StorageError> {
    let family = Person::Family(family_id);
    let (died, refusal) = (Disposition::Died, Disposition::Refusal);
    let theirs = survey_stop::Column::FamilyId.eq(family_id);
    let stands = survey_stop::Column::Disposition.eq(died.code());
    super::invitations::reopen(db, family, died).await?;
    if super::invitations::has_ended(db, family, refusal).await? {
        survey_stop::Entity::update_many()
            .col_expr(survey_stop::Column::Disposition, Expr::val(refusal.code()))
            .filter(theirs)
            .filter(stands)
            .exec(db)
            .await?;
        super::invitations::settle_person(db, family, refusal, today).await?;
    } else {
        survey_stop::Entity::delete_many()
            .filter(theirs)
            .filter(stands)
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Families in which somebody died and of whom that is not written down here yet.
pub async fn bereaved(db: &impl ConnectionTrait) -> Result<Vec<Person>, StorageError> {
    let died = Disposition::Died.code();
    let known = Query::select()
        .column(survey_stop::Column::FamilyId)
        .from(survey_stop::Entity)
        .and_where(survey_stop::Column::FamilyId.is_not_null())
        .and_where(survey_stop::Column::Disposition.eq(died))
        .take();
    let ids: Vec<i64> = request::Entity::find()
        .select_only()
        .column(request::Column::FamilyId)
        .distinct()
        .filter(says_died())
        .filter(request::Column::FamilyId.not_in_subquery(known))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().map(Person::Family).collect())
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
