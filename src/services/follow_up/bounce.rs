//! A mail that came back: its Message-ID says which one it was. The address is
//! marked and the telephone tried instead; a report of a mere delay changes nothing.

use crate::domain::mail::MailState;
use crate::services::informing::letter::did_not_go;
use crate::services::proposals::letters;
use crate::services::{Context, ServiceError, inbox};
use crate::storage;

/// Message-IDs that are looked up of one report.
const MOST_IDS: usize = 20;

/// What a report was about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bounce {
    /// A mail of ours, for good; its address is marked.
    Returned,
    /// A mail of ours, which is still under way.
    Delayed,
    /// No mail that is known here.
    Unknown,
}

/// Takes a report as it came (RFC 3464, or anything that quotes the Message-ID).
pub async fn take(context: &Context, report: &str) -> Result<Bounce, ServiceError> {
    let domain = format!("@{}", context.post.domain());
    let quoted = report
        .split('<')
        .skip(1)
        .filter_map(|after| after.split_once('>'))
        .map(|(id, _)| id)
        .filter(|id| id.ends_with(&domain));
    let write = context.db.write().await?;
    let mut found = None;
    for id in quoted.take(MOST_IDS) {
        found = storage::outbox::find_by_message_id(&*write, id).await?;
        if found.is_some() {
            break;
        }
    }
    let Some(mail) = found else {
        return Ok(Bounce::Unknown);
    };
    // "Status: 4.…" is a delay; without any status a returned mail is returned.
    let mut statuses = report
        .lines()
        .filter_map(|line| line.strip_prefix("Status:"))
        .map(str::trim)
        .peekable();
    let is_delay = statuses.peek().is_some() && statuses.all(|one| !one.starts_with('5'));
    if is_delay {
        return Ok(Bounce::Delayed);
    }
    let now = context.now();
    let trouble = Some("bounced");
    storage::outbox::finish(&*write, mail.id, MailState::Failed, trouble, None, now).await?;
    letters::undelivered(&*write, mail.kind, &mail.message_id).await?;
    did_not_go(&*write, mail.kind, &mail.message_id).await?;
    inbox::letters::undelivered(context, &write, (mail.kind, mail.id)).await?;
    if let Some(id) = mail.mailing_id
        && let Some(mailing) = storage::mailings::find(&*write, id).await?
    {
        let contacts = storage::contacts::of(&*write, &[mailing.person]).await?;
        for email in contacts.values().filter_map(|one| one.email.as_ref()) {
            storage::outbox::mark_address(&*write, email, "bounced", now).await?;
        }
        storage::invitations::phone_from(&*write, id, context.today()).await?;
    }
    let object = mail.id.to_string();
    storage::audit::insert(&*write, now, None, "mail.bounced", Some(&object), None).await?;
    write.commit().await?;
    Ok(Bounce::Returned)
}
