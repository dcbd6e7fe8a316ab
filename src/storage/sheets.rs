//! Issued sheets and their bytes.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};

use super::Page;
use super::changes::Changed;
use super::disclosures::How;
use super::entity::{desk, disclosure, family, request, sheet, sheet_document};
use super::error::StorageError;
use super::lists::{At, Order, page_by_key, place_among, place_of};
use super::rows::Cells;
use crate::domain::ids::{DeskCode, PartnerCode, RequestCode, SheetNumber};
use crate::domain::sheet::DISCLOSED;

const TABLE: Cells = Cells("sheets");

/// A sheet to be kept.
#[derive(Debug, Clone)]
pub struct NewSheet {
    pub number: SheetNumber,
    pub verification_code: String,
    pub request_id: i64,
    pub desk: DeskCode,
    pub issued_by: i64,
    pub issued_on: NaiveDate,
    pub valid_until: NaiveDate,
    /// The language it is written in.
    pub language: String,
    /// The weights of the score in use, as JSON.
    pub weights: String,
    /// What was shown of each worker and why they fit, as JSON.
    pub explanation: String,
    /// Hexadecimal, of `pdf`.
    pub sha256: String,
    pub pdf: Vec<u8>,
}

/// A sheet as it is kept.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub id: i64,
    pub number: SheetNumber,
    pub verification_code: String,
    pub request: RequestCode,
    pub request_id: i64,
    pub family_id: i64,
    pub desk: String,
    pub desk_id: i64,
    pub issued_by: i64,
    pub issued_on: NaiveDate,
    pub valid_until: NaiveDate,
    /// The rows of policy that it was made with, as JSON.
    pub stands_on: String,
    pub sha256: String,
    pub revoked_at: Option<DateTime<Utc>>,
    pub revoke_reason: Option<String>,
    pub version: i32,
}

/// Keeps a sheet and its bytes; its key comes back.
pub async fn insert(db: &impl ConnectionTrait, new: NewSheet) -> Result<i64, StorageError> {
    let row = sheet::ActiveModel {
        number: Set(new.number.to_string()),
        verification_code: Set(new.verification_code),
        request_id: Set(new.request_id),
        desk_id: Set(super::places::desk_id(db, &new.desk).await?),
        issued_by_id: Set(new.issued_by),
        issued_on: Set(new.issued_on),
        valid_until: Set(new.valid_until),
        language: Set(new.language),
        weights: Set(new.weights),
        explanation: Set(new.explanation),
        sha256: Set(new.sha256),
        revoked_at: Set(None),
        revoke_reason: Set(None),
        version: Set(1),
        ..Default::default()
    };
    let id = sheet::Entity::insert(row).exec(db).await?.last_insert_id;
    let document = sheet_document::ActiveModel {
        sheet_id: Set(id),
        pdf: Set(new.pdf),
    };
    sheet_document::Entity::insert(document)
        .exec_without_returning(db)
        .await?;
    Ok(id)
}

fn query()
-> sea_orm::SelectThree<sheet::Entity, request::Entity, desk::Entity, sea_orm::TopologyStar> {
    sheet::Entity::find()
        .find_also_related(request::Entity)
        .find_also_related(desk::Entity)
}

/// The sheet of a number.
pub async fn find(
    db: &impl ConnectionTrait,
    number: &SheetNumber,
) -> Result<Option<Sheet>, StorageError> {
    query()
        .filter(sheet::Column::Number.eq(number.as_str()))
        .one(db)
        .await?
        .map(read)
        .transpose()
}

/// The sheet of a key.
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Sheet, StorageError> {
    let row = query().filter(sheet::Column::Id.eq(id)).one(db).await?;
    let row = row.ok_or_else(|| StorageError::Missing {
        table: "sheets",
        key: id.to_string(),
    })?;
    read(row)
}

/// The sheet of a verification code.
pub async fn find_by_code(
    db: &impl ConnectionTrait,
    code: &str,
) -> Result<Option<(Sheet, String)>, StorageError> {
    let row = query()
        .filter(sheet::Column::VerificationCode.eq(code))
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let desk_name = row
        .2
        .as_ref()
        .map(|desk| desk.name.clone())
        .unwrap_or_default();
    Ok(Some((read(row)?, desk_name)))
}

/// The bytes that were issued.
pub async fn pdf(db: &impl ConnectionTrait, sheet_id: i64) -> Result<Vec<u8>, StorageError> {
    let row = sheet_document::Entity::find_by_id(sheet_id).one(db).await?;
    row.map(|row| row.pdf).ok_or_else(|| StorageError::Missing {
        table: "sheet_documents",
        key: sheet_id.to_string(),
    })
}

/// Takes away the bytes of some sheets: somebody on them was erased. How many there were.
pub async fn forget_documents(
    db: &impl ConnectionTrait,
    sheets: &[i64],
) -> Result<u64, StorageError> {
    let done = sheet_document::Entity::delete_many()
        .filter(sheet_document::Column::SheetId.is_in(sheets.iter().copied()))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Marks a sheet as revoked, once.
pub async fn revoke(
    db: &impl ConnectionTrait,
    sheet_id: i64,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<(), StorageError> {
    let row = sheet::ActiveModel {
        revoked_at: Set(Some(at)),
        revoke_reason: Set(Some(reason.to_owned())),
        ..Default::default()
    };
    let done = sheet::Entity::update_many()
        .set(row)
        .filter(sheet::Column::Id.eq(sheet_id))
        .filter(sheet::Column::RevokedAt.is_null())
        .exec(db)
        .await?;
    if done.rows_affected == 0 {
        Err(StorageError::Stale { table: "sheets" })
    } else {
        Ok(())
    }
}

/// What a list shows of a sheet.
#[derive(Debug, Clone)]
pub struct SheetLine {
    pub number: String,
    pub request: String,
    pub issued_on: NaiveDate,
    pub valid_until: NaiveDate,
    pub revoked: bool,
    /// Something that it says of a worker changed since.
    pub superseded: bool,
}

/// The newest first.
const ORDER: Order<sheet::Column> = Order {
    by: [sheet::Column::IssuedOn, sheet::Column::Id],
    descending: true,
};

/// A page of all sheets, the newest first.
pub async fn page(db: &impl ConnectionTrait, number: u64) -> Result<Page<SheetLine>, StorageError> {
    page_at(db, &At::page(number)).await
}

/// The same, by the sheet that it lies beside.
pub async fn page_at(db: &impl ConnectionTrait, at: &At) -> Result<Page<SheetLine>, StorageError> {
    let code = sheet::Column::Number;
    let row = place_of::<sheet::Entity, NaiveDate, i64>(db, &ORDER, code, at).await?;
    let all = sheet::Entity::find();
    let page: Page<sheet::Model> = page_by_key(db, all, &ORDER, at, row, Ok).await?;
    Ok(Page {
        rows: with_requests(db, page.rows).await?,
        number: page.number,
        total: page.total,
    })
}

/// So many lines of the list from a place on.
pub async fn lines(
    db: &impl ConnectionTrait,
    from: u64,
    most: u64,
) -> Result<Vec<SheetLine>, StorageError> {
    let rows = sheet::Entity::find()
        .order_by_desc(sheet::Column::IssuedOn)
        .order_by_desc(sheet::Column::Id)
        .offset(from)
        .limit(most)
        .all(db)
        .await?;
    with_requests(db, rows).await
}

async fn with_requests(
    db: &impl ConnectionTrait,
    rows: Vec<sheet::Model>,
) -> Result<Vec<SheetLine>, StorageError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.request_id).collect();
    let requests: Vec<(i64, String)> = request::Entity::find()
        .select_only()
        .columns([request::Column::Id, request::Column::Code])
        .filter(request::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await?;
    let requests: HashMap<i64, String> = requests.into_iter().collect();
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let changed = superseded(db, &ids).await?;
    let lines = rows.into_iter().map(|row| SheetLine {
        superseded: changed.contains(&row.id),
        request: requests.get(&row.request_id).cloned().unwrap_or_default(),
        number: row.number,
        issued_on: row.issued_on,
        valid_until: row.valid_until,
        revoked: row.revoked_at.is_some(),
    });
    Ok(lines.collect())
}

/// What a partner sees of a sheet for a family that it sent.
#[derive(Debug, Clone)]
pub struct ReferredLine {
    pub number: String,
    pub family: String,
    pub issued_on: NaiveDate,
    pub valid_until: NaiveDate,
    pub revoked: bool,
    /// Something that it says of a worker changed since.
    pub superseded: bool,
}

#[derive(Debug, FromQueryResult)]
struct ReferredRow {
    id: i64,
    number: String,
    family_given: String,
    family_family: String,
    issued_on: NaiveDate,
    valid_until: NaiveDate,
    revoked_at: Option<DateTime<Utc>>,
}

/// A page of the sheets for the families that a partner sent, the newest first.
pub async fn page_referred(
    db: &impl ConnectionTrait,
    partner: &PartnerCode,
    at: &At,
) -> Result<Page<ReferredLine>, StorageError> {
    use sea_orm::{JoinType, RelationTrait};
    let of_partner = sheet::Entity::find()
        .select_only()
        .column_as(sheet::Column::Id, "id")
        .column_as(sheet::Column::Number, "number")
        .column_as(family::Column::GivenName, "family_given")
        .column_as(family::Column::FamilyName, "family_family")
        .column_as(sheet::Column::IssuedOn, "issued_on")
        .column_as(sheet::Column::ValidUntil, "valid_until")
        .column_as(sheet::Column::RevokedAt, "revoked_at")
        .join(JoinType::InnerJoin, sheet::Relation::Request.def())
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(super::referrals::sent_by(partner));
    let (code, own) = (sheet::Column::Number, of_partner.clone());
    let row = place_among::<sheet::Entity, NaiveDate, i64>(db, own, &ORDER, code, at).await?;
    let page: Page<ReferredRow> = page_by_key(db, of_partner, &ORDER, at, row, Ok).await?;
    let ids: Vec<i64> = page.rows.iter().map(|row| row.id).collect();
    let changed = superseded(db, &ids).await?;
    let rows = page.rows.into_iter().map(|row| ReferredLine {
        superseded: changed.contains(&row.id),
        number: row.number,
        family: format!("{} {}", row.family_given, row.family_family),
        issued_on: row.issued_on,
        valid_until: row.valid_until,
        revoked: row.revoked_at.is_some(),
    });
    Ok(Page {
        rows: rows.collect(),
        number: page.number,
        total: page.total,
    })
}

/// The workers on a sheet: key, name and code, in the order they were named. Read from who
/// was disclosed when it was issued: an introduction may belong to the sheet after it.
pub async fn workers(
    db: &impl ConnectionTrait,
    sheet_id: i64,
) -> Result<Vec<(i64, String, String)>, StorageError> {
    use super::entity::worker;
    let rows = disclosure::Entity::find()
        .find_also_related(worker::Entity)
        .filter(disclosure::Column::SheetId.eq(sheet_id))
        .filter(disclosure::Column::How.eq(How::Issued.code()))
        .order_by_asc(disclosure::Column::Id)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(_, worker)| {
            let worker = TABLE.some("id", worker)?;
            Ok((
                worker.id,
                format!("{} {}", worker.given_name, worker.family_name),
                worker.code,
            ))
        })
        .collect()
}

/// Those of these sheets that say something of a worker that changed since they were issued.
pub async fn superseded(
    db: &impl ConnectionTrait,
    sheets: &[i64],
) -> Result<HashSet<i64>, StorageError> {
    use super::entity::{record_change, worker};
    let named: Vec<(i64, String, DateTime<Utc>)> = disclosure::Entity::find()
        .select_only()
        .column(disclosure::Column::SheetId)
        .column(worker::Column::Code)
        .column(disclosure::Column::At)
        .inner_join(worker::Entity)
        .filter(disclosure::Column::SheetId.is_in(sheets.iter().copied()))
        .filter(disclosure::Column::How.eq(How::Issued.code()))
        .into_tuple()
        .all(db)
        .await?;
    let Some(first) = named.iter().map(|(.., at)| *at).min() else {
        return Ok(HashSet::new());
    };
    let workers: HashSet<&str> = named.iter().map(|(_, code, _)| code.as_str()).collect();
    let changes: Vec<(String, DateTime<Utc>, String)> = record_change::Entity::find()
        .select_only()
        .column(record_change::Column::Record)
        .column(record_change::Column::At)
        .column(record_change::Column::Fields)
        .filter(record_change::Column::Kind.eq("worker"))
        .filter(record_change::Column::Record.is_in(workers))
        .filter(record_change::Column::At.gt(first))
        .into_tuple()
        .all(db)
        .await?;
    let mut latest: HashMap<String, DateTime<Utc>> = HashMap::new();
    for (worker, at, fields) in changes {
        let fields: Vec<Changed> =
            Cells("record_changes").read("fields", serde_json::from_str(&fields))?;
        let mut names = fields.iter().map(|(name, ..)| name.as_str());
        if names.any(|name| DISCLOSED.split('|').any(|column| column == name)) {
            let known = latest.entry(worker).or_insert(at);
            *known = at.max(*known);
        }
    }
    let changed = named
        .into_iter()
        .filter(|(_, worker, issued)| latest.get(worker).is_some_and(|at| at > issued));
    Ok(changed.map(|(sheet, ..)| sheet).collect())
}

/// How many sheets were issued.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, StorageError> {
    Ok(sheet::Entity::find().count(db).await?)
}

fn read(
    (row, request, desk): (sheet::Model, Option<request::Model>, Option<desk::Model>),
) -> Result<Sheet, StorageError> {
    let request = TABLE.some("request_id", request)?;
    Ok(Sheet {
        id: row.id,
        number: TABLE.read("number", SheetNumber::from_paper(&row.number))?,
        verification_code: row.verification_code,
        request_id: request.id,
        family_id: request.family_id,
        request: TABLE.read("request_id", RequestCode::parse(&request.code))?,
        desk: TABLE.some("desk_id", desk)?.code,
        desk_id: row.desk_id,
        issued_by: row.issued_by_id,
        issued_on: row.issued_on,
        valid_until: row.valid_until,
        stands_on: row.weights,
        sha256: row.sha256,
        revoked_at: row.revoked_at,
        revoke_reason: row.revoke_reason,
        version: row.version,
    })
}
