//! A sheet on its way to the family: a mail with a link, a code that the desk
//! tells by telephone, a minute in which the mail can be taken back. The mail never
//! holds the sheet, nor a name. What a link opens is `link`'s; partners hand over
//! by themselves.

pub mod letter;
pub mod link;
pub mod partner;
pub mod tasks;

use chrono::{DateTime, NaiveDate, Utc};
use data_encoding::BASE64URL_NOPAD;

use super::accounts::hash_password;
use super::error::require_desk;
use super::follow_up::{hash_of, new_message_id};
use super::sheets::record::{find, not_revoked};
use super::{Context, ServiceError, notices};
use crate::clock::random_bytes;
use crate::domain::account::Actor;
use crate::domain::contact::EmailAddress;
use crate::domain::delivery::{Code, Link, TaskKind, UNDO};
use crate::domain::ids::SheetNumber;
use crate::domain::invalid::Why;
use crate::domain::mail::{MailKind, MailState};
use crate::domain::sheet::SheetState;
use crate::storage::outbox::NewMail;
use crate::storage::sheet_links::{NewLink, mail_key};
use crate::storage::sheets::Sheet;
use crate::storage::{self, Connection, StorageError, Write};

/// The link of a sheet and the mail that brings it.
#[derive(Debug, Clone)]
pub struct Delivery {
    pub link: Link,
    /// None where the mail is not known any more.
    pub mail: Option<MailState>,
}

/// A mail that was queued: to whom, and the code that is told once.
#[derive(Debug, Clone)]
pub struct Queued {
    pub to: EmailAddress,
    pub code: Code,
}

fn refused(key: &'static str) -> ServiceError {
    ServiceError::Refused(Why::new(key))
}

/// The link that a sheet has, where it was not taken back.
pub async fn of_sheet(context: &Context, sheet_id: i64) -> Result<Option<Delivery>, ServiceError> {
    let db = context.db.read();
    let Some(stored) = storage::sheet_links::of_sheet(db, sheet_id).await? else {
        return Ok(None);
    };
    Ok(Some(Delivery {
        mail: storage::outbox::state_of_key(db, &mail_key(stored.id)).await?,
        link: stored.link,
    }))
}

/// Passes a sheet that a family may be given: not revoked, not over.
fn in_force(context: &Context, sheet: &Sheet) -> Result<(), ServiceError> {
    not_revoked(sheet)?;
    match SheetState::on(context.today(), sheet.valid_until, false) {
        SheetState::Genuine | SheetState::Superseded => Ok(()),
        SheetState::Expired | SheetState::Revoked => Err(refused("refused-sheet-expired")),
    }
}

/// Where a family's mail goes, where it takes any.
pub(super) async fn address(
    db: &impl Connection,
    family_id: i64,
) -> Result<EmailAddress, ServiceError> {
    let family = storage::families::get(db, family_id).await?;
    let address = family.value.email;
    let address = address.ok_or_else(|| refused("refused-no-email"))?;
    if storage::outbox::marked(db, &[&address]).await?.is_empty() {
        Ok(address)
    } else {
        Err(refused("refused-address-marked"))
    }
}

/// A link and its code before either is kept: made outside the transaction, for the
/// code is hashed slowly.
#[derive(Debug, Clone)]
pub(super) struct NewLetter {
    token: String,
    code: Code,
    code_hash: String,
}

impl NewLetter {
    pub(super) async fn new(context: &Context) -> Result<Self, ServiceError> {
        let (code, code_hash) = new_code(context).await?;
        let token = BASE64URL_NOPAD.encode(&random_bytes::<24>(context.randomness.as_ref()));
        Ok(Self {
            token,
            code,
            code_hash,
        })
    }
}

/// The sheet that a letter leads to.
pub(super) struct Target<'a> {
    pub sheet_id: i64,
    pub family_id: i64,
    pub number: &'a SheetNumber,
    pub ends_on: NaiveDate,
}

/// Keeps the link and queues its mail, in the transaction of whoever made the sheet
/// or sends it later.
pub(super) async fn queue(
    context: &Context,
    write: &Write,
    actor: &Actor,
    target: &Target<'_>,
    letter: NewLetter,
) -> Result<Queued, ServiceError> {
    let now = context.now();
    let to = address(&**write, target.family_id).await?;
    let link = NewLink {
        sheet_id: target.sheet_id,
        token_hash: hash_of(&letter.token),
        code_hash: letter.code_hash,
        made_at: now,
        made_by: actor.account_id,
        send_at: now + UNDO,
        ends_on: target.ends_on,
    };
    let id = storage::sheet_links::insert(&**write, &link).await?;
    let mail = NewMail {
        kind: MailKind::Sheet,
        dedup_key: mail_key(id),
        message_id: new_message_id(context),
        mailing_id: None,
        recipient: Some(to.clone()),
        token: Some(letter.token),
        send_at: link.send_at,
    };
    storage::outbox::queue(&**write, &mail, now).await?;
    // One mail of a sheet: this one says who calls whom, as the other would have.
    let other = notices::family_key(target.sheet_id, target.family_id);
    storage::outbox::cancel_key(&**write, &other, now).await?;
    let told_by = Some(mail.message_id.as_str());
    storage::notices::family_told_by(&**write, target.sheet_id, told_by).await?;
    audit(write, actor, target.number, "sheet.mail_queued", now).await?;
    Ok(Queued {
        to,
        code: letter.code,
    })
}

/// Queues the mail with the link; the code is told here and never again. The same once more
/// within the minute queues no second mail, and tells another code in place of the first.
pub async fn send(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
) -> Result<Queued, ServiceError> {
    require_desk(actor)?;
    let letter = NewLetter::new(context).await?;
    let write = context.db.write().await?;
    let sheet = find(&*write, number).await?;
    // Of two who send at once the second finds the first one's link.
    storage::requests::lock(&*write, sheet.request_id).await?;
    let sheet = storage::sheets::get(&*write, sheet.id).await?;
    in_force(context, &sheet)?;
    if let Some(known) = storage::sheet_links::of_sheet(&*write, sheet.id).await? {
        // Who clicks twice sees the second answer alone: its code is the one that holds.
        if known.made_by != actor.account_id || !known.link.can_be_undone(context.now()) {
            return Err(refused("refused-link-there"));
        }
        let to = address(&*write, sheet.family_id).await?;
        storage::sheet_links::set_code(&*write, known.id, &letter.code_hash).await?;
        audit(&write, actor, number, "sheet.code_renewed", context.now()).await?;
        write.commit().await?;
        let code = letter.code;
        return Ok(Queued { to, code });
    }
    let target = Target {
        sheet_id: sheet.id,
        family_id: sheet.family_id,
        number: &sheet.number,
        ends_on: sheet.valid_until,
    };
    let queued = queue(context, &write, actor, &target, letter).await?;
    write.commit().await?;
    Ok(queued)
}

/// A new code in place of the old one, which opens nothing any more.
pub async fn renew(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
) -> Result<Code, ServiceError> {
    require_desk(actor)?;
    let (code, code_hash) = new_code(context).await?;
    let now = context.now();
    let write = context.db.write().await?;
    let sheet = find(&*write, number).await?;
    in_force(context, &sheet)?;
    let known = storage::sheet_links::of_sheet(&*write, sheet.id).await?;
    let known = known.ok_or_else(|| refused("refused-no-link"))?;
    storage::sheet_links::set_code(&*write, known.id, &code_hash).await?;
    let (over, by) = ([TaskKind::CodeLocked], Some(actor.account_id));
    storage::sheet_tasks::settle(&*write, sheet.id, &over, now, by).await?;
    audit(&write, actor, number, "sheet.code_renewed", now).await?;
    write.commit().await?;
    Ok(code)
}

/// Takes the link back: a mail that waits does not go, one that went leads nowhere.
pub async fn take_back(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let now = context.now();
    let write = context.db.write().await?;
    let sheet = find(&*write, number).await?;
    let shut = shut(&write, sheet.id, now).await?;
    if shut.links == 0 {
        return Err(refused("refused-no-link"));
    }
    if shut.untold {
        notices::by_telephone(context, &write, sheet.id).await?;
    }
    let over = [TaskKind::CodeLocked, TaskKind::MailFailed];
    let by = Some(actor.account_id);
    storage::sheet_tasks::settle(&*write, sheet.id, &over, now, by).await?;
    audit(&write, actor, number, "sheet.link_shut", now).await?;
    Ok(write.commit().await?)
}

/// What was shut of a sheet.
pub(super) struct Shut {
    /// Links that were open.
    pub links: usize,
    /// The mail of one did not go, so that its family is told of the sheet by none.
    pub untold: bool,
}

/// Shuts every link of a sheet and keeps its mail from going.
pub(super) async fn shut(
    write: &Write,
    sheet_id: i64,
    now: DateTime<Utc>,
) -> Result<Shut, StorageError> {
    let mut untold = false;
    let shut = storage::sheet_links::cancel_of_sheet(&**write, sheet_id, now).await?;
    for link in &shut {
        let waited = storage::outbox::cancel_key(&**write, &mail_key(*link), now).await?;
        if waited {
            storage::notices::family_told_by(&**write, sheet_id, None).await?;
            untold = true;
        }
    }
    Ok(Shut {
        links: shut.len(),
        untold,
    })
}

/// A code and what is kept of it: hashed as passwords are, for there are few codes.
async fn new_code(context: &Context) -> Result<(Code, String), ServiceError> {
    let code = Code::from_random(random_bytes::<8>(context.randomness.as_ref()));
    let hash = hash_password(code.as_str().to_owned()).await?;
    Ok((code, hash))
}

async fn audit(
    write: &Write,
    actor: &Actor,
    number: &SheetNumber,
    action: &str,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let (by, object) = (Some(actor.account_id), Some(number.as_str()));
    storage::audit::insert(&**write, now, by, action, object, None).await
}
