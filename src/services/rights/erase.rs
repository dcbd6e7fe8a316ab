//! Erasing a person: whatever is under way stops, the columns that tell of them are
//! emptied, and their code stands in `erasures` and in the list beside the copies for
//! good, all in one transaction but for the list, which is written after it and filled up
//! at every start. A try does the same and lets it go again, so that it can't tell anything
//! else than what an erasure does.

use super::restrict::{Stopped, stop};
use super::{By, Subject, hold, list, tell};
use crate::domain::follow_up::Disposition;
use crate::domain::invalid::Why;
use crate::domain::rights::RestrictionReason;
use crate::services::follow_up::ended;
use crate::services::registering::Form;
use crate::services::{Context, ServiceError};
use crate::storage::erasing::{self, Effect};
use crate::storage::merges::People;
use crate::storage::{self, Write};

/// The tables that an erasure may name.
pub const TABLES: [&str; 40] = [
    "accreditation_ends",
    "address_marks",
    "answer_notes",
    "answers",
    "authorisations",
    "blocks",
    "contact_notes",
    "different_people",
    "diffusion_limits",
    "disclosures",
    "drafts",
    "families",
    "family_names",
    "introductions",
    "invitations",
    "job_changes",
    "link_codes",
    "merges",
    "outbox",
    "person_mails",
    "person_tasks",
    "phone_tries",
    "pool_words",
    "private_links",
    "proposal_links",
    "proposals",
    "public_requests",
    "record_changes",
    "referrals",
    "renewals",
    "requests",
    "restrictions",
    "searches",
    "sheet_documents",
    "sheets",
    "survey_links",
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
    let write = context.db.write().await?;
    let subject = hold(&write, form, code).await?;
    // Dropped without a commit.
    apply(context, &write, account, subject, false).await
}

/// Erases.
pub async fn erase(
    context: &Context,
    by: By<'_>,
    form: Form,
    code: &str,
) -> Result<Report, ServiceError> {
    let account = by.check()?;
    let write = context.db.write().await?;
    let subject = hold(&write, form, code).await?;
    let mut report = apply(context, &write, account, subject, false).await?;
    tell(&write, context, by, &report.subject, "erased").await?;
    write.commit().await?;
    if let Err(error) = list::keep(context).await {
        report.is_listed = false;
        tracing::error!(%error, "the list of erasures beside the copies could not be written");
    }
    Ok(report)
}

/// Erases somebody whose time is over, in nobody's name; whether there was anybody.
pub async fn by_itself(
    context: &Context,
    people: People,
    code: &str,
) -> Result<bool, ServiceError> {
    let form = match people {
        People::Workers => Form::Worker,
        People::Families => Form::Family,
    };
    match erase(context, By::CommandLine, form, code).await {
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

/// Erases once more whom an older copy of the database brought back.
pub(super) async fn again(context: &Context, form: Form, code: &str) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    let subject = hold(&write, form, code).await?;
    let report = apply(context, &write, None, subject, true).await?;
    tell(&write, context, By::CommandLine, &report.subject, "erased").await?;
    Ok(write.commit().await?)
}

async fn apply(
    context: &Context,
    write: &Write,
    account: Option<i64>,
    subject: Subject,
    from_list: bool,
) -> Result<Report, ServiceError> {
    let (db, now, today) = (&**write, context.now(), context.today());
    let restricted = storage::restrictions::of(db, subject.people, &subject.code).await?;
    let claim = restricted.is_some_and(|one| one.reason == RestrictionReason::LegalClaim);
    if claim && !from_list {
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
    let traits: Vec<String> = email.into_iter().chain(subject.phone.clone()).collect();
    let of = erasing::Subject {
        person: subject.person,
        codes: &codes,
        traits: &traits,
        email: subject.email.as_ref(),
        comune: desk.1.comune.istat(),
    };
    let effects = erasing::erase(db, &of, now).await?;
    let all: Vec<&str> = codes.iter().map(String::as_str).collect();
    let said = (account, now);
    storage::erasures::insert_many(db, subject.people, &all, said, from_list).await?;
    Ok(Report {
        subject,
        stopped,
        effects,
        folders,
        merged,
        is_listed: true,
    })
}
