//! Who opens a link. The token leaves the address at once, for a seal that the
//! browser keeps under the link's own path: two people can use one telephone.
//! Opening writes nothing. A link that opens nothing looks the same whatever is
//! wrong with it.

use super::super::follow_up::delivery::desk;
use super::super::follow_up::hash_of;
use super::super::follow_up::survey::Closed;
use super::{Context, ServiceError, seal};
use crate::catalogue::Language;
use crate::domain::private_link::{Purpose, VISIT};
use crate::domain::worker::WorkerStatus;
use crate::storage::mailings::Person;
use crate::storage::private_links::StoredLink;
use crate::storage::{self, Connection};

/// What a link is exchanged for.
pub struct Ticket {
    /// Names the link in addresses, and says nothing else.
    pub address: String,
    /// What the browser keeps.
    pub sealed: String,
}

/// What a browser keeps of a link.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub visit: String,
    /// Once the right code was typed.
    pub names: String,
}

/// Somebody who came by a link.
pub struct Here {
    pub person: Person,
    pub address: String,
    pub language: Language,
    pub desk_name: String,
    pub desk_phone: String,
    /// What stands in the record of who did what.
    pub code: String,
    /// Whether the code was typed a short while ago.
    pub names: bool,
}

fn sealed_of(link: &StoredLink) -> String {
    format!("{}:{}", link.public_id, link.token_hash)
}

/// Exchanges the token of a link.
pub async fn exchange(context: &Context, token: &str, network: &str) -> Result<Ticket, Closed> {
    let now = context.now();
    if context.wrong_links.waits(network, now) {
        return Err(Closed::Waits);
    }
    let db = context.db.read();
    let link = storage::private_links::of_token(db, &hash_of(token)).await?;
    let Some(link) = link.filter(|link| link.term.holds(context.today())) else {
        context.wrong_links.count(network, now);
        return Err(Closed::Gone);
    };
    let Some(seal) = seal(db).await? else {
        return Err(Closed::Gone);
    };
    Ok(Ticket {
        sealed: seal.seal(Purpose::Visit, &sealed_of(&link), now + VISIT),
        address: link.public_id,
    })
}

/// Who is here, by what the browser keeps of the link that the address names.
pub async fn here(context: &Context, address: &str, kept: &Kept) -> Result<Here, Closed> {
    here_in(context, context.db.read(), address, kept).await
}

/// The same inside a transaction.
pub(super) async fn here_in(
    context: &Context,
    db: &impl Connection,
    address: &str,
    kept: &Kept,
) -> Result<Here, Closed> {
    // Nothing is kept of what is no link's address either: it is not for a database to read.
    if kept.visit.is_empty() {
        return Err(Closed::Gone);
    }
    let now = context.now();
    let link = storage::private_links::of_address(db, address).await?;
    let (Some(link), Some(seal)) = (link, seal(db).await?) else {
        return Err(Closed::Gone);
    };
    let of = sealed_of(&link);
    let sealed = seal.holds(Purpose::Visit, &of, &kept.visit, now, VISIT);
    if !sealed || !link.term.holds(context.today()) {
        return Err(Closed::Gone);
    }
    let person = link.person;
    let contact = storage::contacts::of(db, &[person]).await?.remove(&person);
    let Some(contact) = contact else {
        return Err(Closed::Gone);
    };
    if is_gone(db, person).await? {
        return Err(Closed::Gone);
    }
    let names = match storage::link_codes::latest(db, person).await? {
        Some(code) if !kept.names.is_empty() => {
            let of = super::code::sealed_of(&link.public_id, code.id);
            let longest = crate::domain::delivery::OPEN_FOR;
            seal.holds(Purpose::Names, &of, &kept.names, now, longest)
        }
        _ => false,
    };
    let (desk_name, desk_phone) = desk(db, contact.desk_id).await?;
    Ok(Here {
        person,
        address: link.public_id,
        language: language_of(person, contact.language),
        desk_name,
        desk_phone,
        code: contact.code,
        names,
    })
}

/// Families read the languages of the screens, workers each that the service writes.
pub(super) fn language_of(person: Person, language: crate::domain::language::Language) -> Language {
    match person {
        Person::Family(_) => Language::of_screens(language),
        Person::Worker(_) => Language::written_to(language),
    }
}

/// Whoever has withdrawn for good has no matters here any more.
pub(super) async fn is_gone(db: &impl Connection, person: Person) -> Result<bool, ServiceError> {
    let Person::Worker(id) = person else {
        return Ok(false);
    };
    let worker = storage::workers::by_id(db, id).await?;
    Ok(worker.is_none_or(|one| one.value.status == WorkerStatus::Withdrawn))
}
