//! What each kind of record adds to the saving of a form: how it is called, what
//! else must hold, and what is written beside it.

use std::future::Future;

use chrono::NaiveDate;

use crate::domain::account::Actor;
use crate::domain::care_recipient::{CareRecipient, Guardianship};
use crate::domain::contact::{ContactBy, EmailAddress};
use crate::domain::family::Family;
use crate::domain::follow_up::Disposition;
use crate::domain::ids::{FamilyCode, WorkerCode};
use crate::domain::informing::NoticeKind;
use crate::domain::invalid::{Problem, Why, one_of};
use crate::domain::language::{Language, Languages, Level};
use crate::domain::likeness::Traits;
use crate::domain::notice::Notice;
use crate::domain::reading::{self, Fields, Reading};
use crate::domain::reference::list;
use crate::domain::request::{CareRequest, Exclusion, RequestStatus};
use crate::domain::text::Line;
use crate::domain::worker::{Worker, WorkerStatus};
use crate::services::appointments::{self, By};
use crate::services::follow_up::ended;
use crate::services::proposals::clearing::worker_away;
use crate::services::sheets::end::{end_all, end_naming};
use crate::services::tables::{Families, Requests, Table, Workers};
use crate::services::{Context, diffusion, inbox};
use crate::storage::appointments::Whom;
use crate::storage::authorisations::Authorisation;
use crate::storage::likely::Candidate;
use crate::storage::mailings::Person;
use crate::storage::merges::People;
use crate::storage::withdrawals::{AUTHORISATION_WITHDRAWN, SAFEGUARDING, WITHDRAWN};
use crate::storage::{self, Connection, StorageError, Stored, Write};

/// How the authorisation was given.
const WAYS: [&str; 2] = ["paper", "screen"];

pub(in crate::services) trait Kept: Table {
    const NAME: &'static str;
    /// Columns that only the desks' own forms know, no file.
    const MORE: &'static [&'static str] = &[];

    /// Their cells.
    fn more_cells(_record: &Self::Record) -> Vec<String> {
        Vec::new()
    }

    /// Every column of the record.
    fn all_columns() -> impl Iterator<Item = &'static str> {
        Self::COLUMNS.iter().chain(Self::MORE).copied()
    }

    /// Its cells, in that order.
    fn all_cells(record: &Self::Record) -> Vec<String> {
        let mut cells = Self::cells(record);
        cells.extend(Self::more_cells(record));
        cells
    }

    fn title(record: &Self::Record) -> String;

    /// Problems of what was typed, which a file's row may have and a form's not:
    /// told together with those of the columns, whatever else is wrong.
    fn problems_of_fields(_fields: &dyn Fields) -> Vec<Problem> {
        Vec::new()
    }

    /// Problems besides those of the columns.
    fn more_problems(
        _fields: &dyn Fields,
        _record: &Self::Record,
        _before: Option<&Self::Record>,
        _today: NaiveDate,
    ) -> Vec<Problem> {
        Vec::new()
    }

    /// Problems of what the fields name beside the record and is not there.
    fn unknown(
        _db: &impl Connection,
        _fields: &(dyn Fields + Sync),
        _today: NaiveDate,
    ) -> impl Future<Output = Result<Vec<Problem>, StorageError>> + Send {
        async { Ok(Vec::new()) }
    }

    /// Where the record stands, as a code.
    fn state(_record: &Self::Record) -> &'static str {
        "there"
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

    /// What follows where the records of one person were made one.
    fn made_one(
        _write: &Write,
        _context: &Context,
        _actor: &Actor,
        _now: &Stored<Self::Record>,
        _were: [&Self::Record; 2],
    ) -> impl Future<Output = Result<(), StorageError>> + Send {
        async { Ok(()) }
    }

    /// What follows where a draft became a record.
    fn came_of(
        _write: &Write,
        _context: &Context,
        _actor: &Actor,
        _draft: &str,
        _now: &Stored<Self::Record>,
    ) -> impl Future<Output = Result<(), StorageError>> + Send {
        async { Ok(()) }
    }

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

    async fn candidates(
        db: &impl Connection,
        sought: &Traits,
    ) -> Result<Vec<Candidate>, StorageError> {
        storage::likely::workers(db, sought).await
    }

    fn problems_of_fields(fields: &dyn Fields) -> Vec<Problem> {
        two_levels(fields, "languages").into_iter().collect()
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
        let happened = |worker: &Worker| {
            [
                ("registered_on", Some(worker.registered_on)),
                ("consent_on", worker.consent_on),
                ("confirmed_on", worker.confirmed_on),
            ]
        };
        problems.extend(still_to_come(happened(record), before.map(happened), today));
        problems
    }

    // Of a form that gives no authorisation nothing of it is read.
    async fn unknown(
        db: &impl Connection,
        fields: &(dyn Fields + Sync),
        today: NaiveDate,
    ) -> Result<Vec<Problem>, StorageError> {
        let typed = fields.get("notice_version").unwrap_or_default();
        let own = Notice::by_version(typed).map(Notice::valid_from);
        let Some(begins) = own.or_else(|| typed.parse::<NaiveDate>().ok()) else {
            return Ok(Vec::new());
        };
        let known = own.is_some()
            || begins <= today
                && storage::informing::begins_on(db, NoticeKind::Worker, begins).await?;
        // Nobody signed for a notice before the day from which it holds.
        let signed = fields.get("consent_on").unwrap_or_default();
        let signed = reading::date(signed.trim()).ok();
        let why = match (known, signed) {
            (false, _) => Why::new("problem-one-of").with("codes", Notice::codes().join(", ")),
            (true, Some(signed)) if signed < begins => Why::new("problem-notice-later"),
            (true, _) => return Ok(Vec::new()),
        };
        Ok(vec![Problem {
            field: "notice_version",
            value: typed.to_owned(),
            why,
        }])
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

    async fn made_one(
        write: &Write,
        context: &Context,
        actor: &Actor,
        now: &Stored<Worker>,
        were: [&Worker; 2],
    ) -> Result<(), StorageError> {
        let mut taken_back = were.iter().map(|was| withdrawn(&now.value, Some(was)));
        if let Some(reason) = taken_back.find_map(|reason| reason) {
            end_naming(context, write, Some(actor.account_id), now.id, reason).await?;
            worker_away(context, write, now.id).await?;
        }
        let code = now.value.code.as_ref().map_or("", WorkerCode::as_str);
        safeguard_merged(write, context, actor, People::Workers, (now.id, code)).await?;
        // What either wished holds for the sheets of both.
        diffusion::end_unwished(context, write, actor.account_id, now.id).await
    }

    async fn came_of(
        write: &Write,
        context: &Context,
        actor: &Actor,
        draft: &str,
        now: &Stored<Worker>,
    ) -> Result<(), StorageError> {
        inbox::worker::saved(context, write, actor, (draft, now.id)).await
    }

    async fn beside(
        write: &Write,
        context: &Context,
        actor: &Actor,
        fields: &(dyn Fields + Sync),
        now: &Stored<Worker>,
        before: Option<&Worker>,
    ) -> Result<(), StorageError> {
        if before.is_some_and(|before| now.value.ended_authorisation_of(before)) {
            storage::authorisations::withdraw(&**write, &[now.id], context.today()).await?;
        }
        let was_withdrawn = before.is_some_and(|one| one.status == WorkerStatus::Withdrawn);
        if now.value.status == WorkerStatus::Withdrawn && !was_withdrawn {
            let person = Person::Worker(now.id);
            ended::cancel(context, &**write, person, Disposition::Refusal).await?;
            storage::outbox::cancel_all_of(&**write, person, context.now()).await?;
            // Their links open nothing any more: they could not say that they don't come.
            let code = now.value.code.as_ref().map_or("", WorkerCode::as_str);
            let (whom, by) = (Whom::Person(person), By::Account(actor.account_id));
            appointments::cancel(context, write, (whom, code), by).await?;
        }
        if let Some(reason) = withdrawn(&now.value, before) {
            end_naming(context, write, Some(actor.account_id), now.id, reason).await?;
            worker_away(context, write, now.id).await?;
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

/// Revokes the sheets in force of somebody who is held back: nobody reads why.
pub(in crate::services) async fn safeguard_sheets(
    write: &Write,
    context: &Context,
    actor: &Actor,
    people: People,
    id: i64,
) -> Result<(), StorageError> {
    let today = context.today();
    let sheets = match people {
        People::Workers => storage::withdrawals::in_force(&**write, id, today).await?,
        People::Families => storage::withdrawals::in_force_of_family(&**write, id, today).await?,
    };
    end_all(
        context,
        write,
        Some(actor.account_id),
        &sheets,
        SAFEGUARDING,
    )
    .await
}

/// The same where two records, one of which may be held back, were made one.
async fn safeguard_merged(
    write: &Write,
    context: &Context,
    actor: &Actor,
    people: People,
    (id, code): (i64, &str),
) -> Result<(), StorageError> {
    if storage::blocks::is_final(&**write, people, code).await? {
        safeguard_sheets(write, context, actor, people, id).await?;
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

/// Days of what has happened, by column.
type Days<const N: usize> = [(&'static str, Option<NaiveDate>); N];

/// Days of what has happened that lie ahead. What a file said before is not for a form that
/// leaves it as it is to mend.
fn still_to_come<const N: usize>(
    now: Days<N>,
    before: Option<Days<N>>,
    today: NaiveDate,
) -> Vec<Problem> {
    let new = now.into_iter().filter(|one| {
        let known = before.is_some_and(|kept| kept.contains(one));
        !known && one.1.is_some_and(|day| day > today)
    });
    let problem = |(field, day): (&'static str, Option<NaiveDate>)| Problem {
        field,
        value: reading::cell(day),
        why: Why::new("problem-date-future"),
    };
    new.map(problem).collect()
}

/// One language with two levels: in a file the higher one counts, in a form somebody is
/// there to say which is meant.
fn two_levels(fields: &dyn Fields, field: &'static str) -> Option<Problem> {
    let text = fields.get(field)?;
    let mut seen: Vec<(Language, Level)> = Vec::new();
    for (language, level) in list(text).filter_map(|item| Languages::parse_item(item).ok()) {
        if seen.iter().any(|one| one.0 == language && one.1 != level) {
            return Some(Problem {
                field,
                value: text.to_owned(),
                why: Why::new("problem-language-twice"),
            });
        }
        seen.push((language, level));
    }
    None
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

/// A notice that the program comes with, or the day of one that was published: whether there
/// is one of that day the database knows.
fn notice_named(text: &str) -> Result<String, Why> {
    match text.parse::<NaiveDate>() {
        Ok(day) => Ok(day.to_string()),
        Err(_) => Notice::parse(text).map(str::to_owned),
    }
}

/// Which notice the worker had, how they said yes and where the paper is.
fn authorisation(fields: &dyn Fields, given_on: NaiveDate) -> Result<Authorisation, Vec<Problem>> {
    let mut r = Reading::new(fields);
    let notice = r.required("notice_version", None, notice_named);
    let how = r.required("consent_how", None, |text| one_of(text, &WAYS, |way| way));
    let folder = if how == Some("paper") {
        r.required("consent_folder", None, Line::parse)
    } else {
        None
    };
    let read = r.finish(|| {
        Some(Authorisation {
            given_on,
            notice_version: notice?,
            how: how?.to_owned(),
            folder: folder.map(|folder| folder.to_string()),
        })
    });
    read.map(|parsed| parsed.value).map_err(|invalid| invalid.0)
}

impl Kept for Families {
    const NAME: &'static str = "family";
    const MORE: &'static [&'static str] = &Family::DESK_COLUMNS;

    fn more_cells(record: &Family) -> Vec<String> {
        record.desk_cells()
    }

    fn title(record: &Family) -> String {
        record.full_name()
    }

    async fn candidates(
        db: &impl Connection,
        sought: &Traits,
    ) -> Result<Vec<Candidate>, StorageError> {
        storage::likely::families(db, sought).await
    }

    // A file may know a family by its name alone; a desk that registers one must
    // be able to reach it, and whoever decides in another's place has a name.
    fn problems_of_fields(fields: &dyn Fields) -> Vec<Problem> {
        let mut r = Reading::new(fields);
        let phone = r.phone("phone", None);
        let email = r.optional("email", None, EmailAddress::parse);
        let contact_by = r.optional("contact_by", None, ContactBy::parse);
        r.reachable(&phone, &email, contact_by);
        let guardianship = r.optional("guardianship", None, Guardianship::parse);
        let guardian_name = r.optional("guardian_name", None, Line::parse);
        let recipient = CareRecipient {
            guardianship,
            guardian_name,
            ..CareRecipient::default()
        };
        if recipient.lacks_guardian() {
            let why = Why::new("problem-guardian-missing");
            r.problem_unless_noted(&["guardian_name"], why);
        }
        let read = r.finish(|| Some(()));
        read.err().map(|invalid| invalid.0).unwrap_or_default()
    }

    fn more_problems(
        _fields: &dyn Fields,
        record: &Family,
        before: Option<&Family>,
        today: NaiveDate,
    ) -> Vec<Problem> {
        let happened = |family: &Family| [("consent_on", family.consent_on)];
        still_to_come(happened(record), before.map(happened), today)
    }

    async fn made_one(
        write: &Write,
        context: &Context,
        actor: &Actor,
        now: &Stored<Family>,
        _were: [&Family; 2],
    ) -> Result<(), StorageError> {
        let code = now.value.code.as_ref().map_or("", FamilyCode::as_str);
        safeguard_merged(write, context, actor, People::Families, (now.id, code)).await?;
        diffusion::end_unwished_of_family(context, write, actor.account_id, now.id).await
    }

    async fn beside(
        write: &Write,
        context: &Context,
        actor: &Actor,
        _fields: &(dyn Fields + Sync),
        now: &Stored<Family>,
        before: Option<&Family>,
    ) -> Result<(), StorageError> {
        let is_elsewhere = |before: &Family| {
            before.comune != now.value.comune || before.referred_by != now.value.referred_by
        };
        if before.is_some_and(is_elsewhere) {
            diffusion::end_unwished_of_family(context, write, actor.account_id, now.id).await?;
        }
        Ok(())
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

    fn problems_of_fields(fields: &dyn Fields) -> Vec<Problem> {
        let found = two_levels(fields, "required_languages");
        found.into_iter().collect()
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
        let happened = |request: &CareRequest| {
            [
                ("opened_on", Some(request.opened_on)),
                ("excluded_on", request.excluded_on),
            ]
        };
        problems.extend(still_to_come(happened(record), before.map(happened), today));
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
        context: &Context,
        actor: &Actor,
        _fields: &(dyn Fields + Sync),
        now: &Stored<CareRequest>,
        before: Option<&CareRequest>,
    ) -> Result<(), StorageError> {
        let died = Some(Exclusion::Died);
        let known = before.is_some_and(|before| before.excluded == died);
        if now.value.excluded == died && !known {
            let family = storage::families::find(&**write, &now.value.family).await?;
            if let Some(family) = family {
                let person = Person::Family(family.id);
                ended::stop(context, &**write, person, Disposition::Died).await?;
            }
        }
        let is_elsewhere = |before: &CareRequest| {
            before.comune != now.value.comune || before.family != now.value.family
        };
        if before.is_some_and(is_elsewhere)
            && let Some(family) = storage::families::find(&**write, &now.value.family).await?
        {
            diffusion::end_unwished_of_family(context, write, actor.account_id, family.id).await?;
        }
        if before.is_none() {
            storage::requests::set_in_charge(&**write, now.id, actor.account_id).await?;
        }
        Ok(())
    }
}
