//! What the begin and the end of a job changed in the pool, so that it can be
//! taken back.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_pk_auto, string, string_null, text, timestamp_with_time_zone,
        timestamp_with_time_zone_null,
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
                    .table("job_changes")
                    .col(big_pk_auto("id"))
                    .col(big_integer("introduction_id"))
                    .col(string("event"))
                    // The hours that went or came, as a week is typed.
                    .col(text("hours"))
                    .col(string_null("worker_was"))
                    .col(string_null("request_was"))
                    .col(timestamp_with_time_zone("at"))
                    .col(big_integer("account_id"))
                    .col(timestamp_with_time_zone_null("undone_at"))
                    .foreign_key(&mut reference(
                        ("job_changes", "introduction_id"),
                        ("introductions", "id"),
                    ))
                    .foreign_key(&mut reference(
                        ("job_changes", "account_id"),
                        ("accounts", "id"),
                    ))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("job_changes", &["introduction_id"]))
            .await
    }
}
