//! Rows of `families`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "families")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub code: String,
    pub given_name: String,
    pub family_name: String,
    pub folded: String,
    pub sort_name: String,
    pub relation: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub contact_language: String,
    pub contact_by: Option<String>,
    pub comune: String,
    pub address: Option<String>,
    pub referred_by_id: Option<i64>,
    pub consent_on: Option<Date>,
    pub desk_id: i64,
    pub version: i32,
    pub sound: String,
    pub recipient_name: Option<String>,
    pub guardianship: Option<String>,
    pub guardian_name: Option<String>,
    pub guardian_phone: Option<String>,
    #[sea_orm(belongs_to, from = "desk_id", to = "id")]
    pub desk: BelongsTo<super::desk::Entity>,
    #[sea_orm(belongs_to, from = "referred_by_id", to = "id")]
    pub referred_by: BelongsTo<Option<super::partner::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
