//! Rows of `disclosures`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disclosures")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub sheet_id: i64,
    pub worker_id: i64,
    pub family_id: i64,
    pub how: String,
    pub fields: String,
    pub at: DateTimeUtc,
    pub account_id: i64,
    pub purpose: String,
    #[sea_orm(belongs_to, from = "sheet_id", to = "id")]
    pub sheet: BelongsTo<super::sheet::Entity>,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<super::worker::Entity>,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<super::family::Entity>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
