//! Links as operators issue them: by mail, or as a text to copy. A new one takes
//! the place of all that were there. The code that opens names is shown once, to be
//! told by telephone.

use chrono::NaiveDate;

use super::opened::language_of;
use super::{Context, ServiceError, address, new_link};
use crate::catalogue::{Language, Words};
use crate::clock::random_bytes;
use crate::domain::account::Actor;
use crate::domain::contact::EmailAddress;
use crate::domain::delivery::{Code, UNDO};
use crate::domain::ids::{FamilyCode, WorkerCode};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::mail::MailKind;
use crate::domain::private_link::{CODE_LIFE, Handed, PersonTask};
use crate::domain::typed;
use crate::services::accounts::hash_password;
use crate::services::error::require_desk;
use crate::services::follow_up::new_message_id;
use crate::services::merging::missing;
use crate::services::registering::Form;
use crate::services::rights::check_living;
use crate::storage::link_codes::{NewCode, StoredCode};
use crate::storage::mailings::{Contact, Person};
use crate::storage::outbox::NewMail;
use crate::storage::private_links::StoredLink;
use crate::storage::{self, Connection, Write};

/// What an operator sees of somebody's links.
pub struct State {
    pub contact: Contact,
    /// Whether a mail would arrive, as far as it is known.
    pub takes_mail: bool,
    pub language: Language,
    /// Those that hold, and who made each.
    pub links: Vec<(StoredLink, Option<String>)>,
    pub code: Option<StoredCode>,
    /// Of workers, as far as it was said.
    pub accreditation_until: Option<NaiveDate>,
}

/// The person of a code.
async fn person(db: &impl Connection, form: Form, code: &str) -> Result<Contact, ServiceError> {
    let not_there = || ServiceError::not_found(form.code(), code);
    let found = match form {
        Form::Worker => {
            let code = WorkerCode::parse(code).map_err(|_| not_there())?;
            let worker = storage::workers::find(db, &code).await?;
            worker.map(|one| Person::Worker(one.id))
        }
        Form::Family => {
            let code = FamilyCode::parse(code).map_err(|_| not_there())?;
            let family = storage::families::find(db, &code).await?;
            family.map(|one| Person::Family(one.id))
        }
        Form::Request => None,
    };
    let Some(person) = found else {
        let kind = if form == Form::Family {
            "family"
        } else {
            "worker"
        };
        return Err(missing(db, kind, code).await?);
    };
    let contact = storage::contacts::of(db, &[person]).await?.remove(&person);
    let contact = contact.ok_or_else(not_there)?;
    let what = if form == Form::Family {
        "family"
    } else {
        "worker"
    };
    check_living(db, what, code).await?;
    Ok(contact)
}

/// What there is.
pub async fn of(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
) -> Result<State, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let contact = person(db, form, code).await?;
    let accreditation_until = match contact.person {
        Person::Worker(id) => storage::keeping::accreditation_of(db, id).await?,
        Person::Family(_) => None,
    };
    Ok(State {
        takes_mail: usable_address(db, &contact).await?.is_some(),
        language: language_of(contact.person, contact.language),
        links: storage::private_links::in_force(db, contact.person, context.today()).await?,
        code: storage::link_codes::latest(db, contact.person).await?,
        accreditation_until,
        contact,
    })
}

async fn usable_address(
    db: &impl Connection,
    contact: &Contact,
) -> Result<Option<EmailAddress>, ServiceError> {
    let Some(email) = &contact.email else {
        return Ok(None);
    };
    let marked = storage::outbox::marked(db, &[email]).await?;
    Ok(marked.is_empty().then(|| email.clone()))
}

async fn audit(
    context: &Context,
    write: &Write,
    actor: &Actor,
    contact: &Contact,
    action: &str,
) -> Result<(), ServiceError> {
    let (by, object) = (Some(actor.account_id), Some(contact.code.as_str()));
    Ok(storage::audit::insert(&**write, context.now(), by, action, object, None).await?)
}

/// A new link in the place of all others.
async fn renew(
    context: &Context,
    write: &Write,
    actor: &Actor,
    contact: &Contact,
    how: Handed,
) -> Result<String, ServiceError> {
    storage::private_links::end_all(&**write, contact.person, context.now()).await?;
    let by = Some(actor.account_id);
    let token = new_link(context, &**write, contact.person, how, by).await?;
    audit(context, write, actor, contact, "link.made").await?;
    Ok(token)
}

/// Queues a mail with a new link; to whom.
pub async fn mail(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
) -> Result<EmailAddress, ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let contact = person(&*write, form, code).await?;
    let to = usable_address(&*write, &contact).await?;
    let to = to.ok_or_else(|| ServiceError::Refused(Why::new("refused-link-no-mail")))?;
    let token = renew(context, &write, actor, &contact, Handed::Mail).await?;
    let (now, message_id) = (context.now(), new_message_id(context));
    let mail = NewMail {
        kind: MailKind::PrivateLink,
        dedup_key: format!("private_link:{message_id}"),
        message_id: message_id.clone(),
        mailing_id: None,
        recipient: Some(to.clone()),
        token: Some(token),
        send_at: now + UNDO,
    };
    storage::person_mails::insert(&*write, &message_id, contact.person).await?;
    storage::outbox::queue(&*write, &mail, now).await?;
    write.commit().await?;
    Ok(to)
}

/// A text for somebody's telephone, in their language.
pub struct Text {
    pub text: String,
    pub language: Language,
}

/// What a text says: what the desk has to ask, or to tell, where it has.
async fn said_with(db: &impl Connection, person: Person) -> Result<&'static str, ServiceError> {
    for (task, key) in [
        (PersonTask::TellPaused, "links-text-paused"),
        (PersonTask::AskAvailability, "links-text-ask"),
    ] {
        let open = storage::person_tasks::open_of(db, person, task).await?;
        if open.is_some() {
            return Ok(key);
        }
    }
    Ok("links-text")
}

/// A text with a new link, to be copied. It stands nowhere else.
pub async fn text(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
) -> Result<Text, ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let contact = person(&*write, form, code).await?;
    let token = renew(context, &write, actor, &contact, Handed::Text).await?;
    let key = said_with(&*write, contact.person).await?;
    write.commit().await?;
    let language = language_of(contact.person, contact.language);
    let words = Words::new(language);
    Ok(Text {
        text: words.with(key, &[("link", &address(context, &token))]),
        language,
    })
}

/// Ends every link of somebody's; how many held.
pub async fn end(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
) -> Result<u64, ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let contact = person(&*write, form, code).await?;
    let now = context.now();
    let ended = storage::private_links::end_all(&*write, contact.person, now).await?;
    audit(context, &write, actor, &contact, "link.ended").await?;
    write.commit().await?;
    Ok(ended)
}

/// A new code in the place of the old one, to be told by telephone and to nobody
/// else. It is shown here and never again.
pub async fn new_code(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
) -> Result<Code, ServiceError> {
    require_desk(actor)?;
    let fresh = Code::from_random(random_bytes::<8>(context.randomness.as_ref()));
    let code_hash = hash_password(fresh.as_str().to_owned()).await?;
    let now = context.now();
    let write = context.db.write().await?;
    let contact = person(&*write, form, code).await?;
    let new = NewCode {
        person: contact.person,
        code_hash,
        made_at: now,
        made_by: actor.account_id,
        ends_at: now + CODE_LIFE,
    };
    storage::link_codes::insert(&*write, &new).await?;
    let over = [PersonTask::CodeWanted, PersonTask::CodeLocked];
    let by = Some(actor.account_id);
    storage::person_tasks::settle(&*write, contact.person, &over, now, by).await?;
    audit(context, &write, actor, &contact, "link.code_made").await?;
    write.commit().await?;
    Ok(fresh)
}

/// Says until when a worker's accreditation lasts: a day as people type it.
pub async fn accredited_until(
    context: &Context,
    actor: &Actor,
    code: &str,
    day: &str,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let now = context.now();
    let day = typed::day(day, context.today(), 20);
    let day = day.map_err(|why| {
        ServiceError::Invalid(Invalid(vec![Problem {
            field: "until",
            value: String::new(),
            why,
        }]))
    })?;
    let write = context.db.write().await?;
    let contact = person(&*write, Form::Worker, code).await?;
    if let Person::Worker(id) = contact.person {
        storage::keeping::set_accreditation(&*write, id, day, actor.account_id, now).await?;
    }
    audit(context, &write, actor, &contact, "worker.accreditation_end").await?;
    Ok(write.commit().await?)
}
