//! Pauses that are over end by themselves: on the day after the last one of the
//! pause, the person looks for work and the request waits again.

use super::kept::Kept;
use super::save::{changed, note};
use crate::domain::request::RequestStatus;
use crate::domain::worker::WorkerStatus;
use crate::services::tables::{Requests, Workers};
use crate::services::{Context, ServiceError};
use crate::storage::changes::Change;
use crate::storage::rows::CHUNK;
use crate::storage::{self, StorageError, Stored, Write};

/// Ends the pauses that are over, a piece of them. How many ended.
pub async fn wake(context: &Context) -> Result<u64, ServiceError> {
    let today = context.today();
    let write = context.db.write().await?;
    let mut woken = 0;
    for mut worker in storage::workers::paused_until(&*write, today, CHUNK as u64).await? {
        let before = worker.value.clone();
        worker.value.status = WorkerStatus::Active;
        worker.value.paused_until = None;
        worker.value.pause_reason = None;
        end::<Workers>(&write, context, &worker, &before).await?;
        woken += 1;
    }
    for mut request in storage::requests::paused_until(&*write, today, CHUNK as u64).await? {
        let before = request.value.clone();
        request.value.status = RequestStatus::Open;
        request.value.paused_until = None;
        request.value.pause_reason = None;
        end::<Requests>(&write, context, &request, &before).await?;
        woken += 1;
    }
    write.commit().await?;
    Ok(woken)
}

async fn end<T: Kept>(
    write: &Write,
    context: &Context,
    now: &Stored<T::Record>,
    before: &T::Record,
) -> Result<(), StorageError> {
    T::update_many(&**write, std::slice::from_ref(now)).await?;
    let code = T::code(&now.value).map(T::code_text).unwrap_or_default();
    let change = Change {
        kind: T::NAME,
        record: code,
        version: now.version + 1,
        action: T::state(&now.value),
        fields: changed::<T>(before, &now.value),
    };
    note(write, context, None, &change).await
}
