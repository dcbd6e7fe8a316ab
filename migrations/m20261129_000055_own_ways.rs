//! What somebody of a desk arranges for their own work: filters of the lists under a name,
//! forms that were thrown away and may be wanted back, and that they know their way about.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_pk_auto, string, string_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

const FILTERS: &str = "saved_filters";
const TOURS: &str = "tours_done";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table(FILTERS)
                    .col(big_pk_auto("id"))
                    .col(big_integer("account_id"))
                    .col(string("list"))
                    .col(string("name"))
                    // Codes; words of a search are never kept.
                    .col(string_null("status"))
                    .col(string_null("arrangement"))
                    .col(string_null("at_desk"))
                    .col(string("shared"))
                    .col(timestamp_with_time_zone("made_at"))
                    .foreign_key(&mut reference((FILTERS, "account_id"), ("accounts", "id")))
                    .take(),
            )
            .await?;
        let mut once = index(FILTERS, &["account_id", "list", "name"]);
        manager.create_index(once.unique().take()).await?;
        manager.create_index(index(FILTERS, &["list"])).await?;
        manager
            .create_table(
                Table::create()
                    .table(TOURS)
                    .col(big_integer("account_id").primary_key())
                    .col(timestamp_with_time_zone("done_at"))
                    .foreign_key(&mut reference((TOURS, "account_id"), ("accounts", "id")))
                    .take(),
            )
            .await?;
        let alter = Table::alter()
            .table("drafts")
            .add_column(timestamp_with_time_zone_null("thrown_at"))
            .take();
        manager.alter_table(alter).await
    }
}
