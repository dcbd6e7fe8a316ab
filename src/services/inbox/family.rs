//! A desk accepts what a family asked: a family and its request are made as from any form.

use super::desk::{Said, cell, decide, find, of_kind, still};
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::ids::{FamilyCode, RequestCode};
use crate::domain::mail::MailKind;
use crate::domain::public_request::{InboxKind, InboxState};
use crate::domain::reading::Fields;
use crate::services::error::require_desk;
use crate::services::import::load::fresh_codes;
use crate::services::registering::kept::Kept;
use crate::services::registering::save::{get, note};
use crate::services::tables::{Families, Requests, Table as _, World};
use crate::services::{informing, links};
use crate::storage::changes::Change;
use crate::storage::inbox::{Decision, PublicRequest};
use crate::storage::mailings::Person;
use crate::storage::merges::People;
use crate::storage::{self, Connection, StorageError, Write};

/// What the family said, as the readers of the formats want it.
struct Answers<'a>(&'a PublicRequest);

impl Fields for Answers<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        cell(self.0, column)
    }
}

/// The same of a request of a family that is there.
struct OfFamily<'a>(&'a PublicRequest, &'a str);

impl Fields for OfFamily<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        match column {
            "family" => Some(self.1),
            _ => cell(self.0, column),
        }
    }
}

/// Makes a family, unless `family` names one that is there, and its request; its code.
pub async fn accept(
    context: &Context,
    actor: &Actor,
    (number, version): (&str, i32),
    family: Option<&str>,
) -> Result<RequestCode, ServiceError> {
    require_desk(actor)?;
    let world = World::load(context).await?;
    let write = context.db.write().await?;
    let db = &*write;
    let asked = find(db, number).await?;
    still(&asked, version)?;
    of_kind(&asked, InboxKind::Family)?;
    let family = match family {
        Some(code) => held_family(&write, code).await?,
        None => new_family(context, &write, &world, actor, &asked).await?,
    };
    let code = new_request(context, &write, &world, actor, (&asked, &family)).await?;
    let stored = storage::requests::find(db, &code).await?;
    let stored = stored.ok_or_else(|| ServiceError::not_found("request", &code))?;
    storage::requests::set_in_charge(db, stored.id, actor.account_id).await?;
    if let Some(words) = &asked.words {
        let (on, at) = (context.today(), context.now());
        let of = (Requests::NAME, code.as_str());
        storage::notes::insert(db, of, on, words, actor.account_id, at).await?;
    }
    let decision = Decision {
        state: InboxState::Accepted,
        decided_at: Some(context.now()),
        reason: None,
        token_hash: None,
        request_id: Some(stored.id),
        worker_id: None,
    };
    decide(context, &write, actor, &asked, &decision, Said::default()).await?;
    let person = person_of(db, &family).await?;
    storage::appointments::registered(db, asked.id, person).await?;
    let notice = (asked.notice.0.as_str(), asked.notice.1);
    informing::read_on_screen(&write, actor, person, notice).await?;
    if asked.takes_mail() {
        let kind = MailKind::PrivateLink;
        let mail = (kind, format!("{}:{}", kind.code(), asked.number));
        links::queue_mail(context, db, person, mail, true).await?;
    }
    write.commit().await?;
    Ok(code)
}

/// A family that is there, held until the transaction ends: nobody merges it into another or
/// erases it meanwhile.
async fn held_family(write: &Write, code: &str) -> Result<FamilyCode, ServiceError> {
    let db = &**write;
    let found = get::<Families>(db, code).await?;
    storage::merges::lock(db, People::Families, [found.id, found.id]).await?;
    let held = get::<Families>(db, code).await?;
    let not_there = || ServiceError::not_found("family", code);
    held.value.code.ok_or_else(not_there)
}

async fn person_of(db: &impl Connection, family: &FamilyCode) -> Result<Person, ServiceError> {
    let stored = storage::families::find(db, family).await?;
    let stored = stored.ok_or_else(|| ServiceError::not_found("family", family))?;
    Ok(Person::Family(stored.id))
}

async fn new_family(
    context: &Context,
    write: &Write,
    world: &World,
    actor: &Actor,
    asked: &PublicRequest,
) -> Result<FamilyCode, ServiceError> {
    let db = &**write;
    let read = Families::read(&Answers(asked), None, world);
    let mut family = read.map_err(ServiceError::Invalid)?.value;
    let code = fresh::<Families>(db).await?;
    Families::set_code(&mut family, code.clone());
    Families::insert_many(db, std::slice::from_ref(&family), world).await?;
    let stored = storage::families::find(db, &code).await?;
    let stored = stored.ok_or_else(|| ServiceError::not_found("family", &code))?;
    told(
        context,
        write,
        actor,
        (Families::NAME, code.as_str(), stored.version),
    )
    .await?;
    Ok(code)
}

async fn new_request(
    context: &Context,
    write: &Write,
    world: &World,
    actor: &Actor,
    (asked, family): (&PublicRequest, &FamilyCode),
) -> Result<RequestCode, ServiceError> {
    let db = &**write;
    let read = Requests::read(&OfFamily(asked, family.as_str()), None, world);
    let mut request = read.map_err(ServiceError::Invalid)?.value;
    let code = fresh::<Requests>(db).await?;
    Requests::set_code(&mut request, code.clone());
    Requests::insert_many(db, std::slice::from_ref(&request), world).await?;
    let stored = storage::requests::find(db, &code).await?;
    let stored = stored.ok_or_else(|| ServiceError::not_found("request", &code))?;
    told(
        context,
        write,
        actor,
        (Requests::NAME, code.as_str(), stored.version),
    )
    .await?;
    Ok(code)
}

async fn fresh<T: Kept>(db: &impl Connection) -> Result<T::Code, StorageError> {
    let codes = T::CODES.expect("what a form makes has codes");
    let code = fresh_codes::<T>(db, codes, 1).await?.into_iter().next();
    Ok(code.expect("one was asked for"))
}

async fn told(
    context: &Context,
    write: &Write,
    actor: &Actor,
    (kind, record, version): (&str, &str, i32),
) -> Result<(), StorageError> {
    let change = Change {
        kind,
        record,
        version,
        action: "created",
        fields: Vec::new(),
    };
    note(write, context, Some(actor), &change).await
}
