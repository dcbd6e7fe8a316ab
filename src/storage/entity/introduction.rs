//! Rows of `introductions`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "introductions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub code: String,
    pub request_id: i64,
    pub worker_id: i64,
    pub sheet_number: Option<String>,
    pub sheet_id: Option<i64>,
    pub issued_on: Date,
    pub loaded_on: Option<Date>,
    #[sea_orm(belongs_to, from = "request_id", to = "id")]
    pub request: BelongsTo<super::request::Entity>,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<super::worker::Entity>,
    #[sea_orm(belongs_to, from = "sheet_id", to = "id")]
    pub sheet: BelongsTo<Option<super::sheet::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
