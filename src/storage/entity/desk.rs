//! Rows of `desks`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "desks")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub code: String,
    pub name: String,
    #[sea_orm(unique)]
    pub sheet_prefix: String,
    pub comune: String,
    pub address: Option<String>,
    pub phone: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
