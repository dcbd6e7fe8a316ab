//! Rows of `sheet_tasks`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sheet_tasks")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique_key = "sheet_kind")]
    pub sheet_id: i64,
    #[sea_orm(unique_key = "sheet_kind")]
    pub kind: String,
    pub made_on: Date,
    pub done_at: Option<DateTimeUtc>,
    pub done_by_id: Option<i64>,
    #[sea_orm(belongs_to, from = "sheet_id", to = "id")]
    pub sheet: BelongsTo<super::sheet::Entity>,
    #[sea_orm(belongs_to, from = "done_by_id", to = "id")]
    pub done_by: BelongsTo<Option<super::account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
