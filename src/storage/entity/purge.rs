//! Rows of `purges`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "purges")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique_key = "once")]
    pub day: Date,
    #[sea_orm(unique_key = "once")]
    pub category: String,
    pub dropped: i64,
}

impl ActiveModelBehavior for ActiveModel {}
