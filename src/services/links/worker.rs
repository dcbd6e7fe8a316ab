//! What a worker does by their link: say that the availability is still right,
//! change it, pause and come back, withdraw, ask for a correction, choose the
//! language, see who was given their sheet. Each in one transaction, with a line in
//! the record's history; nothing in it needs an operator, and withdrawing for good
//! does.

use chrono::{NaiveDate, TimeDelta};

use super::opened::{Here, Kept, here_in};
use super::{Context, ServiceError};
use crate::catalogue::Language;
use crate::domain::ids::WorkerCode;
use crate::domain::private_link::{PersonTask, words};
use crate::domain::week::WeekGrid;
use crate::domain::worker::{Worker, WorkerStatus};
use crate::services::error::ServiceError as Failure;
use crate::services::follow_up::survey::Closed;
use crate::services::given::{self, Given};
use crate::services::proposals::clearing::worker_away;
use crate::services::registering::save::changed;
use crate::services::sheets::end::end_naming;
use crate::services::tables::Workers;
use crate::storage::changes::Change;
use crate::storage::mailings::Person;
use crate::storage::withdrawals::WITHDRAWN;
use crate::storage::{self, Connection, Page, Stored, Write};

/// What somebody may write in one day.
const MOST_WORDS_A_DAY: u64 = 5;

/// What the desk does by telephone, and needs no more once the worker spoke.
const OVER: [PersonTask; 2] = [PersonTask::AskAvailability, PersonTask::TellPaused];

/// A worker as they see themselves.
pub struct Own {
    pub worker: Worker,
    /// Number and day of the receipt, where they withdrew and nobody called yet.
    pub receipt: Option<(i64, NaiveDate)>,
    /// Their job is said to be over: whether they look again.
    pub asked_again: bool,
}

async fn load(db: &impl Connection, here: &Here) -> Result<Stored<Worker>, Closed> {
    let Person::Worker(id) = here.person else {
        return Err(Closed::Gone);
    };
    storage::workers::by_id(db, id).await?.ok_or(Closed::Gone)
}

/// What a worker sees of themselves.
pub async fn own(context: &Context, here: &Here) -> Result<Own, Closed> {
    let db = context.db.read();
    let worker = load(db, here).await?;
    let kind = PersonTask::Withdrawal;
    let receipt = storage::person_tasks::open_of(db, here.person, kind).await?;
    Ok(Own {
        receipt: receipt.filter(|_| worker.value.status == WorkerStatus::Paused),
        worker: worker.value,
        asked_again: super::again::is_asked(db, here.person).await?,
    })
}

/// Holds the worker of a link and changes them; what `edit` says no to is not
/// written. Whoever changes the record at the same moment waits, or is told.
async fn change(
    context: &Context,
    write: &Write,
    here: &Here,
    edit: impl FnOnce(&mut Worker) -> bool,
) -> Result<bool, Closed> {
    let Person::Worker(id) = here.person else {
        return Err(Closed::Gone);
    };
    storage::workers::lock(&**write, &[id]).await?;
    let mut worker = load(&**write, here).await?;
    let before = worker.value.clone();
    if !edit(&mut worker.value) {
        return Ok(false);
    }
    if worker.value == before {
        return Ok(true);
    }
    storage::workers::update(&**write, &worker).await?;
    let moved = before.status != worker.value.status;
    let change = Change {
        kind: "worker",
        record: &here.code,
        version: worker.version + 1,
        action: if moved {
            worker.value.status.code()
        } else {
            "changed"
        },
        fields: changed::<Workers>(&before, &worker.value),
    };
    storage::changes::insert(&**write, context.now(), None, &change).await?;
    let action = format!("worker.{}", change.action);
    note(context, &**write, here, &action).await?;
    Ok(true)
}

/// A line of the record of what was done, by a link.
pub(super) async fn note(
    context: &Context,
    db: &impl Connection,
    here: &Here,
    action: &str,
) -> Result<(), Failure> {
    let (now, object) = (context.now(), Some(here.code.as_str()));
    Ok(storage::audit::insert(db, now, None, action, object, Some("link")).await?)
}

async fn spoke(context: &Context, write: &Write, here: &Here) -> Result<(), ServiceError> {
    let now = context.now();
    Ok(storage::person_tasks::settle(&**write, here.person, &OVER, now, None).await?)
}

/// One tap: the availability is right, and whoever is paused is back.
pub async fn confirm(context: &Context, address: &str, kept: &Kept) -> Result<Here, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    let today = context.today();
    change(context, &write, &here, |worker| {
        worker.status = WorkerStatus::Active;
        worker.paused_until = None;
        worker.pause_reason = None;
        worker.confirmed_on = Some(today);
        true
    })
    .await?;
    spoke(context, &write, &here).await?;
    write.commit().await?;
    Ok(here)
}

/// Another week. `was`: the week that the form was filled from; whether it still
/// was the record's.
pub async fn set_week(
    context: &Context,
    address: &str,
    kept: &Kept,
    was: &str,
    week: WeekGrid,
) -> Result<bool, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    let today = context.today();
    let done = change(context, &write, &here, |worker| {
        let current = worker.availability == week || worker.availability.to_string() == was;
        worker.availability = week;
        worker.confirmed_on = Some(today);
        current
    })
    .await?;
    if done {
        spoke(context, &write, &here).await?;
        write.commit().await?;
    }
    Ok(done)
}

/// A pause of some weeks, from now. Whoever withdrew and was not called yet stays out: the end
/// of a pause would bring them back.
pub async fn pause(
    context: &Context,
    address: &str,
    kept: &Kept,
    weeks: u32,
) -> Result<Here, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    let today = context.today();
    let kind = PersonTask::Withdrawal;
    let withdrew = storage::person_tasks::open_of(&*write, here.person, kind).await?;
    change(context, &write, &here, |worker| {
        if withdrew.is_some() && worker.status == WorkerStatus::Paused {
            return true;
        }
        worker.status = WorkerStatus::Paused;
        worker.paused_until = Some(today + TimeDelta::weeks(i64::from(weeks)));
        worker.pause_reason = Some("own_wish");
        true
    })
    .await?;
    spoke(context, &write, &here).await?;
    write.commit().await?;
    Ok(here)
}

/// Withdraws: paused at once and without an end, and somebody of the desk calls. Sheets
/// that name them are revoked with it: their yes to being named is taken back by this
/// word, not by the call that confirms it. Where it was a slip, a sheet can be issued again.
pub async fn withdraw(context: &Context, address: &str, kept: &Kept) -> Result<Here, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    change(context, &write, &here, |worker| {
        worker.status = WorkerStatus::Paused;
        worker.paused_until = None;
        worker.pause_reason = Some("own_wish");
        true
    })
    .await?;
    if let Person::Worker(id) = here.person {
        end_naming(context, &write, None, id, WITHDRAWN).await?;
        worker_away(context, &write, id).await?;
    }
    let (kind, today) = (PersonTask::Withdrawal, context.today());
    storage::person_tasks::put(&*write, here.person, kind, today, None).await?;
    spoke(context, &write, &here).await?;
    note(context, &*write, &here, "link.withdrawal").await?;
    write.commit().await?;
    Ok(here)
}

/// What somebody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Kept,
    /// Nothing, or too much.
    Wrong,
    /// Too often on one day: the telephone is quicker.
    Enough,
}

/// Something in the data is not right: the desk reads it.
pub async fn correct(
    context: &Context,
    address: &str,
    kept: &Kept,
    typed: &str,
) -> Result<Written, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    let Some(words) = words(typed) else {
        return Ok(Written::Wrong);
    };
    let (kind, today) = (PersonTask::Correction, context.today());
    let before = storage::person_tasks::count_since(&*write, here.person, kind, today).await?;
    if before >= MOST_WORDS_A_DAY {
        return Ok(Written::Enough);
    }
    storage::person_tasks::put(&*write, here.person, kind, today, Some(&words)).await?;
    note(context, &*write, &here, "link.correction").await?;
    write.commit().await?;
    Ok(Written::Kept)
}

/// The language in which they read and are written to from now on.
pub async fn speak(
    context: &Context,
    address: &str,
    kept: &Kept,
    language: Language,
) -> Result<Here, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    let Some(spoken) = crate::domain::language::Language::by_code(language.tag()) else {
        return Ok(here);
    };
    match here.person {
        Person::Worker(_) => {
            change(context, &write, &here, |worker| {
                worker.contact_language = spoken;
                true
            })
            .await?;
        }
        Person::Family(_) => super::family::speak(context, &write, &here, spoken).await?,
    }
    write.commit().await?;
    Ok(here)
}

/// Who was given the sheet: only for whoever typed the code a short while ago.
pub async fn told(context: &Context, here: &Here, number: u64) -> Result<Page<Given>, Closed> {
    match (here.person, WorkerCode::parse(&here.code)) {
        (Person::Worker(_), Ok(code)) if here.names => {
            Ok(given::of_worker(context, &code, number).await?)
        }
        _ => Err(Closed::Gone),
    }
}
