//! Desks and partners. A new database starts with the two desks.

use sea_orm_migration::{
    prelude::*,
    schema::{big_pk_auto, string, string_null, string_uniq},
};

use super::byte_by_byte;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("desks")
                    .col(big_pk_auto("id"))
                    .col(string_uniq("code"))
                    .col(string("name"))
                    .col(string_uniq("sheet_prefix"))
                    .col(string("comune"))
                    .col(string_null("address"))
                    .col(string_null("phone"))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("partners")
                    .col(big_pk_auto("id"))
                    .col(string_uniq("code"))
                    .col(string("name"))
                    .col(string("kind"))
                    .take(),
            )
            .await?;
        byte_by_byte(manager, "desks").await?;
        byte_by_byte(manager, "partners").await?;
        let desks = Query::insert()
            .into_table("desks")
            .columns(["code", "name", "sheet_prefix", "comune", "address", "phone"])
            .values_panic(
                [
                    "grosseto",
                    "Sportello di Grosseto",
                    "GR",
                    "053011",
                    "Via Arno 1/E",
                    "0564 28246",
                ]
                .map(Expr::val),
            )
            .values_panic(
                [
                    "follonica",
                    "Sportello di Follonica",
                    "FO",
                    "053009",
                    "Via Roma 47",
                    "0566 59009",
                ]
                .map(Expr::val),
            )
            .take();
        manager.execute(desks).await
    }
}
