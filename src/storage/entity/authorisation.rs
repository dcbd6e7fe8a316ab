//! Rows of `authorisations`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "authorisations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub worker_id: i64,
    pub given_on: Date,
    pub notice_version: String,
    pub how: String,
    pub folder: Option<String>,
    pub account_id: i64,
    pub recorded_at: DateTimeUtc,
    pub withdrawn_on: Option<Date>,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<super::worker::Entity>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
