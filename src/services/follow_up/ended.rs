//! Who is not to be asked any more: what waits in the mail for them goes, and what
//! is open ends, in the transaction in which it became known. A mail that is on its
//! way at that very moment can't be called back.

use crate::domain::follow_up::Disposition;
use crate::services::Context;
use crate::storage::mailings::Person;
use crate::storage::{self, Connection, StorageError};

/// Nobody writes to this person about what is open now.
pub(in crate::services) async fn cancel(
    context: &Context,
    write: &impl Connection,
    person: Person,
    disposition: Disposition,
) -> Result<(), StorageError> {
    storage::outbox::cancel_person(write, person, context.now()).await?;
    storage::invitations::settle_person(write, person, disposition, context.today()).await
}

/// Nor about anything that is still to come.
pub(in crate::services) async fn stop(
    context: &Context,
    write: &impl Connection,
    person: Person,
    disposition: Disposition,
) -> Result<(), StorageError> {
    storage::mailings::stop(write, person, disposition, context.now()).await?;
    cancel(context, write, person, disposition).await
}
