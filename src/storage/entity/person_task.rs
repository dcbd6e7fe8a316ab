//! Rows of `person_tasks`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_tasks")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub worker_id: Option<i64>,
    pub family_id: Option<i64>,
    pub kind: String,
    pub made_on: Date,
    #[sea_orm(column_type = "Text", nullable)]
    pub words: Option<String>,
    pub done_at: Option<DateTimeUtc>,
    pub done_by_id: Option<i64>,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<Option<super::worker::Entity>>,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<Option<super::family::Entity>>,
    #[sea_orm(belongs_to, from = "done_by_id", to = "id")]
    pub done_by: BelongsTo<Option<super::account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
