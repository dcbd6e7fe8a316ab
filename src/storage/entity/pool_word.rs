//! Rows of `pool_words`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pool_words")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub worker_id: i64,
    pub kind: String,
    pub about: Date,
    pub made_on: Date,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<super::worker::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
