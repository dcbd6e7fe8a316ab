//! A desk looks at what families and workers asked: who may be there already, what happened
//! so far. It says yes (`family`, `worker`), asks back, or refuses with a reason. Whoever comes
//! second meets a conflict.

use super::letters::{self, Text};
use super::worker::is_at_it;
use super::{Context, ServiceError};
use crate::clock::new_token;
use crate::domain::account::Actor;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::likeness::Traits;
use crate::domain::mail::MailKind;
use crate::domain::public_request::{
    InboxEvent, InboxKind, InboxState, LONGEST_NOTE, Missing, is_number,
};
use crate::domain::reason::{self, ReasonList};
use crate::domain::text::lines;
use crate::services::appointments::{By, cancel};
use crate::services::error::require_desk;
use crate::services::follow_up::{hash_of, new_message_id};
use crate::services::registering::likely::{Likely, among};
use crate::services::tables::{Families, Workers};
use crate::storage::appointments::Whom;
use crate::storage::inbox::{Decision, EventLine, InboxLine, PublicRequest};
use crate::storage::outbox::NewMail;
use crate::storage::{self, Connection, Page, StorageError, Write};

/// One of them with what stands beside it.
pub struct Looked {
    pub request: PublicRequest,
    /// Families, or workers, that may be this one, while nobody has decided.
    pub likely: Vec<Likely>,
    /// Others of the same number or address that wait too.
    pub alike: Vec<InboxLine>,
    /// The code of the worker whom it became, or who was there already.
    pub worker: Option<String>,
    /// Which colleague is at the form that was begun with it.
    pub begun_by: Option<String>,
    pub events: Vec<EventLine>,
    /// What is to be copied for whoever gets no mail.
    pub text: Option<Text>,
}

/// A page of all desks'; `decided`: of those that are decided.
pub async fn page(
    context: &Context,
    actor: &Actor,
    decided: bool,
    number: u64,
) -> Result<Page<InboxLine>, ServiceError> {
    require_desk(actor)?;
    Ok(storage::inbox::page(context.db.read(), decided, number).await?)
}

/// One of them.
pub async fn look(context: &Context, actor: &Actor, number: &str) -> Result<Looked, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let request = find(db, number).await?;
    let (likely, alike) = if request.state.is_open() {
        let sought = traits(&request);
        let likely = match request.kind {
            InboxKind::Family => among::<Families>(db, &sought, None).await?,
            InboxKind::Worker => among::<Workers>(db, &sought, None).await?,
        };
        (likely, storage::inbox::alike(db, &request).await?)
    } else {
        (Vec::new(), Vec::new())
    };
    let events = storage::inbox::events(db, request.id).await?;
    let begun = if request.state.is_open() && request.kind == InboxKind::Worker {
        storage::inbox::begun(db, request.id).await?
    } else {
        None
    };
    let worker = match request.worker_id {
        Some(id) => storage::workers::by_id(db, id).await?,
        None => None,
    };
    let text = letters::text_refused(db, &request).await?;
    Ok(Looked {
        request,
        likely,
        alike,
        worker: worker
            .and_then(|one| one.value.code)
            .map(|code| code.to_string()),
        begun_by: begun
            .filter(|one| one.account_id != actor.account_id && is_at_it(context, one))
            .map(|one| one.by),
        events,
        text,
    })
}

/// One that a desk may see: its address is confirmed, or it asks to be phoned.
pub(super) async fn find(
    db: &impl Connection,
    number: &str,
) -> Result<PublicRequest, ServiceError> {
    let not_there = || ServiceError::not_found("public_request", number);
    if !is_number(number) {
        return Err(not_there());
    }
    let found = storage::inbox::find(db, number).await?;
    let seen = found.filter(|one| one.state != InboxState::Unconfirmed);
    seen.ok_or_else(not_there)
}

fn traits(request: &PublicRequest) -> Traits {
    let text = |column: &str| cell(request, column).unwrap_or_default().to_owned();
    Traits {
        given_name: text("given_name"),
        family_name: text("family_name"),
        phone: request.phone.clone(),
        email: request.email.clone(),
        birth_date: None,
    }
}

/// What the family said of a column; the desk is the one that it came to.
pub(super) fn cell<'a>(request: &'a PublicRequest, column: &str) -> Option<&'a str> {
    if column == "desk" {
        return Some(request.desk.as_str());
    }
    let mut all = request.answers.iter();
    let found = all.find(|(known, _)| known == column);
    found.map(|(_, cell)| cell.as_str())
}

/// The version that a page showed is still the one that is kept, and nobody has decided.
pub(super) fn still(request: &PublicRequest, version: i32) -> Result<(), ServiceError> {
    if request.version == version && request.state.is_open() {
        Ok(())
    } else {
        Err(ServiceError::Stale)
    }
}

/// The version that a page of another kind showed fits nothing.
pub(super) fn of_kind(asked: &PublicRequest, kind: InboxKind) -> Result<(), ServiceError> {
    if asked.kind == kind {
        Ok(())
    } else {
        Err(ServiceError::not_found("public_request", &asked.number))
    }
}

/// What goes with a decision.
#[derive(Default)]
pub(super) struct Said<'a> {
    /// In the desk's words.
    words: Option<&'a str>,
    /// Of the link that the mail leads to.
    token: Option<String>,
}

/// Writes a decision, its line and the record of what was done.
pub(super) async fn decide(
    context: &Context,
    write: &Write,
    actor: &Actor,
    asked: &PublicRequest,
    decision: &Decision,
    said: Said<'_>,
) -> Result<(), StorageError> {
    let (db, now) = (&**write, context.now());
    storage::inbox::decide(db, (asked.id, asked.version), decision).await?;
    let event = match decision.state {
        InboxState::Accepted => InboxEvent::Accepted,
        InboxState::Refused => InboxEvent::Refused,
        _ => InboxEvent::AskedBack,
    };
    let by = Some(actor.account_id);
    storage::inbox::note(db, asked.id, event, (by, said.words), now).await?;
    let action = format!("public_request.{}", decision.state.code());
    let (object, detail) = (Some(asked.number.as_str()), decision.reason.as_deref());
    storage::audit::insert(db, now, by, &action, object, detail).await?;
    // Of a request that is accepted the family hears when there is something to tell.
    if decision.state != InboxState::Accepted && asked.takes_mail() {
        let mail = NewMail {
            kind: MailKind::AskNews,
            dedup_key: storage::inbox::news_key(&asked.number, asked.version),
            message_id: new_message_id(context),
            mailing_id: None,
            recipient: asked.email.clone(),
            token: said.token,
            send_at: now + crate::services::notices::GRACE,
        };
        storage::outbox::queue(db, &mail, now).await?;
    }
    Ok(())
}

pub(super) fn wrong(field: &'static str, value: &str, why: Why) -> ServiceError {
    ServiceError::Invalid(Invalid(vec![Problem {
        field,
        value: value.to_owned(),
        why,
    }]))
}

/// What of that list a desk wants to know, or what is wrong with how it says so.
fn read_missing(kind: InboxKind, codes: &[String], words: &str) -> Result<Vec<Missing>, Invalid> {
    let all = Missing::of(kind);
    let named = |one: &Missing| codes.iter().any(|code| code == one.code());
    let missing: Vec<Missing> = all.iter().copied().filter(named).collect();
    let mut problems = Vec::new();
    let mut wrong = |field, value: &str, why| {
        problems.push(Problem {
            field,
            value: value.to_owned(),
            why,
        });
    };
    let unknown = |code: &&String| !all.iter().any(|one| one.code() == code.as_str());
    if let Some(code) = codes.iter().find(unknown) {
        wrong("missing", code, Why::new("problem-not-in-list"));
    } else if missing.is_empty() {
        wrong("missing", "", Why::new("problem-required"));
    }
    if words.chars().count() > LONGEST_NOTE {
        let why = Why::new("problem-too-long").with("longest", LONGEST_NOTE);
        wrong("words", words, why);
    } else if missing.contains(&Missing::Other) && words.is_empty() {
        wrong("words", words, Why::new("problem-required"));
    }
    if problems.is_empty() {
        Ok(missing)
    } else {
        Err(Invalid(problems))
    }
}

/// Wants to know something more: codes of [`Missing`], and what the desk adds in its own
/// words, which stand on the page behind the link alone. A mail says what is missing and
/// leads there; whoever gets none is told by [`text`], or by telephone.
pub async fn ask_back(
    context: &Context,
    actor: &Actor,
    (number, version): (&str, i32),
    (missing, words): (&[String], &str),
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let words = lines(words);
    let write = context.db.write().await?;
    let asked = find(&*write, number).await?;
    still(&asked, version)?;
    let missing = read_missing(asked.kind, missing, &words).map_err(ServiceError::Invalid)?;
    let token = asked
        .takes_mail()
        .then(|| new_token(context.randomness.as_ref()));
    let decision = Decision {
        state: InboxState::AskedBack,
        decided_at: None,
        reason: Some(Missing::joined(&missing)),
        token_hash: token.as_deref().map(hash_of),
        request_id: None,
        worker_id: None,
    };
    let said = Said {
        words: Some(words.as_str()).filter(|words| !words.is_empty()),
        token,
    };
    decide(context, &write, actor, &asked, &decision, said).await?;
    Ok(write.commit().await?)
}

/// What an operator copies for somebody who was asked back and gets no mail, with a new link,
/// which stands nowhere else.
pub async fn text(
    context: &Context,
    actor: &Actor,
    (number, version): (&str, i32),
) -> Result<Text, ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let db = &*write;
    let asked = find(db, number).await?;
    still(&asked, version)?;
    if asked.state != InboxState::AskedBack || asked.takes_mail() {
        return Err(ServiceError::Stale);
    }
    let token = new_token(context.randomness.as_ref());
    storage::inbox::give_link(db, (asked.id, version), &hash_of(&token)).await?;
    let (now, by, object) = (context.now(), Some(actor.account_id), Some(number));
    storage::audit::insert(db, now, by, "public_request.link", object, None).await?;
    let text = letters::text_back(context, db, &asked, &token).await?;
    write.commit().await?;
    Ok(text)
}

/// Refuses with a reason of the list `inbox_refused`.
pub async fn refuse(
    context: &Context,
    actor: &Actor,
    (number, version): (&str, i32),
    code: &str,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    if code.is_empty() {
        return Err(wrong("reason", code, Why::new("problem-required")));
    }
    let reason = reason::find(ReasonList::InboxRefused, code);
    let reason = reason.ok_or_else(|| wrong("reason", code, Why::new("problem-not-in-list")))?;
    let write = context.db.write().await?;
    let asked = find(&*write, number).await?;
    still(&asked, version)?;
    let decision = Decision {
        state: InboxState::Refused,
        decided_at: Some(context.now()),
        reason: Some(reason.code().to_owned()),
        token_hash: None,
        request_id: None,
        worker_id: None,
    };
    let by = By::Account(actor.account_id);
    cancel(context, &write, (Whom::Asking(asked.id), number), by).await?;
    // What they said is kept for nothing any more.
    storage::drafts::delete_thrown(&*write, asked.id).await?;
    decide(context, &write, actor, &asked, &decision, Said::default()).await?;
    Ok(write.commit().await?)
}

/// The number of what a request comes from, where its family asked by itself.
pub async fn source_of(
    context: &Context,
    actor: &Actor,
    request_id: i64,
) -> Result<Option<String>, ServiceError> {
    require_desk(actor)?;
    Ok(storage::inbox::number_of_request(context.db.read(), request_id).await?)
}
