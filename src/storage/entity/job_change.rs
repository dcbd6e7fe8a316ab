//! Rows of `job_changes`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job_changes")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub introduction_id: i64,
    pub event: String,
    #[sea_orm(column_type = "Text")]
    pub hours: String,
    pub worker_was: Option<String>,
    pub request_was: Option<String>,
    pub at: DateTimeUtc,
    pub account_id: i64,
    pub undone_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "introduction_id", to = "id")]
    pub introduction: BelongsTo<super::introduction::Entity>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
