//! Rows of `first_looks`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "first_looks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub request_id: i64,
    pub looked_on: Date,
    pub pool: i32,
    pub fits: i32,
    #[sea_orm(column_type = "Text")]
    pub limits: String,
    #[sea_orm(belongs_to, from = "request_id", to = "id")]
    pub request: BelongsTo<super::request::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
