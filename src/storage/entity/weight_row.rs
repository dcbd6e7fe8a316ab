//! Rows of `weight_rows`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "weight_rows")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: Date,
    pub coverage: i32,
    pub preferred_skills: i32,
    pub distance: i32,
    pub italian: i32,
    pub experience: i32,
    pub freshness: i32,
}

impl ActiveModelBehavior for ActiveModel {}
