//! How a request stood when it was first matched: how many there were, what kept
//! them out, and whom it fitted.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, date, integer, text},
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
                    .table("first_looks")
                    .col(big_integer("request_id").primary_key())
                    .col(date("looked_on"))
                    .col(integer("pool"))
                    .col(integer("fits"))
                    // By criterion: how many it alone kept out.
                    .col(text("limits"))
                    .foreign_key(&mut reference(
                        ("first_looks", "request_id"),
                        ("requests", "id"),
                    ))
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("first_fits")
                    .col(big_integer("request_id"))
                    .col(big_integer("worker_id"))
                    .primary_key(Index::create().col("request_id").col("worker_id"))
                    .foreign_key(&mut reference(
                        ("first_fits", "request_id"),
                        ("requests", "id"),
                    ))
                    .foreign_key(&mut reference(
                        ("first_fits", "worker_id"),
                        ("workers", "id"),
                    ))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("first_fits", &["worker_id"]))
            .await?;
        manager
            .create_index(index("requests", &["opened_on"]))
            .await
    }
}
