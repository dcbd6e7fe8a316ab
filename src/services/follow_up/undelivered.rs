//! What follows a mail that will not arrive, whether the server refused it or it came
//! back: the telephone is tried instead, or the desk is told to find another way.

use crate::domain::contact::EmailAddress;
use crate::domain::mail::MailKind;
use crate::services::delivery::letter;
use crate::services::proposals::letters;
use crate::services::{Context, ServiceError, inbox, informing, links, notices};
use crate::storage::mailings::Person;
use crate::storage::outbox::Taken;
use crate::storage::{self, Connection, Write};

/// Whatever the mail was about, somebody hears that it did not arrive.
pub(super) async fn told(
    context: &Context,
    write: &Write,
    mail: &Taken,
) -> Result<(), ServiceError> {
    let (db, id) = (&**write, mail.message_id.as_str());
    if let Some(mailing) = mail.mailing_id {
        storage::invitations::phone_from(db, mailing, context.today()).await?;
    }
    letter::failed(context, write, mail).await?;
    notices::undelivered(context, write, mail, mail.kind == MailKind::Sheet).await?;
    letters::undelivered(db, mail.kind, id).await?;
    links::letters::undelivered(context, db, mail).await?;
    informing::letter::did_not_go(db, mail.kind, id).await?;
    inbox::letters::undelivered(context, write, (mail.kind, mail.id)).await
}

/// The address that a mail which came back had gone to. `named`: those that the report
/// names, where it names any; what is not among them is another mailbox's trouble: a newer
/// address of a person, or one that hands its mail on.
pub(super) async fn went_to(
    db: &impl Connection,
    mail: &Taken,
    named: &[EmailAddress],
) -> Result<Option<EmailAddress>, ServiceError> {
    let is_meant =
        |to: &EmailAddress| named.is_empty() || named.iter().any(|one| one.key() == to.key());
    if let Some(to) = &mail.recipient {
        return Ok(Some(to.clone()).filter(is_meant));
    }
    let Some(person) = person(db, mail).await? else {
        return Ok(None);
    };
    let contact = storage::contacts::of(db, &[person]).await?.remove(&person);
    let email = contact.and_then(|one| one.email);
    Ok(email.filter(is_meant))
}

async fn person(db: &impl Connection, mail: &Taken) -> Result<Option<Person>, ServiceError> {
    let id = mail.message_id.as_str();
    if let Some(mailing) = mail.mailing_id {
        let mailing = storage::mailings::find(db, mailing).await?;
        return Ok(mailing.map(|one| one.person));
    }
    if let Some(proposal) = storage::proposals::of_mail(db, id).await? {
        let asked = storage::asked::find(db, proposal).await?;
        return Ok(asked.map(|one| Person::Worker(one.worker_id)));
    }
    if let Some(notice) = storage::notices::of_mail(db, id).await? {
        return Ok(Some(notice.person));
    }
    Ok(storage::person_mails::to(db, id).await?)
}
