//! Copies that the program makes by itself: how often and how many, as dated rows that an
//! administrator writes, and what became of each.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer_null, big_pk_auto, date, integer, string, string_null, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null,
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
                    .table("backup_rules")
                    .col(big_pk_auto("id"))
                    .col(date("valid_from"))
                    .col(integer("every_hours"))
                    .col(integer("alarm_hours"))
                    .col(integer("kept"))
                    .col(big_integer_null("account_id"))
                    // Neither for the row that the program came with.
                    .col(timestamp_with_time_zone_null("at"))
                    .foreign_key(&mut reference(
                        ("backup_rules", "account_id"),
                        ("accounts", "id"),
                    ))
                    .take(),
            )
            .await?;
        let begin = chrono::NaiveDate::from_ymd_opt(2012, 1, 1).expect("a date that exists");
        let first = Query::insert()
            .into_table("backup_rules")
            .columns(["valid_from", "every_hours", "alarm_hours", "kept"])
            .values_panic([
                Expr::val(begin),
                Expr::val(24),
                Expr::val(48),
                Expr::val(14),
            ])
            .take();
        manager.execute(first).await?;
        manager
            .create_table(
                Table::create()
                    .table("backup_runs")
                    .col(big_pk_auto("id"))
                    .col(string("state"))
                    .col(timestamp_with_time_zone("began_at"))
                    .col(timestamp_with_time_zone_null("ended_at"))
                    .col(string_null("file"))
                    .col(big_integer_null("bytes"))
                    .col(string_null("trouble"))
                    .col(text_null("detail"))
                    .col(big_integer_null("account_id"))
                    .foreign_key(&mut reference(
                        ("backup_runs", "account_id"),
                        ("accounts", "id"),
                    ))
                    .take(),
            )
            .await
    }
}
