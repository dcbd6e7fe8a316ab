//! What is written to whoever asked on the public pages: made when it goes, from what holds
//! then. Names, tasks and what an operator wrote stand in no mail.

use super::{Context, ServiceError};
use crate::catalogue::{Language, Words};
use crate::domain::mail::MailKind;
use crate::domain::public_request::{InboxEvent, InboxState, vanishes_at};
use crate::mail::Message;
use crate::mail::letter::Letter;
use crate::services::follow_up::delivery::desk;
use crate::storage::inbox::PublicRequest;
use crate::storage::outbox::Taken;
use crate::storage::{self, Connection, Write};
use chrono_tz::Europe::Rome;

/// The one that a mail is about: by the number in what it is known by.
async fn about(db: &impl Connection, mail: i64) -> Result<Option<PublicRequest>, ServiceError> {
    let key = storage::outbox::key_of(db, mail).await?;
    let number = key.as_deref().and_then(|key| key.split(':').nth(1));
    match number {
        Some(number) => Ok(storage::inbox::find(db, number).await?),
        None => Ok(None),
    }
}

/// The mail as it stands now; none where nobody needs to read it any more.
pub(in crate::services) async fn message(
    context: &Context,
    mail: &Taken,
) -> Result<Option<Message>, ServiceError> {
    let db = context.db.snapshot().await?;
    let Some(to) = mail.recipient.clone() else {
        return Ok(None);
    };
    let Some(asked) = about(&db, mail.id).await? else {
        return Ok(None);
    };
    let words = Words::new(Language::from_tag(&asked.language).unwrap_or_default());
    let letter = match (mail.kind, asked.state) {
        (MailKind::AskConfirm, InboxState::Unconfirmed) => {
            let until = vanishes_at(asked.filed_at);
            (context.now() < until).then(|| confirmation(context, words, &asked, mail))
        }
        (MailKind::AskNews, InboxState::AskedBack) => Some(news(
            words,
            words.with("ask-mail-back-text", &[("number", &asked.number)]),
        )),
        (MailKind::AskNews, InboxState::Refused) => {
            let reason = asked.reason.as_deref().unwrap_or_default();
            let why = words.code("ask-refused", reason);
            let text = words.with(
                "ask-mail-refused-text",
                &[("number", &asked.number), ("why", &why)],
            );
            Some(news(words, text))
        }
        _ => None,
    };
    let Some(letter) = letter else {
        return Ok(None);
    };
    let desk = desk(&db, asked.desk_id).await?;
    let rendered = letter.signed(&desk).render()?;
    Ok(Some(rendered.to(to, &mail.message_id)))
}

fn letter(words: Words, subject: &'static str, intro: String, closing: String) -> Letter {
    Letter {
        words,
        subject: words.get(subject).into_owned(),
        intro,
        facts: Vec::new(),
        action: None,
        closing,
        signature: String::new(),
        beneath: Vec::new(),
    }
}

fn confirmation(context: &Context, words: Words, asked: &PublicRequest, mail: &Taken) -> Letter {
    let token = mail.token.as_deref().unwrap_or_default();
    let page = format!("{}/ask/confirm/{token}", context.public_url);
    let until = vanishes_at(asked.filed_at).with_timezone(&Rome);
    let until = words.moment(until.naive_local());
    let intro = words.with("ask-mail-confirm-text", &[("number", &asked.number)]);
    let closing = words.with("ask-mail-confirm-closing", &[("until", &until)]);
    Letter {
        action: Some((words.get("ask-mail-confirm-open").into_owned(), page)),
        ..letter(words, "ask-mail-confirm-subject", intro, closing)
    }
}

fn news(words: Words, intro: String) -> Letter {
    let closing = words.get("ask-mail-news-closing").into_owned();
    letter(words, "ask-mail-news-subject", intro, closing)
}

/// A mail will not arrive: where there is a number, the desk phones.
pub(in crate::services) async fn undelivered(
    context: &Context,
    write: &Write,
    (kind, mail): (MailKind, i64),
) -> Result<(), ServiceError> {
    if kind != MailKind::AskConfirm {
        return Ok(());
    }
    let Some(asked) = about(&**write, mail).await? else {
        return Ok(());
    };
    if asked.phone.is_some() && storage::inbox::phone_instead(&**write, asked.id).await? {
        let (event, now) = (InboxEvent::MailFailed, context.now());
        storage::inbox::note(&**write, asked.id, event, (None, None), now).await?;
    }
    Ok(())
}
