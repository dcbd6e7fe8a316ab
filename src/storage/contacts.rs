//! How people are reached, and nothing else of them.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::entity::{family, worker};
use super::error::StorageError;
use super::mailings::{Contact, Person};
use super::rows::Cells;
use crate::domain::contact::{ContactBy, EmailAddress};
use crate::domain::language::Language;

type Row = (
    i64,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    String,
    i64,
);

/// The contacts of some people: a statement a side.
pub async fn of(
    db: &impl ConnectionTrait,
    people: &[Person],
) -> Result<HashMap<Person, Contact>, StorageError> {
    let mut found = HashMap::new();
    let families: Vec<i64> = people
        .iter()
        .filter_map(|person| match person {
            Person::Family(id) => Some(*id),
            Person::Worker(_) => None,
        })
        .collect();
    if !families.is_empty() {
        use family::Column as C;
        let rows: Vec<Row> = family::Entity::find()
            .select_only()
            .columns([
                C::Id,
                C::Code,
                C::GivenName,
                C::FamilyName,
                C::Phone,
                C::Email,
            ])
            .columns([C::ContactBy, C::ContactLanguage, C::DeskId])
            .filter(C::Id.is_in(families))
            .into_tuple()
            .all(db)
            .await?;
        for row in rows {
            let contact = contact(Cells("families"), Person::Family(row.0), row)?;
            found.insert(contact.person, contact);
        }
    }
    let workers: Vec<i64> = people
        .iter()
        .filter_map(|person| match person {
            Person::Worker(id) => Some(*id),
            Person::Family(_) => None,
        })
        .collect();
    if !workers.is_empty() {
        use worker::Column as C;
        let rows: Vec<Row> = worker::Entity::find()
            .select_only()
            .columns([
                C::Id,
                C::Code,
                C::GivenName,
                C::FamilyName,
                C::Phone,
                C::Email,
            ])
            .columns([C::ContactBy, C::ContactLanguage, C::DeskId])
            .filter(C::Id.is_in(workers))
            .into_tuple()
            .all(db)
            .await?;
        for row in rows {
            let contact = contact(Cells("workers"), Person::Worker(row.0), row)?;
            found.insert(contact.person, contact);
        }
    }
    Ok(found)
}

fn contact(table: Cells, person: Person, row: Row) -> Result<Contact, StorageError> {
    let (_, code, given, family, phone, email, by, language, desk_id) = row;
    Ok(Contact {
        person,
        code,
        name: format!("{given} {family}"),
        phone,
        email: table.optional("email", email, |text| EmailAddress::parse(&text))?,
        by: table.optional("contact_by", by, |code| ContactBy::parse(&code))?,
        language: table.some("contact_language", Language::by_code(&language))?,
        desk_id,
    })
}
