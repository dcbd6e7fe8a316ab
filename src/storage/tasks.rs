//! What every kind of task has alike: it is done or not, since when and by whom.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, IntoCondition};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::error::StorageError;

/// The columns that say of a table's tasks whether they are done.
pub(super) struct Done<E: EntityTrait> {
    pub id: E::Column,
    pub at: E::Column,
    pub by: E::Column,
}

impl<E: EntityTrait> Done<E> {
    /// Closes or opens a task; whether it stood the other way.
    pub async fn set(
        &self,
        db: &impl ConnectionTrait,
        id: i64,
        done: Option<(DateTime<Utc>, i64)>,
    ) -> Result<bool, StorageError> {
        let stood = if done.is_some() {
            self.at.is_null()
        } else {
            self.at.is_not_null()
        };
        let changed = E::update_many()
            .col_expr(self.at, Expr::val(done.map(|(at, _)| at)))
            .col_expr(self.by, Expr::val(done.map(|(_, by)| by)))
            .filter(self.id.eq(id))
            .filter(stood)
            .exec(db)
            .await?;
        Ok(changed.rows_affected > 0)
    }

    /// Closes those that are open: what they were about is over.
    pub async fn settle(
        &self,
        db: &impl ConnectionTrait,
        about: impl IntoCondition,
        at: DateTime<Utc>,
        by: Option<i64>,
    ) -> Result<(), StorageError> {
        E::update_many()
            .col_expr(self.at, Expr::val(at))
            .col_expr(self.by, Expr::val(by))
            .filter(about)
            .filter(self.at.is_null())
            .exec(db)
            .await?;
        Ok(())
    }
}
