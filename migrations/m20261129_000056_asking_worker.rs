//! What a worker asked on the public page leads to the form that was begun with it, and from
//! its saving on to the record.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer_null, string_null},
};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "public_requests";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // One column a statement: SQLite takes no more.
        for column in [big_integer_null("worker_id"), string_null("draft")] {
            manager
                .alter_table(Table::alter().table(TABLE).add_column(column).take())
                .await?;
        }
        manager.create_index(index(TABLE, &["worker_id"])).await?;
        manager.create_index(index(TABLE, &["draft"])).await
    }
}
