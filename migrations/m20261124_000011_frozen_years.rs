//! Years of the access log as they were when somebody closed them: all numbers,
//! what was published of them, the definitions in force and the program that
//! reckoned. Rows are only added; a correction is a further one.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, blob, integer, string, text, text_null, timestamp_with_time_zone},
};

use super::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("frozen_years")
                    .col(integer("year"))
                    .col(integer("revision"))
                    .col(timestamp_with_time_zone("frozen_at"))
                    .col(big_integer("frozen_by"))
                    .col(string("program_version"))
                    .col(text("definitions"))
                    .col(text("whole"))
                    .col(text_null("published"))
                    .col(string("sha256"))
                    .col(blob("pdf"))
                    .primary_key(Index::create().col("year").col("revision"))
                    .foreign_key(&mut reference(
                        ("frozen_years", "frozen_by"),
                        ("accounts", "id"),
                    ))
                    .take(),
            )
            .await
    }
}
