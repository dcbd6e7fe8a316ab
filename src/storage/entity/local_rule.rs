//! Rows of `local_rules`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "local_rules")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub valid_from: Date,
    pub role: String,
    pub local: bool,
    pub account_id: Option<i64>,
    pub at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<Option<super::account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
