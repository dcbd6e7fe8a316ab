//! Who opened what: entries as requests append them, the segments in which they
//! are sealed, and what the digests in these stand for, kept apart.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, date_time, integer, string, string_null, text_null, timestamp_with_time_zone,
    },
};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("reads")
                    .col(string("instance"))
                    .col(big_integer("running"))
                    .col(timestamp_with_time_zone("at"))
                    .col(big_integer("account_id"))
                    .col(string_null("desk"))
                    .col(string("what"))
                    .col(string_null("record"))
                    .col(string_null("list"))
                    .primary_key(Index::create().col("instance").col("running"))
                    .take(),
            )
            .await?;
        manager.create_index(index("reads", &["at"])).await?;
        manager
            .create_table(
                Table::create()
                    .table("read_segments")
                    .col(string("instance"))
                    .col(big_integer("number"))
                    .col(date_time("minute"))
                    .col(integer("count"))
                    .col(text_null("entries"))
                    .col(string("digest"))
                    .col(string("before"))
                    .col(string("seal"))
                    .primary_key(Index::create().col("instance").col("number"))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("read_segments", &["minute"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("read_names")
                    .col(string("digest").primary_key())
                    .col(string("name"))
                    .take(),
            )
            .await
    }
}
