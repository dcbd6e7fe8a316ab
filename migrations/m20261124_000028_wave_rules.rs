//! Policy of the follow-up as dated rows: whether the fourth wave is asked. And why
//! somebody is not asked any more: by their own wish, or because somebody died.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer_null, big_pk_auto, boolean, date, string_null, timestamp_with_time_zone_null,
    },
};

use super::reference;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("wave_rules")
                    .col(big_pk_auto("id"))
                    .col(date("valid_from"))
                    .col(boolean("fourth_wave"))
                    .col(big_integer_null("account_id"))
                    // Neither for the row that the program came with.
                    .col(timestamp_with_time_zone_null("at"))
                    .foreign_key(&mut reference(
                        ("wave_rules", "account_id"),
                        ("accounts", "id"),
                    ))
                    .take(),
            )
            .await?;
        let first = Query::insert()
            .into_table("wave_rules")
            .columns(["valid_from", "fourth_wave"])
            .values_panic([
                Expr::val(chrono::NaiveDate::from_ymd_opt(2012, 1, 1).expect("a date that exists")),
                Expr::val(false),
            ])
            .take();
        manager.execute(first).await?;
        manager
            .alter_table(
                Table::alter()
                    .table("survey_stops")
                    .add_column(string_null("disposition"))
                    .take(),
            )
            .await
    }
}
