//! Rows of `answer_notes`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "answer_notes")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub introduction_id: i64,
    pub side: String,
    pub wave: String,
    pub written_on: Date,
    pub account_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    #[sea_orm(belongs_to, from = "introduction_id", to = "id")]
    pub introduction: BelongsTo<super::introduction::Entity>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<Option<super::account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
