//! Workers. What only statistics may read (birth date, citizenship) stands in a
//! table of its own, which the matching never opens.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_pk_auto, blob, boolean, date, date_null, integer, integer_null, string,
        string_null, string_uniq,
    },
};

use super::{byte_by_byte, byte_by_byte_in, index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("workers")
                    .col(big_pk_auto("id"))
                    .col(string_uniq("code"))
                    .col(string("given_name"))
                    .col(string("family_name"))
                    .col(string_null("name_own_script"))
                    .col(string("folded"))
                    .col(string("sort_name"))
                    .col(string("sex"))
                    .col(string_null("phone"))
                    .col(string_null("email"))
                    .col(string("contact_language"))
                    .col(string_null("contact_by"))
                    .col(string("comune"))
                    .col(integer_null("max_km"))
                    .col(string("extra_comuni"))
                    .col(boolean("relocates"))
                    .col(string("arrangements"))
                    .col(blob("availability"))
                    .col(date_null("available_from"))
                    .col(date_null("confirmed_on"))
                    .col(string("skills"))
                    .col(string("qualifications"))
                    .col(string("languages"))
                    .col(integer_null("experience_years"))
                    .col(integer_null("min_pay_hour"))
                    .col(integer_null("min_pay_month"))
                    .col(string_null("permit_type"))
                    .col(date_null("permit_until"))
                    .col(boolean("renewal_receipt"))
                    .col(boolean("work_right_confirmed"))
                    .col(integer_null("max_hours_week"))
                    .col(string("accreditation"))
                    .col(boolean("share_without_asking"))
                    .col(string("status"))
                    .col(date_null("paused_until"))
                    .col(string_null("pause_reason"))
                    .col(date("registered_on"))
                    .col(date_null("consent_on"))
                    .col(big_integer("desk_id"))
                    .col(integer("version"))
                    .foreign_key(&mut reference(("workers", "desk_id"), ("desks", "id")))
                    .take(),
            )
            .await?;
        byte_by_byte(manager, "workers").await?;
        byte_by_byte_in(manager, "workers", "sort_name").await?;
        manager.create_index(index("workers", &["status"])).await?;
        manager
            .create_index(index("workers", &["sort_name", "code"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("worker_statistics")
                    .col(big_integer("worker_id").primary_key())
                    .col(date_null("birth_date"))
                    .col(string_null("citizenship"))
                    .foreign_key(&mut reference(
                        ("worker_statistics", "worker_id"),
                        ("workers", "id"),
                    ))
                    .take(),
            )
            .await
    }
}
