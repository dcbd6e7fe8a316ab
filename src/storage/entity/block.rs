//! Rows of `blocks`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "blocks")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kind: String,
    pub record: String,
    pub reason: String,
    #[sea_orm(column_type = "Text")]
    pub words: String,
    pub review_on: Date,
    pub proposed_by: i64,
    pub proposed_at: DateTimeUtc,
    pub confirmed_by: Option<i64>,
    pub confirmed_at: Option<DateTimeUtc>,
    pub lift_asked_by: Option<i64>,
    pub lift_asked_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub lift_words: Option<String>,
    pub ended_by: Option<i64>,
    pub ended_at: Option<DateTimeUtc>,
    pub version: i32,
    #[sea_orm(belongs_to, from = "proposed_by", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
