//! Rows of `sheet_links`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sheet_links")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub sheet_id: i64,
    #[sea_orm(unique)]
    pub token_hash: String,
    pub code_hash: String,
    pub tries: i32,
    pub made_at: DateTimeUtc,
    pub made_by_id: i64,
    pub send_at: DateTimeUtc,
    pub ends_on: Date,
    pub locked_at: Option<DateTimeUtc>,
    pub cancelled_at: Option<DateTimeUtc>,
    pub open_hash: Option<String>,
    pub open_until: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "sheet_id", to = "id")]
    pub sheet: BelongsTo<super::sheet::Entity>,
    #[sea_orm(belongs_to, from = "made_by_id", to = "id")]
    pub made_by: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
