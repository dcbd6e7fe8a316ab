//! How people are reached, and nothing else of them. Whoever's data may not be used has
//! no address here, so that no mail reaches them, whatever queued it.

use std::collections::HashMap;

use sea_orm::sea_query::SimpleExpr;
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
    let (mut families, mut workers) = (Vec::new(), Vec::new());
    for person in people {
        match person {
            Person::Family(id) => families.push(*id),
            Person::Worker(id) => workers.push(*id),
        }
    }
    let mut found = HashMap::new();
    if !families.is_empty() {
        use family::Column as C;
        let names = [C::Id, C::Code, C::GivenName, C::FamilyName];
        let ways = [C::Phone, C::Email, C::ContactBy, C::ContactLanguage];
        let columns = names.into_iter().chain(ways).chain([C::DeskId]);
        let rows = rows::<family::Entity>(db, columns, C::Id.is_in(families)).await?;
        add(&mut found, Cells("families"), Person::Family, rows)?;
    }
    if !workers.is_empty() {
        use worker::Column as C;
        let names = [C::Id, C::Code, C::GivenName, C::FamilyName];
        let ways = [C::Phone, C::Email, C::ContactBy, C::ContactLanguage];
        let columns = names.into_iter().chain(ways).chain([C::DeskId]);
        let rows = rows::<worker::Entity>(db, columns, C::Id.is_in(workers)).await?;
        add(&mut found, Cells("workers"), Person::Worker, rows)?;
    }
    for person in super::restrictions::among(db, people).await? {
        if let Some(contact) = found.get_mut(&person) {
            contact.email = None;
        }
    }
    Ok(found)
}

async fn rows<E: EntityTrait>(
    db: &impl ConnectionTrait,
    columns: impl Iterator<Item = E::Column>,
    theirs: SimpleExpr,
) -> Result<Vec<Row>, StorageError> {
    let query = E::find().select_only().columns(columns).filter(theirs);
    Ok(query.into_tuple().all(db).await?)
}

fn add(
    found: &mut HashMap<Person, Contact>,
    table: Cells,
    side: fn(i64) -> Person,
    rows: Vec<Row>,
) -> Result<(), StorageError> {
    for row in rows {
        let person = side(row.0);
        found.insert(person, contact(table, person, row)?);
    }
    Ok(())
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
