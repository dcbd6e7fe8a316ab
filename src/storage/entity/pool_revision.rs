//! Rows of `pool_revisions`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pool_revisions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub batch: i64,
    #[sea_orm(unique)]
    pub revision: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
