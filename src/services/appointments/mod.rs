//! Appointments at a desk. A desk says when it gives them (`hours`) and reads who comes
//! (`day`); an operator makes one for somebody (`person`), and people choose by their link or
//! after they asked to be registered (`links::appointment`, `inbox::join`): all by the same
//! way, which is here. The day before, whoever comes is reminded (`remind`).

pub mod day;
pub mod hours;
pub mod person;
pub mod remind;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use chrono_tz::Europe::Rome;

use super::{Context, ServiceError};
use crate::domain::appointment::{AHEAD_DAYS, ASKED_AHEAD_DAYS, Begin, Calendar, ComesFor};
use crate::domain::keeping::Reminding;
use crate::domain::private_link::PersonTask;
use crate::domain::worker::WorkerStatus;
use crate::storage::appointments::{Appointment, NewAppointment, Whom};
use crate::storage::mailings::Person;
use crate::storage::merges::People;
use crate::storage::places::Desk;
use crate::storage::{self, Connection, StorageError, Write};

/// What the desk has to do no more once somebody comes for a renewal: of the title of stay,
/// and of the accreditation.
const RENEWED: [PersonTask; 2] = [PersonTask::PermitEnds, PersonTask::AccreditationEnds];

/// What somebody may choose among.
#[derive(Debug, Clone, Default)]
pub struct Offer {
    /// Days with something free, each with its beginnings.
    pub days: Vec<Vec<Begin>>,
    /// There may be more from this day on.
    pub more: Option<NaiveDate>,
}

/// Who chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::services) enum By {
    /// Somebody of a desk, from now on.
    Account(i64),
    /// Who comes, from tomorrow on.
    Own,
    /// Somebody who asked on the public page and whom nobody has called yet: soon, and where
    /// enough is left for the others.
    Asked,
}

impl By {
    fn account(self) -> Option<i64> {
        match self {
            Self::Account(id) => Some(id),
            Self::Own | Self::Asked => None,
        }
    }

    /// The days for which an appointment may be made.
    fn days(self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let (first, ahead) = match self {
            Self::Account(_) => (0, AHEAD_DAYS),
            Self::Own => (1, AHEAD_DAYS),
            Self::Asked => (1, ASKED_AHEAD_DAYS),
        };
        let after = |days| today + TimeDelta::days(days);
        (after(first), after(ahead))
    }
}

/// A desk's calendar of some days, as it is for whoever chooses.
async fn calendar(
    db: &impl Connection,
    desk_id: i64,
    by: By,
    days: (NaiveDate, NaiveDate),
) -> Result<Calendar, StorageError> {
    let mut calendar = storage::appointments::calendar(db, desk_id, days).await?;
    if by == By::Asked {
        let asked = storage::appointments::days_of_askings(db, desk_id, days).await?;
        calendar.spare(&asked);
    }
    Ok(calendar)
}

/// This moment on the desks' calendar.
pub(in crate::services) fn now_here(context: &Context) -> NaiveDateTime {
    context.now().with_timezone(&Rome).naive_local()
}

/// What a desk has free, from a day on where one is named.
pub(in crate::services) async fn offer(
    context: &Context,
    db: &impl Connection,
    desk_id: i64,
    by: By,
    from: Option<NaiveDate>,
) -> Result<Offer, ServiceError> {
    let (first, last) = by.days(context.today());
    let first = from.map_or(first, |from| from.clamp(first, last));
    let calendar = calendar(db, desk_id, by, (first, last)).await?;
    let (days, more) = calendar.offer((first, last), now_here(context));
    Ok(Offer { days, more })
}

/// What somebody has before them, the next first.
pub(in crate::services) async fn ahead(
    context: &Context,
    db: &impl Connection,
    whom: Whom,
) -> Result<Vec<Appointment>, StorageError> {
    let mut all = storage::appointments::of_whom(db, whom, context.today()).await?;
    let now = now_here(context);
    all.retain(|one| one.begin.at() > now);
    Ok(all)
}

/// The same, each with the desk that it is at: somebody may come to another than their own.
pub(in crate::services) async fn ahead_at(
    context: &Context,
    db: &impl Connection,
    whom: Whom,
    desks: &[(i64, Desk)],
) -> Result<Vec<(Appointment, Desk)>, StorageError> {
    let own = ahead(context, db, whom).await?.into_iter();
    let own = own.filter_map(|one| {
        let at = desks.iter().find(|(id, _)| *id == one.desk_id)?;
        Some((one, at.1.clone()))
    });
    Ok(own.collect())
}

/// What is to be booked.
#[derive(Clone, Copy)]
pub(in crate::services) struct Wish<'a> {
    pub whom: Whom,
    /// What stands in the record of who did what.
    pub code: &'a str,
    pub desk_id: i64,
    pub begin: Begin,
    pub comes_for: ComesFor,
    pub by: By,
}

/// Holds whoever comes: nobody books for them at the same moment. Whether they may book: a
/// desk may have decided what somebody asked until now.
async fn hold(write: &Write, whom: Whom) -> Result<bool, StorageError> {
    let db = &**write;
    match whom {
        Whom::Person(Person::Worker(id)) => storage::workers::lock(db, &[id]).await?,
        Whom::Person(Person::Family(id)) => {
            storage::merges::lock(db, People::Families, [id, id]).await?;
        }
        Whom::Asking(id) => return storage::inbox::lock(db, id).await,
    }
    Ok(true)
}

/// Books, in the place of what they had before them; whether it was still free. Where it was
/// not, the transaction is not to be committed.
pub(in crate::services) async fn book(
    context: &Context,
    write: &Write,
    wish: Wish<'_>,
) -> Result<bool, ServiceError> {
    let (db, now) = (&**write, context.now());
    let (first, last) = wish.by.days(context.today());
    let day = wish.begin.day;
    let in_time = (first..=last).contains(&day) && wish.begin.at() > now_here(context);
    if !in_time || !hold(write, wish.whom).await? {
        return Ok(false);
    }
    storage::appointments::lock_desk(db, wish.desk_id).await?;
    let before = ahead(context, db, wish.whom).await?;
    let ids: Vec<i64> = before.iter().map(|one| one.id).collect();
    storage::appointments::cancel(db, &ids, now).await?;
    let calendar = calendar(db, wish.desk_id, wish.by, (day, day)).await?;
    let Some(minutes) = calendar.free(wish.begin) else {
        return Ok(false);
    };
    let new = NewAppointment {
        desk_id: wish.desk_id,
        begin: wish.begin,
        minutes,
        comes_for: wish.comes_for,
        whom: wish.whom,
        made_at: now,
        made_by: wish.by.account(),
    };
    match storage::appointments::insert(db, &new).await {
        Err(StorageError::Conflict { .. }) => return Ok(false),
        other => other?,
    };
    if let (ComesFor::Renewal, Whom::Person(person)) = (wish.comes_for, wish.whom) {
        let by = wish.by.account();
        storage::person_tasks::settle(db, person, &RENEWED, now, by).await?;
    } else {
        nobody_renews(context, write, wish.whom, &before).await?;
    }
    let action = if ids.is_empty() {
        "appointment.made"
    } else {
        "appointment.moved"
    };
    audit(context, write, wish.by, (action, wish.code), wish.begin).await?;
    Ok(true)
}

/// Cancels what somebody has before them; how many.
pub(in crate::services) async fn cancel(
    context: &Context,
    write: &Write,
    (whom, code): (Whom, &str),
    by: By,
) -> Result<u64, StorageError> {
    hold(write, whom).await?;
    let before = ahead(context, &**write, whom).await?;
    let ids: Vec<i64> = before.iter().map(|one| one.id).collect();
    let done = storage::appointments::cancel(&**write, &ids, context.now()).await?;
    nobody_renews(context, write, whom, &before).await?;
    // Two records that became one may have had one each.
    for one in &before {
        let what = ("appointment.cancelled", code);
        audit(context, write, by, what, one.begin).await?;
    }
    Ok(done)
}

/// Somebody who was to come for a renewal does not: the end that is near is the desk's again,
/// which was told of it once and is not by itself told anew.
async fn nobody_renews(
    context: &Context,
    write: &Write,
    whom: Whom,
    before: &[Appointment],
) -> Result<(), StorageError> {
    let Whom::Person(person @ Person::Worker(id)) = whom else {
        return Ok(());
    };
    let (db, today) = (&**write, context.today());
    if !before.iter().any(|one| one.comes_for == ComesFor::Renewal) {
        return Ok(());
    }
    let worker = storage::workers::by_id(db, id).await?.map(|one| one.value);
    let Some(worker) = worker.filter(|one| one.status != WorkerStatus::Withdrawn) else {
        return Ok(());
    };
    let reminding = Reminding::on(&storage::policy::numbers(db).await?, today);
    let permit = worker.permit_until.filter(|_| !worker.renewal_receipt);
    let accreditation = storage::keeping::accreditation_of(db, id).await?;
    for (end, task) in [permit, accreditation].into_iter().zip(RENEWED) {
        if end.is_some_and(|end| reminding.is_near(end, today)) {
            storage::person_tasks::put(db, person, task, today, None).await?;
        }
    }
    Ok(())
}

async fn audit(
    context: &Context,
    write: &Write,
    by: By,
    (action, code): (&str, &str),
    begin: Begin,
) -> Result<(), StorageError> {
    let (now, when) = (context.now(), begin.text());
    storage::audit::insert(&**write, now, by.account(), action, Some(code), Some(&when)).await
}

/// A desk's key, by its code.
pub(in crate::services) async fn desk_of(
    db: &impl Connection,
    code: &str,
) -> Result<(i64, Desk), ServiceError> {
    let desks = storage::places::desks(db).await?;
    let mut all = desks.into_iter();
    let found = all.find(|(_, desk)| desk.code.as_str() == code);
    found.ok_or_else(|| ServiceError::not_found("desk", code))
}
