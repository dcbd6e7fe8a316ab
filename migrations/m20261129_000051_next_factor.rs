//! A second factor that is moved to another telephone: the secret that is to hold once its
//! first code was given. Until then the one before holds.

use sea_orm_migration::{prelude::*, schema::string_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_null("next_secret");
        let alter = Table::alter()
            .table("account_factors")
            .add_column(column)
            .take();
        manager.alter_table(alter).await
    }
}
