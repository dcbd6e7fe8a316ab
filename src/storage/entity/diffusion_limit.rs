//! Rows of `diffusion_limits`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "diffusion_limits")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique_key = "once")]
    pub worker_id: i64,
    #[sea_orm(unique_key = "once")]
    pub named: String,
    pub family_id: Option<i64>,
    pub comune: Option<String>,
    pub partner_id: Option<i64>,
    pub ground: String,
    pub since: Date,
    pub account_id: Option<i64>,
    pub proposal_id: Option<i64>,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<super::worker::Entity>,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<Option<super::family::Entity>>,
    #[sea_orm(belongs_to, from = "partner_id", to = "id")]
    pub partner: BelongsTo<Option<super::partner::Entity>>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<Option<super::account::Entity>>,
    #[sea_orm(belongs_to, from = "proposal_id", to = "id")]
    pub proposal: BelongsTo<Option<super::proposal::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
