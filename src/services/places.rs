//! Desks and partners.

use super::error::check_printed;
use super::{Context, ServiceError};
use crate::domain::ids::{DeskCode, PartnerCode};
use crate::domain::invalid::Why;
use crate::storage::places::{Desk, Partner};
use crate::storage::{self, StorageError};

/// Every desk, by code.
pub async fn desks(context: &Context) -> Result<Vec<Desk>, ServiceError> {
    Ok(storage::places::desks(context.db.read())
        .await?
        .into_iter()
        .map(|(_, desk)| desk)
        .collect())
}

/// The desk of a code.
pub async fn desk(context: &Context, code: &DeskCode) -> Result<Desk, ServiceError> {
    let found = desks(context)
        .await?
        .into_iter()
        .find(|desk| desk.code == *code);
    found.ok_or_else(|| ServiceError::not_found("desk", code))
}

/// Every partner, by code.
pub async fn partners(context: &Context) -> Result<Vec<Partner>, ServiceError> {
    Ok(storage::places::partners(context.db.read())
        .await?
        .into_iter()
        .map(|(_, partner)| partner)
        .collect())
}

/// Whether there is a partner of this code.
pub async fn partner(context: &Context, code: &PartnerCode) -> Result<Partner, ServiceError> {
    let found = partners(context)
        .await?
        .into_iter()
        .find(|partner| partner.code == *code);
    found.ok_or_else(|| ServiceError::not_found("partner", code))
}

/// Adds a desk; code and prefix must be new.
pub async fn add_desk(context: &Context, desk: &Desk) -> Result<(), ServiceError> {
    for text in [Some(&desk.name), desk.address.as_ref(), desk.phone.as_ref()] {
        text.map_or(Ok(()), |text| check_printed(text))?;
    }
    let write = context.db.write().await?;
    added(
        storage::places::add_desk(&*write, desk).await,
        "refused-desk-exists",
        desk.code.as_str(),
    )?;
    storage::audit::insert(
        &*write,
        context.now(),
        None,
        "desk.added",
        Some(desk.code.as_str()),
        None,
    )
    .await?;
    Ok(write.commit().await?)
}

/// Adds a partner; its code must be new.
pub async fn add_partner(context: &Context, partner: &Partner) -> Result<(), ServiceError> {
    add_partner_by(context, None, partner).await
}

/// The same by somebody.
pub(super) async fn add_partner_by(
    context: &Context,
    by: Option<i64>,
    partner: &Partner,
) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    added(
        storage::places::add_partner(&*write, partner).await,
        "refused-partner-exists",
        partner.code.as_str(),
    )?;
    storage::audit::insert(
        &*write,
        context.now(),
        by,
        "partner.added",
        Some(partner.code.as_str()),
        None,
    )
    .await?;
    Ok(write.commit().await?)
}

fn added(
    done: Result<(), StorageError>,
    key: &'static str,
    code: &str,
) -> Result<(), ServiceError> {
    match done {
        Err(StorageError::Conflict { .. }) => {
            Err(ServiceError::Refused(Why::new(key).with("code", code)))
        }
        other => Ok(other?),
    }
}
