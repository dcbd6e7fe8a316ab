//! Rows of `link_codes`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "link_codes")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub worker_id: Option<i64>,
    pub family_id: Option<i64>,
    pub code_hash: String,
    pub tries: i32,
    pub made_at: DateTimeUtc,
    pub made_by_id: i64,
    pub ends_at: DateTimeUtc,
    pub locked_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<Option<super::worker::Entity>>,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<Option<super::family::Entity>>,
    #[sea_orm(belongs_to, from = "made_by_id", to = "id")]
    pub made_by: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
