//! Rows of `invitations`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique_key = "once")]
    pub introduction_id: i64,
    #[sea_orm(unique_key = "once")]
    pub side: String,
    #[sea_orm(unique_key = "once")]
    pub wave: String,
    pub mailing_id: i64,
    pub opens_on: Date,
    pub closes_on: Date,
    pub phone_from: Option<Date>,
    pub disposition: Option<String>,
    pub settled_on: Option<Date>,
    pub tries: i32,
    pub last_try_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "introduction_id", to = "id")]
    pub introduction: BelongsTo<super::introduction::Entity>,
    #[sea_orm(belongs_to, from = "mailing_id", to = "id")]
    pub mailing: BelongsTo<super::mailing::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
