//! Rows of `accesses`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "accesses")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub day: Date,
    pub desk_id: i64,
    pub channel: String,
    pub first_access: bool,
    pub sex: Option<String>,
    pub age_band: Option<String>,
    pub citizenship: Option<String>,
    pub comune: Option<String>,
    pub permit_type: Option<String>,
    pub referred_by: Option<String>,
    pub reason: String,
    pub activation: String,
    pub accompaniment: String,
    pub mediation: Option<bool>,
    #[sea_orm(unique)]
    pub ref_hash: Option<String>,
    #[sea_orm(belongs_to, from = "desk_id", to = "id")]
    pub desk: BelongsTo<super::desk::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
