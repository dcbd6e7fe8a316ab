//! Rows of `mailings`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mailings")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub family_id: Option<i64>,
    pub worker_id: Option<i64>,
    pub opened_on: Date,
    pub closes_on: Date,
    pub link_until: Date,
    pub by_mail: bool,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<Option<super::family::Entity>>,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<Option<super::worker::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
