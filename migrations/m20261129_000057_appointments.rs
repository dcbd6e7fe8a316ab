//! Appointments at a desk: the hours in which it gives them, as dated rows, the days on which
//! it is closed, and who comes when. Each half-hour of a desk is a row of its own, so that
//! nobody can have it twice, however long an appointment lasts.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, date, integer, string,
        timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

const HOURS: &str = "desk_hours";
const CLOSURES: &str = "desk_closures";
const APPOINTMENTS: &str = "appointments";
const SLOTS: &str = "appointment_slots";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        hours(manager).await?;
        appointments(manager).await?;
        slots(manager).await
    }
}

async fn hours(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(HOURS)
                .col(big_pk_auto("id"))
                .col(big_integer("desk_id"))
                .col(date("valid_from"))
                // As the formats write a week.
                .col(string("week"))
                .col(integer("minutes"))
                .col(big_integer("account_id"))
                .col(timestamp_with_time_zone("at"))
                .foreign_key(&mut reference((HOURS, "desk_id"), ("desks", "id")))
                .foreign_key(&mut reference((HOURS, "account_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table(CLOSURES)
                .col(big_pk_auto("id"))
                .col(big_integer("desk_id"))
                .col(date("day"))
                .col(big_integer("account_id"))
                .col(timestamp_with_time_zone("at"))
                .foreign_key(&mut reference((CLOSURES, "desk_id"), ("desks", "id")))
                .foreign_key(&mut reference((CLOSURES, "account_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    let mut once = index(CLOSURES, &["desk_id", "day"]);
    manager.create_index(once.unique().take()).await
}

async fn appointments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(APPOINTMENTS)
                .col(big_pk_auto("id"))
                .col(big_integer("desk_id"))
                .col(date("day"))
                // Half-hours from midnight.
                .col(integer("half"))
                .col(integer("minutes"))
                .col(string("purpose"))
                .col(string("state"))
                .col(big_integer_null("worker_id"))
                .col(big_integer_null("family_id"))
                // Of somebody who has no record yet.
                .col(big_integer_null("public_request_id"))
                .col(timestamp_with_time_zone("made_at"))
                // None where they chose it by themselves.
                .col(big_integer_null("made_by_id"))
                .col(timestamp_with_time_zone_null("cancelled_at"))
                .col(timestamp_with_time_zone_null("reminded_at"))
                .foreign_key(&mut reference((APPOINTMENTS, "desk_id"), ("desks", "id")))
                .foreign_key(&mut reference(
                    (APPOINTMENTS, "worker_id"),
                    ("workers", "id"),
                ))
                .foreign_key(&mut reference(
                    (APPOINTMENTS, "family_id"),
                    ("families", "id"),
                ))
                .foreign_key(&mut reference(
                    (APPOINTMENTS, "public_request_id"),
                    ("public_requests", "id"),
                ))
                .foreign_key(&mut reference(
                    (APPOINTMENTS, "made_by_id"),
                    ("accounts", "id"),
                ))
                .take(),
        )
        .await?;
    for columns in [
        &["desk_id", "day"][..],
        &["day", "state"],
        &["worker_id"],
        &["family_id"],
        &["public_request_id"],
    ] {
        manager.create_index(index(APPOINTMENTS, columns)).await?;
    }
    Ok(())
}

async fn slots(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(SLOTS)
                .col(big_pk_auto("id"))
                .col(big_integer("appointment_id"))
                .col(big_integer("desk_id"))
                .col(date("day"))
                .col(integer("half"))
                .foreign_key(&mut reference(
                    (SLOTS, "appointment_id"),
                    (APPOINTMENTS, "id"),
                ))
                .foreign_key(&mut reference((SLOTS, "desk_id"), ("desks", "id")))
                .take(),
        )
        .await?;
    let mut once = index(SLOTS, &["desk_id", "day", "half"]);
    manager.create_index(once.unique().take()).await?;
    manager
        .create_index(index(SLOTS, &["appointment_id"]))
        .await
}
