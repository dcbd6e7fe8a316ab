//! What a partner sees of sheets: those of the families that it sent, and no
//! other, not even that there is one. Each opening is on record.

use crate::domain::account::Actor;
use crate::domain::delivery::Purpose;
use crate::domain::ids::SheetNumber;
use crate::domain::sheet::SheetState;
use crate::services::error::require_partner;
use crate::services::sheets::disclosed::{Told, disclosed};
use crate::services::sheets::record::{find, state};
use crate::services::{Context, ServiceError};
use crate::storage::disclosures::How;
use crate::storage::lists::At;
use crate::storage::sheets::{ReferredLine, Sheet};
use crate::storage::{self, Connection, Page};

/// A sheet as the partner sees it before it is opened.
pub struct Referred {
    pub sheet: Sheet,
    pub family: String,
    pub state: SheetState,
}

/// A page of the sheets of a partner's families.
pub async fn page(
    context: &Context,
    actor: &Actor,
    at: &At,
) -> Result<Page<ReferredLine>, ServiceError> {
    let partner = require_partner(actor)?;
    Ok(storage::sheets::page_referred(context.db.read(), partner, at).await?)
}

/// The sheet, where it is of one of the partner's families.
async fn own(
    db: &impl Connection,
    actor: &Actor,
    number: &SheetNumber,
) -> Result<Sheet, ServiceError> {
    let partner = require_partner(actor)?;
    let sheet = find(db, number).await?;
    if storage::referrals::is_sent_by(db, sheet.request_id, partner).await? {
        Ok(sheet)
    } else {
        Err(ServiceError::not_found("sheet", number))
    }
}

/// One sheet.
pub async fn get(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
) -> Result<Referred, ServiceError> {
    let db = context.db.read();
    let sheet = own(db, actor, number).await?;
    let family = storage::families::get(db, sheet.family_id).await?;
    Ok(Referred {
        state: state(context, &sheet).await?,
        sheet,
        family: family.value.full_name(),
    })
}

/// The bytes of a sheet that holds, to be handed over.
pub async fn open(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
) -> Result<Vec<u8>, ServiceError> {
    let write = context.db.write().await?;
    let sheet = own(&*write, actor, number).await?;
    super::in_force(context, &sheet)?;
    let told = Told {
        how: How::HandedOver,
        purpose: Purpose::HandOver,
        by: actor.account_id,
    };
    let pdf = disclosed(context, &write, &sheet, told).await?;
    let (now, by) = (context.now(), Some(actor.account_id));
    let object = Some(number.as_str());
    storage::audit::insert(&*write, now, by, "sheet.handed_over", object, None).await?;
    write.commit().await?;
    Ok(pdf)
}
