//! What an erasure does to the rows of a person: the columns that tell of them are
//! emptied, rows that are nothing without them go, and what figures and proofs need stays
//! under their code. Each step says how many rows it changed, so that a try that is not
//! committed tells what an erasure would do. What each column's fate is, and why, says
//! `services::rights::columns`; a test holds this file to it.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait,
};

use super::entity::{
    account, accreditation_end, answer, answer_note, audit_event, authorisation, block,
    contact_note, different_people, diffusion_limit, disclosure, draft, family, first_fit,
    introduction, invitation, job_change, link_code, mailing, merge, notice_given, outbox_mail,
    person_mail, person_task, phone_try, pool_word, private_link, proposal, proposal_link,
    proposal_word, record_change, referral, request, restriction, search, sheet, sheet_link,
    sheet_notice, sheet_task, survey_link, survey_stop, upload, upload_file, worker,
    worker_statistic,
};
use super::error::StorageError;
use super::mailings::Person;
use super::merges::People;
use super::rows::{CHUNK, week_cell};
use crate::domain::contact::EmailAddress;
use crate::domain::mail::MailState;
use crate::domain::request::RequestStatus;
use crate::domain::rights::{ERASED_NAME, Staying, tells_of};
use crate::domain::week::WeekGrid;
use crate::domain::worker::WorkerStatus;

/// What becomes of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// They go.
    Removed,
    /// They stay without what told of the person.
    Emptied,
    /// They stay as they are, and why.
    Stays(Staying),
}

/// What becomes of the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    pub table: &'static str,
    pub done: Done,
    pub rows: u64,
}

/// Whose rows.
pub struct Subject<'a> {
    pub person: Person,
    /// The record's code, and those of records that went into it.
    pub codes: &'a [String],
    /// What tells of the person wherever it was typed: telephone and address.
    pub traits: &'a [String],
    pub email: Option<&'a EmailAddress>,
    /// Of the desk, which takes the place of the person's.
    pub comune: &'a str,
    /// Keys of the files handed in that tell of them.
    pub uploads: &'a [i64],
}

impl Subject<'_> {
    fn people(&self) -> People {
        match self.person {
            Person::Worker(_) => People::Workers,
            Person::Family(_) => People::Families,
        }
    }

    fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(String::as_str)
    }
}

/// The work on one person's rows.
struct Work<'a, C> {
    db: &'a C,
    of: &'a Subject<'a>,
    at: DateTime<Utc>,
    effects: Vec<Effect>,
    /// Of a family.
    requests: Vec<i64>,
    request_codes: Vec<String>,
    introductions: Vec<i64>,
    sheets: Vec<i64>,
    /// What nobody else is reached by: telephone and address.
    alone: Vec<String>,
}

/// Empties and removes; what it did, with the most telling tables first. Links, open
/// sheets and proposals are ended before.
pub async fn erase<C: ConnectionTrait>(
    db: &C,
    of: &Subject<'_>,
    at: DateTime<Utc>,
) -> Result<Vec<Effect>, StorageError> {
    let mut work = Work {
        db,
        of,
        at,
        effects: Vec::new(),
        requests: Vec::new(),
        request_codes: Vec::new(),
        introductions: Vec::new(),
        sheets: Vec::new(),
        alone: Vec::new(),
    };
    work.find().await?;
    match of.person {
        Person::Worker(id) => work.worker(id).await?,
        Person::Family(id) => work.family(id).await?,
    }
    work.alone().await?;
    work.records().await?;
    work.doors().await?;
    work.mail().await?;
    work.papers().await?;
    work.typed().await?;
    work.named().await?;
    work.staying().await?;
    Ok(work.effects)
}

/// The codes of the records that went into a record, however long ago.
pub async fn merged_into(
    db: &impl ConnectionTrait,
    people: People,
    code: &str,
) -> Result<Vec<String>, StorageError> {
    Ok(merge::Entity::find()
        .select_only()
        .column(merge::Column::Gone)
        .filter(merge::Column::Kind.eq(people.kind()))
        .filter(merge::Column::LeadsTo.eq(code))
        .filter(merge::Column::UndoneAt.is_null())
        .into_tuple()
        .all(db)
        .await?)
}

/// The folders in which papers with a worker's signature are: somebody has to take them
/// out by hand.
pub async fn folders(
    db: &impl ConnectionTrait,
    person: Person,
) -> Result<Vec<String>, StorageError> {
    let Person::Worker(id) = person else {
        return Ok(Vec::new());
    };
    let folders: Vec<Option<String>> = authorisation::Entity::find()
        .select_only()
        .column(authorisation::Column::Folder)
        .filter(authorisation::Column::WorkerId.eq(id))
        .into_tuple()
        .all(db)
        .await?;
    let mut folders: Vec<String> = folders.into_iter().flatten().collect();
    folders.sort_unstable();
    folders.dedup();
    Ok(folders)
}

/// Ends what is still asked about somebody's introductions, of either side.
pub async fn end_questions(
    db: &impl ConnectionTrait,
    person: Person,
    disposition: &str,
    today: chrono::NaiveDate,
) -> Result<(), StorageError> {
    let theirs = introductions_of(person);
    invitation::Entity::update_many()
        .col_expr(invitation::Column::Disposition, Expr::val(disposition))
        .col_expr(invitation::Column::SettledOn, Expr::val(today))
        .filter(invitation::Column::Disposition.is_null())
        .filter(invitation::Column::IntroductionId.in_subquery(theirs))
        .exec(db)
        .await?;
    Ok(())
}

fn introductions_of(person: Person) -> SelectStatement {
    let query = introduction::Entity::find()
        .select_only()
        .column(introduction::Column::Id);
    match person {
        Person::Worker(id) => query.filter(introduction::Column::WorkerId.eq(id)),
        Person::Family(id) => {
            let requests = request::Entity::find()
                .select_only()
                .column(request::Column::Id)
                .filter(request::Column::FamilyId.eq(id))
                .into_query();
            query.filter(introduction::Column::RequestId.in_subquery(requests))
        }
    }
    .into_query()
}

/// A cell that is emptied.
fn nothing() -> SimpleExpr {
    Expr::val(None::<String>)
}

impl<C: ConnectionTrait> Work<'_, C> {
    fn did(&mut self, table: &'static str, done: Done, rows: u64) {
        if rows == 0 {
            return;
        }
        let known = self.effects.iter_mut();
        let mut same = known.filter(|one| one.table == table && one.done == done);
        match same.next() {
            Some(one) => one.rows += rows,
            None => self.effects.push(Effect { table, done, rows }),
        }
    }

    async fn find(&mut self) -> Result<(), StorageError> {
        if let Person::Family(id) = self.of.person {
            let rows: Vec<(i64, String)> = request::Entity::find()
                .select_only()
                .columns([request::Column::Id, request::Column::Code])
                .filter(request::Column::FamilyId.eq(id))
                .into_tuple()
                .all(self.db)
                .await?;
            (self.requests, self.request_codes) = rows.into_iter().unzip();
        }
        let theirs = introductions_of(self.of.person);
        self.introductions = introduction::Entity::find()
            .select_only()
            .column(introduction::Column::Id)
            .filter(introduction::Column::Id.in_subquery(theirs))
            .into_tuple()
            .all(self.db)
            .await?;
        let sheets: Vec<i64> = match self.of.person {
            // Also a sheet whose introduction belongs to the one in its place by now.
            Person::Worker(id) => {
                disclosure::Entity::find()
                    .select_only()
                    .column(disclosure::Column::SheetId)
                    .filter(disclosure::Column::WorkerId.eq(id))
                    .distinct()
                    .into_tuple()
                    .all(self.db)
                    .await?
            }
            Person::Family(_) => {
                sheet::Entity::find()
                    .select_only()
                    .column(sheet::Column::Id)
                    .filter(sheet::Column::RequestId.is_in(self.requests.iter().copied()))
                    .into_tuple()
                    .all(self.db)
                    .await?
            }
        };
        self.sheets = sheets;
        Ok(())
    }

    async fn worker(&mut self, id: i64) -> Result<(), StorageError> {
        let [given, family] = ERASED_NAME.map(str::to_owned);
        let code = self.of.codes.first().cloned().unwrap_or_default();
        let row = worker::ActiveModel {
            given_name: Set(given),
            family_name: Set(family),
            name_own_script: Set(None),
            folded: Set(code.to_lowercase()),
            // No two of those who were erased are alike.
            sound: Set(code.to_lowercase()),
            sort_name: Set(code),
            phone: Set(None),
            email: Set(None),
            contact_language: Set("it".to_owned()),
            contact_by: Set(Some("desk".to_owned())),
            comune: Set(self.of.comune.to_owned()),
            max_km: Set(Some(0)),
            extra_comuni: Set(String::new()),
            relocates: Set(false),
            availability: Set(week_cell(&WeekGrid::EMPTY)),
            available_from: Set(None),
            confirmed_on: Set(None),
            skills: Set(String::new()),
            qualifications: Set(String::new()),
            languages: Set(String::new()),
            experience_years: Set(None),
            min_pay_hour: Set(None),
            min_pay_month: Set(None),
            permit_type: Set(None),
            permit_until: Set(None),
            renewal_receipt: Set(false),
            work_right_confirmed: Set(false),
            max_hours_week: Set(None),
            accreditation: Set("none".to_owned()),
            share_without_asking: Set(false),
            status: Set(WorkerStatus::Withdrawn.code().to_owned()),
            paused_until: Set(None),
            pause_reason: Set(None),
            consent_on: Set(None),
            ..Default::default()
        };
        let done = worker::Entity::update_many()
            .set(row)
            .col_expr(
                worker::Column::Version,
                Expr::col(worker::Column::Version).add(1),
            )
            .filter(worker::Column::Id.eq(id))
            .exec(self.db)
            .await?;
        self.did("workers", Done::Emptied, done.rows_affected);
        let done = worker_statistic::Entity::update_many()
            .set(worker_statistic::ActiveModel {
                birth_date: Set(None),
                citizenship: Set(None),
                ..Default::default()
            })
            .filter(worker_statistic::Column::WorkerId.eq(id))
            .exec(self.db)
            .await?;
        self.did("worker_statistics", Done::Emptied, done.rows_affected);
        self.beside_worker(id).await
    }

    /// What hangs on a worker alone.
    async fn beside_worker(&mut self, id: i64) -> Result<(), StorageError> {
        let done = authorisation::Entity::update_many()
            .col_expr(authorisation::Column::Folder, nothing())
            .filter(authorisation::Column::WorkerId.eq(id))
            .filter(authorisation::Column::Folder.is_not_null())
            .exec(self.db)
            .await?;
        self.did("authorisations", Done::Emptied, done.rows_affected);
        let done = accreditation_end::Entity::delete_many()
            .filter(accreditation_end::Column::WorkerId.eq(id))
            .exec(self.db)
            .await?;
        self.did("accreditation_ends", Done::Removed, done.rows_affected);
        let done = pool_word::Entity::delete_many()
            .filter(pool_word::Column::WorkerId.eq(id))
            .exec(self.db)
            .await?;
        self.did("pool_words", Done::Removed, done.rows_affected);
        let done = diffusion_limit::Entity::delete_many()
            .filter(diffusion_limit::Column::WorkerId.eq(id))
            .exec(self.db)
            .await?;
        self.did("diffusion_limits", Done::Removed, done.rows_affected);
        let done = job_change::Entity::update_many()
            .col_expr(job_change::Column::Hours, Expr::val("-"))
            .filter(
                job_change::Column::IntroductionId.in_subquery(introductions_of(self.of.person)),
            )
            .exec(self.db)
            .await?;
        self.did("job_changes", Done::Emptied, done.rows_affected);
        Ok(())
    }

    async fn family(&mut self, id: i64) -> Result<(), StorageError> {
        let [given, family] = ERASED_NAME.map(str::to_owned);
        let code = self.of.codes.first().cloned().unwrap_or_default();
        let row = family::ActiveModel {
            given_name: Set(given),
            family_name: Set(family),
            folded: Set(code.to_lowercase()),
            sound: Set(code.to_lowercase()),
            sort_name: Set(code),
            relation: Set(None),
            phone: Set(None),
            email: Set(None),
            contact_language: Set("it".to_owned()),
            contact_by: Set(Some("desk".to_owned())),
            comune: Set(self.of.comune.to_owned()),
            address: Set(None),
            consent_on: Set(None),
            recipient_name: Set(None),
            guardianship: Set(None),
            guardian_name: Set(None),
            guardian_phone: Set(None),
            ..Default::default()
        };
        let done = family::Entity::update_many()
            .set(row)
            .col_expr(
                family::Column::Version,
                Expr::col(family::Column::Version).add(1),
            )
            .filter(family::Column::Id.eq(id))
            .exec(self.db)
            .await?;
        self.did("families", Done::Emptied, done.rows_affected);
        self.requests_of(id).await?;
        let theirs = request::Entity::find()
            .select_only()
            .column(request::Column::Id)
            .filter(request::Column::FamilyId.eq(id))
            .into_query();
        let done = referral::Entity::update_many()
            .col_expr(referral::Column::ConsentBy, Expr::val("-"))
            .filter(referral::Column::RequestId.in_subquery(theirs.clone()))
            .exec(self.db)
            .await?;
        self.did("referrals", Done::Emptied, done.rows_affected);
        let done = proposal::Entity::update_many()
            .col_expr(proposal::Column::Told, nothing())
            .col_expr(proposal::Column::Part, nothing())
            .filter(proposal::Column::RequestId.in_subquery(theirs))
            .exec(self.db)
            .await?;
        self.did("proposals", Done::Emptied, done.rows_affected);
        Ok(())
    }

    async fn requests_of(&mut self, family: i64) -> Result<(), StorageError> {
        let row = request::ActiveModel {
            comune: Set(self.of.comune.to_owned()),
            needed_by: Set(None),
            required_skills: Set(String::new()),
            preferred_skills: Set(String::new()),
            required_qualifications: Set(String::new()),
            required_languages: Set(String::new()),
            max_pay_hour: Set(None),
            max_pay_month: Set(None),
            ccnl_level: Set(None),
            public_contribution: Set(false),
            self_sufficient: Set(None),
            worker_sex: Set(None),
            worker_sex_ground: Set(None),
            worker_sex_asked_by: Set(None),
            paused_until: Set(None),
            pause_reason: Set(None),
            ..Default::default()
        };
        let done = request::Entity::update_many()
            .set(row)
            .col_expr(
                request::Column::Version,
                Expr::col(request::Column::Version).add(1),
            )
            .filter(request::Column::FamilyId.eq(family))
            .exec(self.db)
            .await?;
        self.did("requests", Done::Emptied, done.rows_affected);
        withdraw_requests(self.db, family).await
    }

    /// What is typed or sent to a telephone or an address is theirs only where nobody else has
    /// the same: a couple, or a daughter who writes for both.
    async fn alone(&mut self) -> Result<(), StorageError> {
        for text in self.of.traits {
            let workers = worker::Entity::find()
                .filter(
                    worker::Column::Phone
                        .eq(text.as_str())
                        .or(worker::Column::Email.eq(text.as_str())),
                )
                .count(self.db)
                .await?;
            let families = family::Entity::find()
                .filter(
                    family::Column::Phone
                        .eq(text.as_str())
                        .or(family::Column::Email.eq(text.as_str())),
                )
                .count(self.db)
                .await?;
            let accounts = account::Entity::find()
                .filter(account::Column::Email.eq(text.as_str()))
                .count(self.db)
                .await?;
            if workers + families + accounts == 0 {
                self.alone.push(text.clone());
            }
        }
        Ok(())
    }

    /// The address, where it is theirs alone.
    fn own_email(&self) -> Option<&EmailAddress> {
        let email = self.of.email?;
        let text = email.to_string();
        self.alone.contains(&text).then_some(email)
    }

    /// What is told of the record elsewhere: histories, notes, merges, holds.
    async fn records(&mut self) -> Result<(), StorageError> {
        let kind = self.of.people().kind();
        let requests = || self.request_codes.iter().map(String::as_str);
        macro_rules! about {
            ($entity:ident) => {
                Condition::any()
                    .add(
                        Condition::all()
                            .add($entity::Column::Kind.eq(kind))
                            .add($entity::Column::Record.is_in(self.of.codes())),
                    )
                    .add(
                        Condition::all()
                            .add($entity::Column::Kind.eq("request"))
                            .add($entity::Column::Record.is_in(requests())),
                    )
            };
        }
        let done = record_change::Entity::update_many()
            .col_expr(record_change::Column::Fields, Expr::val("[]"))
            .filter(about!(record_change))
            .filter(record_change::Column::Fields.ne("[]"))
            .exec(self.db)
            .await?;
        let notes = contact_note::Entity::delete_many()
            .filter(about!(contact_note))
            .exec(self.db)
            .await?;
        let blocks = block::Entity::delete_many()
            .filter(about!(block))
            .exec(self.db)
            .await?;
        let restrictions = restriction::Entity::delete_many()
            .filter(about!(restriction))
            .exec(self.db)
            .await?;
        let merges = merge::Entity::update_many()
            .col_expr(merge::Column::Before, nothing())
            .filter(merge::Column::Kind.eq(kind))
            .filter(merge::Column::LeadsTo.is_in(self.of.codes()))
            .filter(merge::Column::Before.is_not_null())
            .exec(self.db)
            .await?;
        let different = different_people::Entity::delete_many()
            .filter(different_people::Column::Kind.eq(kind))
            .filter(
                Condition::any()
                    .add(different_people::Column::One.is_in(self.of.codes()))
                    .add(different_people::Column::Other.is_in(self.of.codes())),
            )
            .exec(self.db)
            .await?;
        self.did("record_changes", Done::Emptied, done.rows_affected);
        self.did("contact_notes", Done::Removed, notes.rows_affected);
        self.did("blocks", Done::Removed, blocks.rows_affected);
        self.did("restrictions", Done::Removed, restrictions.rows_affected);
        self.did("merges", Done::Emptied, merges.rows_affected);
        self.did("different_people", Done::Removed, different.rows_affected);
        Ok(())
    }

    /// Links, codes, tasks.
    async fn doors(&mut self) -> Result<(), StorageError> {
        macro_rules! theirs {
            ($entity:ident) => {
                match self.of.person {
                    Person::Worker(id) => $entity::Column::WorkerId.eq(id),
                    Person::Family(id) => $entity::Column::FamilyId.eq(id),
                }
            };
        }
        let links = private_link::Entity::delete_many()
            .filter(theirs!(private_link))
            .exec(self.db)
            .await?;
        let codes = link_code::Entity::delete_many()
            .filter(theirs!(link_code))
            .exec(self.db)
            .await?;
        let mailings = mailing::Entity::find()
            .select_only()
            .column(mailing::Column::Id)
            .filter(theirs!(mailing))
            .into_query();
        let surveys = survey_link::Entity::delete_many()
            .filter(survey_link::Column::MailingId.in_subquery(mailings))
            .exec(self.db)
            .await?;
        let proposals = match self.of.person {
            Person::Worker(id) => proposal::Column::WorkerId.eq(id),
            Person::Family(_) => proposal::Column::RequestId.is_in(self.requests.iter().copied()),
        };
        let proposals = proposal::Entity::find()
            .select_only()
            .column(proposal::Column::Id)
            .filter(proposals)
            .into_query();
        let asked = proposal_link::Entity::delete_many()
            .filter(proposal_link::Column::ProposalId.in_subquery(proposals))
            .exec(self.db)
            .await?;
        let tasks = person_task::Entity::update_many()
            .col_expr(person_task::Column::Words, nothing())
            .filter(theirs!(person_task))
            .exec(self.db)
            .await?;
        person_task::Entity::update_many()
            .col_expr(person_task::Column::DoneAt, Expr::val(self.at))
            .filter(theirs!(person_task))
            .filter(person_task::Column::DoneAt.is_null())
            .exec(self.db)
            .await?;
        self.did("private_links", Done::Removed, links.rows_affected);
        self.did("link_codes", Done::Removed, codes.rows_affected);
        self.did("survey_links", Done::Removed, surveys.rows_affected);
        self.did("proposal_links", Done::Removed, asked.rows_affected);
        self.did("person_tasks", Done::Emptied, tasks.rows_affected);
        Ok(())
    }

    /// Mail to them, and mail that names them to others.
    async fn mail(&mut self) -> Result<(), StorageError> {
        let own = self.own_mail().await?;
        for ids in own.chunks(CHUNK) {
            outbox_mail::Entity::update_many()
                .col_expr(
                    outbox_mail::Column::State,
                    Expr::val(MailState::Cancelled.code()),
                )
                .col_expr(outbox_mail::Column::FinishedAt, Expr::val(self.at))
                .filter(outbox_mail::Column::Id.is_in(ids.iter().copied()))
                .filter(
                    outbox_mail::Column::State
                        .is_in([MailState::Queued, MailState::Failed].map(MailState::code)),
                )
                .exec(self.db)
                .await?;
        }
        let mut all = self.naming_mail().await?;
        all.extend(&own);
        all.sort_unstable();
        all.dedup();
        let mut rows = 0;
        for ids in all.chunks(CHUNK) {
            use outbox_mail::Column as Mail;
            let holds = Condition::any()
                .add(Mail::Recipient.is_not_null())
                .add(Mail::Token.is_not_null())
                .add(Mail::Plain.is_not_null())
                .add(Mail::Trouble.is_not_null());
            // What waits for others keeps its link.
            let done = outbox_mail::Entity::update_many()
                .col_expr(Mail::Recipient, nothing())
                .col_expr(Mail::Subject, nothing())
                .col_expr(Mail::Plain, nothing())
                .col_expr(Mail::Html, nothing())
                .col_expr(Mail::Trouble, nothing())
                .filter(Mail::Id.is_in(ids.iter().copied()))
                .filter(holds)
                .exec(self.db)
                .await?;
            rows += done.rows_affected;
        }
        for ids in own.chunks(CHUNK) {
            outbox_mail::Entity::update_many()
                .col_expr(outbox_mail::Column::Token, nothing())
                .filter(outbox_mail::Column::Id.is_in(ids.iter().copied()))
                .exec(self.db)
                .await?;
        }
        self.did("outbox", Done::Emptied, rows);
        self.addresses().await
    }

    async fn addresses(&mut self) -> Result<(), StorageError> {
        let theirs = match self.of.person {
            Person::Worker(id) => person_mail::Column::WorkerId.eq(id),
            Person::Family(id) => person_mail::Column::FamilyId.eq(id),
        };
        let mails = person_mail::Entity::delete_many()
            .filter(theirs)
            .exec(self.db)
            .await?;
        self.did("person_mails", Done::Removed, mails.rows_affected);
        if let Some(email) = self.own_email().cloned() {
            let marks = super::outbox::unmark_address(self.db, &email).await?;
            self.did("address_marks", Done::Removed, marks);
        }
        Ok(())
    }

    /// The mails that are to them.
    async fn own_mail(&self) -> Result<Vec<i64>, StorageError> {
        let mut of = super::outbox::to_person(self.of.person);
        if let Person::Family(_) = self.of.person {
            let links: Vec<i64> = sheet_link::Entity::find()
                .select_only()
                .column(sheet_link::Column::Id)
                .filter(sheet_link::Column::SheetId.is_in(self.sheets.iter().copied()))
                .into_tuple()
                .all(self.db)
                .await?;
            let keys = links.into_iter().map(super::sheet_links::mail_key);
            of = of.add(outbox_mail::Column::DedupKey.is_in(keys));
        }
        if let Some(email) = self.own_email() {
            of = of.add(outbox_mail::Column::Recipient.eq(email.to_string()));
        }
        self.ids_of(of).await
    }

    /// The mails to others that name them.
    async fn naming_mail(&self) -> Result<Vec<i64>, StorageError> {
        let mailings = invitation::Entity::find()
            .select_only()
            .column(invitation::Column::MailingId)
            .filter(invitation::Column::IntroductionId.is_in(self.introductions.iter().copied()))
            .into_query();
        let notices = sheet_notice::Entity::find()
            .select_only()
            .column(sheet_notice::Column::MessageId)
            .filter(sheet_notice::Column::SheetId.is_in(self.sheets.iter().copied()))
            .filter(sheet_notice::Column::MessageId.is_not_null())
            .into_query();
        let done = [MailState::Sent, MailState::Kept, MailState::Failed];
        let of = Condition::any()
            .add(outbox_mail::Column::MailingId.in_subquery(mailings))
            .add(outbox_mail::Column::MessageId.in_subquery(notices));
        let of = Condition::all()
            .add(of)
            .add(outbox_mail::Column::State.is_in(done.map(MailState::code)));
        self.ids_of(of).await
    }

    async fn ids_of(&self, of: Condition) -> Result<Vec<i64>, StorageError> {
        Ok(outbox_mail::Entity::find()
            .select_only()
            .column(outbox_mail::Column::Id)
            .filter(of)
            .into_tuple()
            .all(self.db)
            .await?)
    }

    /// Sheets that name them: the bytes, and why they fitted.
    async fn papers(&mut self) -> Result<(), StorageError> {
        let (mut documents, mut explained, mut notes) = (0, 0, 0);
        for ids in self.sheets.chunks(CHUNK) {
            documents += super::sheets::forget_documents(self.db, ids).await?;
        }
        for id in self.sheets.clone() {
            explained += self.explanation(id).await?;
        }
        for ids in self.introductions.chunks(CHUNK) {
            let done = answer_note::Entity::delete_many()
                .filter(answer_note::Column::IntroductionId.is_in(ids.iter().copied()))
                .exec(self.db)
                .await?;
            notes += done.rows_affected;
        }
        self.did("sheet_documents", Done::Removed, documents);
        self.did("sheets", Done::Emptied, explained);
        self.did("answer_notes", Done::Removed, notes);
        Ok(())
    }

    /// Why they fitted, as a sheet keeps it; of the others on it that stays.
    async fn explanation(&self, sheet_id: i64) -> Result<u64, StorageError> {
        let kept: Option<String> = sheet::Entity::find_by_id(sheet_id)
            .select_only()
            .column(sheet::Column::Explanation)
            .into_tuple()
            .one(self.db)
            .await?;
        let mut kept: Vec<serde_json::Value> = kept
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        match self.of.people() {
            // It is of the family's need from the first word to the last.
            People::Families => kept.clear(),
            People::Workers => kept.retain(|one| {
                let of = one.get("worker").and_then(serde_json::Value::as_str);
                of.is_some_and(|of| self.of.codes().all(|code| code != of))
            }),
        }
        let kept = serde_json::Value::Array(kept).to_string();
        let done = sheet::Entity::update_many()
            .col_expr(sheet::Column::Explanation, Expr::val(kept))
            .filter(sheet::Column::Id.eq(sheet_id))
            .exec(self.db)
            .await?;
        Ok(done.rows_affected)
    }

    /// What was typed and not saved, searched or handed in.
    async fn typed(&mut self) -> Result<(), StorageError> {
        let kind = self.of.people().kind();
        let requests = || self.request_codes.iter().map(String::as_str);
        let mut about = Condition::any()
            .add(
                Condition::all()
                    .add(draft::Column::Form.eq(kind))
                    .add(draft::Column::Record.is_in(self.of.codes())),
            )
            .add(
                Condition::all()
                    .add(draft::Column::Form.eq("request"))
                    .add(draft::Column::Record.is_in(requests())),
            );
        // A code stands in a form as a whole.
        let codes = self.of.codes().map(|code| format!("\"{code}\""));
        for text in codes.chain(self.alone.iter().cloned()) {
            about = about.add(draft::Column::Fields.contains(text));
        }
        let drafts = draft::Entity::delete_many()
            .filter(about)
            .exec(self.db)
            .await?;
        self.did("drafts", Done::Removed, drafts.rows_affected);
        self.searches().await?;
        // A file that is being read settles nothing when its row is gone.
        let files = upload_file::Entity::delete_many()
            .filter(upload_file::Column::UploadId.is_in(self.of.uploads.iter().copied()))
            .exec(self.db)
            .await?;
        let uploads = upload::Entity::delete_many()
            .filter(upload::Column::Id.is_in(self.of.uploads.iter().copied()))
            .exec(self.db)
            .await?;
        self.did("upload_files", Done::Removed, files.rows_affected);
        self.did("uploads", Done::Removed, uploads.rows_affected);
        Ok(())
    }

    /// The searches of the last day by which they were looked for.
    async fn searches(&mut self) -> Result<(), StorageError> {
        let names = self.names().await?;
        let known = self
            .of
            .codes()
            .chain(self.of.traits.iter().map(String::as_str));
        let known: Vec<&str> = known.collect();
        let all: Vec<(String, String)> = search::Entity::find()
            .select_only()
            .columns([search::Column::Id, search::Column::Words])
            .into_tuple()
            .all(self.db)
            .await?;
        let theirs = all
            .into_iter()
            .filter(|(_, words)| tells_of(words, &names, &known));
        let theirs: Vec<String> = theirs.map(|(id, _)| id).collect();
        let mut rows = 0;
        for ids in theirs.chunks(CHUNK) {
            let done = search::Entity::delete_many()
                .filter(search::Column::Id.is_in(ids.iter().cloned()))
                .exec(self.db)
                .await?;
            rows += done.rows_affected;
        }
        self.did("searches", Done::Removed, rows);
        Ok(())
    }

    /// The words of the name, as they are looked for.
    async fn names(&self) -> Result<Vec<String>, StorageError> {
        let (table, column, id) = match self.of.person {
            Person::Worker(id) => ("worker_names", "worker_id", id),
            Person::Family(id) => ("family_names", "family_id", id),
        };
        let words = Query::select()
            .column("word")
            .from(table)
            .and_where(Expr::col(column).eq(id))
            .take();
        let rows = self.db.query_all(&words).await?;
        let read = rows.iter().map(|row| row.try_get::<String>("", "word"));
        Ok(read.collect::<Result<Vec<_>, _>>()?)
    }

    /// The words of the name, as they are looked for; whether they were asked if their data
    /// stay; what they asked by themselves on the public page, and when they were to come.
    async fn named(&mut self) -> Result<(), StorageError> {
        let (table, column, id) = match self.of.person {
            Person::Worker(id) => ("worker_names", "worker_id", id),
            Person::Family(id) => ("family_names", "family_id", id),
        };
        for table in [table, "renewals"] {
            let words = Query::delete()
                .from_table(table)
                .and_where(Expr::col(column).eq(id))
                .take();
            let done = self.db.execute(&words).await?;
            self.did(table, Done::Removed, done.rows_affected());
        }
        let mut theirs = match self.of.person {
            Person::Worker(id) => Expr::col("worker_id").eq(id),
            Person::Family(_) => Expr::col("request_id").is_in(self.requests.iter().copied()),
        };
        for text in &self.alone {
            theirs = theirs
                .or(Expr::col("email").eq(text.as_str()))
                .or(Expr::col("phone").eq(text.as_str()));
        }
        let asked = Query::select()
            .column("id")
            .from("public_requests")
            .and_where(theirs.clone())
            .take();
        let mut ids = Vec::new();
        for row in self.db.query_all(&asked).await? {
            ids.push(row.try_get::<i64>("", "id")?);
        }
        let own = super::appointments::drop_of(self.db, self.of.person).await?;
        let asked_for = super::appointments::drop_of_askings(self.db, &ids).await?;
        self.did("appointments", Done::Removed, own + asked_for);
        let events = Query::delete()
            .from_table("public_request_events")
            .and_where(Expr::col("public_request_id").in_subquery(asked))
            .take();
        let done = self.db.execute(&events).await?;
        self.did("public_request_events", Done::Removed, done.rows_affected());
        let asked = Query::delete()
            .from_table("public_requests")
            .and_where(theirs)
            .take();
        let done = self.db.execute(&asked).await?;
        self.did("public_requests", Done::Removed, done.rows_affected());
        Ok(())
    }

    /// How much stays, and why.
    async fn staying(&mut self) -> Result<(), StorageError> {
        let own = self.introductions.len() as u64;
        self.did("introductions", Done::Stays(Staying::Figures), own);
        macro_rules! of_introductions {
            ($entity:ident, $table:literal, $why:ident) => {
                let theirs = introductions_of(self.of.person);
                let rows = $entity::Entity::find()
                    .filter($entity::Column::IntroductionId.in_subquery(theirs))
                    .count(self.db)
                    .await?;
                self.did($table, Done::Stays(Staying::$why), rows);
            };
        }
        of_introductions!(answer, "answers", Figures);
        of_introductions!(invitation, "invitations", Figures);
        macro_rules! theirs {
            ($entity:ident, $table:literal, $why:ident) => {
                let theirs = match self.of.person {
                    Person::Worker(id) => $entity::Column::WorkerId.eq(id),
                    Person::Family(id) => $entity::Column::FamilyId.eq(id),
                };
                let rows = $entity::Entity::find()
                    .filter(theirs)
                    .count(self.db)
                    .await?;
                self.did($table, Done::Stays(Staying::$why), rows);
            };
        }
        theirs!(disclosure, "disclosures", Proof);
        theirs!(notice_given, "notices_given", Proof);
        theirs!(mailing, "mailings", Figures);
        theirs!(survey_stop, "survey_stops", Pseudonym);
        self.staying_work().await?;
        macro_rules! of_sheets {
            ($entity:ident, $table:literal, $why:ident) => {
                let mut rows = 0;
                for ids in self.sheets.chunks(CHUNK) {
                    rows += $entity::Entity::find()
                        .filter($entity::Column::SheetId.is_in(ids.iter().copied()))
                        .count(self.db)
                        .await?;
                }
                self.did($table, Done::Stays(Staying::$why), rows);
            };
        }
        self.did(
            "sheets",
            Done::Stays(Staying::Proof),
            self.sheets.len() as u64,
        );
        of_sheets!(sheet_link, "sheet_links", Pseudonym);
        of_sheets!(sheet_notice, "sheet_notices", Pseudonym);
        of_sheets!(sheet_task, "sheet_tasks", Proof);
        let tries = invitation::Entity::find()
            .select_only()
            .column(invitation::Column::Id)
            .filter(
                invitation::Column::IntroductionId.in_subquery(introductions_of(self.of.person)),
            )
            .into_query();
        let rows = phone_try::Entity::find()
            .filter(phone_try::Column::InvitationId.in_subquery(tries))
            .count(self.db)
            .await?;
        self.did("phone_tries", Done::Stays(Staying::Figures), rows);
        Ok(())
    }

    /// The same of the desk's own work: whom it asked, what was signed, who did what.
    async fn staying_work(&mut self) -> Result<(), StorageError> {
        let asked = match self.of.person {
            Person::Worker(id) => proposal::Column::WorkerId.eq(id),
            Person::Family(_) => proposal::Column::RequestId.is_in(self.requests.iter().copied()),
        };
        let rows = proposal::Entity::find()
            .filter(asked.clone())
            .count(self.db)
            .await?;
        self.did("proposals", Done::Stays(Staying::Figures), rows);
        let asked = proposal::Entity::find()
            .select_only()
            .column(proposal::Column::Id)
            .filter(asked)
            .into_query();
        let rows = proposal_word::Entity::find()
            .filter(proposal_word::Column::ProposalId.in_subquery(asked))
            .count(self.db)
            .await?;
        self.did("proposal_words", Done::Stays(Staying::Figures), rows);
        let fitted = match self.of.person {
            Person::Worker(id) => first_fit::Column::WorkerId.eq(id),
            Person::Family(_) => first_fit::Column::RequestId.is_in(self.requests.iter().copied()),
        };
        let rows = first_fit::Entity::find()
            .filter(fitted)
            .count(self.db)
            .await?;
        self.did("first_fits", Done::Stays(Staying::Figures), rows);
        if let Person::Worker(id) = self.of.person {
            let rows = authorisation::Entity::find()
                .filter(authorisation::Column::WorkerId.eq(id))
                .count(self.db)
                .await?;
            self.did("authorisations", Done::Stays(Staying::Proof), rows);
        }
        let codes = self.of.codes();
        let codes: Vec<&str> = codes
            .chain(self.request_codes.iter().map(String::as_str))
            .collect();
        let rows = audit_event::Entity::find()
            .filter(audit_event::Column::Object.is_in(codes))
            .count(self.db)
            .await?;
        self.did("audit_events", Done::Stays(Staying::Proof), rows);
        Ok(())
    }
}

/// Requests of a family that is erased need nobody any more.
async fn withdraw_requests(db: &impl ConnectionTrait, family: i64) -> Result<(), StorageError> {
    let open = [RequestStatus::Open, RequestStatus::Paused].map(RequestStatus::code);
    request::Entity::update_many()
        .col_expr(
            request::Column::Status,
            Expr::val(RequestStatus::Withdrawn.code()),
        )
        .filter(request::Column::FamilyId.eq(family))
        .filter(request::Column::Status.is_in(open))
        .exec(db)
        .await?;
    Ok(())
}
