//! Rows of `saved_filters`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_filters")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique_key = "once")]
    pub account_id: i64,
    #[sea_orm(unique_key = "once")]
    pub list: String,
    #[sea_orm(unique_key = "once")]
    pub name: String,
    pub status: Option<String>,
    pub arrangement: Option<String>,
    pub at_desk: Option<String>,
    pub shared: String,
    pub made_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
