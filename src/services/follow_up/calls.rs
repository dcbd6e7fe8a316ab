//! The calls that a desk makes: whom to phone next, what was asked before, the
//! answers typed by the operator, and tries that came to nothing.

use super::record::{self, NotRecorded};
use super::survey::Sent;
use super::{hash_of, new_link, short_name};
use crate::domain::account::Actor;
use crate::domain::answer::{Answer, Channel};
use crate::domain::follow_up::{Asked, Disposition, TRIES, is_another_hour};
use crate::domain::invalid::Why;
use crate::domain::private_link::PersonTask;
use crate::domain::survey::{Question, all_questions};
use crate::services::error::require_desk;
use crate::services::{Context, ServiceError};
use crate::storage::invitations::Item;
use crate::storage::lists::At;
use crate::storage::mailings::{Contact, Person};
use crate::storage::phone_tries::Try;
use crate::storage::{self, Connection, Page};

/// One call.
pub struct Call {
    pub item: Item,
    pub contact: Contact,
    /// Whom it is about.
    pub about: String,
    pub tries: Vec<Try>,
    /// What was said so far at this wave.
    pub answer: Option<Answer>,
    pub desk_phone: String,
}

impl Call {
    /// What is asked, in the order of the pages behind a mail.
    pub fn questions(&self) -> Vec<Question> {
        all_questions(self.item.wave, self.item.side)
    }
}

/// Whom an invitation asks, and whom it is about.
fn person(item: &Item) -> Person {
    match item.side {
        Asked::Family => Person::Family(item.introduction.family_id),
        Asked::Worker => Person::Worker(item.introduction.worker_id),
    }
}

/// The name of the one about whom is asked.
fn about(item: &Item) -> &(String, String) {
    match item.side {
        Asked::Family => &item.worker_name,
        Asked::Worker => &item.family_name,
    }
}

/// A page of the next calls; `mine`: those of the actor's desk.
pub async fn page(
    context: &Context,
    actor: &Actor,
    mine: bool,
    at: &At,
) -> Result<Page<Item>, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let desks = storage::places::desks(db).await?;
    let own = desks
        .iter()
        .find(|(_, desk)| mine && Some(&desk.code) == actor.desk())
        .map(|(id, _)| *id);
    Ok(storage::invitations::calls(db, context.today(), own, at).await?)
}

async fn find(db: &impl Connection, id: i64) -> Result<Item, ServiceError> {
    storage::invitations::find(db, id)
        .await?
        .ok_or_else(|| ServiceError::not_found("introduction", &id))
}

/// One call with what is known of it.
pub async fn get(context: &Context, actor: &Actor, id: i64) -> Result<Call, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let item = find(db, id).await?;
    let contacts = storage::contacts::of(db, &[person(&item)]).await?;
    let contact = contacts
        .into_values()
        .next()
        .ok_or_else(|| ServiceError::not_found("introduction", &id))?;
    let (_, desk_phone) = super::delivery::desk(db, contact.desk_id).await?;
    let (given, family) = about(&item);
    Ok(Call {
        about: format!("{given} {family}"),
        tries: storage::phone_tries::of_invitation(db, item.id).await?,
        answer: record::last_answer(db, &item).await?,
        contact,
        desk_phone,
        item,
    })
}

/// Records what was said on the telephone, once a form.
pub async fn answer(
    context: &Context,
    actor: &Actor,
    id: i64,
    form: &str,
    get: &(dyn Fn(Question) -> Option<String> + Sync),
) -> Result<Sent, ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let item = find(&*write, id).await?;
    if !storage::mailings::spend_form(&*write, &hash_of(form), context.today()).await? {
        return Ok(Sent::Recorded(None));
    }
    let (by, asked) = (Some(actor.account_id), all_questions(item.wave, item.side));
    let recorded = record::record(context, &*write, &item, Channel::Phone, by, &asked, get).await;
    match recorded {
        Ok(_) => {
            reached(context, &*write, &item, actor).await?;
            let code = item.introduction.code.as_str();
            let (now, action) = (context.now(), "answer.typed");
            storage::audit::insert(&*write, now, by, action, Some(code), None).await?;
            write.commit().await?;
            Ok(Sent::Recorded(None))
        }
        Err(NotRecorded::Wrong(wrong)) => Ok(Sent::Wrong(wrong)),
        Err(NotRecorded::Failed(error)) => Err(error),
    }
}

/// Records a try that brought no answer. What is final ends the invitation; nobody
/// is phoned twice within three hours.
pub async fn tried(
    context: &Context,
    actor: &Actor,
    id: i64,
    disposition: Disposition,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let (now, today) = (context.now(), context.today());
    let write = context.db.write().await?;
    let item = find(&*write, id).await?;
    let is_over = item.disposition.is_some() || item.tries >= TRIES || today >= item.closes_on;
    if is_over {
        return Err(ServiceError::Refused(Why::new("refused-call-over")));
    }
    let again = disposition.may_try_again();
    if again
        && item
            .last_try_at
            .is_some_and(|last| !is_another_hour(last, now))
    {
        return Err(ServiceError::Refused(Why::new("refused-call-too-soon")));
    }
    storage::phone_tries::insert(&*write, item.id, actor.account_id, disposition, now).await?;
    if !again {
        storage::invitations::settle(&*write, &[item.id], disposition, today).await?;
        reached(context, &*write, &item, actor).await?;
    }
    if disposition == Disposition::Died {
        // Whoever said it, it is the family's.
        let family = Person::Family(item.introduction.family_id);
        record::died(context, &*write, family).await?;
    }
    let code = item.introduction.code.as_str();
    let (by, detail) = (Some(actor.account_id), Some(disposition.code()));
    storage::audit::insert(&*write, now, by, "call.tried", Some(code), detail).await?;
    Ok(write.commit().await?)
}

/// Whoever wanted to be phoned was.
async fn reached(
    context: &Context,
    db: &impl Connection,
    item: &Item,
    actor: &Actor,
) -> Result<(), ServiceError> {
    let (now, by) = (context.now(), Some(actor.account_id));
    let over = [PersonTask::CallWanted];
    Ok(storage::person_tasks::settle(db, person(item), &over, now, by).await?)
}

/// A new link to the same questions, for a text that the operator sends: the other
/// one's short name and the address.
pub async fn link(
    context: &Context,
    actor: &Actor,
    id: i64,
) -> Result<(String, String), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let item = find(&*write, id).await?;
    let token = new_link(context, &*write, item.mailing_id).await?;
    let (now, code) = (context.now(), item.introduction.code.as_str());
    let by = Some(actor.account_id);
    storage::audit::insert(&*write, now, by, "survey.link", Some(code), None).await?;
    write.commit().await?;
    let address = format!("{}/s/{token}", context.public_url);
    Ok((short_name(about(&item)), address))
}
