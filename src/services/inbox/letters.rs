//! What is written to whoever asked on the public pages: made when it goes, from what holds
//! then; and the same as a text for whoever gets no mail. What is missing stands there by
//! code. Names, tasks and what an operator wrote stand in neither.

use super::{Context, ServiceError};
use crate::catalogue::{Language, Words};
use crate::domain::mail::MailKind;
use crate::domain::public_request::{InboxEvent, InboxState, Missing, vanishes_at};
use crate::mail::letter::Letter;
use crate::mail::{Message, signature};
use crate::services::follow_up::delivery::desk;
use crate::services::follow_up::hash_of;
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
    if is_overtaken(&db, mail, &asked).await? {
        return Ok(None);
    }
    let words = Words::new(language_of(&asked));
    let letter = match (mail.kind, asked.state) {
        (MailKind::AskConfirm, InboxState::Unconfirmed) => {
            let until = vanishes_at(asked.filed_at);
            (context.now() < until).then(|| confirmation(context, words, &asked, mail))
        }
        (MailKind::AskNews, InboxState::AskedBack) => Some(back(context, words, &asked, mail)),
        // One with a link asked for something more: the refusal is a mail of its own.
        (MailKind::AskNews, InboxState::Refused) if mail.token.is_none() => {
            let text = words.with(
                "links-filed-mail-refused",
                &[("number", &asked.number), ("why", &why(words, &asked))],
            );
            Some(news(words, text, "links-filed-more"))
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

/// Another link took the place of the one that a mail leads to: a newer mail says how it is.
async fn is_overtaken(
    db: &impl Connection,
    mail: &Taken,
    asked: &PublicRequest,
) -> Result<bool, ServiceError> {
    let Some(token) = &mail.token else {
        return Ok(false);
    };
    let led = storage::inbox::of_token(db, &hash_of(token)).await?;
    Ok(led.is_none_or(|led| led.id != asked.id))
}

/// The language in which somebody asked, and is answered.
pub(super) fn language_of(asked: &PublicRequest) -> Language {
    Language::from_written(&asked.language).unwrap_or_default()
}

/// What is still missing. What was asked before there were codes is something that the desk
/// says by telephone.
pub(super) fn missing_of(asked: &PublicRequest) -> Vec<Missing> {
    let missing = asked.reason.as_deref().map(Missing::split);
    let missing = missing.filter(|all| !all.is_empty());
    missing.unwrap_or_else(|| vec![Missing::Other])
}

/// The same in words.
pub fn missing_in_words(words: Words, asked: &PublicRequest) -> String {
    let all = missing_of(asked).into_iter();
    let all = all.map(|one| words.code("links-missing", one.code()).into_owned());
    let told =
        all.reduce(|some, one| words.with("links-filed-some", &[("some", &some), ("one", &one)]));
    told.unwrap_or_default()
}

/// Why it can't go on.
fn why(words: Words, asked: &PublicRequest) -> String {
    let reason = asked.reason.as_deref().unwrap_or_default();
    words.code("links-refused", reason).into_owned()
}

/// Where the page stands that says how it is.
fn page_of(context: &Context, token: &str) -> String {
    format!("{}/ask/confirm/{token}", context.public_url)
}

/// A text that an operator copies, in the language of whoever gets it.
#[derive(Debug, Clone)]
pub struct Text {
    pub text: String,
    pub language: Language,
}

/// Whom to phone.
async fn desk_in_words(
    db: &impl Connection,
    words: Words,
    asked: &PublicRequest,
) -> Result<String, ServiceError> {
    let desk = desk(db, asked.desk_id).await?;
    Ok(if desk.1.is_empty() {
        words.isolated(&desk.0).into_owned()
    } else {
        signature(words, &desk)
    })
}

/// What is missing, and where it can be read again.
pub(super) async fn text_back(
    context: &Context,
    db: &impl Connection,
    asked: &PublicRequest,
    token: &str,
) -> Result<Text, ServiceError> {
    let language = language_of(asked);
    let words = Words::new(language);
    let desk = desk_in_words(db, words, asked).await?;
    let text = words.with(
        "links-filed-text-back",
        &[
            ("number", &asked.number),
            ("missing", &missing_in_words(words, asked)),
            ("desk", &desk),
            ("link", &page_of(context, token)),
        ],
    );
    Ok(Text { text, language })
}

/// Why it was refused, for whoever gets no mail and is still known.
pub(super) async fn text_refused(
    db: &impl Connection,
    asked: &PublicRequest,
) -> Result<Option<Text>, ServiceError> {
    if asked.state != InboxState::Refused || asked.takes_mail() || asked.name.is_empty() {
        return Ok(None);
    }
    let language = language_of(asked);
    let words = Words::new(language);
    let desk = desk_in_words(db, words, asked).await?;
    let text = words.with(
        "links-filed-text-refused",
        &[
            ("number", &asked.number),
            ("why", &why(words, asked)),
            ("desk", &desk),
        ],
    );
    Ok(Some(Text { text, language }))
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
    let page = page_of(context, token);
    let until = vanishes_at(asked.filed_at).with_timezone(&Rome);
    let until = words.moment(until.naive_local());
    let intro = words.with("ask-mail-confirm-text", &[("number", &asked.number)]);
    let closing = words.with("ask-mail-confirm-closing", &[("until", &until)]);
    Letter {
        action: Some((words.get("ask-mail-confirm-open").into_owned(), page)),
        ..letter(words, "ask-mail-confirm-subject", intro, closing)
    }
}

/// What is missing, what to do, and the page where it stands with the desk's own words.
fn back(context: &Context, words: Words, asked: &PublicRequest, mail: &Taken) -> Letter {
    let missing = missing_in_words(words, asked);
    let intro = words.with(
        "links-filed-mail-back",
        &[("number", &asked.number), ("missing", &missing)],
    );
    let token = mail.token.as_deref();
    let open = || words.get("links-filed-open").into_owned();
    Letter {
        action: token.map(|token| (open(), page_of(context, token))),
        ..news(words, intro, "links-filed-do")
    }
}

fn news(words: Words, intro: String, closing: &'static str) -> Letter {
    let closing = words.get(closing).into_owned();
    letter(words, "links-filed-subject", intro, closing)
}

/// A mail will not arrive: where there is a number, the desk phones.
pub(in crate::services) async fn undelivered(
    context: &Context,
    write: &Write,
    (kind, mail): (MailKind, i64),
) -> Result<(), ServiceError> {
    if !matches!(kind, MailKind::AskConfirm | MailKind::AskNews) {
        return Ok(());
    }
    let db = &**write;
    let asked = about(db, mail).await?.filter(|one| one.phone.is_some());
    let Some(asked) = asked else {
        return Ok(());
    };
    let is_new = if kind == MailKind::AskConfirm {
        storage::inbox::phone_instead(db, asked.id).await?
    } else {
        storage::inbox::phone_about(db, asked.id).await?
    };
    if is_new {
        let (event, now) = (InboxEvent::MailFailed, context.now());
        storage::inbox::note(db, asked.id, event, (None, None), now).await?;
    }
    Ok(())
}
