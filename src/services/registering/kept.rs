//! What each kind of record adds to the saving of a form: how it is called, what
//! else must hold, and what is written beside it.

use std::future::Future;

use chrono::NaiveDate;

use crate::domain::account::Actor;
use crate::domain::family::Family;
use crate::domain::invalid::{Problem, Why, one_of};
use crate::domain::reading::{Fields, Reading};
use crate::domain::request::CareRequest;
use crate::domain::text::Line;
use crate::domain::worker::Worker;
use crate::services::Context;
use crate::services::tables::{Families, Requests, Table, Workers};
use crate::storage::authorisations::Authorisation;
use crate::storage::{self, StorageError, Stored, Write};

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
    ) -> Vec<Problem> {
        Vec::new()
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

    fn more_problems(
        fields: &dyn Fields,
        record: &Worker,
        before: Option<&Worker>,
    ) -> Vec<Problem> {
        match new_authorisation(record, before) {
            Some(day) => authorisation(fields, day).err().unwrap_or_default(),
            None => Vec::new(),
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
        let given = new_authorisation(&now.value, before).map(|day| authorisation(fields, day));
        if let Some(Ok(given)) = given {
            let (by, at) = (actor.account_id, context.now());
            storage::authorisations::insert(&**write, now.id, by, at, &given).await?;
        }
        Ok(())
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

    // A file may know a family by its name alone; a desk that registers one must
    // be able to reach it.
    fn more_problems(
        fields: &dyn Fields,
        record: &Family,
        _before: Option<&Family>,
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
        _before: Option<&CareRequest>,
    ) -> Vec<Problem> {
        let ends_first = record.end_date.filter(|end| *end < record.start_date);
        let ends_first = ends_first.map(|end| Problem {
            field: "end_date",
            value: end.to_string(),
            why: Why::new("problem-end-before-start"),
        });
        ends_first.into_iter().collect()
    }

    fn mark(record: &mut CareRequest, before: Option<&CareRequest>, actor: &Actor) {
        let was = before.and_then(|before| before.worker_sex);
        if record.worker_sex.is_some() && record.worker_sex != was {
            record.worker_sex_asked_by = Some(actor.account_id);
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
