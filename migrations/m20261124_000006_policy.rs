//! Policy as dated rows: the weights of the score. The first row holds from the
//! service's first year, so that every past day has one.

use sea_orm_migration::{
    prelude::*,
    schema::{date, integer},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("weight_rows")
                    .col(date("valid_from").primary_key())
                    .col(integer("coverage"))
                    .col(integer("preferred_skills"))
                    .col(integer("distance"))
                    .col(integer("italian"))
                    .col(integer("experience"))
                    .col(integer("freshness"))
                    .take(),
            )
            .await?;
        let first = Query::insert()
            .into_table("weight_rows")
            .columns([
                "valid_from",
                "coverage",
                "preferred_skills",
                "distance",
                "italian",
                "experience",
                "freshness",
            ])
            .values_panic([
                Expr::val(chrono::NaiveDate::from_ymd_opt(2012, 1, 1).expect("a date that exists")),
                Expr::val(40),
                Expr::val(20),
                Expr::val(15),
                Expr::val(10),
                Expr::val(10),
                Expr::val(5),
            ])
            .take();
        manager.execute(first).await
    }
}
