//! The second factor of a sign-in: the secret of an account, its recovery codes, which roles
//! must have one; and of a session what was given for it, when, and on what kind of device.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, boolean, date, string, string_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        factors(manager).await?;
        rules(manager).await?;
        // One column a statement: SQLite takes no more.
        for column in [
            string("stage").default("whole").take(),
            timestamp_with_time_zone_null("fresh_at"),
            string_null("device"),
        ] {
            manager
                .alter_table(Table::alter().table("sessions").add_column(column).take())
                .await?;
        }
        Ok(())
    }
}

async fn factors(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const FACTORS: &str = "account_factors";
    const CODES: &str = "recovery_codes";
    manager
        .create_table(
            Table::create()
                .table(FACTORS)
                .col(big_integer("account_id").primary_key())
                .col(string("secret"))
                .col(timestamp_with_time_zone("made_at"))
                // Until then nobody has shown that an application has the secret.
                .col(timestamp_with_time_zone_null("confirmed_at"))
                .col(big_integer_null("last_step"))
                .foreign_key(&mut reference((FACTORS, "account_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table(CODES)
                .col(string("code_hash").primary_key())
                .col(big_integer("account_id"))
                .col(timestamp_with_time_zone_null("used_at"))
                .foreign_key(&mut reference((CODES, "account_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    manager.create_index(index(CODES, &["account_id"])).await
}

async fn rules(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "factor_rules";
    manager
        .create_table(
            Table::create()
                .table(TABLE)
                .col(big_pk_auto("id"))
                .col(date("valid_from"))
                .col(string("role"))
                .col(boolean("required"))
                .col(big_integer_null("account_id"))
                // Neither for the row that the program came with.
                .col(timestamp_with_time_zone_null("at"))
                .foreign_key(&mut reference((TABLE, "account_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    let first = Query::insert()
        .into_table(TABLE)
        .columns(["valid_from", "role", "required"])
        .values_panic([
            Expr::val(chrono::NaiveDate::from_ymd_opt(2012, 1, 1).expect("a date that exists")),
            Expr::val("administrator"),
            Expr::val(true),
        ])
        .take();
    manager.execute(first).await
}
