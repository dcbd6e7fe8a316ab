//! The mail that tells somebody of a new notice: made when it goes, and not written to whom
//! it does not concern any more. It leads to the public page and opens nothing of theirs.

use crate::catalogue::{Language, Words};
use crate::domain::informing::{ToldHow, Version};
use crate::domain::invalid::Why;
use crate::domain::mail::MailKind;
use crate::domain::worker::WorkerStatus;
use crate::mail::Message;
use crate::mail::letter::Letter;
use crate::services::follow_up::delivery::desk;
use crate::services::proposals::letters::Letterbox;
use crate::services::{Context, ServiceError};
use crate::storage::informing::NewGiven;
use crate::storage::mailings::Person;
use crate::storage::outbox::Taken;
use crate::storage::{self, Connection, StorageError, Write};

const KEYS: [&str; 4] = [
    "links-notice-subject",
    "links-notice-intro",
    "links-notice-open",
    "links-notice-how",
];

/// The mail as it stands now; none where nobody needs to read it any more.
pub(in crate::services) async fn message(
    context: &Context,
    mail: &Taken,
) -> Result<Option<Message>, ServiceError> {
    let db = context.db.snapshot().await?;
    let Some(person) = storage::person_mails::to(&db, &mail.message_id).await? else {
        return Ok(None);
    };
    let Some(version) = storage::informing::told_by(&db, &mail.message_id).await? else {
        return Ok(None);
    };
    let in_force = storage::informing::in_force(&db, context.today()).await?;
    if !in_force.contains(&version)
        || has_withdrawn(&db, person).await?
        || !Letterbox::open(&db, &[person]).await?.takes_mail(person)
    {
        return Ok(None);
    }
    let contact = storage::contacts::of(&db, &[person]).await?.remove(&person);
    let Some((contact, to)) = contact.and_then(|one| Some((one.clone(), one.email?))) else {
        return Ok(None);
    };
    let words = Words::new(Language::written_to(contact.language));
    let link = format!("{}/privacy?language={}", context.public_url, words.tag());
    let mut letter = written(words, version, &link);
    if !KEYS.iter().all(|key| words.is_reviewed(key)) {
        letter = letter.above(written(Words::new(Language::It), version, &link));
    }
    let desk = desk(&db, contact.desk_id).await?;
    let rendered = letter.signed(&desk).render()?;
    Ok(Some(rendered.to(to, &mail.message_id)))
}

fn written(words: Words, version: Version, link: &str) -> Letter {
    let [subject, intro, open, how] = KEYS;
    let date = words.date(version.valid_from);
    Letter {
        words,
        subject: words.get(subject).into_owned(),
        intro: words.with(intro, &[("date", &date)]),
        facts: Vec::new(),
        action: Some((words.get(open).into_owned(), link.to_owned())),
        closing: words.get(how).into_owned(),
        signature: String::new(),
        beneath: Vec::new(),
    }
}

async fn has_withdrawn(db: &impl Connection, person: Person) -> Result<bool, ServiceError> {
    let Person::Worker(id) = person else {
        return Ok(false);
    };
    let worker = storage::workers::by_id(db, id).await?;
    Ok(worker.is_none_or(|one| one.value.status == WorkerStatus::Withdrawn))
}

/// A mail that was given up is to go once more: its person is told by it again. Refused where
/// they were told meanwhile, or another notice took its place.
pub(in crate::services) async fn told_again(
    context: &Context,
    write: &Write,
    account_id: i64,
    message_id: &str,
) -> Result<(), ServiceError> {
    let (db, today) = (&**write, context.today());
    let refused = || ServiceError::Refused(Why::new("refused-mail-again"));
    let key = storage::outbox::key_of_message(db, message_id).await?;
    let version: Option<i64> = key.and_then(|key| key.split(':').nth(1)?.parse().ok());
    let person = storage::person_mails::to(db, message_id).await?;
    let (Some(version), Some(person)) = (version, person) else {
        return Err(refused());
    };
    let versions = storage::informing::in_force(db, today).await?;
    let version = versions.into_iter().find(|one| one.id == version);
    let contact = storage::contacts::of(db, &[person]).await?.remove(&person);
    let (Some(version), Some(contact)) = (version, contact) else {
        return Err(refused());
    };
    let still = storage::informing::still_among(db, version, &[contact.code]).await?;
    if still.is_empty() {
        return Err(refused());
    }
    let given = NewGiven {
        version_id: version.id,
        person,
        how: ToldHow::Mail,
        on: today,
        account_id,
        message_id: Some(message_id.to_owned()),
    };
    Ok(storage::informing::insert_given(db, &[given]).await?)
}

/// A mail that did not go told nobody: its person is on the list again.
pub(in crate::services) async fn did_not_go(
    db: &impl Connection,
    kind: MailKind,
    message_id: &str,
) -> Result<(), StorageError> {
    match kind {
        MailKind::NewNotice => storage::informing::not_given_by(db, message_id).await?,
        MailKind::AskToKeep => {
            if let Some(person) = storage::person_mails::to(db, message_id).await? {
                storage::renewals::not_asked(db, person).await?;
            }
        }
        _ => {}
    }
    Ok(())
}
