//! What each kind of record adds to the saving of a form: how it is called, what
//! else must hold, and what is written beside it.

use std::future::Future;

use chrono::NaiveDate;

use crate::domain::account::Actor;
use crate::domain::family::Family;
use crate::domain::invalid::{Problem, Why, one_of};
use crate::domain::likeness::Traits;
use crate::domain::reading::{Fields, Reading};
use crate::domain::request::{CareRequest, RequestStatus};
use crate::domain::text::Line;
use crate::domain::worker::{Worker, WorkerStatus};
use crate::services::tables::{Families, Requests, Table, Workers};
use crate::services::{Context, sheets};
use crate::storage::authorisations::Authorisation;
use crate::storage::likely::Candidate;
use crate::storage::withdrawals::{AUTHORISATION_WITHDRAWN, WITHDRAWN};
use crate::storage::{self, Connection, StorageError, Stored, Write};

/// How the authorisation was given.
const WAYS: [&str; 2] = ["paper", "screen"];

pub(super) trait Kept: Table {
    const NAME: &'static str;

    fn title(record: &Self::Record) -> String;

    /// Problems besides those of the columns.
    fn more_problems(
        _fields: &dyn Fields,
        _record: &Self::Record,
        _before: Option<&Self::Record>,
        _today: NaiveDate,
    ) -> Vec<Problem> {
        Vec::new()
    }

    /// Where the record stands, as a code.
    fn state(_record: &Self::Record) -> &'static str {
        "there"
    }

    /// What is compared to find out whether somebody is there already.
    fn traits(_record: &Self::Record) -> Option<Traits> {
        None
    }

    /// Who may be the same.
    fn candidates(
        _db: &impl Connection,
        _sought: &Traits,
    ) -> impl Future<Output = Result<Vec<Candidate>, StorageError>> + Send {
        async { Ok(Vec::new()) }
    }

    /// Puts the actor's mark on a record that is about to be written.
    fn mark(_record: &mut Self::Record, _before: Option<&Self::Record>, _actor: &Actor) {}

    /// Writes what stands beside the record.
    fn beside(
        _write: &Write,
        _context: &Context,
        _actor: &Actor,
        _fields: &(dyn Fields + Sync),
        _now: &Stored<Self::Record>,
        _before: Option<&Self::Record>,
    ) -> impl Future<Output = Result<(), StorageError>> + Send {
        async { Ok(()) }
    }
}

impl Kept for Workers {
    const NAME: &'static str = "worker";

    fn title(record: &Worker) -> String {
        record.full_name()
    }

    fn traits(record: &Worker) -> Option<Traits> {
        Some(Traits {
            given_name: record.given_name.to_string(),
            family_name: record.family_name.to_string(),
            phone: record.phone.clone(),
            email: record.email.clone(),
            birth_date: record.birth_date,
        })
    }

    async fn candidates(
        db: &impl Connection,
        sought: &Traits,
    ) -> Result<Vec<Candidate>, StorageError> {
        storage::likely::workers(db, sought).await
    }

    fn more_problems(
        fields: &dyn Fields,
        record: &Worker,
        before: Option<&Worker>,
        today: NaiveDate,
    ) -> Vec<Problem> {
        let mut problems = match new_authorisation(record, before) {
            Some(day) => authorisation(fields, day).err().unwrap_or_default(),
            None => Vec::new(),
        };
        let was = before.map(|before| before.status);
        if record.status == WorkerStatus::Paused && was != Some(WorkerStatus::Paused) {
            problems.extend(pause(record.paused_until, record.pause_reason, today));
        }
        problems
    }

    fn state(record: &Worker) -> &'static str {
        record.status.code()
    }

    fn mark(record: &mut Worker, before: Option<&Worker>, _actor: &Actor) {
        let moved = before.is_some_and(|before| before.status != record.status);
        if moved && record.status != WorkerStatus::Paused {
            record.paused_until = None;
            record.pause_reason = None;
        }
    }

    async fn beside(
        write: &Write,
        context: &Context,
        actor: &Actor,
        fields: &(dyn Fields + Sync),
        now: &Stored<Worker>,
        before: Option<&Worker>,
    ) -> Result<(), StorageError> {
        let was = before.and_then(|before| before.consent_on);
        if was.is_some() && was != now.value.consent_on {
            storage::authorisations::withdraw(&**write, now.id, context.today()).await?;
        }
        if let Some(reason) = withdrawn(&now.value, before) {
            revoke_sheets(write, context, actor, now.id, reason).await?;
        }
        let given = new_authorisation(&now.value, before).map(|day| authorisation(fields, day));
        if let Some(Ok(given)) = given {
            let (by, at) = (actor.account_id, context.now());
            storage::authorisations::insert(&**write, now.id, by, at, &given).await?;
        }
        Ok(())
    }
}

/// Whether the worker takes back, with this save, that sheets may name them.
fn withdrawn(now: &Worker, before: Option<&Worker>) -> Option<&'static str> {
    let before = before?;
    if now.status == WorkerStatus::Withdrawn && before.status != WorkerStatus::Withdrawn {
        Some(WITHDRAWN)
    } else if now.consent_on.is_none() && before.consent_on.is_some() {
        Some(AUTHORISATION_WITHDRAWN)
    } else {
        None
    }
}

/// Revokes every sheet in force that names the worker.
async fn revoke_sheets(
    write: &Write,
    context: &Context,
    actor: &Actor,
    worker_id: i64,
    reason: &'static str,
) -> Result<(), StorageError> {
    let by = Some(actor.account_id);
    let sheets = storage::withdrawals::in_force(&**write, worker_id, context.today()).await?;
    for (id, number) in sheets {
        sheets::end::end(context, write, by, (id, &number), reason).await?;
    }
    Ok(())
}

/// A pause that begins has an end, after today, and a reason.
fn pause(until: Option<NaiveDate>, reason: Option<&'static str>, today: NaiveDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    match until {
        None => problems.push(required("paused_until")),
        Some(day) if day <= today => problems.push(Problem {
            field: "paused_until",
            value: day.to_string(),
            why: Why::new("problem-pause-over"),
        }),
        Some(_) => {}
    }
    problems.extend(reason.is_none().then(|| required("pause_reason")));
    problems
}

fn required(field: &'static str) -> Problem {
    Problem {
        field,
        value: String::new(),
        why: Why::new("problem-required"),
    }
}

/// The day of an authorisation that the record did not have before.
fn new_authorisation(record: &Worker, before: Option<&Worker>) -> Option<NaiveDate> {
    let was = before.and_then(|before| before.consent_on);
    record.consent_on.filter(|day| Some(*day) != was)
}

/// Which notice the worker had, how they said yes and where the paper is.
fn authorisation(fields: &dyn Fields, given_on: NaiveDate) -> Result<Authorisation, Vec<Problem>> {
    let mut r = Reading::new(fields);
    let notice = r.required("notice_version", None, Line::parse);
    let how = r.required("consent_how", None, |text| one_of(text, &WAYS, |way| way));
    let folder = if how == Some("paper") {
        r.required("consent_folder", None, Line::parse)
    } else {
        None
    };
    let read = r.finish(|| {
        Some(Authorisation {
            given_on,
            notice_version: notice?.to_string(),
            how: how?.to_owned(),
            folder: folder.map(|folder| folder.to_string()),
        })
    });
    read.map(|parsed| parsed.value).map_err(|invalid| invalid.0)
}

impl Kept for Families {
    const NAME: &'static str = "family";

    fn title(record: &Family) -> String {
        record.full_name()
    }

    fn traits(record: &Family) -> Option<Traits> {
        Some(Traits {
            given_name: record.given_name.to_string(),
            family_name: record.family_name.to_string(),
            phone: record.phone.clone(),
            email: record.email.clone(),
            birth_date: None,
        })
    }

    async fn candidates(
        db: &impl Connection,
        sought: &Traits,
    ) -> Result<Vec<Candidate>, StorageError> {
        storage::likely::families(db, sought).await
    }

    // A file may know a family by its name alone; a desk that registers one must
    // be able to reach it.
    fn more_problems(
        fields: &dyn Fields,
        record: &Family,
        _before: Option<&Family>,
        _today: NaiveDate,
    ) -> Vec<Problem> {
        let mut r = Reading::new(fields);
        r.reachable(&record.phone, &record.email, record.contact_by);
        let read = r.finish(|| Some(()));
        read.err().map(|invalid| invalid.0).unwrap_or_default()
    }
}

impl Kept for Requests {
    const NAME: &'static str = "request";

    fn title(record: &CareRequest) -> String {
        record
            .code
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    fn more_problems(
        _fields: &dyn Fields,
        record: &CareRequest,
        before: Option<&CareRequest>,
        today: NaiveDate,
    ) -> Vec<Problem> {
        let ends_first = record.end_date.filter(|end| *end < record.start_date);
        let ends_first = ends_first.map(|end| Problem {
            field: "end_date",
            value: end.to_string(),
            why: Why::new("problem-end-before-start"),
        });
        let mut problems: Vec<Problem> = ends_first.into_iter().collect();
        if before.is_some_and(|before| before.status != record.status) {
            match record.status {
                RequestStatus::Open => {}
                RequestStatus::Paused => {
                    problems.extend(pause(record.paused_until, record.pause_reason, today));
                }
                RequestStatus::Filled | RequestStatus::Closed | RequestStatus::Withdrawn => {
                    let missing = record.close_reason.is_none();
                    problems.extend(missing.then(|| required("close_reason")));
                }
            }
        }
        if record.excluded.is_some() && record.excluded_on.is_none() {
            problems.push(required("excluded_on"));
        }
        problems
    }

    fn state(record: &CareRequest) -> &'static str {
        record.status.code()
    }

    fn mark(record: &mut CareRequest, before: Option<&CareRequest>, actor: &Actor) {
        let was = before.and_then(|before| before.worker_sex);
        if record.worker_sex.is_some() && record.worker_sex != was {
            record.worker_sex_asked_by = Some(actor.account_id);
        }
        if before.is_some_and(|before| before.status != record.status) {
            if record.status != RequestStatus::Paused {
                record.paused_until = None;
                record.pause_reason = None;
            }
            if matches!(record.status, RequestStatus::Open | RequestStatus::Paused) {
                record.close_reason = None;
            }
        }
    }

    async fn beside(
        write: &Write,
        _context: &Context,
        actor: &Actor,
        _fields: &(dyn Fields + Sync),
        now: &Stored<CareRequest>,
        before: Option<&CareRequest>,
    ) -> Result<(), StorageError> {
        if before.is_none() {
            storage::requests::set_in_charge(&**write, now.id, actor.account_id).await?;
        }
        Ok(())
    }
}
