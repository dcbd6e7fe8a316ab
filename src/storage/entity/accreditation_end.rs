//! Rows of `accreditation_ends`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accreditation_ends")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub worker_id: i64,
    pub ends_on: Date,
    pub set_at: DateTimeUtc,
    pub set_by_id: i64,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<super::worker::Entity>,
    #[sea_orm(belongs_to, from = "set_by_id", to = "id")]
    pub set_by: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
