//! Private links: how somebody without an account sees to their own matters. An
//! operator issues them (`issue`); whoever opens one is `opened`; what they may do
//! is `worker`, `family`, `again`, `questions` and `appointment`; names need the code told by telephone (`code`). What
//! the desk has to do about it is `tasks`.

pub mod again;
pub mod appointment;
pub mod code;
pub mod family;
pub mod issue;
pub mod letters;
pub mod opened;
pub mod questions;
pub mod tasks;
pub mod worker;

use chrono::TimeDelta;
use data_encoding::HEXLOWER;

use super::follow_up::{hash_of, new_message_id};
use super::notices::GRACE;
use super::{Context, ServiceError};
use crate::clock::{new_token, random_bytes};
use crate::domain::follow_up::{by_evening, send_at};
use crate::domain::mail::MailKind;
use crate::domain::private_link::{ASKED_DAYS, Handed, LINK_DAYS, Seal};
use crate::storage::mailings::Person;
use crate::storage::outbox::NewMail;
use crate::storage::private_links::NewLink;
use crate::storage::{self, Connection};

/// The key of the cookies, where a link was made already.
async fn seal(db: &impl Connection) -> Result<Option<Seal>, ServiceError> {
    let kept = storage::secrets::find(db, storage::secrets::LINKS).await?;
    Ok(kept.and_then(|text| Seal::from_text(&text)))
}

/// A new link of a person's; only its hash is kept, the token leaves once: 128 bits.
pub(super) async fn new_link(
    context: &Context,
    db: &impl Connection,
    person: Person,
    how: Handed,
    made_by: Option<i64>,
) -> Result<String, ServiceError> {
    let randomness = context.randomness.as_ref();
    if seal(db).await?.is_none() {
        let key = Seal::new(random_bytes(randomness)).to_text();
        storage::secrets::insert(db, storage::secrets::LINKS, &key).await?;
    }
    let token = new_token(randomness);
    let days = match how {
        Handed::Asked => ASKED_DAYS,
        Handed::Mail | Handed::Text => LINK_DAYS,
    };
    let link = NewLink {
        person,
        public_id: HEXLOWER.encode(&random_bytes::<8>(randomness)),
        token_hash: hash_of(&token),
        how,
        made_at: context.now(),
        made_by,
        ends_on: context.today() + TimeDelta::days(days),
    };
    storage::private_links::insert(db, &link).await?;
    Ok(token)
}

/// Queues a mail that the program writes to somebody by itself, at an hour of its own in
/// the day; with a link of theirs, or without.
pub(super) async fn queue_mail(
    context: &Context,
    db: &impl Connection,
    person: Person,
    (kind, dedup_key): (MailKind, String),
    with_link: bool,
) -> Result<(), ServiceError> {
    let token = if with_link {
        Some(new_link(context, db, person, Handed::Asked, None).await?)
    } else {
        None
    };
    let (now, message_id) = (context.now(), new_message_id(context));
    let lot = u16::from_le_bytes(random_bytes(context.randomness.as_ref()));
    let today = context.today();
    let in_turn = send_at(today, now, lot);
    let send_at = match kind {
        // They asked, and wait for it.
        MailKind::PrivateLink => now + GRACE,
        // They come tomorrow.
        MailKind::AppointmentNear => by_evening(today, now, in_turn),
        _ => in_turn,
    };
    let mail = NewMail {
        kind,
        dedup_key,
        message_id: message_id.clone(),
        mailing_id: None,
        recipient: None,
        token,
        send_at,
    };
    storage::person_mails::insert(db, &message_id, person).await?;
    storage::outbox::queue(db, &mail, now).await?;
    Ok(())
}

/// Where a link leads.
pub(super) fn address(context: &Context, token: &str) -> String {
    format!("{}/l/{token}", context.public_url)
}
