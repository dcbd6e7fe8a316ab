//! Rows of `appointments`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appointments")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub desk_id: i64,
    pub day: Date,
    pub half: i32,
    pub minutes: i32,
    pub purpose: String,
    pub state: String,
    pub worker_id: Option<i64>,
    pub family_id: Option<i64>,
    pub public_request_id: Option<i64>,
    pub made_at: DateTimeUtc,
    pub made_by_id: Option<i64>,
    pub cancelled_at: Option<DateTimeUtc>,
    pub reminded_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "desk_id", to = "id")]
    pub desk: BelongsTo<super::desk::Entity>,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<Option<super::worker::Entity>>,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<Option<super::family::Entity>>,
    #[sea_orm(belongs_to, from = "public_request_id", to = "id")]
    pub public_request: BelongsTo<Option<super::public_request::Entity>>,
    #[sea_orm(belongs_to, from = "made_by_id", to = "id")]
    pub account: BelongsTo<Option<super::account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
