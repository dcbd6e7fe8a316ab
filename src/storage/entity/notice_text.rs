//! Rows of `notice_texts`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_texts")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique_key = "one_a_language")]
    pub version_id: i64,
    #[sea_orm(unique_key = "one_a_language")]
    pub language: String,
    #[sea_orm(column_type = "Text")]
    pub words: String,
    pub is_reviewed: bool,
    #[sea_orm(belongs_to, from = "version_id", to = "id")]
    pub version: BelongsTo<super::notice_version::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
