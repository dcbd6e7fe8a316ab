//! The mails that bring a private link, and what a worker is told about their place
//! in the pool: made when they go, from what holds then. What is over is not
//! written.

use super::opened::is_gone;
use super::{Context, ServiceError, address};
use crate::catalogue::{Language, Words};
use crate::domain::keeping::{Reminding, Silence};
use crate::domain::mail::MailKind;
use crate::domain::private_link::PersonTask;
use crate::domain::request::Exclusion;
use crate::domain::worker::{Worker, WorkerStatus};
use crate::mail::Message;
use crate::mail::letter::Letter;
use crate::services::appointments::remind;
use crate::services::follow_up::delivery::desk;
use crate::storage::mailings::Person;
use crate::storage::outbox::Taken;
use crate::storage::{self, Connection};
use chrono::{NaiveDate, TimeDelta};

/// The mail as it stands now; none where nobody needs to read it any more.
pub(in crate::services) async fn message(
    context: &Context,
    mail: &Taken,
) -> Result<Option<Message>, ServiceError> {
    let db = context.db.snapshot().await?;
    let Some(person) = storage::person_mails::to(&db, &mail.message_id).await? else {
        return Ok(None);
    };
    let contact = storage::contacts::of(&db, &[person]).await?.remove(&person);
    let Some((contact, to)) = contact.and_then(|one| Some((one.clone(), one.email?))) else {
        return Ok(None);
    };
    if !storage::outbox::marked(&db, &[&to]).await?.is_empty() {
        return Ok(None);
    }
    let words = Words::new(super::opened::language_of(person, contact.language));
    let link = match mail.token.as_deref() {
        Some(token) => {
            let hash = super::hash_of(token);
            let link = storage::private_links::of_token(&db, &hash).await?;
            if !link.is_some_and(|link| link.term.holds(context.today())) {
                return Ok(None);
            }
            Some(address(context, token))
        }
        None => None,
    };
    let letter = written(context, &db, words, person, mail.kind, link.clone()).await?;
    let Some(mut letter) = letter else {
        return Ok(None);
    };
    if !keys_of(mail.kind).iter().all(|key| words.is_reviewed(key)) {
        let italian = Words::new(Language::It);
        let same = written(context, &db, italian, person, mail.kind, link).await?;
        letter = match same {
            Some(same) => letter.above(same),
            None => letter,
        };
    }
    let desk = desk(&db, contact.desk_id).await?;
    let rendered = letter.signed(&desk).render()?;
    Ok(Some(rendered.to(to, &mail.message_id)))
}

async fn written(
    context: &Context,
    db: &impl Connection,
    words: Words,
    person: Person,
    kind: MailKind,
    link: Option<String>,
) -> Result<Option<Letter>, ServiceError> {
    match kind {
        MailKind::PrivateLink => return Ok(link.map(|link| own_link(words, link))),
        MailKind::JobOver => return job_over(db, words, person, link).await,
        MailKind::AppointmentNear => {
            return remind::letter(context, db, words, person, link).await;
        }
        _ => {}
    }
    of_the_pool(context, db, words, person, kind, link).await
}

/// The messages that a letter of a kind is made of.
fn keys_of(kind: MailKind) -> &'static [&'static str] {
    match kind {
        MailKind::AskAvailability => &["links-ask-intro", "links-ask-open", "links-ask-how"],
        MailKind::PausedForSilence => &[
            "links-silence-intro",
            "links-silence-open",
            "links-mail-how",
        ],
        MailKind::PermitEnds => &[
            "links-permit-intro",
            "links-near-choose",
            "links-permit-how",
        ],
        MailKind::AccreditationEnds => &[
            "links-accreditation-intro",
            "links-near-choose",
            "links-accreditation-how",
        ],
        MailKind::AppointmentNear => &remind::KEYS,
        MailKind::JobOver => &["again-worker-intro", "again-worker-open", "links-mail-how"],
        _ => &["links-mail-intro", "links-mail-open", "links-mail-how"],
    }
}

fn letter(words: Words, [subject, intro]: [String; 2], closing: &'static str) -> Letter {
    Letter {
        words,
        subject,
        intro,
        facts: Vec::new(),
        action: None,
        closing: words.get(closing).into_owned(),
        signature: String::new(),
        beneath: Vec::new(),
    }
}

fn own_link(words: Words, link: String) -> Letter {
    let said = ["links-mail-subject", "links-mail-intro"];
    let said = said.map(|key| words.get(key).into_owned());
    Letter {
        action: Some((words.get("links-mail-open").into_owned(), link)),
        ..letter(words, said, "links-mail-how")
    }
}

/// Whether somebody whose job is over looks again, unless they are asked nothing any more.
async fn job_over(
    db: &impl Connection,
    words: Words,
    person: Person,
    link: Option<String>,
) -> Result<Option<Letter>, ServiceError> {
    let stopped = storage::mailings::stopped(db, &[person]).await?;
    let died = match person {
        Person::Worker(_) => false,
        Person::Family(id) => {
            let mut requests = storage::requests::of_family(db, id).await?.into_iter();
            requests.any(|one| one.value.excluded == Some(Exclusion::Died))
        }
    };
    if died || is_gone(db, person).await? || !stopped.is_empty() {
        return Ok(None);
    }
    let [subject, intro, open] = match person {
        Person::Family(_) => [
            "again-family-subject",
            "again-family-intro",
            "again-family-open",
        ],
        Person::Worker(_) => [
            "again-worker-subject",
            "again-worker-intro",
            "again-worker-open",
        ],
    }
    .map(|key| words.get(key).into_owned());
    Ok(link.map(|link| Letter {
        action: Some((open, link)),
        ..letter(words, [subject, intro], "links-mail-how")
    }))
}

/// What a worker is told, as long as it is so.
async fn of_the_pool(
    context: &Context,
    db: &impl Connection,
    words: Words,
    person: Person,
    kind: MailKind,
    link: Option<String>,
) -> Result<Option<Letter>, ServiceError> {
    let Person::Worker(id) = person else {
        return Ok(None);
    };
    let Some(worker) = storage::workers::by_id(db, id).await? else {
        return Ok(None);
    };
    let (worker, today) = (worker.value, context.today());
    let numbers = storage::policy::numbers(db).await?;
    let silence = Silence::on(&numbers, today);
    let reminding = Reminding::on(&numbers, today);
    let text = |key: &str| words.get(key).into_owned();
    Ok(match kind {
        MailKind::AskAvailability if is_silent(&worker, silence, today) => {
            link.map(|link| Letter {
                action: Some((text("links-ask-open"), link)),
                closing: words.with(
                    "links-ask-how",
                    &[(
                        "date",
                        &words.date(today + TimeDelta::days(silence.time_to_answer())),
                    )],
                ),
                ..letter(
                    words,
                    [text("links-ask-subject"), text("links-ask-intro")],
                    "links-mail-how",
                )
            })
        }
        MailKind::PausedForSilence if is_paused_for_silence(&worker) => link.map(|link| Letter {
            action: Some((text("links-silence-open"), link)),
            ..letter(
                words,
                [
                    text("links-silence-subject"),
                    words.with("links-silence-intro", &[("days", &silence.paused_after)]),
                ],
                "links-mail-how",
            )
        }),
        MailKind::PermitEnds => {
            let ends = worker.permit_until;
            let ends = ends.filter(|day| reminding.is_near(*day, today));
            ends.filter(|_| !worker.renewal_receipt).map(|day| {
                let intro = words.with("links-permit-intro", &[("date", &words.date(day))]);
                let said = [text("links-permit-subject"), intro];
                Letter {
                    action: link.map(|link| (text("links-near-choose"), link)),
                    ..letter(words, said, "links-permit-how")
                }
            })
        }
        MailKind::AccreditationEnds => {
            let ends = storage::keeping::accreditation_of(db, id).await?;
            let near = ends.filter(|day| reminding.is_near(*day, today));
            near.map(|day| {
                let date = words.date(day);
                let intro = words.with("links-accreditation-intro", &[("date", &date)]);
                let said = [text("links-accreditation-subject"), intro];
                Letter {
                    action: link.map(|link| (text("links-near-choose"), link)),
                    ..letter(words, said, "links-accreditation-how")
                }
            })
        }
        _ => None,
    })
}

fn is_silent(worker: &Worker, silence: Silence, today: NaiveDate) -> bool {
    let last = worker.confirmed_on.unwrap_or(worker.registered_on);
    worker.status == WorkerStatus::Active && (today - last).num_days() >= silence.asked_after
}

fn is_paused_for_silence(worker: &Worker) -> bool {
    worker.status == WorkerStatus::Paused && worker.pause_reason == Some("no_answer")
}

/// A mail will not arrive: the desk phones instead.
pub(in crate::services) async fn undelivered(
    context: &Context,
    db: &impl Connection,
    mail: &Taken,
) -> Result<(), ServiceError> {
    let kind = match mail.kind {
        MailKind::PrivateLink | MailKind::AppointmentNear => PersonTask::MailFailed,
        MailKind::AskAvailability => PersonTask::AskAvailability,
        MailKind::PausedForSilence => PersonTask::TellPaused,
        MailKind::PermitEnds => PersonTask::PermitEnds,
        MailKind::AccreditationEnds => PersonTask::AccreditationEnds,
        MailKind::JobOver => PersonTask::AskAgain,
        _ => return Ok(()),
    };
    if let Some(person) = storage::person_mails::to(db, &mail.message_id).await? {
        storage::person_tasks::put(db, person, kind, context.today(), None).await?;
    }
    Ok(())
}
