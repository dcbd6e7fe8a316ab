//! Rows of `public_requests`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "public_requests")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub number: String,
    #[sea_orm(unique)]
    pub form_hash: String,
    #[sea_orm(unique)]
    pub token_hash: Option<String>,
    pub kind: String,
    pub state: String,
    pub desk_id: i64,
    pub filed_at: DateTimeUtc,
    pub name: String,
    pub folded: String,
    pub comune: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub by_phone: bool,
    pub language: String,
    pub notice_version: String,
    pub notice_at: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub answers: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub words: Option<String>,
    pub confirmed_at: Option<DateTimeUtc>,
    pub decided_at: Option<DateTimeUtc>,
    pub reason: Option<String>,
    pub request_id: Option<i64>,
    pub version: i32,
    pub worker_id: Option<i64>,
    pub draft: Option<String>,
    #[sea_orm(belongs_to, from = "desk_id", to = "id")]
    pub desk: BelongsTo<super::desk::Entity>,
    #[sea_orm(belongs_to, from = "request_id", to = "id")]
    pub request: BelongsTo<Option<super::request::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
