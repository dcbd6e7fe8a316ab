//! Rows of `weight_rows`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "weight_rows")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub valid_from: Date,
    pub coverage: i32,
    pub preferred_skills: i32,
    pub distance: i32,
    pub italian: i32,
    pub experience: i32,
    pub freshness: i32,
    pub account_id: Option<i64>,
    pub at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<Option<super::account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
