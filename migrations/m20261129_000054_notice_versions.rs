//! Notices about data that an administrator publishes, for a kind of person and from a day
//! on, with their texts; and who was told of which, how and when.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, boolean, date, string, string_null, text,
        timestamp_with_time_zone,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

const VERSIONS: &str = "notice_versions";
const TEXTS: &str = "notice_texts";
const GIVEN: &str = "notices_given";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        versions(manager).await?;
        given(manager).await
    }
}

async fn versions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(VERSIONS)
                .col(big_pk_auto("id"))
                .col(string("kind"))
                .col(date("valid_from"))
                .col(big_integer("account_id"))
                .col(timestamp_with_time_zone("at"))
                .foreign_key(&mut reference((VERSIONS, "account_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    let mut one_a_day = index(VERSIONS, &["kind", "valid_from"]);
    manager.create_index(one_a_day.unique().take()).await?;
    manager
        .create_table(
            Table::create()
                .table(TEXTS)
                .col(big_pk_auto("id"))
                .col(big_integer("version_id"))
                .col(string("language"))
                .col(text("words"))
                .col(boolean("is_reviewed"))
                .foreign_key(&mut reference((TEXTS, "version_id"), (VERSIONS, "id")))
                .take(),
        )
        .await?;
    let mut one_a_language = index(TEXTS, &["version_id", "language"]);
    manager.create_index(one_a_language.unique().take()).await
}

async fn given(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(GIVEN)
                .col(big_pk_auto("id"))
                .col(big_integer("version_id"))
                .col(big_integer_null("worker_id"))
                .col(big_integer_null("family_id"))
                .col(string("how"))
                .col(date("given_on"))
                .col(big_integer("account_id"))
                // Of the mail, where there is one.
                .col(string_null("message_id"))
                .foreign_key(&mut reference((GIVEN, "version_id"), (VERSIONS, "id")))
                .foreign_key(&mut reference((GIVEN, "worker_id"), ("workers", "id")))
                .foreign_key(&mut reference((GIVEN, "family_id"), ("families", "id")))
                .foreign_key(&mut reference((GIVEN, "account_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    for column in ["worker_id", "family_id", "message_id"] {
        manager.create_index(index(GIVEN, &[column])).await?;
    }
    Ok(())
}
