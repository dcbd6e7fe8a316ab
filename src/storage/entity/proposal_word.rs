//! Rows of `proposal_words`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal_words")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub proposal_id: i64,
    pub at: DateTimeUtc,
    pub account_id: Option<i64>,
    pub state: String,
    pub reason: Option<String>,
    pub via: String,
    pub said_on: Date,
    #[sea_orm(belongs_to, from = "proposal_id", to = "id")]
    pub proposal: BelongsTo<super::proposal::Entity>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<Option<super::account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
