//! How long entries of the log of who opened what are kept: policy as dated rows. The
//! first row holds from the service's first year, so that every past day has one.

use sea_orm_migration::{
    prelude::*,
    schema::{date, integer},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        const TABLE: &str = "read_log_rows";
        manager
            .create_table(
                Table::create()
                    .table(TABLE)
                    .col(date("valid_from").primary_key())
                    .col(integer("kept_days"))
                    .take(),
            )
            .await?;
        let first = Query::insert()
            .into_table(TABLE)
            .columns(["valid_from", "kept_days"])
            .values_panic([
                Expr::val(chrono::NaiveDate::from_ymd_opt(2012, 1, 1).expect("a date that exists")),
                Expr::val(730),
            ])
            .take();
        manager.execute(first).await
    }
}
