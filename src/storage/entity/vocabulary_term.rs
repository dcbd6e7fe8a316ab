//! Rows of `vocabulary_terms`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vocabulary_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub label_it: String,
    pub label_en: String,
    pub position: i32,
    pub retired_on: Option<Date>,
    pub merged_into: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
