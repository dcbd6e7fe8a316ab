//! A job is said to be over: the worker is asked whether to be available again, the
//! family whether to search anew. Whoever said it on a page of their own is asked
//! there; the others by a mail whose page takes one tap, or by telephone.

use crate::domain::answer::Channel;
use crate::domain::follow_up::{Asked, NeedState};
use crate::domain::mail::MailKind;
use crate::domain::private_link::PersonTask;
use crate::services::links;
use crate::services::proposals::letters::Letterbox;
use crate::services::{Context, ServiceError};
use crate::storage::invitations::Candidate;
use crate::storage::mailings::Person;
use crate::storage::merges::People;
use crate::storage::{self, Connection};

/// Asks whom it concerns, each once for an introduction. `side` said it, `via` this way.
pub(super) async fn ask(
    context: &Context,
    write: &impl Connection,
    introduction: &Candidate,
    side: Asked,
    via: Channel,
) -> Result<(), ServiceError> {
    let there = |asked: &Asked| *asked != side || via != Channel::Mail;
    let lives = |asked: &Asked| match asked {
        Asked::Family => introduction.request == NeedState::Lives,
        Asked::Worker => !introduction.worker_withdrawn,
    };
    let whom = [Asked::Family, Asked::Worker].into_iter();
    let people: Vec<Person> = whom
        .filter(|asked| there(asked) && lives(asked))
        .map(|asked| match asked {
            Asked::Family => Person::Family(introduction.family_id),
            Asked::Worker => Person::Worker(introduction.worker_id),
        })
        .collect();
    let stopped = storage::mailings::stopped(write, &people).await?;
    let contacts = storage::contacts::of(write, &people).await?;
    let letterbox = Letterbox::open(write, &people).await?;
    for person in people {
        let Some(contact) = contacts.get(&person) else {
            continue;
        };
        let kind = match person {
            Person::Family(_) => People::Families,
            Person::Worker(_) => People::Workers,
        };
        let held = storage::blocks::held_among(write, kind, [contact.code.as_str()]).await?;
        if stopped.contains_key(&person) || !held.is_empty() {
            continue;
        }
        if letterbox.takes_mail(person) {
            by_mail(context, write, introduction.id, person).await?;
        } else {
            let (kind, today) = (PersonTask::AskAgain, context.today());
            storage::person_tasks::put(write, person, kind, today, None).await?;
        }
    }
    Ok(())
}

async fn by_mail(
    context: &Context,
    write: &impl Connection,
    introduction_id: i64,
    person: Person,
) -> Result<(), ServiceError> {
    let (kind, side) = (MailKind::JobOver, person.side().code());
    let dedup_key = format!("{}:{introduction_id}:{side}", kind.code());
    if storage::outbox::is_queued(write, &dedup_key).await? {
        return Ok(());
    }
    links::queue_mail(context, write, person, (kind, dedup_key), true).await
}
