//! Which mail is to which person, where it belongs to nothing else.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use super::entity::{outbox_mail, person_mail};
use super::error::StorageError;
use super::mailings::Person;
use crate::domain::mail::MailKind;

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

/// When the latest mail of a kind to a person was queued.
pub async fn latest(
    db: &impl ConnectionTrait,
    person: Person,
    kind: MailKind,
) -> Result<Option<DateTime<Utc>>, StorageError> {
    let theirs = match person {
        Person::Family(id) => person_mail::Column::FamilyId.eq(id),
        Person::Worker(id) => person_mail::Column::WorkerId.eq(id),
    };
    let own = person_mail::Entity::find()
        .select_only()
        .column(person_mail::Column::MessageId)
        .filter(theirs)
        .into_query();
    let row = outbox_mail::Entity::find()
        .filter(outbox_mail::Column::MessageId.in_subquery(own))
        .filter(outbox_mail::Column::Kind.eq(kind.code()))
        .order_by_desc(outbox_mail::Column::QueuedAt)
        .one(db)
        .await?;
    Ok(row.map(|row| row.queued_at))
}
