//! Rows of `uploads`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "uploads")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub account_id: i64,
    pub desk_id: i64,
    pub kind: String,
    pub file_name: String,
    pub state: String,
    #[sea_orm(column_type = "Text")]
    pub header: String,
    #[sea_orm(column_type = "Text")]
    pub sample: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub columns: Option<String>,
    pub keep_good: bool,
    pub leave_likely: bool,
    pub claim: Option<String>,
    pub claimed_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub outcome: Option<String>,
    pub made_at: DateTimeUtc,
    pub changed_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
    #[sea_orm(belongs_to, from = "desk_id", to = "id")]
    pub desk: BelongsTo<super::desk::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
