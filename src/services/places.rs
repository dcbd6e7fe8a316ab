//! Desks and partners.

use super::accounts::Fresh;
use super::error::{check_printed, require_administrator};
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::ids::{DeskCode, PartnerCode};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::reading::{Fields, Reading};
use crate::domain::text::Line;
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
    add_desk_by(context, None, desk).await
}

/// Adds a desk as an administrator typed it: `code`, `name`, `sheet_prefix`, `comune`,
/// `address`, `phone`.
pub async fn add_desk_as_typed(
    context: &Context,
    actor: &Actor,
    fields: &(dyn Fields + Sync),
    _: &Fresh,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let desk = read_desk(fields).map_err(ServiceError::Invalid)?;
    match add_desk_by(context, Some(actor.account_id), &desk).await {
        Err(ServiceError::Refused(why)) => Err(ServiceError::Invalid(Invalid(vec![Problem {
            field: "code",
            value: desk.code.to_string(),
            why,
        }]))),
        done => done,
    }
}

fn read_desk(fields: &dyn Fields) -> Result<Desk, Invalid> {
    let mut r = Reading::new(fields);
    let code = r.required("code", None, DeskCode::parse);
    let name = r.required("name", None, printed);
    let sheet_prefix = r.required("sheet_prefix", None, prefix);
    let comune = r.comune("comune", None);
    let address = r.optional("address", None, printed);
    let phone = r.optional("phone", None, printed);
    let read = r.finish(|| {
        Some(Desk {
            code: code?,
            name: name?,
            sheet_prefix: sheet_prefix?,
            comune: comune?,
            address,
            phone,
        })
    });
    read.map(|parsed| parsed.value)
}

type Reached = (String, Option<String>, Option<String>);

/// How a desk is called, where it is, and its telephone.
fn read_reached(fields: &dyn Fields) -> Result<Reached, Invalid> {
    let mut r = Reading::new(fields);
    let name = r.required("name", None, printed);
    let address = r.optional("address", None, printed);
    let phone = r.optional("phone", None, printed);
    let read = r.finish(|| Some((name?, address, phone)));
    read.map(|parsed| parsed.value)
}

/// A line that sheets can bear.
fn printed(text: &str) -> Result<String, Why> {
    let line = Line::parse(text)?.to_string();
    match check_printed(&line) {
        Err(ServiceError::Refused(why)) => Err(why),
        _ => Ok(line),
    }
}

/// What the numbers of a desk's sheets begin with.
fn prefix(text: &str) -> Result<String, Why> {
    let good = (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase());
    if good {
        Ok(text.to_owned())
    } else {
        Err(Why::new("problem-desk-prefix"))
    }
}

/// Writes how a desk is called and reached, as an administrator typed it: `name`, `address`,
/// `phone`.
pub async fn change_desk(
    context: &Context,
    actor: &Actor,
    code: &DeskCode,
    fields: &(dyn Fields + Sync),
    _: &Fresh,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let (name, address, phone) = read_reached(fields).map_err(ServiceError::Invalid)?;
    let write = context.db.write().await?;
    let desks = storage::places::desks(&*write).await?;
    let found = desks.into_iter().find(|(_, desk)| desk.code == *code);
    let (id, before) = found.ok_or_else(|| ServiceError::not_found("desk", code))?;
    let now = Desk {
        name,
        address,
        phone,
        ..before.clone()
    };
    if now != before {
        storage::places::change_desk(&*write, id, &now).await?;
        let (at, by) = (context.now(), Some(actor.account_id));
        let object = Some(code.as_str());
        storage::audit::insert(&*write, at, by, "desk.changed", object, None).await?;
    }
    Ok(write.commit().await?)
}

async fn add_desk_by(context: &Context, by: Option<i64>, desk: &Desk) -> Result<(), ServiceError> {
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
        by,
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
