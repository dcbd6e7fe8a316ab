//! Rows of `accompaniments`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accompaniments")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub code: String,
    pub desk_id: i64,
    pub kind: String,
    pub opened_on: Date,
    pub closed_on: Option<Date>,
    pub version: i32,
    #[sea_orm(belongs_to, from = "desk_id", to = "id")]
    pub desk: BelongsTo<super::desk::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
