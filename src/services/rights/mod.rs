//! What a person can ask of what is known of them: to have it whole (`export`), to have it
//! put right (`correct`, or any form), to have it kept and not used (`restrict`), to have it
//! gone (`erase`). In an operator's name on the page, in nobody's on the command line, where
//! only a correction names who made it.

pub mod columns;
pub mod correct;
pub mod erase;
pub mod export;
pub mod list;
pub mod restrict;

use super::error::require_desk;
use super::merging::people_of;
use super::registering::Form;
use super::registering::save::{get, note};
use super::tables::{Families, Workers};
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::contact::EmailAddress;
use crate::domain::ids::{DeskCode, FamilyCode, WorkerCode};
use crate::storage::changes::Change;
use crate::storage::mailings::Person;
use crate::storage::merges::People;
use crate::storage::{self, Connection, StorageError, Write};

/// In whose name something is asked.
#[derive(Clone, Copy)]
pub enum By<'a> {
    /// Somebody of a desk.
    Account(&'a Actor),
    /// Whoever has the program's own folder.
    CommandLine,
}

impl By<'_> {
    /// The account, where it may.
    fn check(self) -> Result<Option<i64>, ServiceError> {
        match self {
            Self::Account(actor) => {
                require_desk(actor)?;
                Ok(Some(actor.account_id))
            }
            Self::CommandLine => Ok(None),
        }
    }

    fn actor(&self) -> Option<&Actor> {
        match self {
            Self::Account(actor) => Some(actor),
            Self::CommandLine => None,
        }
    }
}

/// Whose data it is about.
#[derive(Debug, Clone)]
pub struct Subject {
    pub form: Form,
    pub code: String,
    pub name: String,
    pub version: i32,
    pub(super) people: People,
    pub(super) person: Person,
    pub(super) email: Option<EmailAddress>,
    pub(super) phone: Option<String>,
    pub(super) desk: DeskCode,
}

/// The person of a code; [`ServiceError::Erased`] where there is nobody any more.
async fn look(db: &impl Connection, form: Form, code: &str) -> Result<Subject, ServiceError> {
    let people = people_of(form)?;
    Ok(match people {
        People::Workers => {
            let found = get::<Workers>(db, code).await?;
            Subject {
                form,
                people,
                person: Person::Worker(found.id),
                code: code.to_owned(),
                name: found.value.full_name(),
                version: found.version,
                email: found.value.email,
                phone: found.value.phone.map(|phone| phone.to_string()),
                desk: found.value.desk,
            }
        }
        People::Families => {
            let found = get::<Families>(db, code).await?;
            Subject {
                form,
                people,
                person: Person::Family(found.id),
                code: code.to_owned(),
                name: found.value.full_name(),
                version: found.version,
                email: found.value.email,
                phone: found.value.phone.map(|phone| phone.to_string()),
                desk: found.value.desk,
            }
        }
    })
}

/// The same, held against changes by others until the transaction ends, with the requests
/// they have to do with: whoever issues or answers holds those first, then workers.
async fn hold(write: &Write, form: Form, code: &str) -> Result<Subject, ServiceError> {
    let found = look(&**write, form, code).await?;
    let (Person::Worker(id) | Person::Family(id)) = found.person;
    if let Person::Worker(_) = found.person {
        storage::requests::lock_with(&**write, found.person).await?;
    }
    storage::merges::lock(&**write, found.people, [id, id]).await?;
    if let Person::Family(_) = found.person {
        storage::requests::lock_with(&**write, found.person).await?;
    }
    look(&**write, form, code).await
}

/// Whose a code is, where a command names only that: a worker's, or else a family's.
pub async fn form_of(context: &Context, code: &str) -> Result<Form, ServiceError> {
    let db = context.db.read();
    for form in [Form::Worker, Form::Family] {
        match look(db, form, code).await {
            Err(ServiceError::NotFound { .. }) => {}
            Err(error) => return Err(error),
            Ok(_) => return Ok(form),
        }
    }
    Err(ServiceError::not_found("worker", code))
}

/// A line of the record's history, and one of the record of what was done.
async fn tell(
    write: &Write,
    context: &Context,
    by: By<'_>,
    subject: &Subject,
    action: &str,
) -> Result<(), StorageError> {
    let change = Change {
        kind: subject.people.kind(),
        record: &subject.code,
        version: subject.version,
        action,
        fields: Vec::new(),
    };
    note(write, context, by.actor(), &change).await
}

/// Refuses the record of somebody who was erased; other kinds of records pass.
pub(super) async fn check_living(
    db: &impl Connection,
    what: &'static str,
    code: &str,
) -> Result<(), ServiceError> {
    // What is no code is nobody's, and not for every database to look up.
    let people = match what {
        "worker" if WorkerCode::parse(code).is_ok() => People::Workers,
        "family" if FamilyCode::parse(code).is_ok() => People::Families,
        _ => return Ok(()),
    };
    match storage::erasures::find(db, people, code).await? {
        Some(at) => Err(ServiceError::Erased {
            what,
            code: code.to_owned(),
            on: at.date_naive(),
        }),
        None => Ok(()),
    }
}
