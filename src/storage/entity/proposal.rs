//! Rows of `proposals`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposals")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub request_id: i64,
    pub worker_id: i64,
    pub state: String,
    pub proposed_on: Date,
    pub proposed_by_id: i64,
    pub skipped_reason: Option<String>,
    pub answered_on: Option<Date>,
    pub via: Option<String>,
    pub decline_reason: Option<String>,
    pub version: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub told: Option<String>,
    pub cancelled: Option<String>,
    pub phone_for: Option<String>,
    pub reviewed_on: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub part: Option<String>,
    pub expires_on: Option<Date>,
    #[sea_orm(belongs_to, from = "request_id", to = "id")]
    pub request: BelongsTo<super::request::Entity>,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<super::worker::Entity>,
    #[sea_orm(belongs_to, from = "proposed_by_id", to = "id")]
    pub proposed_by: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
