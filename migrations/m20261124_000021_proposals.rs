//! Asking workers: what they were told, links that let them answer, the mails
//! that carry these, and where a worker's sheet must not go.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, date, date_null, string, string_null, text_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            text_null("told"),
            string_null("cancelled"),
            string_null("phone_for"),
            date_null("reviewed_on"),
        ] {
            manager
                .alter_table(Table::alter().table("proposals").add_column(column).take())
                .await?;
        }
        manager
            .create_index(index("proposals", &["state", "proposed_on"]))
            .await?;
        manager
            .create_index(index("proposals", &["phone_for"]))
            .await?;
        carriers(manager).await?;
        diffusion_limits(manager).await
    }
}

/// What leads to a proposal: links, and mails.
async fn carriers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (table, key) in [
        ("proposal_links", "token_hash"),
        ("proposal_mails", "message_id"),
    ] {
        manager
            .create_table(
                Table::create()
                    .table(table)
                    .col(string(key).primary_key())
                    .col(big_integer("proposal_id"))
                    .foreign_key(&mut reference((table, "proposal_id"), ("proposals", "id")))
                    .take(),
            )
            .await?;
        manager.create_index(index(table, &["proposal_id"])).await?;
    }
    Ok(())
}

async fn diffusion_limits(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "diffusion_limits";
    manager
        .create_table(
            Table::create()
                .table(TABLE)
                .col(big_pk_auto("id"))
                .col(big_integer("worker_id"))
                .col(string("named"))
                .col(big_integer_null("family_id"))
                .col(string_null("comune"))
                .col(big_integer_null("partner_id"))
                .col(string("ground"))
                .col(date("since"))
                .col(big_integer_null("account_id"))
                .col(big_integer_null("proposal_id"))
                .foreign_key(&mut reference((TABLE, "worker_id"), ("workers", "id")))
                .foreign_key(&mut reference((TABLE, "family_id"), ("families", "id")))
                .foreign_key(&mut reference((TABLE, "partner_id"), ("partners", "id")))
                .foreign_key(&mut reference((TABLE, "account_id"), ("accounts", "id")))
                .foreign_key(&mut reference((TABLE, "proposal_id"), ("proposals", "id")))
                .take(),
        )
        .await?;
    // A worker names each once.
    let mut once = index(TABLE, &["worker_id", "named"]);
    manager.create_index(once.unique().take()).await?;
    for named in ["family_id", "comune", "partner_id"] {
        manager.create_index(index(TABLE, &[named])).await?;
    }
    manager.create_index(index(TABLE, &["proposal_id"])).await
}
