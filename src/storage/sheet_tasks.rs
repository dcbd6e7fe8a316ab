//! What the desks have to do about sheets: once of a kind for a sheet, done or
//! not, and by whom.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select,
};

use super::Page;
use super::disclosures::How;
use super::entity::{account, disclosure, family, partner, request, sheet, sheet_task};
use super::error::StorageError;
use super::lists::{At, Terms};
use super::rows::Cells;
use super::tasks::Done;
use super::waiting::{Whose, of_desk};
use super::waits::{Cut, Key, Of, says};
use crate::domain::delivery::TaskKind;
use crate::domain::request::RequestStatus;

const TABLE: Cells = Cells("sheet_tasks");

const DONE: Done<sheet_task::Entity> = Done {
    id: sheet_task::Column::Id,
    at: sheet_task::Column::DoneAt,
    by: sheet_task::Column::DoneById,
};

/// A task with what is said of it.
#[derive(Debug, Clone)]
pub struct TaskLine {
    pub id: i64,
    pub kind: TaskKind,
    pub sheet: String,
    pub request: String,
    pub family: String,
    pub phone: Option<String>,
    /// The partner's name, where it is the one to be told; empty else.
    pub partner: String,
    pub made_on: NaiveDate,
    pub done_at: Option<DateTime<Utc>>,
    pub done_by: Option<String>,
}

/// Adds a task for a sheet, or opens it again where it was done.
pub async fn put(
    db: &impl ConnectionTrait,
    sheet_id: i64,
    kind: TaskKind,
    today: NaiveDate,
) -> Result<(), StorageError> {
    let columns = [sheet_task::Column::SheetId, sheet_task::Column::Kind];
    let again = OnConflict::columns(columns)
        .update_columns([
            sheet_task::Column::MadeOn,
            sheet_task::Column::DoneAt,
            sheet_task::Column::DoneById,
        ])
        .to_owned();
    sheet_task::Entity::insert(row(sheet_id, kind, today))
        .on_conflict(again)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

fn row(sheet_id: i64, kind: TaskKind, today: NaiveDate) -> sheet_task::ActiveModel {
    sheet_task::ActiveModel {
        sheet_id: Set(sheet_id),
        kind: Set(kind.code().to_owned()),
        made_on: Set(today),
        done_at: Set(None),
        done_by_id: Set(None),
        ..Default::default()
    }
}

/// Closes or opens a task; whether it stood the other way.
pub async fn set_done(
    db: &impl ConnectionTrait,
    id: i64,
    done: Option<(DateTime<Utc>, i64)>,
) -> Result<bool, StorageError> {
    DONE.set(db, id, done).await
}

/// Closes the open tasks of a kind for a sheet: what they were about is over.
pub async fn settle(
    db: &impl ConnectionTrait,
    sheet_id: i64,
    kinds: &[TaskKind],
    at: DateTime<Utc>,
    by: Option<i64>,
) -> Result<(), StorageError> {
    let kinds = kinds.iter().map(|kind| kind.code());
    let about = Condition::all()
        .add(sheet_task::Column::SheetId.eq(sheet_id))
        .add(sheet_task::Column::Kind.is_in(kinds));
    DONE.settle(db, about, at, by).await
}

/// The tasks of a sheet.
pub async fn of_sheet(
    db: &impl ConnectionTrait,
    sheet_id: i64,
) -> Result<Vec<TaskLine>, StorageError> {
    let done_at = Expr::col((sheet_task::Entity, sheet_task::Column::DoneAt));
    let tasks = of_sheets()
        .filter(sheet_task::Column::SheetId.eq(sheet_id))
        .order_by(done_at.is_null(), sea_orm::Order::Desc)
        .order_by_desc(sheet_task::Column::DoneAt)
        .order_by_asc(sheet_task::Column::MadeOn)
        .order_by_asc(sheet_task::Column::Id)
        .limit(Page::<()>::SIZE);
    lines(db, tasks).await
}

/// One task.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<TaskLine>, StorageError> {
    let one = of_sheets().filter(sheet_task::Column::Id.eq(id));
    Ok(lines(db, one).await?.into_iter().next())
}

fn open_of(whose: &Whose, words: &[String]) -> Condition {
    let open = Condition::all().add(sheet_task::Column::DoneAt.is_null());
    // A page that counts tasks alone has no request at hand.
    let open = if words.is_empty() {
        open
    } else {
        let about = Expr::col((sheet::Entity, sheet::Column::RequestId));
        open.add(says(words, &[(about, Of::Request)]))
    };
    match whose {
        Whose::Everybody => open,
        Whose::Mine(account, _) => open.add(request::Column::InChargeId.eq(*account)),
        Whose::Desk(code) => open.add(family::Column::DeskId.in_subquery(of_desk(code))),
    }
}

/// The first tasks that are not done, the oldest first.
pub async fn open(
    db: &impl ConnectionTrait,
    whose: &Whose,
    cut: Cut<'_>,
) -> Result<Vec<TaskLine>, StorageError> {
    in_order(db, false, to_do(whose, cut.words), cut).await
}

/// Some of what is open, the oldest first; or of what is `done`, the latest first.
async fn in_order(
    db: &impl ConnectionTrait,
    done: bool,
    all: Select<sheet_task::Entity>,
    cut: Cut<'_>,
) -> Result<Vec<TaskLine>, StorageError> {
    use sheet_task::Column as C;
    let (since, key) = ((C::MadeOn, false), Key::Id(C::Id));
    let tasks = if done {
        let order = Terms::columns([(C::DoneAt, true), since, (C::Id, false)]);
        cut.of(all, &order, &key)
    } else {
        cut.of(all, &Terms::columns([since, (C::Id, false)]), &key)
    };
    Ok(cut.straight(lines(db, tasks).await?))
}

/// Those, in no order.
pub(super) fn to_do(whose: &Whose, words: &[String]) -> Select<sheet_task::Entity> {
    of_sheets().filter(open_of(whose, words))
}

/// Tasks with their sheets, requests and families.
fn of_sheets() -> Select<sheet_task::Entity> {
    sheet_task::Entity::find()
        .join(JoinType::InnerJoin, sheet_task::Relation::Sheet.def())
        .join(JoinType::InnerJoin, sheet::Relation::Request.def())
        .join(JoinType::InnerJoin, request::Relation::Family.def())
}

/// A page of them, by the key of the task that it lies beside; `done`: of those that are
/// done, the latest first.
pub async fn page(
    db: &impl ConnectionTrait,
    done: bool,
    at: &At,
) -> Result<Page<TaskLine>, StorageError> {
    let of = if done {
        Condition::all().add(sheet_task::Column::DoneAt.is_not_null())
    } else {
        open_of(&Whose::Everybody, &[])
    };
    let total = sheet_task::Entity::find()
        .filter(of.clone())
        .count(db)
        .await?;
    let (cut, number) = Cut::of_page(&[], at, total);
    let all = of_sheets().filter(of);
    let mut rows = in_order(db, done, all.clone(), cut).await?;
    if rows.is_empty() && total > 0 {
        rows = in_order(db, done, all, cut.by_number()).await?;
    }
    Ok(Page {
        rows,
        number,
        total,
    })
}

type Row = (
    i64,
    String,
    NaiveDate,
    Option<DateTime<Utc>>,
    String,
    String,
    String,
    String,
    Option<String>,
    Option<String>,
);

async fn lines(
    db: &impl ConnectionTrait,
    tasks: Select<sheet_task::Entity>,
) -> Result<Vec<TaskLine>, StorageError> {
    let rows: Vec<Row> = tasks
        .select_only()
        .column(sheet_task::Column::Id)
        .column(sheet_task::Column::Kind)
        .column(sheet_task::Column::MadeOn)
        .column(sheet_task::Column::DoneAt)
        .column(sheet::Column::Number)
        .column_as(request::Column::Code, "request_code")
        .column(family::Column::GivenName)
        .column(family::Column::FamilyName)
        .column(family::Column::Phone)
        .column_as(account::Column::Name, "done_by_name")
        .join(JoinType::LeftJoin, sheet_task::Relation::Account.def())
        .into_tuple()
        .all(db)
        .await?;
    let told = rows
        .iter()
        .filter(|row| row.1 == TaskKind::TellPartner.code());
    let told: Vec<&str> = told.map(|row| row.4.as_str()).collect();
    let partners = partners_of(db, &told).await?;
    rows.into_iter()
        .map(
            |(id, kind, made_on, done_at, sheet, request, given, family, phone, done_by)| {
                Ok(TaskLine {
                    partner: partners.get(&sheet).cloned().unwrap_or_default(),
                    id,
                    kind: TABLE.read("kind", TaskKind::parse(&kind))?,
                    sheet,
                    request,
                    family: format!("{given} {family}"),
                    phone,
                    made_on,
                    done_at,
                    done_by,
                })
            },
        )
        .collect()
}

/// The names of the partners that opened sheets, by the sheet's number.
async fn partners_of(
    db: &impl ConnectionTrait,
    sheets: &[&str],
) -> Result<HashMap<String, String>, StorageError> {
    if sheets.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String)> = disclosure::Entity::find()
        .select_only()
        .column(sheet::Column::Number)
        .column(partner::Column::Name)
        .join(JoinType::InnerJoin, disclosure::Relation::Sheet.def())
        .join(JoinType::InnerJoin, disclosure::Relation::Account.def())
        .join(JoinType::InnerJoin, account::Relation::Partner.def())
        .filter(sheet::Column::Number.is_in(sheets.iter().copied()))
        .filter(disclosure::Column::How.eq(How::HandedOver.code()))
        .order_by_asc(disclosure::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Adds a reminder for up to `most` sheets of requests that are not over, whose last day is
/// `by` or before and that have none yet; how many.
pub async fn remind(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    by: NaiveDate,
    most: u64,
) -> Result<u64, StorageError> {
    let reminded = sheet_task::Entity::find()
        .select_only()
        .column(sheet_task::Column::SheetId)
        .filter(sheet_task::Column::Kind.eq(TaskKind::EndsSoon.code()))
        .into_query();
    let not_over = [RequestStatus::Open, RequestStatus::Paused].map(RequestStatus::code);
    let due: Vec<i64> = sheet::Entity::find()
        .select_only()
        .column(sheet::Column::Id)
        .join(JoinType::InnerJoin, sheet::Relation::Request.def())
        .filter(sheet::Column::ValidUntil.between(today, by))
        .filter(sheet::Column::RevokedAt.is_null())
        .filter(request::Column::Status.is_in(not_over))
        .filter(sheet::Column::Id.not_in_subquery(reminded))
        .order_by_asc(sheet::Column::Id)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?;
    if due.is_empty() {
        return Ok(0);
    }
    let rows = due
        .into_iter()
        .map(|sheet_id| row(sheet_id, TaskKind::EndsSoon, today));
    let columns = [sheet_task::Column::SheetId, sheet_task::Column::Kind];
    let once = OnConflict::columns(columns).do_nothing().to_owned();
    Ok(sheet_task::Entity::insert_many(rows)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?)
}
