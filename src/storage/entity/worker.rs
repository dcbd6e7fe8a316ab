//! Rows of `workers`, nothing else.

#![allow(clippy::struct_excessive_bools, reason = "the columns of the table")]

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "workers")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub code: String,
    pub given_name: String,
    pub family_name: String,
    pub name_own_script: Option<String>,
    pub folded: String,
    pub sort_name: String,
    pub sex: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub contact_language: String,
    pub contact_by: Option<String>,
    pub comune: String,
    pub max_km: Option<i32>,
    pub extra_comuni: String,
    pub relocates: bool,
    pub arrangements: String,
    #[sea_orm(column_type = "Blob")]
    pub availability: Vec<u8>,
    pub available_from: Option<Date>,
    pub confirmed_on: Option<Date>,
    pub skills: String,
    pub qualifications: String,
    pub languages: String,
    pub experience_years: Option<i32>,
    pub min_pay_hour: Option<i32>,
    pub min_pay_month: Option<i32>,
    pub permit_type: Option<String>,
    pub permit_until: Option<Date>,
    pub renewal_receipt: bool,
    pub work_right_confirmed: bool,
    pub max_hours_week: Option<i32>,
    pub accreditation: String,
    pub share_without_asking: bool,
    pub status: String,
    pub paused_until: Option<Date>,
    pub pause_reason: Option<String>,
    pub registered_on: Date,
    pub consent_on: Option<Date>,
    pub desk_id: i64,
    pub version: i32,
    pub sound: String,
    #[sea_orm(belongs_to, from = "desk_id", to = "id")]
    pub desk: BelongsTo<super::desk::Entity>,
    #[sea_orm(has_one)]
    pub statistic: HasOne<super::worker_statistic::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
