//! Rows of `public_request_events`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "public_request_events")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub public_request_id: i64,
    pub at: DateTimeUtc,
    pub account_id: Option<i64>,
    pub action: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub words: Option<String>,
    #[sea_orm(belongs_to, from = "public_request_id", to = "id")]
    pub public_request: BelongsTo<super::public_request::Entity>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<Option<super::account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
