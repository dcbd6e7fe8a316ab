//! Rows of `desk_hours`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "desk_hours")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub desk_id: i64,
    pub valid_from: Date,
    pub week: String,
    pub minutes: i32,
    pub account_id: i64,
    pub at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "desk_id", to = "id")]
    pub desk: BelongsTo<super::desk::Entity>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
