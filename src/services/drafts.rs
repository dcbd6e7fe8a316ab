//! What somebody typed and has not saved yet: kept on the server, for the account
//! that typed it, until it is saved, thrown away or forgotten.

use chrono::{DateTime, TimeDelta, Utc};

use super::error::require_desk;
use super::registering::Form;
use super::rights::check_living;
use super::{Context, ServiceError};
use crate::clock::new_token;
use crate::domain::account::Actor;
use crate::domain::invalid::Why;
use crate::storage;

pub use crate::storage::drafts::Draft;

/// Who typed into a form this recently is taken to be at it still.
pub(super) const AT_IT: TimeDelta = TimeDelta::minutes(15);
/// The field in which a page that keeps a draft by itself counts: `PAGE:COUNT`.
pub const TURN: &str = "turn";
/// Others that a form names.
const MOST_NAMED: usize = 3;

/// The id of a draft that is still to be kept.
pub fn new_id(context: &Context) -> String {
    new_token(context.randomness.as_ref())
}

/// Whether a text can be such an id.
pub fn is_id(text: &str) -> bool {
    text.len() == 22
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

/// The page that keeps a draft by itself, and which of its keepings this is.
fn turn_of(fields: &[(String, String)]) -> Option<(&str, u32)> {
    let (_, turn) = fields.iter().find(|(name, _)| name == TURN)?;
    let (page, count) = turn.rsplit_once(':')?;
    Some((page, count.parse().ok()?))
}

/// Keeps what was typed, in place of what was kept under the id before. What a page sent
/// before something that is kept already, and what arrives after it, is let go.
pub async fn keep(
    context: &Context,
    actor: &Actor,
    id: &str,
    form: Form,
    record: Option<&str>,
    fields: &[(String, String)],
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    if !is_id(id) {
        return Err(ServiceError::not_found("draft", id));
    }
    let draft = Draft {
        id: id.to_owned(),
        form: form.code().to_owned(),
        record: record.map(str::to_owned),
        fields: fields.to_vec(),
        made: None,
        kept_at: context.now(),
    };
    let write = context.db.write().await?;
    if let Some((page, count)) = turn_of(fields) {
        let kept = storage::drafts::find(&*write, actor.account_id, id, true).await?;
        // What has become a record is kept there; a page of before must not say otherwise.
        if kept.as_ref().is_some_and(|draft| draft.made.is_some()) {
            return Err(ServiceError::not_found("draft", id));
        }
        let kept = kept.as_ref().and_then(|draft| turn_of(&draft.fields));
        if kept.is_some_and(|(known, latest)| known == page && latest > count) {
            return Ok(());
        }
    }
    // A form left open keeps nothing of somebody who was erased meanwhile.
    if let Some(record) = record {
        check_living(&*write, form.code(), record).await?;
    }
    let family = fields.iter().find(|(name, _)| name == "family");
    if let (Form::Request, Some((_, family))) = (form, family) {
        check_living(&*write, "family", family).await?;
    }
    storage::drafts::keep(&*write, actor.account_id, &draft).await?;
    Ok(write.commit().await?)
}

/// An account's own draft of a form. Of a colleague's nothing is told but that it is theirs.
pub async fn open(
    context: &Context,
    actor: &Actor,
    form: Form,
    id: &str,
) -> Result<Draft, ServiceError> {
    require_desk(actor)?;
    let found = if is_id(id) {
        storage::drafts::find(context.db.read(), actor.account_id, id, false).await?
    } else {
        None
    };
    if let Some(own) = found.filter(|draft| draft.form == form.code()) {
        return Ok(own);
    }
    let of = (actor.account_id, form.code());
    if is_id(id) && storage::drafts::is_of_another(context.db.read(), of, id).await? {
        return Err(ServiceError::Refused(Why::new("refused-draft-of-another")));
    }
    Err(ServiceError::not_found("draft", id))
}

/// An account's unfinished drafts, the latest first: those that are kept, and those that
/// were thrown away.
pub async fn unfinished(
    context: &Context,
    actor: &Actor,
) -> Result<(Vec<Draft>, Vec<Draft>), ServiceError> {
    require_desk(actor)?;
    Ok(storage::drafts::unfinished(context.db.read(), actor.account_id).await?)
}

/// Who else is changing a record just now, each once, and when they last typed.
pub async fn others_at(
    context: &Context,
    actor: &Actor,
    form: Form,
    record: &str,
) -> Result<Vec<(String, DateTime<Utc>)>, ServiceError> {
    require_desk(actor)?;
    let (db, since) = (context.db.read(), context.now() - AT_IT);
    let place = (form.code(), record);
    let mut others: Vec<(String, DateTime<Utc>)> = Vec::new();
    for (name, at) in storage::drafts::of_others(db, actor.account_id, place, since).await? {
        if others.iter().all(|(known, _)| *known != name) {
            others.push((name, at));
        }
    }
    others.truncate(MOST_NAMED);
    Ok(others)
}

/// Takes a draft away for good: what it holds is saved.
pub async fn forget(context: &Context, actor: &Actor, id: &str) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    storage::drafts::delete(&*write, actor.account_id, id).await?;
    Ok(write.commit().await?)
}

/// Throws a draft away. It can be brought back as long as drafts are kept.
pub async fn throw_away(context: &Context, actor: &Actor, id: &str) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let (write, now) = (context.db.write().await?, context.now());
    storage::drafts::throw(&*write, actor.account_id, id, Some(now)).await?;
    Ok(write.commit().await?)
}

/// Brings back a draft that was thrown away.
pub async fn bring_back(context: &Context, actor: &Actor, id: &str) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    if !storage::drafts::throw(&*write, actor.account_id, id, None).await? {
        return Err(ServiceError::not_found("draft", id));
    }
    Ok(write.commit().await?)
}
