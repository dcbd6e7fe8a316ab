//! Rows of `family_names`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "family_names")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub family_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub word: String,
    pub sound: String,
    #[sea_orm(
        belongs_to,
        from = "family_id",
        to = "id",
        on_update = "Cascade",
        on_delete = "Cascade"
    )]
    pub family: BelongsTo<super::family::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
