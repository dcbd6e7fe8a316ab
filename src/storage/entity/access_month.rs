//! Rows of `access_months`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_months")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub desk_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: String,
    #[sea_orm(belongs_to, from = "desk_id", to = "id")]
    pub desk: BelongsTo<super::desk::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
