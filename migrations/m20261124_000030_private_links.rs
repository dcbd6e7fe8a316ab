//! The links by which workers and families see to their own matters: the links,
//! the codes told by telephone, what a desk has to do about a person, which mail
//! is to whom, and what somebody was asked or reminded of.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, date, integer, string, string_uniq, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        links(manager).await?;
        codes(manager).await?;
        tasks(manager).await?;
        mails(manager).await?;
        keeping(manager).await
    }
}

/// A table of somebody's: a worker's or a family's.
fn of_a_person(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(big_pk_auto("id"))
        .col(big_integer_null("worker_id"))
        .col(big_integer_null("family_id"))
        .foreign_key(&mut reference((table, "worker_id"), ("workers", "id")))
        .foreign_key(&mut reference((table, "family_id"), ("families", "id")))
        .take()
}

async fn by_person(manager: &SchemaManager<'_>, table: &'static str) -> Result<(), DbErr> {
    manager.create_index(index(table, &["worker_id"])).await?;
    manager.create_index(index(table, &["family_id"])).await
}

async fn links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "private_links";
    manager
        .create_table(
            of_a_person(TABLE)
                .col(string_uniq("public_id"))
                .col(string_uniq("token_hash"))
                .col(string("how"))
                .col(timestamp_with_time_zone("made_at"))
                .col(big_integer_null("made_by_id"))
                .col(date("ends_on"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .foreign_key(&mut reference((TABLE, "made_by_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    by_person(manager, TABLE).await
}

async fn codes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "link_codes";
    manager
        .create_table(
            of_a_person(TABLE)
                .col(string("code_hash"))
                .col(integer("tries"))
                .col(timestamp_with_time_zone("made_at"))
                .col(big_integer("made_by_id"))
                .col(timestamp_with_time_zone("ends_at"))
                .col(timestamp_with_time_zone_null("locked_at"))
                .foreign_key(&mut reference((TABLE, "made_by_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    by_person(manager, TABLE).await
}

async fn tasks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "person_tasks";
    manager
        .create_table(
            of_a_person(TABLE)
                .col(string("kind"))
                .col(date("made_on"))
                .col(text_null("words"))
                .col(timestamp_with_time_zone_null("done_at"))
                .col(big_integer_null("done_by_id"))
                .foreign_key(&mut reference((TABLE, "done_by_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    manager
        .create_index(index(TABLE, &["done_at", "made_on"]))
        .await?;
    by_person(manager, TABLE).await
}

async fn mails(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "person_mails";
    manager
        .create_table(of_a_person(TABLE).col(string_uniq("message_id")).take())
        .await?;
    by_person(manager, TABLE).await
}

async fn keeping(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const ASKED: &str = "pool_words";
    const ENDS: &str = "accreditation_ends";
    manager
        .create_table(
            Table::create()
                .table(ASKED)
                .col(big_pk_auto("id"))
                .col(big_integer("worker_id"))
                .col(string("kind"))
                .col(date("about"))
                .col(date("made_on"))
                .foreign_key(&mut reference((ASKED, "worker_id"), ("workers", "id")))
                .take(),
        )
        .await?;
    manager
        .create_index(index(ASKED, &["worker_id", "kind"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table(ENDS)
                .col(big_pk_auto("id"))
                .col(big_integer("worker_id"))
                .col(date("ends_on"))
                .col(timestamp_with_time_zone("set_at"))
                .col(big_integer("set_by_id"))
                .foreign_key(&mut reference((ENDS, "worker_id"), ("workers", "id")))
                .foreign_key(&mut reference((ENDS, "set_by_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    manager.create_index(index(ENDS, &["worker_id"])).await?;
    manager.create_index(index(ENDS, &["ends_on"])).await?;
    manager
        .create_index(index("workers", &["status", "permit_until"]))
        .await
}
