//! Rows of `throttles`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "throttles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_hash: String,
    pub failures: i32,
    pub last_failure_at: DateTimeUtc,
    pub wait_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
