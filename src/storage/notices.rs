//! Who was told of a sheet, and how: rows to notices and back.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::entity::{introduction, request, sheet, sheet_notice};
use super::error::StorageError;
use super::mailings::Person;
use super::rows::Cells;
use crate::domain::place::Comune;

const TABLE: Cells = Cells("sheet_notices");

/// Somebody who is told of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub sheet_id: i64,
    pub person: Person,
    /// Until when the family is to phone.
    pub call_by: NaiveDate,
    pub by_mail: bool,
    /// Of the mail, where there is one.
    pub message_id: Option<String>,
}

/// What a notice says of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub number: String,
    pub revoked_at: Option<DateTime<Utc>>,
    /// The need was recorded as ended: nobody is to be called any more.
    pub is_over: bool,
    /// Where the work is.
    pub comune: Comune,
    pub workers: u64,
}

/// Adds notices.
pub async fn insert_many(db: &impl ConnectionTrait, new: &[Notice]) -> Result<(), StorageError> {
    let rows = new.iter().map(|notice| {
        let (family_id, worker_id) = match notice.person {
            Person::Family(id) => (Some(id), None),
            Person::Worker(id) => (None, Some(id)),
        };
        sheet_notice::ActiveModel {
            sheet_id: Set(notice.sheet_id),
            family_id: Set(family_id),
            worker_id: Set(worker_id),
            call_by: Set(notice.call_by),
            by_mail: Set(notice.by_mail),
            message_id: Set(notice.message_id.clone()),
            ..Default::default()
        }
    });
    sheet_notice::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The notice that a mail carries.
pub async fn of_mail(
    db: &impl ConnectionTrait,
    message_id: &str,
) -> Result<Option<Notice>, StorageError> {
    let row = sheet_notice::Entity::find()
        .filter(sheet_notice::Column::MessageId.eq(message_id))
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// The notices of a sheet: the family's first.
pub async fn of_sheet(
    db: &impl ConnectionTrait,
    sheet_id: i64,
) -> Result<Vec<Notice>, StorageError> {
    let rows = sheet_notice::Entity::find()
        .filter(sheet_notice::Column::SheetId.eq(sheet_id))
        .order_by_asc(sheet_notice::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// From now on the family is told of a sheet by this mail, or by none.
pub async fn family_told_by(
    db: &impl ConnectionTrait,
    sheet_id: i64,
    message_id: Option<&str>,
) -> Result<(), StorageError> {
    sheet_notice::Entity::update_many()
        .col_expr(
            sheet_notice::Column::ByMail,
            Expr::val(message_id.is_some()),
        )
        .col_expr(
            sheet_notice::Column::MessageId,
            Expr::val(message_id.map(str::to_owned)),
        )
        .filter(sheet_notice::Column::SheetId.eq(sheet_id))
        .filter(sheet_notice::Column::FamilyId.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}

/// A mail did not arrive: its person is told otherwise. Whether there was one.
pub async fn without_mail(
    db: &impl ConnectionTrait,
    message_id: &str,
) -> Result<bool, StorageError> {
    let done = sheet_notice::Entity::update_many()
        .col_expr(sheet_notice::Column::ByMail, Expr::val(false))
        .filter(sheet_notice::Column::MessageId.eq(message_id))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// What there is to say of a sheet.
pub async fn told(db: &impl ConnectionTrait, sheet_id: i64) -> Result<Option<Told>, StorageError> {
    use sea_orm::PaginatorTrait;
    let row = sheet::Entity::find_by_id(sheet_id)
        .find_also_related(request::Entity)
        .one(db)
        .await?;
    let Some((sheet, request)) = row else {
        return Ok(None);
    };
    let request = TABLE.some("sheet_id", request)?;
    let workers = introduction::Entity::find()
        .filter(introduction::Column::SheetId.eq(sheet_id))
        .count(db)
        .await?;
    Ok(Some(Told {
        number: sheet.number,
        revoked_at: sheet.revoked_at,
        is_over: request.excluded.is_some(),
        comune: TABLE.some("sheet_id", Comune::by_istat(&request.comune))?,
        workers,
    }))
}

fn read(row: sheet_notice::Model) -> Result<Notice, StorageError> {
    let person = row
        .family_id
        .map(Person::Family)
        .or(row.worker_id.map(Person::Worker));
    Ok(Notice {
        sheet_id: row.sheet_id,
        person: TABLE.some("family_id", person)?,
        call_by: row.call_by,
        by_mail: row.by_mail,
        message_id: row.message_id,
    })
}
