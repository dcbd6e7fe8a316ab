//! Rows of `requests`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "requests")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub code: String,
    pub family_id: i64,
    pub comune: String,
    pub arrangement: String,
    #[sea_orm(column_type = "Blob")]
    pub schedule: Vec<u8>,
    pub live_in_hours: i32,
    pub covers: Option<String>,
    pub min_coverage_permille: i32,
    pub start_date: Date,
    pub end_date: Option<Date>,
    pub needed_by: Option<Date>,
    pub required_skills: String,
    pub preferred_skills: String,
    pub required_qualifications: String,
    pub required_languages: String,
    pub max_pay_hour: Option<i32>,
    pub max_pay_month: Option<i32>,
    pub ccnl_level: Option<String>,
    pub public_contribution: bool,
    pub self_sufficient: Option<bool>,
    pub worker_sex: Option<String>,
    pub worker_sex_ground: Option<String>,
    pub status: String,
    pub paused_until: Option<Date>,
    pub pause_reason: Option<String>,
    pub close_reason: Option<String>,
    pub opened_on: Date,
    pub excluded: Option<String>,
    pub excluded_on: Option<Date>,
    pub version: i32,
    pub in_charge_id: Option<i64>,
    pub worker_sex_asked_by: Option<i64>,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<super::family::Entity>,
    #[sea_orm(has_one)]
    pub referral: HasOne<super::referral::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
