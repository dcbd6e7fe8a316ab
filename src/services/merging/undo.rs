//! The way back from a merge: both records as they were, with what hung on each.
//! What was entered afterwards stays with the record that stayed.

use super::compare::group_of;
use super::{Cells, UNDO_LIFE, cells_of, code_of, people_of, snapshot, tell};
use crate::domain::account::Actor;
use crate::domain::invalid::Why;
use crate::domain::reading::Fields;
use crate::services::error::require_desk;
use crate::services::registering::Form;
use crate::services::registering::kept::Kept;
use crate::services::registering::save::{changed, get};
use crate::services::tables::{Families, Workers, World};
use crate::services::{Context, ServiceError};
use crate::storage::merges::{Before, Merge, People, Snapshot};
use crate::storage::{self, Stored, Write};

/// The two records are two again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The code that is back.
    pub back: String,
    /// Something that the merge had chosen was changed since, and stays so.
    pub newer_stays: bool,
}

/// Undoes a merge into the record of a code.
pub async fn undo(
    context: &Context,
    actor: &Actor,
    form: Form,
    kept: &str,
    merge: i64,
) -> Result<Undone, ServiceError> {
    require_desk(actor)?;
    match people_of(form)? {
        People::Workers => undo_as::<Workers>(context, actor, form, kept, merge).await,
        People::Families => undo_as::<Families>(context, actor, form, kept, merge).await,
    }
}

async fn undo_as<T: Kept>(
    context: &Context,
    actor: &Actor,
    form: Form,
    kept: &str,
    merge: i64,
) -> Result<Undone, ServiceError> {
    let people = people_of(form)?;
    let world = World::load(context).await?;
    let write = context.db.write().await?;
    let found = storage::merges::find(&*write, people, merge).await?;
    let one = found.filter(|one| one.kept == kept || one.leads_to == kept);
    let one = one.ok_or_else(|| ServiceError::not_found("merge", kept))?;
    let before = still_open(context, &one)?;
    let now = get::<T>(&*write, &one.kept).await?;
    storage::merges::lock(&*write, people, [now.id, now.id]).await?;
    let now = get::<T>(&*write, &one.kept).await?;
    let (restored, newer_stays) = restored::<T>(form, before, &now, &world)?;
    let (at, by) = (context.now(), actor.account_id);
    // Of two who undo it at once, one.
    if !storage::merges::undone(&*write, people, &one, at, by).await? {
        return Err(ServiceError::Stale);
    }
    let saved = Stored {
        id: now.id,
        version: now.version,
        value: restored,
    };
    if saved.value == now.value {
        // Nothing was taken over; still, nobody saves over it unseen.
        T::update_many(&*write, std::slice::from_ref(&now)).await?;
    } else {
        T::update_many(&*write, std::slice::from_ref(&saved)).await?;
    }
    put_back::<T>(&write, people, &before.gone, &world).await?;
    storage::merges::move_back(&*write, people, before, &one.gone).await?;
    let fields = changed::<T>(&now.value, &saved.value);
    let pair = (one.gone.as_str(), one.kept.as_str());
    let changed = (now.version + 1, fields);
    tell(&write, context, actor, (T::NAME, "unmerged"), pair, changed).await?;
    write.commit().await?;
    Ok(Undone {
        back: one.gone,
        newer_stays,
    })
}

/// What undoing needs, as long as that is possible.
fn still_open<'a>(context: &Context, one: &'a Merge) -> Result<&'a Before, ServiceError> {
    if one.leads_to != one.kept {
        let why = Why::new("refused-unmerge-later").with("code", &one.leads_to);
        return Err(ServiceError::Refused(why));
    }
    let fresh = context.now() < one.merged_at + UNDO_LIFE;
    let before = one.before.as_ref().filter(|_| fresh);
    before.ok_or_else(|| {
        let why = Why::new("refused-unmerge-over").with("days", UNDO_LIFE.num_days());
        ServiceError::Refused(why)
    })
}

/// The kept record as it was. What was changed since stays, with all that is chosen as one
/// with it; whether any of that had been chosen by the merge comes back as well.
fn restored<T: Kept>(
    form: Form,
    before: &Before,
    now: &Stored<T::Record>,
    world: &World,
) -> Result<(T::Record, bool), ServiceError> {
    let (was, merged) = (
        Cells(before.kept.cells.clone()),
        Cells(before.merged.clone()),
    );
    let mut cells = cells_of::<T>(&now.value);
    let latest = Cells(cells.clone());
    let is_newer = |column: &str| {
        let mut group = group_of(form, column).into_iter();
        group.any(|one| latest.get(one) != merged.get(one))
    };
    let mut newer_stays = false;
    for (column, cell) in &mut cells {
        let (was, merged) = (was.get(column), merged.get(column));
        let (Some(was), Some(merged)) = (was, merged) else {
            continue;
        };
        if was == merged {
            continue;
        }
        if is_newer(column.as_str()) {
            newer_stays = true;
        } else {
            was.clone_into(cell);
        }
    }
    let read = T::read(&Cells(cells), None, world).map_err(ServiceError::Invalid)?;
    Ok((read.value, newer_stays))
}

async fn put_back<T: Kept>(
    write: &Write,
    people: People,
    was: &Snapshot,
    world: &World,
) -> Result<(), ServiceError> {
    let read = T::read(&Cells(was.cells.clone()), None, world).map_err(ServiceError::Invalid)?;
    T::insert_many(&**write, std::slice::from_ref(&read.value), world).await?;
    let code = T::code(&read.value).map(T::code_text).unwrap_or_default();
    let back = get::<T>(&**write, code).await?;
    storage::merges::give_key(&**write, people, back.id, was).await?;
    let back = get::<T>(&**write, code).await?;
    // Exactly as it was, or not at all.
    if snapshot::<T>(&back).cells == was.cells && code_of::<T>(&back) == code {
        Ok(())
    } else {
        Err(ServiceError::Broken(format!(
            "{code} did not come back whole"
        )))
    }
}
