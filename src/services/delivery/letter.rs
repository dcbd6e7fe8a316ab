//! The mail that brings a link: made when it goes, from what holds then. It names
//! nobody and holds no sheet.

use super::super::follow_up::hash_of;
use crate::catalogue::{Language, Words};
use crate::domain::delivery::{Purpose, TaskKind};
use crate::mail::sheet_link::SheetLink;
use crate::mail::{Message, signature};
use crate::services::follow_up::delivery::desk;
use crate::services::sheets::disclosed::{Told, note};
use crate::services::{Context, ServiceError};
use crate::storage::disclosures::How;
use crate::storage::outbox::Taken;
use crate::storage::sheet_links::StoredLink;
use crate::storage::{self, Connection, Write};

async fn link_of(db: &impl Connection, mail: &Taken) -> Result<Option<StoredLink>, ServiceError> {
    match mail.token.as_deref() {
        Some(token) => Ok(storage::sheet_links::of_token(db, &hash_of(token)).await?),
        None => Ok(None),
    }
}

/// The mail as it stands now; none where the link was taken back or the sheet is
/// over.
pub(in crate::services) async fn message(
    context: &Context,
    mail: &Taken,
) -> Result<Option<Message>, ServiceError> {
    let db = context.db.snapshot().await?;
    let found = link_of(&db, mail).await?;
    let holds = |link: &StoredLink| link.link.holds(context.today());
    let (Some(link), Some(token), Some(to)) = (
        found.filter(holds),
        mail.token.as_deref(),
        mail.recipient.clone(),
    ) else {
        return Ok(None);
    };
    let sheet = storage::sheets::get(&db, link.sheet_id).await?;
    if sheet.revoked_at.is_some() {
        return Ok(None);
    }
    let family = storage::families::get(&db, sheet.family_id).await?;
    let desk = desk(&db, sheet.desk_id).await?;
    let language = Language::of_screens(family.value.contact_language);
    let words = Words::new(language);
    let letter = SheetLink {
        words,
        page: format!("{}/f/{token}", context.public_url),
        until: words.date(link.link.ends_on),
        signature: signature(words, &desk),
    };
    Ok(Some(letter.render()?.to(to, &mail.message_id)))
}

/// Writes down that the mail went.
pub(in crate::services) async fn went(
    context: &Context,
    write: &Write,
    mail: &Taken,
) -> Result<(), ServiceError> {
    let Some(link) = link_of(&**write, mail).await? else {
        return Ok(());
    };
    let sheet = storage::sheets::get(&**write, link.sheet_id).await?;
    let told = Told {
        how: How::Mailed,
        purpose: Purpose::Request,
        by: link.made_by,
    };
    Ok(note(context, write, &sheet, told).await?)
}

/// The mail was given up: the desk finds another way.
pub(in crate::services) async fn failed(
    context: &Context,
    write: &Write,
    mail: &Taken,
) -> Result<(), ServiceError> {
    if let Some(link) = link_of(&**write, mail).await? {
        let (kind, today) = (TaskKind::MailFailed, context.today());
        storage::sheet_tasks::put(&**write, link.sheet_id, kind, today).await?;
    }
    Ok(())
}
