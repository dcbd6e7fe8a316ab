//! Rows of `sessions`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    pub account_id: i64,
    pub began_at: DateTimeUtc,
    pub last_seen_at: DateTimeUtc,
    pub stage: String,
    pub fresh_at: Option<DateTimeUtc>,
    pub device: Option<String>,
    pub outside_factor: bool,
    pub by_provider: bool,
    pub idle_minutes: i32,
    pub longest_hours: i32,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
