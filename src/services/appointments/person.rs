//! An operator makes, moves or cancels an appointment for somebody: a worker, a family, or
//! somebody who asked on the public page and has no record yet.

use chrono::NaiveDate;

use super::{By, Offer, Wish, ahead_at, book, cancel, desk_of, offer};
use crate::domain::account::Actor;
use crate::domain::appointment::{Begin, ComesFor};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::public_request::{InboxKind, InboxState};
use crate::services::error::require_desk;
use crate::services::registering::save::get;
use crate::services::tables::{Families, Workers};
use crate::services::{Context, ServiceError};
use crate::storage::appointments::{Appointment, Whom};
use crate::storage::mailings::Person;
use crate::storage::places::Desk;
use crate::storage::{self, Connection};

/// Who an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Worker,
    Family,
    /// What was asked on the public page, by its number.
    Asking,
}

/// Somebody, as far as it matters here.
struct Found {
    whom: Whom,
    name: String,
    phone: Option<String>,
    /// The code of their desk.
    desk: String,
    comes_for: &'static [ComesFor],
    /// A desk may have decided what somebody asked: then there is only something to cancel.
    may_book: bool,
}

async fn find(db: &impl Connection, of: Of, code: &str) -> Result<Found, ServiceError> {
    const OF_FAMILIES: [ComesFor; 1] = [ComesFor::Request];
    const OF_ASKINGS: [ComesFor; 1] = [ComesFor::Registration];
    Ok(match of {
        Of::Worker => {
            let found = get::<Workers>(db, code).await?;
            Found {
                whom: Whom::Person(Person::Worker(found.id)),
                name: found.value.full_name(),
                phone: found.value.phone.map(|phone| phone.to_string()),
                desk: found.value.desk.to_string(),
                comes_for: &ComesFor::OF_WORKERS,
                may_book: true,
            }
        }
        Of::Family => {
            let found = get::<Families>(db, code).await?;
            Found {
                whom: Whom::Person(Person::Family(found.id)),
                name: found.value.full_name(),
                phone: found.value.phone.map(|phone| phone.to_string()),
                desk: found.value.desk.to_string(),
                comes_for: &OF_FAMILIES,
                may_book: true,
            }
        }
        Of::Asking => {
            let found = storage::inbox::find(db, code).await?;
            let found = found.filter(|one| one.state != InboxState::Unconfirmed);
            let found = found.ok_or_else(|| ServiceError::not_found("public_request", code))?;
            Found {
                whom: Whom::Asking(found.id),
                name: found.name,
                phone: found.phone.map(|phone| phone.to_string()),
                desk: found.desk.to_string(),
                may_book: found.state.is_open(),
                comes_for: match found.kind {
                    InboxKind::Worker => &OF_ASKINGS,
                    InboxKind::Family => &OF_FAMILIES,
                },
            }
        }
    })
}

/// What stands on the page.
pub struct Seen {
    pub name: String,
    pub phone: Option<String>,
    pub comes_for: &'static [ComesFor],
    pub desks: Vec<Desk>,
    /// The one whose hours are offered.
    pub desk: Desk,
    /// What they have before them, each with the desk that it is at.
    pub own: Vec<(Appointment, Desk)>,
    pub offer: Offer,
}

/// What somebody has, and what a desk has free; their own desk where none is named.
pub async fn see(
    context: &Context,
    actor: &Actor,
    (of, code): (Of, &str),
    desk: Option<&str>,
    from: Option<NaiveDate>,
) -> Result<Seen, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let found = find(db, of, code).await?;
    let named = desk.filter(|code| !code.is_empty());
    let (desk_id, desk) = desk_of(db, named.unwrap_or(&found.desk)).await?;
    let desks = storage::places::desks(db).await?;
    let by = By::Account(actor.account_id);
    let offer = if found.may_book {
        offer(context, db, desk_id, by, from).await?
    } else {
        Offer::default()
    };
    Ok(Seen {
        name: found.name,
        phone: found.phone,
        comes_for: found.comes_for,
        own: ahead_at(context, db, found.whom, &desks).await?,
        offer,
        desks: desks.into_iter().map(|(_, one)| one).collect(),
        desk,
    })
}

/// What is chosen, as a form sends it.
#[derive(Debug, Clone, Copy)]
pub struct TypedChoice<'a> {
    pub desk: &'a str,
    pub begin: &'a str,
    pub comes_for: &'a str,
}

fn wrong(field: &'static str, value: &str, key: &'static str) -> ServiceError {
    ServiceError::Invalid(Invalid(vec![Problem {
        field,
        value: value.to_owned(),
        why: Why::new(key),
    }]))
}

/// Makes one, in the place of what they had before them.
pub async fn choose(
    context: &Context,
    actor: &Actor,
    (of, code): (Of, &str),
    typed: TypedChoice<'_>,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let found = find(&*write, of, code).await?;
    let (desk_id, _) = desk_of(&*write, typed.desk).await?;
    let Some(begin) = Begin::parse(typed.begin) else {
        return Err(wrong("begin", typed.begin, "problem-required"));
    };
    let comes_for = ComesFor::parse(typed.comes_for).ok();
    let comes_for = comes_for.filter(|one| found.comes_for.contains(one));
    let comes_for =
        comes_for.ok_or_else(|| wrong("purpose", typed.comes_for, "problem-required"))?;
    let wish = Wish {
        whom: found.whom,
        code,
        desk_id,
        begin,
        comes_for,
        by: By::Account(actor.account_id),
    };
    if !book(context, &write, wish).await? {
        return Err(wrong("begin", typed.begin, "problem-appointment-taken"));
    }
    Ok(write.commit().await?)
}

/// Cancels what they have before them.
pub async fn call_off(
    context: &Context,
    actor: &Actor,
    (of, code): (Of, &str),
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let found = find(&*write, of, code).await?;
    let by = By::Account(actor.account_id);
    cancel(context, &write, (found.whom, code), by).await?;
    Ok(write.commit().await?)
}
