//! One record and what stands around it, for its page.

use super::error::require_desk;
use super::merging::missing;
use super::rights::check_living;
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::family::Family;
use crate::domain::ids::{FamilyCode, RequestCode, WorkerCode};
use crate::domain::partner::Consent;
use crate::domain::request::CareRequest;
use crate::domain::worker::Worker;
use crate::storage::asked::Asked;
use crate::storage::disclosures::DisclosureLine;
use crate::storage::introductions::IntroductionLine;
use crate::storage::merges::People;
use crate::storage::withdrawals::ToTell;
use crate::storage::{self, Page, Stored};

/// A worker, whom they were introduced to and who was told of them.
pub struct WorkerRecord {
    pub worker: Stored<Worker>,
    pub introductions: Vec<IntroductionLine>,
    pub disclosures: Vec<DisclosureLine>,
    /// Holders of sheets that were revoked because the worker withdrew.
    pub to_tell: Vec<ToTell>,
}

/// The record of a worker.
pub async fn worker(
    context: &Context,
    actor: &Actor,
    code: &WorkerCode,
) -> Result<WorkerRecord, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let Some(worker) = storage::workers::find(db, code).await? else {
        return Err(missing(db, "worker", code.as_str()).await?);
    };
    check_living(db, "worker", code.as_str()).await?;
    let introductions = storage::introductions::of_worker(db, worker.id).await?;
    let disclosures = storage::disclosures::of_worker(db, worker.id).await?;
    let to_tell = storage::withdrawals::to_tell(db, worker.id, context.today()).await?;
    Ok(WorkerRecord {
        worker,
        introductions,
        disclosures,
        to_tell,
    })
}

/// A worker's name, and a page of all disclosures.
pub async fn disclosures(
    context: &Context,
    actor: &Actor,
    code: &WorkerCode,
    number: u64,
) -> Result<(String, Page<DisclosureLine>), ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let worker = storage::workers::find(db, code)
        .await?
        .ok_or_else(|| ServiceError::not_found("worker", code))?;
    check_living(db, "worker", code.as_str()).await?;
    let page = storage::disclosures::page_of_worker(db, worker.id, number).await?;
    Ok((worker.value.full_name(), page))
}

/// A family and its latest requests.
pub struct FamilyRecord {
    pub family: Stored<Family>,
    pub requests: Vec<Stored<CareRequest>>,
}

/// The record of a family.
pub async fn family(
    context: &Context,
    actor: &Actor,
    code: &FamilyCode,
) -> Result<FamilyRecord, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let Some(family) = storage::families::find(db, code).await? else {
        return Err(missing(db, "family", code.as_str()).await?);
    };
    check_living(db, "family", code.as_str()).await?;
    let requests = storage::requests::of_family(db, family.id).await?;
    Ok(FamilyRecord { family, requests })
}

/// A request, its family, who was asked and who was introduced.
pub struct RequestRecord {
    pub request: Stored<CareRequest>,
    pub family: Stored<Family>,
    pub proposals: Vec<Asked>,
    pub introductions: Vec<IntroductionLine>,
    /// The family's word under which a partner sent it, and who wrote it down.
    pub consent: Option<(Consent, String)>,
}

/// The record of a request.
pub async fn request(
    context: &Context,
    actor: &Actor,
    code: &RequestCode,
) -> Result<RequestRecord, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let request = storage::requests::find(db, code)
        .await?
        .ok_or_else(|| ServiceError::not_found("request", code))?;
    let family = storage::families::find(db, &request.value.family).await?;
    let family = family.ok_or_else(|| ServiceError::not_found("family", &request.value.family))?;
    let proposals = storage::asked::of_request(db, request.id).await?;
    let introductions = storage::introductions::of_request(db, request.id).await?;
    let named = request.value.family.as_str();
    let erased = storage::erasures::find(db, People::Families, named).await?;
    let consent = storage::referrals::consent(db, request.id).await?;
    Ok(RequestRecord {
        consent: consent.filter(|_| erased.is_none()),
        request,
        family,
        proposals,
        introductions,
    })
}
