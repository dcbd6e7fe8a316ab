//! Mail that waits, is being sent, or is done with. A row is written in the
//! transaction that makes it due. Several processes may take rows: each is taken
//! by one of them, under a lease that ends by itself. What is in a mail is not
//! known here until it is kept to be read.

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sea_orm::sea_query::{
    Expr, ExprTrait, LockBehavior, LockType, OnConflict, Query, SelectStatement,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};

use super::Page;
use super::entity::{
    address_mark, mailing, outbox_mail, person_mail, proposal, proposal_mail, request, sheet,
    sheet_link, sheet_notice, survey_stop, worker,
};
use super::error::StorageError;
use super::lists::{At, Order, page_by_key};
use super::mailings::Person;
use super::rows::{CHUNK, Cells};
use super::sheet_links::{link_of, mail_key};
use crate::domain::contact::EmailAddress;
use crate::domain::follow_up::Disposition;
use crate::domain::mail::{LEASE, MailKind, MailState};
use crate::domain::worker::WorkerStatus;

const TABLE: Cells = Cells("outbox");

/// A mail that becomes due.
#[derive(Debug, Clone)]
pub struct NewMail {
    pub kind: MailKind,
    /// Of two mails with the same key there is only the first.
    pub dedup_key: String,
    /// The same at every try, so that a copy is known as one.
    pub message_id: String,
    pub mailing_id: Option<i64>,
    /// Of a mail that belongs to no mailing.
    pub recipient: Option<EmailAddress>,
    /// Opens what the mail leads to; gone from here when the mail is delivered.
    pub token: Option<String>,
    pub send_at: DateTime<Utc>,
}

/// A mail that a process has taken.
#[derive(Debug, Clone)]
pub struct Taken {
    pub id: i64,
    pub kind: MailKind,
    pub dedup_key: String,
    pub message_id: String,
    pub mailing_id: Option<i64>,
    pub recipient: Option<EmailAddress>,
    pub token: Option<String>,
    pub queued_at: DateTime<Utc>,
    /// Tries, this one among them.
    pub attempts: u32,
    pub first_try: DateTime<Utc>,
}

/// What a mail said, where it is kept to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    pub subject: String,
    pub plain: String,
    pub html: String,
}

/// A mail as an administrator sees it.
#[derive(Debug, Clone)]
pub struct MailLine {
    pub id: i64,
    pub kind: MailKind,
    pub state: MailState,
    pub queued_at: DateTime<Utc>,
    pub send_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub attempts: u32,
    pub trouble: Option<String>,
    pub mailing_id: Option<i64>,
    pub message_id: String,
    pub body: Option<Body>,
}

/// Adds a mail; whether there was none with its key.
pub async fn queue(
    db: &impl ConnectionTrait,
    new: &NewMail,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let row = outbox_mail::ActiveModel {
        kind: Set(new.kind.code().to_owned()),
        dedup_key: Set(new.dedup_key.clone()),
        message_id: Set(new.message_id.clone()),
        mailing_id: Set(new.mailing_id),
        recipient: Set(new.recipient.as_ref().map(ToString::to_string)),
        token: Set(new.token.clone()),
        state: Set(MailState::Queued.code().to_owned()),
        queued_at: Set(now),
        send_at: Set(new.send_at),
        attempts: Set(0),
        first_try_at: Set(None),
        leased_until: Set(None),
        finished_at: Set(None),
        trouble: Set(None),
        subject: Set(None),
        plain: Set(None),
        html: Set(None),
        ..Default::default()
    };
    let once = OnConflict::column(outbox_mail::Column::DedupKey)
        .do_nothing()
        .to_owned();
    let added = outbox_mail::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(added > 0)
}

/// Whether a mail with this key was ever queued.
pub async fn is_queued(db: &impl ConnectionTrait, dedup_key: &str) -> Result<bool, StorageError> {
    let same = outbox_mail::Column::DedupKey.eq(dedup_key);
    let found = outbox_mail::Entity::find().filter(same).one(db).await?;
    Ok(found.is_some())
}

/// The key under which the mail with this Message-ID was queued.
pub async fn key_of_message(
    db: &impl ConnectionTrait,
    message_id: &str,
) -> Result<Option<String>, StorageError> {
    Ok(outbox_mail::Entity::find()
        .select_only()
        .column(outbox_mail::Column::DedupKey)
        .filter(outbox_mail::Column::MessageId.eq(message_id))
        .into_tuple()
        .one(db)
        .await?)
}

/// Takes up to `limit` mails whose moment has come, the longest due first; those
/// of a process that did not finish too, once their lease has ended. Each is
/// taken by one process.
pub async fn take(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Taken>, StorageError> {
    use outbox_mail::Column;
    let waits = Condition::all()
        .add(Column::State.eq(MailState::Queued.code()))
        .add(Column::SendAt.lte(now));
    // A lease from a clock that went back since ends as well; one from a machine whose
    // clock is ahead by less than a lease holds.
    let left = Condition::all()
        .add(Column::State.eq(MailState::Sending.code()))
        .add(
            Condition::any()
                .add(Column::LeasedUntil.lte(now))
                .add(Column::LeasedUntil.gt(now + LEASE * 2)),
        );
    let mut query = outbox_mail::Entity::find()
        .filter(Condition::any().add(waits).add(left))
        .order_by_asc(Column::SendAt)
        .order_by_asc(Column::Id)
        .limit(limit);
    if db.get_database_backend() == DbBackend::Postgres {
        query = query.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let rows = query.all(db).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    outbox_mail::Entity::update_many()
        .col_expr(Column::State, Expr::val(MailState::Sending.code()))
        .col_expr(Column::LeasedUntil, Expr::val(now + LEASE))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(
            Column::FirstTryAt,
            Expr::col(Column::FirstTryAt).if_null(Expr::val(now)),
        )
        .filter(Column::Id.is_in(rows.iter().map(|row| row.id)))
        .exec(db)
        .await?;
    rows.into_iter().map(|row| taken(row, now)).collect()
}

fn taken(row: outbox_mail::Model, now: DateTime<Utc>) -> Result<Taken, StorageError> {
    Ok(Taken {
        id: row.id,
        kind: TABLE.read("kind", MailKind::parse(&row.kind))?,
        dedup_key: row.dedup_key,
        message_id: row.message_id,
        mailing_id: row.mailing_id,
        recipient: TABLE.optional("recipient", row.recipient, |text| {
            EmailAddress::parse(&text)
        })?,
        token: row.token,
        queued_at: row.queued_at,
        attempts: TABLE.number("attempts", row.attempts)? + 1,
        first_try: row.first_try_at.unwrap_or(now),
    })
}

/// A mail as whoever sends it has it.
pub async fn as_taken(
    db: &impl ConnectionTrait,
    id: i64,
    now: DateTime<Utc>,
) -> Result<Option<Taken>, StorageError> {
    let row = outbox_mail::Entity::find_by_id(id).one(db).await?;
    row.map(|row| taken(row, now)).transpose()
}

/// A mail is done with. Where it was kept, `body` is what it says; else its token
/// goes at once.
pub async fn finish(
    db: &impl ConnectionTrait,
    id: i64,
    state: MailState,
    trouble: Option<&str>,
    body: Option<Body>,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    use outbox_mail::Column;
    let mut update = outbox_mail::Entity::update_many()
        .col_expr(Column::State, Expr::val(state.code()))
        .col_expr(Column::FinishedAt, Expr::val(now))
        .col_expr(Column::LeasedUntil, Expr::val(None::<DateTime<Utc>>))
        .col_expr(Column::Trouble, Expr::val(trouble.map(str::to_owned)));
    // A mail given up may be tried again by an administrator, with the same token.
    if !matches!(state, MailState::Failed) {
        update = update.col_expr(Column::Token, Expr::val(None::<String>));
    }
    if let Some(body) = body {
        update = update
            .col_expr(Column::Subject, Expr::val(body.subject))
            .col_expr(Column::Plain, Expr::val(body.plain))
            .col_expr(Column::Html, Expr::val(body.html));
    }
    update.filter(Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// A mail waits for another try.
pub async fn postpone(
    db: &impl ConnectionTrait,
    id: i64,
    send_at: DateTime<Utc>,
    trouble: &str,
) -> Result<(), StorageError> {
    use outbox_mail::Column;
    outbox_mail::Entity::update_many()
        .col_expr(Column::State, Expr::val(MailState::Queued.code()))
        .col_expr(Column::SendAt, Expr::val(send_at))
        .col_expr(Column::LeasedUntil, Expr::val(None::<DateTime<Utc>>))
        .col_expr(Column::Trouble, Expr::val(trouble.to_owned()))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Lets everything that waits go now.
pub async fn send_now(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), StorageError> {
    outbox_mail::Entity::update_many()
        .col_expr(outbox_mail::Column::SendAt, Expr::val(now))
        .filter(outbox_mail::Column::State.eq(MailState::Queued.code()))
        .exec(db)
        .await?;
    Ok(())
}

/// Sends a mail that was given up, or waits, at `now`; whether there was one.
pub async fn retry(
    db: &impl ConnectionTrait,
    id: i64,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    use outbox_mail::Column;
    let states = [MailState::Failed, MailState::Queued].map(MailState::code);
    let done = outbox_mail::Entity::update_many()
        .col_expr(Column::State, Expr::val(MailState::Queued.code()))
        .col_expr(Column::SendAt, Expr::val(now))
        .col_expr(Column::FirstTryAt, Expr::val(None::<DateTime<Utc>>))
        .col_expr(Column::FinishedAt, Expr::val(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in(states))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Keeps a mail that waits from going; whether there was one.
pub async fn cancel(
    db: &impl ConnectionTrait,
    id: i64,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    use outbox_mail::Column;
    let done = outbox_mail::Entity::update_many()
        .col_expr(Column::State, Expr::val(MailState::Cancelled.code()))
        .col_expr(Column::FinishedAt, Expr::val(now))
        .col_expr(Column::Token, Expr::val(None::<String>))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(MailState::Queued.code()))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

async fn cancel_where(
    db: &impl ConnectionTrait,
    mailings: SelectStatement,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    use outbox_mail::Column;
    let done = outbox_mail::Entity::update_many()
        .col_expr(Column::State, Expr::val(MailState::Cancelled.code()))
        .col_expr(Column::FinishedAt, Expr::val(now))
        .col_expr(Column::Token, Expr::val(None::<String>))
        .filter(Column::State.eq(MailState::Queued.code()))
        .filter(Column::MailingId.in_subquery(mailings))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Keeps everything that waits for somebody from going; how many there were.
pub async fn cancel_person(
    db: &impl ConnectionTrait,
    person: Person,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let theirs = match person {
        Person::Family(id) => mailing::Column::FamilyId.eq(id),
        Person::Worker(id) => mailing::Column::WorkerId.eq(id),
    };
    let mailings = Query::select()
        .column(mailing::Column::Id)
        .from(mailing::Entity)
        .and_where(theirs)
        .take();
    cancel_where(db, mailings, now).await
}

/// The mails that are to somebody, but for the letters of sheets, which are known by their
/// links.
pub(super) fn to_person(person: Person) -> Condition {
    to_people(&[person])
}

/// The same of some people.
fn to_people(people: &[Person]) -> Condition {
    let keys = people.iter().map(|person| person.keys());
    let (families, workers): (Vec<_>, Vec<_>) = keys.unzip();
    let families: Vec<i64> = families.into_iter().flatten().collect();
    let workers: Vec<i64> = workers.into_iter().flatten().collect();
    macro_rules! theirs {
        ($entity:ident) => {{
            let family = || $entity::Column::FamilyId.is_in(families.iter().copied());
            let worker = || $entity::Column::WorkerId.is_in(workers.iter().copied());
            // An empty list beside the other would keep the index from being used.
            match (families.is_empty(), workers.is_empty()) {
                (_, true) => family(),
                (true, false) => worker(),
                (false, false) => family().or(worker()),
            }
        }};
    }
    let mailings = Query::select()
        .column(mailing::Column::Id)
        .from(mailing::Entity)
        .and_where(theirs!(mailing))
        .take();
    let persons = Query::select()
        .column(person_mail::Column::MessageId)
        .from(person_mail::Entity)
        .and_where(theirs!(person_mail))
        .take();
    let notices = Query::select()
        .column(sheet_notice::Column::MessageId)
        .from(sheet_notice::Entity)
        .and_where(theirs!(sheet_notice))
        .and_where(sheet_notice::Column::MessageId.is_not_null())
        .take();
    let all = Condition::any()
        .add(outbox_mail::Column::MailingId.in_subquery(mailings))
        .add(outbox_mail::Column::MessageId.in_subquery(persons))
        .add(outbox_mail::Column::MessageId.in_subquery(notices));
    if workers.is_empty() {
        return all;
    }
    let proposals = Query::select()
        .column(proposal::Column::Id)
        .from(proposal::Entity)
        .and_where(proposal::Column::WorkerId.is_in(workers))
        .take();
    let asked = Query::select()
        .column(proposal_mail::Column::MessageId)
        .from(proposal_mail::Entity)
        .and_where(proposal_mail::Column::ProposalId.in_subquery(proposals))
        .take();
    all.add(outbox_mail::Column::MessageId.in_subquery(asked))
}

/// Keeps the mails that wait to ask a worker for a request from going.
pub async fn cancel_proposals(
    db: &impl ConnectionTrait,
    worker_id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    use outbox_mail::Column;
    let proposals = Query::select()
        .column(proposal::Column::Id)
        .from(proposal::Entity)
        .and_where(proposal::Column::WorkerId.eq(worker_id))
        .take();
    let asked = Query::select()
        .column(proposal_mail::Column::MessageId)
        .from(proposal_mail::Entity)
        .and_where(proposal_mail::Column::ProposalId.in_subquery(proposals))
        .take();
    outbox_mail::Entity::update_many()
        .col_expr(Column::State, Expr::val(MailState::Cancelled.code()))
        .col_expr(Column::FinishedAt, Expr::val(now))
        .col_expr(Column::Token, Expr::val(None::<String>))
        .filter(Column::State.eq(MailState::Queued.code()))
        .filter(Column::Kind.eq(MailKind::Proposal.code()))
        .filter(Column::MessageId.in_subquery(asked))
        .exec(db)
        .await?;
    Ok(())
}

/// Keeps every mail that waits for somebody from going, whatever it is about; how many
/// there were. What such a mail would have told or asked them, it did not.
pub async fn cancel_all_of(
    db: &impl ConnectionTrait,
    person: Person,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    use outbox_mail::Column;
    let telling = [MailKind::NewNotice, MailKind::AskToKeep].map(MailKind::code);
    let waiting: Vec<(String, String)> = outbox_mail::Entity::find()
        .select_only()
        .columns([Column::Kind, Column::MessageId])
        .filter(Column::State.eq(MailState::Queued.code()))
        .filter(Column::Kind.is_in(telling))
        .filter(to_person(person))
        .into_tuple()
        .all(db)
        .await?;
    for (kind, message_id) in waiting {
        if kind == MailKind::NewNotice.code() {
            super::informing::not_given_by(db, &message_id).await?;
        } else {
            super::renewals::not_asked(db, person).await?;
        }
    }
    let done = outbox_mail::Entity::update_many()
        .col_expr(Column::State, Expr::val(MailState::Cancelled.code()))
        .col_expr(Column::FinishedAt, Expr::val(now))
        .col_expr(Column::Token, Expr::val(None::<String>))
        .filter(Column::State.eq(MailState::Queued.code()))
        .filter(to_person(person))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// A mail that waits.
#[derive(Debug, Clone)]
pub struct Queued {
    pub id: i64,
    pub kind: MailKind,
    pub message_id: String,
}

/// Every mail that waits for some people, whatever it is about, the letters of their
/// sheets too.
pub async fn waiting_for(
    db: &impl ConnectionTrait,
    people: &[Person],
) -> Result<Vec<Queued>, StorageError> {
    use outbox_mail::Column;
    let families = people.iter().filter_map(|person| person.keys().0);
    let requests = Query::select()
        .column(request::Column::Id)
        .from(request::Entity)
        .and_where(request::Column::FamilyId.is_in(families))
        .take();
    let sheets = Query::select()
        .column(sheet::Column::Id)
        .from(sheet::Entity)
        .and_where(sheet::Column::RequestId.in_subquery(requests))
        .take();
    let links: Vec<i64> = sheet_link::Entity::find()
        .select_only()
        .column(sheet_link::Column::Id)
        .filter(sheet_link::Column::SheetId.in_subquery(sheets))
        .filter(sheet_link::Column::CancelledAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let letters = links.into_iter().map(mail_key);
    let rows: Vec<(i64, String, String)> = outbox_mail::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Kind, Column::MessageId])
        .filter(Column::State.eq(MailState::Queued.code()))
        .filter(to_people(people).add(Column::DedupKey.is_in(letters)))
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(id, kind, message_id)| {
            let kind = TABLE.read("kind", MailKind::parse(&kind))?;
            Ok(Queued {
                id,
                kind,
                message_id,
            })
        })
        .collect()
}

/// Keeps these mails from going, as far as they wait.
pub async fn cancel_many(
    db: &impl ConnectionTrait,
    ids: &[i64],
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    use outbox_mail::Column;
    for piece in ids.chunks(CHUNK) {
        outbox_mail::Entity::update_many()
            .col_expr(Column::State, Expr::val(MailState::Cancelled.code()))
            .col_expr(Column::FinishedAt, Expr::val(now))
            .col_expr(Column::Token, Expr::val(None::<String>))
            .filter(Column::State.eq(MailState::Queued.code()))
            .filter(Column::Id.is_in(piece.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Whether it became known that somebody had died in the family that a mail is to, while
/// the mail was on its way.
pub async fn is_overtaken_by_death(
    db: &impl ConnectionTrait,
    mail: &Taken,
) -> Result<bool, StorageError> {
    use survey_stop::Column;
    let mut to = Condition::any()
        .add(Column::FamilyId.in_subquery(persons_of(&mail.message_id)))
        .add(Column::FamilyId.in_subquery(told_by(&mail.message_id)));
    if let Some(mailing_id) = mail.mailing_id {
        let mailings = Query::select()
            .column(mailing::Column::FamilyId)
            .from(mailing::Entity)
            .and_where(mailing::Column::Id.eq(mailing_id))
            .and_where(mailing::Column::FamilyId.is_not_null())
            .take();
        to = to.add(Column::FamilyId.in_subquery(mailings));
    }
    if let Some(link_id) = link_of(&mail.dedup_key) {
        to = to.add(Column::FamilyId.in_subquery(handed_to(link_id)));
    }
    let found = survey_stop::Entity::find()
        .filter(Column::Disposition.eq(Disposition::Died.code()))
        .filter(Column::At.gt(mail.queued_at))
        .filter(to)
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// The family of a mail that belongs to nothing else.
fn persons_of(message_id: &str) -> SelectStatement {
    Query::select()
        .column(person_mail::Column::FamilyId)
        .from(person_mail::Entity)
        .and_where(person_mail::Column::MessageId.eq(message_id))
        .and_where(person_mail::Column::FamilyId.is_not_null())
        .take()
}

/// The family that a mail tells of a sheet.
fn told_by(message_id: &str) -> SelectStatement {
    Query::select()
        .column(sheet_notice::Column::FamilyId)
        .from(sheet_notice::Entity)
        .and_where(sheet_notice::Column::MessageId.eq(message_id))
        .and_where(sheet_notice::Column::FamilyId.is_not_null())
        .take()
}

/// The family whose sheet a link opens.
fn handed_to(link_id: i64) -> SelectStatement {
    let sheets = Query::select()
        .column(sheet_link::Column::SheetId)
        .from(sheet_link::Entity)
        .and_where(sheet_link::Column::Id.eq(link_id))
        .take();
    let requests = Query::select()
        .column(sheet::Column::RequestId)
        .from(sheet::Entity)
        .and_where(sheet::Column::Id.in_subquery(sheets))
        .take();
    Query::select()
        .column(request::Column::FamilyId)
        .from(request::Entity)
        .and_where(request::Column::Id.in_subquery(requests))
        .take()
}

/// Keeps the follow-up's mail that waits from going to every worker who withdrew, as a file
/// may tell of many.
pub async fn cancel_withdrawn(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let withdrawn = Query::select()
        .column(worker::Column::Id)
        .from(worker::Entity)
        .and_where(worker::Column::Status.eq(WorkerStatus::Withdrawn.code()))
        .take();
    let waiting = Query::select()
        .column(outbox_mail::Column::MailingId)
        .from(outbox_mail::Entity)
        .and_where(outbox_mail::Column::State.eq(MailState::Queued.code()))
        .and_where(outbox_mail::Column::MailingId.is_not_null())
        .take();
    let mailings = Query::select()
        .column(mailing::Column::Id)
        .from(mailing::Entity)
        .and_where(mailing::Column::Id.in_subquery(waiting))
        .and_where(mailing::Column::WorkerId.in_subquery(withdrawn))
        .take();
    cancel_where(db, mailings, now).await
}

/// How the mail with this key stands, where there is one.
pub async fn state_of_key(
    db: &impl ConnectionTrait,
    key: &str,
) -> Result<Option<MailState>, StorageError> {
    let row = outbox_mail::Entity::find()
        .filter(outbox_mail::Column::DedupKey.eq(key))
        .one(db)
        .await?;
    row.map(|row| TABLE.read("state", MailState::parse(&row.state)))
        .transpose()
}

/// What a mail is known by.
pub async fn key_of(db: &impl ConnectionTrait, id: i64) -> Result<Option<String>, StorageError> {
    Ok(outbox_mail::Entity::find_by_id(id)
        .select_only()
        .column(outbox_mail::Column::DedupKey)
        .into_tuple()
        .one(db)
        .await?)
}

/// Keeps the mail with this key from going, where it waits; whether there was one.
/// One that is on its way is looked at again by whoever delivers it.
pub async fn cancel_key(
    db: &impl ConnectionTrait,
    key: &str,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let row = outbox_mail::Entity::find()
        .select_only()
        .column(outbox_mail::Column::Id)
        .filter(outbox_mail::Column::DedupKey.eq(key))
        .into_tuple::<i64>()
        .one(db)
        .await?;
    match row {
        Some(id) => cancel(db, id, now).await,
        None => Ok(false),
    }
}

/// Mail that is not done with.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// [`NOT_DONE_WITH`], each with how many mails are in it.
    pub by_state: Vec<(MailState, u64)>,
    /// From when on the next one that nobody has taken may go.
    pub next_at: Option<DateTime<Utc>>,
}

/// What is sent or kept stays for good: counting it would read the whole table.
pub const NOT_DONE_WITH: [MailState; 3] =
    [MailState::Queued, MailState::Sending, MailState::Failed];

/// Counts what is not done with, from the index alone.
pub async fn waiting(db: &impl ConnectionTrait) -> Result<Waiting, StorageError> {
    use outbox_mail::Column;
    let counted: Vec<(String, i64, Option<DateTime<Utc>>)> = outbox_mail::Entity::find()
        .select_only()
        .column(Column::State)
        .expr_as(Expr::cust("COUNT(*)"), "mails")
        .expr_as(Expr::col(Column::SendAt).min(), "next_at")
        .filter(Column::State.is_in(NOT_DONE_WITH.map(MailState::code)))
        .group_by(Column::State)
        .into_tuple()
        .all(db)
        .await?;
    let of = |state: MailState| counted.iter().find(|(code, ..)| code == state.code());
    let by_state = NOT_DONE_WITH.map(|state| -> Result<_, StorageError> {
        let count = of(state).map_or(0, |(_, count, _)| *count);
        Ok((state, TABLE.read("id", u64::try_from(count))?))
    });
    Ok(Waiting {
        by_state: by_state.into_iter().collect::<Result<_, _>>()?,
        next_at: of(MailState::Queued).and_then(|(.., next_at)| *next_at),
    })
}

/// The newest first.
const ORDER: Order<outbox_mail::Column, 1> = Order {
    by: [outbox_mail::Column::Id],
    descending: true,
};

/// A page of all mails, the newest first; where `state` is given, those in it.
pub async fn page(
    db: &impl ConnectionTrait,
    state: Option<MailState>,
    number: u64,
) -> Result<Page<MailLine>, StorageError> {
    page_at(db, state, &At::page(number)).await
}

/// The same, by the key of the mail that it lies beside.
pub async fn page_at(
    db: &impl ConnectionTrait,
    state: Option<MailState>,
    at: &At,
) -> Result<Page<MailLine>, StorageError> {
    let mut query = outbox_mail::Entity::find();
    if let Some(state) = state {
        query = query.filter(outbox_mail::Column::State.eq(state.code()));
    }
    page_by_key(db, query, &ORDER, at, at.key().map(|id| [id.into()]), line).await
}

/// One mail.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<MailLine>, StorageError> {
    let row = outbox_mail::Entity::find_by_id(id).one(db).await?;
    row.map(line).transpose()
}

/// Whether a mailing has a mail that could not be delivered to its address.
pub async fn undeliverable(
    db: &impl ConnectionTrait,
    mailings: &[i64],
) -> Result<Vec<i64>, StorageError> {
    let rows = outbox_mail::Entity::find()
        .select_only()
        .column(outbox_mail::Column::MailingId)
        .filter(outbox_mail::Column::MailingId.is_in(mailings.iter().copied()))
        .filter(outbox_mail::Column::State.eq(MailState::Failed.code()))
        .into_tuple::<Option<i64>>()
        .all(db)
        .await?;
    Ok(rows.into_iter().flatten().collect())
}

/// The mailing and the address of the mail with this Message-ID.
pub async fn find_by_message_id(
    db: &impl ConnectionTrait,
    message_id: &str,
) -> Result<Option<MailLine>, StorageError> {
    let row = outbox_mail::Entity::find()
        .filter(outbox_mail::Column::MessageId.eq(message_id))
        .one(db)
        .await?;
    row.map(line).transpose()
}

fn line(row: outbox_mail::Model) -> Result<MailLine, StorageError> {
    let body = match (row.subject, row.plain, row.html) {
        (Some(subject), Some(plain), Some(html)) => Some(Body {
            subject,
            plain,
            html,
        }),
        _ => None,
    };
    Ok(MailLine {
        id: row.id,
        kind: TABLE.read("kind", MailKind::parse(&row.kind))?,
        state: TABLE.read("state", MailState::parse(&row.state))?,
        queued_at: row.queued_at,
        send_at: row.send_at,
        finished_at: row.finished_at,
        attempts: TABLE.number("attempts", row.attempts)?,
        trouble: row.trouble,
        mailing_id: row.mailing_id,
        message_id: row.message_id,
        body,
    })
}

/// What an address is known by here: it is not kept a second time.
fn address_hash(address: &EmailAddress) -> String {
    HEXLOWER.encode(&Sha256::digest(address.key()))
}

/// Marks an address that takes no mail.
pub async fn mark_address(
    db: &impl ConnectionTrait,
    address: &EmailAddress,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = address_mark::ActiveModel {
        address_hash: Set(address_hash(address)),
        at: Set(now),
        why: Set(why.to_owned()),
    };
    let again = OnConflict::column(address_mark::Column::AddressHash)
        .update_columns([address_mark::Column::At, address_mark::Column::Why])
        .to_owned();
    address_mark::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Takes the mark off an address; how many there were, none or one.
pub async fn unmark_address(
    db: &impl ConnectionTrait,
    address: &EmailAddress,
) -> Result<u64, StorageError> {
    let mark = address_mark::Entity::delete_by_id(address_hash(address));
    Ok(mark.exec(db).await?.rows_affected)
}

/// Which of up to [`super::rows::CHUNK`] addresses are marked.
pub async fn marked<'a>(
    db: &impl ConnectionTrait,
    addresses: &[&'a EmailAddress],
) -> Result<Vec<&'a EmailAddress>, StorageError> {
    let hashes: Vec<String> = addresses.iter().map(|one| address_hash(one)).collect();
    let rows = address_mark::Entity::find()
        .filter(address_mark::Column::AddressHash.is_in(hashes.iter().cloned()))
        .all(db)
        .await?;
    let known = |hash: &String| rows.iter().any(|row| row.address_hash == *hash);
    let marked = addresses.iter().zip(&hashes);
    Ok(marked
        .filter(|(_, hash)| known(hash))
        .map(|(address, _)| *address)
        .collect())
}
