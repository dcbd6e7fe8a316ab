//! What families and workers ask by themselves. What they say is carried in the pages until
//! it is sent (`ask`, `join`); its address is confirmed by a link that works once (`confirm`); a desk looks
//! (`desk`) before anything of it becomes a record (`family`, `worker`). What is written to them is `letters`'.

pub mod ask;
pub mod confirm;
pub mod desk;
pub mod family;
pub mod join;
pub mod letters;
pub mod worker;

use super::{Context, ServiceError};
use crate::domain::public_request::{ACCEPTED_KEPT, CONFIRMED_WITHIN, InboxState, REFUSED_KEPT};
use crate::storage;

/// What a run of the jobs did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tidied {
    /// Never confirmed, and gone.
    pub vanished: u64,
    /// Decided long ago: who asked is not kept any more.
    pub forgotten: u64,
}

/// Drops what nobody confirmed, and forgets who asked what was decided long ago.
pub async fn tidy(context: &Context) -> Result<Tidied, ServiceError> {
    let now = context.now();
    let write = context.db.write().await?;
    let vanished = storage::inbox::drop_unconfirmed(&*write, now - CONFIRMED_WITHIN).await?;
    let mut forgotten = 0;
    for (state, kept) in [
        (InboxState::Refused, REFUSED_KEPT),
        (InboxState::Accepted, ACCEPTED_KEPT),
    ] {
        forgotten += storage::inbox::forget(&*write, state, now - kept, now).await?;
    }
    write.commit().await?;
    Ok(Tidied {
        vanished,
        forgotten,
    })
}
