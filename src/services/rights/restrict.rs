//! Keeping what is known of somebody without using it: nobody proposes them, no sheet names
//! them, no mail reaches them, from the transaction on in which it is written down. What
//! was under way stops with it, and the desk is told by a task.

use super::{By, Subject, hold, look, tell};
use crate::domain::delivery::TaskKind;
use crate::domain::invalid::Why;
use crate::domain::private_link::PersonTask;
use crate::domain::rights::RestrictionReason;
use crate::services::merging::people_of;
use crate::services::proposals::clearing;
use crate::services::registering::Form;
use crate::services::sheets::end::end_all;
use crate::services::{Context, ServiceError};
use crate::storage::mailings::Person;
use crate::storage::restrictions::Restriction;
use crate::storage::withdrawals::SAFEGUARDING;
use crate::storage::{self, StorageError, Write};

/// What stopped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stopped {
    /// Numbers of sheets that were in force.
    pub sheets: Vec<String>,
    pub proposals: u64,
    /// Mails that waited.
    pub mails: u64,
}

impl Stopped {
    fn is_nothing(&self) -> bool {
        self.sheets.is_empty() && self.proposals == 0 && self.mails == 0
    }
}

/// Whose record it is, and the restriction that holds.
pub async fn of(
    context: &Context,
    by: By<'_>,
    form: Form,
    code: &str,
) -> Result<(Subject, Option<Restriction>), ServiceError> {
    by.check()?;
    let db = context.db.read();
    let subject = look(db, form, code).await?;
    let now = storage::restrictions::of(db, subject.people, code).await?;
    Ok((subject, now))
}

/// The restriction that holds for a record that is known to be there.
pub async fn standing(
    context: &Context,
    by: By<'_>,
    form: Form,
    code: &str,
) -> Result<Option<Restriction>, ServiceError> {
    by.check()?;
    let people = people_of(form)?;
    Ok(storage::restrictions::of(context.db.read(), people, code).await?)
}

/// Restricts.
pub async fn restrict(
    context: &Context,
    by: By<'_>,
    form: Form,
    code: &str,
    reason: RestrictionReason,
) -> Result<Stopped, ServiceError> {
    let account = by.check()?;
    let write = context.db.write().await?;
    let subject = hold(&write, form, code).await?;
    let known = storage::restrictions::of(&*write, subject.people, code).await?;
    if known.is_some() {
        return Err(ServiceError::Refused(Why::new(
            "refused-restricted-already",
        )));
    }
    let stopped = stop(context, &write, account, &subject, false).await?;
    let said = (account, context.now());
    storage::restrictions::insert(&*write, subject.people, code, reason, said).await?;
    if !stopped.is_nothing() {
        let (kind, today) = (PersonTask::Stopped, context.today());
        storage::person_tasks::put(&*write, subject.person, kind, today, None).await?;
    }
    tell(&write, context, by, &subject, "restricted").await?;
    write.commit().await?;
    Ok(stopped)
}

/// Lifts the restriction that holds. What it stopped stays stopped.
pub async fn lift(
    context: &Context,
    by: By<'_>,
    form: Form,
    code: &str,
) -> Result<(), ServiceError> {
    let account = by.check()?;
    let write = context.db.write().await?;
    let subject = hold(&write, form, code).await?;
    let said = (account, context.now());
    if !storage::restrictions::end(&*write, subject.people, code, said).await? {
        return Err(ServiceError::Refused(Why::new("refused-not-restricted")));
    }
    tell(&write, context, by, &subject, "unrestricted").await?;
    Ok(write.commit().await?)
}

/// Stops everything that is under way with somebody. `for_good`: they are gone after it, so
/// the workers who were asked for a family can be told by mail that it is over, and a
/// family itself has nobody to be told.
pub(super) async fn stop(
    context: &Context,
    write: &Write,
    account: Option<i64>,
    subject: &Subject,
    for_good: bool,
) -> Result<Stopped, ServiceError> {
    let (db, now) = (&**write, context.now());
    let sheets = in_force(context, write, subject.person).await?;
    // Whoever has one is told that it holds no more, and not why.
    end_all(context, write, account, &sheets, SAFEGUARDING).await?;
    if for_good && matches!(subject.person, Person::Family(_)) {
        for (id, _) in &sheets {
            let told = [TaskKind::TellFamily];
            storage::sheet_tasks::settle(db, *id, &told, now, None).await?;
        }
    }
    let mails = storage::outbox::cancel_all_of(db, subject.person, now).await?;
    let proposals = clearing::stopped(context, write, subject.person, for_good).await?;
    Ok(Stopped {
        sheets: sheets.into_iter().map(|(_, number)| number).collect(),
        proposals,
        mails,
    })
}

async fn in_force(
    context: &Context,
    write: &Write,
    person: Person,
) -> Result<Vec<(i64, String)>, StorageError> {
    let today = context.today();
    match person {
        Person::Worker(id) => storage::withdrawals::in_force(&**write, id, today).await,
        Person::Family(id) => storage::withdrawals::in_force_of_family(&**write, id, today).await,
    }
}
