//! The tour of the service: offered on the home page to whoever has not said yet that they
//! know their way about.

use super::error::require_desk;
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::storage;

/// Whether the home page offers the tour.
pub async fn is_offered(context: &Context, actor: &Actor) -> Result<bool, ServiceError> {
    require_desk(actor)?;
    let done = storage::tours::is_done(context.db.read(), actor.account_id).await?;
    Ok(!done)
}

/// The home page offers it no more; its page stays.
pub async fn done(context: &Context, actor: &Actor) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    storage::tours::done(&*write, actor.account_id, context.now()).await?;
    Ok(write.commit().await?)
}
