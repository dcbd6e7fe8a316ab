//! What follows a match: proposals, sheets with their bytes, the numbers they
//! draw, introductions, and the record of every disclosure.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, blob, date, date_null, integer, string,
        string_null, string_uniq, text, timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{byte_by_byte, index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        proposals(manager).await?;
        sheets(manager).await?;
        introductions(manager).await?;
        disclosures(manager).await
    }
}

async fn proposals(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("proposals")
                .col(big_pk_auto("id"))
                .col(big_integer("request_id"))
                .col(big_integer("worker_id"))
                .col(string("state"))
                .col(date("proposed_on"))
                .col(big_integer("proposed_by_id"))
                .col(string_null("skipped_reason"))
                .col(date_null("answered_on"))
                .col(string_null("via"))
                .col(string_null("decline_reason"))
                .col(integer("version"))
                .foreign_key(&mut reference(
                    ("proposals", "request_id"),
                    ("requests", "id"),
                ))
                .foreign_key(&mut reference(
                    ("proposals", "worker_id"),
                    ("workers", "id"),
                ))
                .foreign_key(&mut reference(
                    ("proposals", "proposed_by_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("proposals", &["request_id", "worker_id"]))
        .await?;
    manager
        .create_index(index("proposals", &["worker_id"]))
        .await
}

async fn sheets(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("counters")
                .col(string("name").primary_key())
                .col(big_integer("last"))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("sheets")
                .col(big_pk_auto("id"))
                .col(string_uniq("number"))
                .col(string_uniq("verification_code"))
                .col(big_integer("request_id"))
                .col(big_integer("desk_id"))
                .col(big_integer("issued_by_id"))
                .col(date("issued_on"))
                .col(date("valid_until"))
                .col(string("language"))
                .col(string("weights"))
                .col(text("explanation"))
                .col(string("sha256"))
                .col(timestamp_with_time_zone_null("revoked_at"))
                .col(string_null("revoke_reason"))
                .col(integer("version"))
                .foreign_key(&mut reference(("sheets", "request_id"), ("requests", "id")))
                .foreign_key(&mut reference(("sheets", "desk_id"), ("desks", "id")))
                .foreign_key(&mut reference(
                    ("sheets", "issued_by_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("sheets", &["request_id"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("sheet_documents")
                .col(big_integer("sheet_id").primary_key())
                .col(blob("pdf"))
                .foreign_key(&mut reference(
                    ("sheet_documents", "sheet_id"),
                    ("sheets", "id"),
                ))
                .take(),
        )
        .await
}

async fn introductions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("introductions")
                .col(big_pk_auto("id"))
                .col(string_uniq("code"))
                .col(big_integer("request_id"))
                .col(big_integer("worker_id"))
                .col(string_null("sheet_number"))
                .col(big_integer_null("sheet_id"))
                .col(date("issued_on"))
                .col(date_null("loaded_on"))
                .foreign_key(&mut reference(
                    ("introductions", "request_id"),
                    ("requests", "id"),
                ))
                .foreign_key(&mut reference(
                    ("introductions", "worker_id"),
                    ("workers", "id"),
                ))
                .foreign_key(&mut reference(
                    ("introductions", "sheet_id"),
                    ("sheets", "id"),
                ))
                .take(),
        )
        .await?;
    byte_by_byte(manager, "introductions").await?;
    manager
        .create_index(index("introductions", &["request_id"]))
        .await?;
    manager
        .create_index(index("introductions", &["worker_id"]))
        .await?;
    manager
        .create_index(index("introductions", &["sheet_id"]))
        .await
}

async fn disclosures(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("disclosures")
                .col(big_pk_auto("id"))
                .col(big_integer("sheet_id"))
                .col(big_integer("worker_id"))
                .col(big_integer("family_id"))
                .col(string("how"))
                .col(string("fields"))
                .col(timestamp_with_time_zone("at"))
                .col(big_integer("account_id"))
                .foreign_key(&mut reference(
                    ("disclosures", "sheet_id"),
                    ("sheets", "id"),
                ))
                .foreign_key(&mut reference(
                    ("disclosures", "worker_id"),
                    ("workers", "id"),
                ))
                .foreign_key(&mut reference(
                    ("disclosures", "family_id"),
                    ("families", "id"),
                ))
                .foreign_key(&mut reference(
                    ("disclosures", "account_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("disclosures", &["worker_id", "at"]))
        .await?;
    manager
        .create_index(index("disclosures", &["sheet_id"]))
        .await
}
