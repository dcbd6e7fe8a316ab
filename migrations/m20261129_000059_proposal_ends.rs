//! The last day on which a word on a proposal counts, now that for how long one waits is
//! policy. None of those asked before: three days after.

use sea_orm_migration::{prelude::*, schema::date_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let alter = Table::alter()
            .table("proposals")
            .add_column(date_null("expires_on"))
            .take();
        manager.alter_table(alter).await
    }
}
