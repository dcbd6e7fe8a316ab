//! Rows of `person_mails`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_mails")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub worker_id: Option<i64>,
    pub family_id: Option<i64>,
    #[sea_orm(unique)]
    pub message_id: String,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<Option<super::worker::Entity>>,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<Option<super::family::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
