//! The contact diary of a person or a request: short dated notes of the desks,
//! erasable, never searched or matched on.

use chrono::{NaiveDate, TimeDelta};

use super::error::require_desk;
use super::registering::{self, Form, Opened};
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::text::lines;
use crate::domain::typed;
use crate::storage;
use crate::storage::notes::Note;

/// Letters that a note has at the most.
const LONGEST: usize = 500;
/// For so long the same words of the same account are the same note.
const SAME_NOTE: TimeDelta = TimeDelta::minutes(1);

/// A record and its notes, the newest first.
pub async fn of(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
) -> Result<(Opened, Vec<Note>), ServiceError> {
    let opened = registering::open(context, actor, form, code).await?;
    let of = (form.code(), opened.code.as_str());
    let notes = storage::notes::of(context.db.read(), of).await?;
    Ok((opened, notes))
}

/// Writes a note; the day as people type one.
pub async fn write(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
    (day, words): (&str, &str),
) -> Result<(), ServiceError> {
    let opened = registering::open(context, actor, form, code).await?;
    let today = context.today();
    let mut problems = Vec::new();
    let mut problem = |field, why| {
        problems.push(Problem {
            field,
            value: String::new(),
            why,
        });
    };
    let on = typed::day(day, today, 1);
    match &on {
        Err(why) => problem("on", why.clone()),
        Ok(on) if *on > today => problem("on", Why::new("problem-date-future")),
        Ok(_) => {}
    }
    let words = lines(words);
    if words.is_empty() {
        problem("words", Why::new("problem-note-empty"));
    } else if words.chars().count() > LONGEST {
        let why = Why::new("problem-too-long").with("longest", LONGEST);
        problem("words", why);
    }
    let on: NaiveDate = match on {
        Ok(on) if problems.is_empty() => on,
        _ => return Err(ServiceError::Invalid(Invalid(problems))),
    };
    let (now, by) = (context.now(), actor.account_id);
    let of = (form.code(), opened.code.as_str());
    let write = context.db.write().await?;
    // Sent twice, by a finger that trembles or with the way back, it is one note.
    let just_now = (by, now - SAME_NOTE);
    if storage::notes::is_written(&*write, of, (on, words.as_str()), just_now).await? {
        return Ok(());
    }
    storage::notes::insert(&*write, of, on, &words, by, now).await?;
    let action = format!("{}.noted", form.code());
    storage::audit::insert(&*write, now, Some(by), &action, Some(&opened.code), None).await?;
    Ok(write.commit().await?)
}

/// Takes the words of a note away.
pub async fn erase(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
    id: i64,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let (now, by) = (context.now(), actor.account_id);
    let write = context.db.write().await?;
    if !storage::notes::erase(&*write, (form.code(), code), id, now).await? {
        return Err(ServiceError::not_found("note", &id));
    }
    let action = format!("{}.note_erased", form.code());
    storage::audit::insert(&*write, now, Some(by), &action, Some(code), None).await?;
    Ok(write.commit().await?)
}
