//! Families and their requests.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, blob, boolean, boolean_null, date, date_null,
        integer, integer_null, string, string_null, string_uniq,
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
                    .table("families")
                    .col(big_pk_auto("id"))
                    .col(string_uniq("code"))
                    .col(string("given_name"))
                    .col(string("family_name"))
                    .col(string("folded"))
                    .col(string("sort_name"))
                    .col(string_null("relation"))
                    .col(string_null("phone"))
                    .col(string_null("email"))
                    .col(string("contact_language"))
                    .col(string_null("contact_by"))
                    .col(string("comune"))
                    .col(string_null("address"))
                    .col(big_integer_null("referred_by_id"))
                    .col(date_null("consent_on"))
                    .col(big_integer("desk_id"))
                    .col(integer("version"))
                    .foreign_key(&mut reference(("families", "desk_id"), ("desks", "id")))
                    .foreign_key(&mut reference(
                        ("families", "referred_by_id"),
                        ("partners", "id"),
                    ))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("families", &["sort_name", "code"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("requests")
                    .col(big_pk_auto("id"))
                    .col(string_uniq("code"))
                    .col(big_integer("family_id"))
                    .col(string("comune"))
                    .col(string("arrangement"))
                    .col(blob("schedule"))
                    .col(integer("live_in_hours"))
                    .col(string_null("covers"))
                    .col(integer("min_coverage_permille"))
                    .col(date("start_date"))
                    .col(date_null("end_date"))
                    .col(date_null("needed_by"))
                    .col(string("required_skills"))
                    .col(string("preferred_skills"))
                    .col(string("required_qualifications"))
                    .col(string("required_languages"))
                    .col(integer_null("max_pay_hour"))
                    .col(integer_null("max_pay_month"))
                    .col(string_null("ccnl_level"))
                    .col(boolean("public_contribution"))
                    .col(boolean_null("self_sufficient"))
                    .col(string_null("worker_sex"))
                    .col(string_null("worker_sex_ground"))
                    .col(string("status"))
                    .col(date_null("paused_until"))
                    .col(string_null("pause_reason"))
                    .col(string_null("close_reason"))
                    .col(date("opened_on"))
                    .col(string_null("excluded"))
                    .col(date_null("excluded_on"))
                    .col(integer("version"))
                    .foreign_key(&mut reference(
                        ("requests", "family_id"),
                        ("families", "id"),
                    ))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("requests", &["family_id"]))
            .await?;
        byte_by_byte(manager, "families").await?;
        byte_by_byte_in(manager, "families", "sort_name").await?;
        byte_by_byte(manager, "requests").await?;
        manager
            .create_index(index("requests", &["status", "opened_on"]))
            .await
    }
}
