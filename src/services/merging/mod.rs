//! Two records that are one person's are made one: which cell of which record
//! stays, what hangs on both, and the way back. The record that went has no row
//! any more; its code leads to the one that stayed. What was said elsewhere of
//! either (sheets given out, answers, years that were closed) stays as it is.

mod compare;
mod pairs;
mod undo;

use chrono::TimeDelta;

pub use compare::{Compared, Field, Side, compare};
pub use pairs::{Pair, Settled, count_pairs, different, pairs, same};
pub use undo::{Undone, undo};

use super::error::require_desk;
use super::registering::Form;
use super::registering::kept::Kept;
use super::registering::save::{changed, get};
use super::tables::{Families, Workers, World};
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::reading::Fields;
use crate::storage::changes::Change;
use crate::storage::merges::{Before, Merge, People, Snapshot};
use crate::storage::{self, Connection, StorageError, Stored, Write};

/// For so long a merge can be undone.
pub const UNDO_LIFE: TimeDelta = TimeDelta::days(30);

/// Whose records a form is about; requests are nobody's double.
pub(super) fn people_of(form: Form) -> Result<People, ServiceError> {
    match form {
        Form::Worker => Ok(People::Workers),
        Form::Family => Ok(People::Families),
        Form::Request => Err(ServiceError::not_found("worker", "")),
    }
}

/// Why there is no record of this code: it went into another one, or never was.
pub(super) async fn missing(
    db: &impl Connection,
    what: &'static str,
    code: &str,
) -> Result<ServiceError, StorageError> {
    let people = match what {
        "worker" => People::Workers,
        "family" => People::Families,
        _ => return Ok(ServiceError::not_found(what, code)),
    };
    let now = storage::merges::leads_to(db, people, code).await?;
    Ok(match now {
        Some(now) => ServiceError::Merged {
            what,
            code: code.to_owned(),
            now,
        },
        None => ServiceError::not_found(what, code),
    })
}

/// What was decided of two records.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Which of the two codes stays: 0 or 1.
    pub keep: usize,
    /// The versions that were looked at.
    pub versions: [i32; 2],
    /// Of a field, by its first column, whose cell stays; of one that is not
    /// named, the kept record's.
    pub taken: Vec<(String, usize)>,
}

/// Makes two records one.
pub async fn merge(
    context: &Context,
    actor: &Actor,
    form: Form,
    codes: [&str; 2],
    decision: &Decision,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    match people_of(form)? {
        People::Workers => merge_as::<Workers>(context, actor, form, codes, decision).await,
        People::Families => merge_as::<Families>(context, actor, form, codes, decision).await,
    }
}

/// Cells of a record by column.
pub(super) struct Cells(pub Vec<(String, String)>);

impl Fields for Cells {
    fn get(&self, column: &str) -> Option<&str> {
        let mut cells = self.0.iter();
        cells
            .find(|(name, _)| name == column)
            .map(|(_, cell)| cell.as_str())
    }
}

fn cells_of<T: Kept>(record: &T::Record) -> Vec<(String, String)> {
    T::all_columns()
        .map(str::to_owned)
        .zip(T::all_cells(record))
        .collect()
}

fn snapshot<T: Kept>(stored: &Stored<T::Record>) -> Snapshot {
    Snapshot {
        id: stored.id,
        version: stored.version,
        cells: cells_of::<T>(&stored.value),
    }
}

async fn merge_as<T: Kept>(
    context: &Context,
    actor: &Actor,
    form: Form,
    codes: [&str; 2],
    decision: &Decision,
) -> Result<(), ServiceError> {
    let people = people_of(form)?;
    let world = World::load(context).await?;
    let write = context.db.write().await?;
    let found = both::<T>(&*write, codes).await?;
    storage::merges::lock(&*write, people, [found[0].id, found[1].id]).await?;
    // Nobody changes them from here on.
    let found = both::<T>(&*write, codes).await?;
    if found.each_ref().map(|one| one.version) != decision.versions {
        return Err(ServiceError::Stale);
    }
    let [one, other] = found;
    let (kept, gone) = if decision.keep == 0 {
        (one, other)
    } else {
        (other, one)
    };
    let merged = merged::<T>(form, &kept, &gone, decision, &world)?;
    let (kept_code, gone_code) = (code_of::<T>(&kept), code_of::<T>(&gone));
    let ids = (gone.id, kept.id);
    let (moved, stop) =
        storage::merges::move_all(&*write, people, ids, (&gone_code, &kept_code)).await?;
    let twins = storage::merged_twins::move_all(&*write, people, gone.id, kept.id).await?;
    storage::merges::take_out(&*write, people, gone.id).await?;
    let saved = Stored {
        id: kept.id,
        version: kept.version,
        value: merged.clone(),
    };
    T::update_many(&*write, std::slice::from_ref(&saved)).await?;
    let before = Before {
        gone: snapshot::<T>(&gone),
        kept: snapshot::<T>(&kept),
        merged: cells_of::<T>(&merged),
        moved,
        stop,
        twins,
    };
    let (now, by) = (context.now(), actor.account_id);
    let pair = (gone_code.as_str(), kept_code.as_str());
    storage::merges::insert(&*write, people, pair, &before, now, by).await?;
    T::made_one(&write, context, actor, &saved, [&kept.value, &gone.value]).await?;
    let fields = changed::<T>(&kept.value, &merged);
    let version = kept.version + 1;
    tell(
        &write,
        context,
        actor,
        (T::NAME, "merged"),
        pair,
        (version, fields),
    )
    .await?;
    Ok(write.commit().await?)
}

/// A line in both histories, and one in the record of what was done. `pair` is
/// the code that went, or came back, and the one that stays.
async fn tell(
    write: &Write,
    context: &Context,
    actor: &Actor,
    (kind, action): (&str, &str),
    (gone, kept): (&str, &str),
    (version, fields): (i32, Vec<storage::changes::Changed>),
) -> Result<(), StorageError> {
    let (now, by) = (context.now(), Some(actor.account_id));
    let change = Change {
        kind,
        record: kept,
        version,
        action,
        fields,
    };
    storage::changes::insert(&**write, now, by, &change).await?;
    let went = format!("{action}_away");
    let change = Change {
        kind,
        record: gone,
        version: 0,
        action: &went,
        fields: Vec::new(),
    };
    storage::changes::insert(&**write, now, by, &change).await?;
    let detail = serde_json::json!({ "gone": gone, "kept": kept }).to_string();
    let action = format!("{kind}.{action}");
    storage::audit::insert(&**write, now, by, &action, Some(kept), Some(&detail)).await
}

async fn both<T: Kept>(
    db: &impl Connection,
    codes: [&str; 2],
) -> Result<[Stored<T::Record>; 2], ServiceError> {
    let one = get::<T>(db, codes[0]).await?;
    let other = get::<T>(db, codes[1]).await?;
    if one.id == other.id {
        return Err(ServiceError::not_found(T::NAME, codes[1]));
    }
    Ok([one, other])
}

fn code_of<T: Kept>(stored: &Stored<T::Record>) -> String {
    let code = T::code(&stored.value).map(T::code_text);
    code.unwrap_or_default().to_owned()
}

/// The record that stays, with the cells that were chosen.
fn merged<T: Kept>(
    form: Form,
    kept: &Stored<T::Record>,
    gone: &Stored<T::Record>,
    decision: &Decision,
    world: &World,
) -> Result<T::Record, ServiceError> {
    let mut cells = cells_of::<T>(&kept.value);
    let theirs = Cells(cells_of::<T>(&gone.value));
    for (first, from) in &decision.taken {
        if *from == decision.keep {
            continue;
        }
        let together = compare::together(form, first);
        for (column, cell) in &mut cells {
            if column != "code" && together.iter().any(|one| one == column) {
                theirs.get(column).unwrap_or_default().clone_into(cell);
            }
        }
    }
    let read = T::read(&Cells(cells), None, world).map_err(ServiceError::Invalid)?;
    Ok(read.value)
}

/// The merges whose records a record holds, the newest first, and whether each
/// can still be undone.
pub async fn into(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
) -> Result<Vec<(Merge, bool)>, ServiceError> {
    require_desk(actor)?;
    let merges = storage::merges::into(context.db.read(), people_of(form)?, code).await?;
    let now = context.now();
    let with = |one: Merge| {
        let fresh = one.before.is_some() && now < one.merged_at + UNDO_LIFE;
        let open = fresh && one.kept == code;
        (one, open)
    };
    Ok(merges.into_iter().map(with).collect())
}

/// Forgets how records were before merges that can't be undone any more.
pub async fn forget(context: &Context) -> Result<u64, ServiceError> {
    let write = context.db.write().await?;
    let forgotten = storage::merges::forget(&*write, context.now() - UNDO_LIFE).await?;
    write.commit().await?;
    Ok(forgotten)
}
