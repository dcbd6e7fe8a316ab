//! Signing in by an identity provider: the identity that an account is linked to, by its
//! digest, and of a session whether the provider took the second factor.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, boolean, string, timestamp_with_time_zone},
};

use super::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        const TABLE: &str = "account_identities";
        manager
            .create_table(
                Table::create()
                    .table(TABLE)
                    .col(big_integer("account_id").primary_key())
                    .col(string("identity").unique_key())
                    .col(string("issuer"))
                    .col(timestamp_with_time_zone("linked_at"))
                    .foreign_key(&mut reference((TABLE, "account_id"), ("accounts", "id")))
                    .take(),
            )
            .await?;
        let column = boolean("outside_factor").default(false).take();
        let alter = Table::alter().table("sessions").add_column(column).take();
        manager.alter_table(alter).await
    }
}
