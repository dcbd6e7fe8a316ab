//! Rows of `private_links`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "private_links")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub worker_id: Option<i64>,
    pub family_id: Option<i64>,
    #[sea_orm(unique)]
    pub public_id: String,
    #[sea_orm(unique)]
    pub token_hash: String,
    pub how: String,
    pub made_at: DateTimeUtc,
    pub made_by_id: Option<i64>,
    pub ends_on: Date,
    pub ended_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<Option<super::worker::Entity>>,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<Option<super::family::Entity>>,
    #[sea_orm(belongs_to, from = "made_by_id", to = "id")]
    pub made_by: BelongsTo<Option<super::account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
