//! The sheets that name a worker who takes back what they agreed to: which are in
//! force, and who holds those that were revoked for it and has to be told.

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait, Select,
};

use super::entity::{family, introduction, request, sheet, sheet_task, worker};
use super::error::StorageError;
use crate::domain::delivery::TaskKind;
use crate::domain::worker::WorkerStatus;

/// Reasons of a revocation that come from the worker.
pub const WITHDRAWN: &str = "withdrawn";
pub const AUTHORISATION_WITHDRAWN: &str = "authorisation_withdrawn";
/// The worker is held back: whoever has a sheet is told, and not why.
pub const SAFEGUARDING: &str = "safeguarding";
/// The sheet went where the worker wished that none goes.
pub const SCOPE_LIMITED: &str = "scope_limited";

/// Somebody who holds a sheet that is no longer to be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToTell {
    pub sheet: String,
    pub request: String,
    pub family: String,
    pub phone: Option<String>,
}

/// A sheet that holds on a day.
fn holds(today: NaiveDate) -> Condition {
    Condition::all()
        .add(sheet::Column::RevokedAt.is_null())
        .add(sheet::Column::ValidUntil.gte(today))
}

/// The sheets in force that name a worker: key and number.
fn naming(worker_id: i64, today: NaiveDate) -> Select<introduction::Entity> {
    introduction::Entity::find()
        .select_only()
        .column(sheet::Column::Id)
        .column(sheet::Column::Number)
        .join(JoinType::InnerJoin, introduction::Relation::Sheet.def())
        .filter(introduction::Column::WorkerId.eq(worker_id))
        .filter(holds(today))
        .order_by_asc(sheet::Column::Id)
}

/// The sheets in force that name a worker: key and number.
pub async fn in_force(
    db: &impl ConnectionTrait,
    worker_id: i64,
    today: NaiveDate,
) -> Result<Vec<(i64, String)>, StorageError> {
    let sheets = naming(worker_id, today).into_tuple();
    Ok(sheets.all(db).await?)
}

/// The same with the code of each sheet's request.
pub async fn in_force_for(
    db: &impl ConnectionTrait,
    worker_id: i64,
    today: NaiveDate,
) -> Result<Vec<(i64, String, String)>, StorageError> {
    let sheets = naming(worker_id, today)
        .column_as(request::Column::Code, "request_code")
        .join(JoinType::InnerJoin, introduction::Relation::Request.def())
        .into_tuple();
    Ok(sheets.all(db).await?)
}

/// The sheets in force that a family holds: key and number.
pub async fn in_force_of_family(
    db: &impl ConnectionTrait,
    family_id: i64,
    today: NaiveDate,
) -> Result<Vec<(i64, String)>, StorageError> {
    Ok(sheet::Entity::find()
        .select_only()
        .column(sheet::Column::Id)
        .column(sheet::Column::Number)
        .join(JoinType::InnerJoin, sheet::Relation::Request.def())
        .filter(request::Column::FamilyId.eq(family_id))
        .filter(holds(today))
        .order_by_asc(sheet::Column::Id)
        .into_tuple()
        .all(db)
        .await?)
}

/// The requests of a family for which a sheet is in force.
pub async fn with_sheet_of_family(
    db: &impl ConnectionTrait,
    family_id: i64,
    today: NaiveDate,
) -> Result<Vec<i64>, StorageError> {
    Ok(sheet::Entity::find()
        .select_only()
        .column(sheet::Column::RequestId)
        .distinct()
        .join(JoinType::InnerJoin, sheet::Relation::Request.def())
        .filter(request::Column::FamilyId.eq(family_id))
        .filter(holds(today))
        .into_tuple()
        .all(db)
        .await?)
}

/// A sheet in force that names somebody who may not be named any more.
#[derive(Debug, Clone)]
pub struct Left {
    pub sheet_id: i64,
    pub number: String,
    pub reason: &'static str,
}

/// The sheets in force that name whoever has withdrawn, or has taken back the
/// authorisation; each once.
pub async fn left_in_force(
    db: &impl ConnectionTrait,
    today: NaiveDate,
) -> Result<Vec<Left>, StorageError> {
    let gone = Condition::any()
        .add(worker::Column::Status.eq(WorkerStatus::Withdrawn.code()))
        .add(worker::Column::ConsentOn.is_null());
    let rows: Vec<(i64, String, String)> = introduction::Entity::find()
        .select_only()
        .column(sheet::Column::Id)
        .column(sheet::Column::Number)
        .column(worker::Column::Status)
        .join(JoinType::InnerJoin, introduction::Relation::Sheet.def())
        .join(JoinType::InnerJoin, introduction::Relation::Worker.def())
        .filter(gone)
        .filter(holds(today))
        .order_by_asc(sheet::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut left: Vec<Left> = Vec::new();
    for (sheet_id, number, status) in rows {
        if left.last().is_none_or(|last| last.sheet_id != sheet_id) {
            let reason = if status == WorkerStatus::Withdrawn.code() {
                WITHDRAWN
            } else {
                AUTHORISATION_WITHDRAWN
            };
            left.push(Left {
                sheet_id,
                number,
                reason,
            });
        }
    }
    Ok(left)
}

/// Who holds a sheet that was revoked because this worker withdrew, is held back or wished it,
/// that would still be valid, and was not told yet.
pub async fn to_tell(
    db: &impl ConnectionTrait,
    worker_id: i64,
    today: NaiveDate,
) -> Result<Vec<ToTell>, StorageError> {
    type Row = (String, String, String, String, Option<String>);
    let untold = sheet_task::Entity::find()
        .select_only()
        .column(sheet_task::Column::SheetId)
        .filter(sheet_task::Column::Kind.eq(TaskKind::TellFamily.code()))
        .filter(sheet_task::Column::DoneAt.is_null())
        .into_query();
    let rows: Vec<Row> = introduction::Entity::find()
        .select_only()
        .column(sheet::Column::Number)
        .column_as(request::Column::Code, "request_code")
        .column(family::Column::GivenName)
        .column(family::Column::FamilyName)
        .column(family::Column::Phone)
        .join(JoinType::InnerJoin, introduction::Relation::Sheet.def())
        .join(JoinType::InnerJoin, introduction::Relation::Request.def())
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(introduction::Column::WorkerId.eq(worker_id))
        .filter(sheet::Column::RevokeReason.is_in([
            WITHDRAWN,
            AUTHORISATION_WITHDRAWN,
            SAFEGUARDING,
            SCOPE_LIMITED,
        ]))
        .filter(sheet::Column::ValidUntil.gte(today))
        .filter(sheet::Column::Id.in_subquery(untold))
        .order_by_asc(sheet::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(sheet, request, given, family, phone)| ToTell {
            sheet,
            request,
            family: format!("{given} {family}"),
            phone,
        })
        .collect())
}
