//! Whom the desk has to call, as lists, and done.

use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::services::error::require_desk;
use crate::storage::lists::At;
use crate::storage::person_tasks::TaskLine;
use crate::storage::{self, Page};

/// A page of the tasks; `done`: of those that are done.
pub async fn page(
    context: &Context,
    actor: &Actor,
    done: bool,
    at: &At,
) -> Result<Page<TaskLine>, ServiceError> {
    require_desk(actor)?;
    Ok(storage::person_tasks::page(context.db.read(), done, at).await?)
}

/// Says that a task is done, or is not after all.
pub async fn set(
    context: &Context,
    actor: &Actor,
    id: i64,
    done: bool,
) -> Result<TaskLine, ServiceError> {
    require_desk(actor)?;
    let now = context.now();
    let write = context.db.write().await?;
    let task = storage::person_tasks::find(&*write, id).await?;
    let task = task.ok_or_else(|| ServiceError::not_found("task", &id))?;
    let said = done.then_some((now, actor.account_id));
    if storage::person_tasks::set_done(&*write, id, said).await? {
        let action = if done { "task.done" } else { "task.undone" };
        let (by, object) = (Some(actor.account_id), Some(task.code.as_str()));
        let detail = Some(task.kind.code());
        storage::audit::insert(&*write, now, by, action, object, detail).await?;
    }
    write.commit().await?;
    Ok(task)
}
