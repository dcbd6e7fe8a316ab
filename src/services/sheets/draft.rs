//! A sheet between being ordered and being kept: prepared from what is read now,
//! printed by its caller, then kept in one short transaction or not at all.

use chrono::{Datelike, NaiveDate};
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::checks::{check_offer, check_workers, explained, load_workers, minimum_of};
use super::{Issued, Order, Ordered, Way};
use crate::catalogue::Words;
use crate::clock::random_bytes;
use crate::domain::account::Actor;
use crate::domain::delivery::Purpose;
use crate::domain::duty;
use crate::domain::family::Family;
use crate::domain::ids::{IntroductionCode, SheetNumber, WorkerCode};
use crate::domain::introduction::Introduction;
use crate::domain::request::CareRequest;
use crate::domain::setting::Setting;
use crate::domain::sheet;
use crate::domain::worker::Worker;
use crate::matching::{Explanation, Weights};
use crate::pdf;
use crate::services::sheet_view::{DISCLOSED, Parts};
use crate::services::{Context, ServiceError, delivery, notices, places, proposals, sheet_view};
use crate::storage::disclosures::How;
use crate::storage::places::Desk;
use crate::storage::sheets::NewSheet;
use crate::storage::{self, Connection, Stored};

/// A sheet before it has its bytes.
pub(super) struct Draft {
    number: SheetNumber,
    running: i64,
    verification_code: String,
    desk: Desk,
    request: Stored<CareRequest>,
    family: Stored<Family>,
    workers: Vec<(Stored<Worker>, Explanation)>,
    weights: Weights,
    /// The rules that made it right, with their dates, as they are kept with it.
    stands_on: String,
    today: NaiveDate,
    valid_until: NaiveDate,
}

impl Draft {
    pub(super) async fn prepare(
        context: &Context,
        actor: &Actor,
        order: &Order,
    ) -> Result<Self, ServiceError> {
        let today = context.today();
        let desk_code = actor.desk().ok_or(ServiceError::Forbidden)?;
        let desk = places::desk(context, desk_code).await?;
        let db = context.db.read();
        let request = proposals::open_request(db, &order.request).await?;
        check_offer(db, &request.value, today).await?;
        let family = storage::families::find(db, &request.value.family).await?;
        let family =
            family.ok_or_else(|| ServiceError::not_found("family", &request.value.family))?;
        if order.way == Way::Mail {
            delivery::address(db, family.id).await?;
        }
        let ordered = load_workers(db, order).await?;
        check_workers(db, today, &request, &ordered, order).await?;

        let (weights_from, weights) = storage::policy::weight_rows(db).await?.on(today)?;
        let explained = explained(db, today, &request.value, &ordered, &weights).await?;
        let counter = storage::counters::sheets(&desk.sheet_prefix, today.year());
        let running = storage::counters::last(db, &counter).await? + 1;
        let numbers = storage::policy::numbers(db).await?;
        let days = numbers.days(Setting::Sheets, today);
        let stands_on = json!({
            "valid_from": weights_from,
            "weights": weights.parts(),
            "valid_days": days,
            "call_days": numbers.days(Setting::Calls, today).min(days),
            "fresh_days": numbers.days(Setting::Fresh, today),
            "rules": rules(db, &request.value, today).await?,
        });
        Ok(Self {
            number: number(&desk.sheet_prefix, today, running),
            running,
            verification_code: BASE32_NOPAD
                .encode(&random_bytes::<10>(context.randomness.as_ref())),
            desk,
            request,
            family,
            workers: ordered.into_iter().zip(explained).collect(),
            weights,
            stands_on: stands_on.to_string(),
            today,
            valid_until: sheet::valid_until(today, days),
        })
    }

    pub(super) fn view(
        &self,
        context: &Context,
        words: Words,
        actor: &Actor,
    ) -> pdf::sheet::SheetView {
        let parts = Parts {
            number: &self.number,
            verification_code: &self.verification_code,
            request: &self.request.value,
            family: &self.family.value,
            desk: &self.desk,
            issued_by: actor,
            valid_until: self.valid_until,
            workers: self
                .workers
                .iter()
                .map(|(worker, explanation)| (&worker.value, explanation))
                .collect(),
        };
        sheet_view::view(context, words, &parts)
    }

    /// Number, introductions, disclosures, bytes and mails in one short transaction;
    /// none where the number went to somebody else.
    pub(super) async fn keep(
        self,
        context: &Context,
        actor: &Actor,
        words: Words,
        ordered: &Ordered<'_>,
        pdf: Vec<u8>,
    ) -> Result<Option<Issued>, ServiceError> {
        let order = ordered.order;
        let write = context.db.write().await?;
        let ids: Vec<i64> = self.workers.iter().map(|(worker, _)| worker.id).collect();
        // Families before requests before workers, as whoever holds back or restricts does.
        storage::families::keep_as_is(&*write, self.family.id).await?;
        storage::requests::lock(&*write, self.request.id).await?;
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
                    &self.request,
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
        notices::tell(context, &write, sheet_id, self.family.id, &ids, order.way).await?;
        let now = context.now();
        let disclosure = storage::disclosures::New {
            sheet_id,
            family_id: self.family.id,
            how: How::Issued,
            fields: DISCLOSED,
            at: now,
            by: actor.account_id,
            purpose: Purpose::Request,
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
        let queued = match ordered.letter.clone() {
            Some(letter) => {
                let target = delivery::Target {
                    sheet_id,
                    family_id: self.family.id,
                    number: &self.number,
                    ends_on: self.valid_until,
                };
                Some(delivery::queue(context, &write, actor, &target, letter).await?)
            }
            None => None,
        };
        write.commit().await?;
        Ok(Some(Issued {
            number: self.number,
            verification_code: self.verification_code,
            sha256,
            pdf,
            queued,
        }))
    }

    /// What was right when the sheet was printed must still be so. Who hinders now
    /// is named; any other change makes the paper stale.
    async fn check_again(&self, write: &storage::Write, order: &Order) -> Result<(), ServiceError> {
        let request = proposals::open_request(&**write, &order.request).await?;
        let workers = load_workers(&**write, order).await?;
        check_offer(&**write, &request.value, self.today).await?;
        check_workers(&**write, self.today, &request, &workers, order).await?;
        explained(
            &**write,
            self.today,
            &request.value,
            &workers,
            &self.weights,
        )
        .await?;
        let family = storage::families::get(&**write, self.family.id).await?;
        let unchanged = request.version == self.request.version
            && request.value.family == self.request.value.family
            && family.version == self.family.version
            && workers
                .iter()
                .zip(&self.workers)
                .all(|(now, (then, _))| now.version == then.version);
        if unchanged {
            Ok(())
        } else {
            Err(ServiceError::Stale)
        }
    }

    fn row(&self, actor: &Actor, words: Words, sha256: &str, pdf: Vec<u8>) -> NewSheet {
        NewSheet {
            number: self.number.clone(),
            verification_code: self.verification_code.clone(),
            request_id: self.request.id,
            desk: self.desk.code.clone(),
            issued_by: actor.account_id,
            issued_on: self.today,
            valid_until: self.valid_until,
            language: words.tag().to_owned(),
            weights: self.stands_on.clone(),
            explanation: self.explanation(words).to_string(),
            sha256: sha256.to_owned(),
            pdf,
        }
    }

    /// What was shown of each worker: the numbers, and the sentences as printed, in each
    /// language that they were printed in.
    fn explanation(&self, words: Words) -> serde_json::Value {
        let request = &self.request.value;
        let second = sheet_view::second(words, &self.family.value);
        let workers = self.workers.iter().map(|(worker, explanation)| {
            let shown = |words| sheet_view::reasons(words, request, &worker.value, explanation);
            let second =
                second.map(|words| json!({ "language": words.tag(), "shown": shown(words) }));
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
                "shown": shown(words),
                "second": second,
            })
        });
        workers.collect()
    }

    async fn introduce(&self, write: &storage::Write, sheet_id: i64) -> Result<(), ServiceError> {
        let ids: Vec<i64> = self.workers.iter().map(|(worker, _)| worker.id).collect();
        // Who stood on a sheet that was wrong is introduced already: once to a family.
        let again = storage::introductions::again(
            &**write,
            self.request.id,
            &ids,
            (sheet_id, self.number.as_str()),
        );
        let again = again.await?;
        let new: Vec<&Stored<Worker>> = self
            .workers
            .iter()
            .map(|(worker, _)| worker)
            .filter(|worker| !again.contains(&worker.id))
            .collect();
        let count = u32::try_from(new.len()).unwrap_or(u32::MAX);
        let mut running = storage::counters::draw(&**write, "introduction", count).await?;
        let mut introductions = Vec::with_capacity(new.len());
        for worker in new {
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

/// The dated rows that the sheet stands on: the minimum pay that its offer was held
/// against, with the reason where that counts as wrong, and what its cover tells of the law.
async fn rules(
    db: &impl Connection,
    request: &CareRequest,
    today: NaiveDate,
) -> Result<serde_json::Value, ServiceError> {
    let minimum = match minimum_of(request, today) {
        Some(row) => {
            let wrong = storage::minimum_rules::why_wrong(db, row, today).await?;
            Some(json!({ "valid_from": row.valid_from, "source": row.source, "wrong": wrong }))
        }
        None => None,
    };
    let duties = duty::in_force(today).into_iter();
    let duties = duties.map(|one| json!({ "code": one.code, "valid_from": one.valid_from }));
    Ok(json!({ "minimum": minimum, "duties": duties.collect::<Vec<_>>() }))
}

fn number(prefix: &str, today: NaiveDate, running: i64) -> SheetNumber {
    SheetNumber::new(
        prefix,
        today.year(),
        u32::try_from(running).unwrap_or(u32::MAX),
    )
}
