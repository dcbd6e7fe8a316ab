//! Somebody's job is over: by one tap the desk is told that they look again.

use chrono_tz::Europe::Rome;

use super::opened::{Here, Kept, here_in};
use super::worker::note;
use super::{Context, ServiceError};
use crate::domain::mail::MailKind;
use crate::domain::private_link::PersonTask;
use crate::services::follow_up::survey::Closed;
use crate::storage::mailings::Person;
use crate::storage::{self, Connection};

/// Whether they were asked by mail, and have not said so since.
pub(super) async fn is_asked(db: &impl Connection, person: Person) -> Result<bool, ServiceError> {
    let asked = storage::person_mails::latest(db, person, MailKind::JobOver).await?;
    let Some(asked) = asked else {
        return Ok(false);
    };
    let asked = asked.with_timezone(&Rome).date_naive();
    Ok(storage::person_tasks::count_since(db, person, task(person), asked).await? == 0)
}

/// What the desk has to do about it.
fn task(person: Person) -> PersonTask {
    match person {
        Person::Family(_) => PersonTask::SearchesAgain,
        Person::Worker(_) => PersonTask::LooksAgain,
    }
}

/// The desk is told, once while nobody has seen to it, and needs to phone nobody about it.
pub(in crate::services) async fn tell(
    context: &Context,
    write: &impl Connection,
    person: Person,
) -> Result<(), ServiceError> {
    let (now, today) = (context.now(), context.today());
    storage::person_tasks::put(write, person, task(person), today, None).await?;
    let over = [PersonTask::AskAgain];
    Ok(storage::person_tasks::settle(write, person, &over, now, None).await?)
}

/// One tap.
pub async fn say(context: &Context, address: &str, kept: &Kept) -> Result<Here, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    tell(context, &*write, here.person).await?;
    note(context, &*write, &here, "link.again").await?;
    write.commit().await?;
    Ok(here)
}
