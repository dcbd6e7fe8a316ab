//! Rows of `appointment_slots`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appointment_slots")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub appointment_id: i64,
    #[sea_orm(unique_key = "once")]
    pub desk_id: i64,
    #[sea_orm(unique_key = "once")]
    pub day: Date,
    #[sea_orm(unique_key = "once")]
    pub half: i32,
    #[sea_orm(belongs_to, from = "appointment_id", to = "id")]
    pub appointment: BelongsTo<super::appointment::Entity>,
    #[sea_orm(belongs_to, from = "desk_id", to = "id")]
    pub desk: BelongsTo<super::desk::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
