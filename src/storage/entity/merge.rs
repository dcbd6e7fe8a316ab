//! Rows of `merges`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "merges")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kind: String,
    pub gone: String,
    pub kept: String,
    pub leads_to: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub before: Option<String>,
    pub merged_at: DateTimeUtc,
    pub merged_by: i64,
    pub undone_at: Option<DateTimeUtc>,
    pub undone_by: Option<i64>,
    #[sea_orm(belongs_to, from = "merged_by", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
