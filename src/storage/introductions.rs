//! Introductions: made by an issued sheet or loaded from the desk's history.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait, Select,
};

use super::entity::{family, introduction, request, sheet, worker};
use super::error::StorageError;
use super::places;
use super::rows::{CHUNK, Cells, days_of_year};
use super::{Page, Stored};
use crate::domain::ids::{DeskCode, IntroductionCode, RequestCode, SheetNumber, WorkerCode};
use crate::domain::introduction::Introduction;
use crate::domain::sheet::NAMED_AGAIN;

const TABLE: Cells = Cells("introductions");

type Row = (
    introduction::Model,
    Option<request::Model>,
    Option<worker::Model>,
);

fn query() -> sea_orm::SelectThree<
    introduction::Entity,
    request::Entity,
    worker::Entity,
    sea_orm::TopologyStar,
> {
    introduction::Entity::find()
        .find_also_related(request::Entity)
        .find_also_related(worker::Entity)
}

/// The introductions of up to [`super::rows::CHUNK`] codes that exist, by code.
pub async fn find_many(
    db: &impl ConnectionTrait,
    codes: &[IntroductionCode],
) -> Result<Vec<Stored<Introduction>>, StorageError> {
    let rows = query()
        .filter(introduction::Column::Code.is_in(codes.iter().map(IntroductionCode::as_str)))
        .order_by_asc(introduction::Column::Code)
        .all(db)
        .await?;
    rows.into_iter().map(stored).collect()
}

/// Up to `limit` introductions whose code comes after `after`, by code; where
/// `year` is given, those issued in it.
pub async fn after(
    db: &impl ConnectionTrait,
    after: Option<&IntroductionCode>,
    year: Option<i32>,
    limit: u64,
) -> Result<Vec<Stored<Introduction>>, StorageError> {
    let mut query = query()
        .order_by_asc(introduction::Column::Code)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(introduction::Column::Code.gt(after.as_str()));
    }
    if let Some(year) = year {
        let (first, last) = days_of_year(year);
        query = query.filter(introduction::Column::IssuedOn.between(first, last));
    }
    query.all(db).await?.into_iter().map(stored).collect()
}

/// Request, worker and day of an introduction: what the fair order reads.
pub type Seen = (String, String, NaiveDate);

/// Everything the fair order reads: the introductions of workers who may be matched.
pub async fn seen(db: &impl ConnectionTrait) -> Result<Vec<Seen>, StorageError> {
    let seen = seen_of(super::pool::in_pool());
    Ok(seen.into_tuple().all(db).await?)
}

/// The introductions of some workers.
pub async fn seen_by(
    db: &impl ConnectionTrait,
    workers: &[&String],
) -> Result<Vec<Seen>, StorageError> {
    let mut all = Vec::new();
    for piece in workers.chunks(CHUNK) {
        let seen = seen_of(worker::Column::Code.is_in(piece.iter().copied()));
        let seen: Vec<Seen> = seen.into_tuple().all(db).await?;
        all.extend(seen);
    }
    Ok(all)
}

fn seen_of(workers: SimpleExpr) -> Select<introduction::Entity> {
    use sea_orm::JoinType::InnerJoin;
    introduction::Entity::find()
        .select_only()
        .column(request::Column::Code)
        .column(worker::Column::Code)
        .column(introduction::Column::IssuedOn)
        .join(InnerJoin, introduction::Relation::Request.def())
        .join(InnerJoin, introduction::Relation::Worker.def())
        .filter(workers)
}

/// How many sheets were issued between two days, on paper or by the program, of all
/// desks or one.
pub async fn sheets_between(
    db: &impl ConnectionTrait,
    (first, last): (NaiveDate, NaiveDate),
    desk: Option<&DeskCode>,
) -> Result<u64, StorageError> {
    use sea_orm::JoinType::InnerJoin;
    let mut query = introduction::Entity::find()
        .filter(introduction::Column::IssuedOn.between(first, last))
        .filter(introduction::Column::SheetNumber.is_not_null());
    if let Some(desk) = desk {
        query = query
            .join(InnerJoin, introduction::Relation::Request.def())
            .join(InnerJoin, request::Relation::Family.def())
            .filter(family::Column::DeskId.eq(places::desk_id(db, desk).await?));
    }
    let number = Expr::col((introduction::Entity, introduction::Column::SheetNumber));
    let count: Option<i64> = query
        .select_only()
        .column_as(number.count_distinct(), "sheets")
        .into_tuple()
        .one(db)
        .await?;
    TABLE.read("sheet_number", u64::try_from(count.unwrap_or_default()))
}

/// Adds introductions, each with its code; `loaded_on` for those from a file,
/// `sheet_id` for those of a sheet.
pub async fn insert_many(
    db: &impl ConnectionTrait,
    new: &[Introduction],
    loaded_on: Option<NaiveDate>,
    sheet_id: Option<i64>,
) -> Result<(), StorageError> {
    if new.is_empty() {
        return Ok(());
    }
    let keys = Keys::load(db, new.iter()).await?;
    let rows = new.iter().map(|one| {
        Ok(introduction::ActiveModel {
            code: Set(one
                .code
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default()),
            request_id: Set(keys.request(&one.request)?),
            worker_id: Set(keys.worker(&one.worker)?),
            sheet_number: Set(one.sheet_number.as_ref().map(ToString::to_string)),
            sheet_id: Set(sheet_id),
            issued_on: Set(one.issued_on),
            loaded_on: Set(loaded_on),
            ..Default::default()
        })
    });
    let rows = rows.collect::<Result<Vec<_>, StorageError>>()?;
    introduction::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Corrects what files had loaded, up to [`super::rows::CHUNK`] of them. What a
/// sheet made is never changed.
pub async fn update_loaded(
    db: &impl ConnectionTrait,
    saved: &[Stored<Introduction>],
) -> Result<(), StorageError> {
    if saved.is_empty() {
        return Ok(());
    }
    let keys = Keys::load(db, saved.iter().map(|one| &one.value)).await?;
    for one in saved {
        let row = introduction::ActiveModel {
            request_id: Set(keys.request(&one.value.request)?),
            worker_id: Set(keys.worker(&one.value.worker)?),
            sheet_number: Set(one.value.sheet_number.as_ref().map(ToString::to_string)),
            issued_on: Set(one.value.issued_on),
            ..Default::default()
        };
        let done = introduction::Entity::update_many()
            .set(row)
            .filter(introduction::Column::Id.eq(one.id))
            .filter(introduction::Column::SheetId.is_null())
            .exec(db)
            .await?;
        if done.rows_affected == 0 {
            return Err(StorageError::Stale {
                table: "introductions",
            });
        }
    }
    Ok(())
}

/// Gives the introductions of some workers to a request, whose sheet was revoked so that they
/// may be named again ([`NAMED_AGAIN`]), to the sheet that names them now: key and number. Who
/// they are; each keeps code and day.
pub async fn again(
    db: &impl ConnectionTrait,
    request_id: i64,
    workers: &[i64],
    (sheet_id, number): (i64, &str),
) -> Result<Vec<i64>, StorageError> {
    let found: Vec<(i64, i64)> = introduction::Entity::find()
        .select_only()
        .columns([introduction::Column::Id, introduction::Column::WorkerId])
        .join(JoinType::InnerJoin, introduction::Relation::Sheet.def())
        .filter(introduction::Column::RequestId.eq(request_id))
        .filter(introduction::Column::WorkerId.is_in(workers.iter().copied()))
        .filter(sheet::Column::RevokeReason.is_in(NAMED_AGAIN))
        .into_tuple()
        .all(db)
        .await?;
    let row = introduction::ActiveModel {
        sheet_id: Set(Some(sheet_id)),
        sheet_number: Set(Some(number.to_owned())),
        ..Default::default()
    };
    introduction::Entity::update_many()
        .set(row)
        .filter(introduction::Column::Id.is_in(found.iter().map(|(id, _)| *id)))
        .exec(db)
        .await?;
    Ok(found.into_iter().map(|(_, worker)| worker).collect())
}

/// Which of up to [`super::rows::CHUNK`] codes name an introduction that a sheet made.
pub async fn made_by_sheets_among(
    db: &impl ConnectionTrait,
    codes: &[IntroductionCode],
) -> Result<Vec<String>, StorageError> {
    Ok(introduction::Entity::find()
        .select_only()
        .column(introduction::Column::Code)
        .filter(introduction::Column::Code.is_in(codes.iter().map(IntroductionCode::as_str)))
        .filter(introduction::Column::SheetId.is_not_null())
        .into_tuple()
        .all(db)
        .await?)
}

/// Which of up to [`super::rows::CHUNK`] codes exist.
pub async fn codes_among(
    db: &impl ConnectionTrait,
    codes: &[IntroductionCode],
) -> Result<Vec<String>, StorageError> {
    Ok(introduction::Entity::find()
        .select_only()
        .column(introduction::Column::Code)
        .filter(introduction::Column::Code.is_in(codes.iter().map(IntroductionCode::as_str)))
        .into_tuple()
        .all(db)
        .await?)
}

/// An introduction as a record's page shows it.
#[derive(Debug, Clone)]
pub struct IntroductionLine {
    pub code: String,
    pub request: String,
    pub worker: String,
    pub worker_name: String,
    pub sheet_number: Option<String>,
    pub issued_on: NaiveDate,
    /// Whether the program issued the sheet, so that it has a page.
    pub has_sheet: bool,
}

/// The latest introductions of a request, at most a page of them.
pub async fn of_request(
    db: &impl ConnectionTrait,
    request_id: i64,
) -> Result<Vec<IntroductionLine>, StorageError> {
    lines(db, introduction::Column::RequestId.eq(request_id)).await
}

/// The latest introductions of a worker, at most a page of them.
pub async fn of_worker(
    db: &impl ConnectionTrait,
    worker_id: i64,
) -> Result<Vec<IntroductionLine>, StorageError> {
    lines(db, introduction::Column::WorkerId.eq(worker_id)).await
}

async fn lines(
    db: &impl ConnectionTrait,
    of: sea_orm::sea_query::SimpleExpr,
) -> Result<Vec<IntroductionLine>, StorageError> {
    let rows = query()
        .filter(of)
        .order_by_desc(introduction::Column::IssuedOn)
        .order_by_desc(introduction::Column::Id)
        .limit(Page::<()>::SIZE)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, request, worker)| {
            let worker = TABLE.some("worker_id", worker)?;
            Ok(IntroductionLine {
                code: row.code,
                request: TABLE.some("request_id", request)?.code,
                worker_name: format!("{} {}", worker.given_name, worker.family_name),
                worker: worker.code,
                sheet_number: row.sheet_number,
                issued_on: row.issued_on,
                has_sheet: row.sheet_id.is_some(),
            })
        })
        .collect()
}

/// The workers already introduced for a request, by any sheet up to `today`.
pub async fn workers_seen_by(
    db: &impl ConnectionTrait,
    request_id: i64,
    today: NaiveDate,
) -> Result<Vec<i64>, StorageError> {
    Ok(introduction::Entity::find()
        .select_only()
        .column(introduction::Column::WorkerId)
        .filter(introduction::Column::RequestId.eq(request_id))
        .filter(introduction::Column::IssuedOn.lte(today))
        .into_tuple()
        .all(db)
        .await?)
}

/// The same without those whose sheet was revoked so that they may stand on another:
/// [`NAMED_AGAIN`].
pub async fn workers_bound_by(
    db: &impl ConnectionTrait,
    request_id: i64,
    today: NaiveDate,
) -> Result<Vec<i64>, StorageError> {
    let right = Condition::any()
        .add(sheet::Column::RevokeReason.is_null())
        .add(sheet::Column::RevokeReason.is_not_in(NAMED_AGAIN));
    Ok(introduction::Entity::find()
        .select_only()
        .column(introduction::Column::WorkerId)
        .join(JoinType::LeftJoin, introduction::Relation::Sheet.def())
        .filter(introduction::Column::RequestId.eq(request_id))
        .filter(introduction::Column::IssuedOn.lte(today))
        .filter(right)
        .into_tuple()
        .all(db)
        .await?)
}

struct Keys {
    requests: HashMap<String, i64>,
    workers: HashMap<String, i64>,
}

impl Keys {
    async fn load<'a>(
        db: &impl ConnectionTrait,
        of: impl Iterator<Item = &'a Introduction> + Clone,
    ) -> Result<Self, StorageError> {
        let requests: Vec<(String, i64)> = request::Entity::find()
            .select_only()
            .columns([request::Column::Code, request::Column::Id])
            .filter(request::Column::Code.is_in(of.clone().map(|one| one.request.as_str())))
            .into_tuple()
            .all(db)
            .await?;
        let workers: Vec<(String, i64)> = worker::Entity::find()
            .select_only()
            .columns([worker::Column::Code, worker::Column::Id])
            .filter(worker::Column::Code.is_in(of.map(|one| one.worker.as_str())))
            .into_tuple()
            .all(db)
            .await?;
        Ok(Self {
            requests: requests.into_iter().collect(),
            workers: workers.into_iter().collect(),
        })
    }

    fn request(&self, code: &RequestCode) -> Result<i64, StorageError> {
        let id = self.requests.get(code.as_str());
        id.copied().ok_or_else(|| StorageError::Missing {
            table: "requests",
            key: code.to_string(),
        })
    }

    fn worker(&self, code: &WorkerCode) -> Result<i64, StorageError> {
        let id = self.workers.get(code.as_str());
        id.copied().ok_or_else(|| StorageError::Missing {
            table: "workers",
            key: code.to_string(),
        })
    }
}

fn stored((row, request, worker): Row) -> Result<Stored<Introduction>, StorageError> {
    let request = TABLE.some("request_id", request)?;
    let worker = TABLE.some("worker_id", worker)?;
    let value = Introduction {
        code: Some(TABLE.read("code", IntroductionCode::parse(&row.code))?),
        request: TABLE.read("request_id", RequestCode::parse(&request.code))?,
        worker: TABLE.read("worker_id", WorkerCode::parse(&worker.code))?,
        sheet_number: TABLE.optional("sheet_number", row.sheet_number, |number| {
            SheetNumber::from_paper(&number)
        })?,
        issued_on: row.issued_on,
    };
    Ok(Stored {
        id: row.id,
        version: 1,
        value,
    })
}
