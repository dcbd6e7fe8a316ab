//! What workers said, each time: a word that was mistyped is corrected, and both
//! stand here. And the part of the hours that somebody of a team is asked for.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, date, string, string_null, text_null,
        timestamp_with_time_zone,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        const TABLE: &str = "proposal_words";
        let part = text_null("part");
        manager
            .alter_table(Table::alter().table("proposals").add_column(part).take())
            .await?;
        manager
            .create_table(
                Table::create()
                    .table(TABLE)
                    .col(big_pk_auto("id"))
                    .col(big_integer("proposal_id"))
                    .col(timestamp_with_time_zone("at"))
                    .col(big_integer_null("account_id"))
                    .col(string("state"))
                    .col(string_null("reason"))
                    .col(string("via"))
                    .col(date("said_on"))
                    .foreign_key(&mut reference((TABLE, "proposal_id"), ("proposals", "id")))
                    .foreign_key(&mut reference((TABLE, "account_id"), ("accounts", "id")))
                    .take(),
            )
            .await?;
        manager.create_index(index(TABLE, &["proposal_id"])).await
    }
}
