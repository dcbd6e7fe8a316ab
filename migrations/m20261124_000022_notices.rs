//! Who is told, once a sheet is out, who calls whom and by when.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, big_pk_auto, boolean, date, string_null},
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        const TABLE: &str = "sheet_notices";
        manager
            .create_table(
                Table::create()
                    .table(TABLE)
                    .col(big_pk_auto("id"))
                    .col(big_integer("sheet_id"))
                    .col(big_integer_null("family_id"))
                    .col(big_integer_null("worker_id"))
                    .col(date("call_by"))
                    .col(boolean("by_mail"))
                    .col(string_null("message_id"))
                    .foreign_key(&mut reference((TABLE, "sheet_id"), ("sheets", "id")))
                    .foreign_key(&mut reference((TABLE, "family_id"), ("families", "id")))
                    .foreign_key(&mut reference((TABLE, "worker_id"), ("workers", "id")))
                    .take(),
            )
            .await?;
        manager.create_index(index(TABLE, &["message_id"])).await?;
        manager.create_index(index(TABLE, &["sheet_id"])).await
    }
}
