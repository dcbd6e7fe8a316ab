//! The lists of the access log, changed by an administrator. A code once there
//! stays: entries of before keep what they say.

use super::error::require_administrator;
use super::{Context, ServiceError};
use crate::domain::access::vocabulary::{Field, Term, Vocabulary};
use crate::domain::account::Actor;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::reading::Fields;
use crate::domain::text::{Line, fold};
use crate::storage::{self, StorageError, Write};

/// All lists.
pub async fn load(context: &Context, actor: &Actor) -> Result<Vocabulary, ServiceError> {
    require_administrator(actor)?;
    Ok(storage::vocabulary::load(context.db.read()).await?)
}

/// Adds a code at the end of its list.
pub async fn add(
    context: &Context,
    actor: &Actor,
    field: Field,
    fields: &(dyn Fields + Sync),
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let write = context.db.write().await?;
    let vocabulary = storage::vocabulary::load(&*write).await?;
    let term = vocabulary
        .read_new(field, fields)
        .map_err(ServiceError::Invalid)?;
    storage::vocabulary::insert(&*write, &term)
        .await
        .map_err(taken_meanwhile)?;
    audit(context, actor, &write, "vocabulary.added", &term).await?;
    Ok(write.commit().await?)
}

// Another administrator added it since the list was read.
fn taken_meanwhile(error: StorageError) -> ServiceError {
    match error {
        StorageError::Conflict { .. } => ServiceError::Stale,
        other => other.into(),
    }
}

/// Changes a code's labels, place, last day and successor. A label that it had
/// is still read from files.
pub async fn change(
    context: &Context,
    actor: &Actor,
    (field, code): (Field, &str),
    fields: &(dyn Fields + Sync),
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let write = context.db.write().await?;
    let vocabulary = storage::vocabulary::load(&*write).await?;
    let before = vocabulary
        .term(field, code)
        .ok_or_else(|| ServiceError::not_found("term", code))?;
    let after = vocabulary
        .read_change(before, fields, context.today())
        .map_err(ServiceError::Invalid)?;
    if after == *before {
        return Ok(());
    }
    for (old, new) in [
        (&before.label_it, &after.label_it),
        (&before.label_en, &after.label_en),
    ] {
        if fold(old) != fold(new) {
            storage::vocabulary::keep_label(&*write, field, old, code).await?;
        }
    }
    if after.position != before.position {
        make_room(&write, &vocabulary, &after).await?;
    }
    storage::vocabulary::update(&*write, &after).await?;
    audit(context, actor, &write, "vocabulary.changed", &after).await?;
    Ok(write.commit().await?)
}

/// Those that stand at the place or behind it move one further.
async fn make_room(
    write: &Write,
    vocabulary: &Vocabulary,
    moved: &Term,
) -> Result<(), ServiceError> {
    let behind = vocabulary
        .of(moved.field)
        .filter(|term| term.code != moved.code && term.position >= moved.position);
    for term in behind {
        let further = Term {
            position: term.position + 1,
            ..term.clone()
        };
        storage::vocabulary::update(&**write, &further).await?;
    }
    Ok(())
}

/// Lets files say a code by one more label.
pub async fn add_label(
    context: &Context,
    actor: &Actor,
    field: Field,
    label: &str,
    code: &str,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let write = context.db.write().await?;
    let vocabulary = storage::vocabulary::load(&*write).await?;
    let mut problems = Vec::new();
    let mut note = |field, value: &str, why| {
        problems.push(Problem {
            field,
            value: value.to_owned(),
            why,
        });
    };
    if let Err(why) = Line::parse(label) {
        note("label", label, why);
    }
    let term = vocabulary.term(field, code);
    if term.is_none() {
        note("code", code, Why::new("problem-required"));
    }
    let Some(term) = term.filter(|_| problems.is_empty()) else {
        return Err(ServiceError::Invalid(Invalid(problems)));
    };
    storage::vocabulary::keep_label(&*write, field, label, code).await?;
    audit(context, actor, &write, "vocabulary.labelled", term).await?;
    Ok(write.commit().await?)
}

async fn audit(
    context: &Context,
    actor: &Actor,
    write: &Write,
    action: &str,
    term: &Term,
) -> Result<(), StorageError> {
    let object = format!("{}:{}", term.field.code(), term.code);
    let detail = serde_json::json!({
        "label_it": term.label_it,
        "label_en": term.label_en,
        "position": term.position,
        "retired_on": term.retired_on,
        "merged_into": term.merged_into,
    });
    let (by, detail) = (Some(actor.account_id), detail.to_string());
    storage::audit::insert(
        &**write,
        context.now(),
        by,
        action,
        Some(&object),
        Some(&detail),
    )
    .await
}
