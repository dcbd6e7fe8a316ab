//! Rows of `pool_changes`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pool_changes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub worker: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub request: String,
}

impl ActiveModelBehavior for ActiveModel {}
