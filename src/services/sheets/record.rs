//! A sheet that was issued: its page, its bytes again, its end, and what anybody
//! may learn by its code.

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::Issued;
use crate::domain::account::Actor;
use crate::domain::family::Family;
use crate::domain::ids::SheetNumber;
use crate::domain::invalid::Why;
use crate::domain::sheet;
use crate::services::error::require_desk;
use crate::services::sheet_view::DISCLOSED;
use crate::services::{Context, ServiceError, proposals};
use crate::storage::disclosures::{DisclosureLine, How};
use crate::storage::sheets::Sheet;
use crate::storage::{self, Connection, Stored};

/// A sheet and what its page shows.
pub struct SheetRecord {
    pub sheet: Sheet,
    pub family: Option<Stored<Family>>,
    /// Name and code of each worker.
    pub workers: Vec<(String, String)>,
    pub disclosures: Vec<DisclosureLine>,
}

/// The record of a sheet.
pub async fn get(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
) -> Result<SheetRecord, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let sheet = find(db, number).await?;
    let request = proposals::find_request(db, &sheet.request).await?;
    let family = storage::families::find(db, &request.value.family).await?;
    let workers = storage::sheets::workers(db, sheet.id).await?;
    let disclosures = storage::disclosures::of_sheet(db, sheet.id).await?;
    Ok(SheetRecord {
        sheet,
        family,
        workers: workers
            .into_iter()
            .map(|(_, name, code)| (name, code))
            .collect(),
        disclosures,
    })
}

async fn find(db: &impl Connection, number: &SheetNumber) -> Result<Sheet, ServiceError> {
    storage::sheets::find(db, number)
        .await?
        .ok_or_else(|| ServiceError::not_found("sheet", number))
}

/// The same bytes again, with the disclosure on record.
pub async fn print(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
) -> Result<Issued, ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let sheet = find(&*write, number).await?;
    if sheet.revoked_at.is_some() {
        return Err(ServiceError::Refused(
            Why::new("refused-sheet-revoked").with("number", number),
        ));
    }
    let pdf = storage::sheets::pdf(&*write, sheet.id).await?;
    if HEXLOWER.encode(&Sha256::digest(&pdf)) != sheet.sha256 {
        return Err(ServiceError::Broken(format!(
            "the bytes of sheet {number} are not those that were issued"
        )));
    }
    let workers = storage::sheets::workers(&*write, sheet.id).await?;
    let ids: Vec<i64> = workers.iter().map(|(id, ..)| *id).collect();
    let now = context.now();
    let disclosure = storage::disclosures::New {
        sheet_id: sheet.id,
        family_id: sheet.family_id,
        how: How::Printed,
        fields: DISCLOSED,
        at: now,
        by: actor.account_id,
    };
    storage::disclosures::insert_many(&*write, &disclosure, &ids).await?;
    storage::audit::insert(
        &*write,
        now,
        Some(actor.account_id),
        "sheet.printed",
        Some(number.as_str()),
        None,
    )
    .await?;
    write.commit().await?;
    Ok(Issued {
        number: sheet.number,
        verification_code: sheet.verification_code,
        sha256: sheet.sha256,
        pdf,
    })
}

/// Revokes a sheet with a coded reason.
pub async fn revoke(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
    reason: &'static str,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let sheet = find(&*write, number).await?;
    if sheet.revoked_at.is_some() {
        return Err(ServiceError::Refused(
            Why::new("refused-sheet-revoked").with("number", number),
        ));
    }
    let now = context.now();
    storage::sheets::revoke(&*write, sheet.id, now, reason).await?;
    storage::audit::insert(
        &*write,
        now,
        Some(actor.account_id),
        "sheet.revoked",
        Some(number.as_str()),
        Some(reason),
    )
    .await?;
    Ok(write.commit().await?)
}

/// What anybody may learn by a sheet's code: number, desk, day, and how it stands.
pub struct Verified {
    pub number: SheetNumber,
    pub desk: String,
    pub issued_on: NaiveDate,
    pub state: sheet::SheetState,
}

/// Verifies a code; none where there is no such sheet.
pub async fn verify(context: &Context, code: &str) -> Result<Option<Verified>, ServiceError> {
    let code: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .collect::<String>()
        .to_uppercase();
    let Some((sheet, desk)) = storage::sheets::find_by_code(context.db.read(), &code).await? else {
        return Ok(None);
    };
    let state = sheet::SheetState::on(
        context.today(),
        sheet.valid_until,
        sheet.revoked_at.is_some(),
    );
    Ok(Some(Verified {
        number: sheet.number,
        desk,
        issued_on: sheet.issued_on,
        state,
    }))
}
