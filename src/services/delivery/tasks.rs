//! What the desks have to do about sheets: holders to be told, codes to be given
//! anew, sheets that end soon.

use chrono::TimeDelta;

use crate::domain::account::Actor;
use crate::domain::delivery::REMINDED_BEFORE;
use crate::services::error::require_desk;
use crate::services::{Context, ServiceError};
use crate::storage::lists::At;
use crate::storage::rows::CHUNK;
use crate::storage::sheet_tasks::TaskLine;
use crate::storage::{self, Page};

/// A page of the tasks that are not done, the oldest first; or of those that are.
pub async fn page(
    context: &Context,
    actor: &Actor,
    done: bool,
    at: &At,
) -> Result<Page<TaskLine>, ServiceError> {
    require_desk(actor)?;
    Ok(storage::sheet_tasks::page(context.db.read(), done, at).await?)
}

/// Says that a task is done, or is not after all. Said twice it is as said once.
pub async fn set(
    context: &Context,
    actor: &Actor,
    id: i64,
    done: bool,
) -> Result<TaskLine, ServiceError> {
    require_desk(actor)?;
    let now = context.now();
    let write = context.db.write().await?;
    let task = storage::sheet_tasks::find(&*write, id).await?;
    let task = task.ok_or_else(|| ServiceError::not_found("task", &id))?;
    let said = done.then_some((now, actor.account_id));
    if storage::sheet_tasks::set_done(&*write, id, said).await? {
        let action = if done { "task.done" } else { "task.undone" };
        let (by, object) = (Some(actor.account_id), Some(task.sheet.as_str()));
        let detail = Some(task.kind.code());
        storage::audit::insert(&*write, now, by, action, object, detail).await?;
    }
    write.commit().await?;
    Ok(task)
}

/// Reminds the desks of sheets that end within five days; how many.
pub async fn remind(context: &Context) -> Result<u64, ServiceError> {
    let today = context.today();
    let by = today + TimeDelta::days(REMINDED_BEFORE);
    let write = context.db.write().await?;
    let most = u64::try_from(CHUNK).unwrap_or(u64::MAX);
    let reminded = storage::sheet_tasks::remind(&*write, today, by, most).await?;
    write.commit().await?;
    Ok(reminded)
}
