//! Files that a desk hands in by its browser, from the upload until they are
//! loaded or forgotten; and which column a desk's own headers stand for.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_pk_auto, blob, boolean, string, string_null, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        uploads(manager).await?;
        files(manager).await?;
        headers(manager).await
    }
}

async fn uploads(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("uploads")
                .col(big_pk_auto("id"))
                .col(big_integer("account_id"))
                .col(big_integer("desk_id"))
                .col(string("kind"))
                .col(string("file_name"))
                .col(string("state"))
                .col(text("header"))
                // The first values of each column; emptied with the file.
                .col(text("sample"))
                .col(text_null("columns"))
                .col(boolean("keep_good"))
                .col(boolean("leave_likely"))
                // Who works on it, and since when: the word of a program that ended goes stale.
                .col(string_null("claim"))
                .col(timestamp_with_time_zone_null("claimed_at"))
                .col(text_null("outcome"))
                .col(timestamp_with_time_zone("made_at"))
                .col(timestamp_with_time_zone("changed_at"))
                .foreign_key(&mut reference(
                    ("uploads", "account_id"),
                    ("accounts", "id"),
                ))
                .foreign_key(&mut reference(("uploads", "desk_id"), ("desks", "id")))
                .take(),
        )
        .await?;
    manager
        .create_index(index("uploads", &["desk_id", "made_at"]))
        .await?;
    manager.create_index(index("uploads", &["state"])).await
}

async fn files(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("upload_files")
                .col(big_integer("upload_id").primary_key())
                .col(blob("bytes"))
                .foreign_key(&mut reference(
                    ("upload_files", "upload_id"),
                    ("uploads", "id"),
                ))
                .take(),
        )
        .await
}

async fn headers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("known_headers")
                .col(big_integer("desk_id"))
                .col(string("kind"))
                .col(string("header"))
                // Empty: a column that is not read.
                .col(string("stands_for"))
                .primary_key(Index::create().col("desk_id").col("kind").col("header"))
                .foreign_key(&mut reference(
                    ("known_headers", "desk_id"),
                    ("desks", "id"),
                ))
                .take(),
        )
        .await
}
