//! Rows of `upload_files`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "upload_files")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub upload_id: i64,
    #[sea_orm(column_type = "Blob")]
    pub bytes: Vec<u8>,
    #[sea_orm(belongs_to, from = "upload_id", to = "id")]
    pub upload: BelongsTo<super::upload::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
