//! Appointments: a desk's hours and closed days, and who comes when. Each half-hour of a desk
//! is a row that nobody can add twice; cancelled, an appointment gives its half-hours back.
//! Whoever books or closes holds the desk's row first, so that neither misses the other.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict, Query, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

use super::entity::{account, appointment, appointment_slot, desk, desk_closure, desk_hour};
use super::error::StorageError;
use super::mailings::Person;
use super::policy::Written;
use super::rows::{Cells, number_cell};
use crate::domain::appointment::{AppointmentState, Begin, Calendar, ComesFor, DeskHours, halves};
use crate::domain::week::WeekGrid;

const TABLE: Cells = Cells("appointments");
const HOURS: Cells = Cells("desk_hours");

/// Rows of hours of which a page tells.
const MOST_HOURS: u64 = 50;
/// Appointments of one desk and day, or of one person, that are read.
const MOST: u64 = 200;

/// Who comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whom {
    Person(Person),
    /// Somebody who asked on the public page and has no record yet.
    Asking(i64),
}

/// See the module's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    pub id: i64,
    pub desk_id: i64,
    pub begin: Begin,
    pub minutes: u32,
    pub comes_for: ComesFor,
    pub state: AppointmentState,
    pub whom: Whom,
    /// Whether they chose it by themselves.
    pub is_own: bool,
    /// When they were reminded, or the desk was to do it.
    pub reminded_at: Option<DateTime<Utc>>,
}

/// A new one.
#[derive(Debug, Clone, Copy)]
pub struct NewAppointment {
    pub desk_id: i64,
    pub begin: Begin,
    pub minutes: u32,
    pub comes_for: ComesFor,
    pub whom: Whom,
    pub made_at: DateTime<Utc>,
    /// None where they chose it by themselves.
    pub made_by: Option<i64>,
}

/// Holds a desk until the transaction ends: of two who book or close one waits. Records that
/// name the desk are written meanwhile: a stronger lock would wait for a whole import, whose
/// rows hold the desk's key, and everybody who books would wait with it.
pub async fn lock_desk(db: &impl ConnectionTrait, desk_id: i64) -> Result<(), StorageError> {
    let query = desk::Entity::find_by_id(desk_id)
        .select_only()
        .column(desk::Column::Id)
        .lock(LockType::NoKeyUpdate);
    let _: Option<i64> = query.into_tuple().one(db).await?;
    Ok(())
}

fn hours(row: &desk_hour::Model) -> Result<DeskHours, StorageError> {
    Ok(DeskHours {
        valid_from: row.valid_from,
        week: HOURS.read("week", WeekGrid::parse(&row.week))?,
        minutes: HOURS.number("minutes", row.minutes)?,
    })
}

/// Adds a row of hours.
pub async fn insert_hours(
    db: &impl ConnectionTrait,
    desk_id: i64,
    rule: &DeskHours,
    account_id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = desk_hour::ActiveModel {
        desk_id: Set(desk_id),
        valid_from: Set(rule.valid_from),
        week: Set(rule.week.to_string()),
        minutes: Set(number_cell(rule.minutes)),
        account_id: Set(account_id),
        at: Set(now),
        ..Default::default()
    };
    desk_hour::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// A desk's rows of hours, the one written last first.
pub async fn newest_hours(
    db: &impl ConnectionTrait,
    desk_id: i64,
) -> Result<Vec<Written<DeskHours>>, StorageError> {
    let rows = desk_hour::Entity::find()
        .find_also_related(account::Entity)
        .filter(desk_hour::Column::DeskId.eq(desk_id))
        .order_by_desc(desk_hour::Column::Id)
        .limit(MOST_HOURS)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, account)| {
            Ok(Written {
                rule: hours(&row)?,
                by: account.map(|account| account.name),
                at: Some(row.at),
            })
        })
        .collect()
}

/// The hours that hold at every desk on a day, with its key: of the rows that do, the one
/// written last counts. A desk that has none is left out.
pub async fn hours_on(
    db: &impl ConnectionTrait,
    day: NaiveDate,
) -> Result<Vec<(i64, DeskHours)>, StorageError> {
    let last = Query::select()
        .expr(Expr::col(desk_hour::Column::Id).max())
        .from(desk_hour::Entity)
        .and_where(desk_hour::Column::ValidFrom.lte(day))
        .group_by_col(desk_hour::Column::DeskId)
        .take();
    let rows = desk_hour::Entity::find()
        .filter(desk_hour::Column::Id.in_subquery(last))
        .all(db)
        .await?;
    let read = rows.iter().map(|row| Ok((row.desk_id, hours(row)?)));
    read.collect()
}

/// The closed days of every desk between two days, with its key, in order.
pub async fn all_closed(
    db: &impl ConnectionTrait,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<(i64, NaiveDate)>, StorageError> {
    Ok(desk_closure::Entity::find()
        .select_only()
        .columns([desk_closure::Column::DeskId, desk_closure::Column::Day])
        .filter(desk_closure::Column::Day.between(first, last))
        .order_by_asc(desk_closure::Column::Day)
        .into_tuple()
        .all(db)
        .await?)
}

/// The next closed days of a desk from a day on, in order: at most so many.
pub async fn next_closed(
    db: &impl ConnectionTrait,
    desk_id: i64,
    from: NaiveDate,
    most: u64,
) -> Result<Vec<NaiveDate>, StorageError> {
    Ok(desk_closure::Entity::find()
        .select_only()
        .column(desk_closure::Column::Day)
        .filter(desk_closure::Column::DeskId.eq(desk_id))
        .filter(desk_closure::Column::Day.gte(from))
        .order_by_asc(desk_closure::Column::Day)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

/// Closes a desk on some days; those that are closed already stay so.
pub async fn close(
    db: &impl ConnectionTrait,
    desk_id: i64,
    days: &[NaiveDate],
    account_id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let rows = days.iter().map(|day| desk_closure::ActiveModel {
        desk_id: Set(desk_id),
        day: Set(*day),
        account_id: Set(account_id),
        at: Set(now),
        ..Default::default()
    });
    let once = OnConflict::columns([desk_closure::Column::DeskId, desk_closure::Column::Day])
        .do_nothing()
        .to_owned();
    desk_closure::Entity::insert_many(rows)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Opens a desk on a day that was closed; whether it was.
pub async fn open(
    db: &impl ConnectionTrait,
    desk_id: i64,
    day: NaiveDate,
) -> Result<bool, StorageError> {
    let done = desk_closure::Entity::delete_many()
        .filter(desk_closure::Column::DeskId.eq(desk_id))
        .filter(desk_closure::Column::Day.eq(day))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// A desk's calendar of some days: three statements, whatever their number.
pub async fn calendar(
    db: &impl ConnectionTrait,
    desk_id: i64,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Calendar, StorageError> {
    let rows = desk_hour::Entity::find()
        .filter(desk_hour::Column::DeskId.eq(desk_id))
        .order_by_asc(desk_hour::Column::Id)
        .all(db)
        .await?;
    let closed: Vec<NaiveDate> = desk_closure::Entity::find()
        .select_only()
        .column(desk_closure::Column::Day)
        .filter(desk_closure::Column::DeskId.eq(desk_id))
        .filter(desk_closure::Column::Day.between(first, last))
        .into_tuple()
        .all(db)
        .await?;
    let slots: Vec<(NaiveDate, i32)> = appointment_slot::Entity::find()
        .select_only()
        .columns([
            appointment_slot::Column::Day,
            appointment_slot::Column::Half,
        ])
        .filter(appointment_slot::Column::DeskId.eq(desk_id))
        .filter(appointment_slot::Column::Day.between(first, last))
        .into_tuple()
        .all(db)
        .await?;
    let mut taken = HashSet::with_capacity(slots.len());
    for (day, half) in slots {
        let half = Cells("appointment_slots").number("half", half)?;
        taken.insert(Begin { day, half });
    }
    Ok(Calendar {
        rules: rows.iter().map(hours).collect::<Result<_, _>>()?,
        closed: closed.into_iter().collect(),
        taken,
    })
}

/// Adds one with its half-hours; a conflict where somebody has one of them.
pub async fn insert(db: &impl ConnectionTrait, new: &NewAppointment) -> Result<i64, StorageError> {
    let (family_id, worker_id, public_request_id) = match new.whom {
        Whom::Person(person) => {
            let (family, worker) = person.keys();
            (family, worker, None)
        }
        Whom::Asking(id) => (None, None, Some(id)),
    };
    let row = appointment::ActiveModel {
        desk_id: Set(new.desk_id),
        day: Set(new.begin.day),
        half: Set(number_cell(new.begin.half)),
        minutes: Set(number_cell(new.minutes)),
        purpose: Set(new.comes_for.code().to_owned()),
        state: Set(AppointmentState::Booked.code().to_owned()),
        worker_id: Set(worker_id),
        family_id: Set(family_id),
        public_request_id: Set(public_request_id),
        made_at: Set(new.made_at),
        made_by_id: Set(new.made_by),
        cancelled_at: Set(None),
        reminded_at: Set(None),
        ..Default::default()
    };
    let id = appointment::Entity::insert(row)
        .exec(db)
        .await?
        .last_insert_id;
    let first = new.begin.half;
    let slots = (first..first + halves(new.minutes)).map(|half| appointment_slot::ActiveModel {
        appointment_id: Set(id),
        desk_id: Set(new.desk_id),
        day: Set(new.begin.day),
        half: Set(number_cell(half)),
        ..Default::default()
    });
    appointment_slot::Entity::insert_many(slots)
        .exec_without_returning(db)
        .await?;
    Ok(id)
}

fn of(whom: Whom) -> SimpleExpr {
    match whom {
        Whom::Person(Person::Worker(id)) => appointment::Column::WorkerId.eq(id),
        Whom::Person(Person::Family(id)) => appointment::Column::FamilyId.eq(id),
        Whom::Asking(id) => appointment::Column::PublicRequestId.eq(id),
    }
}

fn booked() -> Select<appointment::Entity> {
    appointment::Entity::find()
        .filter(appointment::Column::State.eq(AppointmentState::Booked.code()))
}

/// What somebody has from a day on, the next first.
pub async fn of_whom(
    db: &impl ConnectionTrait,
    whom: Whom,
    from: NaiveDate,
) -> Result<Vec<Appointment>, StorageError> {
    let rows = booked()
        .filter(of(whom))
        .filter(appointment::Column::Day.gte(from))
        .order_by_asc(appointment::Column::Day)
        .order_by_asc(appointment::Column::Half)
        .limit(MOST)
        .all(db)
        .await?;
    rows.iter().map(read).collect()
}

/// Who comes to a desk on a day, in order.
pub async fn of_day(
    db: &impl ConnectionTrait,
    desk_id: i64,
    day: NaiveDate,
) -> Result<Vec<Appointment>, StorageError> {
    let rows = booked()
        .filter(appointment::Column::DeskId.eq(desk_id))
        .filter(appointment::Column::Day.eq(day))
        .order_by_asc(appointment::Column::Half)
        .limit(MOST)
        .all(db)
        .await?;
    rows.iter().map(read).collect()
}

/// The days, of some, of what is booked at a desk by askings without a record, which they
/// chose by themselves.
pub async fn days_of_askings(
    db: &impl ConnectionTrait,
    desk_id: i64,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<NaiveDate>, StorageError> {
    Ok(booked()
        .select_only()
        .column(appointment::Column::Day)
        .filter(appointment::Column::DeskId.eq(desk_id))
        .filter(appointment::Column::Day.between(first, last))
        .filter(appointment::Column::PublicRequestId.is_not_null())
        .filter(appointment::Column::WorkerId.is_null())
        .filter(appointment::Column::FamilyId.is_null())
        .filter(appointment::Column::MadeById.is_null())
        .into_tuple()
        .all(db)
        .await?)
}

/// How many come to a desk on some days.
pub async fn count_between(
    db: &impl ConnectionTrait,
    desk_id: i64,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<u64, StorageError> {
    Ok(booked()
        .filter(appointment::Column::DeskId.eq(desk_id))
        .filter(appointment::Column::Day.between(first, last))
        .count(db)
        .await?)
}

/// How many somebody made since a moment, whatever became of them.
pub async fn count_since(
    db: &impl ConnectionTrait,
    whom: Whom,
    since: DateTime<Utc>,
) -> Result<u64, StorageError> {
    Ok(appointment::Entity::find()
        .filter(of(whom))
        .filter(appointment::Column::MadeAt.gt(since))
        .count(db)
        .await?)
}

/// Cancels some and gives their half-hours back; how many were booked.
pub async fn cancel(
    db: &impl ConnectionTrait,
    ids: &[i64],
    at: DateTime<Utc>,
) -> Result<u64, StorageError> {
    if ids.is_empty() {
        return Ok(0);
    }
    appointment_slot::Entity::delete_many()
        .filter(appointment_slot::Column::AppointmentId.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    let done = appointment::Entity::update_many()
        .set(appointment::ActiveModel {
            state: Set(AppointmentState::Cancelled.code().to_owned()),
            cancelled_at: Set(Some(at)),
            ..Default::default()
        })
        .filter(appointment::Column::Id.is_in(ids.iter().copied()))
        .filter(appointment::Column::State.eq(AppointmentState::Booked.code()))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Up to `most` of a day whose people were not reminded yet, of those made before a moment.
pub async fn to_remind(
    db: &impl ConnectionTrait,
    day: NaiveDate,
    made_before: DateTime<Utc>,
    most: u64,
) -> Result<Vec<Appointment>, StorageError> {
    let rows = booked()
        .filter(appointment::Column::Day.eq(day))
        .filter(appointment::Column::RemindedAt.is_null())
        .filter(appointment::Column::MadeAt.lt(made_before))
        .order_by_asc(appointment::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    rows.iter().map(read).collect()
}

/// Notes that somebody is reminded; whether nobody had noted it before.
pub async fn remind(
    db: &impl ConnectionTrait,
    id: i64,
    at: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let done = appointment::Entity::update_many()
        .set(appointment::ActiveModel {
            reminded_at: Set(Some(at)),
            ..Default::default()
        })
        .filter(appointment::Column::Id.eq(id))
        .filter(appointment::Column::State.eq(AppointmentState::Booked.code()))
        .filter(appointment::Column::RemindedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Whoever asked has a record now: what they booked is the record's.
pub async fn registered(
    db: &impl ConnectionTrait,
    public_request_id: i64,
    person: Person,
) -> Result<(), StorageError> {
    let (family_id, worker_id) = person.keys();
    appointment::Entity::update_many()
        .set(appointment::ActiveModel {
            worker_id: Set(worker_id),
            family_id: Set(family_id),
            ..Default::default()
        })
        .filter(appointment::Column::PublicRequestId.eq(public_request_id))
        .exec(db)
        .await?;
    Ok(())
}

async fn drop_which(db: &impl ConnectionTrait, which: Condition) -> Result<u64, StorageError> {
    let ids = appointment::Entity::find()
        .select_only()
        .column(appointment::Column::Id)
        .filter(which.clone())
        .into_query();
    appointment_slot::Entity::delete_many()
        .filter(appointment_slot::Column::AppointmentId.in_subquery(ids))
        .exec(db)
        .await?;
    let done = appointment::Entity::delete_many()
        .filter(which)
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Takes all of somebody's away; how many.
pub(super) async fn drop_of(
    db: &impl ConnectionTrait,
    person: Person,
) -> Result<u64, StorageError> {
    drop_which(db, Condition::all().add(of(Whom::Person(person)))).await
}

/// What was asked goes: so does what was booked with it, but for what is a record's by now.
pub(super) async fn drop_of_askings(
    db: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<u64, StorageError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let theirs = || appointment::Column::PublicRequestId.is_in(ids.iter().copied());
    let alone = Condition::all()
        .add(theirs())
        .add(appointment::Column::WorkerId.is_null())
        .add(appointment::Column::FamilyId.is_null());
    let dropped = drop_which(db, alone).await?;
    appointment::Entity::update_many()
        .set(appointment::ActiveModel {
            public_request_id: Set(None),
            ..Default::default()
        })
        .filter(theirs())
        .exec(db)
        .await?;
    Ok(dropped)
}

/// Those of days before `before`.
pub(super) fn over(before: NaiveDate) -> Select<appointment::Entity> {
    appointment::Entity::find().filter(appointment::Column::Day.lt(before))
}

/// Takes some away; how many.
pub(super) async fn drop_some(
    db: &impl ConnectionTrait,
    keys: Vec<i64>,
) -> Result<u64, StorageError> {
    drop_which(
        db,
        Condition::all().add(appointment::Column::Id.is_in(keys)),
    )
    .await
}

fn read(row: &appointment::Model) -> Result<Appointment, StorageError> {
    // A record counts before what its person asked by themselves.
    let person = Person::of(row.family_id, row.worker_id).map(Whom::Person);
    let whom = person.or(row.public_request_id.map(Whom::Asking));
    Ok(Appointment {
        id: row.id,
        desk_id: row.desk_id,
        begin: Begin {
            day: row.day,
            half: TABLE.number("half", row.half)?,
        },
        minutes: TABLE.number("minutes", row.minutes)?,
        comes_for: TABLE.read("purpose", ComesFor::parse(&row.purpose))?,
        state: TABLE.read("state", AppointmentState::parse(&row.state))?,
        whom: TABLE.some("worker_id", whom)?,
        is_own: row.made_by_id.is_none(),
        reminded_at: row.reminded_at,
    })
}
