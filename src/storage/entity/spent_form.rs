//! Rows of `spent_forms`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "spent_forms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub form_hash: String,
    pub spent_on: Date,
}

impl ActiveModelBehavior for ActiveModel {}
