//! What registering at the desk keeps besides the records: what was typed and
//! not saved yet, what changed in a record and by whom, the authorisations to be
//! named, notes of contacts, and who is in charge of a request.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, date, date_null, integer, string, string_null,
        text, timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drafts(manager).await?;
        changes(manager).await?;
        authorisations(manager).await?;
        notes(manager).await?;
        requests(manager).await
    }
}

async fn drafts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("drafts")
                .col(string("id").primary_key())
                .col(big_integer("account_id"))
                .col(string("form"))
                // The record that is being changed; none for a new one.
                .col(string_null("record"))
                .col(text("fields"))
                // The record that it became: the same form sent twice makes one.
                .col(string_null("made"))
                .col(timestamp_with_time_zone("kept_at"))
                .foreign_key(&mut reference(("drafts", "account_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    manager
        .create_index(index("drafts", &["account_id", "kept_at"]))
        .await
}

async fn changes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("record_changes")
                .col(big_pk_auto("id"))
                .col(string("kind"))
                .col(string("record"))
                .col(integer("version"))
                .col(timestamp_with_time_zone("at"))
                .col(big_integer_null("account_id"))
                .col(string("action"))
                .col(text("fields"))
                .foreign_key(&mut reference(
                    ("record_changes", "account_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("record_changes", &["kind", "record"]))
        .await
}

async fn authorisations(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("authorisations")
                .col(big_pk_auto("id"))
                .col(big_integer("worker_id"))
                .col(date("given_on"))
                .col(string("notice_version"))
                .col(string("how"))
                .col(string_null("folder"))
                .col(big_integer("account_id"))
                .col(timestamp_with_time_zone("recorded_at"))
                .col(date_null("withdrawn_on"))
                .foreign_key(&mut reference(
                    ("authorisations", "worker_id"),
                    ("workers", "id"),
                ))
                .foreign_key(&mut reference(
                    ("authorisations", "account_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("authorisations", &["worker_id"]))
        .await
}

async fn notes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("contact_notes")
                .col(big_pk_auto("id"))
                .col(string("kind"))
                .col(string("record"))
                .col(date("on_day"))
                // Empty once erased: that there was a note stays.
                .col(text("words"))
                .col(big_integer("account_id"))
                .col(timestamp_with_time_zone("written_at"))
                .col(timestamp_with_time_zone_null("erased_at"))
                .foreign_key(&mut reference(
                    ("contact_notes", "account_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("contact_notes", &["kind", "record"]))
        .await
}

// Columns without a reference: SQLite can't add one to a table that is there.
async fn requests(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for column in [
        big_integer_null("in_charge_id"),
        big_integer_null("worker_sex_asked_by"),
    ] {
        manager
            .alter_table(Table::alter().table("requests").add_column(column).take())
            .await?;
    }
    manager
        .create_index(index("requests", &["in_charge_id", "status"]))
        .await
}
