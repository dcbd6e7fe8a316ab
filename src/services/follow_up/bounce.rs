//! A mail that came back: its Message-ID says which one it was. The address is
//! marked and the telephone tried instead; a report of a mere delay changes nothing.

use super::undelivered;
use crate::domain::contact::EmailAddress;
use crate::domain::mail::MailState;
use crate::services::{Context, ServiceError};
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
        // Ours are plain; PostgreSQL would not even compare what holds a NUL.
        .filter(|id| id.ends_with(&domain) && id.bytes().all(|byte| byte.is_ascii_graphic()));
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
    let mut statuses = header(report, "Status").peekable();
    let is_delay = statuses.peek().is_some() && statuses.all(|one| !one.starts_with('5'));
    if is_delay {
        return Ok(Bounce::Delayed);
    }
    // What a second copy of the report asks for was done with the first.
    if mail.state == MailState::Failed {
        return Ok(Bounce::Returned);
    }
    let (now, bounced) = (context.now(), "bounced");
    let Some(gone) = storage::outbox::as_taken(&*write, mail.id, now).await? else {
        return Ok(Bounce::Unknown);
    };
    storage::outbox::finish(
        &*write,
        mail.id,
        MailState::Failed,
        Some(bounced),
        None,
        now,
    )
    .await?;
    undelivered::told(context, &write, &gone).await?;
    if let Some(to) = undelivered::went_to(&*write, &gone, &recipients(report)).await? {
        storage::outbox::mark_address(&*write, &to, bounced, now).await?;
    }
    let object = mail.id.to_string();
    storage::audit::insert(&*write, now, None, "mail.bounced", Some(&object), None).await?;
    write.commit().await?;
    Ok(Bounce::Returned)
}

/// What the headers of a name say, wherever they stand in the report.
fn header<'a>(report: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    report.lines().filter_map(move |line| {
        let (this, value) = line.split_once(':')?;
        this.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// The addresses that the report is about, where it names any.
fn recipients(report: &str) -> Vec<EmailAddress> {
    ["Original-Recipient", "Final-Recipient"]
        .into_iter()
        .flat_map(|name| header(report, name))
        // "rfc822; somebody@there.example"
        .filter_map(|value| value.rsplit(';').next())
        .filter_map(|address| EmailAddress::parse(address).ok())
        .collect()
}
