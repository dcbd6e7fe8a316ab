//! The mail that brings a link: made when it goes, from what holds then. It names
//! nobody and holds no sheet; it says who calls whom, so that the family gets one mail
//! of a sheet and not two.

use chrono::NaiveDate;

use super::super::follow_up::hash_of;
use crate::catalogue::{Language, Words};
use crate::domain::delivery::{Purpose, TaskKind};
use crate::domain::mail::MailKind;
use crate::mail::Message;
use crate::mail::letter::Letter;
use crate::services::follow_up::delivery::desk;
use crate::services::sheets::disclosed::{Told, note};
use crate::services::{Context, ServiceError};
use crate::storage::disclosures::How;
use crate::storage::mailings::Person;
use crate::storage::outbox::Taken;
use crate::storage::sheet_links::StoredLink;
use crate::storage::{self, Connection, Write};

/// What is said, apart from the address.
const KEYS: [&str; 8] = [
    "link-mail-subject",
    "link-mail-text",
    "link-mail-people",
    "link-mail-call",
    "link-mail-call-by",
    "link-mail-until",
    "link-mail-open",
    "link-mail-code",
];

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
    let notices = storage::notices::of_sheet(&db, sheet.id).await?;
    let told = storage::notices::told(&db, sheet.id).await?;
    let call_by = notices
        .iter()
        .find(|notice| notice.person == Person::Family(sheet.family_id))
        .map(|notice| notice.call_by)
        // A link that goes late leaves the time until the sheet ends.
        .filter(|day| *day > context.today())
        .unwrap_or(link.link.ends_on);
    let brings = Brings {
        page: format!("{}/f/{token}", context.public_url),
        people: told.map_or(0, |told| told.workers),
        call_by,
        until: link.link.ends_on,
    };
    let words = Words::new(Language::written_to(family.value.contact_language));
    let mut letter = brings.written(words);
    if !KEYS.iter().all(|key| words.is_reviewed(key)) {
        letter = letter.above(brings.written(Words::new(Language::It)));
    }
    let desk = desk(&db, sheet.desk_id).await?;
    Ok(Some(
        letter.signed(&desk).render()?.to(to, &mail.message_id),
    ))
}

/// What the mail tells.
struct Brings {
    page: String,
    people: u64,
    call_by: NaiveDate,
    until: NaiveDate,
}

impl Brings {
    fn written(&self, words: Words) -> Letter {
        let label = |key| words.get(key).into_owned();
        let call_by = words.date(self.call_by);
        Letter {
            words,
            subject: label("link-mail-subject"),
            intro: label("link-mail-text"),
            facts: vec![
                (label("link-mail-people"), words.number(self.people)),
                (
                    label("link-mail-call"),
                    words.with("link-mail-call-by", &[("date", &call_by)]),
                ),
                (label("link-mail-until"), words.date(self.until)),
            ],
            action: Some((label("link-mail-open"), self.page.clone())),
            closing: label("link-mail-code"),
            signature: String::new(),
            beneath: Vec::new(),
        }
    }
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

/// The mail was given up, or came back: the desk finds another way.
pub(in crate::services) async fn failed(
    context: &Context,
    write: &Write,
    mail: &Taken,
) -> Result<(), ServiceError> {
    if mail.kind != MailKind::Sheet {
        return Ok(());
    }
    // By what the mail is known by: one that went has no token any more.
    let link = storage::sheet_links::of_mail(&**write, &mail.dedup_key).await?;
    if let Some(link) = link.filter(|one| !one.link.cancelled) {
        let (kind, today) = (TaskKind::MailFailed, context.today());
        storage::sheet_tasks::put(&**write, link.sheet_id, kind, today).await?;
    }
    Ok(())
}
