//! The organisations that send families, as an administrator looks after them: from when to
//! when their people may come in, and who these are; that needs a sign-in of the last minutes.
//! What a partner does itself is in [`filing`] and [`referrals`].

pub mod filing;
pub mod news;
pub mod referrals;

use std::collections::HashSet;

use chrono::NaiveDate;

use super::accounts::Fresh;
use super::error::{check_printed, require_administrator};
use super::{Context, ServiceError, accounts};
use crate::domain::account::{Actor, Place, Role};
use crate::domain::contact::EmailAddress;
use crate::domain::ids::PartnerCode;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::partner::{Contract, PartnerKind};
use crate::domain::reading::{Fields, Reading};
use crate::domain::text::Line;
use crate::storage::accounts::Account;
use crate::storage::places::Partner;
use crate::storage::{self, Connection};

/// How an account of a partner stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its one-time link waits to be used.
    Invited,
    /// It signs in with its password.
    Active,
    /// Its link was never used, and has ended.
    LinkOver,
    Shut,
}

impl Standing {
    /// All.
    pub const ALL: [Self; 4] = [Self::Invited, Self::Active, Self::LinkOver, Self::Shut];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::LinkOver => "link_over",
            Self::Shut => "shut",
        }
    }
}

/// Somebody of a partner.
pub struct Person {
    pub id: i64,
    pub name: String,
    pub email: EmailAddress,
    pub standing: Standing,
}

/// A partner with its people.
pub struct Known {
    pub partner: Partner,
    pub people: Vec<Person>,
}

fn contract_in_words(contract: Contract) -> String {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    format!("{} {}", day(contract.from), day(contract.until))
}

async fn found(db: &impl Connection, code: &PartnerCode) -> Result<(i64, Partner), ServiceError> {
    let found = storage::places::find_partner(db, code).await?;
    found.ok_or_else(|| ServiceError::not_found("partner", code))
}

/// Every partner and how many people it has, by code. There are few.
pub async fn list(context: &Context, actor: &Actor) -> Result<Vec<(Partner, i64)>, ServiceError> {
    require_administrator(actor)?;
    let db = context.db.read();
    let people = storage::places::people_of_partners(db).await?;
    let partners = storage::places::partners(db).await?.into_iter();
    let counted = partners.map(|(id, partner)| (partner, people.get(&id).copied().unwrap_or(0)));
    Ok(counted.collect())
}

/// How an account stands, where those of `invited` have a link that holds.
pub(super) fn standing(account: &Account, invited: &HashSet<i64>) -> Standing {
    match account {
        account if account.disabled => Standing::Shut,
        account if invited.contains(&account.actor.account_id) => Standing::Invited,
        account if account.password_hash.is_some() => Standing::Active,
        _ => Standing::LinkOver,
    }
}

/// One partner.
pub async fn get(
    context: &Context,
    actor: &Actor,
    code: &PartnerCode,
) -> Result<Known, ServiceError> {
    require_administrator(actor)?;
    let db = context.db.read();
    let (_, partner) = found(db, code).await?;
    let people = storage::accounts::of_partner(db, code).await?;
    let ids: Vec<i64> = people.iter().map(|one| one.actor.account_id).collect();
    let invited = storage::accounts::invited(db, &ids, context.now()).await?;
    let people = people.iter().map(|account| Person {
        id: account.actor.account_id,
        name: account.actor.name.clone(),
        email: account.actor.email.clone(),
        standing: standing(account, &invited),
    });
    Ok(Known {
        partner,
        people: people.collect(),
    })
}

/// Reads a new partner: `code`, `name`, `kind`, `from`, `until`.
fn read(fields: &dyn Fields, today: NaiveDate) -> Result<Partner, Invalid> {
    let text = |name: &str| fields.get(name).unwrap_or_default();
    let contract = Contract::read(text("from"), text("until"), today);
    let mut r = Reading::new(fields);
    let code = r.required("code", None, PartnerCode::parse);
    let name = r.required("name", None, Line::parse);
    let kind = r.required("kind", None, PartnerKind::parse);
    let named = r.finish(|| Some((code?, name?, kind?)));
    match (named, contract) {
        (Ok(named), Ok(contract)) => {
            let (code, name, kind) = named.value;
            Ok(Partner {
                code,
                name: name.to_string(),
                kind: kind.code().to_owned(),
                contract,
            })
        }
        (named, contract) => {
            let mut problems = named.err().map(|invalid| invalid.0).unwrap_or_default();
            problems.extend(contract.err().map(|invalid| invalid.0).unwrap_or_default());
            Err(Invalid(problems))
        }
    }
}

/// Adds a partner as it was typed.
pub async fn add(
    context: &Context,
    actor: &Actor,
    fields: &(dyn Fields + Sync),
    _: &Fresh,
) -> Result<PartnerCode, ServiceError> {
    require_administrator(actor)?;
    let partner = read(fields, context.today()).map_err(ServiceError::Invalid)?;
    let code = partner.code.clone();
    let by = Some(actor.account_id);
    match super::places::add_partner_by(context, by, &partner).await {
        Err(ServiceError::Refused(why)) => Err(beside("code", code.as_str(), why)),
        done => done.map(|()| code),
    }
}

/// Writes from when to when a partner's people may come in, as it was typed.
pub async fn set_contract(
    context: &Context,
    actor: &Actor,
    code: &PartnerCode,
    (from, until): (&str, &str),
    _: &Fresh,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let contract = Contract::read(from, until, context.today()).map_err(ServiceError::Invalid)?;
    write_contract(context, Some(actor.account_id), code, contract).await
}

/// The same by whoever keeps the machine.
pub async fn write_contract(
    context: &Context,
    by: Option<i64>,
    code: &PartnerCode,
    contract: Contract,
) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    let (id, before) = found(&*write, code).await?;
    if before.contract != contract {
        storage::places::set_contract(&*write, id, contract).await?;
        let (now, object) = (context.now(), Some(code.as_str()));
        let days = contract_in_words(contract);
        storage::audit::insert(&*write, now, by, "partner.contract", object, Some(&days)).await?;
    }
    Ok(write.commit().await?)
}

/// Opens an account for somebody of a partner; the token of its one-time link comes back.
pub async fn invite(
    context: &Context,
    actor: &Actor,
    code: &PartnerCode,
    (name, email): (&str, &str),
    _: &Fresh,
) -> Result<String, ServiceError> {
    require_administrator(actor)?;
    let (_, partner) = found(context.db.read(), code).await?;
    let read = read_person(name, email);
    let (address, called) = read.map_err(|wrong| ServiceError::Invalid(Invalid(wrong)))?;
    let who = (&address, called.as_str());
    let (by, place) = (Some(actor.account_id), Place::Partner(partner.code));
    match accounts::add_by(context, by, who, Role::Partner, &place).await {
        Err(ServiceError::Refused(why)) => Err(beside("email", email, why)),
        other => other,
    }
}

/// Address and name of somebody who gets an account, as they were typed.
pub(super) fn read_person(name: &str, email: &str) -> Result<(EmailAddress, Line), Vec<Problem>> {
    let problem = |field: &'static str, value: &str, why: Why| Problem {
        field,
        value: value.to_owned(),
        why,
    };
    let address = match email.trim() {
        "" => Err(Why::new("problem-required")),
        typed => EmailAddress::parse(typed),
    };
    let address = address.map_err(|why| problem("email", email, why));
    let called = Line::parse(name).and_then(|line| match check_printed(line.as_str()) {
        Err(ServiceError::Refused(why)) => Err(why),
        _ => Ok(line),
    });
    let called = called.map_err(|why| problem("name", name, why));
    match (address, called) {
        (Ok(address), Ok(called)) => Ok((address, called)),
        (address, called) => {
            let problems = called.err().into_iter().chain(address.err());
            Err(problems.collect())
        }
    }
}

pub(super) fn beside(field: &'static str, value: &str, why: Why) -> ServiceError {
    ServiceError::Invalid(Invalid(vec![Problem {
        field,
        value: value.to_owned(),
        why,
    }]))
}

/// The address of a partner's own account.
async fn own(context: &Context, code: &PartnerCode, id: i64) -> Result<EmailAddress, ServiceError> {
    let db = context.db.read();
    let (_, partner) = found(db, code).await?;
    let people = storage::accounts::of_partner(db, &partner.code).await?;
    let one = people.into_iter().find(|one| one.actor.account_id == id);
    one.map(|one| one.actor.email)
        .ok_or_else(|| ServiceError::not_found("account", &id))
}

/// Takes somebody's password away and gives a new one-time link.
pub async fn invite_again(
    context: &Context,
    actor: &Actor,
    code: &PartnerCode,
    id: i64,
    _: &Fresh,
) -> Result<String, ServiceError> {
    require_administrator(actor)?;
    let email = own(context, code, id).await?;
    accounts::reset_by(context, Some(actor.account_id), &email).await
}

/// Shuts somebody's account; their sessions end.
pub async fn shut(
    context: &Context,
    actor: &Actor,
    code: &PartnerCode,
    id: i64,
    _: &Fresh,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let email = own(context, code, id).await?;
    accounts::disable_by(context, Some(actor.account_id), &email).await
}
