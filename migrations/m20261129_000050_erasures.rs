//! Whose data were erased: by code, so that nothing brings them back, neither a file nor
//! an older copy of the database.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer_null, boolean, string, timestamp_with_time_zone},
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
                    .table("erasures")
                    .col(string("kind"))
                    .col(string("record"))
                    .col(timestamp_with_time_zone("at"))
                    // None where the command line did it, or the list beside the copies.
                    .col(big_integer_null("account_id"))
                    // Whether it came from that list.
                    .col(boolean("from_list"))
                    .primary_key(Index::create().col("kind").col("record"))
                    .foreign_key(&mut reference(
                        ("erasures", "account_id"),
                        ("accounts", "id"),
                    ))
                    .take(),
            )
            .await
    }
}
