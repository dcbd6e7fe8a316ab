//! The end of a sheet before its time: it is revoked, its link opens nothing any
//! more, a mail that waits does not go, and whoever holds it is to be told. All
//! in the transaction of whoever ends it.

use std::pin::Pin;

use crate::domain::delivery::TaskKind;
use crate::services::{Context, delivery};
use crate::storage::disclosures::How;
use crate::storage::{self, StorageError, Write};

/// Work that many ways of saving lead to: compiled by itself, and not within each of them.
pub(in crate::services) type Apart<'a> =
    Pin<Box<dyn Future<Output = Result<(), StorageError>> + Send + 'a>>;

/// What is not to be done any more for a sheet that is revoked.
const OVER: [TaskKind; 4] = [
    TaskKind::CodeLocked,
    TaskKind::MailFailed,
    TaskKind::EndsSoon,
    TaskKind::TellPeople,
];

/// Revokes a sheet, given by key and number. `by`: the account; none where the
/// program does it by itself.
pub(in crate::services) async fn end(
    context: &Context,
    write: &Write,
    by: Option<i64>,
    (sheet_id, number): (i64, &str),
    reason: &str,
) -> Result<(), StorageError> {
    let (db, now, today) = (&**write, context.now(), context.today());
    storage::sheets::revoke(db, sheet_id, now, reason).await?;
    delivery::shut(write, sheet_id, now).await?;
    // Nobody did them: nobody's name stands beside them.
    storage::sheet_tasks::settle(db, sheet_id, &OVER, now, None).await?;
    storage::sheet_tasks::put(db, sheet_id, TaskKind::TellFamily, today).await?;
    if storage::disclosures::was(db, sheet_id, How::HandedOver).await? {
        storage::sheet_tasks::put(db, sheet_id, TaskKind::TellPartner, today).await?;
    }
    let (action, object) = ("sheet.revoked", Some(number));
    storage::audit::insert(db, now, by, action, object, Some(reason)).await
}

/// The same of every sheet in force that names a worker.
pub(in crate::services) async fn end_naming(
    context: &Context,
    write: &Write,
    by: Option<i64>,
    worker_id: i64,
    reason: &str,
) -> Result<(), StorageError> {
    let sheets = storage::withdrawals::in_force(&**write, worker_id, context.today()).await?;
    end_all(context, write, by, &sheets, reason).await
}

/// The same of some sheets.
pub(in crate::services) fn end_all<'a>(
    context: &'a Context,
    write: &'a Write,
    by: Option<i64>,
    sheets: &'a [(i64, String)],
    reason: &'a str,
) -> Apart<'a> {
    Box::pin(async move {
        for (id, number) in sheets {
            end(context, write, by, (*id, number.as_str()), reason).await?;
        }
        Ok(())
    })
}
