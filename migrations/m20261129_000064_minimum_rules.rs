//! Rows of minimum pay that an administrator marked as wrong, or as right after all, from a
//! day on and with a reason.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_pk_auto, boolean, date, string, timestamp_with_time_zone},
};

use super::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        const TABLE: &str = "minimum_rules";
        manager
            .create_table(
                Table::create()
                    .table(TABLE)
                    .col(big_pk_auto("id"))
                    .col(string("minimum"))
                    .col(boolean("is_wrong"))
                    .col(string("reason"))
                    .col(date("valid_from"))
                    .col(big_integer("account_id"))
                    .col(timestamp_with_time_zone("at"))
                    .foreign_key(&mut reference((TABLE, "account_id"), ("accounts", "id")))
                    .take(),
            )
            .await
    }
}
