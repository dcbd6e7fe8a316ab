//! What was said of introductions, and beside it the tally of the answers to the
//! INPS question that nobody may keep by name: by year and desk, nothing else.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_pk_auto, boolean, boolean_null, date, date_null, integer, integer_null,
        string, string_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("answers")
                    .col(big_pk_auto("id"))
                    .col(big_integer("introduction_id"))
                    .col(string("side"))
                    .col(string("wave"))
                    .col(date("answered_on"))
                    .col(string_null("via"))
                    .col(boolean_null("talked"))
                    .col(boolean_null("met"))
                    .col(string_null("result"))
                    .col(string_null("reason"))
                    .col(string_null("document"))
                    .col(date_null("started_on"))
                    .col(boolean_null("live_in"))
                    .col(integer_null("hours_week"))
                    .col(string_null("ccnl_level"))
                    // False where it was denied, not answered or not asked alike.
                    .col(boolean("notified_yes"))
                    .col(boolean_null("fits"))
                    .col(boolean_null("still_working"))
                    .col(date_null("ended_on"))
                    .col(string_null("end_reason"))
                    .col(string_null("without_desk"))
                    .foreign_key(&mut reference(
                        ("answers", "introduction_id"),
                        ("introductions", "id"),
                    ))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("answers", &["introduction_id"]))
            .await?;
        manager
            .create_index(index("answers", &["answered_on"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("answer_tallies")
                    .col(integer("year"))
                    .col(big_integer("desk_id"))
                    .col(string("value"))
                    .col(big_integer("count"))
                    .primary_key(Index::create().col("year").col("desk_id").col("value"))
                    .foreign_key(&mut reference(
                        ("answer_tallies", "desk_id"),
                        ("desks", "id"),
                    ))
                    .take(),
            )
            .await
    }
}
