//! Rows of `worker_names`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "worker_names")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub worker_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
    pub sound: String,
    #[sea_orm(
        belongs_to,
        from = "worker_id",
        to = "id",
        on_update = "Cascade",
        on_delete = "Cascade"
    )]
    pub worker: BelongsTo<super::worker::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
