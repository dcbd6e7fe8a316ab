//! Mails of a new notice to many: who asked for them, of whose people, and how far the
//! program has come.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, timestamp_with_time_zone,
        timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

const ROUNDS: &str = "notice_rounds";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(ROUNDS)
                    .col(big_pk_auto("id"))
                    .col(big_integer("version_id"))
                    // None: of all desks.
                    .col(big_integer_null("desk_id"))
                    .col(big_integer("account_id"))
                    .col(timestamp_with_time_zone("asked_at"))
                    // Of the last person who was looked at.
                    .col(big_integer("last_key"))
                    .col(big_integer("queued"))
                    .col(timestamp_with_time_zone_null("ended_at"))
                    .foreign_key(&mut reference(
                        (ROUNDS, "version_id"),
                        ("notice_versions", "id"),
                    ))
                    .foreign_key(&mut reference((ROUNDS, "desk_id"), ("desks", "id")))
                    .foreign_key(&mut reference((ROUNDS, "account_id"), ("accounts", "id")))
                    .take(),
            )
            .await?;
        manager.create_index(index(ROUNDS, &["ended_at"])).await
    }
}
