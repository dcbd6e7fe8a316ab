//! The one way a form becomes a record: read, checked, written, told.

use super::super::import::load::fresh_codes;
use super::super::merging::missing;
use super::super::tables::World;
use super::kept::Kept;
use super::{Opened, Order, Saved, likely, opened};
use crate::domain::account::Actor;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::services::rights::check_living;
use crate::services::{Context, ServiceError};
use crate::storage::changes::{Change, Changed};
use crate::storage::drafts::{self, Draft};
use crate::storage::{self, Connection, StorageError, Stored, Write};

/// The record of a code.
pub(in crate::services) async fn get<T: Kept>(
    db: &impl Connection,
    code: &str,
) -> Result<Stored<T::Record>, ServiceError> {
    let parsed = T::parse_code(code).ok_or_else(|| ServiceError::not_found(T::NAME, code))?;
    let found = T::find_many(db, std::slice::from_ref(&parsed)).await?;
    match found.into_iter().next() {
        Some(found) => {
            check_living(db, T::NAME, code).await?;
            Ok(found)
        }
        None => Err(missing(db, T::NAME, code).await?),
    }
}

pub(super) async fn save_as<T: Kept>(
    context: &Context,
    actor: &Actor,
    order: Order<'_>,
) -> Result<Saved, ServiceError> {
    let db = context.db.read();
    let world = World::load(context).await?;
    let before = match order.over {
        Some((code, _)) => Some(get::<T>(db, code).await?),
        None => made_before::<T>(db, actor, order.draft).await?,
    };
    let read = T::read_entered(
        order.fields,
        before.as_ref().map(|before| &before.value),
        &world,
    );
    if let Some(before) = &before
        && order.over.map(|(_, version)| version) != Some(before.version)
    {
        // The same thing sent again, or somebody else was faster.
        return Ok(match read {
            Ok(read) if read.value == before.value => done::<T>(before),
            _ => Saved::Stale(opened::<T>(before)),
        });
    }
    let of_fields = T::problems_of_fields(order.fields);
    let record = match read {
        Ok(read) => read.value,
        Err(mut invalid) => {
            for problem in of_fields {
                if !invalid.0.iter().any(|one| one.field == problem.field) {
                    invalid.0.push(problem);
                }
            }
            return Err(ServiceError::Invalid(invalid));
        }
    };
    let was = before.as_ref().map(|before| &before.value);
    let mut problems = of_fields;
    problems.extend(T::more_problems(
        order.fields,
        &record,
        was,
        context.today(),
    ));
    problems.extend(broken_references::<T>(db, &record).await?);
    problems.extend(T::unknown(db, order.fields, context.today()).await?);
    if !problems.is_empty() {
        return Err(ServiceError::Invalid(Invalid(problems)));
    }
    if let Some(before) = before.as_ref().filter(|before| before.value == record) {
        return Ok(done::<T>(before));
    }
    if before.is_none()
        && !order.another
        && let Some(sought) = T::traits(&record)
    {
        let likely = likely::among::<T>(db, &sought, None).await?;
        if !likely.is_empty() {
            // The same form, sent twice at once, finds what the first one made.
            return Ok(match made_before::<T>(db, actor, order.draft).await? {
                Some(made) => done::<T>(&made),
                None => Saved::Likely(likely),
            });
        }
    }
    let write = context.db.write().await?;
    match Writing::<T>::new(&write, context, &world, actor, order)
        .put(record, before)
        .await
    {
        Ok(saved) => {
            write.commit().await?;
            Ok(saved)
        }
        Err(StorageError::Stale { .. }) => {
            drop(write);
            let (code, _) = order.over.ok_or(ServiceError::Stale)?;
            Ok(Saved::Stale(current::<T>(context, code).await?))
        }
        Err(error) => Err(error.into()),
    }
}

async fn current<T: Kept>(context: &Context, code: &str) -> Result<Opened, ServiceError> {
    Ok(opened::<T>(&get::<T>(context.db.read(), code).await?))
}

fn done<T: Kept>(stored: &Stored<T::Record>) -> Saved {
    let code = T::code(&stored.value).map(T::code_text);
    Saved::Done {
        code: code.unwrap_or_default().to_owned(),
    }
}

/// The record that this draft became already.
async fn made_before<T: Kept>(
    db: &impl Connection,
    actor: &Actor,
    draft: &str,
) -> Result<Option<Stored<T::Record>>, ServiceError> {
    let draft = drafts::find(db, actor.account_id, draft, false).await?;
    let made = draft.filter(|draft| draft.form == T::NAME);
    match made.and_then(|draft| draft.made) {
        Some(code) => Ok(Some(get::<T>(db, &code).await?)),
        None => Ok(None),
    }
}

/// What the record names and is not there.
async fn broken_references<T: Kept>(
    db: &impl Connection,
    record: &T::Record,
) -> Result<Vec<Problem>, StorageError> {
    let mut problems = T::dangling(db, &[record])
        .await?
        .into_iter()
        .next()
        .unwrap_or_default();
    if let Some((column, code)) = T::sibling(record) {
        let named = T::nameable_among(db, std::slice::from_ref(code)).await?;
        if named.is_empty() {
            let text = T::code_text(code);
            problems.push(Problem {
                field: column,
                value: text.to_owned(),
                why: Why::new("problem-not-live-in").with("code", text),
            });
        }
    }
    Ok(problems)
}

struct Writing<'a, T> {
    write: &'a Write,
    context: &'a Context,
    world: &'a World,
    actor: &'a Actor,
    order: Order<'a>,
    table: std::marker::PhantomData<fn() -> T>,
}

impl<'a, T: Kept> Writing<'a, T> {
    fn new(
        write: &'a Write,
        context: &'a Context,
        world: &'a World,
        actor: &'a Actor,
        order: Order<'a>,
    ) -> Self {
        Self {
            write,
            context,
            world,
            actor,
            order,
            table: std::marker::PhantomData,
        }
    }

    async fn put(
        &self,
        mut record: T::Record,
        before: Option<Stored<T::Record>>,
    ) -> Result<Saved, StorageError> {
        let db = &**self.write;
        if let Some(made) = self.claim(before.is_none()).await? {
            return Ok(Saved::Done { code: made });
        }
        let was = before.as_ref().map(|before| &before.value);
        T::mark(&mut record, was, self.actor);
        if let Some(before) = &before {
            let saved = Stored {
                id: before.id,
                version: before.version,
                value: record.clone(),
            };
            T::update_many(db, std::slice::from_ref(&saved)).await?;
        } else {
            let codes = T::CODES.expect("what a form makes has codes");
            let code = fresh_codes::<T>(db, codes, 1).await?.into_iter().next();
            T::set_code(&mut record, code.expect("one was asked for"));
            let new = std::slice::from_ref(&record);
            T::insert_many(db, new, self.world).await?;
        }
        let code = T::code(&record).expect("it has one by now").clone();
        let missing = || StorageError::Missing {
            table: T::NAME,
            key: T::code_text(&code).to_owned(),
        };
        let now = T::find_many(db, std::slice::from_ref(&code)).await?;
        let now = now.into_iter().next().ok_or_else(missing)?;
        let (actor, fields) = (self.actor, self.order.fields);
        T::beside(self.write, self.context, actor, fields, &now, was).await?;
        self.tell(&now, was).await?;
        if was.is_some() {
            drafts::delete(db, actor.account_id, self.order.draft).await?;
        } else {
            drafts::made(db, self.order.draft, T::code_text(&code)).await?;
            T::came_of(self.write, self.context, actor, self.order.draft, &now).await?;
        }
        Ok(done::<T>(&now))
    }

    /// Takes the draft for this save. What it became already, where another save
    /// was faster: of two at once only one makes a record.
    async fn claim(&self, new: bool) -> Result<Option<String>, StorageError> {
        if !new {
            return Ok(None);
        }
        let db = &**self.write;
        let (account, id) = (self.actor.account_id, self.order.draft);
        let draft = Draft {
            id: id.to_owned(),
            form: T::NAME.to_owned(),
            record: None,
            fields: Vec::new(),
            made: None,
            kept_at: self.context.now(),
        };
        drafts::keep(db, account, &draft).await?;
        let held = drafts::find(db, account, id, true).await?;
        Ok(held.and_then(|draft| draft.made))
    }

    async fn tell(
        &self,
        now: &Stored<T::Record>,
        before: Option<&T::Record>,
    ) -> Result<(), StorageError> {
        let code = T::code(&now.value).map(T::code_text).unwrap_or_default();
        let change = Change {
            kind: T::NAME,
            record: code,
            version: now.version,
            action: match before {
                None => "created",
                Some(before) if T::state(before) != T::state(&now.value) => T::state(&now.value),
                Some(_) => "changed",
            },
            fields: before.map_or_else(Vec::new, |before| changed::<T>(before, &now.value)),
        };
        note(self.write, self.context, Some(self.actor), &change).await
    }
}

/// A line of the history, and one of the record of what was done. Without an
/// actor the program did it by itself.
pub(in crate::services) async fn note(
    write: &Write,
    context: &Context,
    actor: Option<&Actor>,
    change: &Change<'_>,
) -> Result<(), StorageError> {
    let (now, by) = (context.now(), actor.map(|actor| actor.account_id));
    storage::changes::insert(&**write, now, by, change).await?;
    let action = format!("{}.{}", change.kind, change.action);
    storage::audit::insert(&**write, now, by, &action, Some(change.record), None).await
}

/// The columns that differ.
pub(in crate::services) fn changed<T: Kept>(before: &T::Record, now: &T::Record) -> Vec<Changed> {
    let cells = T::all_cells(before).into_iter().zip(T::all_cells(now));
    T::all_columns()
        .zip(cells)
        .filter(|(_, (before, now))| before != now)
        .map(|(column, (before, now))| (column.to_owned(), before, now))
        .collect()
}
