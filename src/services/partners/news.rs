//! A mail to the people of a partner when there is something new about a family that it sent.
//! It says that there is, and nobody's name: what it is stands behind the sign-in.

use crate::catalogue::{Language, Words};
use crate::domain::mail::MailKind;
use crate::mail::Message;
use crate::mail::letter::Letter;
use crate::services::follow_up::new_message_id;
use crate::services::{Context, ServiceError};
use crate::storage::accounts::Account;
use crate::storage::outbox::{NewMail, Taken};
use crate::storage::{self, Write};

fn may_be_told(context: &Context, account: &Account) -> bool {
    account.may_enter(context.today()) && account.password_hash.is_some()
}

/// Tells the partner that sent a family of a sheet for it, in the transaction that issues it;
/// nobody where the family came by itself.
pub(in crate::services) async fn sheet_is_out(
    context: &Context,
    write: &Write,
    sheet_id: i64,
    family_id: i64,
) -> Result<(), ServiceError> {
    let family = storage::families::get(&**write, family_id).await?;
    let Some(partner) = family.value.referred_by else {
        return Ok(());
    };
    let people = storage::accounts::of_partner(&**write, &partner).await?;
    let now = context.now();
    for account in people.iter().filter(|one| may_be_told(context, one)) {
        let kind = MailKind::PartnerNews;
        let mail = NewMail {
            kind,
            dedup_key: format!("{}:{sheet_id}:{}", kind.code(), account.actor.account_id),
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

/// The mail; none to somebody who may not come in any more.
pub(in crate::services) async fn message(
    context: &Context,
    mail: &Taken,
) -> Result<Option<Message>, ServiceError> {
    let db = context.db.read();
    let Some(to) = mail.recipient.clone() else {
        return Ok(None);
    };
    let account = storage::accounts::find(db, &to).await?;
    if !account.is_some_and(|account| may_be_told(context, &account)) {
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
