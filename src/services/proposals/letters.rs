//! The mails about proposals: queued in the transaction that makes them due, and
//! looked at once more right before they go. What is over is not written.

use std::collections::HashSet;

use chrono::TimeDelta;

use super::told;
use crate::catalogue::{Language, Words};
use crate::clock::random_bytes;
use crate::domain::contact::{ContactBy, EmailAddress};
use crate::domain::mail::MailKind;
use crate::domain::proposal::{Over, PhoneFor, ProposalState};
use crate::domain::request::RequestStatus;
use crate::mail::Message;
use crate::mail::letter::Letter;
use crate::services::follow_up::{delivery, hash_of, new_message_id};
use crate::services::{Context, ServiceError};
use crate::storage::asked::Asked;
use crate::storage::mailings::{Contact, Person};
use crate::storage::outbox::{NewMail, Taken};
use crate::storage::{self, Connection, Write};
use data_encoding::BASE64URL_NOPAD;

/// The mail that a job is gone waits so long: what was clicked wrongly and taken back
/// at once is not told.
const OVER_GRACE: TimeDelta = TimeDelta::minutes(2);

/// Who of some people is written to.
pub(in crate::services) struct Letterbox(HashSet<Person>);

impl Letterbox {
    /// Those with an address that takes mail, unless they want to be phoned or come.
    pub(in crate::services) async fn open(
        db: &impl Connection,
        people: &[Person],
    ) -> Result<Self, ServiceError> {
        let contacts = storage::contacts::of(db, people).await?;
        let addresses: Vec<&EmailAddress> = contacts
            .values()
            .filter_map(|one| one.email.as_ref())
            .collect();
        let marked = storage::outbox::marked(db, &addresses).await?;
        let takes_mail = |one: &&Contact| {
            let wants = matches!(one.by, None | Some(ContactBy::Email));
            wants && (one.email.as_ref()).is_some_and(|email| !marked.contains(&email))
        };
        let people = contacts.values().filter(takes_mail).map(|one| one.person);
        Ok(Self(people.collect()))
    }

    pub(in crate::services) fn takes_mail(&self, person: Person) -> bool {
        self.0.contains(&person)
    }
}

/// A new link to a proposal; only its hash is kept, the token leaves once.
pub(super) async fn new_link(
    context: &Context,
    db: &impl Connection,
    proposal_id: i64,
) -> Result<String, ServiceError> {
    let token = BASE64URL_NOPAD.encode(&random_bytes::<24>(context.randomness.as_ref()));
    storage::proposals::insert_link(db, &hash_of(&token), proposal_id).await?;
    Ok(token)
}

/// Queues the mail of this kind about a proposal; there is one of each at the most.
pub(super) async fn queue(
    context: &Context,
    write: &Write,
    kind: MailKind,
    proposal_id: i64,
) -> Result<(), ServiceError> {
    let now = context.now();
    let token = match kind {
        MailKind::Proposal => Some(new_link(context, &**write, proposal_id).await?),
        _ => None,
    };
    let mail = NewMail {
        kind,
        dedup_key: format!("{}:{proposal_id}", kind.code()),
        message_id: new_message_id(context),
        mailing_id: None,
        recipient: None,
        token,
        send_at: match kind {
            MailKind::ProposalOver => now + OVER_GRACE,
            _ => now,
        },
    };
    storage::proposals::insert_mail(&**write, &mail.message_id, proposal_id).await?;
    storage::outbox::queue(&**write, &mail, now).await?;
    Ok(())
}

/// Where an answer is given.
pub(super) fn address(context: &Context, token: &str) -> String {
    format!("{}/p/{token}", context.public_url)
}

/// A mail about a proposal as it stands now; none: nobody needs to read it.
pub(in crate::services) async fn message(
    context: &Context,
    mail: &Taken,
) -> Result<Option<Message>, ServiceError> {
    let db = context.db.snapshot().await?;
    let Some(id) = storage::proposals::of_mail(&db, &mail.message_id).await? else {
        return Ok(None);
    };
    let Some(asked) = storage::asked::find(&db, id).await? else {
        return Ok(None);
    };
    let person = Person::Worker(asked.worker_id);
    if !Letterbox::open(&db, &[person]).await?.takes_mail(person) {
        return Ok(None);
    }
    let contact = storage::contacts::of(&db, &[person]).await?.remove(&person);
    let Some((contact, to)) = contact.and_then(|one| Some((one.clone(), one.email?))) else {
        return Ok(None);
    };
    let words = Words::new(Language::written_to(contact.language));
    let letter = match mail.kind {
        MailKind::Proposal => asking(context, &db, words, &asked, mail.token.as_deref()).await?,
        _ => over(&db, words, &asked).await?,
    };
    let Some(letter) = letter else {
        return Ok(None);
    };
    let desk = delivery::desk(&db, contact.desk_id).await?;
    let rendered = letter.signed(&desk).render()?;
    Ok(Some(rendered.to(to, &mail.message_id)))
}

async fn asking(
    context: &Context,
    db: &impl Connection,
    words: Words,
    asked: &Asked,
    token: Option<&str>,
) -> Result<Option<Letter>, ServiceError> {
    let proposal = &asked.proposal.value;
    let waits = proposal.state_on(context.today()) == ProposalState::Proposed;
    let (Some(token), true) = (token, waits) else {
        return Ok(None);
    };
    let Some(request) = super::link::still_asked(context, db, asked).await? else {
        return Ok(None);
    };
    let until = words.date(proposal.expires_on);
    Ok(Some(Letter {
        words,
        subject: words.get("asked-mail-subject").into_owned(),
        intro: words.get("asked-mail-intro").into_owned(),
        facts: told::facts(words, &proposal.offer(&request)),
        action: Some((
            words.get("asked-mail-answer").into_owned(),
            address(context, token),
        )),
        closing: words.with("asked-mail-how", &[("date", &until)]),
        signature: String::new(),
        beneath: Vec::new(),
    }))
}

/// Nothing where the request waits again: the begin of a job was taken back.
async fn over(
    db: &impl Connection,
    words: Words,
    asked: &Asked,
) -> Result<Option<Letter>, ServiceError> {
    let request = storage::requests::find(db, &asked.request).await?;
    let waits = request.is_some_and(|request| {
        matches!(
            request.value.status,
            RequestStatus::Open | RequestStatus::Paused
        )
    });
    if waits || asked.proposal.value.cancelled != Some(Over::RequestOver) {
        return Ok(None);
    }
    Ok(Some(Letter {
        words,
        subject: words.get("asked-over-subject").into_owned(),
        intro: words.get("asked-over-text").into_owned(),
        facts: Vec::new(),
        action: None,
        closing: words.get("asked-over-closing").into_owned(),
        signature: String::new(),
        beneath: Vec::new(),
    }))
}

/// A mail will not arrive: the desk phones instead.
pub(in crate::services) async fn undelivered(
    write: &impl Connection,
    kind: MailKind,
    message_id: &str,
) -> Result<(), ServiceError> {
    let why = match kind {
        MailKind::Proposal => PhoneFor::Undelivered,
        MailKind::ProposalOver => PhoneFor::Over,
        _ => return Ok(()),
    };
    let Some(id) = storage::proposals::of_mail(write, message_id).await? else {
        return Ok(());
    };
    let Some(mut proposal) = storage::proposals::hold(write, id).await? else {
        return Ok(());
    };
    let waits = proposal.value.state == ProposalState::Proposed;
    if waits || why == PhoneFor::Over {
        proposal.value.phone_for = Some(why);
        storage::proposals::update(write, &proposal).await?;
    }
    Ok(())
}
