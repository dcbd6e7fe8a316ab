//! The link of the mail that confirms an address, and of the one that asks back: the page
//! behind it says how things stand. Looking at it writes nothing; a link that opens nothing
//! looks the same whatever is wrong with it.

use super::ask::{Receipt, receipt};
use super::letters::{language_of, missing_of};
use super::{Context, ServiceError};
use crate::catalogue::Language;
use crate::domain::public_request::{InboxEvent, InboxState, Missing, vanishes_at};
use crate::services::follow_up::hash_of;
use crate::services::follow_up::survey::Closed;
use crate::storage::inbox::PublicRequest;
use crate::storage::{self, Connection};

/// What a link leads to.
pub struct Seen {
    pub receipt: Receipt,
    /// Whether there is nothing more to confirm.
    pub confirmed: bool,
    /// The language in which it was asked.
    pub language: Language,
    /// What a desk said since.
    pub told: Option<Told>,
}

/// What a desk said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Something is missing; `words`: the desk's own.
    AskedBack {
        missing: Vec<Missing>,
        words: Option<String>,
    },
    /// The code of the reason.
    Refused(String),
    Accepted,
}

async fn of_token(
    context: &Context,
    db: &impl Connection,
    token: &str,
    network: &str,
) -> Result<PublicRequest, Closed> {
    let now = context.now();
    if context.wrong_links.waits(network, now) {
        return Err(Closed::Waits);
    }
    let found = storage::inbox::of_token(db, &hash_of(token)).await?;
    // What was forgotten before its link went with it has no name either.
    let holds = |one: &PublicRequest| {
        let waits = one.state == InboxState::Unconfirmed;
        !one.name.is_empty() && (!waits || now < vanishes_at(one.filed_at))
    };
    let Some(found) = found.filter(holds) else {
        context.wrong_links.count(network, now);
        return Err(Closed::Gone);
    };
    Ok(found)
}

/// What a link leads to; nothing is written.
pub async fn look(context: &Context, token: &str, network: &str) -> Result<Seen, Closed> {
    let db = context.db.read();
    let found = of_token(context, db, token, network).await?;
    Ok(Seen {
        receipt: receipt(context, &found).await?,
        confirmed: found.state != InboxState::Unconfirmed,
        language: language_of(&found),
        told: told(db, &found).await?,
    })
}

async fn told(db: &impl Connection, found: &PublicRequest) -> Result<Option<Told>, ServiceError> {
    Ok(match found.state {
        InboxState::AskedBack => Some(Told::AskedBack {
            missing: missing_of(found),
            // What was written before there were codes was for the desk alone.
            words: match found.reason {
                Some(_) => storage::inbox::asked_back_with(db, found.id).await?,
                None => None,
            },
        }),
        InboxState::Refused => Some(Told::Refused(found.reason.clone().unwrap_or_default())),
        InboxState::Accepted => Some(Told::Accepted),
        InboxState::Unconfirmed | InboxState::Waiting => None,
    })
}

/// Confirms; once more is as good.
pub async fn confirm(context: &Context, token: &str, network: &str) -> Result<(), Closed> {
    let now = context.now();
    let write = context.db.write().await?;
    let found = of_token(context, &*write, token, network).await?;
    if storage::inbox::confirm(&*write, found.id, now).await? {
        let event = InboxEvent::Confirmed;
        storage::inbox::note(&*write, found.id, event, (None, None), now).await?;
        let (action, object) = ("public_request.confirmed", Some(found.number.as_str()));
        storage::audit::insert(&*write, now, None, action, object, None).await?;
    }
    write.commit().await.map_err(ServiceError::from)?;
    Ok(())
}
