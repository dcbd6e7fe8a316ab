//! Delivers mail that is due. A mail is taken under a lease, looked at once more
//! (what was answered, stopped or ended meanwhile is not asked), rendered, handed
//! over, and written down: at least once, with the Message-ID it was queued with.
//! What fails concerns that mail alone.

use std::collections::HashMap;

use tokio::task::JoinSet;

use super::{short_name, undelivered};
use crate::catalogue::{Language, Words};
use crate::clock::random_bytes;
use crate::domain::contact::EmailAddress;
use crate::domain::follow_up::{Asked, answered_in_time};
use crate::domain::mail::{MailKind, MailState, Next, Refusal, after_refusal};
use crate::domain::outcome::Told;
use crate::mail::survey::{Name, Survey};
use crate::mail::{Message, Rendered, signature};
use crate::services::delivery::letter;
use crate::services::proposals::letters;
use crate::services::{
    Context, ServiceError, inbox, informing, links, notices, partners, retention,
};
use crate::storage::invitations::Item;
use crate::storage::outbox::{Body, Taken};
use crate::storage::{self, Connection};

/// Mails on their way at the same time.
const LANES: u64 = 8;

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Taken by the server.
    pub sent: u64,
    /// Kept to be read here.
    pub kept: u64,
    /// To be tried again.
    pub postponed: u64,
    pub failed: u64,
    /// Not needed any more.
    pub cancelled: u64,
}

enum Done {
    Sent,
    Kept,
    Postponed,
    Failed,
    Cancelled,
}

/// Delivers everything that is due now.
pub async fn deliver(context: &Context) -> Result<Delivered, ServiceError> {
    deliver_by(context, LANES).await
}

/// The same with so many mails on their way at the same time.
pub async fn deliver_by(context: &Context, lanes: u64) -> Result<Delivered, ServiceError> {
    let mut delivered = Delivered::default();
    // What a program that stops has taken and not sent would wait for its lease to end.
    while !context.is_leaving() {
        let write = context.db.write().await?;
        let batch = storage::outbox::take(&*write, context.now(), lanes).await?;
        write.commit().await?;
        if batch.is_empty() {
            break;
        }
        let mut on_their_way = JoinSet::new();
        for mail in batch {
            let context = context.clone();
            on_their_way.spawn(async move { one(&context, &mail).await });
        }
        // What can't even be written down stays leased, and comes again by itself.
        let mut trouble = None;
        while let Some(done) = on_their_way.join_next().await {
            match done {
                Ok(Ok(done)) => delivered.count(&done),
                Ok(Err(error)) => trouble = Some(error),
                Err(error) => trouble = Some(ServiceError::Broken(error.to_string())),
            }
        }
        if let Some(error) = trouble {
            return Err(error);
        }
    }
    Ok(delivered)
}

impl Delivered {
    fn count(&mut self, done: &Done) {
        match done {
            Done::Sent => self.sent += 1,
            Done::Kept => self.kept += 1,
            Done::Postponed => self.postponed += 1,
            Done::Failed => self.failed += 1,
            Done::Cancelled => self.cancelled += 1,
        }
    }
}

async fn one(context: &Context, mail: &Taken) -> Result<Done, ServiceError> {
    let message = match message(context, mail).await {
        Ok(Some(message)) => message,
        Ok(None) => {
            finish(context, mail, MailState::Cancelled, None, None).await?;
            return Ok(Done::Cancelled);
        }
        // A mail that can't be made keeps no other waiting.
        Err(error) => {
            tracing::error!(%error, mail = mail.id, "a mail cannot be made");
            return refused(context, mail, None, &Refusal::Later("not made".to_owned())).await;
        }
    };
    match context.post.send(&message, context.now()).await {
        Ok(()) if context.post.leaves() => {
            finish(context, mail, MailState::Sent, None, None).await?;
            Ok(Done::Sent)
        }
        Ok(()) => {
            let body = Body {
                subject: message.subject,
                plain: message.plain,
                html: message.html,
            };
            finish(context, mail, MailState::Kept, None, Some(body)).await?;
            Ok(Done::Kept)
        }
        Err(refusal) => refused(context, mail, Some(&message.to), &refusal).await,
    }
}

async fn finish(
    context: &Context,
    mail: &Taken,
    state: MailState,
    trouble: Option<&str>,
    body: Option<Body>,
) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    storage::outbox::finish(&*write, mail.id, state, trouble, body, context.now()).await?;
    if mail.kind == MailKind::Sheet && matches!(state, MailState::Sent | MailState::Kept) {
        letter::went(context, &write, mail).await?;
    }
    if state == MailState::Cancelled {
        informing::letter::did_not_go(&*write, mail.kind, &mail.message_id).await?;
        notices::undelivered(context, &write, mail, false).await?;
    }
    Ok(write.commit().await?)
}

/// Another try, or the end: then the telephone is tried instead, and an address
/// that is the reason is marked.
async fn refused(
    context: &Context,
    mail: &Taken,
    to: Option<&EmailAddress>,
    refusal: &Refusal,
) -> Result<Done, ServiceError> {
    let now = context.now();
    let [jitter] = random_bytes::<1>(context.randomness.as_ref());
    let said = refusal.said();
    let next = after_refusal(refusal, mail.attempts, mail.first_try, now, jitter);
    let write = context.db.write().await?;
    let done = match next {
        Next::TryAt(at) => {
            storage::outbox::postpone(&*write, mail.id, at, said).await?;
            Done::Postponed
        }
        Next::GiveUp { is_address } => {
            let state = MailState::Failed;
            storage::outbox::finish(&*write, mail.id, state, Some(said), None, now).await?;
            undelivered::told(context, &write, mail).await?;
            if let Some(to) = to.filter(|_| is_address) {
                storage::outbox::mark_address(&*write, to, said, now).await?;
            }
            Done::Failed
        }
    };
    write.commit().await?;
    tracing::info!(mail = mail.id, trouble = said, "a mail was refused");
    Ok(done)
}

/// The mail as it stands now; `None`: nobody needs to be asked any more.
async fn message(context: &Context, mail: &Taken) -> Result<Option<Message>, ServiceError> {
    // One that was on its way when it became known could not be called back.
    if storage::outbox::is_overtaken_by_death(context.db.read(), mail).await? {
        return Ok(None);
    }
    match mail.kind {
        MailKind::Survey | MailKind::FirstReminder | MailKind::LastReminder => {
            survey(context, mail).await
        }
        MailKind::Sheet => letter::message(context, mail).await,
        MailKind::Test => Ok(mail.recipient.clone().map(|to| test(mail, to))),
        MailKind::Proposal | MailKind::ProposalOver => letters::message(context, mail).await,
        MailKind::SheetToFamily | MailKind::SheetToWorker => notices::message(context, mail).await,
        MailKind::PrivateLink
        | MailKind::AskAvailability
        | MailKind::PausedForSilence
        | MailKind::PermitEnds
        | MailKind::AccreditationEnds
        | MailKind::AppointmentNear
        | MailKind::JobOver => links::letters::message(context, mail).await,
        MailKind::AskToKeep => retention::people::message(context, mail).await,
        MailKind::NewNotice => informing::letter::message(context, mail).await,
        MailKind::PartnerNews => partners::news::message(context, mail).await,
        MailKind::AskConfirm | MailKind::AskNews => inbox::letters::message(context, mail).await,
    }
}

fn test(mail: &Taken, to: EmailAddress) -> Message {
    let words = Words::new(Language::It);
    let plain = words.get("mail-test-text").into_owned();
    let rendered = Rendered {
        subject: words.get("mail-test-subject").into_owned(),
        html: format!("<!DOCTYPE html><html lang=\"it\"><body><p>{plain}</p></body></html>"),
        plain,
    };
    rendered.to(to, &mail.message_id)
}

async fn survey(context: &Context, mail: &Taken) -> Result<Option<Message>, ServiceError> {
    let db = context.db.snapshot().await?;
    let (Some(mailing), Some(token)) = (mail.mailing_id, mail.token.as_deref()) else {
        return Ok(None);
    };
    let Some(mailing) = storage::mailings::find(&db, mailing).await? else {
        return Ok(None);
    };
    let person = [mailing.person];
    let contact = storage::contacts::of(&db, &person).await?;
    let Some(contact) = contact.into_values().next() else {
        return Ok(None);
    };
    let Some(to) = contact.email else {
        return Ok(None);
    };
    let stopped = !storage::mailings::stopped(&db, &person).await?.is_empty();
    let marked = !storage::outbox::marked(&db, &[&to]).await?.is_empty();
    if stopped || marked {
        return Ok(None);
    }
    let items = storage::invitations::of_mailing(&db, mailing.id).await?;
    let introductions: Vec<i64> = items.iter().map(|item| item.introduction.id).collect();
    let told = storage::answers::told(&db, &introductions).await?;
    let names = still_asked(context, &items, &told);
    if names.is_empty() {
        return Ok(None);
    }
    let desk = desk(&db, contact.desk_id).await?;
    let words = Words::new(Language::written_to(contact.language));
    let page = format!("{}/s/{token}", context.public_url);
    let stop = format!("{page}/stop");
    let survey = Survey {
        words,
        kind: mail.kind,
        side: mailing.person.side(),
        names,
        page,
        signature: signature(words, &desk),
    };
    let mut message = survey.render()?.to(to, &mail.message_id);
    message.stop = Some(stop);
    Ok(Some(message))
}

/// What of a mailing still needs an answer. `told`: what was said of its introductions.
fn still_asked(context: &Context, items: &[Item], told: &HashMap<i64, Vec<Told>>) -> Vec<Name> {
    let today = context.today();
    let is_answered = |item: &Item| {
        let told = told.get(&item.introduction.id);
        told.is_some_and(|told| {
            answered_in_time(told, item.side, item.wave, item.closes_on, today).is_some()
        })
    };
    let numbered = items.iter().enumerate();
    numbered
        .filter(|(_, item)| item.disposition.is_none() && today < item.closes_on)
        .filter(|(_, item)| super::waves::ended(item).is_none() && !is_answered(item))
        .map(|(at, item)| Name {
            number: at + 1,
            wave: item.wave,
            issued_on: item.introduction.issued_on,
            name: short_name(match item.side {
                Asked::Family => &item.worker_name,
                Asked::Worker => &item.family_name,
            }),
        })
        .collect()
}

/// Name and telephone of a desk; empty where they are not known.
pub(in crate::services) async fn desk(
    db: &impl Connection,
    desk_id: i64,
) -> Result<(String, String), ServiceError> {
    let desks = storage::places::desks(db).await?;
    let desk = desks.into_iter().find(|(id, _)| *id == desk_id);
    Ok(desk.map_or_else(Default::default, |(_, desk)| {
        (desk.name, desk.phone.unwrap_or_default())
    }))
}
