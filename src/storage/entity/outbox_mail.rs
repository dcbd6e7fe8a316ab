//! Rows of `outbox`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kind: String,
    #[sea_orm(unique)]
    pub dedup_key: String,
    #[sea_orm(unique)]
    pub message_id: String,
    pub mailing_id: Option<i64>,
    pub recipient: Option<String>,
    pub token: Option<String>,
    pub state: String,
    pub queued_at: DateTimeUtc,
    pub send_at: DateTimeUtc,
    pub attempts: i32,
    pub first_try_at: Option<DateTimeUtc>,
    pub leased_until: Option<DateTimeUtc>,
    pub finished_at: Option<DateTimeUtc>,
    pub trouble: Option<String>,
    pub subject: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub plain: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub html: Option<String>,
    #[sea_orm(belongs_to, from = "mailing_id", to = "id")]
    pub mailing: BelongsTo<Option<super::mailing::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
