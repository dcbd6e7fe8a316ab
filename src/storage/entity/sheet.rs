//! Rows of `sheets`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sheets")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub number: String,
    #[sea_orm(unique)]
    pub verification_code: String,
    pub request_id: i64,
    pub desk_id: i64,
    pub issued_by_id: i64,
    pub issued_on: Date,
    pub valid_until: Date,
    pub language: String,
    pub weights: String,
    #[sea_orm(column_type = "Text")]
    pub explanation: String,
    pub sha256: String,
    pub revoked_at: Option<DateTimeUtc>,
    pub revoke_reason: Option<String>,
    pub version: i32,
    #[sea_orm(belongs_to, from = "request_id", to = "id")]
    pub request: BelongsTo<super::request::Entity>,
    #[sea_orm(belongs_to, from = "desk_id", to = "id")]
    pub desk: BelongsTo<super::desk::Entity>,
    #[sea_orm(belongs_to, from = "issued_by_id", to = "id")]
    pub issued_by: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
