//! Rows of `read_segments`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "read_segments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub instance: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub minute: DateTime,
    pub count: i32,
    #[sea_orm(column_type = "Text", nullable)]
    pub entries: Option<String>,
    pub digest: String,
    pub before: String,
    pub seal: String,
}

impl ActiveModelBehavior for ActiveModel {}
