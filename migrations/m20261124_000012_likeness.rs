//! How the names of workers and families sound, so that somebody who is there
//! already is found however they are spelt. Rows that were there get theirs from
//! the program's jobs: an empty one is still to be filled.

use sea_orm_migration::{prelude::*, schema::string};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["workers", "families"] {
            manager
                .alter_table(
                    Table::alter()
                        .table(table)
                        .add_column(string("sound").default(""))
                        .take(),
                )
                .await?;
        }
        Ok(())
    }
}
