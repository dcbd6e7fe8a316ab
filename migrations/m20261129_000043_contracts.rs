//! From when to when a partner may come in, and the family's word that a partner may send it:
//! who gave it, how and when.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_pk_auto, date, date_null, string, timestamp_with_time_zone},
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        const TABLE: &str = "referrals";
        // One column a statement: SQLite takes no more.
        for column in ["contract_from", "contract_until"] {
            manager
                .alter_table(
                    Table::alter()
                        .table("partners")
                        .add_column(date_null(column))
                        .take(),
                )
                .await?;
        }
        manager
            .create_table(
                Table::create()
                    .table(TABLE)
                    .col(big_pk_auto("id"))
                    .col(big_integer("request_id").unique_key())
                    .col(big_integer("partner_id"))
                    .col(big_integer("account_id"))
                    .col(string("consent_by"))
                    .col(string("consent_how"))
                    .col(date("consent_on"))
                    .col(timestamp_with_time_zone("filed_at"))
                    .foreign_key(&mut reference((TABLE, "request_id"), ("requests", "id")))
                    .foreign_key(&mut reference((TABLE, "partner_id"), ("partners", "id")))
                    .foreign_key(&mut reference((TABLE, "account_id"), ("accounts", "id")))
                    .take(),
            )
            .await?;
        manager.create_index(index(TABLE, &["partner_id"])).await
    }
}
