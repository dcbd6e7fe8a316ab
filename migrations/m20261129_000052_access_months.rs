//! The months of the access log that something came into, or was taken out of, since the night
//! before: only those are laid anew. What there is already is laid once more as a whole.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string},
};

use super::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        const TABLE: &str = "access_months";
        let mut table = Table::create()
            .table(TABLE)
            .col(big_integer("desk_id"))
            // As `2024-01`.
            .col(string("month"))
            .primary_key(Index::create().col("desk_id").col("month"))
            .foreign_key(&mut reference((TABLE, "desk_id"), ("desks", "id")))
            .take();
        if manager.get_database_backend() == sea_orm::DbBackend::Sqlite {
            table.extra("WITHOUT ROWID");
        }
        manager.create_table(table).await?;
        // Every entry is counted by its day.
        let known = "INSERT INTO access_months (desk_id, month) \
             SELECT DISTINCT desk_id, substr(value, 1, 7) FROM access_counts WHERE dimension = 'day'";
        manager.get_connection().execute_unprepared(known).await?;
        Ok(())
    }
}
