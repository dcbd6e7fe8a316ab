//! What families and workers ask by themselves on the public pages, before a desk has looked; and what
//! happened to each.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, boolean, integer, string, string_null,
        string_uniq, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        requests(manager).await?;
        events(manager).await
    }
}

async fn requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "public_requests";
    manager
        .create_table(
            Table::create()
                .table(TABLE)
                .col(big_pk_auto("id"))
                .col(string_uniq("number"))
                // The form's own name: what is sent twice is one.
                .col(string_uniq("form_hash"))
                .col(string_null("token_hash").unique_key())
                .col(string("kind"))
                .col(string("state"))
                .col(big_integer("desk_id"))
                .col(timestamp_with_time_zone("filed_at"))
                .col(string("name"))
                .col(string("folded"))
                .col(string("comune"))
                .col(string_null("email"))
                .col(string_null("phone"))
                .col(boolean("by_phone"))
                .col(string("language"))
                .col(string("notice_version"))
                .col(timestamp_with_time_zone("notice_at"))
                .col(text("answers"))
                .col(text_null("words"))
                .col(timestamp_with_time_zone_null("confirmed_at"))
                .col(timestamp_with_time_zone_null("decided_at"))
                .col(string_null("reason"))
                .col(big_integer_null("request_id"))
                .col(integer("version"))
                .foreign_key(&mut reference((TABLE, "desk_id"), ("desks", "id")))
                .foreign_key(&mut reference((TABLE, "request_id"), ("requests", "id")))
                .take(),
        )
        .await?;
    for columns in [
        &["state", "desk_id"][..],
        &["state", "filed_at"],
        &["request_id"],
        &["email"],
        &["phone"],
    ] {
        manager.create_index(index(TABLE, columns)).await?;
    }
    Ok(())
}

async fn events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "public_request_events";
    manager
        .create_table(
            Table::create()
                .table(TABLE)
                .col(big_pk_auto("id"))
                .col(big_integer("public_request_id"))
                .col(timestamp_with_time_zone("at"))
                // None where the family did it, or the program.
                .col(big_integer_null("account_id"))
                .col(string("action"))
                .col(text_null("words"))
                .foreign_key(&mut reference(
                    (TABLE, "public_request_id"),
                    ("public_requests", "id"),
                ))
                .foreign_key(&mut reference((TABLE, "account_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    manager
        .create_index(index(TABLE, &["public_request_id"]))
        .await
}
