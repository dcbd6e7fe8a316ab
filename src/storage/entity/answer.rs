//! Rows of `answers`, nothing else. `id` is the order of arrival.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answers")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub introduction_id: i64,
    pub side: String,
    pub wave: String,
    pub answered_on: Date,
    pub via: Option<String>,
    pub talked: Option<bool>,
    pub met: Option<bool>,
    pub result: Option<String>,
    pub reason: Option<String>,
    pub document: Option<String>,
    pub started_on: Option<Date>,
    pub live_in: Option<bool>,
    pub hours_week: Option<i32>,
    pub ccnl_level: Option<String>,
    pub notified_yes: bool,
    pub fits: Option<bool>,
    pub still_working: Option<bool>,
    pub ended_on: Option<Date>,
    pub end_reason: Option<String>,
    pub without_desk: Option<String>,
    #[sea_orm(belongs_to, from = "introduction_id", to = "id")]
    pub introduction: BelongsTo<super::introduction::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
