//! The accounts of the staff, as an administrator looks after them: that needs a sign-in of
//! the last minutes. A one-time link leaves once; nobody shuts or empties their own account. A
//! partner's people are looked after beside its contract (`partners`).

use std::collections::HashSet;

use super::accounts::{self, Fresh};
use super::error::require_administrator;
use super::partners::{Standing, beside, read_person, standing};
use super::{Context, ServiceError, places};
use crate::domain::account::{Actor, Place, PlaceError, Role};
use crate::domain::contact::EmailAddress;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::reading::Fields;
use crate::storage::accounts::Account;
use crate::storage::places::Desk;
use crate::storage::{self, Page, StorageError};

/// An account as the list shows it.
pub struct Line {
    pub id: i64,
    pub name: String,
    pub email: EmailAddress,
    pub role: Role,
    pub place: Place,
    pub standing: Standing,
    /// Of whoever looks.
    pub is_own: bool,
    /// To an identity of the provider.
    pub is_linked: bool,
}

/// A page of the accounts, by address.
pub async fn page(
    context: &Context,
    actor: &Actor,
    number: u64,
) -> Result<Page<Line>, ServiceError> {
    require_administrator(actor)?;
    let db = context.db.read();
    let page = storage::accounts::page(db, number).await?;
    let ids: Vec<i64> = page.rows.iter().map(|one| one.actor.account_id).collect();
    let invited = storage::accounts::invited(db, &ids, context.now()).await?;
    let linked = match context.provider.as_deref() {
        Some(provider) => storage::identities::linked_among(db, &ids, provider.issuer()).await?,
        None => HashSet::new(),
    };
    let line = |one: Account| Line {
        standing: standing(&one, &invited),
        id: one.actor.account_id,
        is_own: one.actor.account_id == actor.account_id,
        is_linked: linked.contains(&one.actor.account_id),
        name: one.actor.name,
        email: one.actor.email,
        role: one.actor.role,
        place: one.actor.place,
    };
    Ok(Page {
        rows: page.rows.into_iter().map(line).collect(),
        number: page.number,
        total: page.total,
    })
}

/// Roles that are given here.
pub const ROLES: [Role; 3] = [Role::Administrator, Role::Operator, Role::Reader];

fn problem(field: &'static str, value: &str, why: Why) -> Problem {
    Problem {
        field,
        value: value.to_owned(),
        why,
    }
}

/// Where somebody of a role belongs, as it was typed.
fn place_of(desks: &[Desk], role: Role, typed: &str) -> Result<Place, Problem> {
    let desk = match typed {
        "" => None,
        code => {
            let found = desks.iter().find(|desk| desk.code.as_str() == code);
            let unknown = || problem("desk", code, Why::new("problem-setting"));
            Some(found.ok_or_else(unknown)?.code.clone())
        }
    };
    Place::of(role, desk, None).map_err(|error| {
        let why = match error {
            PlaceError::DeskMissing => "problem-account-desk-missing",
            _ => "problem-account-desk",
        };
        problem("desk", typed, Why::new(why))
    })
}

/// Opens an account, as it was typed (`name`, `email`, `role`, `desk`); the token of its
/// one-time link comes back.
pub async fn add(
    context: &Context,
    actor: &Actor,
    fields: &(dyn Fields + Sync),
    _: &Fresh,
) -> Result<String, ServiceError> {
    require_administrator(actor)?;
    let text = |name: &str| fields.get(name).unwrap_or_default();
    let desks = places::desks(context).await?;
    let person = read_person(text("name"), text("email"));
    let role = Role::parse(text("role")).ok();
    let role = role
        .filter(|role| ROLES.contains(role))
        .ok_or_else(|| problem("role", text("role"), Why::new("problem-setting")));
    let place = match &role {
        Ok(role) => place_of(&desks, *role, text("desk")),
        Err(_) => Ok(Place::Nowhere),
    };
    let ((email, name), role, place) = match (person, role, place) {
        (Ok(person), Ok(role), Ok(place)) => (person, role, place),
        (person, role, place) => {
            let mut problems = person.err().unwrap_or_default();
            problems.extend(role.err());
            problems.extend(place.err());
            return Err(ServiceError::Invalid(Invalid(problems)));
        }
    };
    let (by, who) = (Some(actor.account_id), (&email, name.as_str()));
    match accounts::add_by(context, by, who, role, &place).await {
        Err(ServiceError::Refused(why)) => Err(beside("email", text("email"), why)),
        other => other,
    }
}

/// Somebody else's account.
async fn other(context: &Context, actor: &Actor, id: i64) -> Result<Account, ServiceError> {
    require_administrator(actor)?;
    if id == actor.account_id {
        return Err(ServiceError::Refused(Why::new("refused-own-account")));
    }
    match storage::accounts::get(context.db.read(), id).await {
        Err(StorageError::Missing { .. }) => Err(ServiceError::not_found("account", &id)),
        found => Ok(found?),
    }
}

/// Takes somebody's password away and gives a new one-time link: their name, and its token. An
/// account that was shut opens again by it.
pub async fn invite_again(
    context: &Context,
    actor: &Actor,
    id: i64,
    _: &Fresh,
) -> Result<(String, String), ServiceError> {
    let account = other(context, actor, id).await?.actor;
    let by = Some(actor.account_id);
    let token = accounts::reset_by(context, by, &account.email).await?;
    Ok((account.name, token))
}

/// Shuts somebody's account; their sessions end.
pub async fn shut(
    context: &Context,
    actor: &Actor,
    id: i64,
    _: &Fresh,
) -> Result<(), ServiceError> {
    let account = other(context, actor, id).await?.actor;
    accounts::disable_by(context, Some(actor.account_id), &account.email).await
}
