//! The follow-up: mail that waits to be sent, who is asked about which
//! introduction, by which link, what tries by telephone came to, and who does
//! not want to be asked.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, boolean, date, date_null, integer, string,
        string_null, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        asked(manager).await?;
        links(manager).await?;
        telephone(manager).await?;
        mail(manager).await
    }
}

async fn asked(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_index(index("introductions", &["issued_on"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("mailings")
                .col(big_pk_auto("id"))
                .col(big_integer_null("family_id"))
                .col(big_integer_null("worker_id"))
                .col(date("opened_on"))
                .col(date("closes_on"))
                .col(date("link_until"))
                // False where only the telephone is left.
                .col(boolean("by_mail"))
                .foreign_key(&mut reference(
                    ("mailings", "family_id"),
                    ("families", "id"),
                ))
                .foreign_key(&mut reference(("mailings", "worker_id"), ("workers", "id")))
                .take(),
        )
        .await?;
    for columns in [
        ["family_id", "opened_on"],
        ["worker_id", "opened_on"],
        ["opened_on", "id"],
    ] {
        manager.create_index(index("mailings", &columns)).await?;
    }
    manager
        .create_table(
            Table::create()
                .table("invitations")
                .col(big_pk_auto("id"))
                .col(big_integer("introduction_id"))
                .col(string("side"))
                .col(string("wave"))
                .col(big_integer("mailing_id"))
                .col(date("opens_on"))
                .col(date("closes_on"))
                .col(date_null("phone_from"))
                .col(string_null("disposition"))
                .col(date_null("settled_on"))
                .col(integer("tries"))
                .col(timestamp_with_time_zone_null("last_try_at"))
                .foreign_key(&mut reference(
                    ("invitations", "introduction_id"),
                    ("introductions", "id"),
                ))
                .foreign_key(&mut reference(
                    ("invitations", "mailing_id"),
                    ("mailings", "id"),
                ))
                .take(),
        )
        .await?;
    let mut once = index("invitations", &["introduction_id", "side", "wave"]);
    manager.create_index(once.unique().take()).await?;
    manager
        .create_index(index("invitations", &["mailing_id"]))
        .await?;
    manager
        .create_index(index("invitations", &["disposition", "closes_on"]))
        .await
}

async fn links(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("survey_links")
                .col(string("token_hash").primary_key())
                .col(big_integer("mailing_id"))
                .foreign_key(&mut reference(
                    ("survey_links", "mailing_id"),
                    ("mailings", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("survey_stops")
                .col(big_pk_auto("id"))
                .col(big_integer_null("family_id").unique_key())
                .col(big_integer_null("worker_id").unique_key())
                .col(timestamp_with_time_zone("at"))
                .foreign_key(&mut reference(
                    ("survey_stops", "family_id"),
                    ("families", "id"),
                ))
                .foreign_key(&mut reference(
                    ("survey_stops", "worker_id"),
                    ("workers", "id"),
                ))
                .take(),
        )
        .await?;
    // Forms that were sent, so that a replay counts nothing twice. Nothing here leads
    // to who sent them.
    manager
        .create_table(
            Table::create()
                .table("spent_forms")
                .col(string("form_hash").primary_key())
                .col(date("spent_on"))
                .take(),
        )
        .await?;
    manager
        .create_index(index("spent_forms", &["spent_on"]))
        .await
}

async fn telephone(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("phone_tries")
                .col(big_pk_auto("id"))
                .col(big_integer("invitation_id"))
                .col(timestamp_with_time_zone("at"))
                .col(big_integer("account_id"))
                .col(string("disposition"))
                .foreign_key(&mut reference(
                    ("phone_tries", "invitation_id"),
                    ("invitations", "id"),
                ))
                .foreign_key(&mut reference(
                    ("phone_tries", "account_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("phone_tries", &["invitation_id"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("answer_notes")
                .col(big_pk_auto("id"))
                .col(big_integer("introduction_id"))
                .col(string("side"))
                .col(string("wave"))
                .col(date("written_on"))
                .col(big_integer_null("account_id"))
                .col(text("note"))
                .foreign_key(&mut reference(
                    ("answer_notes", "introduction_id"),
                    ("introductions", "id"),
                ))
                .foreign_key(&mut reference(
                    ("answer_notes", "account_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    manager
        .create_index(index("answer_notes", &["introduction_id"]))
        .await
}

async fn mail(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("outbox")
                .col(big_pk_auto("id"))
                .col(string("kind"))
                .col(string("dedup_key").unique_key())
                .col(string("message_id").unique_key())
                .col(big_integer_null("mailing_id"))
                .col(string_null("recipient"))
                .col(string_null("token"))
                .col(string("state"))
                .col(timestamp_with_time_zone("queued_at"))
                .col(timestamp_with_time_zone("send_at"))
                .col(integer("attempts"))
                .col(timestamp_with_time_zone_null("first_try_at"))
                .col(timestamp_with_time_zone_null("leased_until"))
                .col(timestamp_with_time_zone_null("finished_at"))
                .col(string_null("trouble"))
                .col(string_null("subject"))
                .col(text_null("plain"))
                .col(text_null("html"))
                .foreign_key(&mut reference(("outbox", "mailing_id"), ("mailings", "id")))
                .take(),
        )
        .await?;
    for columns in [["state", "send_at"], ["state", "finished_at"]] {
        manager.create_index(index("outbox", &columns)).await?;
    }
    manager
        .create_index(index("outbox", &["mailing_id"]))
        .await?;
    manager
        .create_table(
            Table::create()
                .table("address_marks")
                .col(string("address_hash").primary_key())
                .col(timestamp_with_time_zone("at"))
                .col(string("why"))
                .take(),
        )
        .await
}
