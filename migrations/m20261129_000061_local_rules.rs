//! Which roles may sign in by a password of here, as dated rows.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer_null, big_pk_auto, boolean, date, string, timestamp_with_time_zone_null},
};

use super::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        const TABLE: &str = "local_rules";
        manager
            .create_table(
                Table::create()
                    .table(TABLE)
                    .col(big_pk_auto("id"))
                    .col(date("valid_from"))
                    .col(string("role"))
                    .col(boolean("local"))
                    .col(big_integer_null("account_id"))
                    .col(timestamp_with_time_zone_null("at"))
                    .foreign_key(&mut reference((TABLE, "account_id"), ("accounts", "id")))
                    .take(),
            )
            .await
    }
}
