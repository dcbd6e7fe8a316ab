//! Rows of `vocabulary_labels`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "vocabulary_labels")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub label: String,
    pub term: String,
}

impl ActiveModelBehavior for ActiveModel {}
