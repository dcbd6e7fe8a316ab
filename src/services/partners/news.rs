//! A mail to the people of a partner when there is something new about a family that it sent.
//! It says that there is, and nobody's name: what it is stands behind the sign-in.

use crate::catalogue::{Language, Words};
use crate::domain::account::Place;
use crate::domain::ids::PartnerCode;
use crate::domain::mail::MailKind;
use crate::mail::Message;
use crate::mail::letter::Letter;
use crate::services::follow_up::new_message_id;
use crate::services::{Context, ServiceError};
use crate::storage::accounts::Account;
use crate::storage::outbox::{NewMail, Taken};
use crate::storage::sheets::Sheet;
use crate::storage::{self, Connection, StorageError, Write};

fn may_be_told(context: &Context, account: &Account) -> bool {
    account.may_enter(context.today()) && account.password_hash.is_some()
}

/// Whom news of a sheet goes to: the partner that filed its request, else, where none did, the
/// one that sent the family.
async fn sender(db: &impl Connection, sheet: &Sheet) -> Result<Option<PartnerCode>, StorageError> {
    if let Some(partner) = storage::referrals::filed_by(db, sheet.request_id).await? {
        return Ok(Some(partner));
    }
    let family = storage::families::get(db, sheet.family_id).await?;
    Ok(family.value.referred_by)
}

fn key(sheet_id: i64, account_id: i64) -> String {
    format!("{}:{sheet_id}:{account_id}", MailKind::PartnerNews.code())
}

/// The sheet that a mail of this key is about.
fn sheet_of(key: &str) -> Option<i64> {
    key.split(':').nth(1)?.parse().ok()
}

/// Tells the partner that sent a request of a sheet for it, in the transaction that issues it;
/// nobody where the family came by itself.
pub(in crate::services) async fn sheet_is_out(
    context: &Context,
    write: &Write,
    sheet_id: i64,
) -> Result<(), ServiceError> {
    let sheet = storage::sheets::get(&**write, sheet_id).await?;
    let Some(partner) = sender(&**write, &sheet).await? else {
        return Ok(());
    };
    let people = storage::accounts::of_partner(&**write, &partner).await?;
    let now = context.now();
    for account in people.iter().filter(|one| may_be_told(context, one)) {
        let mail = NewMail {
            kind: MailKind::PartnerNews,
            dedup_key: key(sheet_id, account.actor.account_id),
            message_id: new_message_id(context),
            mailing_id: None,
            recipient: Some(account.actor.email.clone()),
            token: None,
            send_at: now + crate::services::notices::GRACE,
        };
        storage::outbox::queue(&**write, &mail, now).await?;
    }
    Ok(())
}

/// The mail; none to somebody who may not come in any more, or would find nothing new there: the
/// sheet was revoked at once, or the request is another partner's by now.
pub(in crate::services) async fn message(
    context: &Context,
    mail: &Taken,
) -> Result<Option<Message>, ServiceError> {
    let db = context.db.snapshot().await?;
    let (Some(to), Some(sheet)) = (mail.recipient.clone(), sheet_of(&mail.dedup_key)) else {
        return Ok(None);
    };
    let sheet = storage::sheets::get(&db, sheet).await?;
    let account = storage::accounts::find(&db, &to).await?;
    let account = account.filter(|account| may_be_told(context, account));
    let (Some(account), Some(partner)) = (account, sender(&db, &sheet).await?) else {
        return Ok(None);
    };
    if sheet.revoked_at.is_some() || account.actor.place != Place::Partner(partner) {
        return Ok(None);
    }
    let words = Words::new(Language::It);
    let page = format!("{}/partner/referrals", context.public_url);
    let letter = Letter {
        words,
        subject: words.get("partner-mail-subject").into_owned(),
        intro: words.get("partner-mail-text").into_owned(),
        facts: Vec::new(),
        action: Some((words.get("partner-mail-open").into_owned(), page)),
        closing: words.get("partner-mail-closing").into_owned(),
        signature: String::new(),
        beneath: Vec::new(),
    };
    let none = (String::new(), String::new());
    let rendered = letter.signed(&none).render()?;
    Ok(Some(rendered.to(to, &mail.message_id)))
}
