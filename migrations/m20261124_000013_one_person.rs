//! Records that turned out to be one person's and were made one, pairs that are
//! two people whatever they look like, and people whom the desks propose to
//! nobody for a while. Indexes by which the likely pairs and the rows that still
//! lack their sound are found, and all that one act did.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, date, integer, string, text, text_null,
        timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        merges(manager).await?;
        different(manager).await?;
        blocks(manager).await?;
        for table in ["workers", "families"] {
            // A part of a name is looked for in the list's own order, in the index
            // alone: no sorting, and no look at the wide rows of who does not match.
            let known = format!("ix_{table}_sort_name_code");
            manager
                .drop_index(Index::drop().name(known).table(table).to_owned())
                .await?;
            manager
                .create_index(index(table, &["sort_name", "code", "folded"]))
                .await?;
        }
        manager
            .create_index(index("record_changes", &["account_id", "at"]))
            .await?;
        for table in ["workers", "families"] {
            for column in ["phone", "email", "sound"] {
                manager.create_index(index(table, &[column])).await?;
            }
        }
        Ok(())
    }
}

async fn merges(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("merges")
                .col(big_pk_auto("id"))
                .col(string("kind"))
                // The code that went, the one it went into, and where that stands
                // by now: a kept record may go into another one in its turn.
                .col(string("gone"))
                .col(string("kept"))
                .col(string("leads_to"))
                // What is needed to undo it; empty once that can't be done any more.
                .col(text_null("before"))
                .col(timestamp_with_time_zone("merged_at"))
                .col(big_integer("merged_by"))
                .col(timestamp_with_time_zone_null("undone_at"))
                .col(big_integer_null("undone_by"))
                .foreign_key(&mut reference(("merges", "merged_by"), ("accounts", "id")))
                .take(),
        )
        .await?;
    manager
        .create_index(index("merges", &["kind", "gone"]))
        .await?;
    manager
        .create_index(index("merges", &["kind", "leads_to"]))
        .await?;
    manager.create_index(index("merges", &["merged_at"])).await
}

async fn different(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("different_people")
                .col(string("kind"))
                .col(string("one"))
                .col(string("other"))
                .col(timestamp_with_time_zone("said_at"))
                .col(big_integer("account_id"))
                .primary_key(Index::create().col("kind").col("one").col("other"))
                .foreign_key(&mut reference(
                    ("different_people", "account_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await
}

async fn blocks(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("blocks")
                .col(big_pk_auto("id"))
                .col(string("kind"))
                .col(string("record"))
                .col(string("reason"))
                .col(text("words"))
                .col(date("review_on"))
                .col(big_integer("proposed_by"))
                .col(timestamp_with_time_zone("proposed_at"))
                .col(big_integer_null("confirmed_by"))
                .col(timestamp_with_time_zone_null("confirmed_at"))
                .col(big_integer_null("lift_asked_by"))
                .col(timestamp_with_time_zone_null("lift_asked_at"))
                .col(text_null("lift_words"))
                // A proposal that a second person did not confirm ends here too.
                .col(big_integer_null("ended_by"))
                .col(timestamp_with_time_zone_null("ended_at"))
                .col(integer("version"))
                .foreign_key(&mut reference(
                    ("blocks", "proposed_by"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("blocks", &["kind", "record"]))
        .await?;
    manager
        .create_index(index("blocks", &["ended_at", "review_on"]))
        .await
}
