//! A worker who asked to be registered comes to the desk, whose saving of the form decides; or is
//! registered already.

use super::desk::{Said, cell, decide, find, of_kind, still, wrong};
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::contact::ContactBy;
use crate::domain::family::Relation;
use crate::domain::invalid::Why;
use crate::domain::public_request::{InboxEvent, InboxKind, InboxState};
use crate::services::drafts::{self, Draft};
use crate::services::error::require_desk;
use crate::services::informing;
use crate::services::registering::Form;
use crate::services::registering::save::get;
use crate::services::tables::Workers;
use crate::storage::inbox::{Decision, PublicRequest};
use crate::storage::mailings::Person;
use crate::storage::{self, StorageError, Write};

/// Whether the worker has filed it, and nobody else. What is older than that question was.
fn is_own(asked: &PublicRequest) -> bool {
    cell(asked, "relation").is_none_or(|code| code == Relation::Oneself.code())
}

/// With what was asked, what a worker's form begins with. How to answer somebody else, and an
/// address that nobody has confirmed, are not the worker's: those are asked in person.
fn of_the_worker(asked: &PublicRequest) -> Vec<(String, String)> {
    let own = is_own(asked);
    let mailed = own && asked.confirmed_at.is_some();
    let is_taken = |name: &str, cell: &str| match name {
        "relation" | "filer_name" | "comune" => false,
        "phone" => own,
        "email" => mailed,
        "contact_by" => mailed || own && cell == ContactBy::Phone.code(),
        _ => true,
    };
    let mut fields = asked.answers.clone();
    fields.retain(|(name, cell)| is_taken(name, cell));
    fields
}

/// Whether whoever began the form typed a moment ago.
pub(super) fn is_at_it(context: &Context, begun: &storage::inbox::Begun) -> bool {
    begun.kept_at > context.now() - drafts::AT_IT
}

/// A worker comes to the desk: what they said is the beginning of the form, kept as a draft;
/// its id. Nothing is decided by it: the form may be left, and is found again by whoever began
/// it. As long as a colleague is at it, who typed a moment ago, nobody begins another: of two
/// that are saved only one would be known for whom it is of.
pub async fn begin(
    context: &Context,
    actor: &Actor,
    (number, version): (&str, i32),
) -> Result<String, ServiceError> {
    require_desk(actor)?;
    let today = context.today().format("%d/%m/%Y").to_string();
    let write = context.db.write().await?;
    let asked = find(&*write, number).await?;
    still(&asked, version)?;
    of_kind(&asked, InboxKind::Worker)?;
    match storage::inbox::begun(&*write, asked.id).await? {
        Some(begun) if begun.account_id == actor.account_id => return Ok(begun.draft),
        Some(begun) if is_at_it(context, &begun) => return Err(ServiceError::Stale),
        _ => {}
    }
    // One that was thrown away and brought back would be of nobody.
    storage::drafts::delete_thrown(&*write, asked.id).await?;
    let desk = actor.desk().unwrap_or(&asked.desk);
    let mut fields = of_the_worker(&asked);
    let more = [
        ("comune", asked.comune.unique_name()),
        ("accreditation", "none".to_owned()),
        ("registered_on", today.clone()),
        ("confirmed_on", today),
        ("desk", desk.to_string()),
    ];
    fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
    let draft = Draft {
        id: drafts::new_id(context),
        form: Form::Worker.code().to_owned(),
        record: None,
        fields,
        made: None,
        kept_at: context.now(),
    };
    storage::drafts::keep(&*write, actor.account_id, &draft).await?;
    storage::inbox::begin(&*write, (asked.id, asked.version), &draft.id).await?;
    let (event, by) = (InboxEvent::Begun, Some(actor.account_id));
    storage::inbox::note(&*write, asked.id, event, (by, None), context.now()).await?;
    write.commit().await?;
    Ok(draft.id)
}

/// The worker was registered already, under a code: nothing more is to be done about it.
pub async fn registered(
    context: &Context,
    actor: &Actor,
    (number, version): (&str, i32),
    code: &str,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let code = code.trim();
    if code.is_empty() {
        return Err(wrong("worker", code, Why::new("problem-required")));
    }
    let write = context.db.write().await?;
    let db = &*write;
    let asked = find(db, number).await?;
    still(&asked, version)?;
    of_kind(&asked, InboxKind::Worker)?;
    let found = match get::<Workers>(db, code).await {
        Err(ServiceError::NotFound { .. }) => {
            let why = Why::new("problem-no-such-worker").with("code", code);
            return Err(wrong("worker", code, why));
        }
        other => other?,
    };
    storage::workers::lock(db, &[found.id]).await?;
    let held = get::<Workers>(db, code).await?;
    settle(context, &write, actor, &asked, held.id).await?;
    Ok(write.commit().await?)
}

/// A form is saved: where it was begun with something that a worker asked, that is decided
/// with it, in the same transaction.
pub(in crate::services) async fn saved(
    context: &Context,
    write: &Write,
    actor: &Actor,
    (draft, worker_id): (&str, i64),
) -> Result<(), StorageError> {
    let Some(asked) = storage::inbox::of_draft(&**write, draft).await? else {
        return Ok(());
    };
    if asked.state.is_open() {
        settle(context, write, actor, &asked, worker_id).await
    } else {
        // Somebody decided meanwhile: whose it was is known all the same.
        storage::inbox::set_worker(&**write, asked.id, worker_id).await
    }
}

/// What a worker asked is done: the record is there.
async fn settle(
    context: &Context,
    write: &Write,
    actor: &Actor,
    asked: &PublicRequest,
    worker_id: i64,
) -> Result<(), StorageError> {
    let decision = Decision {
        state: InboxState::Accepted,
        decided_at: Some(context.now()),
        reason: None,
        token_hash: None,
        request_id: None,
        worker_id: Some(worker_id),
    };
    decide(context, write, actor, asked, &decision, Said::default()).await?;
    let person = Person::Worker(worker_id);
    storage::appointments::registered(&**write, asked.id, person).await?;
    if is_own(asked) {
        let notice = (asked.notice.0.as_str(), asked.notice.1);
        informing::read_on_screen(write, actor, person, notice).await?;
    }
    Ok(())
}
