//! Records that were one person's: which code leads where, what hangs on a
//! record, and how it moves to another and back. A record that went has no row
//! in its table any more, so nothing that reads people can meet it.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use serde::{Deserialize, Serialize};

use super::entity::{
    account, accreditation_end, answer, appointment, authorisation, block, contact_note,
    disclosure, family, introduction, invitation, link_code, mailing, merge, notice_given,
    outbox_mail, person_mail, person_task, pool_word, private_link, proposal, public_request,
    record_change, renewal, request, restriction, survey_stop, worker, worker_statistic,
};
use super::error::StorageError;
use super::merged_twins::{self, Twins};
use super::rows::CHUNK;
use crate::domain::mail::{MailKind, MailState};

/// Merges that a page shows.
const MOST_SHOWN: u64 = 20;

/// Whose records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    Workers,
    Families,
}

impl People {
    /// As `record_changes` and the other tables have it.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Workers => "worker",
            Self::Families => "family",
        }
    }
}

/// A record as it was, cell by cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    pub id: i64,
    pub version: i32,
    /// Column and cell, as the formats write it.
    pub cells: Vec<(String, String)>,
}

/// A row of somebody who is not asked any more: its key, since when, and why.
pub type Stop = (i64, DateTime<Utc>, Option<String>);

/// Rows that went from one owner to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub what: String,
    pub from: i64,
    pub to: i64,
    pub ids: Vec<i64>,
}

/// What undoing a merge needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    pub gone: Snapshot,
    pub kept: Snapshot,
    /// The kept record's cells right after.
    pub merged: Vec<(String, String)>,
    pub moved: Vec<Moved>,
    /// Both did not want to be asked: the row of the one that went, and since when.
    pub stop: Option<Stop>,
    pub twins: Twins,
}

/// A merge.
#[derive(Debug, Clone)]
pub struct Merge {
    pub id: i64,
    pub gone: String,
    pub kept: String,
    pub leads_to: String,
    /// None once it can't be undone any more.
    pub before: Option<Before>,
    pub merged_at: DateTime<Utc>,
    pub by: String,
}

fn read((row, account): (merge::Model, Option<account::Model>)) -> Result<Merge, StorageError> {
    let corrupt = |_| StorageError::CorruptRow {
        table: "merges",
        column: "before",
    };
    let before = row.before.as_deref().map(serde_json::from_str);
    Ok(Merge {
        id: row.id,
        gone: row.gone,
        kept: row.kept,
        leads_to: row.leads_to,
        before: before.transpose().map_err(corrupt)?,
        merged_at: row.merged_at,
        by: account.map(|account| account.name).unwrap_or_default(),
    })
}

/// Where the code of a record that went leads.
pub async fn leads_to(
    db: &impl ConnectionTrait,
    people: People,
    gone: &str,
) -> Result<Option<String>, StorageError> {
    Ok(leads_to_many(db, people, &[gone])
        .await?
        .into_iter()
        .next()
        .map(|(_, now)| now))
}

/// Of up to [`CHUNK`] codes those that went, and where each leads.
pub async fn leads_to_many(
    db: &impl ConnectionTrait,
    people: People,
    codes: &[&str],
) -> Result<Vec<(String, String)>, StorageError> {
    Ok(merge::Entity::find()
        .select_only()
        .column(merge::Column::Gone)
        .column(merge::Column::LeadsTo)
        .filter(merge::Column::Kind.eq(people.kind()))
        .filter(merge::Column::Gone.is_in(codes.iter().copied()))
        .filter(merge::Column::UndoneAt.is_null())
        .into_tuple()
        .all(db)
        .await?)
}

/// The merges whose records a record holds by now, the newest first.
pub async fn into(
    db: &impl ConnectionTrait,
    people: People,
    code: &str,
) -> Result<Vec<Merge>, StorageError> {
    let rows = merge::Entity::find()
        .find_also_related(account::Entity)
        .filter(merge::Column::Kind.eq(people.kind()))
        .filter(merge::Column::LeadsTo.eq(code))
        .filter(merge::Column::UndoneAt.is_null())
        .order_by_desc(merge::Column::Id)
        .limit(MOST_SHOWN)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// A merge that stands.
pub async fn find(
    db: &impl ConnectionTrait,
    people: People,
    id: i64,
) -> Result<Option<Merge>, StorageError> {
    let row = merge::Entity::find_by_id(id)
        .find_also_related(account::Entity)
        .filter(merge::Column::Kind.eq(people.kind()))
        .filter(merge::Column::UndoneAt.is_null())
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// Writes a merge down. What led to the record that went leads on.
pub async fn insert(
    db: &impl ConnectionTrait,
    people: People,
    (gone, kept): (&str, &str),
    before: &Before,
    at: DateTime<Utc>,
    by: i64,
) -> Result<(), StorageError> {
    merge::Entity::update_many()
        .col_expr(merge::Column::LeadsTo, Expr::value(kept))
        .filter(merge::Column::Kind.eq(people.kind()))
        .filter(merge::Column::LeadsTo.eq(gone))
        .filter(merge::Column::UndoneAt.is_null())
        .exec(db)
        .await?;
    let row = merge::ActiveModel {
        kind: Set(people.kind().to_owned()),
        gone: Set(gone.to_owned()),
        kept: Set(kept.to_owned()),
        leads_to: Set(kept.to_owned()),
        before: Set(Some(serde_json::to_string(before).unwrap_or_default())),
        merged_at: Set(at),
        merged_by: Set(by),
        ..Default::default()
    };
    merge::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Writes down that a merge was undone. What had come with the record that is
/// back leads to it again. Whether the merge still stood.
pub async fn undone(
    db: &impl ConnectionTrait,
    people: People,
    one: &Merge,
    at: DateTime<Utc>,
    by: i64,
) -> Result<bool, StorageError> {
    let done = merge::Entity::update_many()
        .set(merge::ActiveModel {
            undone_at: Set(Some(at)),
            undone_by: Set(Some(by)),
            before: Set(None),
            ..Default::default()
        })
        .filter(merge::Column::Id.eq(one.id))
        .filter(merge::Column::UndoneAt.is_null())
        .exec(db)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    let others: Vec<(i64, String, String)> = merge::Entity::find()
        .select_only()
        .column(merge::Column::Id)
        .column(merge::Column::Gone)
        .column(merge::Column::Kept)
        .filter(merge::Column::Kind.eq(people.kind()))
        .filter(merge::Column::LeadsTo.eq(one.leads_to.as_str()))
        .filter(merge::Column::UndoneAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let mut codes = vec![one.gone.clone()];
    let mut ids = Vec::new();
    let mut at = 0;
    while let Some(code) = codes.get(at).cloned() {
        for (id, gone, _) in others.iter().filter(|(_, _, kept)| *kept == code) {
            ids.push(*id);
            codes.push(gone.clone());
        }
        at += 1;
    }
    for ids in ids.chunks(CHUNK) {
        merge::Entity::update_many()
            .col_expr(merge::Column::LeadsTo, Expr::value(one.gone.as_str()))
            .filter(merge::Column::Id.is_in(ids.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(true)
}

/// Forgets how records were before merges older than `before`: they can't be
/// undone any more. How many.
pub async fn forget(db: &impl ConnectionTrait, before: DateTime<Utc>) -> Result<u64, StorageError> {
    let done = merge::Entity::update_many()
        .col_expr(merge::Column::Before, Expr::value(None::<String>))
        .filter(merge::Column::MergedAt.lt(before))
        .filter(merge::Column::Before.is_not_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Everything that has an owner by key: its name, its table and column.
macro_rules! owned {
    ($each:ident) => {
        $each!(Workers, "proposals", proposal, WorkerId);
        $each!(Workers, "introductions", introduction, WorkerId);
        $each!(Workers, "disclosures", disclosure, WorkerId);
        $each!(Workers, "authorisations", authorisation, WorkerId);
        $each!(Workers, "mailings", mailing, WorkerId);
        $each!(Workers, "private_links", private_link, WorkerId);
        $each!(Workers, "link_codes", link_code, WorkerId);
        $each!(Workers, "person_tasks", person_task, WorkerId);
        $each!(Workers, "person_mails", person_mail, WorkerId);
        $each!(Workers, "pool_words", pool_word, WorkerId);
        $each!(Workers, "accreditation_ends", accreditation_end, WorkerId);
        $each!(Workers, "notices_given", notice_given, WorkerId);
        $each!(Workers, "renewals", renewal, WorkerId);
        $each!(Workers, "askings", public_request, WorkerId);
        $each!(Workers, "appointments", appointment, WorkerId);
        $each!(Families, "private_links", private_link, FamilyId);
        $each!(Families, "link_codes", link_code, FamilyId);
        $each!(Families, "person_tasks", person_task, FamilyId);
        $each!(Families, "person_mails", person_mail, FamilyId);
        $each!(Families, "notices_given", notice_given, FamilyId);
        $each!(Families, "renewals", renewal, FamilyId);
        $each!(Families, "appointments", appointment, FamilyId);
        $each!(Families, "requests", request, FamilyId);
        $each!(Families, "disclosures", disclosure, FamilyId);
        $each!(Families, "mailings", mailing, FamilyId);
    };
}

/// Everything that has an owner by code.
macro_rules! called {
    ($each:ident) => {
        $each!("notes", contact_note);
        $each!("blocks", block);
        $each!("restrictions", restriction);
    };
}

/// Moves all that hangs on one record to another; what went. `codes` are theirs.
pub async fn move_all(
    db: &impl ConnectionTrait,
    people: People,
    (from, to): (i64, i64),
    (gone, kept): (&str, &str),
) -> Result<(Vec<Moved>, Option<Stop>), StorageError> {
    let mut moved = Vec::new();
    let mut note = |what: &str, from, to, ids: Vec<i64>| {
        if !ids.is_empty() {
            let what = what.to_owned();
            moved.push(Moved {
                what,
                from,
                to,
                ids,
            });
        }
    };
    for (old, new, ids) in together(db, people, from, to).await? {
        put(db, people, "invitations", &ids, new).await?;
        note("invitations", old, new, ids);
    }
    macro_rules! by_key {
        ($people:ident, $what:literal, $entity:ident, $column:ident) => {
            if people == People::$people {
                let ids: Vec<i64> = $entity::Entity::find()
                    .select_only()
                    .column($entity::Column::Id)
                    .filter($entity::Column::$column.eq(from))
                    .order_by_asc($entity::Column::Id)
                    .into_tuple()
                    .all(db)
                    .await?;
                put(db, people, $what, &ids, to).await?;
                note($what, from, to, ids);
            }
        };
    }
    owned!(by_key);
    macro_rules! by_code {
        ($what:literal, $entity:ident) => {
            let ids: Vec<i64> = $entity::Entity::find()
                .select_only()
                .column($entity::Column::Id)
                .filter($entity::Column::Kind.eq(people.kind()))
                .filter($entity::Column::Record.eq(gone))
                .order_by_asc($entity::Column::Id)
                .into_tuple()
                .all(db)
                .await?;
            put_by_code(db, $what, &ids, kept).await?;
            note($what, from, to, ids);
        };
    }
    called!(by_code);
    let (ids, stop) = move_stop(db, people, from, to).await?;
    note("stops", from, to, ids);
    Ok((moved, stop))
}

/// Moves back what a merge moved.
pub async fn move_back(
    db: &impl ConnectionTrait,
    people: People,
    before: &Before,
    gone: &str,
) -> Result<(), StorageError> {
    for one in before.moved.iter().rev() {
        match one.what.as_str() {
            "notes" | "blocks" | "restrictions" => {
                put_by_code(db, &one.what, &one.ids, gone).await?;
            }
            _ => put(db, people, &one.what, &one.ids, one.from).await?,
        }
    }
    // One row had stood for both.
    if let Some((id, at, disposition)) = before.stop.clone() {
        let (family_id, worker_id) = keys(people, before.gone.id);
        let row = survey_stop::ActiveModel {
            id: Set(id),
            family_id: Set(family_id),
            worker_id: Set(worker_id),
            at: Set(at),
            disposition: Set(disposition),
        };
        survey_stop::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
    }
    let ids = (before.gone.id, before.kept.id);
    merged_twins::move_back(db, people, &before.twins, ids).await
}

fn keys(people: People, id: i64) -> (Option<i64>, Option<i64>) {
    match people {
        People::Families => (Some(id), None),
        People::Workers => (None, Some(id)),
    }
}

/// Gives rows another owner.
async fn put(
    db: &impl ConnectionTrait,
    people: People,
    what: &str,
    ids: &[i64],
    owner: i64,
) -> Result<(), StorageError> {
    for ids in ids.chunks(CHUNK) {
        let ids = || ids.iter().copied();
        macro_rules! by_key {
            ($people:ident, $what:literal, $entity:ident, $column:ident) => {
                if people == People::$people && what == $what {
                    $entity::Entity::update_many()
                        .col_expr($entity::Column::$column, Expr::value(owner))
                        .filter($entity::Column::Id.is_in(ids()))
                        .exec(db)
                        .await?;
                }
            };
        }
        owned!(by_key);
        match what {
            "requests" => {
                // Whoever has one open in a form read it with another family.
                request::Entity::update_many()
                    .col_expr(
                        request::Column::Version,
                        Expr::col(request::Column::Version).add(1),
                    )
                    .filter(request::Column::Id.is_in(ids()))
                    .exec(db)
                    .await?;
            }
            "invitations" => {
                invitation::Entity::update_many()
                    .col_expr(invitation::Column::MailingId, Expr::value(owner))
                    .filter(invitation::Column::Id.is_in(ids()))
                    .exec(db)
                    .await?;
            }
            "stops" => {
                let column = match people {
                    People::Workers => survey_stop::Column::WorkerId,
                    People::Families => survey_stop::Column::FamilyId,
                };
                survey_stop::Entity::update_many()
                    .col_expr(column, Expr::value(owner))
                    .filter(survey_stop::Column::Id.is_in(ids()))
                    .exec(db)
                    .await?;
            }
            _ => {}
        }
    }
    Ok(())
}

async fn put_by_code(
    db: &impl ConnectionTrait,
    what: &str,
    ids: &[i64],
    code: &str,
) -> Result<(), StorageError> {
    for ids in ids.chunks(CHUNK) {
        macro_rules! by_code {
            ($what:literal, $entity:ident) => {
                if what == $what {
                    $entity::Entity::update_many()
                        .col_expr($entity::Column::Record, Expr::value(code))
                        .filter($entity::Column::Id.is_in(ids.iter().copied()))
                        .exec(db)
                        .await?;
                }
            };
        }
        called!(by_code);
    }
    Ok(())
}

/// Whoever does not want to be asked is not asked under the other code either.
/// The row that moved; or, where both said so and one row goes, since when it stood.
async fn move_stop(
    db: &impl ConnectionTrait,
    people: People,
    from: i64,
    to: i64,
) -> Result<(Vec<i64>, Option<Stop>), StorageError> {
    let column = match people {
        People::Workers => survey_stop::Column::WorkerId,
        People::Families => survey_stop::Column::FamilyId,
    };
    let rows = survey_stop::Entity::find()
        .filter(column.is_in([from, to]))
        .all(db)
        .await?;
    let owner = |row: &survey_stop::Model| row.worker_id.or(row.family_id);
    let Some(theirs) = rows.iter().find(|row| owner(row) == Some(from)) else {
        return Ok((Vec::new(), None));
    };
    if rows.iter().any(|row| owner(row) == Some(to)) {
        survey_stop::Entity::delete_by_id(theirs.id)
            .exec(db)
            .await?;
        let stop = (theirs.id, theirs.at, theirs.disposition.clone());
        return Ok((Vec::new(), Some(stop)));
    }
    put(db, people, "stops", &[theirs.id], to).await?;
    Ok((vec![theirs.id], None))
}

/// Mails of one day that have not gone, to both: the invitations of the one that
/// goes are asked in the other's, so that one person gets one mail. Old mailing,
/// new mailing, invitations.
async fn together(
    db: &impl ConnectionTrait,
    people: People,
    from: i64,
    to: i64,
) -> Result<Vec<(i64, i64, Vec<i64>)>, StorageError> {
    let column = match people {
        People::Workers => mailing::Column::WorkerId,
        People::Families => mailing::Column::FamilyId,
    };
    let queued = outbox_mail::Entity::find()
        .filter(outbox_mail::Column::State.eq(MailState::Queued.code()))
        .filter(outbox_mail::Column::Kind.eq(MailKind::Survey.code()))
        .filter(outbox_mail::Column::Attempts.eq(0))
        .find_also_related(mailing::Entity)
        .filter(column.is_in([from, to]))
        .all(db)
        .await?;
    let owner = |row: &mailing::Model| row.worker_id.or(row.family_id);
    let mailings: Vec<mailing::Model> = queued.into_iter().filter_map(|(_, row)| row).collect();
    let mut pairs = Vec::new();
    for old in mailings.iter().filter(|row| owner(row) == Some(from)) {
        let same = |row: &&mailing::Model| owner(row) == Some(to) && row.opened_on == old.opened_on;
        let Some(new) = mailings.iter().find(same) else {
            continue;
        };
        let ids: Vec<i64> = invitation::Entity::find()
            .select_only()
            .column(invitation::Column::Id)
            .filter(invitation::Column::MailingId.eq(old.id))
            .order_by_asc(invitation::Column::Id)
            .into_tuple()
            .all(db)
            .await?;
        pairs.push((old.id, new.id, ids));
    }
    Ok(pairs)
}

/// How much of everything hangs on a record: name and number, none left out.
pub async fn hanging(
    db: &impl ConnectionTrait,
    people: People,
    id: i64,
    code: &str,
) -> Result<Vec<(&'static str, u64)>, StorageError> {
    let mut counts = Vec::new();
    macro_rules! by_key {
        ($people:ident, $what:literal, $entity:ident, $column:ident) => {
            if people == People::$people {
                let query = $entity::Entity::find().filter($entity::Column::$column.eq(id));
                counts.push(($what, query.count(db).await?));
            }
        };
    }
    owned!(by_key);
    macro_rules! by_code {
        ($what:literal, $entity:ident) => {
            let query = $entity::Entity::find()
                .filter($entity::Column::Kind.eq(people.kind()))
                .filter($entity::Column::Record.eq(code));
            counts.push(($what, query.count(db).await?));
        };
    }
    called!(by_code);
    let theirs = introductions_of(people, id);
    let introduced = introduction::Entity::find().filter(theirs.clone());
    if people == People::Families {
        counts.push(("introductions", introduced.clone().count(db).await?));
    }
    let sheets = introduced
        .select_only()
        .column_as(
            Expr::col((introduction::Entity, introduction::Column::SheetNumber)).count_distinct(),
            "sheets",
        )
        .into_tuple::<i64>()
        .one(db)
        .await?;
    counts.push((
        "sheets",
        u64::try_from(sheets.unwrap_or_default()).unwrap_or_default(),
    ));
    let ids = introduction::Entity::find()
        .select_only()
        .column(introduction::Column::Id)
        .filter(theirs)
        .into_query();
    let answers =
        answer::Entity::find().filter(answer::Column::IntroductionId.in_subquery(ids.clone()));
    counts.push(("answers", answers.count(db).await?));
    let side = match people {
        People::Workers => "worker",
        People::Families => "family",
    };
    let calls = invitation::Entity::find()
        .filter(invitation::Column::IntroductionId.in_subquery(ids))
        .filter(invitation::Column::Side.eq(side))
        .filter(invitation::Column::Disposition.is_null());
    counts.push(("calls", calls.count(db).await?));
    Ok(counts)
}

fn introductions_of(people: People, id: i64) -> Condition {
    match people {
        People::Workers => Condition::all().add(introduction::Column::WorkerId.eq(id)),
        People::Families => {
            let requests = request::Entity::find()
                .select_only()
                .column(request::Column::Id)
                .filter(request::Column::FamilyId.eq(id))
                .into_query();
            Condition::all().add(introduction::Column::RequestId.in_subquery(requests))
        }
    }
}

/// Holds both records against changes by others until the transaction ends.
pub async fn lock(
    db: &impl ConnectionTrait,
    people: People,
    ids: [i64; 2],
) -> Result<(), StorageError> {
    match people {
        People::Workers => super::workers::lock(db, &ids).await,
        People::Families => {
            let query = family::Entity::find()
                .select_only()
                .column(family::Column::Id)
                .filter(family::Column::Id.is_in(ids))
                .order_by_asc(family::Column::Id)
                .lock_exclusive();
            let _: Vec<i64> = query.into_tuple().all(db).await?;
            Ok(())
        }
    }
}

/// Takes a record on which nothing hangs any more out of its table.
pub async fn take_out(
    db: &impl ConnectionTrait,
    people: People,
    id: i64,
) -> Result<(), StorageError> {
    match people {
        People::Workers => {
            worker_statistic::Entity::delete_by_id(id).exec(db).await?;
            worker::Entity::delete_by_id(id).exec(db).await?;
        }
        People::Families => {
            family::Entity::delete_by_id(id).exec(db).await?;
        }
    }
    Ok(())
}

/// Gives a record that was put back the key and version it had.
pub async fn give_key(
    db: &impl ConnectionTrait,
    people: People,
    now: i64,
    was: &Snapshot,
) -> Result<(), StorageError> {
    match people {
        People::Workers => {
            // The statistics refer to it and stand aside meanwhile.
            let statistic = worker_statistic::Entity::find_by_id(now).one(db).await?;
            worker_statistic::Entity::delete_by_id(now).exec(db).await?;
            worker::Entity::update_many()
                .col_expr(worker::Column::Id, Expr::value(was.id))
                .col_expr(worker::Column::Version, Expr::value(was.version + 1))
                .filter(worker::Column::Id.eq(now))
                .exec(db)
                .await?;
            if let Some(row) = statistic {
                let row = worker_statistic::ActiveModel {
                    worker_id: Set(was.id),
                    birth_date: Set(row.birth_date),
                    citizenship: Set(row.citizenship),
                };
                worker_statistic::Entity::insert(row)
                    .exec_without_returning(db)
                    .await?;
            }
        }
        People::Families => {
            family::Entity::update_many()
                .col_expr(family::Column::Id, Expr::value(was.id))
                .col_expr(family::Column::Version, Expr::value(was.version + 1))
                .filter(family::Column::Id.eq(now))
                .exec(db)
                .await?;
        }
    }
    Ok(())
}

/// The key of the latest change of each of two records; 0 where none is known.
pub async fn latest_changes(
    db: &impl ConnectionTrait,
    people: People,
    codes: [&str; 2],
) -> Result<[i64; 2], StorageError> {
    let rows: Vec<(String, Option<i64>)> = record_change::Entity::find()
        .select_only()
        .column(record_change::Column::Record)
        .column_as(record_change::Column::Id.max(), "latest")
        .filter(record_change::Column::Kind.eq(people.kind()))
        .filter(record_change::Column::Record.is_in(codes))
        .group_by(record_change::Column::Record)
        .into_tuple()
        .all(db)
        .await?;
    let of = |code: &str| {
        let row = rows.iter().find(|(record, _)| record == code);
        row.and_then(|(_, latest)| *latest).unwrap_or_default()
    };
    Ok(codes.map(of))
}
