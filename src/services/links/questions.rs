//! How it went after a sheet: what somebody may still answer, from their private link too.

use chrono::NaiveDate;

use super::opened::{Here, Kept, here_in};
use super::worker::note;
use super::{Context, ServiceError};
use crate::services::follow_up;
use crate::services::follow_up::survey::Closed;
use crate::storage;

/// What they may answer or correct: a mailing, and the day on which it was opened; newest
/// first.
pub async fn open(context: &Context, here: &Here) -> Result<Vec<(i64, NaiveDate)>, ServiceError> {
    let (db, today) = (context.db.read(), context.today());
    Ok(storage::mailings::answerable(db, here.person, today).await?)
}

/// A link to the questions of one mailing of theirs; only its hash is kept.
pub async fn enter(
    context: &Context,
    address: &str,
    kept: &Kept,
    mailing: i64,
) -> Result<String, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    let open = storage::mailings::answerable(&*write, here.person, context.today()).await?;
    if !open.iter().any(|(id, _)| *id == mailing) {
        return Err(Closed::Gone);
    }
    let token = follow_up::new_link(context, &*write, mailing).await?;
    note(context, &*write, &here, "survey.link").await?;
    write.commit().await?;
    Ok(token)
}
