//! Accounts of the staff, their one-time links and sessions, the sign-in's
//! throttle, searches that were posted, and the record of what was done.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, integer, string, string_null, string_uniq,
        timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("accounts")
                    .col(big_pk_auto("id"))
                    .col(string_uniq("email_key"))
                    .col(string("email"))
                    .col(string("name"))
                    .col(string("role"))
                    .col(big_integer_null("desk_id"))
                    .col(big_integer_null("partner_id"))
                    .col(string_null("password_hash"))
                    .col(timestamp_with_time_zone("created_at"))
                    .col(timestamp_with_time_zone_null("disabled_at"))
                    .foreign_key(&mut reference(("accounts", "desk_id"), ("desks", "id")))
                    .foreign_key(&mut reference(
                        ("accounts", "partner_id"),
                        ("partners", "id"),
                    ))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("password_links")
                    .col(string("token_hash").primary_key())
                    .col(big_integer("account_id"))
                    .col(timestamp_with_time_zone("expires_at"))
                    .foreign_key(&mut reference(
                        ("password_links", "account_id"),
                        ("accounts", "id"),
                    ))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("sessions")
                    .col(string("token_hash").primary_key())
                    .col(big_integer("account_id"))
                    .col(timestamp_with_time_zone("began_at"))
                    .col(timestamp_with_time_zone("last_seen_at"))
                    .foreign_key(&mut reference(
                        ("sessions", "account_id"),
                        ("accounts", "id"),
                    ))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("sessions", &["account_id"]))
            .await?;
        throttles(manager).await?;
        searches(manager).await?;
        audit_events(manager).await
    }
}

async fn throttles(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("throttles")
                .col(string("key_hash").primary_key())
                .col(integer("failures"))
                .col(timestamp_with_time_zone("last_failure_at"))
                .col(timestamp_with_time_zone_null("wait_until"))
                .take(),
        )
        .await
}

async fn searches(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("searches")
                .col(string("id").primary_key())
                .col(big_integer("account_id"))
                .col(string("list"))
                .col(string("words"))
                .col(timestamp_with_time_zone("created_at"))
                .foreign_key(&mut reference(
                    ("searches", "account_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("searches", &["created_at"]))
        .await
}

async fn audit_events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("audit_events")
                .col(big_pk_auto("id"))
                .col(timestamp_with_time_zone("at"))
                .col(big_integer_null("account_id"))
                .col(string("action"))
                .col(string_null("object"))
                .col(string_null("detail"))
                .foreign_key(&mut reference(
                    ("audit_events", "account_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("audit_events", &["object"]))
        .await
}
