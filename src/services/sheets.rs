//! Issuing the named sheet. What needs a number is printed outside the write
//! transaction and kept only if the number is still free; everything that made
//! the sheet right is checked again inside it. No PDF leaves without its
//! disclosure on record.

use chrono::{Datelike, NaiveDate};
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::accounts::off_the_threads;
use super::error::require_desk;
use super::matching::{Ground, need_of, refusal};
use super::sheet_view::{DISCLOSED, Parts};
use super::{Context, ServiceError, proposals, sheet_view};
use crate::catalogue::Words;
use crate::clock::random_bytes;
use crate::domain::account::Actor;
use crate::domain::contract::{self, Unit};
use crate::domain::family::Family;
use crate::domain::ids::{IntroductionCode, RequestCode, SheetNumber, WorkerCode};
use crate::domain::introduction::Introduction;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::proposal::ProposalState;
use crate::domain::request::CareRequest;
use crate::domain::sheet::{self, MOST_WORKERS, Obstacle};
use crate::domain::worker::Worker;
use crate::matching::{self, Answer, Criterion, Explanation};
use crate::pdf;
use crate::storage::disclosures::{DisclosureLine, How};
use crate::storage::places::Desk;
use crate::storage::sheets::{NewSheet, Sheet};
use crate::storage::{self, Connection, Stored};

/// How often a sheet is printed anew because another instance took its number.
const TRIES: usize = 20;

/// What an operator orders.
#[derive(Debug, Clone)]
pub struct Order {
    pub request: RequestCode,
    /// 1 to 8, each once, in the order of the pages.
    pub workers: Vec<WorkerCode>,
    /// Whom the operator asked by telephone, and when they said yes.
    pub asked: Vec<(WorkerCode, NaiveDate)>,
    /// Why a better band was passed over.
    pub skipped: Option<&'static str>,
}

/// A sheet that was issued or printed again.
#[derive(Debug, Clone)]
pub struct Issued {
    pub number: SheetNumber,
    pub verification_code: String,
    pub sha256: String,
    pub pdf: Vec<u8>,
}

/// Whether somebody of a better band fits and was not chosen.
pub fn skips_a_better_band(answer: &Answer, chosen: &[WorkerCode]) -> bool {
    let is_chosen = |worker: &str| chosen.iter().any(|code| code.as_str() == worker);
    let worst = answer
        .fits
        .iter()
        .filter(|fit| is_chosen(&fit.worker))
        .map(|fit| fit.band)
        .max();
    let all_fit = chosen
        .iter()
        .all(|code| answer.fits.iter().any(|fit| fit.worker == code.as_str()));
    let worst = if all_fit { worst } else { Some(u32::MAX) };
    answer
        .fits
        .iter()
        .any(|fit| !is_chosen(&fit.worker) && worst.is_some_and(|worst| fit.band < worst))
}

/// How a chosen worker stands before the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    NeedsNoAsking,
    Accepted,
    Declined,
    ToAsk,
}

impl Standing {
    /// The code, also of the catalogue's message.
    pub fn code(self) -> &'static str {
        match self {
            Self::NeedsNoAsking => "needs_no_asking",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::ToAsk => "to_ask",
        }
    }

    /// Whether the worker's word is still missing.
    pub fn is_to_ask(self) -> bool {
        matches!(self, Self::ToAsk | Self::Declined)
    }

    fn of(worker: &Worker, latest: Option<ProposalState>, today: NaiveDate) -> Self {
        match latest {
            Some(ProposalState::Accepted) => Self::Accepted,
            Some(ProposalState::Declined) => Self::Declined,
            _ if worker.needs_no_asking(today) => Self::NeedsNoAsking,
            _ => Self::ToAsk,
        }
    }
}

/// A worker who was chosen for a sheet.
pub struct ChosenWorker {
    pub worker: Worker,
    pub standing: Standing,
}

/// What the operator sees before issuing.
pub struct Chosen {
    pub request: CareRequest,
    pub family: Family,
    pub workers: Vec<ChosenWorker>,
    pub skips_a_better_band: bool,
}

/// Looks at a choice before a sheet is ordered.
pub async fn chosen(
    context: &Context,
    actor: &Actor,
    request: &RequestCode,
    workers: &[WorkerCode],
) -> Result<Chosen, ServiceError> {
    require_desk(actor)?;
    let order = Order {
        request: request.clone(),
        workers: workers.to_vec(),
        asked: Vec::new(),
        skipped: None,
    };
    check_order(&order)?;
    let today = context.today();
    let db = context.db.read();
    let matched = super::matching::answer(context, request, today, None).await?;
    let family = storage::families::find(db, &matched.request.value.family).await?;
    let family =
        family.ok_or_else(|| ServiceError::not_found("family", &matched.request.value.family))?;
    let words = storage::proposals::of_request(db, matched.request.id).await?;
    let workers = load_workers(db, &order).await?.into_iter().map(|worker| {
        let latest = words
            .iter()
            .find(|line| line.worker_id == worker.id)
            .map(|line| line.proposal.value.state_on(today));
        ChosenWorker {
            standing: Standing::of(&worker.value, latest, today),
            worker: worker.value,
        }
    });
    Ok(Chosen {
        workers: workers.collect(),
        family: family.value,
        skips_a_better_band: skips_a_better_band(&matched.answer, &order.workers),
        request: matched.request.value,
    })
}

/// Issues a sheet in the actor's name.
pub async fn issue(
    context: &Context,
    actor: &Actor,
    words: Words,
    order: &Order,
) -> Result<Issued, ServiceError> {
    require_desk(actor)?;
    check_order(order)?;
    let _press = context.press.lock().await;
    for _ in 0..TRIES {
        let draft = Draft::prepare(context, actor, order).await?;
        let view = draft.view(context, words, actor);
        let pdf = off_the_threads(move || Ok(pdf::sheet::render(&view)?)).await?;
        if let Some(issued) = draft.keep(context, actor, words, order, pdf).await? {
            return Ok(issued);
        }
    }
    Err(ServiceError::Refused(Why::new("refused-number-taken")))
}

fn check_order(order: &Order) -> Result<(), ServiceError> {
    if order.workers.is_empty() || order.workers.len() > MOST_WORKERS {
        return Err(ServiceError::Refused(
            Why::new("refused-number-of-workers").with("most", MOST_WORKERS),
        ));
    }
    let mut seen = std::collections::BTreeSet::new();
    let twice = order.workers.iter().find(|code| !seen.insert(*code));
    match twice {
        Some(code) => Err(ServiceError::Refused(
            Why::new(Obstacle::Duplicate.key()).with("worker", code),
        )),
        None => Ok(()),
    }
}

/// A sheet before it has its bytes.
struct Draft {
    number: SheetNumber,
    running: i64,
    verification_code: String,
    desk: Desk,
    request: Stored<CareRequest>,
    family: Stored<Family>,
    workers: Vec<(Stored<Worker>, Explanation)>,
    weights: String,
    today: NaiveDate,
}

impl Draft {
    async fn prepare(
        context: &Context,
        actor: &Actor,
        order: &Order,
    ) -> Result<Self, ServiceError> {
        let today = context.today();
        let desk_code = actor.desk().ok_or(ServiceError::Forbidden)?;
        let desk = super::places::desk(context, desk_code).await?;
        let db = context.db.read();
        let request = proposals::open_request(db, &order.request).await?;
        check_offer(&request.value, today)?;
        let family = storage::families::find(db, &request.value.family).await?;
        let family =
            family.ok_or_else(|| ServiceError::not_found("family", &request.value.family))?;
        let ordered = load_workers(db, order).await?;
        check_workers(db, today, &request, &ordered, order).await?;

        let ground = Ground::load(context, today).await?;
        let need = need_of(&request.value).map_err(|why| ServiceError::Refused(refusal(why)))?;
        let mut problems = Vec::new();
        let mut workers = Vec::with_capacity(ordered.len());
        for worker in ordered {
            let code = worker
                .value
                .code
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            let explanation = matching::explain(&ground.pool, &code, &need, today, &ground.weights);
            match explanation {
                Some(explanation) => {
                    problems.extend(
                        hindering(&explanation).map(|obstacle| problem(&worker.value, obstacle)),
                    );
                    workers.push((worker, explanation));
                }
                None => problems.push(problem(&worker.value, Obstacle::Inactive)),
            }
        }
        if !problems.is_empty() {
            return Err(ServiceError::Invalid(Invalid(problems)));
        }
        let counter = storage::counters::sheets(&desk.sheet_prefix, today.year());
        let running = storage::counters::last(db, &counter).await? + 1;
        Ok(Self {
            number: number(&desk.sheet_prefix, today, running),
            running,
            verification_code: BASE32_NOPAD
                .encode(&random_bytes::<10>(context.randomness.as_ref())),
            desk,
            request,
            family,
            workers,
            weights:
                json!({ "valid_from": ground.weights_from, "weights": ground.weights.parts() })
                    .to_string(),
            today,
        })
    }

    fn view(&self, context: &Context, words: Words, actor: &Actor) -> pdf::sheet::SheetView {
        let parts = Parts {
            number: &self.number,
            verification_code: &self.verification_code,
            request: &self.request.value,
            family: &self.family.value,
            desk: &self.desk,
            issued_by: actor,
            workers: self
                .workers
                .iter()
                .map(|(worker, explanation)| (&worker.value, explanation))
                .collect(),
        };
        sheet_view::view(context, words, &parts)
    }

    /// Number, introductions, disclosures and bytes in one short transaction;
    /// none where the number went to somebody else.
    async fn keep(
        self,
        context: &Context,
        actor: &Actor,
        words: Words,
        order: &Order,
        pdf: Vec<u8>,
    ) -> Result<Option<Issued>, ServiceError> {
        let write = context.db.write().await?;
        let ids: Vec<i64> = self.workers.iter().map(|(worker, _)| worker.id).collect();
        storage::workers::lock(&*write, &ids).await?;
        self.check_again(&write, order).await?;
        for (code, day) in &order.asked {
            let worker = self
                .workers
                .iter()
                .find(|(worker, _)| worker.value.code.as_ref() == Some(code));
            if let Some((worker, _)) = worker {
                proposals::asked_by_phone(
                    context,
                    &write,
                    actor,
                    self.request.id,
                    worker,
                    *day,
                    order.skipped,
                )
                .await?;
            }
        }
        let counter = storage::counters::sheets(&self.desk.sheet_prefix, self.today.year());
        if storage::counters::draw(&*write, &counter, 1).await? != self.running {
            return Ok(None);
        }
        let sha256 = HEXLOWER.encode(&Sha256::digest(&pdf));
        let sheet_id =
            storage::sheets::insert(&*write, self.row(actor, words, &sha256, pdf.clone())).await?;
        self.introduce(&write, sheet_id).await?;
        let now = context.now();
        let disclosure = storage::disclosures::New {
            sheet_id,
            family_id: self.family.id,
            how: How::Issued,
            fields: DISCLOSED,
            at: now,
            by: actor.account_id,
        };
        storage::disclosures::insert_many(&*write, &disclosure, &ids).await?;
        storage::audit::insert(
            &*write,
            now,
            Some(actor.account_id),
            "sheet.issued",
            Some(self.number.as_str()),
            None,
        )
        .await?;
        write.commit().await?;
        Ok(Some(Issued {
            number: self.number,
            verification_code: self.verification_code,
            sha256,
            pdf,
        }))
    }

    /// What was right when the sheet was printed must still be so.
    async fn check_again(&self, write: &storage::Write, order: &Order) -> Result<(), ServiceError> {
        let request = proposals::open_request(&**write, &order.request).await?;
        let workers = load_workers(&**write, order).await?;
        let unchanged = request.version == self.request.version
            && workers
                .iter()
                .zip(&self.workers)
                .all(|(now, (then, _))| now.version == then.version);
        if !unchanged {
            return Err(ServiceError::Stale);
        }
        check_workers(&**write, self.today, &request, &workers, order).await
    }

    fn row(&self, actor: &Actor, words: Words, sha256: &str, pdf: Vec<u8>) -> NewSheet {
        NewSheet {
            number: self.number.clone(),
            verification_code: self.verification_code.clone(),
            request_id: self.request.id,
            desk: self.desk.code.clone(),
            issued_by: actor.account_id,
            issued_on: self.today,
            valid_until: sheet::valid_until(self.today),
            language: words.tag().to_owned(),
            weights: self.weights.clone(),
            explanation: self.explanation().to_string(),
            sha256: sha256.to_owned(),
            pdf,
        }
    }

    fn explanation(&self) -> serde_json::Value {
        let workers = self.workers.iter().map(|(worker, explanation)| {
            let failed = explanation
                .criteria
                .iter()
                .filter(|(_, shortfall)| shortfall.is_some());
            json!({
                "worker": worker.value.code.as_ref().map(WorkerCode::as_str),
                "components": explanation.components,
                "distance_m": explanation.distance_m,
                "covered": explanation.covered,
                "uncovered": explanation.uncovered,
                "failed": failed.map(|(criterion, _)| criterion.code()).collect::<Vec<_>>(),
            })
        });
        workers.collect()
    }

    async fn introduce(&self, write: &storage::Write, sheet_id: i64) -> Result<(), ServiceError> {
        let count = u32::try_from(self.workers.len()).unwrap_or(u32::MAX);
        let mut running = storage::counters::draw(&**write, "introduction", count).await?;
        let mut introductions = Vec::with_capacity(self.workers.len());
        for (worker, _) in &self.workers {
            let code = IntroductionCode::parse(&format!("I-{running:06}"));
            introductions.push(Introduction {
                code: Some(code.map_err(ServiceError::Refused)?),
                request: self
                    .request
                    .value
                    .code
                    .clone()
                    .ok_or_else(|| ServiceError::not_found("request", ""))?,
                worker: worker
                    .value
                    .code
                    .clone()
                    .ok_or_else(|| ServiceError::not_found("worker", ""))?,
                sheet_number: Some(self.number.clone()),
                issued_on: self.today,
            });
            running += 1;
        }
        Ok(
            storage::introductions::insert_many(&**write, &introductions, None, Some(sheet_id))
                .await?,
        )
    }
}

fn number(prefix: &str, today: NaiveDate, running: i64) -> SheetNumber {
    SheetNumber::new(
        prefix,
        today.year(),
        u32::try_from(running).unwrap_or(u32::MAX),
    )
}

/// The workers of an order, in its order.
async fn load_workers(
    db: &impl Connection,
    order: &Order,
) -> Result<Vec<Stored<Worker>>, ServiceError> {
    let mut found = storage::workers::find_many(db, &order.workers).await?;
    let mut ordered = Vec::with_capacity(order.workers.len());
    for code in &order.workers {
        let place = found
            .iter()
            .position(|worker| worker.value.code.as_ref() == Some(code));
        let place = place.ok_or_else(|| ServiceError::not_found("worker", code))?;
        ordered.push(found.swap_remove(place));
    }
    Ok(ordered)
}

/// Status, authorisation, the worker's word, and that they are new to the family.
async fn check_workers(
    db: &impl Connection,
    today: NaiveDate,
    request: &Stored<CareRequest>,
    workers: &[Stored<Worker>],
    order: &Order,
) -> Result<(), ServiceError> {
    let seen = storage::introductions::workers_seen_by(db, request.id, today).await?;
    let words = storage::proposals::of_request(db, request.id).await?;
    let mut problems = Vec::new();
    for worker in workers {
        let asked = order
            .asked
            .iter()
            .any(|(code, _)| worker.value.code.as_ref() == Some(code));
        let latest = words
            .iter()
            .find(|line| line.worker_id == worker.id)
            .map(|line| line.proposal.value.state_on(today));
        let obstacle = sheet::obstacle_of(&worker.value, today).or(if seen.contains(&worker.id) {
            Some(Obstacle::AlreadyIntroduced)
        } else if asked {
            None
        } else {
            match Standing::of(&worker.value, latest, today) {
                Standing::Accepted | Standing::NeedsNoAsking => None,
                Standing::Declined => Some(Obstacle::Declined),
                Standing::ToAsk => Some(Obstacle::NotAsked),
            }
        });
        problems.extend(obstacle.map(|obstacle| problem(&worker.value, obstacle)));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Invalid(Invalid(problems)))
    }
}

/// What hinders in the engine's own findings: the title of stay, and the
/// accreditation where public money pays.
fn hindering(explanation: &Explanation) -> impl Iterator<Item = Obstacle> {
    explanation
        .criteria
        .iter()
        .filter(|(_, shortfall)| shortfall.is_some())
        .filter_map(|(criterion, _)| match criterion {
            Criterion::Permit => Some(Obstacle::Permit),
            Criterion::Accreditation => Some(Obstacle::Accreditation),
            _ => None,
        })
}

fn problem(worker: &Worker, obstacle: Obstacle) -> Problem {
    let code = worker
        .code
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    Problem {
        field: "workers",
        value: code,
        why: Why::new(obstacle.key()).with("worker", worker.full_name()),
    }
}

/// An offer below the dated minimum of its level lets no sheet out.
fn check_offer(request: &CareRequest, today: NaiveDate) -> Result<(), ServiceError> {
    let Some(level) = request.ccnl_level else {
        return Ok(());
    };
    let day = request.day(today);
    let row = contract::minimum(
        day,
        level,
        request.arrangement,
        request.live_in_hours,
        request.covers.is_some(),
    );
    let Some(row) = row else { return Ok(()) };
    let offer = match row.unit {
        Unit::Hour => request.max_pay_hour,
        Unit::Month => request.max_pay_month,
        Unit::Day => None,
    };
    match offer.filter(|offer| *offer < row.amount) {
        Some(offer) => Err(ServiceError::Refused(
            Why::new("refused-below-minimum")
                .with("offer", offer)
                .with("minimum", row.amount)
                .with("level", level.code())
                .with("since", row.valid_from)
                .with("source", row.source),
        )),
        None => Ok(()),
    }
}

/// A sheet and what its page shows.
pub struct SheetRecord {
    pub sheet: Sheet,
    pub family: Option<Stored<Family>>,
    /// Name and code of each worker.
    pub workers: Vec<(String, String)>,
    pub disclosures: Vec<DisclosureLine>,
}

/// The record of a sheet.
pub async fn get(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
) -> Result<SheetRecord, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let sheet = find(db, number).await?;
    let request = proposals::find_request(db, &sheet.request).await?;
    let family = storage::families::find(db, &request.value.family).await?;
    let workers = storage::sheets::workers(db, sheet.id).await?;
    let disclosures = storage::disclosures::of_sheet(db, sheet.id).await?;
    Ok(SheetRecord {
        sheet,
        family,
        workers: workers
            .into_iter()
            .map(|(_, name, code)| (name, code))
            .collect(),
        disclosures,
    })
}

async fn find(db: &impl Connection, number: &SheetNumber) -> Result<Sheet, ServiceError> {
    storage::sheets::find(db, number)
        .await?
        .ok_or_else(|| ServiceError::not_found("sheet", number))
}

/// The same bytes again, with the disclosure on record.
pub async fn print(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
) -> Result<Issued, ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let sheet = find(&*write, number).await?;
    if sheet.revoked_at.is_some() {
        return Err(ServiceError::Refused(
            Why::new("refused-sheet-revoked").with("number", number),
        ));
    }
    let pdf = storage::sheets::pdf(&*write, sheet.id).await?;
    if HEXLOWER.encode(&Sha256::digest(&pdf)) != sheet.sha256 {
        return Err(ServiceError::Broken(format!(
            "the bytes of sheet {number} are not those that were issued"
        )));
    }
    let workers = storage::sheets::workers(&*write, sheet.id).await?;
    let ids: Vec<i64> = workers.iter().map(|(id, ..)| *id).collect();
    let now = context.now();
    let disclosure = storage::disclosures::New {
        sheet_id: sheet.id,
        family_id: sheet.family_id,
        how: How::Printed,
        fields: DISCLOSED,
        at: now,
        by: actor.account_id,
    };
    storage::disclosures::insert_many(&*write, &disclosure, &ids).await?;
    storage::audit::insert(
        &*write,
        now,
        Some(actor.account_id),
        "sheet.printed",
        Some(number.as_str()),
        None,
    )
    .await?;
    write.commit().await?;
    Ok(Issued {
        number: sheet.number,
        verification_code: sheet.verification_code,
        sha256: sheet.sha256,
        pdf,
    })
}

/// Revokes a sheet with a coded reason.
pub async fn revoke(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
    reason: &'static str,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let sheet = find(&*write, number).await?;
    if sheet.revoked_at.is_some() {
        return Err(ServiceError::Refused(
            Why::new("refused-sheet-revoked").with("number", number),
        ));
    }
    let now = context.now();
    storage::sheets::revoke(&*write, sheet.id, now, reason).await?;
    storage::audit::insert(
        &*write,
        now,
        Some(actor.account_id),
        "sheet.revoked",
        Some(number.as_str()),
        Some(reason),
    )
    .await?;
    Ok(write.commit().await?)
}

/// What anybody may learn by a sheet's code: number, desk, day, and how it stands.
pub struct Verified {
    pub number: SheetNumber,
    pub desk: String,
    pub issued_on: NaiveDate,
    pub state: sheet::SheetState,
}

/// Verifies a code; none where there is no such sheet.
pub async fn verify(context: &Context, code: &str) -> Result<Option<Verified>, ServiceError> {
    let code: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(40)
        .collect::<String>()
        .to_uppercase();
    let Some((sheet, desk)) = storage::sheets::find_by_code(context.db.read(), &code).await? else {
        return Ok(None);
    };
    let state = sheet::SheetState::on(
        context.today(),
        sheet.valid_until,
        sheet.revoked_at.is_some(),
    );
    Ok(Some(Verified {
        number: sheet.number,
        desk,
        issued_on: sheet.issued_on,
        state,
    }))
}
