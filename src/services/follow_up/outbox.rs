//! The mail as administrators see it: what waits, what went, what was given up,
//! and another try. What a mail says can be read only where it is kept here.

use super::new_message_id;
use crate::domain::account::{Actor, Role};
use crate::domain::contact::EmailAddress;
use crate::domain::invalid::Why;
use crate::domain::mail::{MailKind, MailState};
use crate::services::informing::letter::did_not_go;
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
    if mail.state == MailState::Failed
        && [MailKind::NewNotice, MailKind::AskToKeep].contains(&mail.kind)
    {
        return Err(ServiceError::Refused(Why::new("refused-mail-again")));
    }
    let now = context.now();
    let write = context.db.write().await?;
    if !storage::outbox::retry(&*write, id, now).await? {
        return Err(ServiceError::Refused(Why::new("refused-mail-done")));
    }
    if let Some(mailing) = mail.mailing_id
        && let Some(mailing) = storage::mailings::find(&*write, mailing).await?
    {
        let contacts = storage::contacts::of(&*write, &[mailing.person]).await?;
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

/// Queues a mail that says only that mail works; its key comes back.
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
