//! Which mail is to which person, where it belongs to nothing else.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::entity::person_mail;
use super::error::StorageError;
use super::mailings::Person;

/// Adds one.
pub async fn insert(
    db: &impl ConnectionTrait,
    message_id: &str,
    person: Person,
) -> Result<(), StorageError> {
    let (family_id, worker_id) = person.keys();
    let row = person_mail::ActiveModel {
        family_id: Set(family_id),
        worker_id: Set(worker_id),
        message_id: Set(message_id.to_owned()),
        ..Default::default()
    };
    person_mail::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// To whom a mail is.
pub async fn to(
    db: &impl ConnectionTrait,
    message_id: &str,
) -> Result<Option<Person>, StorageError> {
    let row = person_mail::Entity::find()
        .filter(person_mail::Column::MessageId.eq(message_id))
        .one(db)
        .await?;
    Ok(row.and_then(|row| Person::of(row.family_id, row.worker_id)))
}
