//! For whom a family asks: how the person is called, who decides with or for
//! them, and how that one is reached. Never their health.

use sea_orm_migration::{prelude::*, schema::string_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            "recipient_name",
            "guardianship",
            "guardian_name",
            "guardian_phone",
        ] {
            manager
                .alter_table(
                    Table::alter()
                        .table("families")
                        .add_column(string_null(column))
                        .take(),
                )
                .await?;
        }
        Ok(())
    }
}
