//! Rows of `address_marks`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "address_marks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub address_hash: String,
    pub at: DateTimeUtc,
    pub why: String,
}

impl ActiveModelBehavior for ActiveModel {}
