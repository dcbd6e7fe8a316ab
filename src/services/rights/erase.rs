//! Erasing a person: whatever is under way stops, the columns that tell of them are
//! emptied, and their code stands in `erasures` and in the list beside the copies for
//! good, all in one transaction but for the list, which is written after it and filled up
//! at every start. A try does the same and lets it go again, so that it can't tell anything
//! else than what an erasure does.

use std::io::Cursor;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::restrict::{Stopped, stop};
use super::{By, Subject, hold, list, look, tell};
use crate::domain::follow_up::Disposition;
use crate::domain::invalid::Why;
use crate::domain::rights::RestrictionReason;
use crate::domain::text::fold;
use crate::services::follow_up::ended;
use crate::services::registering::Form;
use crate::services::uploads::sheet_of;
use crate::services::{Context, ServiceError};
use crate::storage::erasing::{self, Effect};
use crate::storage::merges::People;
use crate::storage::{self, Write};

/// Bytes of files that are read while somebody waits at a page: a few seconds' work.
const MOST_READ: usize = 48 * 1024 * 1024;

/// The tables that an erasure may name.
pub const TABLES: [&str; 52] = [
    "accreditation_ends",
    "address_marks",
    "answer_notes",
    "answers",
    "appointments",
    "audit_events",
    "authorisations",
    "blocks",
    "contact_notes",
    "different_people",
    "diffusion_limits",
    "disclosures",
    "drafts",
    "families",
    "family_names",
    "first_fits",
    "introductions",
    "invitations",
    "job_changes",
    "link_codes",
    "mailings",
    "merges",
    "notices_given",
    "outbox",
    "person_mails",
    "person_tasks",
    "phone_tries",
    "pool_words",
    "private_links",
    "proposal_links",
    "proposal_words",
    "proposals",
    "public_request_events",
    "public_requests",
    "record_changes",
    "referrals",
    "renewals",
    "requests",
    "restrictions",
    "searches",
    "sheet_documents",
    "sheet_links",
    "sheet_notices",
    "sheet_tasks",
    "sheets",
    "survey_links",
    "survey_stops",
    "upload_files",
    "uploads",
    "worker_names",
    "worker_statistics",
    "workers",
];

/// What an erasure does, or did.
#[derive(Debug, Clone)]
pub struct Report {
    pub subject: Subject,
    pub stopped: Stopped,
    pub effects: Vec<Effect>,
    /// Folders of paper that somebody has to open by hand.
    pub folders: Vec<String>,
    /// Codes of records that had become this one, erased with it.
    pub merged: Vec<String>,
    /// Whether the list beside the copies has it; else the program goes on trying.
    pub is_listed: bool,
}

/// What an erasure would do. Nothing is written.
pub async fn look_ahead(
    context: &Context,
    by: By<'_>,
    form: Form,
    code: &str,
) -> Result<Report, ServiceError> {
    let account = by.check()?;
    let files = files_telling_of(context, by, form, code).await?;
    let write = context.db.write().await?;
    let subject = hold(&write, form, code).await?;
    // Dropped without a commit.
    apply(context, &write, account, (subject, &files), None).await
}

/// Erases.
pub async fn erase(
    context: &Context,
    by: By<'_>,
    form: Form,
    code: &str,
) -> Result<Report, ServiceError> {
    by.check()?;
    let files = files_telling_of(context, by, form, code).await?;
    erase_with(context, by, (form, code), &files).await
}

/// `files`: those handed in that hold a row of theirs.
async fn erase_with(
    context: &Context,
    by: By<'_>,
    (form, code): (Form, &str),
    files: &[i64],
) -> Result<Report, ServiceError> {
    let account = by.check()?;
    let write = context.db.write().await?;
    let subject = hold(&write, form, code).await?;
    let mut report = apply(context, &write, account, (subject, files), None).await?;
    tell(&write, context, by, &report.subject, "erased").await?;
    write.commit().await?;
    if let Err(error) = list::keep(context).await {
        report.is_listed = false;
        tracing::error!(%error, "the list of erasures beside the copies could not be written");
    }
    Ok(report)
}

fn form_of(people: People) -> Form {
    match people {
        People::Workers => Form::Worker,
        People::Families => Form::Family,
    }
}

/// The files handed in that hold a row of each of some people, in their order; each file is
/// read once.
pub async fn files_of(
    context: &Context,
    people: People,
    codes: &[&str],
) -> Result<Vec<Vec<i64>>, ServiceError> {
    let db = context.db.read();
    let files = storage::uploads::with_bytes(db, kinds(people)).await?;
    if files.is_empty() {
        return Ok(vec![Vec::new(); codes.len()]);
    }
    let mut traits = Vec::with_capacity(codes.len());
    for code in codes {
        traits.push(match look(db, form_of(people), code).await {
            Ok(subject) => Traits::of(&subject),
            // Whose record can't be read is not erased either, and keeps no other waiting.
            Err(error) => {
                tracing::warn!(%error, code, "no file was searched for somebody");
                Traits::default()
            }
        });
    }
    telling_of(context, &files, traits, None).await
}

/// Erases somebody whose time is over, in nobody's name; whether there was anybody. `files`:
/// see [`files_of`].
pub async fn by_itself(
    context: &Context,
    people: People,
    code: &str,
    files: &[i64],
) -> Result<bool, ServiceError> {
    let whom = (form_of(people), code);
    match erase_with(context, By::CommandLine, whom, files).await {
        Ok(_) => Ok(true),
        // Somebody else was faster.
        Err(
            ServiceError::NotFound { .. }
            | ServiceError::Merged { .. }
            | ServiceError::Erased { .. },
        ) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Erases once more whom an older copy of the database brought back; they are gone since
/// `at`.
pub(super) async fn again(
    context: &Context,
    form: Form,
    code: &str,
    at: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let files = files_telling_of(context, By::CommandLine, form, code).await?;
    let write = context.db.write().await?;
    let subject = hold(&write, form, code).await?;
    let report = apply(context, &write, None, (subject, &files), Some(at)).await?;
    tell(&write, context, By::CommandLine, &report.subject, "erased").await?;
    Ok(write.commit().await?)
}

fn kinds(people: People) -> &'static [&'static str] {
    match people {
        People::Workers => &["workers"],
        People::Families => &["families", "requests"],
    }
}

/// The files handed in that hold a row of theirs, read before anything is held; one that
/// can't be read may be about anybody. One that comes in a moment later is refused when it is
/// loaded, and goes by itself. Whoever waits at a page does not wait for more than
/// [`MOST_READ`]: what lies beyond is taken as telling, and goes.
async fn files_telling_of(
    context: &Context,
    by: By<'_>,
    form: Form,
    code: &str,
) -> Result<Vec<i64>, ServiceError> {
    let db = context.db.read();
    let subject = look(db, form, code).await?;
    let files = storage::uploads::with_bytes(db, kinds(subject.people)).await?;
    let most = match by {
        By::CommandLine => None,
        By::Account(_) => Some(MOST_READ),
    };
    let telling = telling_of(context, &files, vec![Traits::of(&subject)], most).await?;
    Ok(telling.into_iter().flatten().collect())
}

/// Of each of some people the files that hold a row of theirs. `most`: bytes that are read;
/// of what comes after them every file is taken as telling.
async fn telling_of(
    context: &Context,
    files: &[i64],
    people: Vec<Traits>,
    most: Option<usize>,
) -> Result<Vec<Vec<i64>>, ServiceError> {
    let mut telling = vec![Vec::new(); people.len()];
    let people = Arc::new(people);
    let mut read = 0;
    for id in files {
        let Some(bytes) = storage::uploads::bytes(context.db.read(), *id).await? else {
            continue;
        };
        read += bytes.len();
        let told = if most.is_some_and(|most| read > most) {
            vec![true; people.len()]
        } else {
            let people = people.clone();
            let told = tokio::task::spawn_blocking(move || told_in(bytes, &people)).await;
            told.map_err(|error| ServiceError::Broken(error.to_string()))?
        };
        for (of, _) in telling.iter_mut().zip(told).filter(|(_, told)| *told) {
            of.push(*id);
        }
    }
    Ok(telling)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The folded words of a name, each between spaces.
fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    let words = folded.split(' ').filter(|word| !word.is_empty());
    words.map(|word| format!(" {word} ")).collect()
}

/// What a row of somebody is known by. Of nobody it is empty, and nothing is theirs.
#[derive(Debug, Clone, Default)]
struct Traits {
    code: String,
    email: String,
    phone: String,
    /// Each between spaces.
    names: Vec<String>,
}

impl Traits {
    fn of(subject: &Subject) -> Self {
        Self {
            code: subject.code.clone(),
            email: subject
                .email
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            phone: subject.phone.as_deref().map(digits).unwrap_or_default(),
            names: words(&subject.name),
        }
    }

    /// `cells`: of a row, each with its digits; `said`: its folded words between spaces.
    fn are_in(&self, cells: &[(&str, String)], said: &str) -> bool {
        let is_theirs = |(text, number): &(&str, String)| {
            let is_own = |own: &str| !own.is_empty() && own.eq_ignore_ascii_case(text);
            (!self.code.is_empty() && self.code == *text)
                || is_own(&self.email)
                || number.len() > 5 && self.phone.ends_with(number.as_str())
        };
        let is_named = !self.names.is_empty() && self.names.iter().all(|word| said.contains(word));
        is_named || cells.iter().any(is_theirs)
    }
}

/// Whether a file holds a row of each of some people: their code, telephone, address or name.
fn told_in(bytes: Vec<u8>, people: &[Traits]) -> Vec<bool> {
    let anybody = || vec![true; people.len()];
    let Ok(mut sheet) = sheet_of(Cursor::new(bytes)) else {
        return anybody();
    };
    let Ok(rows) = sheet.rows() else {
        return anybody();
    };
    let mut told = vec![false; people.len()];
    for row in rows {
        let Ok(row) = row else {
            return anybody();
        };
        let cells = row.cells.iter();
        let cells: Vec<(&str, String)> = cells
            .map(|cell| (cell.trimmed(), digits(cell.text())))
            .collect();
        let said: Vec<String> = row.cells.iter().map(|cell| fold(cell.text())).collect();
        let said = format!(" {} ", said.join(" "));
        for (of, told) in people.iter().zip(&mut told) {
            *told = *told || of.are_in(&cells, &said);
        }
    }
    told
}

/// `listed`: the day of an erasure that the list beside the copies names.
async fn apply(
    context: &Context,
    write: &Write,
    account: Option<i64>,
    (subject, files): (Subject, &[i64]),
    listed: Option<DateTime<Utc>>,
) -> Result<Report, ServiceError> {
    let (db, now, today) = (&**write, context.now(), context.today());
    let restricted = storage::restrictions::of(db, subject.people, &subject.code).await?;
    let claim = restricted.is_some_and(|one| one.reason == RestrictionReason::LegalClaim);
    if claim && listed.is_none() {
        return Err(ServiceError::Refused(Why::new("refused-legal-claim")));
    }
    let merged = erasing::merged_into(db, subject.people, &subject.code).await?;
    let folders = erasing::folders(db, subject.person).await?;
    let stopped = stop(context, write, account, &subject, true).await?;
    // Nobody is asked about them any more, neither they nor the other side.
    ended::stop(context, db, subject.person, Disposition::Refusal).await?;
    let unable = Disposition::Unable.code();
    erasing::end_questions(db, subject.person, unable, today).await?;
    let mut codes = vec![subject.code.clone()];
    codes.extend(merged.iter().cloned());
    let desks = storage::places::desks(db).await?;
    let desk = desks.iter().find(|(_, desk)| desk.code == subject.desk);
    let desk = desk.ok_or_else(|| ServiceError::not_found("desk", &subject.desk))?;
    let email = subject.email.as_ref().map(ToString::to_string);
    let traits = email.into_iter().chain(subject.phone.clone());
    let traits: Vec<String> = traits.filter(|one| !one.is_empty()).collect();
    let of = erasing::Subject {
        person: subject.person,
        codes: &codes,
        traits: &traits,
        email: subject.email.as_ref(),
        comune: desk.1.comune.istat(),
        uploads: files,
    };
    let effects = erasing::erase(db, &of, now).await?;
    let all: Vec<&str> = codes.iter().map(String::as_str).collect();
    let said = (account, listed.unwrap_or(now));
    storage::erasures::insert_many(db, subject.people, &all, said, listed.is_some()).await?;
    Ok(Report {
        subject,
        stopped,
        effects,
        folders,
        merged,
        is_listed: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_once_for_many_and_tells_of_those_alone_whose_row_it_holds() {
        let of = |code: &str, name: &str, phone: &str| Traits {
            code: code.to_owned(),
            email: format!("{code}@prova.example"),
            phone: phone.to_owned(),
            names: words(name),
        };
        let people = [
            of("W-1", "Ada Verdi", "390564200001"),
            of("W-2", "Rosa Inventata", "390564200002"),
            of("W-3", "Zita Provolini", "390564200003"),
            of("W-4", "Elsa Bianchi", "390564200004"),
            Traits::default(),
        ];
        let file = "code,name,phone\nW-1,,\n,\"Inventata, Rosa\",\n,Marta,0564 200003\n";
        let told = told_in(file.as_bytes().to_vec(), &people);
        assert_eq!(told, [true, true, true, false, false]);
        let unreadable = told_in(b"PK\x03\x04 broken".to_vec(), &people);
        assert_eq!(unreadable, [true; 5], "it may be of anybody");
    }
}
