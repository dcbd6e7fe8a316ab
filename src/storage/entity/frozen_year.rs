//! Rows of `frozen_years`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "frozen_years")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i32,
    pub frozen_at: DateTimeUtc,
    pub frozen_by: i64,
    pub program_version: String,
    #[sea_orm(column_type = "Text")]
    pub definitions: String,
    #[sea_orm(column_type = "Text")]
    pub whole: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub published: Option<String>,
    pub sha256: String,
    #[sea_orm(column_type = "Blob")]
    pub pdf: Vec<u8>,
    #[sea_orm(belongs_to, from = "frozen_by", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
