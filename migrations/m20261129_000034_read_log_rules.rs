//! How long entries of the log of who opened what are kept, as an administrator writes it:
//! rows with their author, in the order in which they were written. What stood in the
//! table before goes over.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer_null, big_pk_auto, date, integer, timestamp_with_time_zone_null},
};

use super::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        const TABLE: &str = "read_log_rules";
        const BEFORE: &str = "read_log_rows";
        manager
            .create_table(
                Table::create()
                    .table(TABLE)
                    .col(big_pk_auto("id"))
                    .col(date("valid_from"))
                    .col(integer("kept_days"))
                    .col(big_integer_null("account_id"))
                    // Neither for the row that the program came with.
                    .col(timestamp_with_time_zone_null("at"))
                    .foreign_key(&mut reference((TABLE, "account_id"), ("accounts", "id")))
                    .take(),
            )
            .await?;
        let columns = ["valid_from", "kept_days"];
        let rows = Query::select()
            .columns(columns)
            .from(BEFORE)
            .order_by("valid_from", Order::Asc)
            .take();
        let mut copy = Query::insert();
        copy.into_table(TABLE).columns(columns);
        copy.select_from(rows)
            .map_err(|error| DbErr::Migration(error.to_string()))?;
        manager.execute(copy).await?;
        manager.drop_table(Table::drop().table(BEFORE).take()).await
    }
}
