//! How a sheet reaches its family: links that ask for a code, what the desk still
//! has to do about a sheet, and why something was disclosed.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, date, integer, string, string_null,
        string_uniq, timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        links(manager).await?;
        tasks(manager).await?;
        manager
            .alter_table(
                Table::alter()
                    .table("disclosures")
                    .add_column(string("purpose").default("request"))
                    .take(),
            )
            .await
    }
}

async fn links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("sheet_links")
                .col(big_pk_auto("id"))
                .col(big_integer("sheet_id"))
                .col(string_uniq("token_hash"))
                .col(string("code_hash"))
                .col(integer("tries"))
                .col(timestamp_with_time_zone("made_at"))
                .col(big_integer("made_by_id"))
                .col(timestamp_with_time_zone("send_at"))
                .col(date("ends_on"))
                .col(timestamp_with_time_zone_null("locked_at"))
                .col(timestamp_with_time_zone_null("cancelled_at"))
                // Who typed the right code, for as long as the sheet can be taken.
                .col(string_null("open_hash"))
                .col(timestamp_with_time_zone_null("open_until"))
                .foreign_key(&mut reference(
                    ("sheet_links", "sheet_id"),
                    ("sheets", "id"),
                ))
                .foreign_key(&mut reference(
                    ("sheet_links", "made_by_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("sheet_links", &["sheet_id"]))
        .await
}

async fn tasks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("sheet_tasks")
                .col(big_pk_auto("id"))
                .col(big_integer("sheet_id"))
                .col(string("kind"))
                .col(date("made_on"))
                .col(timestamp_with_time_zone_null("done_at"))
                .col(big_integer_null("done_by_id"))
                .foreign_key(&mut reference(
                    ("sheet_tasks", "sheet_id"),
                    ("sheets", "id"),
                ))
                .foreign_key(&mut reference(
                    ("sheet_tasks", "done_by_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    // Once of a kind for a sheet.
    manager
        .create_index(index("sheet_tasks", &["sheet_id", "kind"]).unique().take())
        .await?;
    manager
        .create_index(index("sheet_tasks", &["done_at", "made_on"]))
        .await?;
    manager
        .create_index(index("sheets", &["valid_until"]))
        .await
}
