//! The mail as administrators see it: what waits, what went, what was given up,
//! and another try. What a mail says can be read only where it is kept here.

use super::new_message_id;
use crate::domain::account::{Actor, Role};
use crate::domain::contact::EmailAddress;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::mail::{MailKind, MailState};
use crate::services::informing::letter::{did_not_go, told_again};
use crate::services::{Context, ServiceError};
use crate::storage::lists::At;
use crate::storage::outbox::{MailLine, NewMail};
use crate::storage::{self, Page};

fn require_administrator(actor: &Actor) -> Result<(), ServiceError> {
    if actor.role == Role::Administrator {
        Ok(())
    } else {
        Err(ServiceError::Forbidden)
    }
}

/// A page of the mail, the newest first.
pub async fn page(
    context: &Context,
    actor: &Actor,
    state: Option<MailState>,
    at: &At,
) -> Result<Page<MailLine>, ServiceError> {
    require_administrator(actor)?;
    Ok(storage::outbox::page_at(context.db.read(), state, at).await?)
}

/// One mail.
pub async fn get(context: &Context, actor: &Actor, id: i64) -> Result<MailLine, ServiceError> {
    require_administrator(actor)?;
    storage::outbox::find(context.db.read(), id)
        .await?
        .ok_or_else(|| ServiceError::not_found("mail", &id))
}

/// Sends a mail again that was given up or waits; a mark on its address goes.
pub async fn retry(context: &Context, actor: &Actor, id: i64) -> Result<(), ServiceError> {
    let mail = get(context, actor, id).await?;
    // Whoever was not asked by it is asked by another one, when their turn comes.
    if mail.state == MailState::Failed && mail.kind == MailKind::AskToKeep {
        return Err(ServiceError::Refused(Why::new("refused-mail-again")));
    }
    let now = context.now();
    let write = context.db.write().await?;
    if !storage::outbox::retry(&*write, id, now).await? {
        return Err(ServiceError::Refused(Why::new("refused-mail-done")));
    }
    if mail.state == MailState::Failed && mail.kind == MailKind::NewNotice {
        told_again(context, &write, actor.account_id, &mail.message_id).await?;
    }
    let person = match mail.mailing_id {
        Some(mailing) => {
            let mailing = storage::mailings::find(&*write, mailing).await?;
            mailing.map(|mailing| mailing.person)
        }
        None => storage::person_mails::to(&*write, &mail.message_id).await?,
    };
    if let Some(person) = person {
        let contacts = storage::contacts::of(&*write, &[person]).await?;
        for email in contacts.values().filter_map(|one| one.email.as_ref()) {
            storage::outbox::unmark_address(&*write, email).await?;
        }
    }
    let (by, object) = (Some(actor.account_id), id.to_string());
    storage::audit::insert(&*write, now, by, "mail.retried", Some(&object), None).await?;
    Ok(write.commit().await?)
}

/// Keeps a mail that waits from going.
pub async fn cancel(context: &Context, actor: &Actor, id: i64) -> Result<(), ServiceError> {
    let mail = get(context, actor, id).await?;
    let now = context.now();
    let write = context.db.write().await?;
    if !storage::outbox::cancel(&*write, id, now).await? {
        return Err(ServiceError::Refused(Why::new("refused-mail-done")));
    }
    did_not_go(&*write, mail.kind, &mail.message_id).await?;
    let (by, object) = (Some(actor.account_id), id.to_string());
    storage::audit::insert(&*write, now, by, "mail.cancelled", Some(&object), None).await?;
    Ok(write.commit().await?)
}

/// Queues a mail that says only that mail works, to an address as an administrator typed it;
/// its key in the list comes back.
pub async fn test(context: &Context, actor: &Actor, typed: &str) -> Result<i64, ServiceError> {
    require_administrator(actor)?;
    let address = match typed.trim() {
        "" => Err(Why::new("problem-required")),
        text => EmailAddress::parse(text),
    };
    let address = address.map_err(|why| {
        ServiceError::Invalid(Invalid(vec![Problem {
            field: "address",
            value: typed.to_owned(),
            why,
        }]))
    })?;
    let message_id = queue_test(context, address).await?;
    let write = context.db.write().await?;
    let mail = storage::outbox::find_by_message_id(&*write, &message_id).await?;
    let mail = mail.ok_or_else(|| ServiceError::not_found("mail", &message_id))?;
    let (by, object) = (Some(actor.account_id), mail.id.to_string());
    let (now, action) = (context.now(), "mail.tested");
    storage::audit::insert(&*write, now, by, action, Some(&object), None).await?;
    write.commit().await?;
    Ok(mail.id)
}

/// Queues a mail that says only that mail works; its Message-ID comes back.
pub async fn queue_test(context: &Context, to: EmailAddress) -> Result<String, ServiceError> {
    let now = context.now();
    let message_id = new_message_id(context);
    let mail = NewMail {
        kind: MailKind::Test,
        dedup_key: format!("test:{message_id}"),
        message_id: message_id.clone(),
        mailing_id: None,
        recipient: Some(to),
        token: None,
        send_at: now,
    };
    let write = context.db.write().await?;
    storage::outbox::queue(&*write, &mail, now).await?;
    write.commit().await?;
    Ok(message_id)
}
