//! Rows of `reads`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reads")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub instance: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub running: i64,
    pub at: DateTimeUtc,
    pub account_id: i64,
    pub desk: Option<String>,
    pub what: String,
    pub record: Option<String>,
    pub list: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
