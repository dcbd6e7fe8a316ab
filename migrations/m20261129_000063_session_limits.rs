//! Of a session whether the identity provider let its owner in, and for how long it holds by
//! the policy of the day on which it began.

use sea_orm_migration::{
    prelude::*,
    schema::{boolean, integer},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            boolean("by_provider").default(false).take(),
            integer("idle_minutes").default(120).take(),
            integer("longest_hours").default(12).take(),
        ];
        for column in columns {
            let alter = Table::alter().table("sessions").add_column(column).take();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
