//! What became of the families that a partner sent: their requests, their introductions, the
//! word under which they were sent, and nothing of anybody else's.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult,
    JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait,
    Select,
};

use super::Page;
use super::entity::{account, family, introduction, partner, proposal, referral, request, worker};
use super::error::StorageError;
use super::lists::{At, Order, page_by_key, place_among};
use super::rows::{CHUNK, Cells};
use crate::domain::ids::{FamilyCode, IntroductionCode, PartnerCode, RequestCode};
use crate::domain::partner::{Consent, ConsentHow};
use crate::domain::request::RequestStatus;
use crate::domain::text::Line;

const TABLE: Cells = Cells("introductions");

/// An introduction of a family that a partner sent.
#[derive(Debug, Clone)]
pub struct Referral {
    pub id: i64,
    pub code: IntroductionCode,
    pub family_id: i64,
    pub family: FamilyCode,
    pub family_name: (String, String),
    pub worker_name: (String, String),
    pub desk_id: i64,
    pub issued_on: NaiveDate,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    introduction_id: i64,
    introduction_code: String,
    family_id: i64,
    family_code: String,
    family_given: String,
    family_family: String,
    worker_given: String,
    worker_family: String,
    desk_id: i64,
    issued_on: NaiveDate,
}

/// The requests that a partner sees: those it filed, and those of families it sent that no
/// partner filed. Families that became one keep what each partner filed apart.
pub(super) fn sent_by(partner: &PartnerCode) -> Condition {
    let partner = partner::Entity::find()
        .select_only()
        .column(partner::Column::Id)
        .filter(partner::Column::Code.eq(partner.as_str()))
        .into_query();
    let filed = || {
        referral::Entity::find()
            .select_only()
            .column(referral::Column::RequestId)
    };
    let by_it = filed().filter(referral::Column::PartnerId.in_subquery(partner.clone()));
    let by_none = request::Column::Id.not_in_subquery(filed().into_query());
    Condition::any()
        .add(request::Column::Id.in_subquery(by_it.into_query()))
        .add(
            Condition::all()
                .add(family::Column::ReferredById.in_subquery(partner))
                .add(by_none),
        )
}

/// Whether a partner sees a request.
pub async fn is_sent_by(
    db: &impl ConnectionTrait,
    request_id: i64,
    partner: &PartnerCode,
) -> Result<bool, StorageError> {
    let own = request::Entity::find_by_id(request_id)
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(sent_by(partner));
    Ok(own.count(db).await? > 0)
}

/// The partner that filed a request; none where the desk registered it.
pub async fn filed_by(
    db: &impl ConnectionTrait,
    request_id: i64,
) -> Result<Option<PartnerCode>, StorageError> {
    let found = referral::Entity::find()
        .find_also_related(partner::Entity)
        .filter(referral::Column::RequestId.eq(request_id))
        .one(db)
        .await?;
    let partner = found.and_then(|(_, partner)| partner);
    Cells("referrals").optional("partner_id", partner, |one| PartnerCode::parse(&one.code))
}

fn of_partner(partner: &PartnerCode) -> Select<introduction::Entity> {
    introduction::Entity::find()
        .select_only()
        .column_as(introduction::Column::Id, "introduction_id")
        .column_as(introduction::Column::Code, "introduction_code")
        .column_as(request::Column::FamilyId, "family_id")
        .column_as(family::Column::Code, "family_code")
        .column_as(family::Column::GivenName, "family_given")
        .column_as(family::Column::FamilyName, "family_family")
        .column_as(worker::Column::GivenName, "worker_given")
        .column_as(worker::Column::FamilyName, "worker_family")
        .column_as(family::Column::DeskId, "desk_id")
        .column_as(introduction::Column::IssuedOn, "issued_on")
        .join(JoinType::InnerJoin, introduction::Relation::Request.def())
        .join(JoinType::InnerJoin, introduction::Relation::Worker.def())
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(sent_by(partner))
}

/// The newest first.
const ORDER: Order<introduction::Column> = Order {
    by: [introduction::Column::IssuedOn, introduction::Column::Id],
    descending: true,
};

/// A page of a partner's, the newest first.
pub async fn page(
    db: &impl ConnectionTrait,
    partner: &PartnerCode,
    at: &At,
) -> Result<Page<Referral>, StorageError> {
    let (own, code) = (of_partner(partner), introduction::Column::Code);
    let row =
        place_among::<introduction::Entity, NaiveDate, i64>(db, own.clone(), &ORDER, code, at);
    let row = row.await?;
    page_by_key(db, own, &ORDER, at, row, referral).await
}

/// One of a partner's own, by its code; another's is not there.
pub async fn find(
    db: &impl ConnectionTrait,
    partner: &PartnerCode,
    code: &IntroductionCode,
) -> Result<Option<Referral>, StorageError> {
    let row = of_partner(partner)
        .filter(introduction::Column::Code.eq(code.as_str()))
        .into_model::<Row>()
        .one(db)
        .await?;
    row.map(referral).transpose()
}

/// A request of a family that a partner sent.
#[derive(Debug, Clone)]
pub struct SentRequest {
    pub id: i64,
    pub code: RequestCode,
    pub family: FamilyCode,
    pub family_name: (String, String),
    pub desk_id: i64,
    pub status: RequestStatus,
    pub opened_on: NaiveDate,
    /// Somebody at the desk is in charge of it.
    pub in_charge: bool,
}

#[derive(Debug, FromQueryResult)]
struct RequestRow {
    request_id: i64,
    request_code: String,
    family_code: String,
    family_given: String,
    family_family: String,
    desk_id: i64,
    status: String,
    opened_on: NaiveDate,
    in_charge_id: Option<i64>,
}

fn requests_of(partner: &PartnerCode) -> Select<request::Entity> {
    request::Entity::find()
        .select_only()
        .column_as(request::Column::Id, "request_id")
        .column_as(request::Column::Code, "request_code")
        .column_as(family::Column::Code, "family_code")
        .column_as(family::Column::GivenName, "family_given")
        .column_as(family::Column::FamilyName, "family_family")
        .column_as(family::Column::DeskId, "desk_id")
        .column_as(request::Column::Status, "status")
        .column_as(request::Column::OpenedOn, "opened_on")
        .column_as(request::Column::InChargeId, "in_charge_id")
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(sent_by(partner))
}

fn sent_request(row: RequestRow) -> Result<SentRequest, StorageError> {
    let table = Cells("requests");
    Ok(SentRequest {
        id: row.request_id,
        code: table.read("code", RequestCode::parse(&row.request_code))?,
        family: Cells("families").read("code", FamilyCode::parse(&row.family_code))?,
        family_name: (row.family_given, row.family_family),
        desk_id: row.desk_id,
        status: table.read("status", RequestStatus::parse(&row.status))?,
        opened_on: row.opened_on,
        in_charge: row.in_charge_id.is_some(),
    })
}

/// The newest first.
const ORDER_OF_REQUESTS: Order<request::Column> = Order {
    by: [request::Column::OpenedOn, request::Column::Id],
    descending: true,
};

/// A page of a partner's requests, the newest first.
pub async fn requests(
    db: &impl ConnectionTrait,
    partner: &PartnerCode,
    at: &At,
) -> Result<Page<SentRequest>, StorageError> {
    let (order, code) = (&ORDER_OF_REQUESTS, request::Column::Code);
    let own = requests_of(partner);
    let row = place_among::<request::Entity, NaiveDate, i64>(db, own.clone(), order, code, at);
    let row = row.await?;
    page_by_key(db, own, order, at, row, sent_request).await
}

/// One of a partner's own, by its code; another's is not there.
pub async fn request(
    db: &impl ConnectionTrait,
    partner: &PartnerCode,
    code: &RequestCode,
) -> Result<Option<SentRequest>, StorageError> {
    let row = requests_of(partner)
        .filter(request::Column::Code.eq(code.as_str()))
        .into_model::<RequestRow>()
        .one(db)
        .await?;
    row.map(sent_request).transpose()
}

/// A partner's requests opened between two days, by key from one on: a piece of up to
/// [`CHUNK`].
pub async fn requests_between(
    db: &impl ConnectionTrait,
    partner: &PartnerCode,
    (first, last): (NaiveDate, NaiveDate),
    after: i64,
) -> Result<Vec<SentRequest>, StorageError> {
    let rows = requests_of(partner)
        .filter(request::Column::OpenedOn.between(first, last))
        .filter(request::Column::Id.gt(after))
        .order_by_asc(request::Column::Id)
        .limit(u64::try_from(CHUNK).unwrap_or(u64::MAX))
        .into_model::<RequestRow>()
        .all(db)
        .await?;
    rows.into_iter().map(sent_request).collect()
}

/// An introduction of one of these requests: the request's key, its own, and when.
pub type Introduced = (i64, i64, NaiveDate);

/// The introductions of up to [`CHUNK`] requests.
pub async fn introduced(
    db: &impl ConnectionTrait,
    requests: &[i64],
) -> Result<Vec<Introduced>, StorageError> {
    Ok(introduction::Entity::find()
        .select_only()
        .column(introduction::Column::RequestId)
        .column(introduction::Column::Id)
        .column(introduction::Column::IssuedOn)
        .filter(introduction::Column::RequestId.is_in(requests.iter().copied()))
        .order_by_asc(introduction::Column::Id)
        .into_tuple()
        .all(db)
        .await?)
}

/// Of up to [`CHUNK`] requests those for which workers were asked.
pub async fn asked_for(
    db: &impl ConnectionTrait,
    requests: &[i64],
) -> Result<HashSet<i64>, StorageError> {
    let found: Vec<i64> = proposal::Entity::find()
        .select_only()
        .column(proposal::Column::RequestId)
        .distinct()
        .filter(proposal::Column::RequestId.is_in(requests.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

/// The introductions of one request of a partner's, the newest first.
pub async fn of_request(
    db: &impl ConnectionTrait,
    partner: &PartnerCode,
    request_id: i64,
) -> Result<Vec<Referral>, StorageError> {
    let rows = of_partner(partner)
        .filter(introduction::Column::RequestId.eq(request_id))
        .order_by_desc(introduction::Column::Id)
        .limit(Page::<()>::SIZE)
        .into_model::<Row>()
        .all(db)
        .await?;
    rows.into_iter().map(referral).collect()
}

/// Keeps the family's word under which a partner's account filed a request.
pub async fn insert_consent(
    db: &impl ConnectionTrait,
    request_id: i64,
    (partner, account_id): (&PartnerCode, i64),
    consent: &Consent,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = referral::ActiveModel {
        request_id: Set(request_id),
        partner_id: Set(super::places::partner_id(db, partner).await?),
        account_id: Set(account_id),
        consent_by: Set(consent.by.to_string()),
        consent_how: Set(consent.how.code().to_owned()),
        consent_on: Set(consent.on),
        filed_at: Set(now),
        ..Default::default()
    };
    referral::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The family's word for a request, and the account that filed it; none where the desk
/// registered it.
pub async fn consent(
    db: &impl ConnectionTrait,
    request_id: i64,
) -> Result<Option<(Consent, String)>, StorageError> {
    let table = Cells("referrals");
    let row = referral::Entity::find()
        .find_also_related(account::Entity)
        .filter(referral::Column::RequestId.eq(request_id))
        .one(db)
        .await?;
    let Some((row, account)) = row else {
        return Ok(None);
    };
    let consent = Consent {
        by: table.read("consent_by", Line::parse(&row.consent_by))?,
        how: table.read("consent_how", ConsentHow::parse(&row.consent_how))?,
        on: row.consent_on,
    };
    let by = account.map(|account| account.name).unwrap_or_default();
    Ok(Some((consent, by)))
}

fn referral(row: Row) -> Result<Referral, StorageError> {
    Ok(Referral {
        id: row.introduction_id,
        code: TABLE.read("code", IntroductionCode::parse(&row.introduction_code))?,
        family_id: row.family_id,
        family: Cells("families").read("code", FamilyCode::parse(&row.family_code))?,
        family_name: (row.family_given, row.family_family),
        worker_name: (row.worker_given, row.worker_family),
        desk_id: row.desk_id,
        issued_on: row.issued_on,
    })
}
