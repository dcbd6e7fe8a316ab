//! Who is not to be asked any more: what waits in the mail for them goes, and what
//! is open ends, in the transaction in which it became known. A mail that is on its
//! way at that very moment can't be called back; where it has to be tried again, it
//! is not.

use crate::domain::follow_up::Disposition;
use crate::services::Context;
use crate::services::informing::letter::did_not_go;
use crate::storage::mailings::Person;
use crate::storage::rows::CHUNK;
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

/// Nor about anything that is still to come. Where somebody died nothing that waits
/// goes, whatever it is about.
pub(in crate::services) async fn stop(
    context: &Context,
    write: &impl Connection,
    person: Person,
    disposition: Disposition,
) -> Result<(), StorageError> {
    storage::mailings::stop(write, person, disposition, context.now()).await?;
    if disposition == Disposition::Died {
        silence(context, write, &[person]).await?;
    }
    cancel(context, write, person, disposition).await
}

/// The same for each family of whose death a file tells, as it may of many.
pub(in crate::services) async fn stop_bereaved(
    context: &Context,
    write: &impl Connection,
) -> Result<(), StorageError> {
    let (now, died) = (context.now(), Disposition::Died);
    for families in storage::mailings::bereaved(write).await?.chunks(CHUNK) {
        storage::mailings::stop_all(write, families, died, now).await?;
        silence(context, write, families).await?;
        storage::invitations::settle_people(write, families, died, context.today()).await?;
    }
    Ok(())
}

/// Nothing that waits for these people goes, and nobody takes it for said.
async fn silence(
    context: &Context,
    write: &impl Connection,
    people: &[Person],
) -> Result<(), StorageError> {
    let (now, mails) = (
        context.now(),
        storage::outbox::waiting_for(write, people).await?,
    );
    let ids: Vec<i64> = mails.iter().map(|mail| mail.id).collect();
    storage::outbox::cancel_many(write, &ids, now).await?;
    for mail in &mails {
        did_not_go(write, mail.kind, &mail.message_id).await?;
    }
    Ok(())
}
