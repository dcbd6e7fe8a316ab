//! Rows of `survey_stops`, nothing else.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_stops")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub family_id: Option<i64>,
    #[sea_orm(unique)]
    pub worker_id: Option<i64>,
    pub at: DateTimeUtc,
    /// How what they would be asked ends; none: as a refusal.
    pub disposition: Option<String>,
    #[sea_orm(belongs_to, from = "family_id", to = "id")]
    pub family: BelongsTo<Option<super::family::Entity>>,
    #[sea_orm(belongs_to, from = "worker_id", to = "id")]
    pub worker: BelongsTo<Option<super::worker::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
