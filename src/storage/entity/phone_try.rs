//! Rows of `phone_tries`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_tries")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub invitation_id: i64,
    pub at: DateTimeUtc,
    pub account_id: i64,
    pub disposition: String,
    #[sea_orm(belongs_to, from = "invitation_id", to = "id")]
    pub invitation: BelongsTo<super::invitation::Entity>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
