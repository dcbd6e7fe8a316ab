//! The link of the mail that confirms an address. Looking at it writes nothing; a link that
//! opens nothing looks the same whatever is wrong with it.

use super::ask::{Receipt, receipt};
use super::{Context, ServiceError};
use crate::domain::public_request::{InboxEvent, InboxState, vanishes_at};
use crate::services::follow_up::hash_of;
use crate::services::follow_up::survey::Closed;
use crate::storage::inbox::PublicRequest;
use crate::storage::{self, Connection};

/// What a link leads to.
pub struct Seen {
    pub receipt: Receipt,
    /// Whether there is nothing more to do.
    pub confirmed: bool,
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
    let holds = |one: &PublicRequest| {
        one.state != InboxState::Unconfirmed || now < vanishes_at(one.filed_at)
    };
    let Some(found) = found.filter(holds) else {
        context.wrong_links.count(network, now);
        return Err(Closed::Gone);
    };
    Ok(found)
}

/// What a link leads to; nothing is written.
pub async fn look(context: &Context, token: &str, network: &str) -> Result<Seen, Closed> {
    let found = of_token(context, context.db.read(), token, network).await?;
    Ok(Seen {
        receipt: receipt(context, &found).await?,
        confirmed: found.state != InboxState::Unconfirmed,
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
