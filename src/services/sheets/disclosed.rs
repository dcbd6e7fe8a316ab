//! The one way to the bytes of a sheet that was issued: whoever gets them is
//! written down in the same transaction, a row a worker.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::domain::delivery::Purpose;
use crate::domain::invalid::Why;
use crate::services::sheet_view::DISCLOSED;
use crate::services::{Context, ServiceError};
use crate::storage::disclosures::How;
use crate::storage::sheets::Sheet;
use crate::storage::{self, StorageError, Write};

/// How a sheet is disclosed, why, and by which account.
#[derive(Debug, Clone, Copy)]
pub(in crate::services) struct Told {
    pub how: How,
    pub purpose: Purpose,
    pub by: i64,
}

/// The bytes, with the disclosure on record once `write` is committed.
pub(in crate::services) async fn disclosed(
    context: &Context,
    write: &Write,
    sheet: &Sheet,
    told: Told,
) -> Result<Vec<u8>, ServiceError> {
    let pdf = match storage::sheets::pdf(&**write, sheet.id).await {
        Ok(pdf) => pdf,
        // Somebody on it was erased.
        Err(StorageError::Missing { .. }) => {
            let why = Why::new("refused-sheet-erased").with("number", &sheet.number);
            return Err(ServiceError::Refused(why));
        }
        Err(error) => return Err(error.into()),
    };
    if HEXLOWER.encode(&Sha256::digest(&pdf)) != sheet.sha256 {
        return Err(ServiceError::Broken(format!(
            "the bytes of sheet {} are not those that were issued",
            sheet.number
        )));
    }
    if is_unwished(write, sheet).await? {
        let why = match told.how {
            How::Opened | How::HandedOver => Why::new("refused-sheet-unwished-holder"),
            How::Issued | How::Printed | How::Mailed => Why::new("refused-sheet-unwished"),
        };
        let why = why.with("number", &sheet.number);
        return Err(ServiceError::Refused(why));
    }
    note(context, write, sheet, told).await?;
    Ok(pdf)
}

/// Whether somebody on it wished, or has come to be one who wished, that no sheet goes to
/// whom this one is for: a family moves, another partner sends it, two records are made one.
pub(in crate::services) async fn is_unwished(
    write: &Write,
    sheet: &Sheet,
) -> Result<bool, StorageError> {
    let db = &**write;
    let to = storage::diffusion::recipients(db, &[sheet.request.as_str()]).await?;
    let Some((_, to)) = to.first() else {
        return Ok(false);
    };
    let workers = storage::sheets::workers(db, sheet.id).await?;
    let ids: Vec<i64> = workers.iter().map(|(id, ..)| *id).collect();
    storage::diffusion::is_unwished(db, to, &ids).await
}

/// Writes down that a sheet was disclosed.
pub(in crate::services) async fn note(
    context: &Context,
    write: &Write,
    sheet: &Sheet,
    told: Told,
) -> Result<(), StorageError> {
    let workers = storage::sheets::workers(&**write, sheet.id).await?;
    let ids: Vec<i64> = workers.iter().map(|(id, ..)| *id).collect();
    let disclosure = storage::disclosures::New {
        sheet_id: sheet.id,
        family_id: sheet.family_id,
        how: told.how,
        fields: DISCLOSED,
        at: context.now(),
        by: told.by,
        purpose: told.purpose,
    };
    storage::disclosures::insert_many(&**write, &disclosure, &ids).await
}
