//! What a family does that has a link: type the code, take the sheet. Looking
//! writes nothing. A try is counted before it is looked at, so that many at once
//! all count; a link that opens nothing looks the same whatever is wrong with it.

use chrono::NaiveDate;
use data_encoding::BASE64URL_NOPAD;

use super::super::accounts::verify_password;
use super::super::follow_up::delivery::desk;
use super::super::follow_up::hash_of;
use crate::clock::random_bytes;
use crate::domain::delivery::{Code, MOST_TRIES, OPEN_FOR, Purpose, TaskKind};
use crate::domain::ids::SheetNumber;
use crate::domain::language::Language;
use crate::services::sheets::disclosed::{Told, disclosed};
use crate::services::{Context, ServiceError};
use crate::storage::disclosures::How;
use crate::storage::sheet_links::{self, StoredLink};
use crate::storage::sheets::Sheet;
use crate::storage::{self, Connection};

/// Why a link opens nothing. Pages tell nobody which of the first two it was.
pub enum Closed {
    /// Wrong, taken back, or over.
    Gone,
    /// Too many wrong links from this network.
    Waits,
    Failed(ServiceError),
}

impl<E: Into<ServiceError>> From<E> for Closed {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What the page of a link shows.
pub struct Seen {
    pub desk_name: String,
    pub desk_phone: String,
    pub ends_on: NaiveDate,
    pub takes_codes: bool,
    /// In which the family is written to.
    pub language: Language,
    /// The sheet's number, where the right code was typed a short while ago.
    pub open: Option<SheetNumber>,
}

/// What came of a code.
pub enum Typed {
    /// Opens the sheet for a while.
    Right {
        open_token: String,
    },
    /// Not six digits: no try.
    NoCode,
    /// Tries that are left.
    Wrong {
        left: u32,
    },
    Locked,
}

async fn found(
    context: &Context,
    db: &impl Connection,
    token: &str,
    network: &str,
) -> Result<(StoredLink, Sheet), Closed> {
    let now = context.now();
    if context.wrong_codes.waits(network, now) {
        return Err(Closed::Waits);
    }
    let Some(link) = sheet_links::of_token(db, &hash_of(token)).await? else {
        // Who just comes without a link guesses nothing.
        if !token.is_empty() {
            context.wrong_codes.count(network, now);
        }
        return Err(Closed::Gone);
    };
    let sheet = storage::sheets::get(db, link.sheet_id).await?;
    if sheet.revoked_at.is_some() || !link.link.holds(context.today()) {
        return Err(Closed::Gone);
    }
    Ok((link, sheet))
}

fn is_open(context: &Context, link: &StoredLink, open_token: &str) -> bool {
    let known = link.open_hash.as_deref() == Some(hash_of(open_token).as_str());
    known && link.open_until.is_some_and(|until| context.now() < until)
}

/// Looks at a link.
pub async fn look(
    context: &Context,
    token: &str,
    open_token: &str,
    network: &str,
) -> Result<Seen, Closed> {
    let db = context.db.read();
    let (link, sheet) = found(context, db, token, network).await?;
    let (desk_name, desk_phone) = desk(db, sheet.desk_id).await?;
    let family = storage::families::get(db, sheet.family_id).await?;
    Ok(Seen {
        language: family.value.contact_language,
        desk_name,
        desk_phone,
        ends_on: link.link.ends_on,
        takes_codes: link.link.takes_codes(context.today()),
        open: is_open(context, &link, open_token).then_some(sheet.number),
    })
}

/// Tries a code.
pub async fn enter(
    context: &Context,
    token: &str,
    typed: &str,
    network: &str,
) -> Result<Typed, Closed> {
    let (link, _) = found(context, context.db.read(), token, network).await?;
    let Some(code) = Code::read(typed) else {
        return Ok(Typed::NoCode);
    };
    let write = context.db.write().await?;
    let counted = sheet_links::count_try(&*write, link.id).await?;
    write.commit().await?;
    let Some(tries) = counted else {
        lock(context, &link).await?;
        return Ok(Typed::Locked);
    };
    let hash = link.code_hash.clone();
    if verify_password(code.as_str().to_owned(), Some(hash)).await? {
        let open_token = BASE64URL_NOPAD.encode(&random_bytes::<24>(context.randomness.as_ref()));
        let until = context.now() + OPEN_FOR;
        let write = context.db.write().await?;
        let (code_hash, open_hash) = (link.code_hash.as_str(), hash_of(&open_token));
        let opened = sheet_links::opened(&*write, link.id, code_hash, &open_hash, until).await?;
        write.commit().await?;
        if opened {
            return Ok(Typed::Right { open_token });
        }
    }
    if tries >= MOST_TRIES {
        lock(context, &link).await?;
        return Ok(Typed::Locked);
    }
    Ok(Typed::Wrong {
        left: MOST_TRIES - tries,
    })
}

/// Locks a link, and tells the desk.
async fn lock(context: &Context, link: &StoredLink) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    sheet_links::lock(&*write, link.id, context.now()).await?;
    let (kind, today) = (TaskKind::CodeLocked, context.today());
    storage::sheet_tasks::put(&*write, link.sheet_id, kind, today).await?;
    Ok(write.commit().await?)
}

/// The sheet, for whoever typed the right code a short while ago. The opening is on
/// record.
pub async fn take(
    context: &Context,
    token: &str,
    open_token: &str,
    network: &str,
) -> Result<(SheetNumber, Vec<u8>), Closed> {
    let write = context.db.write().await?;
    let (link, sheet) = found(context, &*write, token, network).await?;
    if !is_open(context, &link, open_token) {
        return Err(Closed::Gone);
    }
    let told = Told {
        how: How::Opened,
        purpose: Purpose::Request,
        by: link.made_by,
    };
    let pdf = disclosed(context, &write, &sheet, told).await?;
    write.commit().await?;
    Ok((sheet.number, pdf))
}
