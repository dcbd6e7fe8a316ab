//! A sheet that was issued: its page, its bytes again, its end, and what anybody
//! may learn by its code.

use chrono::NaiveDate;

use super::Issued;
use super::disclosed::{Told, disclosed};
use super::end::end;
use crate::domain::account::Actor;
use crate::domain::delivery::Purpose;
use crate::domain::diffusion::Ground;
use crate::domain::family::Family;
use crate::domain::ids::{SheetNumber, WorkerCode};
use crate::domain::invalid::Why;
use crate::domain::sheet;
use crate::matching::Weights;
use crate::services::delivery::{self, Delivery};
use crate::services::error::require_desk;
use crate::services::{Context, ServiceError, diffusion, proposals};
use crate::storage::disclosures::{DisclosureLine, How};
use crate::storage::sheet_tasks::TaskLine;
use crate::storage::sheets::Sheet;
use crate::storage::{self, Connection, Stored};

/// A sheet and what its page shows.
pub struct SheetRecord {
    pub sheet: Sheet,
    pub family: Option<Stored<Family>>,
    /// Name and code of each worker.
    pub workers: Vec<(String, String)>,
    pub disclosures: Vec<DisclosureLine>,
    /// The link that the family has, or will have.
    pub delivery: Option<Delivery>,
    pub tasks: Vec<TaskLine>,
    /// Of a sheet that was revoked: who may be named on the one in its place.
    pub again: Vec<WorkerCode>,
    pub state: sheet::SheetState,
    pub weights: Option<WeightsUsed>,
}

/// The weights of the score that a sheet was made with.
pub struct WeightsUsed {
    /// The first day of their row.
    pub since: NaiveDate,
    /// The code of each part, and how much it counted.
    pub parts: Vec<(&'static str, u64)>,
}

fn weights_used(stands_on: &str) -> Option<WeightsUsed> {
    let row: serde_json::Value = serde_json::from_str(stands_on).ok()?;
    let known = Weights::default();
    let parts = known.parts().in_order().into_iter();
    let parts = parts.map(|(code, _)| Some((code, row["weights"][code].as_u64()?)));
    Some(WeightsUsed {
        since: row["valid_from"].as_str()?.parse().ok()?,
        parts: parts.collect::<Option<Vec<_>>>()?,
    })
}

/// How a sheet stands today: what it says of its workers may have been put right since.
pub(in crate::services) async fn state(
    context: &Context,
    sheet: &Sheet,
) -> Result<sheet::SheetState, ServiceError> {
    let revoked = sheet.revoked_at.is_some();
    let state = sheet::SheetState::on(context.today(), sheet.valid_until, revoked);
    if state != sheet::SheetState::Genuine {
        return Ok(state);
    }
    let changed = storage::sheets::superseded(context.db.read(), &[sheet.id]).await?;
    Ok(state.superseded_if(changed.contains(&sheet.id)))
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
    let delivery = delivery::of_sheet(context, sheet.id).await?;
    let tasks = storage::sheet_tasks::of_sheet(db, sheet.id).await?;
    Ok(SheetRecord {
        state: state(context, &sheet).await?,
        again: named_again(context, &sheet, &workers).await?,
        weights: weights_used(&sheet.stands_on),
        sheet,
        family,
        workers: workers
            .into_iter()
            .map(|(_, name, code)| (name, code))
            .collect(),
        disclosures,
        delivery,
        tasks,
    })
}

async fn named_again(
    context: &Context,
    sheet: &Sheet,
    workers: &[(i64, String, String)],
) -> Result<Vec<WorkerCode>, ServiceError> {
    let reason = sheet.revoke_reason.as_deref();
    if !reason.is_some_and(|reason| sheet::NAMED_AGAIN.contains(&reason)) {
        return Ok(Vec::new());
    }
    let codes: Vec<WorkerCode> = workers
        .iter()
        .filter_map(|(.., code)| WorkerCode::parse(code).ok())
        .collect();
    let found = storage::workers::find_many(context.db.read(), &codes).await?;
    let left_out = diffusion::left_out(context.db.read(), &sheet.request).await?;
    let is_unwished = |code: &WorkerCode| {
        let mut wishes = left_out.iter().filter(|one| one.ground == Ground::Wish);
        wishes.any(|one| one.worker == code.as_str())
    };
    let (today, mut again) = (context.today(), codes);
    again.retain(|code| {
        if is_unwished(code) {
            return false;
        }
        let worker = found
            .iter()
            .find(|one| one.value.code.as_ref() == Some(code));
        worker.is_some_and(|one| sheet::obstacle_of(&one.value, today).is_none())
    });
    Ok(again)
}

pub(in crate::services) async fn find(
    db: &impl Connection,
    number: &SheetNumber,
) -> Result<Sheet, ServiceError> {
    storage::sheets::find(db, number)
        .await?
        .ok_or_else(|| ServiceError::not_found("sheet", number))
}

/// The same bytes again, with the disclosure on record.
pub async fn print(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
    purpose: Purpose,
) -> Result<Issued, ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let sheet = find(&*write, number).await?;
    not_revoked(&sheet)?;
    let told = Told {
        how: How::Printed,
        purpose,
        by: actor.account_id,
    };
    let pdf = disclosed(context, &write, &sheet, told).await?;
    let (now, by) = (context.now(), Some(actor.account_id));
    let object = Some(number.as_str());
    storage::audit::insert(&*write, now, by, "sheet.printed", object, None).await?;
    write.commit().await?;
    Ok(Issued {
        number: sheet.number,
        verification_code: sheet.verification_code,
        sha256: sheet.sha256,
        pdf,
        queued: None,
    })
}

/// Passes a sheet that nobody revoked.
pub(in crate::services) fn not_revoked(sheet: &Sheet) -> Result<(), ServiceError> {
    if sheet.revoked_at.is_some() {
        let why = Why::new("refused-sheet-revoked").with("number", &sheet.number);
        Err(ServiceError::Refused(why))
    } else {
        Ok(())
    }
}

/// Revokes a sheet with a coded reason.
pub async fn revoke(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
    reason: &'static str,
) -> Result<Sheet, ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let sheet = find(&*write, number).await?;
    not_revoked(&sheet)?;
    let ends = (sheet.id, number.as_str());
    end(context, &write, Some(actor.account_id), ends, reason).await?;
    write.commit().await?;
    Ok(sheet)
}

/// What anybody may learn by a sheet's code: number, desk, day, and how it stands.
pub struct Verified {
    pub number: SheetNumber,
    pub desk: String,
    pub issued_on: NaiveDate,
    pub state: sheet::SheetState,
}

/// What came of a verification by anybody.
pub enum Verification {
    Known(Verified),
    Unknown,
    /// Too many wrong codes from this network: nothing is looked up.
    Waits,
}

/// Verifies a code for somebody of `network`; wrong ones are counted.
pub async fn verify_for(
    context: &Context,
    code: &str,
    network: &str,
) -> Result<Verification, ServiceError> {
    let now = context.now();
    if context.wrong_codes.waits(network, now) {
        return Ok(Verification::Waits);
    }
    Ok(if let Some(known) = verify(context, code).await? {
        Verification::Known(known)
    } else {
        context.wrong_codes.count(network, now);
        Verification::Unknown
    })
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
    Ok(Some(Verified {
        state: state(context, &sheet).await?,
        number: sheet.number,
        desk,
        issued_on: sheet.issued_on,
    }))
}
